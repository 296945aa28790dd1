"""The edges of a speech, made clean without harm to what is inside, and what is measured of it."""

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio import engines
from audio.model import Span, Speech, Word
from audio.sound import limiter, loudness
from audio.sound.analysis import Analysis, analyse, at_rate, cut, from_bytes, length_at, to_bytes


def _pcm(samples: np.ndarray) -> bytes:
    whole: bytes = np.clip(np.rint(samples * 32767), -32768, 32767).astype("<i2").tobytes()
    return whole


def _tone(before: float, seconds: float, after: float, *, level: float = 0.5, rate: int = 22_050) -> Speech:
    wave = level * np.sin(2 * np.pi * 220 * np.arange(round(seconds * rate)) / rate)
    samples = np.concatenate([np.zeros(round(before * rate)), wave, np.zeros(round(after * rate))])
    return Speech(_pcm(samples), rate, (Word(before, 0, 3), Word(before + seconds / 2, 4, 3)))


def _measured(speech: Speech) -> Analysis:
    return analyse(speech, "x")


@settings(max_examples=25)
@given(st.floats(0, 0.8), st.floats(0.1, 1.0), st.floats(0, 0.8), st.sampled_from([16_000, 22_050, 24_000]))
def test_the_audible_part_is_found(before: float, seconds: float, after: float, rate: int) -> None:
    """Whatever silence surrounds a speech, its audible part is known within 6 ms and keeps at most 30 ms around it."""
    speech = _tone(before, seconds, after, rate=rate)
    found = _measured(speech)
    assert (found.end - found.begin) / rate == pytest.approx(seconds, abs=0.011)
    start, stop = found.kept
    assert 0 <= found.begin - start <= 0.030 * rate
    assert 0 <= stop - found.end <= 0.030 * rate
    assert len(at_rate(cut(speech, found), found, 48_000)) == length_at(found, 48_000)


def test_nothing_audible_is_cut() -> None:
    """A soft onset 30 dB below the peak is speech, not silence."""
    rate = 22_050
    time = np.arange(rate) / rate
    soft_then_loud = np.sin(2 * np.pi * 300 * time) * np.where(time < 0.2, 0.025, 0.8)
    speech = Speech(_pcm(np.concatenate([np.zeros(rate), soft_then_loud, np.zeros(rate)])), rate)
    found = _measured(speech)
    assert (found.end - found.begin) / rate == pytest.approx(1.0, abs=0.011)


def test_edges_fade() -> None:
    """A speech that starts and ends in full sound begins and ends at zero, without a click."""
    speech = _tone(0, 0.5, 0)
    samples = cut(speech, _measured(speech))
    assert abs(samples[0]) < 0.002
    assert abs(samples[-1]) < 0.002
    assert np.abs(samples[220:-220]).max() > 0.45


def test_offset_is_removed() -> None:
    """A speech on an offset is centred, and silence on it is silence."""
    speech = _tone(0.3, 0.5, 0.3)
    shifted = np.frombuffer(speech.pcm, dtype="<i2").astype(float) / 32767 + 0.05
    offset = Speech(_pcm(shifted), speech.rate)
    found = _measured(offset)
    assert abs(float(cut(offset, found).mean())) < 0.003
    assert (found.end - found.begin) / 22_050 == pytest.approx(0.5, abs=0.02)


def test_a_loud_offset_speech_never_wraps() -> None:
    """Full scale with an offset stays below full scale: no sample jumps to the other sign."""
    rate = 22_050
    wave = np.clip(1.3 * np.sin(2 * np.pi * 200 * np.arange(rate) / rate), -1, 1)
    wave[::3] = np.clip(wave[::3] - 0.05, -1, 1)
    before = np.frombuffer(_pcm(wave), dtype="<i2") / 32768
    speech = Speech(_pcm(wave), rate)
    after = cut(speech, _measured(speech))
    assert np.abs(np.diff(after)).max() <= np.abs(np.diff(before)).max() + 0.01


def test_words_move_with_the_cut() -> None:
    """Word times count from the clip's start and lie in its audible part, even where an engine names them outside."""
    speech = _tone(0.5, 1.0, 0.5)
    speech = Speech(speech.pcm, speech.rate, (Word(0.0, 0, 3), Word(1.0, 4, 3), Word(1.99, 8, 3)))
    found = _measured(speech)
    times = [word.start_seconds for word in found.words]
    assert times == pytest.approx([0.025, 0.525, 1.025], abs=0.011)
    assert times[0] == pytest.approx((found.begin - found.kept[0]) / 22_050)
    assert times[-1] == pytest.approx((found.end - found.kept[0]) / 22_050)


@pytest.mark.parametrize("samples", [0, 1, 10, 22_050])
def test_silence_is_kept_whole(samples: int) -> None:
    """A speech of nothing but silence breaks nothing and keeps its length."""
    speech = Speech(bytes(2 * samples), 22_050)
    found = _measured(speech)
    assert length_at(found, 44_100) == 2 * samples
    assert not at_rate(cut(speech, found), found, 44_100).any()
    assert 0 <= found.begin <= found.end <= samples


def test_peak_is_measured() -> None:
    """The true peak is known."""
    assert _measured(_tone(0.1, 0.5, 0.1)).true_peak_dbtp == pytest.approx(-6.02, abs=0.1)


@pytest.fixture(scope="module")
def voiced() -> Iterator[Speech]:
    """An Italian sentence by the embedded voice."""
    engine = engines.make("espeak")
    yield engine.speak((Span("Il consiglio dei ministri approva la legge, che passa adesso al Senato."),), "it")
    engine.close()


@pytest.mark.parametrize("depth_db", [0.5, 3.0, 6.0, 9.5, 12.0])
def test_the_limiter_takes_what_was_foretold(voiced: Speech, depth_db: float) -> None:
    """The loudness that a limiter costs is known within 0.15 LU before it has worked."""
    found = _measured(voiced)
    samples = cut(voiced, found)
    limited = limiter.limit(samples, voiced.rate, found.true_peak_dbtp - depth_db)
    before, after = (float(loudness.energies(one, voiced.rate).sum()) for one in (samples, limited))
    assert 10 * np.log10(1 - found.loss(depth_db)) == pytest.approx(10 * np.log10(after / before), abs=0.15)
    assert found.loss(-1) == 0


def test_what_is_kept_is_what_was_measured() -> None:
    """An analysis comes back from its bytes as it went in."""
    found = _measured(_tone(0.2, 1.0, 0.3))
    back = from_bytes(to_bytes(found), "x")
    for name in ("digest", "rate", "length", "begin", "end", "offset", "true_peak_dbtp", "words"):
        assert getattr(back, name) == getattr(found, name)
    assert np.array_equal(back.energies, found.energies)
    assert np.array_equal(back.losses, found.losses)
