"""A desk's form around an article: labels with what they name behind a colon, or on the next line.

Archives and editorial systems write one ("TITOLO : …", "INTERTITOLO" over a heading). Here each field gets one line
in the form that ``form`` reads, and what is only the desk's is split off.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audio.model import Dropped
from audio.readers.form import NAMES
from audio.readers.lines import is_item

# "Di:" and the like stand in no archive's form.
_OF_ARTICLE = "|".join(
    [*(NAMES[part] for part in ("kicker", "headline", "standfirst", "dateline")), "autore|autrice|firma"]
)
_HEADING = "(?:intertitolo|titoletto)(?: \\d{1,2})?"
_ASIDE = "(?:didascali[ae]|dida|richiamo(?: in prima)?|foto|occhio|box|scheda)(?: foto)?(?: \\d{1,2})?"
# "TITOLO (2 righe, al massimo 48 battute)", "TESTO da 40 righe".
_MEASURE = r"(?: ?\([^()]{1,40}\)| d[ai] \d{1,5} (?:righe|battute))?"
_FIELD = re.compile(
    rf"(?P<name>{_OF_ARTICLE}|testo)(?: propost[oa]| del pezzo| dell['’]articolo| in pagina)?{_MEASURE}[\s.]*"
    r"(?::\s*(?P<value>.*)|$)",
    re.IGNORECASE,
)
_HEADINGS = re.compile(rf"{_HEADING}\s*:\s*(?P<value>.*)", re.IGNORECASE)
_ASIDES = re.compile(rf"{_ASIDE}\s*:.*", re.IGNORECASE)
_ALONE = re.compile(
    rf"(?P<name>(?:{_OF_ARTICLE})(?: propost[oa]| in pagina)?|{_HEADING}|{_ASIDE}){_MEASURE}\s*:?", re.IGNORECASE
)
# As whom somebody is known to the desk's machine ("a.melillo").
_LOGIN = re.compile(r"[a-z]+[._]?[a-z\d]+")
# The values of these may take several lines.
_LONG = re.compile("|".join(NAMES[part] for part in ("kicker", "headline", "standfirst")), re.IGNORECASE)
# Any other word in capitals before a colon is the desk's ("PAGINA : 17").
_OF_DESK = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ' ]{1,24}[\s.]*:.{0,120}")
_DOTTED = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ' ]{1,24}(?:\s?\.{2,}|\s+)\s?:.{0,160}")
# What a collaborator writes to the desk below the text.
_NOTES = re.compile(
    r"(?:note|nb|n\.b\.|per (?:il desk|la redazione))\s*:.*|note per (?:chi|il|la) .{2,40}"
    r"|\W*fine(?: (?:testo|documento|pezzo))?\W*",
    re.IGNORECASE,
)
# Titles from which the desk may choose stand below, in a list.
_OFFERED = re.compile(
    r"(?:altr[eai] )?(?:idee|idea|proposte|ipotesi|opzioni|alternative)(?: alternative)? (?:di|per il|al) titol[oi]\W*"
    r"|titoli (?:alternativi|possibili)\W*",
    re.IGNORECASE,
)
# What a review says of a book, a film or a play.
_OF_A_WORK = re.compile(
    r"(?:editore|casa editrice|pagine|prezzo|isbn|regia|cast|interpreti|durata|genere|anno|traduzione|artista|etichetta"
    r"|voto|sceneggiatura)\s*(?::|$)",
    re.IGNORECASE,
)
# "HD   La latteria che vendette se stessa", as press databases write.
_CODE = re.compile(
    r"(?P<code>SE|HD|BY|WC|PD|ET|SN|SC|ED|PG|LA|CY|LP|TD|CO|IN|NS|RE|PUB|AN|CR|RF|IPD)(?:\s+(?P<value>.*))?"
)
_LABELS = {"HD": "TITOLO", "BY": "AUTORE", "LP": "TESTO"}
# Fields stand above the text, twenty lines at most.
_TOP_LINES = 20
_PROSE_CHARACTERS = 120


def take_fields(lines: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """Split the lines of a text with a desk's form into those of its article and those of the desk.

    A text that labels no title is returned as it is.
    """
    lines = _with_title(_spelled_out(lines))
    top = [line.strip() for line in lines if line.strip()][:_TOP_LINES]
    if not any(_named(line) in NAMES["headline"].split("|") for line in top) or any(map(_OF_A_WORK.match, top)):
        return list(lines), []
    kept: list[str] = []
    dropped: list[Dropped] = []
    told = ended = offers = False
    for line in _with_values(lines):
        bare = line.strip()
        offers = bool(_OFFERED.fullmatch(bare)) or (offers and (not bare or is_item(bare)))
        if offers:
            dropped.extend([Dropped(bare, "a desk's note")] if bare else [])
            continue
        ended = ended or (told and bool(_NOTES.fullmatch(bare)))
        field = None if told else _FIELD.fullmatch(bare)
        if field and _LOGIN.fullmatch(field["value"] or ""):
            dropped.append(Dropped(bare, "a desk's form"))
        elif field:
            kept.append(f"{field['name']}: {field['value'] or ''}".strip())
            told = field["name"].lower() == "testo"
        elif heading := _HEADINGS.fullmatch(bare):
            kept += ["", heading["value"], ""]
        elif bare and (ended or _is_of_desk(bare, told=told, first=not any(map(str.strip, kept)))):
            dropped.append(Dropped(" ".join(bare.split()), "a desk's form"))
        else:
            kept.append(line)
            told = told or len(bare) >= _PROSE_CHARACTERS
    return kept, dropped


def _with_title(lines: Sequence[str]) -> list[str]:
    """Return lines with a label before the bare title that stands between a labelled kicker and a labelled summary."""
    filled = [n for n, line in enumerate(lines) if line.strip()][:_TOP_LINES]
    near = zip(filled, filled[1:], filled[2:], strict=False)
    parts = {part: NAMES[part].split("|") for part in ("kicker", "headline", "standfirst")}
    names = {n: _named(lines[n].strip()) for n in filled}
    bare = [
        n
        for above, n, below in near
        if names[above] in parts["kicker"] and not names[n] and names[below] in parts["standfirst"]
    ]
    titled = any(name in parts["headline"] for name in names.values())
    return [f"Titolo: {line.strip()}" if n in bare and not titled else line for n, line in enumerate(lines)]


def _spelled_out(lines: Sequence[str]) -> list[str]:
    """Return lines with the codes of a press database as labels, where it says what is headline and what text."""
    found = [_CODE.fullmatch(line) for line in lines]
    codes = {code["code"] for code in found if code}
    if not ("HD" in codes and codes & {"LP", "TD"}):
        return list(lines)
    # The text is in two parts, its first paragraph and the rest.
    labels = _LABELS if "LP" in codes else {**_LABELS, "TD": "TESTO"}
    parts = [(labels.get(code["code"], code["code"]), code["value"] or "") if code else None for code in found]
    return [
        line if part is None else part[1] if part[0] == "TD" else f"{part[0]}: {part[1]}".strip()
        for line, part in zip(lines, parts, strict=True)
    ]


def _is_of_desk(line: str, *, told: bool, first: bool) -> bool:
    if told:
        return bool(_ASIDES.fullmatch(line) or _DOTTED.fullmatch(line))
    return first or bool(_OF_DESK.fullmatch(line))


def _named(line: str) -> str:
    field = _FIELD.fullmatch(line)
    return field["name"].lower() if field else ""


def _with_values(lines: Sequence[str]) -> list[str]:
    """Return the lines with what stands under a label set behind it: one line, or of a title all to the blank one."""
    found: list[str] = []
    label = ""
    goes_on = False
    for line in lines:
        bare = line.strip()
        if label and bare:
            found.append(f"{label}: {bare}")
            goes_on = bool(_LONG.fullmatch(label))
            label = ""
        elif alone := _ALONE.fullmatch(bare):
            label = alone["name"]
        elif goes_on and bare and len(bare) < _PROSE_CHARACTERS and not (_named(bare) or _OF_DESK.fullmatch(bare)):
            found[-1] += f" {bare}"
        elif not label:
            found.append(line)
            goes_on = False
    return [*found, label] if label else found
