"""Does a speech sound like its text? Silence, a cut or a stuck voice is caught here, whoever spoke."""

from __future__ import annotations

import unicodedata

import numpy as np
from numpy.typing import NDArray

from audio.errors import TransientError
from audio.model import Speech

# Seconds of sound for one letter. espeak-ng's Italian takes 0.06 on average, from 0.04 to 0.12 by text, and the slowest
# neural voices 0.09; outside these bounds a voice has dropped words or hangs.
_FASTEST, _SLOWEST = 0.03, 0.25
# A capital may be spelled ("FMI"), and a sign, a digit or a letter of another script is read out by its name: the
# embedded voice takes 0.9 s for a Cyrillic or Chinese one, 1.7 s for an emoji.
_SLOWEST_CAPITAL, _SLOWEST_SIGN = 0.6, 2.5
# Short texts: a "no" may be clipped short, and a pause before and after it outweighs its letters.
_SLACK_BELOW_SECONDS, _SLACK_ABOVE_SECONDS = 0.2, 1.5
# -46 dBFS at the loudest moment: a whisper peaks twenty decibels above.
_SILENT_PEAK = 164
# Speech touches full scale on single samples; a tenth of all samples there is noise or a broken decoder.
_CLIPPED_SHARE = 0.1
_FULL_SCALE = 32_700
# Between the telephone and the studio.
_LOWEST_RATE, _HIGHEST_RATE = 8_000, 192_000
# Marks that are heard as a pause at most.
_UNSPOKEN = frozenset(" \u00a0\t\n.,;:!?…'’‘\"“”«»()–—-")


def require_sane(speech: Speech, text: str, engine: str, rate: float = 1.0) -> None:
    """Raise TransientError unless the speech, asked for at tempo ``rate``, could be that of the text.

    Transient, since another try or another voice may do better. Only what sounds counts as said: a first word followed
    by a minute of silence is a cut.
    """
    what = f"{engine} did not speak '{text[:40]}…' whole"
    if not speech.pcm or len(speech.pcm) % 2 or not _LOWEST_RATE <= speech.rate <= _HIGHEST_RATE:
        raise TransientError(f"{what}: {len(speech.pcm)} bytes at {speech.rate} Hz are no sound")
    samples = np.frombuffer(speech.pcm, dtype="<i2")
    sounding = np.flatnonzero(np.abs(samples.astype(np.int32)) >= _SILENT_PEAK)
    if not len(sounding):
        raise TransientError(f"{what}: silence")
    if _share_clipped(samples) > _CLIPPED_SHARE:
        raise TransientError(f"{what}: nothing but noise at full scale")
    fewest, most = expected_seconds(text)
    said = float(sounding[-1] - sounding[0]) / speech.rate * rate
    if said < fewest:
        raise TransientError(f"{what}: {said:.2f} s of sound are too short")
    if speech.seconds * rate > most:
        raise TransientError(f"{what}: {speech.seconds:.1f} s are too long")


def expected_seconds(text: str) -> tuple[float, float]:
    """Return (the fewest seconds of sound, the most seconds in all) that a voice may need for the text."""
    fewest = _FASTEST * sum(map(str.isalpha, text)) - _SLACK_BELOW_SECONDS
    return max(0.0, fewest), _SLACK_ABOVE_SECONDS + sum(map(_most, text))


def _most(character: str) -> float:
    if character in _UNSPOKEN:
        return _SLOWEST
    if not unicodedata.name(character, "").startswith("LATIN"):
        return _SLOWEST_SIGN
    return _SLOWEST_CAPITAL if character.isupper() else _SLOWEST


def _share_clipped(samples: NDArray[np.int16]) -> float:
    return float(np.mean((samples >= _FULL_SCALE) | (samples <= -_FULL_SCALE)))
