"""From written to spoken Italian. Pure text: it knows no sound, and nothing outside the standard library.

``spoken`` turns one line as a newspaper prints it into one line as a newsreader says it; ``explain`` tells each rewrite,
``read`` gives both at once, and ``sounds`` the IPA of what was rewritten. The way: ``clean`` → one left-to-right pass of
``reading`` over the text → ``symbols``, after which no digit and no symbol is left. A rule never reads what another has
written.
"""

from __future__ import annotations

from typing import NamedTuple

from audio.italian import clean, reading, symbols, tables
from audio.italian.edits import Edit, apply, compose
from audio.italian.ipa import sounds
from audio.italian.lexicon import Lexicon
from audio.italian.quotes import unquote

__all__ = ["Lexicon", "Reading", "Rewrite", "explain", "read", "sounds", "spoken"]


class Rewrite(NamedTuple):
    """The characters ``start`` to ``end`` of the text, ``written``, are said as ``spoken``, which begins at ``at``.

    ``rule`` names what decided ("marks" for blanks, quotes and the like), ``row`` the line of a table or of the user's
    lexicon it stands on, where there is one: "names.tsv:56". ``at`` is a place in the spoken text.
    """

    start: int
    end: int
    written: str
    spoken: str
    rule: str
    row: str
    at: int


class Reading(NamedTuple):
    """A text as it is said. Put each rewrite in its place in the source, and you have ``spoken`` to the letter."""

    spoken: str
    rewrites: tuple[Rewrite, ...]


def spoken(text: str, lexicon: Lexicon | None = None) -> str:
    """Return the line as it is said: letters, apostrophes, blanks and ``.,;:!?`` alone. Never fails, on any text.

    >>> spoken("Il 3,5% del Pil nel 2025")
    'Il tre virgola cinque per cento del Pil nel duemilaventicinque'
    """
    line = unquote(clean.clean(text))
    return symbols.guard(apply(line, reading.rewrites(line, lexicon)))


def explain(text: str, lexicon: Lexicon | None = None) -> tuple[Rewrite, ...]:
    """Return every rewrite of a text, in order."""
    return read(text, lexicon).rewrites


def read(text: str, lexicon: Lexicon | None = None) -> Reading:
    """Return the line as it is said, with every rewrite that leads from the text to it."""
    evened = clean.changes(text)
    even = apply(text, evened)
    line = unquote(even)
    requoted = [Edit(i, i + 1, new, "marks") for i, (old, new) in enumerate(zip(even, line, strict=True)) if old != new]
    readings = list(reading.rewrites(line, lexicon))
    joined = apply(line, readings)
    settled = symbols.changes(joined)
    edits = compose(line, compose(even, evened, requoted), compose(joined, readings, settled))
    return Reading(apply(joined, settled), tuple(_rewrites(text, edits, lexicon)))


def _rewrites(text: str, edits: list[Edit], lexicon: Lexicon | None) -> list[Rewrite]:
    found, gained = [], 0
    for start, end, said, rule in edits:
        written = text[start:end]
        if written != said:
            key = written.strip()
            row = (lexicon.row_of(key) if lexicon and rule == "lexicon" else tables.row_of(rule, key)) or ""
            found.append(Rewrite(start, end, written, said, rule, row, start + gained))
        gained += len(said) - (end - start)
    return found
