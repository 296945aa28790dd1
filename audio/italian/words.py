"""Words that are not said as written: abbreviations, sigle, capitals, addresses, accents of the wire."""

from __future__ import annotations

import functools
import re

from audio.italian import numbers
from audio.italian.forms import cardinal_of
from audio.italian.tables import rows

# How far a rule looks ahead, and back for the opening of a quotation; bounds keep the pass linear.
_LOOK, _QUOTE_LOOK = 40, 120
# Italian syllables: an onset a word can begin with, one or two vowels, one consonant between, an end that exists.
_ONSET = r"(?:[bcdfglmnprstvz]|[bcdfgptv][lr]|s[bcdfglmnpqrtv]|s[cfpt][lr]|ch|gh|gn)"
_SYLLABLES = re.compile(
    rf"{_ONSET}?[aeiou]{{1,2}}(?:[lmnrs]?{_ONSET}[aeiou]{{1,2}}){{0,3}}(?:[bcdfgklmnprstvxz]|[lnrp]s|st)?",
    re.IGNORECASE,
)
_SHORTEST_WORD = 3
# A headline in capitals: words of Italian, not sigle, stand around.
_CAPITAL_WORD = re.compile(r"[A-ZÀ-Þ]{2,}")
# Common words that the wire writes with an apostrophe for an accent; the endings of many more are regular.
_ACCENTED_WORDS = (
    "è perché poiché affinché benché finché anziché né sé più può già giù lì là qui così però ciò città età metà "
    "libertà università società attività qualità quantità novità verità unità realtà comunità sì lunedì martedì "
    "mercoledì giovedì venerdì caffè tè dà papà virtù gioventù tribù ventitré trentatré cioè dovrà sarà farà avrà "
    "andrà potrà verrà dirà starà sarò farò avrò"
)
_PLAIN = str.maketrans("àèéìòù", "aeeiou")
_ACCENTS = {word.translate(_PLAIN): word for word in _ACCENTED_WORDS.split() if word != word.translate(_PLAIN)}
_ENDINGS = (
    (re.compile(r".{2,}[ti]ta$"), "à"),
    (re.compile(r".{2,}(?:er|ir)a$"), "à"),
    (re.compile(r".{2,}(?:er|ir)o$"), "ò"),
    (re.compile(r".{2,}tu$"), "ù"),
    (re.compile(r".{3,}che$"), "é"),
)
# True apocopes keep their apostrophe.
_APOCOPES = frozenset("po mo di fa va sta da be ca to de co ne a su ve te vo so pie fe".split(" "))
_SPECIAL_FRACTIONS = {"2": ("mezzo", "mezzi"), "3": ("terzo", "terzi"), "4": ("quarto", "quarti")}
_NAMED = {
    "/": " barra ",
    ".": " punto ",
    "@": " chiocciola ",
    "-": " trattino ",
    "_": " trattino basso ",
    ":": " due punti ",
}


def abbreviation(found: re.Match[str]) -> str | None:
    """Expand an abbreviation where what follows bears it out."""
    written = found[0]
    said, needs = next((row[1], row[2]) for row in rows("abbreviations") if row[0] == written)
    following = found.string[found.end() : found.end() + _LOOK]
    begins = following.lstrip()[:1]
    fits = {"": True, "any": bool(begins), "number": begins.isdigit(), "capital": begins.isupper()}
    if not fits[needs] and not (needs == "number" and re.match(r" ?[IVXLC]+\b", following)):
        return None
    # The dot of an abbreviation that closes a sentence is written once, and the breath is its other half.
    closes = needs == "" and written.endswith(".") and (not following or re.match(r" [A-ZÀ-Þ]", following))
    return f"{said}." if closes and said == "eccetera" else said


def saint(found: re.Match[str]) -> str | None:
    """Read "S. Pietro" as "san", "S. Anna" as "sant'", "S. Lucia" as "santa"."""
    name = re.match(r"[A-Za-zà-ÿ]+", found.string[found.end() : found.end() + _LOOK])
    if not name:
        return None
    if found[0].startswith("SS"):
        return "santi "
    if name[0][0] in "AEIOU":
        return "sant'"
    if name[0].endswith("a") and name[0] not in {"Luca", "Andrea", "Mattia", "Tommasa"}:
        return "santa "
    return "santo " if re.match(r"S[tp]|Z", name[0]) else "san "


