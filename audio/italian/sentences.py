"""Where a sentence ends: a dot that belongs to an abbreviation, a number or a quotation is no end."""

from __future__ import annotations

import functools
import re

from audio.italian.tables import rows

# An end mark with the quotes and brackets that close after it, then a blank, then what can begin a sentence.
_END = re.compile(r"(?:[.!?]+|…)[»”\"')\]]*\s+(?=[«“\"'(\[]*[A-ZÀ-Þ0-9–—])")
_OPEN, _CLOSE = "«“(", "»”)"
# Abbreviations that may also end a sentence: what follows with a capital is then a new one.
_MAY_END = frozenset("ecc. etc. S.p.A. S.r.l. s.r.l. a.C. d.C. gg. c.p. c.c. c.p.p. c.p.c. s.l.m. c.a.".split(" "))


@functools.cache
def _abbreviations() -> frozenset[str]:
    return frozenset(row[0].lower() for row in rows("abbreviations") if row[0].endswith("."))


def split(text: str) -> tuple[str, ...]:
    """Split a paragraph into sentences; joined with blanks they hold every character but the blanks between.

    >>> split("Il dott. Neri è qui. «Bene. Grazie», dice. Fine")
    ('Il dott. Neri è qui.', '«Bene. Grazie», dice.', 'Fine')
    """
    sentences: list[str] = []
    start = scanned = depth = 0
    for found in _END.finditer(text):
        end = found.end()
        depth = max(0, depth + _balance(text[scanned:end]))
        scanned = end
        if depth or _is_abbreviation(text, start, found):
            continue
        sentences.append(text[start:end].strip())
        start = end
    rest = text[start:].strip()
    return (*sentences, rest) if rest else tuple(sentences)


def _balance(piece: str) -> int:
    return sum(piece.count(mark) for mark in _OPEN) - sum(piece.count(mark) for mark in _CLOSE)


def _is_abbreviation(text: str, start: int, found: re.Match[str]) -> bool:
    if text[found.start()] != ".":
        return False
    begin = text.rfind(" ", start, found.start()) + 1 or start
    word = text[max(begin, start) : found.start() + 1].lstrip("«“\"'([")
    word = re.sub(r"^(?:l|dell|all|dall|nell|sull|un)['’]", "", word, flags=re.IGNORECASE)
    if word in _MAY_END:
        return False
    # An initial ("J. Smith"), a known abbreviation, a list's number ("1. Primo").
    return (
        bool(re.fullmatch(r"[A-ZÀ-Þ]\.", word))
        or word.lower() in _abbreviations()
        or (bool(re.fullmatch(r"\d{1,2}\.", word)) and begin == start)
    )
