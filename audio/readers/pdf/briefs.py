"""A column of briefs along the edge of a newspaper's page: short pieces, one under the other, each with its title."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audio.readers.pdf.columns import Line
from audio.readers.pdf.ranks import SMALL

# Between the column and the rest of the page is so much, and it takes no more than this share of the page's width.
_GUTTER_EMS, _SHARE = 0.8, 0.34
# Two titles are crossheads; a title takes three lines at most, and a brief at least two.
_LEAST_BRIEFS, _TITLE_LINES, _LEAST_LINES = 3, 3, 2
_LARGE = 1.2
# Between a text and the briefs under it is so much, and more to a running head.
_GAP_EMS, _HEAD_EMS = 2.5, 4.0
_STOPS = ".!?…»”"
_MOST_OPENINGS = 8
# Edges are compared with lines; no printed page has so many.
_MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class Briefs:
    """The lines of the column from the top, and those of each title in it."""

    lines: tuple[Line, ...] = ()
    titles: tuple[tuple[Line, ...], ...] = ()


def briefs_of(lines: Sequence[Line], body: float) -> Briefs:
    """Return the column of briefs at the right or the left edge of a page, or at its lower end, if it has one."""
    set_full = [line for line in lines if line.size >= body * SMALL]
    if not set_full or len(set_full) > _MOST_LINES:
        return Briefs()
    for view in (set_full, list(map(_mirrored, set_full))):
        for edge in _edges(view, body):
            strip = sorted((n for n, line in enumerate(view) if line.x0 >= edge - body / 2), key=lambda n: view[n].y)
            for first in _openings([set_full[n] for n in strip], body):
                own = strip[first:]
                column = [set_full[n] for n in own]
                titles = _titles(column, body)
                elsewhere = {_look(line) for line in set(set_full).difference(column)}
                apart = titles and _look(titles[0][0]) not in elsewhere
                if apart and _is_clear(view, own, edge - body * _GUTTER_EMS):
                    return Briefs(tuple(column), tuple(titles))
    return Briefs()


def _mirrored(line: Line) -> Line:
    return replace(line, x0=-line.x1, x1=-line.x0)


def _edges(lines: Sequence[Line], body: float) -> Iterator[int]:
    """Yield where lines of text begin, from the right as far as the column right of there is narrow."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    text = Counter(round(line.x0) for line in lines if not _heads(_look(line), body))
    for edge, count in sorted(text.items(), reverse=True):
        if right - edge > _SHARE * (right - left):
            return
        if count > _LEAST_LINES:
            yield edge


def _openings(column: Sequence[Line], body: float) -> Iterator[int]:
    """Yield where briefs may open in a column: at its top, or under the end of a text or a running head far above."""
    tried = 0
    for n, line in enumerate(column):
        gap = (line.y - column[n - 1].y) / body if n else 0.0
        ends = n == 0 or (gap > _GAP_EMS and column[n - 1].text[-1] in _STOPS) or gap > _HEAD_EMS
        if ends and _heads(_look(line), body) and tried < _MOST_OPENINGS:
            tried += 1
            yield n


def _is_clear(view: Sequence[Line], own: Sequence[int], edge: float) -> bool:
    """Tell whether nothing beside a column reaches into it."""
    inside = set(own)
    top, bottom = min(view[n].y - view[n].size for n in own), max(view[n].y for n in own)
    return not any(line.x1 > edge for n, line in enumerate(view) if n not in inside and top <= line.y <= bottom)


def _titles(column: Sequence[Line], body: float) -> list[tuple[Line, ...]]:
    """Return the titles of a column that are set as most are; none where they are too few."""
    runs = [(set_as, list(run)) for set_as, run in itertools.groupby(column, key=_look)]
    heads = [
        (look, tuple(run))
        for (look, run), (below, text) in itertools.pairwise(runs)
        if _heads(look, body) and len(run) <= _TITLE_LINES and not _heads(below, body) and len(text) >= _LEAST_LINES
    ]
    if not heads:
        return []
    usual = Counter(look for look, _ in heads).most_common(1)[0][0]
    titles = [run for look, run in heads if look == usual]
    # Two that are larger than the text are as telling as three in bold.
    return titles if len(titles) >= _LEAST_BRIEFS - (usual[0] >= body * _LARGE) else []


def _look(line: Line) -> tuple[float, bool]:
    return line.size, line.bold


def _heads(look: tuple[float, bool], body: float) -> bool:
    return look[0] > body or look[1]
