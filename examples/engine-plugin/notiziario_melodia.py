"""An engine to start from: it plays a note for each letter. Put your service where the notes are made."""

from __future__ import annotations

import array
import math
import sys

from audio.engines.base import Caps, Voice
from audio.errors import RejectedError, UnavailableError
from audio.model import Span, Speech, Word

RATE = 24_000
LETTER_SECONDS = 0.08


class Melodia:
    """Letters as notes. Any class with these members is an engine."""

    name = "melodia"

    def caps(self) -> Caps:
        """Offline, and exact about its words."""
        return Caps(offline=True, max_chars=2000, word_times="exact", rate_range=(0.5, 2.0))

    def check(self) -> None:
        """Raise UnavailableError here when a program, a key or a model is missing."""

    def voices(self) -> tuple[Voice, ...]:
        """List the voices, the default one first."""
        return (Voice("flauto", "Flauto"),)

    def fingerprint(self, voice: str) -> str:
        """Change whenever the same text could sound different: the cache asks."""
        return f"1 {voice}"

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
        """Play the text. Raise RejectedError for what cannot be said, TransientError for what may work later."""
        if voice != "flauto":
            raise UnavailableError(f"melodia has no voice {voice!r}", hint="Its voice is `flauto`.")
        text = "".join(span.text for span in spans)
        if not any(map(str.isalnum, text)):
            raise RejectedError("melodia: there is no word in the text")
        samples = array.array("h")
        words: list[Word] = []
        step = round(RATE * LETTER_SECONDS / rate)
        for position, letter in enumerate(text):
            if not letter.isspace() and (position == 0 or text[position - 1].isspace()):
                words.append(Word(len(samples) / RATE, position, len(text[position:].split(maxsplit=1)[0])))
            hertz = (220 + ord(letter) % 24 * 20) if letter.isalnum() else 0
            samples.extend(round(9000 * math.sin(math.tau * hertz * i / RATE)) for i in range(step))
        if sys.byteorder == "big":
            samples.byteswap()
        return Speech(samples.tobytes(), RATE, tuple(words))

    def close(self) -> None:
        """Let go of processes and connections here."""
