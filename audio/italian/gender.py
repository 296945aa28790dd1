"""Gender of the word beside a number, cheaply: the sign, the determiner, the ending, a table of exceptions."""

from __future__ import annotations

import re

from audio.italian.forms import Form
from audio.italian.tables import mapping_of

_FEMININE_BEFORE = frozenset(
    "la una della nella alla dalla sulla questa quella sua mia nostra prima ultima nuova le delle nelle alle "
    "dalle sulle queste quelle classe classi sezione sezioni".split(" ")
)
_MASCULINE_BEFORE = frozenset(
    "il lo un uno del dello nel nello al allo dal dallo sul sullo questo quel quello suo mio nostro primo ultimo i gli dei "
    "degli nei negli ai agli dai dagli sui sugli".split(" ")
)
_PLURAL_BEFORE = frozenset(
    "i gli le dei degli delle nei negli nelle ai agli alle dai dagli dalle sui sugli sulle classi sezioni".split(" ")
)
_FEMININE_ENDS = ("zione", "sione", "gione", "tà", "tù", "trice", "tudine", "igine", "aggine", "a")
# Words that follow a number without being what is counted.
_NO_NOUN = frozenset(
    "a ad al alla alle agli ai allo anche che chi ci col come con cui da dal dalla dai dalle dagli dello di dei del della "
    "delle degli dell e ed è era erano fa fra gli ha hanno i il in la le lo ma ne né nel nella nelle nei negli nell o od "
    "oltre ore per perché più poi quando se si sono su sul sulla sulle sui sugli tra un una uno non meno contro ogni "
    "circa virgola ancora appena solo soltanto almeno forse già sempre mai qui là oggi adesso allora inoltre intanto "
    "insieme invece h entro fino verso dopo prima dentro fuori".split(" ")
)
_HARD = Form(r"(?:s[^aeiouàèéìòùh]|z|gn|ps|pn|x|y)", re.IGNORECASE)
_NEXT = Form(r" ([^\W\d_]+)")
# Of a row of ranks the first one's determiner is that of all: "le 4° e 5° classi".
_PREVIOUS = Form(r"([^\W\d_]+)'? (?:\d{1,3}[°ºª],? (?:e )?)*$")
_LOOK_BACK = 24


def of(noun: str) -> str:
    """Return "m" or "f" for a singular noun.

    >>> of("vittima"), of("problema"), of("mano"), of("edizione"), of("studente")
    ('f', 'm', 'f', 'f', 'm')
    """
    low = noun.lower()
    return mapping_of("nouns", 2).get(low) or ("f" if low.endswith(_FEMININE_ENDS) else "m")


def around(line: str, start: int, end: int) -> str:
    """Return the gender that the words around a rank ask for: its determiner, else its noun."""
    before = _PREVIOUS.search(line, max(0, start - _LOOK_BACK), start)
    if before and before[1].lower() in _FEMININE_BEFORE:
        return "f"
    if before and before[1].lower() in _MASCULINE_BEFORE:
        return "m"
    noun = _NEXT.match(line, end)
    return of(noun[1]) if noun and noun[1].lower() not in _NO_NOUN else "m"


def is_plural(line: str, start: int) -> bool:
    """Tell whether the determiner before a rank is a plural: "i 20° Giochi", "le 3ª"."""
    before = _PREVIOUS.search(line, max(0, start - _LOOK_BACK), start)
    return bool(before and before[1].lower() in _PLURAL_BEFORE)


def agrees(line: str, start: int, ending: str) -> bool:
    """Tell whether the determiner before a rank has its ending: "la 2a", "il 3o", "le 4e", "i 5i"."""
    before = _PREVIOUS.search(line, max(0, start - _LOOK_BACK), start)
    word = before[1].lower() if before else ""
    genders = _FEMININE_BEFORE if ending in "ae" else _MASCULINE_BEFORE
    return word in genders and (word in _PLURAL_BEFORE) == (ending in "ei")


def counted(line: str, end: int) -> str | None:
    """Return the word that a number counts, None where the number stands for itself."""
    noun = _NEXT.match(line, end)
    return noun[1] if noun and noun[1].lower() not in _NO_NOUN and noun[1][0].islower() else None


def one(noun: str) -> tuple[str, bool]:
    """Return the form of "1" before a noun, and whether it is elided and joins it.

    >>> one("studente"), one("vittima"), one("anno"), one("ora")
    (('uno', False), ('una', False), ('un', False), ("un'", True))
    """
    if of(noun) == "f":
        return ("un'", True) if noun[0] in "aeiouAEIOU" else ("una", False)
    return ("uno" if _HARD.match(noun) else "un", False)


def shortens(noun: str) -> bool:
    """Tell whether "ventuno" becomes "ventun" before a plural: not before s with a consonant, z, gn, ps."""
    return noun[-1] in "ie" and not _HARD.match(noun)
