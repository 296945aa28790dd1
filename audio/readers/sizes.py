"""How large markup sets its words, in pixels as a browser would: builders of letters write this for headings."""

from __future__ import annotations

import re

# The default of browsers, and their own style sheet for headings (HTML Standard, 15.3.7) and <font> (15.3.11).
DEFAULT = 16.0
_HEADINGS = {"h1": 2.0, "h2": 1.5, "h3": 1.17, "h4": 1.0, "h5": 0.83, "h6": 0.67}
_FONTS = (10.0, 13.0, 16.0, 18.0, 24.0, 32.0, 48.0)
_NAMED = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
}
_RELATIVE = {"smaller": 1 / 1.2, "larger": 1.2}
_SIZE = re.compile(
    r"(?:font-size\s*:|\bfont\s*:[^;]*?)\s*(?P<size>\d{1,3}(?:\.\d{1,4})?)(?P<unit>px|pt|r?em|%)", re.IGNORECASE
)
_WORD = re.compile(r"font-size\s*:\s*(?P<word>[a-z-]+)", re.IGNORECASE)
# Builders set the cells around their text to nothing, to close gaps between pictures.
_LEAST = 5.0


def size_of(tag: str, style: str, font: str, around: float) -> float:
    """Return the size of an element's words, inside words of the size ``around``; ``font`` is the size of a <font>."""
    size = _font(font.strip(), around) if tag == "font" else around * _HEADINGS.get(tag, 1.0)
    # Of several the last one holds.
    if found := next(iter(reversed([*_SIZE.finditer(style)])), None):
        number, unit = float(found["size"]), found["unit"].lower()
        size = number * {"px": 1.0, "pt": 4 / 3, "em": around, "rem": DEFAULT, "%": around / 100}[unit]
    elif found := _WORD.search(style):
        word = found["word"].lower()
        size = _NAMED.get(word, around * _RELATIVE.get(word, 1.0))
    return size if size >= _LEAST else around


def _font(size: str, around: float) -> float:
    """Return the size of a <font>: 1 to 7, or so many steps from 3."""
    if not re.fullmatch(r"[+-]?\d", size):
        return around
    step = 3 + int(size) if size[0] in "+-" else int(size)
    return _FONTS[min(max(step, 1), len(_FONTS)) - 1]
