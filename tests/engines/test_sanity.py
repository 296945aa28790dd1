"""Which speeches pass for their text."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest

from audio.engines.espeak import Espeak
from audio.engines.sanity import expected_seconds, require_sane
from audio.errors import TransientError
from audio.model import Span, Speech

TEXT = "Il Consiglio dei ministri ha approvato la legge di bilancio."
RATE = 22_050


@pytest.fixture(scope="module")
def espeak() -> Iterator[Espeak]:
    engine = Espeak()
    yield engine
    engine.close()


def tone(seconds: float, peak: int = 8000) -> Speech:
    wave = peak * np.sin(2 * np.pi * 200 * np.arange(round(RATE * seconds)) / RATE)
    return Speech(wave.astype("<i2").tobytes(), RATE)


@pytest.mark.parametrize("rate", [0.5, 1.0, 2.0])
@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "Sì.",
        "No",
        "FMI, BCE, PNRR, CGIL, CISL, UIL, ONU.",
        "Xi Jinping, in cinese 习近平.",
        "Владимир Путин",
        "ahahahahahahahahah",
        "😀😀😀",
        "12345678",
        "Brrr… mmm… sss…",
    ],
)
def test_the_embedded_voice_passes(espeak: Espeak, text: str, rate: float) -> None:
    """What the embedded voice says passes at any tempo: a word, letters spelled, other scripts and signs read out."""
    require_sane(espeak.speak((Span(text),), "it", rate), text, "espeak", rate)


@pytest.mark.parametrize(
    ("speech", "why"),
    [
        (Speech(b"", RATE), "no sound"),
        (Speech(b"\1\2\3", RATE), "no sound"),
        (Speech(b"\1\2" * 9999, 0), "no sound"),
        (Speech(bytes(4 * RATE), RATE), "silence"),
        (tone(4, peak=100), "silence"),
        (tone(0.8), "too short"),
        (tone(25), "too long"),
        (Speech(tone(0.8).pcm + bytes(6 * RATE), RATE), "too short"),
        (Speech(np.repeat([32767, -32768] * RATE, 2).astype("<i2").tobytes(), RATE), "full scale"),
    ],
    ids=["empty", "half a sample", "no rate", "zeros", "whisper", "cut", "stuck", "cut and padded", "square"],
)
def test_what_does_not_pass(speech: Speech, why: str) -> None:
    """Nothing, silence, a cut even when padded, a stuck voice and noise are told, with the text they are not."""
    with pytest.raises(TransientError, match=f"prova did not speak 'Il Consiglio .*{why}"):
        require_sane(speech, TEXT, "prova")


def test_the_bounds_are_told() -> None:
    """For 100 letters the sound lasts between 2.8 s and 26.5 s."""
    assert expected_seconds("a" * 100) == pytest.approx((2.8, 26.5))


def test_clipping_by_the_sample_passes() -> None:
    """A loud voice that touches full scale now and then passes."""
    require_sane(tone(4, peak=32_767), TEXT, "prova") if _clipped(tone(4, 32_767)) < 0.1 else pytest.fail("bad tone")


def _clipped(speech: Speech) -> float:
    return float(np.mean(np.abs(np.frombuffer(speech.pcm, "<i2").astype(int)) >= 32_700))
