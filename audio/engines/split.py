"""Long text in pieces that a service takes, broken where a reader would breathe."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Each level keeps its mark and the blanks after it with the piece before.
_LEVELS = (
    re.compile(r"(?<=[.!?…])[»”\")]*\s+|(?<=[.!?…][»”\")])\s+"),  # sentences
    re.compile(r"(?<=[,;:)»”])\s+|\s(?=[–—-]\s)"),  # clauses
    re.compile(r"\s+"),  # words
)


def pack(text: str, limit: int) -> tuple[str, ...]:
    """Split text into stripped pieces of at most ``limit`` characters (> 0).

    Guarantees: (1) no piece is empty or longer than the limit; (2) joined, the pieces hold every non-blank character
    in order; (3) a piece ends at a sentence where one fits, else at a clause, else at a word, and inside a word only
    when the word alone is over the limit; (4) each piece takes as much as fits.
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
        yield from (text[i : i + limit] for i in range(0, len(text), limit))
    else:
        start = 0
        for mark in _LEVELS[level].finditer(text):
            yield from _parts(text[start : mark.end()], limit, level + 1)
            start = mark.end()
        yield from _parts(text[start:], limit, level + 1)
