"""The frames of an MP3: how long they are, and the Info frame in front that players trust.

The Info frame tells how many samples are sound, so that a decoder gives back exactly what went in.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass

# LAME's own delay, and what every decoder of Layer III adds (528 + 1).
ENCODER_DELAY, DECODER_DELAY = 576, 529
# ISO 11172-3 (rates of 32 kHz and more) and ISO 13818-3 (their halves): bit rates by index, rates by index.
_BITRATES = {
    True: (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    False: (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_RATES = {True: (44_100, 48_000, 32_000), False: (22_050, 24_000, 16_000)}
_FIRST_OF_FULL_RATE = 32_000
# The Info frame holds so many bytes of figures behind its header and side information.
_INFO_BYTES = 156


@dataclass(frozen=True, slots=True)
class Format:
    """How an MP3 is encoded: Hz, one or two channels, and the constant bit rate."""

    rate: int
    channels: int
    bitrate_kbps: int

    @property
    def full_rate(self) -> bool:
        """Whether it is MPEG-1, whose frames are twice as long as those of the half rates."""
        return self.rate >= _FIRST_OF_FULL_RATE

    @property
    def frame_samples(self) -> int:
        """Samples in a frame."""
        return 1152 if self.full_rate else 576

    @property
    def side_bytes(self) -> int:
        """Bytes of side information behind a frame's header."""
        stereo, mono = (32, 17) if self.full_rate else (17, 9)
        return stereo if self.channels > 1 else mono


def frame_bytes(form: Format, bitrate_kbps: int) -> int:
    """Return the bytes of a frame without its padding byte."""
    return form.frame_samples // 8 * bitrate_kbps * 1000 // form.rate


def take(mp3: bytes, form: Format, frames: int) -> bytes:
    """Return the first frames of an MP3 of constant bit rate."""
    size = frame_bytes(form, form.bitrate_kbps)
    end = 0
    for _ in range(frames):
        # A frame is one byte longer where its padding bit says so.
        end += size + (mp3[end + 2] >> 1 & 1)
    return mp3[:end]


def starts(mp3: bytes, form: Format) -> list[int]:
    """Return where each frame of an MP3 of constant bit rate begins. Raises ValueError where the last is cut short."""
    size = frame_bytes(form, form.bitrate_kbps)
    places = []
    end = 0
    while end + 2 < len(mp3):
        places.append(end)
        end += size + (mp3[end + 2] >> 1 & 1)
    if end != len(mp3):
        raise ValueError("a frame is cut short")
    return places


def info_frame(form: Format, frames: int, size: int, samples: int) -> bytes:
    """Return the silent first frame with counts and the encoder's delay and padding (LAME's extension).

    ``size`` counts its own bytes too; it has the same length whatever the counts are.
    """
    rates = _BITRATES[form.full_rate]
    at = 4 + form.side_bytes
    # Figures that do not fit the programme's own frames stand in a larger one, as LAME's do.
    kbps = next(k for k in rates if k >= form.bitrate_kbps and frame_bytes(form, k) >= at + _INFO_BYTES)
    version, mode = (0b11 if form.full_rate else 0b10), (0b01 if form.channels > 1 else 0b11)
    header = 0xFFE30000 | version << 19 | rates.index(kbps) << 12
    header |= _RATES[form.full_rate].index(form.rate) << 10 | mode << 6
    toc = bytes(i * 256 // 100 for i in range(100))
    padding = max(0, frames * form.frame_samples - ENCODER_DELAY - samples)
    info = struct.pack(">4sIII100sI", b"Info", 0x0F, frames, size, toc, 50)
    delays = (ENCODER_DELAY << 12 | min(padding, 0xFFF)).to_bytes(3, "big")
    # Revision 0 and method 1 (constant bit rate), a low-pass nobody reads, no replay gain, flags 0, the bit rate.
    lame = b"LAME3.100" + bytes([0x01, 0]) + bytes(8) + bytes([0, min(form.bitrate_kbps, 255)]) + delays
    lame += bytes(4) + struct.pack(">I", size) + bytes(2)
    frame = bytearray(frame_bytes(form, kbps))
    frame[:4] = struct.pack(">I", header)
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
