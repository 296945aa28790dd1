"""The stories of a page, told apart before their columns are read: what stands under its title is of a story."""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from audio.readers.dateline import take_dateline
from audio.readers.head import is_byline, is_signature
from audio.readers.pdf.columns import Line

# So much larger than the text a title is set; its lines follow each other within so many times their size.
_TITLE, _LEADING = 1.4, 1.7
# Who wrote stands below the title or its summary, at most so many lines of text further down.
_SIGNED_EMS = 14.0
# Nobody signs a short story: its title is larger still, of some words, and stands over two columns or more.
_UNSIGNED, _UNSIGNED_WORDS = 1.8, 4
# Between columns is at most so much; one may open so much lower than another, under the name of who wrote.
_GUTTER_EMS, _OPENING_EMS = 4.0, 6.0
# A line of text in a narrow column.
_TEXT_CHARACTERS = 15
# Titles that begin side by side may be so many lines of text apart.
_SIDE_BY_SIDE_EMS = 6.0
# Columns are in line within an indent.
_INDENT_EMS = 1.2
# Lines are compared with titles, and titles with each other; no printed page has so many.
_MOST_LINES, _MOST_LARGE = 2000, 40
# A label stands right above the title.
_LABEL_EMS, _LABEL_WORDS = 4.0, 5


# The size of a title, and whether it is bold, and slanted.
_Look = tuple[float, bool, bool]


@dataclass(frozen=True, slots=True)
class Title:
    """The lines of a title, and how far its columns reach to the right, in points from the page's top left corner."""

    lines: tuple[Line, ...]
    reach: float = 0.0

    @property
    def look(self) -> _Look:
        """How it is set, to be compared with others."""
        return self.lines[0].size, self.lines[0].bold, self.lines[0].slanted

    @property
    def top(self) -> float:
        """Where its first line begins."""
        return self.lines[0].y - self.lines[0].size

    def stands_over(self, line: Line) -> bool:
        """Tell whether a line is below the top of the title and shares at least one em of its width."""
        left, right = min(one.x0 for one in self.lines), max(self.reach, *(one.x1 for one in self.lines))
        return line.y > self.top and min(right, line.x1) - max(left, line.x0) > line.size


def is_text(line: Line, body: float) -> bool:
    """Tell whether a line is one of text: set as most are, and no number or single word."""
    return line.size == body and len(line.text) >= _TEXT_CHARACTERS


def titles_of(lines: Sequence[Line], body: float, known: AbstractSet[_Look] = frozenset()) -> list[Title]:
    """Return the titles of a page's stories in the order in which they are read; none where it holds only one.

    ``known`` is how the titles of the pages before are set: one such title begins a story though it is alone.
    """
    if len(lines) > _MOST_LINES:
        return []
    large = _large(lines, body)
    if len(large) > _MOST_LARGE:
        return []
    alone = [title for title in large if not _is_beside_larger(title, large, lines, body)]
    signed = [title for title in alone if _is_signed(title, lines, body)]
    looks = {*known, *(title.look for title in signed)}
    largest = max(alone, key=lambda title: title.lines[0].size, default=None)
    found: list[Title] = []
    for title in alone:
        opening = _opening(title, alone, lines, body)
        if title in signed or (_is_like(title, largest, looks) and _heads_text(title, opening, body, looks)):
            found.append(replace(title, reach=max((line.x1 for line in opening), default=0.0)))
    several = len(found) > 1 or any(title.look in known for title in found)
    return _in_order(found, body) if several and not _flow(found, lines, body) else []


def _flow(titles: Sequence[Title], lines: Sequence[Line], body: float) -> bool:
    """Tell whether stories run on from column to column: under titles set alike, text stands that none is over."""
    alike = len({title.look for title in titles}) == 1
    text = (line for line in lines if is_text(line, body))
    return alike and sum(not any(title.stands_over(line) for title in titles) for line in text) > 1


def stories_of(lines: Sequence[Line], titles: Sequence[Title], body: float) -> list[list[Line]]:
    """Return the lines of a page by the stories they are of, from the top; all as one where there are no titles.

    A line belongs to the nearest title above it. What no title reaches stands before the stories, unless it is beside
    the text of the largest title, which is then only shorter than its page.
    """
    if not titles:
        return [list(lines)]
    largest = max(titles, key=lambda title: title.lines[0].size)
    main = largest if largest is titles[0] else None
    stories: dict[int, list[Line]] = {number: [] for number in range(-1, len(titles))}
    lower = min((title.top for title in titles[1:]), default=math.inf)
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


