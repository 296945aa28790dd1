"""From written to spoken Italian. Pure text: it knows no sound, and nothing outside the standard library.

``spoken`` turns one line as a newspaper prints it into one line as a newsreader says it; ``explain`` tells each
rewrite. The way: ``clean`` → one left-to-right pass of ``reading`` over the text → ``guard``, after which no digit and
no symbol is left. A rule never reads what another has written.
"""

from __future__ import annotations

from dataclasses import dataclass

from audio.italian.clean import clean
from audio.italian.guard import guard
from audio.italian.lexicon import Lexicon
from audio.italian.reading import rewrites

__all__ = ["Lexicon", "Rewrite", "explain", "spoken"]


@dataclass(frozen=True, slots=True)
class Rewrite:
    """What was written at ``offset`` (in the cleaned line), what is said for it, and the rule that decided."""

    written: str
    spoken: str
    rule: str
    offset: int


def spoken(text: str, lexicon: Lexicon | None = None) -> str:
    """Return the line as it is said: letters, apostrophes, blanks and ``.,;:!?`` alone. Never fails, on any text.

    >>> spoken("Il 3,5% del Pil nel 2025")
    'Il tre virgola cinque per cento del pil nel duemilaventicinque'
    """
    line = clean(text)
    out: list[str] = []
    end = 0
    for start, stop, said, _ in rewrites(line, lexicon):
        out.append(line[end:start])
        # A reading is a word of its own, even where the page leaves no blank: "5G", "15mila".
        before = line[start - 1] if start else " "
        after = line[stop] if stop < len(line) else " "
        glued = said.endswith("'") or not after.isalnum()
        out.append((" " if before.isalnum() else "") + said + ("" if glued else " "))
        end = stop
    out.append(line[end:])
    return guard("".join(out))


def explain(text: str, lexicon: Lexicon | None = None) -> tuple[Rewrite, ...]:
    """Return every rewrite of a line, in order."""
    line = clean(text)
    return tuple(Rewrite(line[a:b], said, rule, a) for a, b, said, rule in rewrites(line, lexicon))
