"""What a finished file carries so that anybody can prove it later: where each segment sounds, and how loud it runs.

The prints come from the speeches themselves, before mixing and encoding: whatever was cut, muted, swapped, moved or
repeated on the way, or afterwards by somebody else, no longer fits them. An hour takes about 20 kB of the tag.
"""

from __future__ import annotations

import base64
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from audio.model import Timeline
from audio.sound import loudness
from audio.sound.analysis import Analysis

# Below this the bed, the encoder and the limiter have as much to say as the voice.
_DEEPEST_DB = 18
# Correlation of levels. Segments in their place, encoded, limited to -12 LUFS and under a bed, were found at 0.85 and
# more; other sentences of the same voice in it, and the same moved by a fifth of a second, at 0.67 and less.
_LEAST_ALIKE = 0.77
# What has so little energy is silence (-50 dBFS on two loudspeakers), however alike.
_SILENT = 2e-5
# A sentence may be found so much off its place: MP3 frames are 26 ms, marks are whole milliseconds.
_STEPS_OFF = 2
# Two seconds.
_SHORT_STEPS = 100


@dataclass(frozen=True, slots=True)
class Print:
    """One segment: its seconds in the programme, its role, its levels in whole dB below its loudest moment."""

    start_seconds: float
    end_seconds: float
    role: str
    levels: NDArray[np.uint8] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Proof:
    """The prints of a programme that lasts ``seconds`` and was made for ``target_lufs`` as heard."""

    seconds: float
    target_lufs: float
    prints: tuple[Print, ...]


def of(timeline: Timeline, analyses: Sequence[Analysis], target_lufs: float) -> Proof:
    """Return the proof of a programme; ``analyses`` belong to the Timeline's cues, in order."""
    prints = []
    for cue, one in zip(timeline.cues, analyses, strict=True):
        # The energies begin with the margin that is kept before the first audible sample.
        first = round((one.begin - one.kept[0]) / one.rate * loudness.FINE_PER_SECOND)
        count = round((cue.end_seconds - cue.start_seconds) * loudness.FINE_PER_SECOND)
        levels = _levels(one.energies[first : first + count], _step(count))
        prints.append(Print(round(cue.start_seconds, 3), round(cue.end_seconds, 3), str(cue.segment.role), levels))
    return Proof(round(timeline.seconds, 3), target_lufs, tuple(prints))


def to_bytes(proof: Proof) -> bytes:
    """Return the proof for a tag."""
    levels = base64.b64encode(b"".join(one.levels.tobytes() for one in proof.prints)).decode()
    prints = [[one.start_seconds, one.end_seconds, one.role, len(one.levels)] for one in proof.prints]
    said = {"seconds": proof.seconds, "target_lufs": proof.target_lufs, "prints": prints, "levels": levels}
    return zlib.compress(json.dumps(said, separators=(",", ":")).encode(), 9)


def from_bytes(raw: bytes) -> Proof:
    """Return the proof of a tag. Raises ValueError for anything else."""
    try:
        said = json.loads(zlib.decompressobj().decompress(raw, 50_000_000))
        levels = np.frombuffer(base64.b64decode(said["levels"]), np.uint8)
        prints, place = [], 0
        for start, end, role, count in said["prints"]:
            prints.append(Print(float(start), float(end), str(role), levels[place : place + int(count)]))
            place += int(count)
        return Proof(float(said["seconds"]), float(said["target_lufs"]), tuple(prints))
    except (zlib.error, KeyError, TypeError) as error:
        raise ValueError(f"no proof: {type(error).__name__}") from error


def misplaced(proof: Proof, energies: NDArray[np.float32]) -> list[Print]:
    """Return the segments that do not sound as they should where they should.

    ``energies`` are those of the decoded file, in the fine steps of ``loudness``.
    """
    return [one for one in proof.prints if not _fits(one, energies)]


def _fits(one: Print, energies: NDArray[np.float32]) -> bool:
    count = round((one.end_seconds - one.start_seconds) * loudness.FINE_PER_SECOND)
    at = round(one.start_seconds * loudness.FINE_PER_SECOND)
    for shift in range(-_STEPS_OFF, _STEPS_OFF + 1):
        heard = energies[max(0, at + shift) : max(0, at + shift) + count]
        sounds = len(heard) == count and float(heard.max(initial=0.0)) > _SILENT
        if sounds and _alike(one.levels, _levels(heard, _step(count))) >= _LEAST_ALIKE:
            return True
    return False


def _alike(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """Return the correlation of two rows of levels; what has no ups and downs is like anything else that has none."""
    a, b = (levels - levels.mean(dtype=np.float64) for levels in (one, other))
    spread = float(np.sqrt((a * a).sum() * (b * b).sum()))
    return float((a * b).sum()) / spread if spread else float(not a.any() and not b.any())


def _step(count: int) -> int:
    """Return how many fine steps one level of a print covers: short ones are told apart by finer detail."""
    return 1 if count < _SHORT_STEPS else loudness.FINE_STEPS


def _levels(fine: NDArray[np.float32], step: int) -> NDArray[np.uint8]:
    """Return the levels of whole steps, in dB below the loudest; what is left at the end is dropped."""
    steps = fine[: len(fine) // step * step].reshape(-1, step).sum(axis=1)
    if not len(steps):
        return np.zeros(0, np.uint8)
    below = 10 * np.log10(max(float(steps.max()), 1e-12) / np.maximum(steps, 1e-12))
    return np.asarray(np.minimum(np.rint(below), _DEEPEST_DB), np.uint8)
