"""Text made even before it is read: one apostrophe, one kind of space, nothing invisible."""

from __future__ import annotations

import re
import unicodedata

_APOSTROPHES = str.maketrans("’‘ʼ′´`", "''''''")
_INVISIBLE = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]|[\x00-\x08\x0e-\x1f\x7f-\x9f]"
)
# A thin or fixed space inside digits groups thousands: "10 000".
_GROUPED = re.compile("(?<=\\d)[\u00a0\u2009\u202f](?=\\d{3}(?!\\d))")


def clean(text: str) -> str:
    """Return one line, NFC, with plain apostrophes and single blanks."""
    text = unicodedata.normalize("NFC", text).translate(_APOSTROPHES)
    return " ".join(_INVISIBLE.sub("", _GROUPED.sub(".", text)).split())
