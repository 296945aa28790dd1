"""True peaks, between the samples too, and a limiter that holds them below a ceiling.

Only where the samples themselves come near the level in question is the sound between them worked out: of speech that
is one sample in fifty.
"""

from __future__ import annotations

import functools

import numpy as np
from numpy.typing import NDArray

from audio.sound.loudness import Samples

# Between samples a peak can stand 3 dB above both neighbours, in sound that uses the whole band.
_BETWEEN = 10 ** (-3 / 20)
# Values are worked out at quarters from so many samples on either side: on noise up to a third of the rate, all that an
# MP3 keeps, within 0.13 dB of a sixteenfold resampler.
_OVERSAMPLING, _HALF_TAPS = 4, 12
_KAISER_BETA = 5.0
# So many places are worked out at a time, which bounds the memory on loud music.
_AT_A_TIME = 32_768
# How long before and after a peak the gain moves: 5 ms hides the dip without pumping on syllables.
_LOOK_AHEAD_SECONDS = 0.005
# The gain is found for blocks of so many samples and drawn straight between their borders.
_BLOCK = 8

Gains = NDArray[np.float32]


@functools.cache
def _between() -> NDArray[np.float32]:
    """Return the weights of neighbours for each place between two samples, a column for each place."""
    places = np.arange(1, _OVERSAMPLING) / _OVERSAMPLING
    distance = np.arange(1 - _HALF_TAPS, _HALF_TAPS + 1)[:, None] - places
    window = np.i0(_KAISER_BETA * np.sqrt(np.maximum(0, 1 - (distance / _HALF_TAPS) ** 2))) / np.i0(_KAISER_BETA)
    weights = np.sinc(distance) * window
    return np.asarray(weights / weights.sum(axis=0), dtype=np.float32)


def peaks(samples: Samples, above: float) -> Samples:
    """Return each sample's size, or that of the higher peak beside it; peaks not above ``above`` may be missed."""
    sizes = np.abs(samples)
    near = np.flatnonzero(sizes[1:-1] > above * _BETWEEN) + 1
    # A peak between two samples stands beside one that is higher than its own other neighbour.
    tops = near[(sizes[near] >= sizes[near - 1]) & (sizes[near] >= sizes[near + 1])]
    if not len(tops):
        return sizes
    around = np.arange(1 - _HALF_TAPS, _HALF_TAPS + 1)
    for at in range(0, len(tops), _AT_A_TIME):
        for places in (tops[at : at + _AT_A_TIME] - 1, tops[at : at + _AT_A_TIME]):
            # Beyond the ends the first and last sample go on: a window there is no reason to copy the whole sound.
            between = samples[np.clip(places[:, None] + around, 0, len(samples) - 1)] @ _between()
            highest = functools.reduce(np.maximum, np.abs(between, out=between).T)
            # It belongs to both samples.
            sizes[places] = np.maximum(sizes[places], highest)
            sizes[places + 1] = np.maximum(sizes[places + 1], highest)
    return sizes


def true_peak(samples: Samples) -> float:
    """Return the highest peak, full scale being 1.0; of several channels (columns) the highest of all."""
    if samples.ndim > 1:
        return max(true_peak(samples[:, channel]) for channel in range(samples.shape[1]))
    highest = _highest(samples)
    return float(peaks(samples, highest).max()) if highest else 0.0


def true_peak_dbtp(samples: Samples) -> float:
    """Return the highest peak in dB of full scale; silence reads -180."""
    return 20 * float(np.log10(max(true_peak(samples), 1e-9)))


def limit(samples: Samples, rate: int, ceiling_dbtp: float) -> Samples:
    """Return the samples with no true peak above the ceiling; the same array where none is.

    ``samples`` is one channel, or a column for each: all of them dip together, so that nothing moves sideways. The gain
    dips smoothly around each peak and is 1 everywhere else.
    """
    ceiling = 10 ** (ceiling_dbtp / 20)
    if _highest(samples) <= ceiling * _BETWEEN:
        return samples
    channels = [samples] if samples.ndim == 1 else [samples[:, channel] for channel in range(samples.shape[1])]
    sizes = functools.reduce(np.maximum, [peaks(np.ascontiguousarray(one), ceiling) for one in channels])
    if sizes.max() <= ceiling:
        return samples
    gains = block_gains(block_peaks(sizes, _BLOCK), ceiling, round(rate * _LOOK_AHEAD_SECONDS / _BLOCK))
    # Both ends of a block's line are at most what the block needs.
    edges = np.minimum(np.append(gains[:1], gains), np.append(gains, gains[-1:]))
    line, rise = edges[:-1], np.diff(edges) / _BLOCK
    limited = samples.copy()
    # Strided, not by rows of a block: eight times as fast.
    for step in range(_BLOCK):
        part = limited[step::_BLOCK]
        here = (line + rise * np.float32(step))[: len(part)]
        part *= here if samples.ndim == 1 else here[:, None]
    return limited


def _highest(samples: Samples) -> float:
    return float(max(samples.max(), -samples.min())) if samples.size else 0.0


def block_peaks(sizes: Samples, block: int) -> Samples:
    """Return the highest of each ``block`` sizes; the last block may hold fewer."""
    padded = np.zeros(-(-len(sizes) // block) * block, dtype=np.float32)
    padded[: len(sizes)] = sizes
    # Sliced, not reduced along a short axis: six times as fast.
    return functools.reduce(np.maximum, [padded[step::block] for step in range(block)])


def block_gains(highest: Samples, ceilings: float | NDArray[np.float32], reach: int) -> Gains:
    """Return the limiter's gain for each block of a sound by its peak.

    ``ceilings`` may be a column of them: the gains are then a row for each. ``reach`` is the look-ahead in blocks.
    """
    needed = np.minimum(1.0, np.asarray(ceilings) / np.maximum(highest, 1e-9)).astype(np.float32)
    wide = [(0, 0)] * (needed.ndim - 1) + [(2 * reach, 2 * reach)]
    held = _running_min(np.pad(needed, wide, constant_values=1.0), 2 * reach + 1)
    # Every value under the two means is at most what the peak needs, so theirs is too.
    return _running_mean(_running_mean(held, reach + 1), reach + 1)


def _running_mean(values: Gains, width: int) -> Gains:
    """Return the mean of each window of ``width`` values along the last axis, by doubling."""
    count = values.shape[-1] - width + 1
    total = np.zeros((*values.shape[:-1], count), dtype=np.float32)
    runs, have, place = values, 1, 0
    while True:
        if width & have:
            total += runs[..., place : place + count]
            place += have
        if 2 * have > width:
            return np.asarray(total / width, dtype=np.float32)
        runs = runs[..., :-have] + runs[..., have:]
        have *= 2


def _running_min(values: Gains, width: int) -> Gains:
    """Return the minimum of each window of ``width`` values along the last axis, by doubling."""
    have = 1
    while have < width:
        step = min(have, width - have)
        values = np.minimum(values[..., :-step], values[..., step:])
        have += step
    return values
