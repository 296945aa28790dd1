"""Accents: those that the wire writes as apostrophes, quotes that look like them, and homographs."""

from __future__ import annotations

import functools
import re

from audio.italian.forms import Form
from audio.italian.rules import Rule, after, before
from audio.italian.tables import mapping, rows

_LAST = {"a": "à", "e": "è", "i": "ì", "o": "ò", "u": "ù"}
_ACUTE = Form(r"(?:.*ch|n|s|.*tr|.*nch|pot|perch)e", re.IGNORECASE)
# True apocopes keep their apostrophe (Treccani, "apostrofo"); so do dialect and verse.
_APOCOPES = frozenset(
    "po mo di fa va sta da be to de co a ve vo so fe que ca no ma su ne-l coi dei pe quei ai vuo ho to' toh mi nu".split(
        " "
    )
)
# "il giudice da' ragione", but "da' una mano!" and the old "da' quali".
_GIVES_BEFORE, _GIVES_AFTER = (
    Form(r"(?!\b(?:e|o|ma|dai|su) $)[a-zà-ÿ] $"),
    Form(r" (?!(?:quali|suoi|miei|primi)\b)[a-zà-ÿ]"),
)
_OPENS = Form(r"(?:^|[.!?:…»”\"]) ?[«“\"(]?$")
# None of the tables' words is longer.
_WORD = r"(?<!\w)[^\W\d_]{4,16}(?!\w)"


def _accent(found: re.Match[str]) -> str | None:
    """Turn an apostrophe for an accent into the accent; a true apocope stays."""
    word = found["w_word"]
    low = word.lower()
    if low == "da" and _GIVES_BEFORE.search(before(found)) and _GIVES_AFTER.match(after(found)):
        return "dà"
    if low in _APOCOPES and low != "e":
        return None
    if low == "e" and re.match(r" ?[a-z]+'", after(found)) and re.search(r"[«“\"]$", before(found)):
        return None
    accented = mapping("accents").get(low) or low[:-1] + ("é" if _ACUTE.fullmatch(low) else _LAST[low[-1]])
    if word.isupper() and len(word) > 1:
        return accented
    return accented[0].upper() + accented[1:] if word[0].isupper() else accented


def _homograph(found: re.Match[str]) -> str | None:
    """Write the accent of a word that two words share, where its neighbours decide."""
    word = found[0]
    # A capital in the middle of a sentence is a name's: the town of Tirano, and no verb.
    is_name = word[0].isupper() and not _OPENS.search(before(found))
    for said, left, right in _homographs().get(word if is_name else word.lower(), ()):
        if _fits(left, r"(?i:(?<!\w)(?:{})) ?$", before(found)) and _fits(
            right, r"(?i: ?(?:{}))(?!\w)", after(found, 30)
        ):
            return said.capitalize() if word[0].isupper() else said
    return None


def _stressed(found: re.Match[str]) -> str | None:
    """Write the accent of a word whose stress a voice would guess wrongly."""
    word = found[0]
    said = mapping("stress").get(word.lower())
    return said.capitalize() if said and word[0].isupper() else said


@functools.cache
def _homographs() -> dict[str, tuple[tuple[str, str, str], ...]]:
    found: dict[str, tuple[tuple[str, str, str], ...]] = {}
    for written, said, flags, *_ in rows("homographs"):
        word = written.partition("#")[0]
        left, right = flags.split(" / ")
        found[word] = (*found.get(word, ()), (said, left, right))
    return found


@functools.cache
def words() -> frozenset[str]:
    """Return the words that may take an accent: by their neighbours, or in any case."""
    return frozenset((*map(str.lower, _homographs()), *mapping("stress")))


@functools.cache
def _context(words: str, form: str) -> re.Pattern[str]:
    return re.compile(form.replace("{}", words.replace("_", " ")))


def _fits(words: str, form: str, text: str) -> bool:
    if words == "*":
        return True
    pattern = _context(words, form)
    return bool(pattern.search(text) if form.endswith("$") else pattern.match(text))


RULES = (
    Rule("accent", r"(?<!\w)(?P<w_word>[^\W\d_]*[aeiouAEIOU])'(?!\w)", _accent),
    Rule("homograph", _WORD, _homograph),
    Rule("stress", _WORD, _stressed),
)
