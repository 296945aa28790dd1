"""Samples to MP3: every sample comes back in its place, however many threads worked."""

import struct
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio import pcm
from audio.sound.encode import encode, frames_of, in_order
from audio.sound.frames import Format, info_frame


def _tone(seconds: float, rate: int, hertz: float = 440) -> np.ndarray:
    time = np.arange(round(seconds * rate)) / rate
    return (0.3 * np.sin(2 * np.pi * hertz * time) * np.hanning(len(time)) ** 0.1).astype(np.float32)


def _chunks(seconds: float, form: Format) -> list[np.ndarray]:
    """Tones of different pitch, each between silences and a whole number of frames long, but for the last."""
    chunks: list[np.ndarray] = []
    pitch = 200
    while sum(map(len, chunks)) < seconds * form.rate:
        lead, tone = np.zeros(round(0.05 * form.rate)), _tone(4.3, form.rate, pitch)
        length = -(-(len(lead) + len(tone) + form.rate // 10) // form.frame_samples) * form.frame_samples
        whole = np.pad(np.concatenate([lead, tone]), (0, length - len(lead) - len(tone)))
        chunks.append(np.repeat(_int16(whole)[:, None], form.channels, axis=1) if form.channels > 1 else _int16(whole))
        pitch += 37
    chunks[-1] = chunks[-1][:-333]
    return chunks


def _int16(samples: np.ndarray) -> np.ndarray:
    whole: np.ndarray = np.rint(samples * 32767).astype("<i2")
    return whole


def _mp3(chunks: list[np.ndarray], form: Format) -> bytes:
    parts = [encode([c], form, 7, is_last=i == len(chunks) - 1) for i, c in enumerate(chunks)]
    frames = sum(frames_of(len(c), form, is_last=i == len(chunks) - 1) for i, c in enumerate(chunks))
    size = len(info_frame(form, 0, 0, 0)) + sum(map(len, parts))
    return info_frame(form, frames, size, sum(map(len, chunks))) + b"".join(parts)


FORMATS = [
    Format(44_100, 1, 64),
    Format(44_100, 1, 96),
    Format(48_000, 1, 80),
    Format(48_000, 1, 160),
    Format(22_050, 1, 64),
    Format(24_000, 1, 48),
    Format(44_100, 2, 128),
]


@pytest.mark.parametrize("form", FORMATS, ids=str)
def test_glued_chunks_are_the_programme(form: Format) -> None:
    """Over every joint the decoded sound is the programme, sample for sample in its place and at its level."""
    chunks = _chunks(15, form)
    original = np.concatenate(chunks).reshape(-1, form.channels).mean(axis=1) / 32768 * 0.95
    decoded = np.frombuffer(pcm.decode(_mp3(chunks, form))[0], dtype="<i2") / 32768
    assert len(decoded) == len(original)
    assert np.abs(decoded - original).max() < 0.03


@settings(max_examples=30)
@given(st.lists(st.integers(0, 9_000), max_size=4), st.sampled_from(FORMATS))
def test_every_length_survives(sizes: list[int], form: Format) -> None:
    """However few samples the last chunk has, and in whatever blocks, as many come back."""
    blocks = [np.full((size, form.channels), 3000, dtype="<i2") for size in sizes]
    mp3 = encode(blocks, form, 7, is_last=True)
    frames = frames_of(sum(sizes), form, is_last=True)
    whole = info_frame(form, frames, len(info_frame(form, 0, 0, 0)) + len(mp3), sum(sizes)) + mp3
    if sum(sizes):
        assert len(pcm.decode(whole)[0]) == 2 * sum(sizes)


def test_info_frame_counts_what_follows() -> None:
    """The first frame tells the frames after it, the bytes with itself, LAME's delay, and the padding at the end."""
    form = Format(44_100, 1, 96)
    chunks = _chunks(40, form)
    mp3 = _mp3(chunks, form)
    at = mp3.index(b"Info")
    flags, frames, size = struct.unpack(">III", mp3[at + 4 : at + 16])
    delays = int.from_bytes(mp3[at + 141 : at + 144], "big")
    assert flags == 0x0F
    assert size == len(mp3)
    assert frames == sum(1 for _ in _frames(mp3)) - 1
    assert delays >> 12 == 576
    assert frames * 1152 == 576 + sum(map(len, chunks)) + (delays & 0xFFF)


def _frames(mp3: bytes) -> Iterator[int]:
    at = 0
    while at < len(mp3):
        assert mp3[at] == 0xFF
        assert mp3[at + 1] == 0xFB
        assert mp3[at + 3] >> 6 == 0b11
        yield at
        at += 96 * 144_000 // 44_100 + (mp3[at + 2] >> 1 & 1)
    assert at == len(mp3)


def test_each_chunk_begins_without_borrowed_bits() -> None:
    """A chunk's first frame names no earlier frame's bytes, so that a joint decodes like a start."""
    form = Format(44_100, 1, 96)
    for chunk in _chunks(12, form)[:-1]:
        mp3 = encode([chunk], form, 7, is_last=False)
        assert sum(1 for _ in _frames(mp3)) == len(chunk) // 1152
        assert mp3[4] << 1 | mp3[5] >> 7 == 0


def test_blocks_change_nothing() -> None:
    """A chunk in one block or in many is the same bytes."""
    form = Format(44_100, 1, 96)
    chunk = _chunks(4, form)[0]
    cut = [chunk[:1], chunk[1:1], chunk[1:50_000], chunk[50_000:]]
    assert encode(cut, form, 7, is_last=True) == encode([chunk], form, 7, is_last=True)


def test_work_comes_back_in_order_and_fails_aloud() -> None:
    """Results keep their order on any number of threads, and what goes wrong in one is raised to the caller."""
    with ThreadPoolExecutor(3) as pool:
        assert list(in_order(pool, abs, range(-9, 0), 2)) == list(range(9, 0, -1))
        with pytest.raises(ZeroDivisionError):
            list(in_order(pool, lambda n: 1 // n, [1, 0, 1], 2))
