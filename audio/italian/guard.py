"""The last door: whatever the rules left, only letters, apostrophes, blanks and breathing marks go to a voice."""

from __future__ import annotations

import re
import unicodedata

from audio.italian import numbers

# What a symbol is called when it stands alone. A symbol that is not here has no name a listener would know.
_NAMES = {
    "%": "per cento",
    "‰": "per mille",
    "€": "euro",
    "$": "dollari",
    "£": "sterline",
    "¥": "yen",
    "&": "e",
    "+": "più",
    "=": "uguale",
    "×": "per",
    "÷": "diviso",
    "±": "più o meno",
    "§": "paragrafo",
    "@": "chiocciola",
    "°": "gradi",
    "<": "minore di",
    ">": "maggiore di",
    "≤": "fino a",
    "≥": "almeno",
    "½": "mezzo",
    "¼": "un quarto",
    "¾": "tre quarti",
    "−": "meno",
    "√": "radice",
    "∞": "infinito",
    "µ": "micro",
}
_BREATHS = {
    **dict.fromkeys("()[]{}–—―|•·→←⇒/\\", ","),
    "…": ".",
    **dict.fromkeys('«»“”„‟‹›"*_~#^', " "),
    "-": " ",
}
_UNSPOKEN = re.compile(r"[^A-Za-zÀ-ÖØ-öø-ÿ ',.;:!?]")
# An apostrophe belongs to the letter before it; after anything else it opens a quotation.
_QUOTES = re.compile(r"(?<![^\W\d_])'")
_BLANKS = re.compile(r"\s+")
_BEFORE_MARK = re.compile(r"\s+(?=[,.;:!?])")
# Of a run of marks the strongest is heard: a full stop swallows the comma beside it.
_MARKS = re.compile(r"[,.;:!?](?:\s*[,.;:!?])+")
_STRONGEST = "?!.;:,"
_GLUED = re.compile(r"(?<=[,;:!?.])(?=[^\W\d_])")


def guard(text: str) -> str:
    """Return the text with every digit spelled, every known symbol named, every other one gone, and marks in order.

    >>> guard("tempi – ha detto –. (Poi) 7 & 8")
    'tempi, ha detto. Poi, sette e otto'
    """
    if _UNSPOKEN.search(text):
        text = _UNSPOKEN.sub(lambda found: _say(found[0]), text)
    text = _BLANKS.sub(" ", _QUOTES.sub(" ", text))
    text = _MARKS.sub(lambda found: next(m for m in _STRONGEST if m in found[0]), _BEFORE_MARK.sub("", text))
    text = _GLUED.sub(" ", text)
    return _BLANKS.sub(" ", text).strip(" ,;:")


def _say(character: str) -> str:
    if character in _BREATHS:
        return _BREATHS[character]
    if character in _NAMES:
        return f" {_NAMES[character]} "
    if character.isdecimal():
        return f" {numbers.digits(str(unicodedata.decimal(character)))} "
    if character.isalpha():
        return character
    # Roman and circled numbers, superscripts: as their plain form, which the next look finds sayable.
    plain = unicodedata.normalize("NFKC", character)
    if plain != character:
        return "".join(_say(c) if _UNSPOKEN.match(c) else c for c in plain)
    return " "
