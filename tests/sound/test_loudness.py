"""Loudness against the EBU's synthetic signals (Tech 3341)."""

import numpy as np
import pytest

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


@pytest.mark.parametrize("rate", [16_000, 22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("case", CASES.values(), ids=list(CASES))
def test_integrated_loudness(case: tuple[list[tuple[float, float]], float], rate: int) -> None:
    """Each signal measures within the tenth of a unit that the EBU allows."""
    parts, expected = case
    samples = np.concatenate([_tone(seconds, level, rate) for seconds, level in parts])
    measured = loudness.integrated_lufs(loudness.energies(samples, rate)) + loudness.AS_HEARD_DB
    assert measured == pytest.approx(expected, abs=0.1)


def test_silence_has_no_loudness() -> None:
    """Silence passes no gate."""
    assert loudness.integrated_lufs(loudness.energies(np.zeros(RATE, np.float32), RATE)) == float("-inf")


def test_parts_make_the_whole() -> None:
    """The energies of fiftieths of a second sum up to those of tenths."""
    samples = np.random.default_rng(1).normal(0, 0.1, RATE * 2).astype(np.float32)
    whole = loudness.of_fine(loudness.fine_energies(samples, RATE))
    assert np.allclose(whole, loudness.energies(samples, RATE), rtol=1e-4)
