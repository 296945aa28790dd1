"""The edges of a speech, made clean without harm to what is inside."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.errors import SettingsError
from audio.model import Speech, Word
from audio.sound.clips import load_clip, measure, prepare, to_segment, to_speech


def _pcm(samples: np.ndarray) -> bytes:
    whole: bytes = np.clip(np.rint(samples * 32767), -32768, 32767).astype("<i2").tobytes()
    return whole


def _tone(before: float, seconds: float, after: float, *, level: float = 0.5, rate: int = 22_050) -> Speech:
    wave = level * np.sin(2 * np.pi * 220 * np.arange(round(seconds * rate)) / rate)
    samples = np.concatenate([np.zeros(round(before * rate)), wave, np.zeros(round(after * rate))])
    return Speech(_pcm(samples), rate, (Word(before, 0, 3), Word(before + seconds / 2, 4, 3)))


@settings(max_examples=25, deadline=None)
@given(st.floats(0, 0.8), st.floats(0.1, 1.0), st.floats(0, 0.8), st.sampled_from([16_000, 22_050, 24_000]))
def test_the_audible_part_is_found(before: float, seconds: float, after: float, rate: int) -> None:
    """Whatever silence surrounds a speech, its audible part is known within 6 ms and keeps at most 30 ms around it."""
    clip = measure(_tone(before, seconds, after, rate=rate), 48_000)
    assert (clip.last - clip.first) / 48_000 == pytest.approx(seconds, abs=0.011)
    assert 0 <= clip.first <= 0.030 * 48_000
    assert clip.last <= clip.samples <= clip.last + 0.030 * 48_000


def test_nothing_audible_is_cut() -> None:
    """A soft onset 30 dB below the peak is speech, not silence."""
    rate = 22_050
    time = np.arange(rate) / rate
    soft_then_loud = np.sin(2 * np.pi * 300 * time) * np.where(time < 0.2, 0.025, 0.8)
    speech = Speech(_pcm(np.concatenate([np.zeros(rate), soft_then_loud, np.zeros(rate)])), rate)
    trimmed = prepare(speech, rate)
    assert (trimmed.last - trimmed.first) / rate == pytest.approx(1.0, abs=0.011)


def test_edges_fade() -> None:
    """A speech that starts and ends in full sound begins and ends at zero, without a click."""
    samples = prepare(_tone(0, 0.5, 0), 22_050).samples
    assert abs(samples[0]) < 0.002
    assert abs(samples[-1]) < 0.002
    assert np.abs(samples[220:-220]).max() > 0.45


def test_offset_is_removed() -> None:
    """A speech on an offset is centred, and silence on it is silence."""
    speech = _tone(0.3, 0.5, 0.3)
    shifted = np.frombuffer(speech.pcm, dtype="<i2").astype(float) / 32767 + 0.05
    trimmed = prepare(Speech(_pcm(shifted), speech.rate), 22_050)
    assert abs(float(trimmed.samples.mean())) < 0.003
    assert (trimmed.last - trimmed.first) / 22_050 == pytest.approx(0.5, abs=0.02)


def test_a_loud_offset_speech_never_wraps() -> None:
    """Full scale with an offset stays below full scale: no sample jumps to the other sign."""
    rate = 22_050
    wave = np.clip(1.3 * np.sin(2 * np.pi * 200 * np.arange(rate) / rate), -1, 1)
    wave[::3] = np.clip(wave[::3] - 0.05, -1, 1)
    before = np.frombuffer(_pcm(wave), dtype="<i2") / 32768
    after = prepare(Speech(_pcm(wave), rate), rate).samples
    assert np.abs(np.diff(after)).max() <= np.abs(np.diff(before)).max() + 0.01


def test_words_move_with_the_cut() -> None:
    """Word times count from the clip's start and lie in its audible part, even where an engine names them outside."""
    speech = _tone(0.5, 1.0, 0.5)
    speech = Speech(speech.pcm, speech.rate, (Word(0.0, 0, 3), Word(1.0, 4, 3), Word(1.99, 8, 3)))
    clip = measure(speech, 44_100)
    times = [word.start_seconds for word in clip.words]
    assert times == pytest.approx([0.025, 0.525, 1.025], abs=0.011)
    assert times[0] == clip.first / 44_100
    assert times[-1] == clip.last / 44_100


@pytest.mark.parametrize("samples", [0, 1, 10, 22_050])
def test_silence_is_kept_whole(samples: int) -> None:
    """A speech of nothing but silence breaks nothing and keeps its length."""
    clip = measure(Speech(bytes(2 * samples), 22_050), 44_100)
    assert clip.samples == pytest.approx(2 * samples, abs=2)
    assert 0 <= clip.first <= clip.last <= clip.samples


def test_peak_is_measured() -> None:
    """The clip carries its true peak."""
    assert measure(_tone(0.1, 0.5, 0.1), 44_100).true_peak_dbtp == pytest.approx(-6.02, abs=0.1)


def test_there_and_back() -> None:
    """A speech survives pydub's type sample for sample, and a stereo segment becomes mono."""
    speech = _tone(0.1, 0.2, 0.1)
    assert to_speech(to_segment(speech)) == Speech(speech.pcm, speech.rate)
    stereo = to_segment(speech).set_channels(2)
    assert to_speech(stereo).pcm == speech.pcm


@pytest.mark.parametrize("kind", ["WAV", "FLAC", "MP3", "OGG"])
def test_jingles_of_any_format(tmp_path: Path, kind: str) -> None:
    """A stereo sound file of each format becomes a mono speech of its length and rate."""
    time = np.arange(24_000) / 24_000
    tone = 0.4 * np.sin(2 * np.pi * 440 * time)
    path = tmp_path / "sigla"
    with io.BytesIO() as data:
        soundfile.write(data, np.column_stack([tone, tone]), 24_000, format=kind)
        path.write_bytes(data.getvalue())
    speech = load_clip(path)
    assert speech.rate == 24_000
    assert speech.seconds == pytest.approx(1.0, abs=0.001)


def test_what_is_no_jingle(tmp_path: Path) -> None:
    """A missing file and one without sound are mistakes in the settings, named by their path."""
    (tmp_path / "testo.mp3").write_text("ciao")
    for name in ("manca.mp3", "testo.mp3"):
        with pytest.raises(SettingsError, match=name):
            load_clip(tmp_path / name)
