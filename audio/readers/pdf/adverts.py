"""Advertisements on a page: what stands under the label that the law asks for, or under a name in large capitals."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from audio.readers.furniture import reason_by_form
from audio.readers.pdf.columns import Line
from audio.readers.pdf.stories import Title, is_text

# A name so many times as large as the text is no heading of it.
_POSTER = 1.8
# In a box lines stand far apart; its lines are in line with the label, or centred as it is.
_GAP_EMS, _CENTRED_EMS = 8.0, 2.0
# Where so many lines of text begin is the edge of a column.
_EDGE_LINES = 3


def advertised(lines: Sequence[Line], body: float) -> set[Line]:
    """Return the lines of a page that are of an advertisement, but for its label, which says so itself."""
    labels = {line for line in lines if line.size < body and reason_by_form(line.text) == "an advertisement"}
    # Under the last line of text a label may stand at the edge of the page, over what is as wide as the page.
    foot = max((line.y for line in lines if is_text(line, body)), default=math.inf)
    last = {line for label in labels if label.y > foot for line in lines if line.y > label.y}
    return _under_any(labels, lines, body) | last


def posters_of(lines: Sequence[Line], titles: Sequence[Title], body: float) -> set[Line]:
    """Return what is set in large capitals among the stories of a page and heads none of them, and what is under it."""
    top = min((title.top for title in titles), default=math.inf)
    heads = {line for title in titles for line in title.lines}
    large = (line for line in lines if line.size >= body * _POSTER and line.y > top and line not in heads)
    names = {line for line in large if line.text.isupper() and len(line.text) > 1}
    return names | (_under_any(names, lines, body) - heads)


def _under_any(labels: AbstractSet[Line], lines: Sequence[Line], body: float) -> set[Line]:
    edges = Counter(round(line.x0) for line in lines if line.size == body) if labels else Counter[int]()
    return {line for label in labels for line in _under(label, lines, edges, body)}


def _under(label: Line, lines: Sequence[Line], edges: Counter[int], body: float) -> Iterator[Line]:
    above = label.y
    for line in sorted(lines, key=lambda one: one.y):
        if line.y <= label.y or not _is_in_line(line, label, body):
            continue
        text = is_text(line, body) and edges[round(line.x0)] >= _EDGE_LINES
        if text or line.y - above > body * _GAP_EMS:
            return
        above = line.y
        yield line


def _is_in_line(line: Line, label: Line, body: float) -> bool:
    centred = abs(line.x0 + line.x1 - label.x0 - label.x1) < 2 * body * _CENTRED_EMS
    return centred or line.x0 >= label.x0 - body
