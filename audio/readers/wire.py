"""Agency copy as it leaves the wire: service lines, sign-offs, take numbers and time stamps, none of which is read.

The forms are those of ANSA, AGI, Adnkronos, askanews, Italpress, LaPresse, DIRE, Nova, 9Colonne, Radiocor and MF.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audio.model import Dropped
from audio.readers.dateline import AGENCIES, MONTH_STEMS, agency_of, take_opening

_DESK = "CRO|POL|ECO|EST|SPO|SPR|SPE|SPT|SPC|CUL|INT|ITA|REG|FIN|BOR|SAL|AMB|CLT|GEN|INS|PRI|SOC|TEC|MOT"
_STAMP = rf"\d{{1,2}}[-/ ](?:(?i:{MONTH_STEMS})|\d{{2}})[-/ ]\d{{2,4}},?\s+\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?"
_SERVICE = tuple(
    re.compile(pattern)
    for pattern in (
        r"ZCZC.{0,60}",
        r"(?:.{0,60}\s)?N{4}",
        r"[A-Z][A-Z0-9-]{2,30} [vV]\d{1,2}",
        r"(?:AGGIORNA|SOSTITUISCE|CORREGGE|ANNULLA|RIPETE)(?: E (?:AGGIORNA|SOSTITUISCE|CORREGGE))?(?: (?:IL|LA) PRECEDENTE)?",
        r"[A-Z0-9]{2,12}(?:_[A-Z0-9]{2,12}){1,4}|[A-Z]{3} [A-Z]\d[A-Z](?: [A-Z]{3}){1,2}",
        rf"[RUBFP] (?:{_DESK}) [A-Z0-9 ]{{1,30}}",
        r"(?=\d{0,4}[A-Z])[A-Z0-9]{2,5}\d{3,8}(?: \d)? [A-Z]{3}\b[A-Z0-9 /._-]{0,80}|[A-Z]{3,4}\d{3,5}\b(?! ?[A-Z]{4})[A-Z0-9 /._-]{0,80}",
        r"[A-Z]{2,4}\d{3,5} \d [a-z.]{2,8} \d\b[A-Z0-9 ]{0,40}|\d [a-z]{3} [a-z]{2}\d{2} [A-Z]{4}",
        r"\(END\).{0,60}",
        r"(?:[A-Za-z]{2,5}\d{0,2}(?:/[A-Za-z]{2,9}\d{0,2}){0,4} )?\d{8}T\d{6}Z",
        r"\([^()]{3,60}, (?:editing|in redazione|versione italiana)\b[^()]{0,60}\)|\(\([^()]{0,120}\)\)",
        r"(?:Jan|Febr|March|April|May|June|July|Aug|Sept|Oct|Nov|Dec)[a-z]* \d{1,2}, \d{4},? \d{1,2}:\d{2}\b.{0,40}",
        r"={1,3}\s*(?:SCHEDA|FOCUS|PUNTO|ANALISI|INTERVISTA|RPT|ERRATA CORRIGE|FLASH)\s*={1,3}",
        r"\d{4} [A-Z][A-Z0-9 -]{3,30} (?:si|no)",
        r"ISSN\s?\d{4}\s?-\s?\d{3}[\dX]",
        rf"{_STAMP}(?:\s.{{0,40}})?",
        rf"(?:[A-Z]{{2,4}})?\d{{6}} (?i:{MONTH_STEMS}) \d{{2}}(?: NNNN)?",
        rf"\d{{4}}:\d{{2}} (?i:{MONTH_STEMS}) \d{{4}}",
        r"\d{1,2}:\d{2} \d{2}-\d{2}-\d{2,4}",
        rf"(?:{_DESK})(?: [A-Z0-9]{{2,5}}){{0,3}} [a-z]{{2,4}}(?:/[a-z]{{2,4}}){{1,3}}(?: \d{{6}}.{{0,20}})?|(?:{_DESK}) [A-Z]{{2}}\d{{2}}(?: [a-z/]{{2,12}}){{0,2}}",
        rf"\((?i:{AGENCIES})\)\.?(?:\s?{_STAMP}.{{0,30}})?",
        r"\([A-Z][A-Z0-9]{2,11}\)\.?|(?:\(fine\) )?\([a-z]{2,5}\)(?: \d{6} [A-Z]{3} \d{2})?",
        r"MF NEWSWIRES\b.{0,60}",
        r"\([A-Za-z]{2,5}\d?\s?(?:/\s?[A-Za-z]{2,9}\d?){1,4}(?: [A-Z][a-z]+)?\)\.?",
        r"(?:[A-Z0-9]{2,5}[-/]\s?)?[A-Z]\d[A-Z] Q[A-Z0-9]{3}",
        r"\((?i:ripetizione|correzione|errata|corretta|annullamento|attenzione)[^()]{0,60}\)",
        r"\([vV](?:\.|edi) .{1,90}\b(?:del(?:le)?|di)(?: ore)? \d{1,2}[.:]\d{2}\)",
        r"\((?i:segue|fine|continua)\)\.?|\((?:[A-Za-z]\.\s?){2,3}\)|\([a-z]{1,3}\.[a-z]{1,4}\.?\)",
        r"=\s*\(?\d?\)?|-\s?\d{1,2}\s?-",
    )
)
# Only at the foot of a take do these mean anything: initials ("fch", "sim-", "Rgl/Int2") and codes ("XCS-BRN").
_FOOT = re.compile(
    r"[a-z]{2,4}(?:-[a-z]{2,4}){0,2}-?|\([A-Za-z]{2,4}\)\.?|(?!INFO)[A-Z]{2,4}|[A-Z0-9]{2,5}-[A-Z0-9]{2,5}(?:/[A-Z]{2,5})?|(?:[A-Za-z]{2,5}\d?(?:/[A-Za-z]{2,9}\d?){1,4}\.?)(?:\s?\((?i:segue|continua|fine)\))?"
)
_TAILS = (
    re.compile(
        rf"\s*\((?i:{AGENCIES})\)\.?\s?(?:[A-Za-z]{{2,5}}\d?(?:/[A-Za-z0-9]{{2,6}}){{0,3}})?(?:\s*\((?i:segue|continua|fine)\)\.?)?$"
    ),
    re.compile(
        rf"(?<=[.!?”»\"])\s+(?:{_DESK}) [A-Z]{{2}}\d{{2}} [a-z]{{2,4}}(?:/[a-z]{{2,4}}){{0,2}}(?: \d{{6}} [A-Z]{{3}} \d{{2}})?$"
    ),
    re.compile(r"(?<=[.!?”»\"])\s+[A-Z]{2,5}(?:/[A-Za-z]{2,5}){1,3}$"),
    re.compile(
        r"(?<=[.!?”»\"])\s*\((?:[A-Z][a-z]{2}(?:/[A-Z][a-z]{1,9})*|[A-Z][a-z]{1,3}/[A-Za-z]{2,10}|[A-Z]{2,12}(?: [A-Z]{2,12}){0,2}|[A-Z][a-z]+[A-Z]\w{1,12})\)\.?$"
    ),
)
# After a title: an equals sign, the number of the take, or that it goes on.
_TITLE_HEAD = re.compile(
    r"(?:(?:RPT|ERRATA CORRIGE|CORREZIONE|RTRS)\s?[,:–-]\s*|\d{4}E\d{4}\s+(?:\([A-Z]{2,4}\)\s*)?)?(?:={1,3}\s?[A-Z' ]{3,20}\s?={1,3}\s*)?(?:[>+*#=]{1,5}\s*)?(?:ANSA(?:-[A-Z]{2,12})?/\s*|LP[A-Z]-)?(?=\S)"
)
_TITLE_TAIL = re.compile(
    r"(?:\s*[+*]{2,5})?\s*(?:=\s*(?:\(\d\))?|\(\d\)(?:\s*=)?|-\s?\d{1,2}\s?-|\((?i:segue|rpt|correzione|errata|corretta)\)|\+{2,5}|\*{2,5})\s*$"
)
# The title stands near the top; above it stand codes, which have figures.
_TITLE_WITHIN, _TITLE_LINE = 8, re.compile(r"^\s*(?:[A-ZÀ-Þ'’]{2,} ?){2,}|[a-zà-ÿA-ZÀ-Þ]{4,}.* [A-ZÀ-Þ]{3,}")
_TITLE_WORDS = 4
_LONGEST_TAIL = 60
_BRACKETED = re.compile(r"\([A-ZÀ-Þ][^()]{1,40}\)\s*[–—-]+\s+(?=\S)")


def is_service(line: str) -> bool:
    """Tell whether a whole line is for the machines and desks of an agency."""
    return len(line) <= 2 * _LONGEST_TAIL and any(pattern.fullmatch(line) for pattern in _SERVICE)


def is_foot(line: str) -> bool:
    """Tell whether a line could be initials or a code, were it at the foot of a take."""
    return bool(_FOOT.fullmatch(line))


def trim(line: str) -> tuple[str, str]:
    """Split a paragraph from the sign-off at its end.

    >>> trim("La strada è riaperta. (AGI)RMZ/SIM")
    ('La strada è riaperta.', '(AGI)RMZ/SIM')
    """
    return _cut(line, _TAILS)


def trim_title(line: str) -> tuple[str, str]:
    """Split a title from the marks of its take.

    >>> trim_title("Frana sulla statale (2)")
    ('Frana sulla statale', '(2)')
    """
    title, mark = _cut(line, (_TITLE_TAIL,))
    urgency = _TITLE_HEAD.match(title)
    return (title[urgency.end() :], f"{urgency[0]} {mark}".strip()) if urgency else (title, mark)


def join_title(lines: Sequence[str]) -> list[str]:
    """Return lines with the title that ends in "=" in one, as Adnkronos breaks it over several in capitals."""
    filled = [n for n, line in enumerate(lines) if line.strip()][:_TITLE_WITHIN]
    end = next((n for n in filled if lines[n].rstrip().endswith(" =") and lines[n].isupper()), 0)
    first = end
    while first and lines[first - 1].strip() and lines[first - 1].isupper() and _TITLE_LINE.search(lines[first - 1]):
        first -= 1
    return [*lines[:first], " ".join(line.strip() for line in lines[first : end + 1]), *lines[end + 1 :]]


def title_in(lines: Sequence[str]) -> str | None:
    """Return the line near the top that is an agency's title: it ends in "=", or is the first above the take."""
    take = next((n for n, line in enumerate(lines[:_TITLE_WITHIN]) if agency_of(line)), 0)
    first = next((line for line in lines[:take] if len(line.split()) >= _TITLE_WORDS), None)
    return next((line for line in lines[:_TITLE_WITHIN] if line.endswith(" =")), first)


def join_takes(body: Sequence[str], headline: str | None) -> tuple[list[str], list[Dropped]]:
    """Return the paragraphs of a story that came in several takes, without the title and opening of all but the first."""
    kept: list[str] = []
    dropped: list[Dropped] = []
    again = False
    for paragraph in body:
        title, mark = trim_title(paragraph)
        opening, text = take_opening(paragraph) if kept else ("", paragraph)
        if again and not opening and (found := _BRACKETED.match(paragraph)):
            # Right under a title that is said again, any name in brackets is the agency's.
            opening, text = found[0].strip(), paragraph[found.end() :]
        again = False
        if mark and title == headline:
            dropped.append(Dropped(paragraph, "the title of another take"))
            again = True
            continue
        if opening:
            dropped.append(Dropped(opening, "the opening of another take"))
        kept.append(text)
    return kept, dropped


def _cut(line: str, tails: tuple[re.Pattern[str], ...]) -> tuple[str, str]:
    for tail in tails:
        found = tail.search(line, max(0, len(line) - _LONGEST_TAIL))
        if found and found.start() > 0:
            return line[: found.start()].rstrip(), line[found.start() :].strip()
    return line, ""
