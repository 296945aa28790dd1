"""A chunk of the plan to whole samples: speeches, music under and between them, one limiter over all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio.model import Speech
from audio.sound import limiter
from audio.sound.analysis import Analysis, at_rate, cut
from audio.sound.gain import music_gain_db
from audio.sound.loudness import Samples
from audio.sound.music import Music, bed_line
from audio.sound.timeline import Chunk

Whole = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Desk:
    """All a chunk's sound depends on, but for the plan: the speeches and the music, and how loud each is played.

    ``ceiling_dbtp`` is that of samples before ``make_up``, a factor for what the encoder takes from everything.
    """

    load: Callable[[int], Speech]
    analyses: Sequence[Analysis]
    gains_db: Sequence[float]
    music: Music
    rate: int
    channels: int
    target_lufs: float
    ceiling_dbtp: float
    make_up: float


def blocks(chunk: Chunk, desk: Desk) -> Iterator[Whole]:
    """Yield a chunk's samples in order, exactly as many as it has; a column for each channel where there are two."""
    if chunk.stings or chunk.beds:
        mixed = _mixed(chunk, desk)
        yield _whole(limiter.limit(mixed if desk.channels > 1 else mixed[:, 0], desk.rate, desk.ceiling_dbtp), desk)
        return
    position = 0
    for index, start in chunk.clips:
        yield _silence(start - position, desk)
        samples = _limited(index, desk)
        yield _whole(samples, desk)
        position = start + len(samples)
    yield _silence(chunk.samples - position, desk)


def _clip(index: int, desk: Desk) -> Samples:
    """Return a speech at its own rate, as loud as it is played."""
    samples = cut(desk.load(index), desk.analyses[index])
    samples *= _factor(desk.gains_db[index])
    return samples


def _limited(index: int, desk: Desk) -> Samples:
    """Return a speech that stands alone, its peaks held."""
    samples, one = _clip(index, desk), desk.analyses[index]
    # Its measured peak spares many a clip the search for peaks, and its own rate, often half the programme's, suffices.
    if one.true_peak_dbtp + desk.gains_db[index] > desk.ceiling_dbtp:
        samples = limiter.limit(samples, one.rate, desk.ceiling_dbtp)
    samples = at_rate(samples, one, desk.rate)
    # What loses its upper part may gain peaks.
    return limiter.limit(samples, desk.rate, desk.ceiling_dbtp) if one.rate > desk.rate else samples


def _mixed(chunk: Chunk, desk: Desk) -> Samples:
    """Return a chunk with music, a column for each channel; voices stand in the middle."""
    mixed = np.zeros((chunk.samples, desk.channels), dtype=np.float32)
    for index, start in chunk.clips:
        samples = at_rate(_clip(index, desk), desk.analyses[index], desk.rate)
        mixed[start : start + len(samples)] += samples[: chunk.samples - start, None]
    for kind, start in chunk.stings:
        piece = desk.music.stings[kind]
        samples = desk.music.sound(piece) * _factor(music_gain_db(kind, piece.lufs, desk.target_lufs))
        mixed[start : start + len(samples)] += samples[: chunk.samples - start]
    bed = desk.music.bed
    for stretch in chunk.beds if bed else ():
        assert bed is not None  # noqa: S101 - for the type checker
        sound, factor = desk.music.sound(bed), _factor(music_gain_db(None, bed.lufs, desk.target_lufs))
        end = min(stretch.end, chunk.samples)
        # A second at a time: the whole of the line would be larger than the music.
        for at in range(stretch.start, end, desk.rate):
            places = np.arange(at, min(at + desk.rate, end))
            line = bed_line(stretch, desk.rate, places) * factor
            mixed[at : at + len(places)] += sound[(places - stretch.start) % len(sound)] * line[:, None]
    return mixed


def _whole(samples: Samples, desk: Desk) -> Whole:
    """Return samples as the encoder takes them; they are used up."""
    # In place: a fresh megabyte costs more than the sum that fills it.
    samples *= np.float32(32767 * desk.make_up)
    np.rint(samples, out=samples)
    whole: Whole = np.clip(samples, -32768, 32767, out=samples).astype("<i2")
    if whole.ndim > 1:
        return whole if desk.channels > 1 else whole[:, 0]
    return np.repeat(whole[:, None], desk.channels, axis=1) if desk.channels > 1 else whole


def _silence(samples: int, desk: Desk) -> Whole:
    return np.zeros((samples, desk.channels) if desk.channels > 1 else samples, dtype="<i2")


def _factor(decibels: float) -> np.float32:
    return np.float32(10 ** (decibels / 20))
