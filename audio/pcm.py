"""Bytes of any sound format to 16-bit mono PCM, and sample rates changed properly.

The one door to libsndfile (MP3, FLAC, Ogg and WAV decoded in this process, no ffmpeg) and to the SoX resampler: pydub's
own is linear and lets everything above the new half-rate fold back at full level.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import BinaryIO, TypeVar

import numpy as np
import soundfile
import soxr
from numpy.typing import NDArray

# Mono samples; whole numbers stay whole numbers.
Samples = TypeVar("Samples", NDArray[np.float32], NDArray[np.int16])
# Read from a file in one go: a quarter of a megabyte of floats.
_READ_SAMPLES = 65_536


def decode(data: bytes) -> tuple[bytes, int]:
    """Return (PCM, rate in Hz) of a whole sound file: 16-bit signed little-endian, channels averaged to one.

    Raises ValueError for what is no sound, or has none in it.
    """
    samples, rate = decode_channels(data)
    # A lossy format may decode beyond full scale; read as whole numbers, its peaks would change their sign.
    mono = samples.mean(axis=1, dtype=np.float64) * 32768
    return np.clip(np.rint(mono), -32768, 32767).astype("<i2").tobytes(), rate


def decode_channels(data: bytes) -> tuple[NDArray[np.float32], int]:
    """Return (samples of full scale 1.0, a column for each channel; rate in Hz) of a whole sound file.

    Raises ValueError for what is no sound, or has none in it.
    """
    try:
        samples, rate = soundfile.read(io.BytesIO(data), dtype="float32", always_2d=True)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise ValueError(f"not a sound that can be decoded ({len(data)} bytes)") from error
    if not len(samples):
        raise ValueError("a sound file without sound")
    return np.nan_to_num(samples, copy=False), int(rate)


def decode_blocks(file: BinaryIO, seconds: float) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Yield (samples of full scale 1.0, rate in Hz) of an open sound file, ``seconds`` at a time, in flat memory.

    Its channels are averaged to one. Reads from the start of the file. Raises ValueError for what does not decode.
    """
    for block, rate in decode_channel_blocks(file, seconds):
        yield block[:, 0] if block.shape[1] == 1 else block.mean(axis=1, dtype=np.float32), rate


def decode_channel_blocks(file: BinaryIO, seconds: float) -> Iterator[tuple[NDArray[np.float32], int]]:
    """Yield the same with a column for each channel."""
    file.flush()
    file.seek(0)
    try:
        with soundfile.SoundFile(file) as sound:
            # Not ``blocks``: at the end of a file cut short it gives the last block again and again. Many are read in
            # one go, since each call costs more than a tenth of a second's decoding.
            size = round(sound.samplerate * seconds)
            many = max(1, _READ_SAMPLES // size)
            while len(read := sound.read(many * size, dtype="float32", always_2d=True)):
                for at in range(0, len(read), size):
                    yield read[at : at + size], sound.samplerate
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise ValueError("not a sound that can be decoded") from error


def seconds_of(file: BinaryIO) -> float:
    """Return how long an open sound file says it lasts, without decoding it. Raises ValueError for no sound."""
    file.flush()
    file.seek(0)
    try:
        with soundfile.SoundFile(file) as sound:
            return float(sound.frames / sound.samplerate)
    except (soundfile.LibsndfileError, RuntimeError) as error:
        raise ValueError("not a sound that can be decoded") from error


def resample(samples: Samples, from_rate: int, to_rate: int) -> Samples:
    """Return the samples at another rate (Hz), filtered so that nothing folds back; the same array if rates agree."""
    if from_rate == to_rate or not len(samples):
        return samples
    return np.asarray(soxr.resample(samples, from_rate, to_rate), dtype=samples.dtype)
