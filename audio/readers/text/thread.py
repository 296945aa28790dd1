"""Which part of a letter is to be read: its own words, what it forwards, or what it answers.

A letter that forwards is what it forwards, and the line above ("per il gr delle 13") a note to the desk. One that
answers is its own words. Where its own words are too few to be a text, the quotation is the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audio.readers.lines import count_letters

# Fewer letters are a note, no text.
LEAST_LETTERS = 80
_FORWARDED = re.compile(
    r"\W*(?:messaggio inoltrato|inizio (?:del )?messaggio inoltrato|(?:begin )?forwarded message"
    r"|(?P<either>messaggio originale|original message))\W*",
    re.IGNORECASE,
)
# The mark and the header under it, in one where the markup breaks lines by hand.
_OPENED = re.compile(
    r"-{3,}\s*(?:messaggio inoltrato|forwarded message|(?P<either>messaggio originale|original message))\s*-{3,}.*",
    re.IGNORECASE | re.DOTALL,
)
_HEADER = re.compile(
    r"(?P<either>da|from|von|de|mittente)\s?: .{3,160}?\s(?:inviato|sent|data|date)\s?: .{6,400}",
    re.IGNORECASE | re.DOTALL,
)
_HEADER_LINES = 3
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
    marks = ((n, found) for n in range(len(lines)) if (found := _mark(lines, n)))
    mark, found = next(marks, (None, None))
    if mark is not None and found is not None:
        answers = answers and bool(found.groupdict()["either"])
        above, below = count_letters(lines[:mark]), count_letters(lines[mark + 1 :])
        if answers and above >= LEAST_LETTERS:
            return [reason if n < mark else _OLDER for n, reason in enumerate(reasons)]
        if below >= max(LEAST_LETTERS, above):
            return [_NOTE if n <= mark and line.strip() else None for n, line in enumerate(lines)]
    opening = _opening(lines)
    own = count_letters([line for n, line in enumerate(lines) if not quoted[n] and n not in opening])
    if opening and own >= LEAST_LETTERS:
        reasons = [
            _OLDER if n in opening or (quoted[n] and n > max(opening)) else reason for n, reason in enumerate(reasons)
        ]
    elif opening:
        reasons = [_OLDER if n in opening else reason for n, reason in enumerate(reasons)]
    return reasons


def _mark(lines: Sequence[str], number: int) -> re.Match[str] | None:
    """Return what matches if another letter begins at a line: a mark of forwarding, or its header."""
    line = lines[number].strip()
    header = " ".join(part.strip() for part in lines[number : number + _HEADER_LINES])
    return _FORWARDED.fullmatch(line) or _OPENED.fullmatch(line) or _HEADER.fullmatch(header) or _HEADER.fullmatch(line)


def _opening(lines: Sequence[str]) -> set[int]:
    """Return the numbers of the line, or of the two, that say who wrote what is quoted below."""
    for n, line in enumerate(lines):
        if _ANSWERED.fullmatch(line.strip()):
            return {n}
        if n + 1 < len(lines) and _ANSWERED.fullmatch(f"{line.strip()} {lines[n + 1].strip()}"):
            return {n, n + 1}
    return set()
