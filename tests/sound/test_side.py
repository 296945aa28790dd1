"""What side information tells of a frame is true of its decoded sound, in every format that a profile may ask for."""

import io

import numpy as np
import pytest

from audio import pcm
from audio.engines import make
from audio.model import Span
from audio.sound import side
from audio.sound.encode import SPEECH_QUALITY, encode
from audio.sound.frames import Format, starts

FORMS = [Format(44_100, 1, 96), Format(48_000, 2, 128), Format(24_000, 1, 64), Format(22_050, 2, 64)]


@pytest.fixture(scope="module")
def speech() -> np.ndarray:
    """A sentence of the embedded voice at its own rate."""
    engine = make("espeak")
    said = engine.speak((Span("Il ponte resta chiuso al traffico fino a domenica, dicono le Ferrovie."),), "it")
    engine.close()
    return np.frombuffer(said.pcm, "<i2").astype(np.float32)


def _mp3(samples: np.ndarray, form: Format) -> bytes:
    whole = samples[: len(samples) // form.frame_samples * form.frame_samples].astype("<i2")
    columns = np.repeat(whole[:, None], form.channels, axis=1) if form.channels > 1 else whole
    return encode([columns], form, SPEECH_QUALITY, is_last=False)


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_a_frame_is_at_least_so_loud(form: Format, speech: np.ndarray) -> None:
    """What it tells of four frames is at most twice what is heard, and speech of -30 dBFS tells the gate enough."""
    mp3 = _mp3(pcm.resample(speech, 22_050, form.rate), form)
    told = side.levels(mp3, form)
    blocks = [block for block, _ in pcm.decode_blocks(io.BytesIO(mp3), 4 * form.frame_samples / form.rate)]
    heard = np.sqrt([np.mean(block**2) * form.channels for block in blocks])
    four = np.sqrt(np.add.reduceat(told**2, np.arange(0, len(told), 4)) / 4)
    # A frame sounds into the next one.
    assert (four < 2 * np.maximum(heard, np.append(heard[1:], 0)) + 1e-3).all()
    loud = heard > 10 ** (-30 / 20)
    assert loud.sum() > 10
    assert (np.maximum(four, np.append([0], four[:-1]))[loud] > 10 ** (-50 / 20)).all()


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_silence_tells_nothing(form: Format) -> None:
    """Frames of digital silence have no level at all."""
    assert not side.levels(_mp3(np.zeros(form.rate), form), form).any()


@pytest.mark.parametrize("form", FORMS, ids=str)
@pytest.mark.parametrize("place", ["header", "reservoir", "length", "middle"])
def test_damage_is_seen(form: Format, place: str, speech: np.ndarray) -> None:
    """A frame with another header, a borrowed bit too many, more bits than fit, or a missing byte is refused."""
    mp3 = bytearray(_mp3(pcm.resample(speech, 22_050, form.rate), form))
    frame = starts(bytes(mp3), form)[40]
    if place == "header":
        mp3[frame + 1] ^= 0x08
    elif place == "reservoir":
        mp3[4] = 0xFF
    elif place == "length":
        at = frame + 4
        mp3[at : at + form.side_bytes] = b"\xff" * form.side_bytes
    else:
        del mp3[frame + 100]
    with pytest.raises(ValueError, match="frame"):
        side.levels(bytes(mp3), form)
