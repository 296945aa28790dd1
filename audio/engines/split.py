"""Long text in pieces that a service takes, broken where a reader would breathe."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

# Each level keeps its mark and the blanks after it with the piece before; a dash opens the piece after.
_LEVELS = (
    re.compile(r"(?<=[.!?…])[»”\")]*\s+"),  # sentences
    re.compile(r"(?<=[,;:)»”])\s+|\s(?=[–—-]\s)"),  # clauses
    re.compile(r"\s+"),  # words
)


def pack(text: str, limit: int) -> tuple[str, ...]:
    """Split text into stripped pieces of at most ``limit`` characters (> 0).

    Guarantees:
    1. No piece is empty or longer than the limit.
    2. Every piece is a stretch of the text as it stands; in order, with only blanks between them, they are all of it.
    3. A sentence that fits is never cut, nor a clause that fits, nor a word that fits.
    4. Punctuation stays with the words before it.
    5. A piece ends only where its next sentence, clause or word would not have fitted: pieces are few.
    """
    pieces: list[str] = []
    current = ""
    for part in _parts(text, limit, 0):
        if len((current + part).strip()) <= limit:
            current += part
            continue
        if current.strip():
            pieces.append(current.strip())
        current = part
    return (*pieces, current.strip()) if current.strip() else tuple(pieces)


def _parts(text: str, limit: int, level: int) -> Iterator[str]:
    """Yield parts that fit, each as large as its level allows, blanks kept at their ends."""
    if len(text.strip()) <= limit:
        yield text
    elif level == len(_LEVELS):
        yield from _hard_cuts(text, limit)
    else:
        start = 0
        for mark in _LEVELS[level].finditer(text):
            yield from _parts(text[start : mark.end()], limit, level + 1)
            start = mark.end()
        yield from _parts(text[start:], limit, level + 1)


def _hard_cuts(word: str, limit: int) -> Iterator[str]:
    """Cut a word that is too long, but not between a letter and its accent where that can be helped."""
    start = 0
    while start < len(word):
        end = min(start + limit, len(word))
        while end < len(word) and end > start + 1 and unicodedata.combining(word[end]):
            end -= 1
        yield word[start:end]
        start = end
