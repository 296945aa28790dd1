"""Marks and symbols, and the last door: only letters, apostrophes, blanks and breathing marks go to a voice."""

from __future__ import annotations

import functools
import re
import unicodedata

from audio.italian import numbers
from audio.italian.tables import mapping

_BREATHS = {
    **dict.fromkeys("()[]{}–—―|•·●▪■◆►▶→←⇒/\\", ", "),
    **dict.fromkeys("«»“”„‟‹›\"*_~#^-@'", " "),
}
_UNSPOKEN = re.compile(r"[^A-Za-zÀ-ÖØ-öø-ÿ ',.;:!?]")
_BLANKS = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r" +(?=[,.;:!?])")
# Of a run of marks the strongest is heard: a full stop swallows the comma beside it.
_MARKS = re.compile(r"[,.;:!?](?:[ ]*[,.;:!?])+")
_STRONGEST = "?!.;:,"
_GLUED = re.compile(r"(?<=[,;:!?.])(?=[^\W\d_])")
# An ellipsis in mid-sentence is a breath, at its end a stop.
_ELLIPSIS = re.compile(r"(?:\.{2,}|…)(?P<more>\s*[a-zà-ÿ])?")
# An apostrophe belongs to a letter before it ("l'", "po'") or opens a word that lost its head ("'ndrangheta").
_LOOSE = re.compile(r"(?<![^\W\d_])'+(?!ndr|Ndr|NDR)|(?<=')'+")
_EDGES = " ,;:"


def guard(text: str) -> str:
    """Return the text with every digit spelled, every known symbol named, every other one gone, and marks in order.

    >>> guard("tempi – ha detto –. (Poi) 7 & 8")
    'tempi, ha detto. Poi, sette e otto'
    """
    text = _ELLIPSIS.sub(lambda found: f", {found['more'].strip()}" if found["more"] else ". ", text)
    text = text.replace(" - ", ", ")
    if _UNSPOKEN.search(text):
        text = _UNSPOKEN.sub(lambda found: _say(found[0]), text)
    text = _LOOSE.sub(" ", text)
    text = _BEFORE_MARK.sub("", _BLANKS.sub(" ", text))
    text = _MARKS.sub(lambda found: next(mark for mark in _STRONGEST if mark in found[0]), text)
    text = _GLUED.sub(" ", text)
    return text.strip(_EDGES) if any(map(str.isalnum, text)) else ""


@functools.cache
def _say(character: str) -> str:
    """Return what one character sounds like; it has no context here, so it can be remembered."""
    if character in _BREATHS:
        return _BREATHS[character]
    name = mapping("symbols").get(character)
    if name:
        return f" {name} "
    if character.isdecimal():
        return f" {numbers.digits(str(unicodedata.decimal(character)))} "
    plain = unicodedata.normalize("NFKC", character)
    if plain != character:  # Roman and circled numbers, superscripts, ligatures: their plain form
        return "".join(_say(c) if _UNSPOKEN.match(c) else c for c in plain)
    return character if character.isalpha() and character not in "ªº" else " "
