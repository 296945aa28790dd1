"""What is measured of a speech once and kept beside it: its edges, its peak, its loudness, what a limiter would take.

From these numbers a programme is laid out and levelled without its sound being read; they hold at every output rate.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from audio import pcm
from audio.model import Speech, Word
from audio.sound import limiter, loudness
from audio.sound.loudness import Energies, Samples
from audio.sound.words import ROW_BYTES, Words

# Raised when a figure is measured otherwise: kept ones are then measured again.
SCHEMA = 3
# What lies this far below a speech's loudest moment is its room, not its words; espeak-ng's pauses lie 60 dB below.
_SILENCE_BELOW_PEAK_DB = 45.0
_LOWEST_SILENCE_DBFS = -70.0
_STEP_SECONDS = 0.005
# The first and last sounds of a word are soft: what is kept before and after them, and how the cut ends fade.
_MARGIN_SECONDS, _FADE_SECONDS = 0.025, 0.005
# The limiter's loss is known where it reaches so far below the peak; -12 LUFS asks for 13 dB of espeak-ng.
_DEPTHS_DB = np.array([1, 2.5, 4, 6, 8, 10.5, 13, 16], dtype=np.float32)
# Blocks of a millisecond and a half are fine enough for a limiter that moves in five.
_LOSS_BLOCK_SECONDS, _LOSS_REACH = 0.00145, 3
# Peaks between samples are worked out down to 8 dB below the highest one.
_LOUD_PART = 0.4


@dataclass(frozen=True, slots=True)
class Analysis:
    """A speech in numbers, in samples at its own ``rate``; it is audible from ``begin`` up to, not including, ``end``.

    ``offset`` is its mean, of full scale 1.0. ``energies`` are K-weighted mean squares of one channel for each fiftieth
    of a second of what ``cut`` leaves. ``losses`` are the parts of them that a limiter takes whose ceiling lies 1, 2.5…
    16 dB below the true peak. ``digest`` names the sound.
    """

    digest: str
    rate: int
    length: int
    begin: int
    end: int
    offset: float
    true_peak_dbtp: float
    energies: Energies = field(repr=False)
    losses: NDArray[np.float32] = field(repr=False)
    words: Words = field(default_factory=Words, repr=False)

    @property
    def kept(self) -> tuple[int, int]:
        """The samples that stay: the audible ones and a margin around them."""
        margin = round(_MARGIN_SECONDS * self.rate)
        return max(0, self.begin - margin), min(self.length, self.end + margin)

    def loss(self, depth_db: float) -> float:
        """Return the part of the energy that a limiter takes, whose ceiling lies ``depth_db`` below the peak."""
        if depth_db <= 0:
            return 0.0
        return float(np.interp(depth_db, np.concatenate(([0], _DEPTHS_DB)), np.concatenate(([0], self.losses))))


def digest_of(speech: Speech) -> str:
    """Return a name of the sound itself."""
    return hashlib.sha256(f"{speech.rate} ".encode() + speech.pcm).hexdigest()


def analyse(speech: Speech, digest: str) -> Analysis:
    """Measure a speech. One without sound is kept whole."""
    raw = np.frombuffer(speech.pcm, dtype="<i2")
    offset = float(raw.mean(dtype=np.float64)) / 32768 if len(raw) else 0.0
    begin, end = _edges(raw, offset, speech.rate)
    bare = Analysis(digest, speech.rate, len(raw), begin, end, offset, 0.0, _NONE, _NONE)
    samples = cut(speech, bare)
    fine = loudness.fine_energies(samples, speech.rate)
    sizes = limiter.peaks(samples, float(np.abs(samples).max(initial=0.0)) * _LOUD_PART)
    peak = float(sizes.max(initial=0.0))
    first, last = begin / speech.rate, end / speech.rate
    start = bare.kept[0] / speech.rate
    words = Words.of(
        Word(min(max(word.start_seconds, first), last) - start, word.offset, word.length) for word in speech.words
    )
    peak_dbtp = 20 * float(np.log10(max(peak, 1e-9)))
    losses = _losses(samples, sizes, fine, speech.rate)
    return replace(bare, true_peak_dbtp=peak_dbtp, energies=fine, losses=losses, words=words)


_NONE = np.zeros(0, dtype=np.float32)


def cut(speech: Speech, analysis: Analysis) -> Samples:
    """Return what stays of a speech, of full scale 1.0: its offset removed, its ends faded against clicks."""
    start, stop = analysis.kept
    raw = np.frombuffer(speech.pcm, dtype="<i2")[start:stop]
    samples = raw.astype(np.float32)
    samples -= np.float32(analysis.offset * 32768)
    samples *= np.float32(1 / 32768)
    fade = min(round(_FADE_SECONDS * speech.rate), len(samples))
    ramp = np.linspace(0, 1, fade, dtype=np.float32)
    samples[:fade] *= ramp
    samples[len(samples) - fade :] *= ramp[::-1]
    return samples


def at_rate(samples: Samples, analysis: Analysis, rate: int) -> Samples:
    """Return what stays of a speech at another rate, in as many samples as ``length_at`` tells."""
    samples = pcm.resample(samples, analysis.rate, rate)
    length = length_at(analysis, rate)
    return samples[:length] if len(samples) >= length else np.pad(samples, (0, length - len(samples)))


def length_at(analysis: Analysis, rate: int) -> int:
    """Return how many samples of a speech stay, at another rate."""
    start, stop = analysis.kept
    return (stop - start) * rate // analysis.rate


def _edges(raw: NDArray[np.int16], offset: float, rate: int) -> tuple[int, int]:
    """Return where a speech begins and ends to be heard."""
    step = max(1, round(_STEP_SECONDS * rate))
    steps = len(raw) // step
    if not steps:
        return 0, len(raw)
    frames = raw[: steps * step].reshape(steps, step).astype(np.float32) - np.float32(offset * 32768)
    level = np.einsum("ij,ij->i", frames, frames) / step / 32768**2
    peak = float(np.abs(frames).max()) / 32768
    threshold = max(peak * 10 ** (-_SILENCE_BELOW_PEAK_DB / 20), 10 ** (_LOWEST_SILENCE_DBFS / 20)) ** 2
    heard = np.flatnonzero(level > threshold)
    if not len(heard):
        return 0, len(raw)
    last = len(raw) if heard[-1] == steps - 1 else int(heard[-1] + 1) * step
    return int(heard[0]) * step, last


def _losses(samples: Samples, sizes: Samples, fine: Energies, rate: int) -> NDArray[np.float32]:
    """Return the part of the loudness that a limiter would take, for each of its depths; ``sizes`` are the peaks."""
    peak = float(sizes.max(initial=0.0))
    block = round(_LOSS_BLOCK_SECONDS * rate)
    if not peak or len(samples) < block:
        return np.zeros(len(_DEPTHS_DB), dtype=np.float32)
    whole = samples[: len(samples) // block * block]
    squares = np.einsum("ij,ij->i", *[whole.reshape(-1, block)] * 2)
    # What a moment counts is what its fiftieth of a second does, shared out by plain energy.
    cell = np.minimum(np.arange(len(squares)) * block * loudness.FINE_PER_SECOND // rate, len(fine) - 1)
    plain = np.bincount(cell, squares, len(fine))
    weights = squares * (fine / np.maximum(plain, 1e-30))[cell]
    ceilings = np.float32(peak) * (10 ** (-_DEPTHS_DB / 20)).astype(np.float32)[:, None]
    highest = limiter.block_peaks(sizes[: len(whole)], block)
    gains = limiter.block_gains(highest, ceilings, _LOSS_REACH)
    return np.asarray(1 - (gains**2 @ weights) / max(float(weights.sum()), 1e-30), dtype=np.float32)


def to_bytes(analysis: Analysis) -> bytes:
    """Return an analysis as it is kept: a line of JSON, the words as they are packed, the two rows of numbers."""
    head = {
        "numbers": [analysis.rate, analysis.length, analysis.begin, analysis.end],
        "offset": analysis.offset,
        "peak": analysis.true_peak_dbtp,
        "words": len(analysis.words),
    }
    rows = np.concatenate([analysis.losses, analysis.energies]).astype("<f4").tobytes()
    return json.dumps(head, separators=(",", ":")).encode() + b"\n" + analysis.words.packed + rows


def from_bytes(data: bytes, digest: str) -> Analysis:
    """Return the analysis that ``to_bytes`` wrote."""
    head, _, rest = data.partition(b"\n")
    fields = json.loads(head)
    border = ROW_BYTES * fields["words"]
    numbers = np.frombuffer(rest[border:], dtype="<f4")
    losses, energies = numbers[: len(_DEPTHS_DB)], numbers[len(_DEPTHS_DB) :]
    rate, length, begin, end = fields["numbers"]
    offset, peak = fields["offset"], fields["peak"]
    return Analysis(digest, rate, length, begin, end, offset, peak, energies, losses, Words(rest[:border]))
