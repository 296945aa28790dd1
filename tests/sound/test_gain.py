"""How loud a programme will be is known from figures, before a sample of it is mixed."""

import numpy as np
import pytest

from audio.config import SoundSettings
from audio.model import Role, Script, Segment, Speech
from audio.sound import gain, loudness, mix
from audio.sound.analysis import analyse, length_at
from audio.sound.music import Music
from audio.sound.timeline import Clip, arrange

RATE = 44_100


def _voice(seconds: float, level: float, seed: int) -> Speech:
    """A murmur with a beat like syllables, between silent edges."""
    time = np.arange(round(seconds * 22_050)) / 22_050
    murmur = np.convolve(np.random.default_rng(seed).normal(0, 1, len(time)), np.ones(16) / 8, "same")
    wave = murmur * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)) * level
    edge = np.zeros(4000)
    return Speech((np.concatenate([edge, wave, edge]) * 32767).clip(-32768, 32767).astype("<i2").tobytes(), 22_050)


@pytest.mark.parametrize("seed", range(6))
def test_stored_energies_are_the_programme(seed: int) -> None:
    """The loudness from the speeches' figures is that of the mixed programme within 0.15 LU, with the target met."""
    rng = np.random.default_rng(seed)
    count = int(rng.integers(2, 9))
    levels, seconds = rng.uniform(0.03, 0.2, count), rng.uniform(0.4, 4, count)
    speeches = [_voice(*one) for one in zip(seconds, levels, range(count), strict=True)]
    pauses = rng.uniform(0.1, 1.5, count)
    segments = tuple(Segment(Role.PARAGRAPH, "", "", "it", float(pause)) for pause in pauses)
    analyses = [analyse(speech, str(index)) for index, speech in enumerate(speeches)]
    clips = []
    for one in analyses:
        start, length = one.kept[0], length_at(one, RATE)
        clips.append(Clip(length, (one.begin - start) * 2, min(length, (one.end - start) * 2)))
    plan = arrange(Script("T", False, ("T",), segments), clips, RATE, 1152, {}, has_bed=False)
    music = Music(SoundSettings(music=False), RATE, 1, None)
    gains = gain.clip_gains_db(plan, analyses, segments, music, -20.0, -1.8)
    foretold = loudness.integrated_lufs(gain._energies(plan, analyses, gains, -1.8))
    desk = mix.Desk(speeches.__getitem__, analyses, gains, music, RATE, 1, -20.0, -1.8, 1.0)
    whole = np.concatenate([block for chunk in plan.chunks for block in mix.blocks(chunk, desk)])
    assert len(whole) == plan.total
    mixed = (whole / 32767).astype(np.float32)
    exact = loudness.integrated_lufs(loudness.energies(mixed, RATE)) + loudness.AS_HEARD_DB
    assert foretold == pytest.approx(exact, abs=0.15)
    assert exact == pytest.approx(-20, abs=0.3)
