"""How it sounds: speeches and music laid out in time, levelled once, and encoded chunk by chunk into one MP3.

The order: measure each speech, arrange them, find every gain from the figures, then tags and frames in one pass. What
is measured of a speech and what a chunk became are remembered, so that a mended sentence costs its own chunk alone.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import BinaryIO

import numpy as np
from numpy.typing import NDArray

from audio import machine
from audio.config import SoundSettings
from audio.events import OnEvent, SecondsEncoded, ignore
from audio.model import Script, Speech, Tags, Timeline
from audio.sound import analysis, chunks, encode, formats, gain, mix, proof
from audio.sound.analysis import Analysis
from audio.sound.frames import Format, info_frame
from audio.sound.music import Music, Store
from audio.sound.tags import to_id3
from audio.sound.timeline import Clip, Plan, arrange
from audio.sound.transcript import to_chapters_json, to_vtt
from audio.sound.words import Words

__all__ = ["Memory", "Recording", "formats", "measure", "render", "render_as", "to_chapters_json", "to_vtt"]

# (rate of voices of the 11.025 kHz family, rate of all others, channels, kbit/s)
_PROFILES = {"speech": (22_050, 24_000, 1, 64), "podcast": (44_100, 48_000, 1, 96), "music": (44_100, 48_000, 2, 128)}
_FAMILY = 11_025
# More threads than this find nothing to do while the first chunks are written.
_MOST_JOBS = 16


@dataclass(frozen=True, slots=True)
class Memory:
    """What is known of a script's speeches: ``digests`` names the sound of each, ``store`` keeps what is made of it."""

    digests: Sequence[str] = ()
    store: Store | None = None


@dataclass(frozen=True, slots=True)
class Recording:
    """A finished file: its Timeline, and (seconds, least RMS) of each stretch of it where that is known already."""

    timeline: Timeline
    levels: tuple[NDArray[np.float64], NDArray[np.float32]] | None = field(repr=False, default=None)


def render(
    script: Script,
    load: Callable[[int], Speech],
    settings: SoundSettings,
    tags: Tags,
    out: BinaryIO,
    on_event: OnEvent = ignore,
    *,
    memory: Memory | None = None,
    jobs: int | None = None,
) -> Timeline:
    """Write a whole MP3 into an open seekable file and return its Timeline.

    ``load`` brings the speech of a segment, from several threads; never more are held than threads work. ``jobs`` of
    them encode, by default as many as there are processors; their number changes no byte.
    """
    return render_as(".mp3", script, load, settings, tags, out, on_event, memory=memory, jobs=jobs).timeline


def render_as(  # noqa: PLR0913 - as render, and what it shall be
    suffix: str,
    script: Script,
    load: Callable[[int], Speech],
    settings: SoundSettings,
    tags: Tags,
    out: BinaryIO,
    on_event: OnEvent = ignore,
    *,
    memory: Memory | None = None,
    jobs: int | None = None,
) -> Recording:
    """Do as ``render`` does, for a file of any suffix of ``formats``; all but MP3 need ffmpeg."""
    memory = memory or Memory()
    jobs = jobs or min(_MOST_JOBS, machine.processors())
    with ThreadPoolExecutor(jobs) as pool:
        look = functools.partial(_look, load=load, memory=memory)
        found = encode.in_order(pool, look, range(len(script.segments)), 2 * jobs)
        plan, work = _prepare(script, found, load, settings, memory)
        if suffix == ".mp3":
            carried = proof.to_bytes(proof.of(plan.timeline, work.desk.analyses, settings.target_lufs))
            out.write(to_id3(tags, plan.timeline, carried))
            # The energies have told all they can, and ten hours of them are as large as a minute of sound.
            spent = [replace(one, energies=np.zeros(0, np.float32)) for one in work.desk.analyses]
            work = replace(work, desk=replace(work.desk, analyses=spent))
            made = encode.in_order(pool, work.make, plan.chunks, 2 * jobs)
            return Recording(plan.timeline, _write(plan, work.form, made, out, on_event))
        # Only LAME turns everything down.
        desk = replace(work.desk, make_up=1.0)
        mixed = encode.in_order(pool, lambda chunk: [*mix.blocks(chunk, desk)], plan.chunks, jobs)
        formats.encode(suffix, _streamed(plan, mixed, on_event), work.form, tags, plan.timeline, out)
    return Recording(plan.timeline)


