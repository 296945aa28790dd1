"""A number with a ring or a raised letter: degrees, or a rank ("a 38°", "arriva 3°", "la 3ª")."""

from __future__ import annotations

import re

from audio.italian import gender, numbers
from audio.italian.forms import Form
from audio.italian.rules import Hit
from audio.italian.units import Name, measure

RANK = Form(r"(?P<sign>[°ºª])(?![^\W\d_]|\d)")
_DEGREES_BEFORE = Form(
    r"\b(?:temperatur|gradi|minim|massim|termometr|caldo|freddo|febbre|latitudin|longitudin|temp\.|(?:max|min|lat|long)\.? $|°C\b|percepit)"
)
# "a 38°", "oltre 40°", but "arriva 3°", "il 38° parallelo".
_BEFORE_DEGREES = frozenset(
    "a con oltre circa di sopra sotto tra fra quota i sui quasi raggiunge toccano tocca".split(" ")
)
_DEGREES_AFTER = Form(
    r" (?:all'ombra|sotto|sopra|percepiti|centigradi|celsius|ventilat[oi]|static[oi]|nord|sud|(?:x|per) \d+ ?(?:'|min))",
    re.IGNORECASE,
)
_TOWN_BEFORE = Form(r"\b[aA]d? [A-ZÀ-Þ][\w' ]{1,24} $")
# "per il 5°-6° posto", "a 25°-30°": the stroke is no minus.
_TO_RANK = Form(r" ?[-–/] ?(?P<last>[1-9]\d{0,2})[°ºª](?![^\W\d_]|\d)")
_ENDS = Form(r"[,;.)]|$| (?:e|ed) a")
# "le classi 3ª A e 4ª B": each is one.
_SCHOOL_SECTION = Form(r" [A-Z](?!\w)")
# A furnace has more degrees than most things have ranks: above, only a year of a great age is one.
_MAX_RANK, _MAX_YEAR = 1000, 3000
_ONE_BEFORE = Form(r"\b(?:(?:il|del|al|nel|dal|sul|un|suo|questo|col) |(?:l|un|(?:de|a|ne|da|su)ll)['’])$")


def ranked(line: str, number: str, rank: re.Match[str], *, signed: bool) -> Hit:
    """Read "3°" as a rank or as degrees, and "3ª" as a rank."""
    end, value, start = rank.end(), number.replace(".", ""), rank.start() - len(number)
    most = _MAX_YEAR if _ONE_BEFORE.search(line[max(0, start - 6) : start]) else _MAX_RANK
    is_rank = value.isdecimal() and value[0] != "0" and int(value[:9]) <= most
    span = _TO_RANK.match(line, end)
    stop = span.end() if span else end
    if not is_rank or (rank["sign"] == "°" and (signed or _is_warm(line, start, end))):
        first = f"{numbers.read(number)} " if span else ""
        return Hit(first + measure(span["last"] if span else number, Name("grado", "gradi", "m")), stop)
    kind = "f" if rank["sign"] == "ª" else gender.around(line, start, end)
    plural = gender.is_plural(line, start) and not _SCHOOL_SECTION.match(line, end)
    places = [value, span["last"]] if span else [value]
    return Hit(" ".join(numbers.ordinal(int(place), gender=kind, plural=plural) for place in places), stop)


def _is_warm(line: str, start: int, end: int) -> bool:
    """Tell degrees from a rank by the words around."""
    left = line[max(0, start - 50) : start].lower()
    previous = re.search(r"([^\W\d_]+) $", left[-12:])
    noun = gender.counted(line, end)
    if noun and len(noun) > 1 and not _DEGREES_AFTER.match(line, end):
        return bool(previous and previous[1] == "gradi")
    # "A Bari 17°, a Bolzano -4°": the weather of towns, where nothing that could be ranked follows.
    is_weather = _TOWN_BEFORE.search(line[max(0, start - 40) : start]) and _ENDS.match(line, end)
    return bool(
        is_weather
        or _DEGREES_BEFORE.search(left)
        or _DEGREES_AFTER.match(line, end)
        or (previous and previous[1] in _BEFORE_DEGREES)
    )
