"""Samples to MP3 frames: LAME in this process, constant bit rate, a chunk at a time on any number of threads."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

import lameenc
import numpy as np
from numpy.typing import NDArray

from audio.sound.frames import DECODER_DELAY, ENCODER_DELAY, Format, take

# LAME turns everything down by 0.45 dB at constant bit rates, by a fixed table; measured 0.95 at 48 to 160 kbit/s.
LOSS = 0.95
# 7 is no worse than 5 on dry speech (PESQ 4.57 and 4.53 at 96 kbit/s) and takes 0.6 of its time; music might show it.
SPEECH_QUALITY, MUSIC_QUALITY = 7, 5

Whole = NDArray[np.int16]
T = TypeVar("T")
R = TypeVar("R")


def peak_headroom_db(form: Format) -> float:
    """Return by how much LAME can raise a true peak, with a reserve.

    Measured on a quarter of an hour of speech at 44.1 kHz: 0.57 dB at 96 kbit/s, 0.95 dB at 64 kbit/s where the
    limiter works hard (-14 LUFS). The reserve is for longer programmes. A second channel shares the bits.
    """
    per_channel = form.bitrate_kbps / form.channels
    return 0.8 if per_channel >= 96 else 1.2 if per_channel >= 64 else 1.6  # noqa: PLR2004 - kbit/s


def encode(blocks: Iterable[Whole], form: Format, quality: int, *, is_last: bool) -> bytes:
    """Return the frames of one chunk, encoded by a fresh encoder: those that are its own.

    A fresh encoder borrows no bits from earlier frames, so that chunks can stand behind each other. The last of a
    chunk's sound comes out a frame late: the next chunk's first frame stands in for it, both silent; only the last
    chunk keeps it. All but the last are whole frames long.
    """
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(form.bitrate_kbps)
    encoder.set_in_sample_rate(form.rate)
    encoder.set_out_sample_rate(form.rate)
    encoder.set_channels(form.channels)
    encoder.set_quality(quality)
    encoder.silence()
    mp3 = bytearray()
    samples = 0
    for block in blocks:
        if len(block):
            mp3 += encoder.encode(block.tobytes())
            samples += len(block)
    mp3 += encoder.encode(bytes(2 * form.frame_samples * form.channels * 2))
    mp3 += encoder.flush()
    return take(bytes(mp3), form, frames_of(samples, form, is_last=is_last))


def frames_of(samples: int, form: Format, *, is_last: bool) -> int:
    """Return how many frames a chunk keeps."""
    return -(-(samples + (ENCODER_DELAY + DECODER_DELAY if is_last else 0)) // form.frame_samples)


def in_order(pool: ThreadPoolExecutor, work: Callable[[T], R], items: Iterable[T], ahead: int) -> Iterator[R]:
    """Yield the results in the order of the items, never working more than ``ahead`` of them before they are taken."""
    waiting: deque[Future[R]] = deque()
    try:
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > ahead:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    finally:
        for future in waiting:
            future.cancel()
