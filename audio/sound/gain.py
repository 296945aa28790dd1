"""How loud everything is played, from what was measured of it: no sound is read here."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from audio.model import Segment, Sting
from audio.sound import loudness
from audio.sound.analysis import Analysis
from audio.sound.loudness import Energies
from audio.sound.music import LEVELS_LU, Music, bed_line
from audio.sound.timeline import Plan

# Gains go in steps of so many decibels: a mended sentence then seldom moves the others', and nobody hears a tenth.
_STEP_DB = 0.2
# Each look sees the limiter at the gain that the one before asked for; four come within 0.05 LU at -12 LUFS.
_LOOKS = 4
# Not more gain than this, however quiet a voice is: beyond it only its noise would rise.
_HIGHEST_GAIN_DB = 40.0
_TWO_LOUDSPEAKERS = 2.0


def clip_gains_db(
    plan: Plan,
    analyses: Sequence[Analysis],
    segments: Sequence[Segment],
    music: Music,
    target_lufs: float,
    ceiling_dbtp: float,
) -> list[float]:
    """Return each clip's gain: voices matched, roles' own levels added, and the whole at ``target_lufs`` as heard.

    What the limiter takes away below ``ceiling_dbtp`` is made good.
    """
    levels = _voice_levels(analyses, segments)
    own = [segment.gain_db - levels[segment.voice] for segment in segments]
    backing = _music_energies(plan, music, target_lufs)
    common = target_lufs
    gains: list[float] = []
    for _ in range(_LOOKS):
        gains = [_stepped(min(common + one, _HIGHEST_GAIN_DB)) if np.isfinite(one) else 0.0 for one in own]
        heard = loudness.integrated_lufs(backing + _energies(plan, analyses, gains, ceiling_dbtp))
        if not np.isfinite(heard):
            break
        common += target_lufs - heard
    return gains


def music_gain_db(kind: Sting | None, lufs: float, target_lufs: float) -> float:
    """Return the gain of a sting, or for None of the bed, of which ``bed_line`` takes the rest."""
    return _stepped(target_lufs + (LEVELS_LU[kind] if kind else 0.0) - lufs)


def _stepped(gain_db: float) -> float:
    return round(round(gain_db / _STEP_DB) * _STEP_DB, 1)


def _voice_levels(analyses: Sequence[Analysis], segments: Sequence[Segment]) -> dict[str, float]:
    """Return each voice's own loudness as heard, from all it says."""
    said: dict[str, list[Energies]] = {}
    for analysis, segment in zip(analyses, segments, strict=True):
        said.setdefault(segment.voice, []).append(loudness.of_fine(analysis.energies))
    return {
        voice: loudness.integrated_lufs(np.concatenate(parts)) + loudness.AS_HEARD_DB for voice, parts in said.items()
    }


def _energies(plan: Plan, analyses: Sequence[Analysis], gains: Sequence[float], ceiling_dbtp: float) -> Energies:
    """Return the voices' energies as heard, on the programme's own grid of tenths of a second."""
    grid = _grid(plan)
    for chunk in plan.chunks:
        for index, start in chunk.clips:
            analysis, gain = analyses[index], gains[index]
            lost = analysis.loss(analysis.true_peak_dbtp + gain - ceiling_dbtp)
            factor = _TWO_LOUDSPEAKERS * 10 ** (gain / 10) * (1 - lost)
            _add(grid, analysis.energies * np.float32(factor), (chunk.start + start) / plan.rate)
    return grid


def _music_energies(plan: Plan, music: Music, target_lufs: float) -> Energies:
    """Return the same of the music."""
    grid = _grid(plan)
    for chunk in plan.chunks:
        for kind, start in chunk.stings:
            piece = music.stings[kind]
            factor = 10 ** (music_gain_db(kind, piece.lufs, target_lufs) / 10)
            _add(grid, piece.energies * np.float32(factor), (chunk.start + start) / plan.rate)
        for bed in chunk.beds:
            if music.bed is None:
                continue
            count = (bed.end - bed.start) * loudness.FINE_PER_SECOND // plan.rate
            places = bed.start + np.arange(count) * plan.rate / loudness.FINE_PER_SECOND
            level = bed_line(bed, plan.rate, places) ** 2
            factor = 10 ** (music_gain_db(None, music.bed.lufs, target_lufs) / 10)
            energies = np.resize(music.bed.energies, count) * level * np.float32(factor)
            _add(grid, energies, (chunk.start + bed.start) / plan.rate)
    return grid


def _grid(plan: Plan) -> Energies:
    # Room for the last clip's last part, which may reach beyond the end.
    return np.zeros(round(plan.total / plan.rate / loudness.STEP_SECONDS) + 3, dtype=np.float32)


def _add(grid: Energies, energies: Energies, seconds: float) -> None:
    """Add energies of fiftieths of a second to a grid of tenths, each shared between the two fiftieths it lies in."""
    cell, part = divmod(seconds * loudness.FINE_PER_SECOND, 1.0)
    step, offset = divmod(int(cell), loudness.FINE_STEPS)
    fine = np.zeros(offset + len(energies) + 1, dtype=np.float32)
    fine[offset:-1] += energies * np.float32(1 - part)
    fine[offset + 1 :] += energies * np.float32(part)
    steps = loudness.of_fine(fine)
    room = grid[step : step + len(steps)]
    room += steps[: len(room)]
