"""A desk's form above an article: "Occhiello: …", "Titolo: …", "Sommario: …", "Autore: …", "Testo:"."""

from __future__ import annotations

import re
from collections.abc import Sequence

# What a form calls the parts of an article, with the abbreviations of desks.
NAMES = {
    "kicker": "occhiello|occh|sopratitolo|soprattitolo",
    "headline": "titolo|tit",
    "standfirst": "sommario|somm|sottotitolo|catenaccio|abstract",
    "byline": "autore|autrice|firma|di|a cura di",
    "dateline": "luogo",
    "text": "testo|articolo|corpo",
}
_LABEL = re.compile(
    "(?:" + "|".join(rf"(?P<{name}>{words})" for name, words in NAMES.items()) + r")\s*:\s*(?P<value>.*)",
    re.IGNORECASE | re.DOTALL,
)
# Kicker, title, lines of summary, byline, place and the text's own label.
_FORM_LINES = 8


def is_labelled(line: str) -> bool:
    """Tell whether a line is one of a desk's form ("Titolo: …")."""
    return bool(_LABEL.fullmatch(line))


def fields_of(lines: Sequence[str]) -> tuple[dict[str, list[str]], int]:
    """Return the values of the labelled lines on top, by the names of NAMES, and how many lines they are."""
    found: dict[str, list[str]] = {}
    for read, line in enumerate(lines[:_FORM_LINES]):
        label = _LABEL.fullmatch(line)
        if not label:
            return found, read
        name = next(name for name in NAMES if label[name])
        if label["value"]:
            found.setdefault(name, []).append(label["value"])
        if name == "text":
            return found, read + 1
    return found, min(len(lines), _FORM_LINES)
