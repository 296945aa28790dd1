"""A chunk made once: its frames, read again to learn what became of it, and both remembered.

What is learned goes to the publish gate. Frames of speech tell by themselves how loud they are at least; with music
the encoder shapes its noise by scale factors, and they are decoded. A chunk stands by itself but for its last 25 ms,
which are silent: so each is proved where it is made, on every thread, and never again.
"""

from __future__ import annotations

import hashlib
import io
import json
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from audio import pcm
from audio.errors import GateError
from audio.sound import analysis, encode, mix, side
from audio.sound.frames import Format
from audio.sound.music import LEVELS_LU, Store
from audio.sound.timeline import Chunk

# Raised when the same figures make other bytes: another limiter, another line of the bed.
_SCHEMA = 3
# A tenth of a second, at every rate.
_STEP_FRAMES = 4


@dataclass(frozen=True, slots=True)
class Made:
    """A chunk's MP3 frames, and the least RMS of each tenth of a second of it; the last may be shorter."""

    frames: bytes = field(repr=False)
    levels: NDArray[np.float32] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Work:
    """The making of chunks as a value: the desk, the format, and where they are remembered."""

    desk: mix.Desk
    form: Format
    store: Store | None = field(repr=False, default=None)

    def make(self, chunk: Chunk) -> Made:
        """Return a chunk as remembered or made now. Raises GateError where its frames are not whole."""
        quality = encode.MUSIC_QUALITY if chunk.stings or chunk.beds else encode.SPEECH_QUALITY
        name = f"{self._key(chunk, quality)}.frames"
        steps = -(-chunk.samples // _step(self.form))
        kept = self.store.read(name) if self.store else None
        if kept is None:
            frames = encode.encode(mix.blocks(chunk, self.desk), self.form, quality, is_last=chunk.is_last)
            kept = _heard(frames, chunk, self.form, quality).astype("<f4").tobytes() + frames
            if self.store:
                self.store.write(name, kept)
        return Made(kept[4 * steps :], np.frombuffer(kept[: 4 * steps], dtype="<f4"))

    def _key(self, chunk: Chunk, quality: int) -> str:
        """Name a chunk by all its bytes depend on; where in the programme it stands is not of it."""
        desk, music = self.desk, self.desk.music
        asked = [
            [_SCHEMA, analysis.SCHEMA, quality, self.form.rate, self.form.channels, self.form.bitrate_kbps],
            [desk.ceiling_dbtp, desk.target_lufs, chunk.samples, chunk.is_last],
            [[desk.analyses[index].digest, start, desk.gains_db[index]] for index, start in chunk.clips],
            [[music.stings[kind].digest, start, LEVELS_LU[kind]] for kind, start in chunk.stings],
            [[music.bed.digest if music.bed else "", bed.start, bed.end, bed.spoken] for bed in chunk.beds],
        ]
        return hashlib.sha256(json.dumps(asked).encode()).hexdigest()


def lengths(chunk: Chunk, form: Format) -> NDArray[np.float64]:
    """Return the seconds that each of a chunk's levels stands for."""
    step = _step(form)
    whole, rest = divmod(chunk.samples, step)
    return np.array([step] * whole + [rest] * bool(rest)) / form.rate


def _step(form: Format) -> int:
    return _STEP_FRAMES * form.frame_samples


def _heard(frames: bytes, chunk: Chunk, form: Format, quality: int) -> NDArray[np.float32]:
    """Return the levels of a chunk's frames; a decoder's come 25 ms late, which nobody minds."""
    read = _read if quality == encode.SPEECH_QUALITY else _decoded
    try:
        levels, samples = read(frames, form)
    except ValueError as error:
        raise GateError(f"a stretch of the MP3 does not decode: {error}") from error
    expected = encode.frames_of(chunk.samples, form, is_last=chunk.is_last) * form.frame_samples
    if samples != expected:
        raise GateError(f"a stretch of the MP3 decodes to {samples} samples instead of {expected}")
    return levels[: -(-chunk.samples // _step(form))]


def _read(frames: bytes, form: Format) -> tuple[NDArray[np.float32], int]:
    """Return the levels as the side information tells them, and how many samples the frames hold."""
    power = side.levels(frames, form) ** 2
    first = np.arange(0, len(power), _STEP_FRAMES)
    count = np.minimum(_STEP_FRAMES, len(power) - first)
    return np.sqrt(np.add.reduceat(power, first) / count).astype(np.float32), len(power) * form.frame_samples


def _decoded(frames: bytes, form: Format) -> tuple[NDArray[np.float32], int]:
    """Return the same by decoding."""
    levels: list[float] = []
    samples = 0
    for block, _ in pcm.decode_blocks(io.BytesIO(frames), _step(form) / form.rate):
        levels.append(float(np.sqrt(np.dot(block, block) / len(block))))
        samples += len(block)
    return np.array(levels, dtype=np.float32), samples
