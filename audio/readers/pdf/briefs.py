"""A column of briefs along the edge of a newspaper's page: short pieces, one under the other, each with its title."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio.readers.pdf.columns import Line

# Between the column and the rest of the page is so much, and it takes no more than this share of the page's width.
_GUTTER_EMS, _SHARE = 0.8, 0.34
# Two titles are crossheads; a title takes three lines at most, and a brief at least two.
_LEAST_BRIEFS, _TITLE_LINES, _LEAST_LINES = 3, 3, 2
# A running head stands this far above, in so many lines at most.
_HEAD_LINES, _HEAD_EMS = 2, 4.0
# What is smaller is a caption, or the label of an advertisement.
_SMALL = 0.86
# Edges are compared with lines; no printed page has so many.
_MOST_LINES = 2000


@dataclass(frozen=True, slots=True)
class Briefs:
    """The lines of the column from the top, and those of each title in it."""

    lines: tuple[Line, ...] = ()
    titles: tuple[tuple[Line, ...], ...] = ()


def briefs_of(lines: Sequence[Line], body: float) -> Briefs:
    """Return the column of briefs at the right or the left edge of a page, if it has one."""
    set_full = [line for line in lines if line.size >= body * _SMALL]
    if not set_full or len(set_full) > _MOST_LINES:
        return Briefs()
    for strip in (*_strips(set_full, body), *_strips(list(map(_mirrored, set_full)), body)):
        column = _below_head(sorted((set_full[n] for n in strip), key=lambda line: line.y), body)
        titles = _titles(column, body)
        elsewhere = {_look(line) for line in set(set_full).difference(column)}
        if len(titles) >= _LEAST_BRIEFS and _look(titles[0][0]) not in elsewhere:
            return Briefs(tuple(column), tuple(titles))
    return Briefs()


def _mirrored(line: Line) -> Line:
    return Line(line.text, -line.x1, -line.x0, line.y, line.size, line.bold, line.page, line.slanted)


def _strips(lines: Sequence[Line], body: float) -> Iterator[list[int]]:
    """Yield the numbers of what stands right of an edge, over which nothing beside it reaches, while it is narrow."""
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    text = Counter(round(line.x0) for line in lines if not _heads(_look(line), body))
    for edge, count in sorted(text.items(), reverse=True):
        if right - edge > _SHARE * (right - left):
            return
        if count <= _LEAST_BRIEFS:
            continue
        strip = [n for n, line in enumerate(lines) if line.x0 >= edge - body / 2]
        top, bottom = min(lines[n].y - lines[n].size for n in strip), max(lines[n].y for n in strip)
        beside = [line for line in lines if line.x0 < edge - body / 2 and top <= line.y <= bottom]
        if not any(line.x1 > edge - body * _GUTTER_EMS for line in beside):
            yield strip


def _below_head(column: list[Line], body: float) -> list[Line]:
    """Return a column without the running head far above it."""
    first = next((n for n, line in enumerate(column) if _heads(_look(line), body)), 0)
    far = 0 < first <= _HEAD_LINES and column[first].y - column[first - 1].y > body * _HEAD_EMS
    return column[first:] if far else column


def _titles(column: Sequence[Line], body: float) -> list[tuple[Line, ...]]:
    """Return the titles of a column that are set as most are; none where it opens in the midst of a text."""
    runs = [(set_as, list(run)) for set_as, run in itertools.groupby(column, key=_look)]
    heads = [
        (look, tuple(run))
        for (look, run), (below, text) in itertools.pairwise(runs)
        if _heads(look, body) and len(run) <= _TITLE_LINES and not _heads(below, body) and len(text) >= _LEAST_LINES
    ]
    if not heads or not _heads(runs[0][0], body):
        return []
    usual = Counter(look for look, _ in heads).most_common(1)[0][0]
    return [run for look, run in heads if look == usual]


def _look(line: Line) -> tuple[float, bool]:
    return line.size, line.bold


def _heads(look: tuple[float, bool], body: float) -> bool:
    return look[0] > body or look[1]
