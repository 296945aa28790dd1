"""A plan and its clips to a stream of samples: one clip in memory at a time, one gain for the whole programme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from audio.model import Speech
from audio.sound import loudness
from audio.sound.clips import Clip, Samples, prepare
from audio.sound.timeline import Plan

# So many of the clips that meet the limiter show what it takes from all of them; more bring nothing at 0.1 LU.
_PROBES = 8
# Each look sees the limiter at the gain the one before asked for: two come within 0.1 LU at -14 LUFS and 0.25 at -12.
_LOOKS = 2
# Not more gain than this, however quiet a voice is: beyond it only its noise would rise.
_HIGHEST_GAIN_DB = 40.0


def programme_gain_db(
    plan: Plan, clips: Sequence[Clip], load: Callable[[int], Speech], target_lufs: float, ceiling_dbtp: float
) -> float:
    """Return the one gain that brings the programme to ``target_lufs`` as heard, the limiter's loss made good."""
    measured = loudness.integrated_lufs(programme_energies(plan, clips)) + loudness.AS_HEARD_DB
    if not np.isfinite(measured):
        return 0.0
    gain_db = min(target_lufs - measured, _HIGHEST_GAIN_DB)
    loss_db = 0.0
    for _ in range(_LOOKS):
        loss_db = _limiter_loss_db(plan, clips, load, gain_db + loss_db, ceiling_dbtp)
    return gain_db + loss_db


def _limiter_loss_db(
    plan: Plan, clips: Sequence[Clip], load: Callable[[int], Speech], gain_db: float, ceiling_dbtp: float
) -> float:
    """Return how much quieter the limiter makes the programme at a gain, from a few clips spread over it."""
    met = [index for index, clip in enumerate(clips) if clip.true_peak_dbtp + gain_db > ceiling_dbtp]
    if not met:
        return 0.0
    before = after = 0.0
    for index in met[:: -(-len(met) // _PROBES)]:
        loud = prepare(load(index), plan.rate).samples * _factor(gain_db)
        before += float(np.sum(loudness.energies(loud, plan.rate)))
        after += float(np.sum(loudness.energies(loudness.limit(loud, plan.rate, ceiling_dbtp), plan.rate)))
    whole = sum(float(np.sum(clip.energies)) for clip in clips)
    lost = sum(float(np.sum(clips[index].energies)) for index in met) * (1 - after / before)
    return -10 * float(np.log10(1 - lost / whole))


def programme_energies(plan: Plan, clips: Sequence[Clip]) -> loudness.Energies:
    """Return the energies of the programme on its own grid of tenths of a second, from those of the clips."""
    size = round(plan.rate * loudness.STEP_SECONDS) // loudness.FINE_STEPS
    # Room for the last clip's last step, which may reach beyond the end.
    steps = plan.total // size // loudness.FINE_STEPS + 3
    grid = np.zeros(steps * loudness.FINE_STEPS)
    for start, clip in zip(plan.starts, clips, strict=True):
        cell, shift = divmod(start, size)
        part = shift / size
        count = len(clip.energies)
        grid[cell : cell + count] += clip.energies * (1 - part)
        grid[cell + 1 : cell + 1 + count] += clip.energies * part
    return np.asarray(grid.reshape(steps, loudness.FINE_STEPS).mean(axis=1), dtype=np.float64)


def stream(
    plan: Plan, clips: Sequence[Clip], load: Callable[[int], Speech], gain_db: float, ceiling_dbtp: float
) -> Iterator[Samples]:
    """Yield the programme in order, a clip or a pause at a time, exactly ``plan.total`` samples of full scale 1.0."""
    position = 0
    for index, (start, clip) in enumerate(zip(plan.starts, clips, strict=True)):
        yield np.zeros(start - position, dtype=np.float32)
        samples = prepare(load(index), plan.rate).samples * _factor(gain_db)
        # Its measured peak spares most clips the search for peaks.
        yield (
            loudness.limit(samples, plan.rate, ceiling_dbtp)
            if clip.true_peak_dbtp + gain_db > ceiling_dbtp
            else samples
        )
        position = start + clip.samples
    yield np.zeros(plan.total - position, dtype=np.float32)


def _factor(decibels: float) -> np.float32:
    return np.float32(10 ** (decibels / 20))
