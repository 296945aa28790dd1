"""How it sounds: clips laid out in time, levelled once, and streamed into one MP3.

The order: measure each clip, arrange them, find the programme's gain, then tags and frames in one pass.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import BinaryIO

from audio.config import SoundSettings
from audio.events import OnEvent, SecondsEncoded, ignore
from audio.model import Script, Speech, Tags, Timeline
from audio.sound.clips import measure
from audio.sound.encode import encode, peak_headroom_db
from audio.sound.mix import programme_gain_db, stream
from audio.sound.tags import to_id3
from audio.sound.timeline import arrange
from audio.sound.transcript import to_chapters_json, to_vtt

__all__ = ["render", "to_chapters_json", "to_vtt"]


def render(
    script: Script,
    load: Callable[[int], Speech],
    settings: SoundSettings,
    tags: Tags,
    out: BinaryIO,
    on_event: OnEvent = ignore,
    *,
    jobs: int = 2,
) -> Timeline:
    """Write a whole MP3 into an open seekable file and return its Timeline.

    ``load`` brings the speech of a segment and is called a few times for each; never more than one is held. Podcasts
    want 44.1 or 48 kHz; the one that is a plain multiple of the voice's rate is taken. ``jobs`` threads encode; their
    number changes no byte.
    """
    rate = 48_000 if load(0).rate in {12_000, 16_000, 24_000, 48_000} else 44_100
    clips = [measure(load(index), rate) for index in range(len(script.segments))]
    plan = arrange(script, clips, rate)
    # Everything is turned up again for LAME's own loss, so the ceiling leaves only its overshoot.
    ceiling = settings.true_peak_dbtp - peak_headroom_db(settings.bitrate_kbps)
    gain_db = programme_gain_db(plan, clips, load, settings.target_lufs, ceiling)

    def tell(samples: int) -> None:
        on_event(SecondsEncoded(samples / rate, plan.timeline.seconds))

    out.write(to_id3(tags, plan.timeline))
    blocks = stream(plan, clips, load, gain_db, ceiling)
    encode(blocks, rate, settings.bitrate_kbps, out, jobs=jobs, on_samples=tell)
    return plan.timeline
