"""True peaks against the EBU's synthetic signals (Tech 3341), and the limiter against its promise."""

import numpy as np
import pytest
import soxr
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.sound import limiter

RATE = 48_000


def _tone(seconds: float, dbfs: float, hertz: float = 1000.0) -> np.ndarray:
    time = np.arange(round(seconds * RATE)) / RATE
    return (10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


def _noise(seed: int, level: float) -> np.ndarray:
    """Return a quarter of a second of noise up to 16 kHz, as much as an MP3 keeps, rising from silence and back."""
    spectrum = np.fft.rfft(np.random.default_rng(seed).normal(0, level, RATE // 4))
    spectrum[np.fft.rfftfreq(RATE // 4, 1 / RATE) > 16_000] = 0
    return (np.fft.irfft(spectrum, RATE // 4) * np.hanning(RATE // 4)).astype(np.float32)


def _exact_dbtp(samples: np.ndarray) -> float:
    """Return the true peak as another hand finds it: every sample sixteen times, by the SoX resampler."""
    return 20 * float(np.log10(np.abs(soxr.resample(samples, RATE, RATE * 16)).max()))


@pytest.mark.parametrize(
    ("divisor", "phase", "level", "expected"),
    [(4, 0, 0.5, -6), (4, 45, 0.5, -6), (6, 60, 0.5, -6), (8, 67.5, 0.5, -6), (4, 45, 1.41, 3)],
    ids=["15", "16", "17", "18", "19"],
)
def test_true_peak(divisor: int, phase: float, level: float, expected: float) -> None:
    """Peaks between samples are found within +0.2 and -0.4 dB (Tech 3341 cases 15 to 19)."""
    index = np.arange(RATE)
    tone = level * np.sin(2 * np.pi * index / divisor + np.radians(phase))
    fade = np.minimum(1, np.minimum(index, index[::-1]) / 4800)
    measured = limiter.true_peak_dbtp((tone * fade).astype(np.float32))
    assert expected - 0.4 <= measured <= expected + 0.2


def test_peaks_agree_with_another_meter() -> None:
    """On noise the true peak is that of a sixteenfold resampler within 0.15 dB."""
    for seed in range(8):
        samples = _noise(seed, 0.1)
        assert limiter.true_peak_dbtp(samples) == pytest.approx(_exact_dbtp(samples), abs=0.15)


@settings(max_examples=25)
@given(st.floats(-12, 12), st.integers(0, 2**32 - 1))
def test_limiter_keeps_below_its_ceiling(gain_db: float, seed: int) -> None:
    """Whatever comes in, no true peak above the ceiling comes out, and the length stays."""
    samples = _noise(seed, 0.2 * 10 ** (gain_db / 20))
    limited = limiter.limit(samples, RATE, -1.5)
    assert len(limited) == len(samples)
    assert _exact_dbtp(limited) <= -1.5 + 0.15


def test_limiter_leaves_the_rest_alone() -> None:
    """A clip below the ceiling is returned as it is, and around one peak only milliseconds are touched."""
    quiet = _tone(1, -20)
    assert limiter.limit(quiet, RATE, -1.5) is quiet
    quiet[RATE // 2] = 1.5
    limited = limiter.limit(quiet, RATE, -1.5)
    assert np.array_equal(limited[: RATE // 2 - 1000], quiet[: RATE // 2 - 1000])
    assert np.array_equal(limited[RATE // 2 + 1000 :], quiet[RATE // 2 + 1000 :])


def test_channels_dip_together() -> None:
    """A peak in one channel lowers both, so that nothing moves sideways."""
    both = np.stack([_tone(1, -20), _tone(1, -20, 700.0)], axis=1)
    both[RATE // 2, 0] = 1.5
    limited = limiter.limit(both, RATE, -1.5)
    near = slice(RATE // 2 - 20, RATE // 2)
    assert np.allclose(limited[near, 0] / both[near, 0], limited[near, 1] / both[near, 1], rtol=1e-3)
    assert np.abs(limited[near, 1]).max() < np.abs(both[near, 1]).max() * 0.7
