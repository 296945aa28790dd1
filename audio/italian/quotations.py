"""Where in a text somebody else speaks: quotations between their marks, without what the reporter puts in.

Words that are only held at arm's length («scudo», “patto”) are no quotation: it takes a clause to be one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio.italian.forms import Form

# Four words are the least that a newsreader would lend another voice to.
_LEAST_WORDS = 4
# Each opening mark with its own closing one; what ends a clause after it belongs to it.
_QUOTED = Form(r"(?:«[^«»]+»|“[^“”]+”|„[^„“”]+[“”]|\"[^\"]+\")[,.;:!?…]*")
# "– ha dichiarato il ministro –": between dashes, beginning with a verb of saying.
_SAYS = (
    "ha|hanno|aveva|avevano|dice|dicono|spiega|spiegano|aggiunge|aggiungono|afferma|conclude|continua|osserva|precisa|"
    "prosegue|racconta|ribadisce|ricorda|risponde|scrive|sostiene|sottolinea|commenta|avverte|ammette|annuncia|assicura"
)
_INSERTED = Form(rf"\s*[–—-]\s+(?:{_SAYS})\b[^–—«»“”\"]*?\s[–—-](?=[\s.,;:!?])[.,;:!?]*\s*")
_MARKS = '«»“”„"'
_ENDS = ",.;:!?…"


@dataclass(frozen=True, slots=True)
class Quotation:
    """A stretch of a text, marks and the punctuation after them included; its own words are ``first`` to ``last``."""

    start: int
    end: int
    first: int
    last: int


def find(text: str) -> tuple[Quotation, ...]:
    """Return the quotations of a text, in order.

    >>> [(q.start, q.end, q.first, q.last) for q in find("“Ora non è più così”, ha detto.")]
    [(0, 21, 1, 19)]
    """
    return tuple(_quotation(text, found.start(), found.end()) for found in _QUOTED.finditer(text) if _long(found))


def whole(text: str) -> Quotation:
    """Return a text that is all one quotation, with its marks or without."""
    return _quotation(text, 0, len(text))


def turns(text: str, quotations: Sequence[Quotation]) -> Iterator[tuple[int, int, bool]]:
    """Yield (start, end, quoted) of each stretch that one of the two says; together they are the whole text.

    What the reporter puts in between dashes is the reporter's.
    """
    place = 0
    for quotation in quotations:
        start = quotation.start
        for inserted in _INSERTED.finditer(text, quotation.start, quotation.end):
            yield from _nonempty(place, start, quoted=False)
            yield from _nonempty(start, inserted.start(), quoted=True)
            place, start = inserted.start(), inserted.end()
        yield from _nonempty(place, start, quoted=False)
        yield from _nonempty(start, quotation.end, quoted=True)
        place = quotation.end
    yield from _nonempty(place, len(text), quoted=False)


def named(text: str, quotations: Sequence[Quotation], start: int, end: int) -> str:
    """Return what is said for ``text[start:end]`` when the marks themselves are read out.

    >>> text = "«Ora non è più così», ha detto."
    >>> named(text, find(text), 0, len(text))
    'virgolette: Ora non è più così, chiuse virgolette, ha detto.'
    """
    said = ""
    place = start
    for quotation in quotations:
        if start <= quotation.first < end:
            said += f"{text[place : quotation.start]}virgolette: "
            place = quotation.first
        if start < quotation.last <= end:
            words = text[place : quotation.last].rstrip()
            closing = " Chiuse virgolette" if words.endswith((".", "!", "?", "…")) else ", chiuse virgolette"
            after = text[quotation.last : quotation.end].lstrip(_MARKS + " ")
            said += f"{words.rstrip(',;:')}{closing}{after}"
            place = quotation.end
    return said + text[place:end]


def _quotation(text: str, start: int, end: int) -> Quotation:
    inner = text[start:end].rstrip(_ENDS + " ")
    marked = inner[-1:] in _MARKS and inner[:1] in _MARKS
    if not marked:
        return Quotation(start, end, start, start + len(inner))
    return Quotation(start, end, start + 1, start + len(inner) - 1)


def _long(found: re.Match[str]) -> bool:
    return len(re.findall(r"\w+", found.group())) >= _LEAST_WORDS


def _nonempty(start: int, end: int, *, quoted: bool) -> Iterator[tuple[int, int, bool]]:
    if start < end:
        yield start, end, quoted
