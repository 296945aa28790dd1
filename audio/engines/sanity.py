"""Does a speech sound like its text? Silence, a cut or a stuck voice is caught here, whoever spoke."""

from __future__ import annotations

import array
import sys

from audio.errors import TransientError
from audio.model import Speech

# Seconds for one character of spoken Italian. espeak-ng takes 0.06, the slowest neural voices 0.09; outside these
# bounds a voice has dropped words or hangs. The slack covers short texts, where pauses outweigh letters.
_FASTEST, _SLOWEST, _SLACK_SECONDS = 0.025, 0.22, 1.5
# -46 dBFS at the loudest moment: a whisper peaks twenty decibels above.
_SILENT_PEAK = 164
# Speech touches full scale on single samples; a tenth of all samples there is noise or a broken decoder.
_CLIPPED_SHARE = 0.1
_FULL_SCALE = 32_700


def require_sane(speech: Speech, text: str, engine: str) -> None:
    """Raise TransientError unless the speech could be that of the text: a retry or another voice may do better."""
    what = f"{engine} did not speak “{text[:60]}” whole"
    letters = sum(character.isalnum() for character in text)
    if speech.seconds < letters * _FASTEST:
        raise TransientError(f"{what}: {speech.seconds:.2f} s for {letters} letters")
    if speech.seconds > letters * _SLOWEST + _SLACK_SECONDS:
        raise TransientError(f"{what}: {speech.seconds:.1f} s for {letters} letters")
    samples = array.array("h", speech.pcm)
    if sys.byteorder == "big":
        samples.byteswap()
    high, low = max(samples), min(samples)
    if max(high, -low) < _SILENT_PEAK:
        raise TransientError(f"{what}: silence")
    if sum(s >= _FULL_SCALE or s <= -_FULL_SCALE for s in samples) > len(samples) * _CLIPPED_SHARE:
        raise TransientError(f"{what}: nothing but noise at full scale")
