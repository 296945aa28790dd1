"""Text made even before it is read: one apostrophe, one kind of space, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

from audio.italian.edits import Edit, apply
from audio.italian.forms import Form

_EVEN = {
    **dict.fromkeys("’‘ʼ′´`＇", "'"),
    **dict.fromkeys("‐‑‒−", "-"),
    "\u00b5": "\u03bc",  # two code points, one micro sign
    "″": "''",
    "…": "...",
    "№": "n.",
    **dict.fromkeys("™℠®", ""),
    "⁄": "/",
    **{chr(0x2080 + digit): str(digit) for digit in range(10)},
}
_UNSEEN = (
    "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f-\x9f"
)
# A thin or fixed space inside digits groups thousands ("10 000"), a plain one before noughts alone: "10 000", but
# "nel 15 300 fanti" are two numbers.
_UNEVEN = Form(
    r"(?P<grouped>(?<![\d.,])\d{1,3}(?:(?:[\u00a0\u2009\u202f]\d{3})+|(?: 000)+)(?!\d))"
    rf"|(?P<blank>(?! [^\s{_UNSEEN}])[\s{_UNSEEN}]+|\A )"
    r"|(?P<accent>[^\W\d_][\u0300-\u036f]{1,4})"
    r"|(?P<rank>(?<![\dnN])[ªº])"
    r"|(?P<hat>(?<=[\dIVX])\^(?![\da-z(^]|-\d))"
    r"|(?P<flash>(?<!\S)\+{2,3}(?!\S))"
    rf"|[{''.join(map(re.escape, _EVEN))}\u2100-\u2115\u2117-\u214f\u2160-\u217f\ufb00-\ufb06\uff01-\uff5e\U0001d400-\U0001d7ff\u3300-\u33ff]"
)
# Only a number, "n" for numero, or a Roman numeral wears the sign of a rank.
_ROMAN_BEFORE = Form(r"(?<!\w)[IVX]+$")
_CLASS = Form(r" ?[A-Z]")
_ANY_BLANK = Form(r"\s")


def clean(text: str) -> str:
    """Return one line with composed accents, plain apostrophes and hyphens, single blanks and nothing unseen.

    >>> clean("l’83\u00adesimo  giorno: 10\u00a0000 morti")
    "l'83esimo giorno: 10.000 morti"
    """
    return apply(text, changes(text))


def changes(text: str) -> list[Edit]:
    """Return what ``clean`` changes, in order."""
    return [Edit(*found.span(), _even(found), "marks") for found in _UNEVEN.finditer(text)]


def _even(found: re.Match[str]) -> str:
    written, line, end = found[0], found.string, found.end()
    even = _EVEN.get(written)
    match found.lastgroup:
        case "grouped":
            even = _ANY_BLANK.sub(".", written)
        case "accent":
            even = unicodedata.normalize("NFC", written)
        case "rank":
            even = written if _is_rank(found) else " " * line[end : end + 1].isalnum()
        case "hat":  # "la 5^ edizione", "la 3^C": typed for want of a better key
            even = "º" if line[found.start() - 1].isdigit() and not _CLASS.match(line, end) else "ª"
        case "flash":  # "++ SCOSSA DI TERREMOTO ++"
            even = ""
        case "blank":
            inside = found.start() and end < len(line)
            even = " " if inside and _ANY_BLANK.search(written) else ""
        case _:
            pass
    return unicodedata.normalize("NFKC", written) if even is None else even


def _is_rank(found: re.Match[str]) -> bool:
    start, end = found.span()
    return (
        bool(_ROMAN_BEFORE.search(found.string[max(0, start - 9) : start]))
        and not found.string[end : end + 1].isalnum()
    )
