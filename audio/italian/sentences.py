"""Where a sentence ends: a dot that belongs to an abbreviation, a number or a quotation is no end."""

from __future__ import annotations

import re

from audio.italian import abbreviations
from audio.italian.forms import Form

# An end mark with the quotes and brackets that close after it, then a blank, then what can begin a sentence.
_END = Form(r"(?:[.!?]+|…)[»”\"')\]]*\s+(?=[«“\"'(\[]*[A-ZÀ-Þ0-9–—])")
_OPEN, _CLOSE = "«“(", "»”)"
# A short quotation is said in one breath; a long one is split like any text.
_LONG_QUOTE = 60
# More words than this in one breath are hard to say and to follow; fewer than that are not worth a breath.
_MOST_WORDS, _FEWEST_WORDS = 25, 6
_CONJUNCTIONS = frozenset(
    "mentre ma però perché poiché quando affinché sebbene benché nonostante oppure quindi dunque dopo grazie senza anziché "
    "malgrado purché finché cosicché siccome giacché tuttavia".split(" ")
)
_LEANING = frozenset(
    "e ed o anche ma né non che proprio solo soltanto subito poco anni giorni mesi ore a di da in il la".split(" ")
)
_WORD = Form(r"[^\s.,;:!?]+")
_MARK = Form(r"[.,;:!?]")
_NUMBER = Form(r"\d|[IVXLCDM]+(?!\w)")


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


def breathe(spoken: str) -> str:
    """Return a spoken sentence with a comma more wherever its reader would run out of breath; no word changes.

    >>> breathe("Poche parole senza fiato")
    'Poche parole senza fiato'
    """
    out, place = [], 0
    for spot in breaths(spoken):
        out.append(spoken[place:spot] + ",")
        place = spot
    return "".join([*out, spoken[place:]])


def breaths(spoken: str) -> tuple[int, ...]:
    """Return the places of a spoken sentence where a comma would let its reader breathe: before a conjunction."""
    words = list(_WORD.finditer(spoken))
    places: list[int] = []
    start = 0
    for index, word in enumerate(words):
        if index == len(words) - 1 or _MARK.match(spoken, word.end()):
            places.extend(_within(words[start : index + 1]))
            start = index + 1
    return tuple(places)


def _within(run: list[re.Match[str]]) -> list[int]:
    """Divide a run of words without a mark, where it is too long, at the conjunction nearest its middle, and again."""
    if len(run) <= _MOST_WORDS:
        return []
    spots = [spot for spot in range(_FEWEST_WORDS, len(run) - _FEWEST_WORDS) if _opens_clause(run, spot)]
    if not spots:
        return []
    spot = min(spots, key=lambda place: abs(place - len(run) / 2))
    return [*_within(run[:spot]), run[spot - 1].end(), *_within(run[spot:])]


def _opens_clause(run: list[re.Match[str]], spot: int) -> bool:
    # "anche quando", "e mentre": the breath is before the first of the two.
    return run[spot][0].lower() in _CONJUNCTIONS and run[spot - 1][0].lower() not in _LEANING


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
