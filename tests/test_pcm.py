"""Any sound to PCM, and rates changed without ghosts."""

from __future__ import annotations

import io

import numpy as np
import pytest
import soundfile
from hypothesis import given
from hypothesis import strategies as st
from loopback_google import tone_mp3
from numpy.typing import NDArray

from audio import pcm

RATE = 24_000


def sine(hertz: float, rate: int, seconds: float = 1.0, peak: float = 0.5) -> NDArray[np.float32]:
    return (peak * np.sin(2 * np.pi * hertz * np.arange(round(rate * seconds)) / rate)).astype(np.float32)


def encoded(samples: NDArray[np.float32], form: str, subtype: str | None = None, rate: int = RATE) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, samples, rate, format=form, subtype=subtype)
    return file.getvalue()


def power_db(samples: NDArray[np.generic]) -> float:
    return float(10 * np.log10(np.mean(np.square(samples.astype(np.float64))) + 1e-20))


@pytest.mark.parametrize(
    ("form", "subtype"),
    [("WAV", "PCM_16"), ("WAV", "PCM_24"), ("WAV", "FLOAT"), ("FLAC", None), ("OGG", "VORBIS"), ("MP3", None)],
)
def test_decode(form: str, subtype: str | None) -> None:
    """A tone in any format comes back at its rate, of its length and its loudness."""
    tone = sine(440, RATE)
    data, rate = pcm.decode(encoded(tone, form, subtype))
    samples = np.frombuffer(data, "<i2") / 32768
    assert rate == RATE
    assert len(samples) == pytest.approx(len(tone), abs=2500)
    assert power_db(samples[: len(tone)]) == pytest.approx(power_db(tone), abs=0.5)


def test_decode_keeps_16_bits() -> None:
    """16-bit sound comes back to the bit."""
    samples = np.arange(-32768, 32768, dtype=np.int16)
    file = io.BytesIO()
    soundfile.write(file, samples, RATE, format="WAV", subtype="PCM_16")
    assert pcm.decode(file.getvalue()) == (samples.astype("<i2").tobytes(), RATE)


def test_channels_are_averaged() -> None:
    """Two channels become their mean; opposite ones cancel."""
    left = sine(440, RATE)
    both, _ = pcm.decode(encoded(np.stack([left, left], axis=1), "WAV", "PCM_16"))
    none, _ = pcm.decode(encoded(np.stack([left, -left], axis=1), "WAV", "FLOAT"))
    assert both == pcm.decode(encoded(left, "WAV", "PCM_16"))[0]
    assert not any(none)


def test_peaks_beyond_full_scale_are_held() -> None:
    """A decoded peak beyond full scale stays at full scale and keeps its sign; no number at all is silence."""
    data, _ = pcm.decode(encoded(np.array([1.5, -1.5, np.nan, 0.25], np.float32), "WAV", "FLOAT"))
    assert list(np.frombuffer(data, "<i2")) == [32767, -32768, 0, 8192]


@pytest.mark.parametrize("data", [b"", b"<html>Prima di continuare</html>", bytes(5000), b"\xff\xfb" * 3000, b"RIFF"])
def test_no_sound(data: bytes) -> None:
    """What is no sound is a ValueError that says so."""
    with pytest.raises(ValueError, match="sound"):
        pcm.decode(data)


def test_a_sound_without_samples() -> None:
    """A sound file with nothing in it is a ValueError too."""
    with pytest.raises(ValueError, match="without sound"):
        pcm.decode(encoded(np.zeros(0, np.float32), "WAV", "PCM_16"))


@given(st.integers(0, 3000), st.binary(min_size=1, max_size=200))
def test_damaged_sounds(at: int, rubbish: bytes) -> None:
    """A damaged MP3 is PCM of whole samples or a ValueError, never anything else."""
    data = bytearray(tone_mp3("una frase breve"))
    data[at : at + len(rubbish)] = rubbish
    try:
        samples, rate = pcm.decode(bytes(data))
    except ValueError:
        return
    assert len(samples) % 2 == 0
    assert rate > 0


def test_blocks_are_the_whole() -> None:
    """Read in blocks, a file is what it is in one go, from its start wherever it stood."""
    file = io.BytesIO(encoded(sine(440, RATE, 1.03), "WAV", "PCM_16"))
    file.seek(7)
    blocks = list(pcm.decode_blocks(file, 0.1))
    assert [len(block) for block, _ in blocks] == [2400] * 10 + [720]
    whole = np.frombuffer(pcm.decode(file.getvalue())[0], "<i2") / 32768
    assert np.abs(np.concatenate([block for block, _ in blocks]) - whole).max() < 1e-4


def test_blocks_of_no_sound() -> None:
    """A file that is no sound is a ValueError."""
    with pytest.raises(ValueError, match="decoded"):
        list(pcm.decode_blocks(io.BytesIO(b"no sound"), 0.1))


@pytest.mark.parametrize("to_rate", [8_000, 22_050, 24_000, 44_100, 48_000])
@pytest.mark.parametrize("whole", [True, False], ids=["int16", "float32"])
def test_resample_keeps_length_pitch_and_kind(to_rate: int, whole: bool) -> None:
    """A tone at another rate lasts as long, has its pitch and its level, and is of the same kind of number."""
    tone = sine(440, RATE)
    given = (tone * 32767).astype(np.int16)
    out = pcm.resample(given, RATE, to_rate) if whole else pcm.resample(tone, RATE, to_rate)
    assert out.dtype == (np.int16 if whole else np.float32)
    assert len(out) == pytest.approx(len(tone) * to_rate / RATE, abs=2)
    spectrum = np.abs(np.fft.rfft(out.astype(np.float64)))
    assert np.argmax(spectrum) * to_rate / len(out) == pytest.approx(440, abs=1.5)
    assert power_db(out) == pytest.approx(power_db(given if whole else tone), abs=0.1)


def test_nothing_folds_back() -> None:
    """A tone above the new half-rate is gone, 60 dB down, not folded into the voice."""
    tone = sine(7_000, 48_000)
    out = pcm.resample(tone, 48_000, 8_000)[800:-800]  # a tone that starts at once is no tone at its edges
    assert power_db(out) < power_db(tone) - 60


def test_the_same_rate_is_the_same_array() -> None:
    """Nothing is touched where the rates agree, or where there is nothing."""
    tone, nothing = sine(440, RATE), np.zeros(0, np.int16)
    assert pcm.resample(tone, RATE, RATE) is tone
    assert len(pcm.resample(nothing, RATE, 48_000)) == 0
