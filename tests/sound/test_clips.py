"""Clips of music: any file, cut without clicks, looped without a seam."""

import io
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio.errors import SettingsError
from audio.model import Speech
from audio.sound.clips import load_clip, to_samples, to_segment, to_speech, trimmed

RATE = 24_000


def _file(path: Path, samples: np.ndarray, kind: str = "WAV") -> Path:
    with io.BytesIO() as data:
        soundfile.write(data, samples, RATE, format=kind)
        path.write_bytes(data.getvalue())
    return path


def _tone(seconds: float) -> np.ndarray:
    tone = 0.4 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * RATE)) / RATE)
    return np.column_stack([tone, tone])


@pytest.mark.parametrize("kind", ["WAV", "FLAC", "MP3", "OGG"])
def test_music_of_any_format(tmp_path: Path, kind: str) -> None:
    """A stereo sound file of each format becomes a clip of its length, rate and channels."""
    clip = load_clip(_file(tmp_path / "sigla", _tone(1.0), kind))
    assert (clip.frame_rate, clip.channels) == (RATE, 2)
    assert clip.duration_seconds == pytest.approx(1.0, abs=0.001)


def test_what_is_no_music(tmp_path: Path) -> None:
    """A missing file and one without sound are mistakes in the settings, named by their path."""
    (tmp_path / "testo.mp3").write_text("ciao")
    for name in ("manca.mp3", "testo.mp3"):
        with pytest.raises(SettingsError, match=name):
            load_clip(tmp_path / name)


def test_there_and_back() -> None:
    """A speech survives pydub's type sample for sample, and a stereo segment becomes mono."""
    speech = Speech((_tone(0.2)[:, 0] * 32767).astype("<i2").tobytes(), RATE)
    assert to_speech(to_segment(speech)) == speech
    assert to_speech(to_segment(speech).set_channels(2)).pcm == speech.pcm


def test_a_long_piece_is_cut_and_fades(tmp_path: Path) -> None:
    """A signature of a minute lasts as long as it may and is silent at its end."""
    samples, rate = to_samples(trimmed(load_clip(_file(tmp_path / "x.wav", _tone(60))), 5.0, loop=False))
    assert len(samples) == 5 * rate
    assert np.abs(samples[2 * rate : 3 * rate]).max() == pytest.approx(0.4, abs=0.01)
    assert np.abs(samples[-50:]).max() < 0.01


def test_a_loop_has_no_seam(tmp_path: Path) -> None:
    """Played again and again a bed has no step where it begins anew, and no hole."""
    time = np.arange(8 * RATE) / RATE
    rising = np.column_stack([np.sin(2 * np.pi * 100 * time) * np.linspace(0.1, 0.6, len(time))] * 2)
    samples, _ = to_samples(trimmed(load_clip(_file(tmp_path / "x.wav", rising)), 120.0, loop=True))
    twice = np.concatenate([samples, samples])[:, 0]
    seam = slice(len(samples) - 2400, len(samples) + 2400)
    assert np.abs(np.diff(twice[seam])).max() < 0.05
    assert np.abs(twice[seam]).reshape(-1, 480).max(axis=1).min() > 0.2
