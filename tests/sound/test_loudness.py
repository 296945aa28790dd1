"""Loudness against the EBU's synthetic signals (Tech 3341) and the limiter against its promise."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.sound import loudness

RATE = 48_000


def _tone(seconds: float, dbfs: float, rate: int = RATE, hertz: float = 1000.0) -> np.ndarray:
    time = np.arange(round(seconds * rate)) / rate
    return (10 ** (dbfs / 20) * np.sin(2 * np.pi * hertz * time)).astype(np.float32)


# Tech 3341 table 1: stereo signals of 1 kHz; one channel with AS_HEARD_DB added is both of them.
CASES = {
    "1: -23 dBFS for 20 s": ([(20, -23)], -23.0),
    "2: -33 dBFS for 20 s": ([(20, -33)], -33.0),
    "3: quiet edges are gated": ([(10, -36), (60, -23), (10, -36)], -23.0),
    "4: silence and quiet edges are gated": ([(10, -72), (10, -36), (60, -23), (10, -36), (10, -72)], -23.0),
    "5: three levels": ([(20, -26), (20.1, -20), (20, -26)], -23.0),
}


@pytest.mark.parametrize("rate", [44_100, 48_000])
@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_integrated_loudness(case: tuple[list[tuple[float, float]], float], rate: int) -> None:
    """Each signal measures within the tenth of a unit that the EBU allows."""
    parts, expected = case
    samples = np.concatenate([_tone(seconds, level, rate) for seconds, level in parts])
    measured = loudness.integrated_lufs(loudness.energies(samples, rate)) + loudness.AS_HEARD_DB
    assert measured == pytest.approx(expected, abs=0.1)


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
    measured = loudness.true_peak_dbtp((tone * fade).astype(np.float32), RATE)
    assert expected - 0.4 <= measured <= expected + 0.2


def test_silence_has_no_loudness() -> None:
    """Silence passes no gate."""
    assert loudness.integrated_lufs(loudness.energies(np.zeros(RATE, np.float32), RATE)) == float("-inf")


@settings(max_examples=25, deadline=None)
@given(st.floats(-12, 12), st.integers(0, 2**32 - 1))
def test_limiter_keeps_below_its_ceiling(gain_db: float, seed: int) -> None:
    """Whatever comes in, no true peak above the ceiling comes out, and the length stays."""
    noise = np.random.default_rng(seed).normal(0, 0.2, RATE // 4)
    samples = (noise * np.hanning(len(noise)) * 10 ** (gain_db / 20)).astype(np.float32)
    limited = loudness.limit(samples, RATE, -1.5)
    assert len(limited) == len(samples)
    assert loudness.true_peak_dbtp(limited, RATE) <= -1.5 + 0.1


def test_limiter_leaves_the_rest_alone() -> None:
    """A clip below the ceiling is returned as it is, and around one peak only milliseconds are touched."""
    quiet = _tone(1, -20)
    assert loudness.limit(quiet, RATE, -1.5) is quiet
    quiet[RATE // 2] = 1.5
    limited = loudness.limit(quiet, RATE, -1.5)
    assert np.array_equal(limited[: RATE // 2 - 1000], quiet[: RATE // 2 - 1000])
    assert np.array_equal(limited[RATE // 2 + 1000 :], quiet[RATE // 2 + 1000 :])
