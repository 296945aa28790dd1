"""Heads and feet that run through a document: what stands in the margins of its pages and is no text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audio.readers.dateline import MONTHS
from audio.readers.pdf.columns import Line
from audio.readers.pdf.ranks import SMALL

# The share of a page's height that is its head or its foot.
_MARGIN = 0.085
_REPEATED_PAGES = 2
_PAGE_NUMBER = re.compile(r"^\W*(?:pag(?:ina|\.)?\s*)?\d{1,4}(?:\s*(?:/|di)\s*\d{1,4})?\W*$", re.IGNORECASE)
_NUMBERED_PAGE = re.compile(r"\bpag(?:ina|\.)\s*\d", re.IGNORECASE)
# A magazine's name and its month; before the month of a dateline stands the day.
_ISSUE = re.compile(rf"(?:^|[^\d°\s]\s*)(?:{'|'.join(MONTHS)})\s+\d{{4}}\W*$", re.IGNORECASE)


def running_lines(lines: Sequence[Line], heights: Sequence[float], body: float) -> set[Line]:
    """Return the lines in the margins that are set small, are the same on several pages, number one, or name an issue.

    ``heights``: those of the pages; ``body``: the size that most letters are set in.
    """
    margins = [line for line in lines if _in_margin(line, heights[line.page])]
    seen: dict[str, set[int]] = {}
    for line in margins:
        seen.setdefault(_without_figures(line.text), set()).add(line.page)
    return {
        line
        for line in margins
        if _PAGE_NUMBER.match(line.text)
        or len(seen[_without_figures(line.text)]) >= _REPEATED_PAGES
        or line.size <= body * SMALL
        or (line.size < body and (_NUMBERED_PAGE.search(line.text) or _ISSUE.search(line.text)))
    }


def _in_margin(line: Line, height: float) -> bool:
    return line.y < height * _MARGIN or line.y > height * (1 - _MARGIN)


def _without_figures(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())
