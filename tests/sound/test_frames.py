"""Frames as the standard has them, for every rate and number of channels that a profile may ask for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.sound.frames import Format, frame_bytes, info_frame

FORMS = [
    Format(rate, channels, kbps)
    for rate in (22_050, 24_000, 44_100, 48_000)
    for channels in (1, 2)
    for kbps in (64, 80, 96, 112, 128, 160)
]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_an_info_frame_is_a_frame(form: Format) -> None:
    """Its header names the format, and its length is that of the bit rate it names, with room for all figures."""
    frame = info_frame(form, 10, 5000, 10_000)
    mpeg1 = form.rate >= 32_000
    full, half = [0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160], [0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96]
    rates = full if mpeg1 else [*half, 112, 128, 144, 160]
    kbps = rates[frame[2] >> 4]
    assert frame[0] == 0xFF
    assert frame[1] == (0xFB if mpeg1 else 0xF3)
    assert kbps >= form.bitrate_kbps
    assert len(frame) == frame_bytes(form, kbps) == (144_000 if mpeg1 else 72_000) * kbps // form.rate
    assert frame[3] >> 6 == (0b01 if form.channels == 2 else 0b11)
    assert frame[4 + form.side_bytes :][:4] == b"Info"


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.sampled_from(FORMS))
def test_figures_never_change_its_length(frames: int, size: int, samples: int, form: Format) -> None:
    """Whatever it tells, it fills the place that was kept for it."""
    assert len(info_frame(form, frames, size, samples)) == len(info_frame(form, 0, 0, 0))
