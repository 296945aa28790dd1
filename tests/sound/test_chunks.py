"""A chunk is read again where it is made: what does not come back as it went in is never part of a bulletin."""

import numpy as np
import pytest

from audio.errors import GateError
from audio.sound.chunks import _heard, lengths
from audio.sound.encode import MUSIC_QUALITY, SPEECH_QUALITY, encode
from audio.sound.frames import Format
from audio.sound.timeline import Chunk

FORM = Format(44_100, 1, 96)
SAMPLES = 1152 * 100


def _frames(samples: np.ndarray, quality: int = SPEECH_QUALITY) -> bytes:
    return encode([samples.astype("<i2")], FORM, quality, is_last=False)


@pytest.mark.parametrize("quality", [SPEECH_QUALITY, MUSIC_QUALITY])
def test_levels_are_those_of_the_sound(quality: int) -> None:
    """Each tenth of a second has at most the RMS that was encoded, sounds where it does, and all make the chunk's."""
    wave = 8000 * np.sin(2 * np.pi * 440 * np.arange(SAMPLES) / 44_100)
    wave[: SAMPLES // 2] = 0
    chunk = Chunk(0, SAMPLES)
    levels = _heard(_frames(wave, quality), chunk, FORM, quality)
    seconds = lengths(chunk, FORM)
    assert len(levels) == len(seconds)
    assert seconds.sum() == pytest.approx(SAMPLES / 44_100)
    assert levels[:12].max() < 1e-3
    assert levels[15:25].max() < 8000 / 32768 / np.sqrt(2)
    assert levels[15:25].min() > 0.01
    assert quality == SPEECH_QUALITY or levels[15:25] == pytest.approx(8000 / 32768 / np.sqrt(2) * 0.95, rel=0.02)


@pytest.mark.parametrize("quality", [SPEECH_QUALITY, MUSIC_QUALITY])
@pytest.mark.parametrize("damage", [lambda _: b"", lambda mp3: bytes(len(mp3)), lambda mp3: mp3[: len(mp3) // 2]])
def test_what_does_not_decode_is_refused(damage: object, quality: int) -> None:
    """Frames that are missing, empty or cut short end the run."""
    assert callable(damage)
    with pytest.raises(GateError, match="stretch of the MP3"):
        _heard(damage(_frames(np.full(SAMPLES, 500.0), quality)), Chunk(0, SAMPLES), FORM, quality)
