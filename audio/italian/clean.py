"""Text made even before it is read: one apostrophe, one kind of space, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

_EVEN = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ′´`＇", "'"),
        **dict.fromkeys("‐‑‒−", "-"),
        "\u00b5": "\u03bc",  # two code points, one micro sign
        "″": "''",
    }
)
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]|[\x00-\x08\x0e-\x1f\x7f-\x9f]"
)
# A thin or fixed space inside digits groups thousands: "10 000".
_GROUPED = re.compile(
    "(?<![\\d.,])(\\d{1,3})((?:[\u00a0\u2009\u202f]\\d{3})+)(?!\\d)",
)
# A plain space does so before noughts alone: "10 000", but "nel 15 300 fanti" are two numbers.
_NOUGHTS = re.compile(r"(?<![\d.,])(\d{1,3})((?: 000)+)(?!\d)")
_FIXED = re.compile("[\u00a0\u2009\u202f]")


def clean(text: str) -> str:
    """Return one line, NFC, with plain apostrophes and hyphens, single blanks and nothing unseen.

    >>> clean("l’83\u00adesimo  giorno: 10\u00a0000 morti")
    "l'83esimo giorno: 10.000 morti"
    """
    text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(_EVEN))
    text = _GROUPED.sub(lambda found: found[1] + _FIXED.sub(".", found[2]), text)
    text = _NOUGHTS.sub(lambda found: found[1] + found[2].replace(" ", "."), text)
    return " ".join(text.split())
