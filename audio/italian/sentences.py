"""Where a sentence ends: a dot that belongs to an abbreviation, a number or a quotation is no end."""

from __future__ import annotations

import re

from audio.italian import abbreviations

# An end mark with the quotes and brackets that close after it, then a blank, then what can begin a sentence.
_END = re.compile(r"(?:[.!?]+|…)[»”\"')\]]*\s+(?=[«“\"'(\[]*[A-ZÀ-Þ0-9–—])")
_OPEN, _CLOSE = "«“(", "»”)"
# A short quotation is said in one breath; a long one is split like any text.
_LONG_QUOTE = 60
_NUMBER = re.compile(r"\d|[IVXLCDM]+(?!\w)")


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
        quoted = depth > 0 and (end - start < _LONG_QUOTE or not text[end].isupper())
        if quoted or _is_abbreviation(text, start, found):
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
    # An initial ("J. Smith"), a known abbreviation, a list's number ("1. Primo").
    if re.fullmatch(r"[A-ZÀ-Þ]\.", word) or (re.fullmatch(r"\d{1,2}\.", word) and begin == start):
        return True
    needs = [needs for _, needs in abbreviations.table().get(word.lower(), ())]
    if not needs or set(needs) <= {"end", "era"}:
        return False
    return set(needs) != {"num"} or bool(_NUMBER.match(text, found.end()))
