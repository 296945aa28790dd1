"""From written to spoken Italian. Pure text: it knows no sound, and nothing outside the standard library.

``spoken`` turns one line as a newspaper prints it into one line as a newsreader says it; ``explain`` tells each rewrite.
The way: ``clean`` → one left-to-right pass of ``reading`` over the text → ``guard``, after which no digit and no symbol
is left. A rule never reads what another has written.
"""

from __future__ import annotations

from dataclasses import dataclass

from audio.italian.accents import unquote
from audio.italian.clean import clean
from audio.italian.lexicon import Lexicon
from audio.italian.reading import rewrites
from audio.italian.symbols import guard

__all__ = ["Lexicon", "Rewrite", "explain", "spoken"]

_MOST_ROUNDS = 4


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
    'Il tre virgola cinque per cento del Pil nel duemilaventicinque'
    """
    said = _once(text, lexicon)
    # Where the marks around hid a form ("(e')"), a second look settles it; ordinary text is settled at once.
    for _ in range(_MOST_ROUNDS):
        again = _once(said, None)
        if again == said:
            break
        said = again
    return said


def _once(text: str, lexicon: Lexicon | None) -> str:
    line = unquote(clean(text))
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
    line = unquote(clean(text))
    return tuple(Rewrite(line[a:b], said, rule, a) for a, b, said, rule in rewrites(line, lexicon))
