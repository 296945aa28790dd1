"""The stories of a page, told apart before their columns are read: what stands under a signed title is of its story."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audio.readers.head import is_byline
from audio.readers.pdf.columns import Line

# So much larger than the text a title is set; its lines follow each other within so many times their size.
_TITLE, _LEADING = 1.4, 1.7
# Who wrote stands below the title or its summary, at most so many lines of text further down.
_SIGNED_EMS = 14.0
# Titles that begin side by side may be so many lines of text apart.
_SIDE_BY_SIDE_EMS = 6.0
# Columns are in line within an indent.
_INDENT_EMS = 1.2
# Lines are compared with titles; no printed page has so many.
_MOST_LINES = 2000
# A label stands right above the title.
_LABEL_EMS, _LABEL_WORDS = 4.0, 5


@dataclass(frozen=True, slots=True)
class _Title:
    """The lines of a title, and how far they reach on the page, in points from its top left corner."""

    lines: tuple[Line, ...]

    @property
    def top(self) -> float:
        return self.lines[0].y - self.lines[0].size

    def stands_over(self, line: Line) -> bool:
        """Tell whether a line is below the top of the title and shares at least one em of its width."""
        left, right = min(one.x0 for one in self.lines), max(one.x1 for one in self.lines)
        return line.y > self.top and min(right, line.x1) - max(left, line.x0) > line.size


def stories_of(lines: Sequence[Line], body: float) -> list[list[Line]]:
    """Return the lines of a page by the stories they are of, from the top; all as one where fewer than two are signed.

    A line belongs to the nearest title above it. What no title reaches stands before the stories, unless it is beside
    the text of the largest title, which is then only shorter than its page.
    """
    if len(lines) > _MOST_LINES:
        return [list(lines)]
    titles = _in_order([title for title in _titles(lines, body) if _is_signed(title, lines, body)], body)
    if len(titles) < 2:  # noqa: PLR2004 - one story
        return [list(lines)]
    largest = max(titles, key=lambda title: title.lines[0].size)
    main = largest if largest is titles[0] else None
    stories: dict[int, list[Line]] = {number: [] for number in range(-1, len(titles))}
    lower = min(title.top for title in titles[1:])
    edges = {round(one.x0) for one in lines if one.size == body and one.y < lower}
    for line in lines:
        over = [number for number, title in enumerate(titles) if title.stands_over(line)]
        label = [number for number, title in enumerate(titles) if _is_label(line, title, body)]
        nearest = max(over, key=lambda number: titles[number].top, default=0 if main and line.y > main.top else -1)
        # A column that is not in line with those above stands beside the one on its left, under a title too short.
        if nearest < 1 and not any(abs(line.x0 - edge) <= body * _INDENT_EMS for edge in edges):
            left = (n for n, title in enumerate(titles) if title.top < line.y and title.lines[0].x0 < line.x0)
            nearest = max(left, key=lambda number: titles[number].top, default=nearest)
        stories[label[-1] if label else nearest].append(line)
    return [story for story in stories.values() if story]


def _titles(lines: Sequence[Line], body: float) -> list[_Title]:
    """Return the large lines by the titles they make, from the top."""
    blocks: list[list[Line]] = []
    for line in sorted((one for one in lines if one.size >= body * _TITLE), key=lambda one: (one.y, one.x0)):
        above = next((block for block in blocks if _goes_on(block[-1], line)), None)
        if above:
            above.append(line)
        else:
            blocks.append([line])
    return [_Title(tuple(block)) for block in blocks]


def _in_order(titles: Sequence[_Title], body: float) -> list[_Title]:
    """Return titles from the top, those that begin side by side from the left."""
    rows: list[list[_Title]] = []
    for title in titles:
        if (
            rows
            and title.top - rows[-1][0].top < body * _SIDE_BY_SIDE_EMS
            and not rows[-1][0].stands_over(title.lines[0])
        ):
            rows[-1].append(title)
        else:
            rows.append([title])
    return [title for row in rows for title in sorted(row, key=lambda one: one.lines[0].x0)]


def _goes_on(above: Line, line: Line) -> bool:
    near = 0 < line.y - above.y < line.size * _LEADING
    return near and abs(line.size - above.size) < line.size * 0.05 and _overlap(above, line)


def _overlap(one: Line, other: Line) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1


def _is_signed(title: _Title, lines: Sequence[Line], body: float) -> bool:
    end = title.lines[-1].y
    return any(
        end < line.y < end + body * _SIGNED_EMS and title.stands_over(line) and is_byline(line.text) for line in lines
    )


def _is_label(line: Line, title: _Title, body: float) -> bool:
    """Tell whether a line is the label over a title, in capitals."""
    near = -line.size < title.top - line.y < body * _LABEL_EMS and _overlap(title.lines[0], line)
    return near and line.text.isupper() and len(line.text.split()) <= _LABEL_WORDS
