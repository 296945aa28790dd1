"""Samples to MP3: every sample comes back in its place, however many threads worked."""

import io
import struct
from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio import pcm
from audio.sound.encode import encode


def _tone(seconds: float, rate: int, hertz: float = 440) -> np.ndarray:
    time = np.arange(round(seconds * rate)) / rate
    return (0.3 * np.sin(2 * np.pi * hertz * time) * np.hanning(len(time)) ** 0.1).astype(np.float32)


def _programme(seconds: float, rate: int, pause_seconds: float = 0.3) -> list[np.ndarray]:
    blocks: list[np.ndarray] = []
    pitch = 200
    while sum(map(len, blocks)) < seconds * rate:
        blocks += [_tone(4.3, rate, pitch), np.zeros(round(pause_seconds * rate), np.float32)]
        pitch += 37
    return blocks


def _mp3(blocks: list[np.ndarray], rate: int, kbps: int = 96, jobs: int = 2) -> bytes:
    out = io.BytesIO()
    assert encode(blocks, rate, kbps, out, jobs=jobs) == sum(map(len, blocks))
    return out.getvalue()


def _decoded(mp3: bytes) -> np.ndarray:
    return np.frombuffer(pcm.decode(mp3)[0], dtype="<i2") / np.float32(32768)


@pytest.mark.parametrize(("rate", "kbps"), [(44_100, 64), (44_100, 96), (48_000, 80), (48_000, 160)])
def test_glued_pieces_are_the_programme(rate: int, kbps: int) -> None:
    """Over two joints the decoded sound is the programme, sample for sample in its place and at its level."""
    blocks = _programme(70, rate)
    original, decoded = np.concatenate(blocks), _decoded(_mp3(blocks, rate, kbps))
    assert len(decoded) == len(original)
    assert np.abs(decoded - original).max() < 0.02


@pytest.mark.parametrize("pause_seconds", [0.3, 0.065, 0.0])
def test_any_number_of_threads_makes_the_same_bytes(pause_seconds: float) -> None:
    """One and two threads write the same file, also where no pause allows a cut."""
    blocks = _programme(70, 44_100, pause_seconds)
    one = _mp3(blocks, 44_100, jobs=1)
    assert one == _mp3(blocks, 44_100, jobs=2)
    assert len(_decoded(one)) == sum(map(len, blocks))


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(0, 9_000), max_size=4), st.sampled_from([44_100, 48_000]))
def test_every_length_survives(sizes: list[int], rate: int) -> None:
    """However few samples, and in whatever blocks, as many come back."""
    blocks = [np.full(size, 0.1, np.float32) for size in sizes]
    mp3 = _mp3(blocks, rate)
    if sum(sizes):
        assert len(_decoded(mp3)) == sum(sizes)


def test_info_frame_counts_what_follows() -> None:
    """The first frame tells the frames after it, the bytes with itself, LAME's delay, and the padding at the end."""
    blocks = _programme(40, 44_100)
    mp3 = _mp3(blocks, 44_100)
    at = mp3.index(b"Info")
    flags, frames, size = struct.unpack(">III", mp3[at + 4 : at + 16])
    delays = int.from_bytes(mp3[at + 141 : at + 144], "big")
    assert flags == 0x0F
    assert size == len(mp3)
    assert frames == sum(1 for _ in _frames(mp3)) - 1
    assert delays >> 12 == 576
    assert frames * 1152 == 576 + sum(map(len, blocks)) + (delays & 0xFFF)


def _frames(mp3: bytes) -> Iterator[int]:
    at = 0
    while at < len(mp3):
        assert mp3[at] == 0xFF
        assert mp3[at + 1] == 0xFB
        assert mp3[at + 3] >> 6 == 0b11
        yield at
        at += 96 * 144_000 // 44_100 + (mp3[at + 2] >> 1 & 1)
    assert at == len(mp3)


def test_each_piece_begins_without_borrowed_bits() -> None:
    """The pieces' first frames name no earlier frame's bytes, so that a joint decodes like a start."""
    blocks = _programme(70, 44_100)
    mp3 = _mp3(blocks, 44_100)
    borrowed = [mp3[at + 4] << 1 | mp3[at + 5] >> 7 for at in _frames(mp3)]
    alone = [index for index, bits in enumerate(borrowed) if not bits]
    starts = np.cumsum([len(block) for block in blocks])
    for nth in (1, 2):
        border = int(next(end for end in starts[1::2] if end >= nth * 30 * 44_100)) // 1152
        assert any(abs(index - border - 1) <= 1 for index in alone)


def test_a_file_may_stand_behind_its_tag() -> None:
    """Writing begins where the file stands, and ends at its end."""
    out = io.BytesIO(b"tag")
    out.seek(3)
    encode([_tone(1, 44_100)], 44_100, 96, out)
    assert out.getvalue()[:3] == b"tag"
    assert out.getvalue()[3] == 0xFF
    assert out.tell() == len(out.getvalue())


def test_progress_rises_to_the_whole() -> None:
    """Whoever watches hears of each piece, and at last of all samples."""
    blocks = _programme(70, 44_100)
    seen: list[int] = []
    total = encode(blocks, 44_100, 96, io.BytesIO(), on_samples=seen.append)
    assert len(seen) == 3
    assert seen == sorted(seen)
    assert seen[-1] == total


def test_a_failure_of_the_source_comes_through() -> None:
    """What goes wrong while blocks are made is raised to the caller."""

    def broken() -> Iterator[np.ndarray]:
        yield from _programme(40, 44_100)
        raise EOFError("the clip is gone")

    with pytest.raises(EOFError, match="gone"):
        encode(broken(), 44_100, 96, io.BytesIO())
