"""Samples to MP3, as they come: LAME in this process, constant bit rate, with the Info frame that players trust.

Pieces of about half a minute are encoded apart, on several threads, and glued in pauses. The Info frame tells how many
samples are sound, so that a decoder gives back exactly what went in.
"""

from __future__ import annotations

import functools
import struct
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from typing import BinaryIO, TypeVar

import lameenc
import numpy as np
from numpy.typing import NDArray

from audio.sound.clips import Samples

# LAME turns everything down by 0.45 dB at constant bit rates, by a fixed table; measured 0.95 at 48 to 160 kbit/s.
_LAME_LOSS = 0.95
# 5 is as good as 2 on speech and twice as fast; 7 is as good on dry speech, but music would show it.
_QUALITY = 5
_FRAME_SAMPLES = 1152
# LAME's own delay, and what every decoder of Layer III adds (528 + 1).
_ENCODER_DELAY, _DECODER_DELAY = 576, 529
# Pieces so long keep two threads busy in a few megabytes; longer ones gain nothing.
_PIECE_SECONDS = 30.0
# A piece's last 1105 samples (25 ms) come out after it, so they must be silent; twice that covers both transforms.
_SILENCE_SECONDS = 0.06
_BITRATES = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_RATES = {44_100: 0, 48_000: 1}
_MONO_SIDE_BYTES = 17

Whole = NDArray[np.int16]
T = TypeVar("T")
R = TypeVar("R")


@dataclass(frozen=True, slots=True)
class _Piece:
    mp3: bytes
    frames: int
    samples: int


def peak_headroom_db(bitrate_kbps: int) -> float:
    """Return by how much LAME can raise a true peak at a bit rate, with a reserve.

    Measured on a quarter of an hour of speech at 44.1 kHz: 0.57 dB at 96 kbit/s, 0.95 dB at 64 kbit/s where the
    limiter works hard (-14 LUFS). The reserve is for longer programmes.
    """
    return 0.8 if bitrate_kbps >= 96 else 1.2  # noqa: PLR2004 - kbit/s


def encode(
    blocks: Iterable[Samples],
    rate: int,
    bitrate_kbps: int,
    out: BinaryIO,
    *,
    jobs: int = 2,
    on_samples: Callable[[int], object] = int,
) -> int:
    """Write the blocks (full scale 1.0) as mono MP3 from where ``out`` stands; return the number of samples.

    ``rate`` is 44100 or 48000 Hz. ``out`` must be seekable: the Info frame in front is written last. ``jobs`` threads
    encode while the caller's prepares blocks; their number changes no byte. ``on_samples`` hears how many are written.
    """
    begin = out.tell()
    out.write(bytes(len(_info_frame(rate, bitrate_kbps, 0, 0, 0))))
    samples = frames = 0
    with ThreadPoolExecutor(jobs) as pool:
        work = functools.partial(_encode_piece, rate=rate, bitrate_kbps=bitrate_kbps)
        for piece in _in_order(pool, work, _pieces(blocks, rate), jobs + 1):
            out.write(piece.mp3)
            samples += piece.samples
            frames += piece.frames
            on_samples(samples)
    end = out.tell()
    out.seek(begin)
    out.write(_info_frame(rate, bitrate_kbps, frames, end - begin, samples))
    out.seek(end)
    return samples


def _pieces(blocks: Iterable[Samples], rate: int) -> Iterator[tuple[Whole, bool]]:
    """Yield (samples, whether they are the last) in pieces that can be encoded apart and glued.

    A piece ends inside a silent block, on a frame's border. Where no pause is long enough it goes on to the next one.
    """
    held: list[Whole] = []
    length = 0
    for block in blocks:
        whole = np.clip(np.rint(block * np.float32(32767 / _LAME_LOSS)), -32768, 32767).astype("<i2")
        cut = (length + len(whole)) // _FRAME_SAMPLES * _FRAME_SAMPLES
        silence = cut - length
        if cut >= _PIECE_SECONDS * rate and silence >= _SILENCE_SECONDS * rate and not block.any():
            yield np.concatenate([*held, whole[:silence]]), False
            held, length = [], 0
            whole = whole[silence:]
        held.append(whole)
        length += len(whole)
    yield np.concatenate(held or [np.zeros(0, dtype="<i2")]), True


def _encode_piece(item: tuple[Whole, bool], rate: int, bitrate_kbps: int) -> _Piece:
    """Encode a piece with a fresh encoder and keep the frames that are its own.

    A fresh encoder borrows no bits from earlier frames, so that pieces can stand behind each other. The last of a
    piece's sound comes out a frame late: the next piece's first frame stands in for it, both silent; only the last
    piece keeps it.
    """
    samples, is_last = item
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(bitrate_kbps)
    encoder.set_in_sample_rate(rate)
    encoder.set_out_sample_rate(rate)
    encoder.set_channels(1)
    encoder.set_quality(_QUALITY)
    encoder.silence()
    mp3 = bytes(encoder.encode(np.pad(samples, (0, 2 * _FRAME_SAMPLES)).tobytes())) + bytes(encoder.flush())
    frames = -(-(len(samples) + (_ENCODER_DELAY + _DECODER_DELAY if is_last else 0)) // _FRAME_SAMPLES)
    end = 0
    for _ in range(frames):
        # Constant bit rate, but a frame is one byte longer where its padding bit says so.
        end += bitrate_kbps * 144_000 // rate + (mp3[end + 2] >> 1 & 1)
    return _Piece(mp3[:end], frames, len(samples))


def _in_order(pool: ThreadPoolExecutor, work: Callable[[T], R], items: Iterable[T], ahead: int) -> Iterator[R]:
    """Yield the results in the order of the items, never working more than ``ahead`` of them before they are taken."""
    waiting: deque[Future[R]] = deque()
    for item in items:
        waiting.append(pool.submit(work, item))
        if len(waiting) > ahead:
            yield waiting.popleft().result()
    while waiting:
        yield waiting.popleft().result()


def _info_frame(rate: int, bitrate_kbps: int, frames: int, size: int, samples: int) -> bytes:
    """Return the silent first frame with counts and the encoder's delay and padding (LAME's extension)."""
    header = 0xFFFB0000 | _BITRATES.index(bitrate_kbps) << 12 | _RATES[rate] << 10 | 0b11 << 6
    frame = bytearray(bitrate_kbps * 144_000 // rate)
    toc = bytes(i * 256 // 100 for i in range(100))
    padding = max(0, frames * _FRAME_SAMPLES - _ENCODER_DELAY - samples)
    info = struct.pack(">4sIII100sI", b"Info", 0x0F, frames, size, toc, 50)
    delays = (_ENCODER_DELAY << 12 | min(padding, 0xFFF)).to_bytes(3, "big")
    # Revision 0 and method 1 (constant bit rate), a low-pass nobody reads, no replay gain, flags 0, the bit rate.
    lame = b"LAME3.100" + bytes([0x01, 0]) + bytes(8) + bytes([0, min(bitrate_kbps, 255)]) + delays
    lame += bytes(4) + struct.pack(">I", size) + bytes(2)
    frame[:4] = struct.pack(">I", header)
    at = 4 + _MONO_SIDE_BYTES
    frame[at : at + len(info) + len(lame)] = info + lame
    checked = bytes(frame[: at + len(info) + len(lame)])
    frame[len(checked) : len(checked) + 2] = struct.pack(">H", _crc16(checked))
    return bytes(frame)


def _crc16(data: bytes) -> int:
    """Return the checksum of LAME's extension: polynomial 0x8005, bits reversed."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc
