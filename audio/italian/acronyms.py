"""Sigle: by the table, then by shape: what Italian syllables can make is a word, the rest is letters."""

from __future__ import annotations

import functools
import re

from audio.italian import numbers
from audio.italian.forms import Form
from audio.italian.rules import Rule, after, before
from audio.italian.tables import mapping, rows

# An onset a word can begin with, its vowels, one consonant between or a double one, an end that Italian ears accept.
_ONSET = r"(?:[bcdfglmnprstvz]|[bcdfgptv][lr]|s[bcdfglmnpqrtv]|s[cfpt][lr]|ch|gh|gn|qu)"
_DOUBLE = r"(?:([bcdfglmnprstvz])\1[lr]?|cch|cqu|ggh)"
_SYLLABLES = Form(
    rf"(?!i+$){_ONSET}?[aeiou]{{1,3}}(?:(?:[lmnrs]?{_ONSET}|{_DOUBLE})[aeiou]{{1,3}}){{0,5}}(?:[bcdfgklmnprstvxz]|[lnrp]s|st)?",
    re.IGNORECASE,
)
_WORD = Form(r"\w")
_SHORTEST_WORD, _LONGEST_SIGLA, _LONGEST_TITLE = 3, 5, 5
_WORDS_TOO = frozenset({"Ai", "Ia", "Ad", "ad"})
# "Gasparri (Fi)": what stands in brackets after a politician is no province.
_PARTIES = frozenset("Fi Pd Iv Az Si Ap An Ri Ac Av Lc Sc Pc Pr".split(" "))
_PARTIES_TOO = frozenset("FI PD AV AP SI".split(" "))
_POLITICIAN = Form(
    r"\b(?:on|onn|sen|dep|cons|ass|min)\.|\b(?:onorevol|senat|deputat|ministr|capogrupp|segretari|consiglier|assessor|eurodeputat|sottosegretari|parlamentar)"
)
_AT_TOWN = Form(r"\b(?:a|ad|da|in|presso|vicino a) [A-ZÀ-Þ][\w']*(?: (?:[a-zà-ÿ]{1,5} )?[A-ZÀ-Þ][\w']*){0,3} \($")
_NAMED = Form(r"(?<!\w)[A-ZÀ-Þ][\w'’-]+ \($")
_ROAD = Form(r"\bA\d{1,2},? \(?$")
_CAPITALS = Form(r"[A-ZÀ-Þ]{2,}")
_NEIGHBOUR_BEFORE = Form(r"(?<!\w)[A-ZÀ-Þ]{4,}[ ,:'«»“”\"-]{1,3}$")
_NEIGHBOUR_AFTER = Form(r"'?[ ,:'«»“”\"-]{1,3}[A-ZÀ-Þ]{4,}(?!\w)")
# The letter alone is the social network only here; elsewhere it is a letter.
_SOCIAL = Form(r"\b(?:su|Twitter|social) $")
# "l'Ai", "con Ai generativa": a preposition wears no capital in the middle of a sentence, but in a title it may.
_INSIDE = Form(r"[a-zà-ÿ] $")
_ELIDED = Form(r"[lL]'$")
_OFFICE = Form(r"\b(?:nuov[oa]|ex|neo|futur[oa]|attuale|suo|sua|come) $")
_OF_AFTER = Form(r" (?:di|del|della|dell') ?")
_CONTRACTED = Form(r" [a-zà-ÿ]+i(?!\w)")
_VOWELS = Form("[aeiouyàèéìòù]", re.IGNORECASE)
# Without a vowel, yet no sigla: exclamations.
_NOISES = frozenset("hm hmm mmm mm brr brrr grr pff pfff psst sst ssst tsk bzz zzz zz shh sh".split(" "))


@functools.cache
def table() -> dict[str, str]:
    """Return every written form → spoken, with the capital and the small forms that the flags allow."""
    found: dict[str, str] = {}
    exact: dict[str, str] = {}
    for written, spoken, flags, *_ in rows("acronyms"):
        if flags == "exact":
            exact[written] = spoken
            continue
        how, case = flags.split(" ")
        said = {"spell": numbers.letters(written), "word": written.capitalize()}.get(how, spoken)
        found[written] = said
        if case == "any":
            found[written.capitalize()] = said
    return {**found, **exact}


def say(written: str) -> str | None:
    """Return the reading of a listed sigla."""
    return table().get(written)


def by_shape(written: str) -> str:
    """Say a sigla nobody listed: as a word where Italian could have it, else letter by letter.

    >>> by_shape("UNIRE"), by_shape("FNSQ")
    ('Unire', 'effe enne esse cu')
    """
    if (len(written) >= _SHORTEST_WORD and _SYLLABLES.fullmatch(written)) or len(written) > _LONGEST_SIGLA:
        return written.capitalize()
    return numbers.letters(written)


def _listed(found: re.Match[str]) -> str | None:
    said = say(found[0].upper() if found[0][-2:-1] == "-" else found[0])
    if said is None or (found[0] == "X" and not _SOCIAL.search(before(found, 12))):
        return None
    return said if found[0] not in _WORDS_TOO or _is_artificial(found) else None


