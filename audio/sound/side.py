"""What the frames of an MP3 say of their sound in their side information (ISO 11172-3 and 13818-3, 2.4.1.7).

A decoder's work is in the spectrum; how loud a frame is at least stands before it, in a hundred bits. An encoder takes
the smallest Huffman table that holds the highest value of a region: the table tells how high that value is at least,
and the gain what it is worth. So what reads as sounding sounds, and reading costs a tenth of decoding. Scale factors
stand in the spectrum itself: of a frame that has some nothing is known here. LAME's fast qualities use none.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from audio.sound.frames import Format, starts

_HEADER_BYTES = 4
_MOST_BIG_VALUES = 288
# A granule whose highest value is 1.0 decodes to more than this RMS of full scale: of speech 99 tenths of a second of
# 100, and all sines. Gain 210 makes a value 1.0, in steps of a quarter of a power of two.
_UNIT_RMS, _UNIT_GAIN = 0.5, 210
# The highest value of a region is at least this, by its table: one more than the next smaller table holds.
_PLAIN = [0, 1, 2, 2, 0, 3, 3, 4, 4, 4, 6, 6, 6, 8, 0, 8]
_ESCAPED = [16, 17, 19, 23, 31, 79, 271, 1039, 16, 31, 47, 79, 143, 271, 527, 2063]
_LEAST = np.array(_PLAIN + _ESCAPED, dtype=np.float64) ** (4 / 3)


def levels(mp3: bytes, form: Format) -> NDArray[np.float32]:
    """Return the least RMS, of full scale 1.0, of each frame of an MP3 that stands by itself.

    Raises ValueError where the frames are not those of the format, or do not hold the bits that they announce.
    """
    places = np.array(starts(mp3, form), dtype=np.int64)
    size = _HEADER_BYTES + form.side_bytes
    if not len(places) or places[-1] + size > len(mp3):
        raise ValueError("frames are missing")
    heads = np.frombuffer(mp3, np.uint8)[places[:, None] + np.arange(size)]
    # All but the padding bit and the mode extension are the same in every frame.
    if heads[0, 0] != 0xFF or ((heads[:, :4] ^ heads[0, :4]) & [0xFF, 0xFF, 0xFD, 0xCF]).any():  # noqa: PLR2004
        raise ValueError("a frame is not where it should be")
    bits = np.unpackbits(heads[:, _HEADER_BYTES:], axis=1)
    borrowed = _field(bits, 0, 9 if form.full_rate else 8)
    used, power = _granules(bits, form)
    _require_room(np.diff(places, append=len(mp3)) - size, borrowed, used)
    return np.asarray(_UNIT_RMS * np.sqrt(power), dtype=np.float32)


def _granules(bits: NDArray[np.uint8], form: Format) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the bits of each frame's spectrum, and its least energy: the mean of granules, summed over channels."""
    two = form.channels > 1
    granules, width, at = (2, 59, 20 if two else 18) if form.full_rate else (1, 63, 10 if two else 9)
    used = np.zeros(len(bits), dtype=np.int64)
    power = np.zeros(len(bits))
    for place in range(at, at + granules * form.channels * width, width):
        one = bits[:, place : place + width]
        count = _field(one, 12, 9)
        if count.max() > _MOST_BIG_VALUES:
            raise ValueError("a frame announces more values than it can have")
        used += _field(one, 0, 12)
        power += np.where(count > 0, _power(one, form), 0) / granules
    return used, power


def _power(one: NDArray[np.uint8], form: Format) -> NDArray[np.float64]:
    """Return the least energy of a channel of a granule whose tables are in use."""
    wide = 4 if form.full_rate else 9
    switched, at = one[:, 29 + wide], 30 + wide
    # Block type and mixed flag stand before the tables of switched windows, three subblock gains behind them.
    tables = [_LEAST[np.where(switched, _field(one, at + 3 + 5 * n, 5), _field(one, at + 5 * n, 5))] for n in (0, 1)]
    tables.append(np.where(switched, 0, _LEAST[_field(one, at + 10, 5)]))
    deepest = np.max([_field(one, at + 13 + 3 * n, 3) for n in range(3)], axis=0)
    quarters = _field(one, 21, 8) - _UNIT_GAIN - np.where(switched, 8 * deepest, 0)
    scaled = _field(one, 29, wide)
    return np.where(scaled == 0, sum(table**2 for table in tables) * 2.0 ** (quarters / 2), 0.0)


def _require_room(room: NDArray[np.int64], borrowed: NDArray[np.int64], used: NDArray[np.int64]) -> None:
    """Raise ValueError unless each frame's bits lie in its own bytes or in what those before it have left."""
    begins = np.cumsum(room) - room - borrowed
    ends = begins + -(-used // 8)
    if begins[0] < 0 or (ends > np.cumsum(room)).any() or (begins[1:] < ends[:-1]).any():
        raise ValueError("a frame's bits are not where it says")


def _field(bits: NDArray[np.uint8], at: int, width: int) -> NDArray[np.int64]:
    return np.asarray(bits[:, at : at + width] @ (1 << np.arange(width)[::-1]), dtype=np.int64)
