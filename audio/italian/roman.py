"""Roman numerals, by evidence only: an I is an article in some dialects, an MI is a province, a CD is a disc."""

from __future__ import annotations

import functools
import re

from audio.italian import acronyms, numbers
from audio.italian.dates import MONTHS
from audio.italian.evidence import OPENERS
from audio.italian.forms import Form
from audio.italian.rules import Rule, before
from audio.italian.tables import rows

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_CANONICAL = Form(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
# "il XV e il XVI secolo": what stands between two numerals of one head.
_JOINED = r"(?: ?(?:e|ed|-|–|/|o|al|dal) ?(?:(?:il|la|al|alla|l'|nel|nella|i|le) ?)?[IVXLCDM]+){0,3}"
_NOUN_AFTER = Form(rf"{_JOINED} (?P<noun>[^\W\d_]+\.?)")
_PAIR_BEFORE = Form(r"[IVXLCDM]{2,}(?: (?:e|o|al|-|–) (?:il |al |la |nel )?|[-–/])$")
# "le sezioni I e II": the second of a pair of any length, after a plural.
_PLURAL_PAIR = Form(r"(?<!\w)([^\W\d_]{3,}[ie]) [IVX]+ (?:e|o) $")
_PAIR_AFTER = Form(r"[-–/][IVX]{2,}(?!\w)")
# "nel XIX sec. e all'inizio del XX".
_CENTURY_BEFORE = Form(r"\bsec(?:\.|ol)")
_ERA = Form(r" (?:a\.? ?C\.|d\.? ?C\.|avanti Cristo|dopo Cristo)")
_MONTH = Form(rf" (?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_SCHOOL = Form(r" ?[A-H](?![\w'])")
_SCHOOL_BEFORE = frozenset("classe della la in alla una".split(" "))
_ARTICLES = frozenset(
    "il del nel al dal sul lo la della nella alla dalla dell l nell all dall sull un una i dei e al".split(" ")
)
_DEFINITE = frozenset(
    "il lo la del dello della al allo alla nel nello nella dal dallo dalla sul sullo sulla suo sua loro mio mia".split(
        " "
    )
)
_COMMON_AFTER = Form(r" [a-zà-ÿ]{4,}")
_SHORT_HEADS = {
    "sec": "m",
    "cap": "m",
    "tit": "m",
    "vol": "m",
    "all": "c",
    "lib": "m",
    "art": "m",
    "sez": "f",
    "par": "m",
    "cat": "f",
    "pen": "f",
    "civ": "f",
}
# What a numeral's head may be parted from it by.
_PARTS = frozenset(" '")
_LOOK_BACK, _LONG, _LAST_DAY = 40, 3, 31
_YEARS = range(1000, 2101)
# A sequel has a small number: "Rocky IV", "Apollo XI"; longer ones are rare, letters that look like one are not.
_SEQUEL = Form(r"[IVX]{2,5}|L[IVX]{1,4}")
_CAPITALISED = Form(r"(?<!\w)[A-ZÀ-Þ][a-zà-ÿ]+ $")
_WORD = Form(r"[^\W\d_]+")
_CHROMOSOME = Form(r"\bcromosom\w+ (?:\w+ e )?$")
_LADIES = frozenset("regina imperatrice zarina".split(" "))
# "la IX di Beethoven".
_SYMPHONY = Form(
    r" (?:[Ss]infonia )?di (?:Beethoven|Mahler|Bruckner|Schubert|Brahms|Mozart|Haydn|Dvo[rř][aá]k|Sibelius|Prokof\w+|S\w*ostak\w+|[CT]\w*aikov\w+)"
)
_NO_SEQUEL_BEFORE = Form(r"(?:^|[.!?:] )(?P<first>[^\W\d_]+) $")


@functools.lru_cache(maxsize=256)
def value(written: str) -> int | None:
    """Return the number, or None for letters that are no canonical numeral.

    >>> value("XIV"), value("IIII")
    (14, None)
    """
    if not written or not _CANONICAL.fullmatch(written):
        return None
    total = 0
    for one, following in zip(written, [*written[1:], ""], strict=True):
        worth = _VALUES[one]
        total += -worth if following and _VALUES[following] > worth else worth
    return total


@functools.cache
def _heads() -> dict[tuple[str, str], str]:
    """Return (place, word in small letters) → gender and number, of the table."""
    found = {}
    for written, _, flags, *_ in rows("roman"):
        place, _, kind = flags.partition(" ")
        found[place, written.partition("#")[0].lower()] = kind
    return found


def _read(found: re.Match[str]) -> str | None:
    """Read a numeral that has a head (a century, a pope, a street); anything else is left to the rules of sigle."""
    written, line = found["rom"], found.string
    number = value(written)
    if number is None or written in "CDLM":
        return None  # serie C, vitamina D
    if found["rom_mark"]:
        return numbers.ordinal(number, gender="f" if found["rom_mark"] == "ª" else "m")
    left = before(found, _LOOK_BACK)
    words = _WORD.findall(" ".join(left.rsplit(" ", 4)[-4:]))[:-3:-1] if left[-1:] in _PARTS else []
    nearest = words[0].lower() if words else ""
    if number <= _LAST_DAY and _MONTH.match(line, found.end()):
        is_date = ("street", nearest) in _heads() or len(written) > 1 or line[found.end() + 1].isupper()
        return ("primo" if number == 1 else numbers.cardinal(number)) if is_date else None
    after = _NOUN_AFTER.match(line, found.end(), found.end() + _LOOK_BACK)
    kind = _heads().get(("right", after["noun"].lower())) if after else None
    if kind:
        return numbers.ordinal(number, gender=kind[0], plural=kind.endswith("p"))
    return _by_left(found, number, words, left) or _by_shape(found, number, nearest)


def _by_left(found: re.Match[str], number: int, words: list[str], left: str) -> str | None:
    """Read a numeral after its head: "capitolo IV", "Elisabetta II", "dal XII al XIII"."""
    if len(found["rom"]) > 1 and _PAIR_BEFORE.search(left[-12:]):
        return numbers.ordinal(number)
    if left.endswith((" e ", " o ")) and (pair := _PLURAL_PAIR.search(left)):
        kind = _heads().get(("left", pair[1].lower()))
        return numbers.ordinal(number, gender=kind) if kind else None
    last = found.string[max(0, found.start() - 2)]
    if not words or found.string[found.start() - 1] != " " or not (last.isalpha() or last == "."):
        return None
    kind = _SHORT_HEADS.get(words[0].lower()) if last == "." else _kind(words)
    if kind is None or (found["rom"] == "X" and kind == "c"):
        return None
    return numbers.cardinal(number) if kind == "c" else numbers.ordinal(number, gender=kind)


def _kind(words: list[str]) -> str | None:
    """Return how the word before a numeral makes it agree: by its row, or as a name that a title makes noble."""
    low = words[0].lower()
    kind = _heads().get(("left", low))
    if kind or not words[0][0].isupper():
        return kind
    title = words[1].lower() if len(words) > 1 and not words[0].isupper() else ""
    is_noble = ("title", title) in _heads() or ("title", low) in _heads()
    return _heads().get(("name", low)) or (("f" if title in _LADIES else "m") if is_noble else None)


def _by_shape(found: re.Match[str], number: int, nearest: str) -> str | None:
    written, line, end = found["rom"], found.string, found.end()
    is_small = not written.strip("IVX")
    if nearest in _SCHOOL_BEFORE and number <= len("IVXLCDM") and _SCHOOL.match(line, end):
        return numbers.ordinal(number, gender="f")
    # "nel XIX e XX": long numerals after an article are centuries or editions; CD, MI, DC, MM are not.
    is_century = nearest in _ARTICLES and (len(written) >= _LONG or _CENTURY_BEFORE.search(before(found, 60)))
    # "il II dopoguerra": an article before it, a common noun after it.
    is_rank = nearest in _DEFINITE and _COMMON_AFTER.match(line, end)
    is_symphony = nearest.endswith("la") and _SYMPHONY.match(line, end)
    if is_symphony or (len(written) > 1 and is_small and (is_century or is_rank or _ERA.match(line, end))):
        return numbers.ordinal(number, gender="f" if nearest.endswith("la") else "m")
    if is_small and _PAIR_AFTER.match(line, end):
        return numbers.ordinal(number)
    if len(written) > _LONG and number in _YEARS:
        return numbers.cardinal(number)  # MMXXV
    if not _SEQUEL.fullmatch(written):
        return None
    # A capital word before it, that is no mere first word of the line: "Rocky IV".
    left = before(found)
    opens = _NO_SEQUEL_BEFORE.search(left)
    is_named = _CAPITALISED.search(left) and (end == len(line) or not opens or opens["first"] not in OPENERS)
    # Without any of this it is still a number and no letters, but in a chromosome.
    is_bare = len(written) > 1 and not (acronyms.shouts(line) or acronyms.say(written) or _CHROMOSOME.search(left))
    return numbers.cardinal(number) if is_named or is_bare else None


RULES = (
    Rule(
        "roman",
        r"(?<![\w.])(?P<rom>[IVXLCDM]+)(?P<rom_mark>[°ºª]?)(?![\w']|\.\w|-(?!bis|ter\b|quater)[a-zà-ÿ])",
        _read,
        "wWDHJ",
        "IVXLCDM",
    ),
)