def _is_artificial(found: re.Match[str]) -> bool:
    """Tell "Ai" and "Ia", artificial intelligence, and the "Ad" of a firm from prepositions and from a verse."""
    left = before(found, 10)
    if found[0].lower() == "ad":
        return bool(_ELIDED.search(left) or _OFFICE.search(left) or _OF_AFTER.match(after(found, 10)))
    is_noun = _INSIDE.search(left) and not _CONTRACTED.match(found.string, found.end())
    return bool(_ELIDED.search(left) or is_noun or after(found, 6).startswith((" Act", " gener")))


def _capitals(found: re.Match[str]) -> str | None:
    """Read a run of capitals: a word where the line or its neighbours shout or the letters make one, else letters."""
    written = found[0]
    line, start, end = found.string, found.start(), found.end()
    loud = shouts(line)
    if known := mapping("names").get(written.capitalize()):
        return known
    if loud and (known := mapping("names").get(written.lower())):
        return known.capitalize() if begins(line, start) else known
    if len(written) == 1:
        return (
            written.lower()
            if loud and (written in "AEIOÈ" or line[end : end + 1] == "'") and not begins(line, start)
            else None
        )
    if loud or _beside_capitals(line, start, end):
        return _calm(written, first=loud and begins(line, start), loud=loud)
    if line[end : end + 1] == "'" and len(written) <= _SHORTEST_WORD + 1:  # "DELL'", "L'"
        return written.capitalize()
    return by_shape(written)


def _beside_capitals(line: str, start: int, end: int) -> bool:
    return bool(
        _NEIGHBOUR_BEFORE.search(line[max(0, start - 40) : start]) or _NEIGHBOUR_AFTER.match(line, end, end + 40)
    )


def _calm(written: str, *, first: bool, loud: bool) -> str | None:
    if len(written) <= _LONGEST_SIGLA and not _VOWELS.search(written):
        return numbers.letters(written)
    return written.capitalize() if first or not loud else written.lower()


@functools.lru_cache(maxsize=16)
def shouts(line: str) -> bool:
    """Tell a line all in capitals, whose words are words; a lone sigla shouts as well, but alone."""
    letters = [c for c in line[:400] if c.isalpha()]
    small = sum(c.islower() for c in letters)
    return small * 20 <= len(letters) and len(_CAPITALS.findall(line[:400])) > 2  # noqa: PLR2004 - more than a name


def begins(line: str, start: int) -> bool:
    """Tell whether nothing but marks stands before."""
    return not _WORD.search(line, 0, start)


def _voiceless(found: re.Match[str]) -> str | None:
    """Spell "Pnrr" and "Ddl": a word of up to five letters without a vowel is a sigla in any case."""
    written = found[0]
    if written.lower() in _NOISES or len(written) > _LONGEST_TITLE or _VOWELS.search(written):
        return None
    return numbers.letters(written)


def _firm(found: re.Match[str]) -> str:
    """Read "AT&T" and "R&S" letter by letter."""
    return " e ".join(numbers.letters(part) for part in found[0].split("&"))


def _province(found: re.Match[str]) -> str | None:
    """Read the province after a town, the country after an athlete; after a politician it is a party."""
    written, left = found[0], before(found, 48)
    if len(written) > len("MI") and not _NAMED.search(left):
        return None  # "la Federazione italiana nuoto (Fin)"
    is_party = written in _PARTIES and not _AT_TOWN.search(left)
    if is_party or (written in _PARTIES_TOO and _POLITICIAN.search(left)):
        return None
    said = mapping("provinces").get(written.upper())
    # "a Pistoia (PT)": once is enough.
    return "" if said and left.endswith(f"{said} (") else said


def _stretch(found: re.Match[str]) -> str | None:
    """Read "A1 Mi-Na", the two ends of a motorway."""
    ends = [
        mapping("provinces").get(part.upper(), "Roma" if part.upper() == "ROMA" else "") for part in found[0].split("-")
    ]
    return " ".join(ends) if all(ends) and _ROAD.search(before(found, 8)) else None


RULES_FIRST = (
    Rule("province", r"(?<=[a-zà-ÿ.] \()[A-Z][A-Za-z]{1,2}(?=\)|, \d{1,2}\))", _province),
    Rule("province", r"(?<!\w)[A-Z][A-Za-z](?:[A-Za-z]{2})?-[A-Z][A-Za-z](?:[A-Za-z]{2})?(?!\w)", _stretch, "H"),
    Rule(
        "sigla",
        r"(?<!\w)(?:wi-fi|Wi-Fi|WI-FI|[hH]i-[fF]i|sci-fi|e-mail|U[sS][bB]-[cCaA]|usb-[ca])(?!\w)",
        _listed,
        "H",
        "wWeUuhHs",
    ),
    Rule("sigla", r"(?<!\w)[^\W\d_]{1,9}(?:\d[sS]?)?\+?(?![\w+])(?!-\d)", _listed),
    Rule("sigla", r"(?<!\w)[A-Z]{1,3}&[A-Z]{1,3}(?!\w)", _firm, "J"),
)
RULES = (
    Rule("capitals", r"(?<!\w)[A-ZÀ-Þ]+(?![^\Wªº])", _capitals),
    Rule(
        "sigla",
        r"(?<!\w)(?:[BCDFGHJKLMNPQRSTVWXZ][bcdfghjklmnpqrstvwxz]{1,4}|[bcdfghjklmnpqrstvwxz]{3,5})(?![\w'.])",
        _voiceless,
    ),
)
