"""Which part of a letter is to be read: its own words, what it forwards, or what it answers.

A letter that forwards is what it forwards, and the line above ("per il gr delle 13") a note to the desk. One that
answers is its own words. Where its own words are too few to be a text, the quotation is the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

# Fewer letters are a note, no text.
LEAST_LETTERS = 80
_FORWARDED = re.compile(
    r"\W*(?:messaggio inoltrato|inizio (?:del )?messaggio inoltrato|(?:begin )?forwarded message"
    r"|(?P<either>messaggio originale|original message))\W*",
    re.IGNORECASE,
)
_ANSWERED = re.compile(
    r"(?:il|in data|on|le)\b.{4,120}\d.{0,120}\b(?:ha scritto|scrive|wrote)\s?:"
    r"|.{2,80}@.{2,40} (?:ha scritto|wrote)\s?:",
    re.IGNORECASE,
)
_NOTE, _OLDER = "a note with a forwarded letter", "the letter that is answered"


def reasons_to_skip(lines: Sequence[str], quoted: Sequence[bool], *, answers: bool) -> list[str | None]:
    """Return for each line why it is not what the letter says, or None.

    ``quoted``: which lines stand in a quotation; ``answers``: whether the subject says that the letter answers one.
    """
    reasons: list[str | None] = [None] * len(lines)
    mark = next((n for n, line in enumerate(lines) if (_FORWARDED.fullmatch(line.strip()))), None)
    if mark is not None:
        either = _FORWARDED.fullmatch(lines[mark].strip())
        answers = answers and either is not None and bool(either["either"])
        above, below = _letters(lines[:mark]), _letters(lines[mark + 1 :])
        if answers and above >= LEAST_LETTERS:
            return [reason if n < mark else _OLDER for n, reason in enumerate(reasons)]
        if below >= max(LEAST_LETTERS, above):
            return [_NOTE if n <= mark and line.strip() else None for n, line in enumerate(lines)]
    opening = _opening(lines)
    own = _letters([line for n, line in enumerate(lines) if not quoted[n] and n not in opening])
    if opening and own >= LEAST_LETTERS:
        reasons = [
            _OLDER if n in opening or (quoted[n] and n > max(opening)) else reason for n, reason in enumerate(reasons)
        ]
    elif opening:
        reasons = [_OLDER if n in opening else reason for n, reason in enumerate(reasons)]
    return reasons


def _opening(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the line, or of the two, that say who wrote what is quoted below."""
    for n, line in enumerate(lines):
        if _ANSWERED.fullmatch(line.strip()):
            return {n}
        if n + 1 < len(lines) and _ANSWERED.fullmatch(f"{line.strip()} {lines[n + 1].strip()}"):
            return {n, n + 1}
    return set()


def _letters(lines: Sequence[str]) -> int:
    return sum(sum(map(str.isalpha, line)) for line in lines)
