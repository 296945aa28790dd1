"""A chunk made once: its frames, decoded again to hear what became of it, and both remembered.

What is heard goes to the publish gate. A decoder that is fed a chunk alone gives all of it but its last 25 ms, which
are silent: so each chunk is proved where it is made, on every thread, and never again.
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
from audio.sound import analysis, encode, mix
from audio.sound.frames import Format
from audio.sound.music import LEVELS_LU, Store
from audio.sound.timeline import Chunk

# Raised when the same figures make other bytes: another limiter, another line of the bed.
_SCHEMA = 2
STEP_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Made:
    """A chunk's MP3 frames, and the decoded RMS of each tenth of a second of it; the last may be shorter."""

    frames: bytes = field(repr=False)
    levels: NDArray[np.float32] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Work:
    """The making of chunks as a value: the desk, the format, and where they are remembered."""

    desk: mix.Desk
    form: Format
    store: Store | None = field(repr=False, default=None)

    def make(self, chunk: Chunk) -> Made:
        """Return a chunk as remembered or made now. Raises GateError where its frames do not decode to it."""
        quality = encode.MUSIC_QUALITY if chunk.stings or chunk.beds else encode.SPEECH_QUALITY
        name = f"{self._key(chunk, quality)}.frames"
        steps = -(-chunk.samples // _step(self.form))
        kept = self.store.read(name) if self.store else None
        if kept is None:
            frames = encode.encode(mix.blocks(chunk, self.desk), self.form, quality, is_last=chunk.is_last)
            kept = _heard(frames, chunk, self.form).astype("<f4").tobytes() + frames
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
    return round(STEP_SECONDS * form.rate)


def _heard(frames: bytes, chunk: Chunk, form: Format) -> NDArray[np.float32]:
    """Decode a chunk's frames and return its levels; they come the codec's 25 ms late, which nobody minds."""
    levels: list[float] = []
    samples = 0
    try:
        for block, _ in pcm.decode_blocks(io.BytesIO(frames), STEP_SECONDS):
            levels.append(float(np.sqrt(np.dot(block, block) / len(block))))
            samples += len(block)
    except ValueError as error:
        raise GateError(f"a stretch of the MP3 does not decode: {error}") from error
    expected = encode.frames_of(chunk.samples, form, is_last=chunk.is_last) * form.frame_samples
    if samples != expected:
        raise GateError(f"a stretch of the MP3 decodes to {samples} samples instead of {expected}")
    return np.array(levels[: -(-chunk.samples // _step(form))], dtype=np.float32)
