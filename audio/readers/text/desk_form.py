"""A desk's form around an article: labels with what they name behind a colon, or on the next line.

Archives and editorial systems write one ("TITOLO : …", "INTERTITOLO" over a heading). Here each field gets one line
in the form that ``form`` reads, and what is only the desk's is split off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audio.model import Dropped
from audio.readers.form import NAMES

# "Di:" and the like stand in no archive's form.
_OF_ARTICLE = "|".join(
    [*(NAMES[part] for part in ("kicker", "headline", "standfirst", "dateline")), "autore|autrice|firma"]
)
_HEADING = "(?:intertitolo|titoletto)(?: \\d{1,2})?"
_ASIDE = "(?:didascali[ae]|dida|richiamo(?: in prima)?|foto|occhio|box|scheda)(?: foto)?(?: \\d{1,2})?"
_FIELD = re.compile(
    rf"(?P<name>{_OF_ARTICLE}|testo)(?: propost[oa]| del pezzo| dell['’]articolo)?[\s.]*(?::\s*(?P<value>.*)|$)",
    re.IGNORECASE,
)
_HEADINGS = re.compile(rf"{_HEADING}\s*:\s*(?P<value>.*)", re.IGNORECASE)
_ASIDES = re.compile(rf"{_ASIDE}\s*:.*", re.IGNORECASE)
_ALONE = re.compile(rf"(?:(?:{_OF_ARTICLE})(?: propost[oa])?|{_HEADING}|{_ASIDE})\s*:?", re.IGNORECASE)
# Any other word in capitals before a colon is the desk's ("PAGINA : 17").
_OF_DESK = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ' ]{1,24}[\s.]*:.{0,120}")
_DOTTED = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ' ]{1,24}(?:\s?\.{2,}|\s+)\s?:.{0,160}")
# What a collaborator writes to the desk below the text.
_NOTES = re.compile(
    r"(?:note|nb|n\.b\.|per (?:il desk|la redazione))\s*:.*|note per (?:chi|il|la) .{2,40}"
    r"|\W*fine(?: (?:testo|documento|pezzo))?\W*",
    re.IGNORECASE,
)
# What a review says of a book, a film or a play.
_OF_A_WORK = re.compile(
    r"(?:editore|casa editrice|pagine|prezzo|isbn|regia|cast|interpreti|durata|genere|anno|traduzione|artista|etichetta"
    r"|voto|sceneggiatura)\s*:",
    re.IGNORECASE,
)
# Fields stand above the text, twenty lines at most.
_TOP_LINES = 20
_PROSE_CHARACTERS = 120


def take_fields(lines: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """Split the lines of a text with a desk's form into those of its article and those of the desk.

    A text that labels no title is returned as it is.
    """
    top = [line.strip() for line in lines if line.strip()][:_TOP_LINES]
    if not any(_named(line) in NAMES["headline"].split("|") for line in top) or any(map(_OF_A_WORK.match, top)):
        return list(lines), []
    kept: list[str] = []
    dropped: list[Dropped] = []
    told = ended = False
    for line in _with_values(lines):
        bare = line.strip()
        ended = ended or (told and bool(_NOTES.fullmatch(bare)))
        if not told and (field := _FIELD.fullmatch(bare)):
            kept.append(f"{field['name']}: {field['value'] or ''}".strip())
            told = field["name"].lower() == "testo"
        elif told and (heading := _HEADINGS.fullmatch(bare)):
            kept += ["", heading["value"], ""]
        elif bare and (ended or _is_of_desk(bare, told=told, first=not kept)):
            dropped.append(Dropped(" ".join(bare.split()), "a desk's form"))
        else:
            kept.append(line)
            told = told or len(bare) >= _PROSE_CHARACTERS
    return kept, dropped


def _is_of_desk(line: str, *, told: bool, first: bool) -> bool:
    if told:
        return bool(_ASIDES.fullmatch(line) or _DOTTED.fullmatch(line))
    return first or bool(_OF_DESK.fullmatch(line))


def _named(line: str) -> str:
    field = _FIELD.fullmatch(line)
    return field["name"].lower() if field else ""


def _with_values(lines: Sequence[str]) -> list[str]:
    """Return the lines with what stands under a label set behind it."""
    found: list[str] = []
    label = ""
    for line in lines:
        bare = line.strip()
        if label and bare:
            found.append(f"{label}: {bare}")
            label = ""
        elif _ALONE.fullmatch(bare):
            label = bare.rstrip(" :")
        elif not label:
            found.append(line)
    return [*found, label] if label else found