def capitals(found: re.Match[str]) -> str | None:
    """Read a run of capitals: a word where the line is all capitals or the letters make one, else letters."""
    written = found[0]
    if _shouts(found.string):
        return written.lower() if found.start() else written.capitalize()
    return acronym(written)


@functools.lru_cache(maxsize=16)
def _shouts(line: str) -> bool:
    """Tell a line all in capitals, whose words are words; a lone sigla shouts as well, but alone."""
    return line.isupper() and len(_CAPITAL_WORD.findall(line)) > 2  # noqa: PLR2004 - more than a name


def acronym(written: str) -> str:
    """Say a sigla nobody listed: as a word where Italian could have it, else letter by letter.

    >>> acronym("UNIRE"), acronym("FNSI")
    ('Unire', 'effe enne esse i')
    """
    if len(written) >= _SHORTEST_WORD and _SYLLABLES.fullmatch(written):
        return written.capitalize()
    return numbers.letters(written)


def code(found: re.Match[str]) -> str:
    """Read letters with a number: "G7" is "gi sette", "Covid-19" is "Covid diciannove"."""
    letters, number = re.match(r"([A-Za-z]*)-?(\d+)", found[0]).groups()  # type: ignore[union-attr]
    said = cardinal_of(number)
    if not letters:
        return f"{said} {numbers.letters(found[0][len(number) :])}"
    return f"{letters if not letters.isupper() else numbers.letters(letters)} {said}"


def fraction(found: re.Match[str]) -> str:
    """Read "2/3" as "due terzi", and what is no fraction as its two numbers."""
    above, below = found[0].split("/")
    if below in {"0", "1"} or above == "0" or below[0] == "0" or int(above) >= int(below):
        return f"{cardinal_of(above)} {cardinal_of(below)}"
    one, many = _SPECIAL_FRACTIONS.get(below) or (numbers.ordinal(int(below)), numbers.ordinal(int(below))[:-1] + "i")
    return f"un {one}" if above == "1" else f"{numbers.cardinal(int(above))} {many}"


def url(found: re.Match[str]) -> str:
    """Read an address: its parts as words, its marks by name."""
    written = re.sub(r"^https?://", "", found[0])
    parts = re.findall(r"[^\W\d_]+|\d+|\W|_", written.rstrip("/"))
    said = (_NAMED.get(p, " ") if not p.isalnum() else cardinal_of(p) if p.isdecimal() else p for p in parts)
    return " ".join(" ".join(said).replace("www", "vu vu vu").split())


def tag(found: re.Match[str]) -> str:
    """Read a hashtag or a handle as the words in it."""
    words = re.findall(r"[A-ZÀ-Þ]?[a-zà-ÿ]+|[A-ZÀ-Þ]+(?![a-zà-ÿ])|\d+", found[0])
    return " ".join(cardinal_of(word) if word.isdecimal() else word for word in words)


def accent(found: re.Match[str]) -> str | None:
    """Turn an apostrophe for an accent into the accent; a true apocope and a closing quote stay."""
    word = found[0][:-1]
    start = found.start()
    if re.search(r"(?:^|[ («])'(?! )", found.string[max(0, start - _QUOTE_LOOK) : start]):
        return word  # it closes a quotation
    low = word.lower()
    if low in _APOCOPES:
        return None
    accented = _ACCENTS.get(low)
    if accented is None:
        mark = next((mark for ending, mark in _ENDINGS if ending.fullmatch(low)), None)
        accented = low[:-1] + mark if mark else None
    if accented is None:
        return None
    return accented.capitalize() if word[0].isupper() else accented


def one(noun: str) -> str:
    """Return the article that "1" is before a noun.

    >>> one("studente"), one("vittima"), one("anno"), one("milione")
    ('uno', 'una', 'un', 'un')
    """
    if noun.endswith(("a", "zione", "sione", "tà")) and noun not in {"problema", "programma", "milia", "euro"}:
        return "una"
    return "uno" if re.match(r"s[^aeiouàèéìòù]|z|gn|ps|x|y", noun) else "un"
