"""Datelines: the place and date an Italian report opens with, in the forms that papers and agencies use.

Place and date go to the article's ``dateline``; what cannot be recognised stays in the text, where nothing is lost.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

MONTHS = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
_AGENCY = "ANSA|AGI|ADNKRONOS|Adnkronos|askanews|ASKANEWS|ITALPRESS|Italpress|LAPRESSE|LaPresse|DIRE|Reuters|AFP|AP"
_MONTH = "|".join(f"{m[:3]}(?:{m[3:]}|t)?" if m == "settembre" else f"{m[:3]}(?:{m[3:]})?" for m in MONTHS)
_DATE = rf"(?:\d{{1,2}}|1[°º])\s+(?i:{_MONTH})\.?(?:\s+\d{{4}})?"
_CAPITAL = "A-ZÀ-ÖØ-Þ"
# Up to four capitalised words, joined by the small words of Italian place names; a province in brackets.
_PLACE = (
    rf"[{_CAPITAL}][\w'’.-]*(?:[ /-](?:[{_CAPITAL}][\w'’.-]*|d[aei]l?l?a?|in|sul?l?|di|a|al)){{0,4}}"
    r"(?: \([A-Za-z]{2,20}\))?"
)
_DASH = r"\s*[–—-]+\s+"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"\((?:{_AGENCY})\){_DASH}(?P<place>{_PLACE}),\s+(?P<date>{_DATE}){_DASH}",
        rf"(?P<place>{_PLACE}),\s+(?P<date>{_DATE})\s+\((?:{_AGENCY})\){_DASH}",
        rf"(?P<place>{_PLACE}),\s+(?P<date>{_DATE}){_DASH}",
        rf"(?P<place>{_PLACE})\s+\((?:{_AGENCY})\){_DASH}",
        rf"(?P<place>[{_CAPITAL}]{{3,}}(?:[ '’-][{_CAPITAL}]{{2,}}){{0,3}}(?: \([A-Za-z]{{2,20}}\))?)\s+[–—-]\s+",
    )
)
# No dateline is longer; the bound keeps the search linear on hostile lines.
_LONGEST = 120


@dataclass(frozen=True, slots=True)
class Dateline:
    """``text`` as it is said ("Bruxelles, 6 novembre 2025"), ``published`` as ISO date where the year is there."""

    text: str
    published: str | None


def take_dateline(paragraph: str) -> tuple[Dateline | None, str]:
    """Split a paragraph into its dateline, if it opens with one, and the rest.

    >>> take_dateline("SIENA - Il Palio si corre.")[1]
    'Il Palio si corre.'
    """
    head = paragraph[:_LONGEST]
    for form in _FORMS:
        found = form.match(head)
        if found and paragraph[found.end() :].strip():
            parts = found.groupdict()
            place = parts["place"].title() if parts["place"].isupper() else parts["place"]
            date = parts.get("date")
            return Dateline(f"{place}, {date}" if date else place, _iso(date)), paragraph[found.end() :].lstrip()
    return None, paragraph


def _iso(date: str | None) -> str | None:
    parts = re.fullmatch(r"(\d{1,2})[°º]?\s+(\w{3})\w*\.?\s+(\d{4})", date or "")
    if not parts:
        return None
    month = [m[:3] for m in MONTHS].index(parts[2].lower()) + 1
    day = int(parts[1])
    # The 31st of February is somebody's slip: it stays text and becomes no date.
    longest = 29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31  # noqa: PLR2004
    return f"{parts[3]}-{month:02}-{day:02}" if 1 <= day <= longest else None
