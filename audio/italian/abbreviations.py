"""Abbreviations, titles, saints and initials: what a dot in the middle of a sentence stands for."""

from __future__ import annotations

import functools
import re

from audio.italian import numbers
from audio.italian.rules import Hit, Rule, after, before
from audio.italian.tables import rows

_NEXT = re.compile(r" ?[«“\"'(]?(?P<first>[^\W_])")
_NUMBER = re.compile(r" ?(?:\d|[IVXLCDM]+\b)")
_ROMAN = re.compile(r" ?[IVXLCDM]+(?!\w)")
_ROMAN_BEFORE = re.compile(r"(?:(?<!\w)[IVXLCDM]{1,6}|\d[°º]) $")
_ERA_BEFORE = re.compile(r"(?:\d|[IVXLCDM]|\bsecolo|\bsec\.|\banno) ?$")
_SENTENCE = re.compile(r" [«“\"(]?[A-ZÀ-Þ]|$")
_NAME = re.compile(r" ?(?P<name>[A-ZÀ-Þ][a-zà-ÿ']+)")
# An era closes a sentence only where another begins; a headline may end in one.
_CLOSES = {"end": _SENTENCE, "era": re.compile(r" [«“\"(]?[A-ZÀ-Þ]")}
_NEVER = re.compile(r"(?!)")
_DOTTED = re.compile(r"(?:[A-Za-z]\.){2,}")
# Saints whose name hides the gender of its ending.
_MEN_IN_A = frozenset("Luca Andrea Mattia Nicola Barnaba Isaia Elia Geremia Zaccaria Costa Sabba".split(" "))
_WOMEN = frozenset("Agnese Irene Adele Matilde Clotilde Beatrice Felicita Margherita Edvige".split(" "))
_MOST_INITIALS = 4
# An article is "of" its code.
_CODES = {
    "codice penale": "del",
    "codice civile": "del",
    "codice di procedura penale": "del",
    "codice di procedura civile": "del",
    "Costituzione": "della",
}
_ARTICLE = re.compile(r"(?:\d|\b(?:bis|ter|quater|quinquies|sexies)) $")


@functools.cache
def table() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return written, in small letters → its (spoken, needs) in the order of the table."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows("abbreviations"):
        key = row[0].partition("#")[0].lower()
        found[key] = (*found.get(key, ()), (row[1], row[2]))
    return found


def _abbreviation(found: re.Match[str]) -> Hit | str | None:
    """Expand an abbreviation where what follows bears it out; its dot is written once where it also ends a sentence."""
    readings = table().get(found[0].lower(), ())
    if not readings or (len(found[0]) == len("C.") and found[0][0].isupper() and found[0] not in {"N.", "L."}):
        return None
    for said, needs in readings:
        if _fits(needs, found):
            return _ending(said, needs, found)
    return None


def _fits(needs: str, found: re.Match[str]) -> bool:
    following = after(found)
    first = _NEXT.match(following)
    checks = {
        "num": _NUMBER.match(following),
        "cap": first and first["first"].isupper(),
        "any": first,
        "roman": _ROMAN.match(following) or _ROMAN_BEFORE.search(before(found, 16)),
        "era": _ERA_BEFORE.search(before(found, 16)),
        "law": re.match(r" (?:art|comma|sent|nota)", following),
    }
    return bool(checks.get(needs, True))


def _ending(said: str, needs: str, found: re.Match[str]) -> str:
    if said in _CODES and _ARTICLE.search(before(found)):
        said = f"{_CODES[said]} {said}"
    closes = found[0].endswith(".") and bool(_CLOSES.get(needs, _NEVER).match(after(found)))
    return f"{said}." if closes else said


def _saint(found: re.Match[str]) -> Hit | None:
    """Read "S. Pietro" as "san", "S. Anna" as "sant'", "S. Lucia" as "santa"."""
    line, name = found.string, found["s_name"]
    if re.search(r"\b(?:[A-Z]\.|dott\.|sig\.|prof\.) ?$", before(found)):
        return None
    if found["s_many"]:
        said = "santissima" if name == "Trinità" else "santi"
    elif name[0] in "AEIOU":
        return Hit("sant'", found.start("s_name"))
    elif name in _WOMEN or (name.endswith("a") and name not in _MEN_IN_A):
        said = "santa"
    else:
        said = "santo" if re.match(r"S[^aeiouàèéìòù]|Z", name) else "san"
    # "Via S. Croce" keeps its capital only where the line begins with it.
    return Hit(
        said if found.start() or not line else said.capitalize(),
        found.start("s_name") - 1 if line[found.start("s_name") - 1] == " " else found.start("s_name"),
    )


def _initials(found: re.Match[str]) -> Hit | None:
    """Read "J. D. Vance" by the names of the letters, and leave one letter that ends a sentence."""
    letters = re.findall(r"[A-ZÀ-Þ]", found["i_all"])
    if (
        len(letters) == 1
        and re.search(
            r"(?:^|[.!?] )$|\b(?:gruppo|serie|classe|girone|vitamina|piano|lettera|tipo|punto|fascia|zona) $",
            before(found),
        )
        and not _person(found)
    ):
        return None
    return Hit(numbers.letters("".join(letters)), found.end("i_all"))


def _person(found: re.Match[str]) -> bool:
    """Tell "G. Rossi" at the head of a line from a letter that closes a sentence."""
    return not re.search(r"[a-z] $", before(found))


def _dotted(found: re.Match[str]) -> Hit | str | None:
    """Read "U.S.A." and "F.C." as the sigla without dots; the last dot may end the sentence."""
    from audio.italian import acronyms  # noqa: PLC0415 - the sigla's own rules read what is left of the dots

    written = found[0].replace(".", "")
    said = acronyms.say(written.upper()) if written.upper() in acronyms.table() else None
    said = said or acronyms.by_shape(written.upper())
    closes = found[0].endswith(".") and _SENTENCE.match(after(found))
    return f"{said}." if closes else said


RULES = (
    Rule("abbreviation", r"(?<![\w.])(?:[oO]p\. cit\.|[pP]\. ?es\.|[pP]er es\.|[aA]d es\.)", _abbreviation),
    Rule("abbreviation", r"(?<![\w.])(?:[^\W\d_]{1,5}\. ?){1,3}[^\W\d_]{1,5}\.", _abbreviation),
    Rule("abbreviation", r"(?<![\w.])[^\W\d_]{1,6}\.[^\W\d_]{1,4}(?![\w.])", _abbreviation),
    Rule(
        "abbreviation",
        r"(?<![\w.])(?:[^\W\d_]{1,7}\.|[nN]\.?[°º]|(?:[a-z]/[a-z]|km/h|mln|mld|dlgs)(?!\w))",
        _abbreviation,
    ),
    Rule("saint", r"(?<![\w.])(?:S\.|(?P<s_many>SS\.|Ss\.)) ?(?P<s_name>[A-Z][a-zà-ÿ]+)", _saint),
    Rule(
        "initials",
        rf"(?<![\w.])(?P<i_all>[A-ZÀ-Þ]\.(?:[ -]?[A-ZÀ-Þ]\.){{0,{_MOST_INITIALS}}})(?= ?[A-ZÀ-Þ][a-zà-ÿ])",
        _initials,
    ),
    Rule(
        "dotted sigla", r"(?<![\w.])(?:[A-Za-z]\.){2,8}(?![a-zà-ÿ])|(?<![\w.])(?:[A-Z]\.){1,8}[A-Z](?![\w.])", _dotted
    ),
)
