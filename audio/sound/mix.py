"""A plan and its clips to a stream of samples: one clip in memory at a time, one gain for the whole programme."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from audio.model import Speech
from audio.sound import loudness
from audio.sound.clips import Clip, Samples, prepare
from audio.sound.timeline import Plan

# The limiter takes a little loudness away; the loudest few clips show how much.
_PROBES = 8
# Not more gain than this, however quiet a voice is: beyond it only its noise would rise.
_HIGHEST_GAIN_DB = 40.0


def programme_gain_db(
    plan: Plan, clips: Sequence[Clip], load: Callable[[int], Speech], target_lufs: float, ceiling_dbtp: float
) -> float:
    """Return the one gain that brings the programme to ``target_lufs`` as heard, the limiter's loss made good."""
    measured = loudness.integrated_lufs(programme_energies(plan, clips)) + loudness.AS_HEARD_DB
    gain_db = min(target_lufs - measured, _HIGHEST_GAIN_DB) if np.isfinite(measured) else 0.0
    loudest = sorted(range(len(clips)), key=lambda i: -float(clips[i].energies.max(initial=0.0)))[:_PROBES]
    # Twice: the second look sees the limiter at the corrected gain.
    loss_db = 0.0
    for _ in range(2):
        before = after = 0.0
        for index in loudest:
            loud = prepare(load(index), plan.rate)[0] * np.float32(10 ** ((gain_db + loss_db) / 20))
            before += float(np.sum(loudness.energies(loud, plan.rate)))
            after += float(np.sum(loudness.energies(loudness.limit(loud, plan.rate, ceiling_dbtp), plan.rate)))
        loss_db = 10 * float(np.log10(before / after)) if after else 0.0
    return gain_db + loss_db


def programme_energies(plan: Plan, clips: Sequence[Clip]) -> loudness.Energies:
    """Return the energies of the programme on its own grid of tenths of a second, from those of the clips."""
    size = round(plan.rate * loudness.STEP_SECONDS)
    grid = np.zeros(plan.total // size + 2)
    for start, clip in zip(plan.starts, clips, strict=True):
        cell, shift = divmod(start, size)
        part = shift / size
        count = len(clip.energies)
        grid[cell : cell + count] += clip.energies * (1 - part)
        grid[cell + 1 : cell + 1 + count] += clip.energies * part
    return grid


def stream(plan: Plan, load: Callable[[int], Speech], gain_db: float, ceiling_dbtp: float) -> Iterator[Samples]:
    """Yield the programme in order, a clip or a pause at a time, exactly ``plan.total`` samples of full scale 1.0."""
    position = 0
    gain = np.float32(10 ** (gain_db / 20))
    for index, start in enumerate(plan.starts):
        yield np.zeros(start - position, dtype=np.float32)
        samples = loudness.limit(prepare(load(index), plan.rate)[0] * gain, plan.rate, ceiling_dbtp)
        yield samples
        position = start + len(samples)
    yield np.zeros(plan.total - position, dtype=np.float32)
