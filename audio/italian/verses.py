"""Places in the Bible, as parish sheets print the readings of the day: "Gv 12,1-11"."""

from __future__ import annotations

import re

from audio.italian import numbers
from audio.italian.rules import Rule
from audio.italian.tables import mapping

# Of the psalms alone no verse need be told.
_PLACE = (
    r"(?P<v_book>[A-Z][a-z]{1,2}) (?P<v_chapter>\d{1,3})(?:, ?(?P<v_verses>\d{1,3}[a-c]?(?:[-.]\d{1,3}[a-c]?){0,4}))?"
)


def _place(found: re.Match[str]) -> str | None:
    book, verses = mapping("books").get(found["v_book"]), found["v_verses"]
    if book is None or not (verses or book == "Salmo"):
        return None
    said = f"{book} {numbers.read(found['v_chapter'])}"
    return f"{said}, {' '.join(map(numbers.read, re.findall('[0-9]+', verses)))}" if verses else said


def _letter(found: re.Match[str]) -> str | None:
    """Read "1Cor 13,4", the first of two letters."""
    said = _place(found)
    return f"{numbers.ordinal(int(found['v_which']), gender='f')} {said}" if said else None


RULES = (
    Rule("verse", rf"(?<!\w){_PLACE}(?=[;.,)\]](?!\d)|$| e )", _place, "wW"),
    Rule("verse", rf"(?<![\w.,])(?P<v_which>[12]) ?{_PLACE}(?=[;.,)\]](?!\d)|$| e )", _letter, "al"),
)
