"""A finished file heard from start to end in flat memory: what a person or a proof wants to know of its sound."""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio import pcm
from audio.sound import limiter, loudness

# A point of a drawing for each column of pixels of a large screen.
COLUMNS = 1200
_BLOCK_SECONDS = 10.0
# -50 dBFS RMS of one channel: speech is levelled near -19 LUFS, the quietest neural voices' room noise below -60.
_SILENT_POWER = 10 ** (-50 / 10)


@dataclass(frozen=True, slots=True)
class Heard:
    """A decoded file in figures.

    ``peaks`` are those of each column of a drawing; ``energies`` the K-weighted mean squares, as heard on two
    loudspeakers, of each fiftieth of a second.
    """

    seconds: float
    rate: int
    peaks: NDArray[np.float32] = field(repr=False)
    energies: NDArray[np.float32] = field(repr=False)
    true_peak_dbtp: float

    @property
    def steps(self) -> NDArray[np.float32]:
        """The energies of each tenth of a second."""
        return loudness.of_fine(self.energies)

    @property
    def lufs(self) -> float:
        """The integrated loudness as heard."""
        return loudness.integrated_lufs(self.steps)


def listen(file: Path) -> Heard:
    """Decode an MP3 in flat memory and measure it. Raises OSError, or ValueError where it does not decode."""
    step_peaks: list[NDArray[np.float32]] = []
    fine: list[NDArray[np.float32]] = []
    samples, rate, peak = 0, 1, 0.0
    for block, rate in pcm.decode_channel_blocks(io.BytesIO(file.read_bytes()), _BLOCK_SECONDS):
        # One channel is heard from two loudspeakers.
        sides = [np.ascontiguousarray(block[:, side]) for side in ((0, 1) if block.shape[1] > 1 else (0, 0))]
        fine.append(np.sum([loudness.fine_energies(side, rate) for side in sides], axis=0, dtype=np.float32))
        peak = max(peak, limiter.true_peak(block))
        step_peaks.append(limiter.block_peaks(np.abs(block).max(axis=1), max(1, rate // 100)))
        samples += len(block)
    highest = np.concatenate(step_peaks or [np.zeros(1, np.float32)])
    edges = np.linspace(0, len(highest), min(COLUMNS, len(highest)), endpoint=False).astype(int)
    columns = np.maximum.reduceat(highest, edges)
    whole = np.concatenate(fine or [np.zeros(1, np.float32)])
    return Heard(samples / rate, rate, columns, whole, 20 * float(np.log10(max(peak, 1e-9))))


def silences(heard: Heard, longer_than_seconds: float) -> list[tuple[float, float]]:
    """Return (start, end) in seconds of each silence of more than so long."""
    quiet = np.concatenate(([False], heard.energies < 2 * _SILENT_POWER, [False]))
    edges = np.flatnonzero(np.diff(quiet.astype(np.int8))) / loudness.FINE_PER_SECOND
    return [(start, end) for start, end in edges.reshape(-1, 2) if end - start > longer_than_seconds]