def _streamed(plan: Plan, mixed: Iterator[list[mix.Whole]], on_event: OnEvent) -> Iterator[bytes]:
    for chunk, blocks in zip(plan.chunks, mixed, strict=True):
        yield from (block.tobytes() for block in blocks)
        on_event(SecondsEncoded((chunk.start + chunk.samples) / plan.rate, plan.timeline.seconds))


def measure(digest: str, speech: Speech, store: Store) -> Analysis:
    """Return what is measured of a speech, and keep it."""
    measured = analysis.analyse(speech, digest)
    store.write(_levels(digest), analysis.to_bytes(measured))
    return measured


def _look(index: int, load: Callable[[int], Speech], memory: Memory) -> Analysis:
    """Return what was measured of a segment's speech, or measure it now."""
    if memory.store is None:
        speech = load(index)
        return analysis.analyse(speech, analysis.digest_of(speech))
    digest = memory.digests[index]
    kept = memory.store.read(_levels(digest))
    return analysis.from_bytes(kept, digest) if kept else measure(digest, load(index), memory.store)


def _levels(digest: str) -> str:
    return f"{digest}.levels{analysis.SCHEMA}"


def _prepare(
    script: Script,
    found: Iterator[Analysis],
    load: Callable[[int], Speech],
    settings: SoundSettings,
    memory: Memory,
) -> tuple[Plan, chunks.Work]:
    """Return who sounds when, and how loud."""
    kept: list[Analysis] = []
    first = next(found)
    low, high, channels, kbps = _PROFILES[settings.profile]
    rate = low if first.rate % _FAMILY == 0 else high
    form = Format(rate, channels, settings.bitrate_kbps or kbps)

    def clips() -> Iterator[Clip]:
        for one in (first, *found):
            # Words stand in the Timeline from here on, and need not stand twice in memory. What stays is copied away
            # from between the passing things of the threads, whose memory could not be used again otherwise.
            kept.append(replace(one, words=Words(), energies=one.energies.copy(), losses=one.losses.copy()))
            start, (begin, end) = one.kept[0], (one.begin, one.end)
            length = analysis.length_at(one, rate)
            yield Clip(
                length, (begin - start) * rate // one.rate, min(length, (end - start) * rate // one.rate), one.words
            )

    music = Music(settings, rate, channels, memory.store)
    plan = arrange(script, clips(), rate, form.frame_samples, music.lengths, has_bed=music.bed is not None)
    # Everything is turned up again for LAME's own loss, so the ceiling leaves only its overshoot.
    ceiling = settings.true_peak_dbtp - encode.peak_headroom_db(form)
    gains = gain.clip_gains_db(plan, kept, script.segments, music, settings.target_lufs, ceiling)
    desk = mix.Desk(load, kept, gains, music, rate, channels, settings.target_lufs, ceiling, 1 / encode.LOSS)
    return plan, chunks.Work(desk, form, memory.store)


def _write(
    plan: Plan, form: Format, made: Iterator[chunks.Made], out: BinaryIO, on_event: OnEvent
) -> tuple[NDArray[np.float64], NDArray[np.float32]]:
    """Write the Info frame and all chunks' frames from where ``out`` stands; return what was heard of them."""
    begin = out.tell()
    out.write(bytes(len(info_frame(form, 0, 0, 0))))
    frames = 0
    levels: list[NDArray[np.float32]] = []
    for chunk, one in zip(plan.chunks, made, strict=True):
        out.write(one.frames)
        levels.append(one.levels)
        frames += encode.frames_of(chunk.samples, form, is_last=chunk.is_last)
        on_event(SecondsEncoded((chunk.start + chunk.samples) / plan.rate, plan.timeline.seconds))
    end = out.tell()
    out.seek(begin)
    out.write(info_frame(form, frames, end - begin, plan.total))
    out.seek(end)
    return np.concatenate([chunks.lengths(chunk, form) for chunk in plan.chunks]), np.concatenate(levels)
