"""The lines of a page in reading order: bands of columns from the top, each column from its left."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# A gutter is at least this wide, and columns are at least so wide and deep; less is a list or a table.
_GUTTER_EMS, _COLUMN_EMS, _COLUMN_ROWS = 0.8, 8.0, 2
# One column may begin this many rows above the other, as under a picture.
_OPENING_ROWS = 14
# Beyond this the search for columns, which compares rows with rows, would take seconds; no printed page has so many.
_MOST_ROWS = 400


@dataclass(frozen=True, slots=True)
class Line:
    """A run of text on one baseline: ``x0`` to ``x1``, baseline at ``y``, type size, all in points; pages from 0."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool
    page: int
    slanted: bool = False


def columns_of(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines of a page column by column, bands of columns from the top."""
    rows = _rows(lines)
    if len(rows) > _MOST_ROWS:
        yield [line for row in rows for line in row]
        return
    at = 0
    plain: list[Line] = []
    while at < len(rows):
        band, cut = _band(rows[at:])
        if cut is None:
            plain.extend(rows[at])
            at += 1
            continue
        if plain:
            yield plain
            plain = []
        lines = [line for row in rows[at : at + band] for line in row]
        yield from columns_of([line for line in lines if line.x1 <= cut])
        yield from columns_of([line for line in lines if line.x1 > cut])
        at += band
    if plain:
        yield plain


def _band(rows: Sequence[Sequence[Line]]) -> tuple[int, float | None]:
    """Return how many rows from the first on share a gutter, and where its left edge is; (0, None) where none do."""
    whole = _gutter(rows)
    if whole is not None:
        # Under a picture one column may begin far below another.
        return len(rows), whole
    found: tuple[int, float | None] = (0, None)
    for count in range(2, len(rows) + 1):
        cut = _gutter(rows[:count])
        if cut is not None:
            found = count, cut
        elif found[1] is not None or count > _OPENING_ROWS:
            break
    return found


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Group lines whose baselines overlap, from the top; within a row from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda one: (one.y, one.x0)):
        if rows and abs(rows[-1][0].y - line.y) < max(line.size, rows[-1][0].size) * 0.4:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [sorted(row, key=lambda one: one.x0) for row in rows]


def _gutter(rows: Sequence[Sequence[Line]]) -> float | None:
    """Return where a gutter runs down through all rows, with a column of text on either side; None without one."""
    spans = sorted((line.x0, line.x1, line.size) for row in rows for line in row)
    reach = spans[0][1]
    left, right, size = spans[0][0], max(end for _, end, _ in spans), statistics.median(s for _, _, s in spans)
    for start, end, _ in spans[1:]:
        if start - reach >= _GUTTER_EMS * size and min(reach - left, right - start) >= _COLUMN_EMS * size:
            sides = [sum(any((line.x1 <= reach) is side for line in row) for row in rows) for side in (True, False)]
            if min(sides) >= _COLUMN_ROWS:
                return reach
        reach = max(reach, end)
    return None