def _large(lines: Sequence[Line], body: float) -> list[Title]:
    """Return the large lines by the titles they make, from the top."""
    blocks: list[list[Line]] = []
    for line in sorted((one for one in lines if one.size >= body * _TITLE), key=lambda one: (one.y, one.x0)):
        above = next((block for block in blocks if _goes_on(block[-1], line)), None)
        if above:
            above.append(line)
        else:
            blocks.append([line])
    return [Title(tuple(block)) for block in blocks]


def _in_order(titles: Sequence[Title], body: float) -> list[Title]:
    """Return titles from the top, those that begin side by side from the left."""
    rows: list[list[Title]] = []
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


def _is_signed(title: Title, lines: Sequence[Line], body: float) -> bool:
    end = title.lines[-1].y
    under = [line for line in lines if end < line.y < end + body * _SIGNED_EMS and title.stands_over(line)]
    first = min(under, key=lambda line: line.y, default=None)
    named = first is not None and first.size <= body and first.bold and is_signature(first.text)
    return named or any(is_byline(line.text) for line in under)


def _is_like(title: Title, largest: Title | None, looks: AbstractSet[_Look]) -> bool:
    """Tell whether a title that nobody signs is set as a signed one is, or much as the largest of its page."""
    if title.look in looks:
        return True
    words = sum(len(line.text.split()) for line in title.lines)
    alike = largest is not None and title.look[1:] == largest.look[1:]
    return alike and words >= _UNSIGNED_WORDS


def _heads_text(title: Title, opening: Sequence[Line], body: float, looks: AbstractSet[_Look]) -> bool:
    """Tell whether text opens under a title: in several columns, with a place, or under one set as signed ones are."""
    if not opening or opening[0].x0 - title.lines[0].x0 > body * _INDENT_EMS or opening[0].text[0].islower():
        return False
    wide = len(opening) > 1 and title.lines[0].size >= body * _UNSIGNED
    return wide or title.look in looks or take_dateline(f"{opening[0].text} e")[0] is not None


def _opening(title: Title, large: Sequence[Title], lines: Sequence[Line], body: float) -> list[Line]:
    """Return the lines that open the columns under a title, from the left, and right of it as many as are in line."""
    end = title.lines[-1].y
    text = [line for line in lines if line.size == body]
    under = [line for line in text if end < line.y < end + body * _SIGNED_EMS and title.stands_over(line)]
    top = min((line.y for line in under), default=0.0)
    left = min((line.x0 for line in under), default=0.0)
    others = [other for other in large if other is not title and title.top < other.top + body * _SIDE_BY_SIDE_EMS]
    near = (line for line in text if under and -body / 2 < line.y - top < body * _OPENING_EMS and line.x0 >= left)
    opened: list[Line] = []
    for line in sorted(near, key=lambda one: (one.x0, one.y)):
        if any(0 < line.y - one.y < 2 * body and _overlap(one, line) for one in text) or _in_column(line, opened):
            continue
        if opened and (line.x0 - opened[-1].x1 > body * _GUTTER_EMS or any(one.stands_over(line) for one in others)):
            break
        opened.append(line)
    return opened


def _in_column(line: Line, opened: Sequence[Line]) -> bool:
    return bool(opened) and _overlap(opened[-1], line)


def _is_beside_larger(title: Title, large: Sequence[Title], lines: Sequence[Line], body: float) -> bool:
    """Tell whether a title heads no story, as another stands right over or under it: a summary, or a paper's name.

    A paper's name stands above, as large as it likes, with what the paper says of itself between.
    """
    return any(
        _overlap(other.lines[0], title.lines[0]) and _yields(title, other, lines, body)
        for other in large
        if other is not title
    )


def _yields(title: Title, other: Title, lines: Sequence[Line], body: float) -> bool:
    upper, lower = sorted((title, other), key=lambda one: one.top)
    between = [line for line in lines if upper.lines[-1].y < line.y < lower.top and _overlap(line, lower.lines[0])]
    if any(is_text(line, body) for line in between):
        return False
    names = title.look[1:] == other.look[1:] and any(line.size < body for line in between)
    if names:
        return title is upper
    return other.lines[0].size > title.lines[0].size


def _is_label(line: Line, title: Title, body: float) -> bool:
    """Tell whether a line is the label over a title: in capitals, or set unlike the text and in line with the title."""
    near = -line.size < title.top - line.y < body * _LABEL_EMS and _overlap(title.lines[0], line)
    apart = line.bold and abs(line.x0 - title.lines[0].x0) < body / 2 and line.text[-1] not in ".,;:»”"
    return near and (line.text.isupper() or apart) and len(line.text.split()) <= _LABEL_WORDS
