"""From lines and their places to ranked paragraphs: columns in reading order, words mended, furniture left out.

Pure geometry, in points from the top left corner of a page; knows no PDF.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audio.readers.document import Paragraph, Rank
from audio.readers.lines import is_item

# A gutter is at least this wide, and columns are at least so wide and deep; less is a list or a table.
_GUTTER_EMS, _COLUMN_EMS, _COLUMN_ROWS = 0.8, 8.0, 2
# One column may begin this many rows above the other.
_OPENING_ROWS = 6
# Heads and feet of a page stand in its outer margins.
_MARGIN = 0.085
_REPEATED_PAGES = 2
# Type sizes against the body's: a title, a heading, and the small print of captions and notes.
_TITLE, _HEADING, _SMALL = 1.5, 1.12, 0.86
_HEADING_CHARACTERS = 120
# Lines of a paragraph are this close, in ems of their own size; single spacing is 1.2, one and a half 1.8.
_LEADING_EMS = 1.45
_INDENT_EMS, _SHORT_SHARE = 0.8, 0.85
_STOPS = ".!?:»”…"
_PAGE_NUMBER = re.compile(r"^\W*(?:pag(?:ina|\.)?\s*)?\d{1,4}(?:\s*(?:/|di)\s*\d{1,4})?\W*$", re.IGNORECASE)
_SPLIT_WORD = re.compile(r"(?<=[^\W\d_])-$")
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


@dataclass(frozen=True, slots=True)
class _Set:
    """A paragraph as it is set."""

    text: str
    size: float
    bold: bool


def paragraphs_of(lines: Sequence[Line], page_heights: Sequence[float]) -> list[Paragraph]:
    """Return all that stands on the pages, in reading order, each paragraph with its rank."""
    furniture = _furniture(lines, page_heights)
    body = _body_size([line for line in lines if line not in furniture] or lines)
    columns = [
        column
        for number in range(len(page_heights))
        for column in _columns([line for line in lines if line.page == number and line not in furniture])
    ]
    ranked = _ranked(list(_joined(columns, body)), body)
    around = [line for line in lines if line in furniture]
    return [*ranked, *(Paragraph(Rank.PARAGRAPH, line.text, "a running head or page number") for line in around)]


# ------------------------------------------------------------------------------------------------- furniture


def _furniture(lines: Sequence[Line], heights: Sequence[float]) -> set[Line]:
    """Return the lines in the margins that are the same on several pages, or number one page."""
    margins = [line for line in lines if _in_margin(line, heights[line.page])]
    seen: dict[str, set[int]] = {}
    for line in margins:
        seen.setdefault(_without_figures(line.text), set()).add(line.page)
    body = _body_size(lines)
    return {
        line
        for line in margins
        if _PAGE_NUMBER.match(line.text)
        or len(seen[_without_figures(line.text)]) >= _REPEATED_PAGES
        or (line.size < body and re.search(r"\bpag(?:ina|\.)\s*\d", line.text, re.IGNORECASE))
    }


def _in_margin(line: Line, height: float) -> bool:
    return line.y < height * _MARGIN or line.y > height * (1 - _MARGIN)


def _without_figures(text: str) -> str:
    return re.sub(r"\d+", "#", text.lower())


def _body_size(lines: Sequence[Line]) -> float:
    """Return the size most letters are set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


# ------------------------------------------------------------------------------------------------- columns


def _columns(lines: Sequence[Line]) -> Iterator[list[Line]]:
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
        yield from _columns([line for line in lines if line.x1 <= cut])
        yield from _columns([line for line in lines if line.x1 > cut])
        at += band
    if plain:
        yield plain


def _band(rows: Sequence[Sequence[Line]]) -> tuple[int, float | None]:
    """Return how many rows from the first on share a gutter, and where its left edge is; (0, None) where none do."""
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


# ------------------------------------------------------------------------------------------------- paragraphs


def _joined(columns: Sequence[Sequence[Line]], body: float) -> Iterator[_Set]:
    """Yield paragraphs: lines that follow each other in one type, across columns and pages where a sentence runs on."""
    current: _Set | None = None
    for column in columns:
        edges = min(line.x0 for line in column), max(line.x1 for line in column)
        before: Line | None = None
        for line in column:
            if current and _continues(current, before, line, edges):
                current = replace(current, text=_appended(current.text, line.text))
            else:
                if current:
                    yield current
                current = _Set(line.text, line.size, line.bold)
            before = line
        if current and current.size > body * _HEADING:  # a title does not run on into the next column
            yield current
            current = None
    if current:
        yield current


def _continues(current: _Set, before: Line | None, line: Line, edges: tuple[float, float]) -> bool:
    """Tell whether a line goes on with a paragraph; ``before`` is the line above it in its column, if any."""
    if abs(line.size - current.size) > current.size * 0.06 or line.bold is not current.bold or _begins_item(line.text):
        return False
    open_end = current.text[-1] not in _STOPS
    if before is None:  # the first line of a column: the sentence decides
        return open_end and line.text[:1].islower()
    if abs(line.y - before.y) < line.size * 0.4:
        return True
    if line.y - before.y > _LEADING_EMS * line.size * (1.35 if open_end and line.text[:1].islower() else 1.0):
        return False
    left, right = edges
    short = before.x1 < left + (right - left) * _SHORT_SHARE
    indented = line.x0 > before.x0 + _INDENT_EMS * line.size and line.x0 > left + _INDENT_EMS * line.size
    return not (short and not open_end) and not (indented and not line.text[:1].islower())


def _begins_item(text: str) -> bool:
    """Tell whether a line begins an item of a list, whose mark may stand alone."""
    return is_item(f"{text} a")


def _appended(text: str, line: str) -> str:
    """Join a line to a text; a word that was split is mended, a name with a hyphen keeps it."""
    if _SPLIT_WORD.search(text):
        return text[:-1] + line if line[:1].islower() else text + line
    return f"{text} {line}"


# ------------------------------------------------------------------------------------------------- ranks


def _ranked(found: Sequence[_Set], body: float) -> list[Paragraph]:
    """Give each paragraph its rank by its type: the largest near the top is the title, larger or bold ones head."""
    largest = max((one.size for one in found), default=body)
    title_size = largest if largest >= body * _TITLE else None
    ranked: list[Paragraph] = []
    for one in found:
        rank, why = Rank.PARAGRAPH, None
        if title_size and one.size >= title_size * 0.9:
            rank = Rank.TITLE
        elif ranked and ranked[-1].rank is Rank.TITLE and one.size > body and len(one.text) > _HEADING_CHARACTERS // 3:
            rank = Rank.STANDFIRST
        elif _heads(one, body):
            rank = Rank.HEADING
        elif one.size <= body * _SMALL:
            why = "small print, such as a caption"
        elif is_item(one.text):
            rank = Rank.ITEM
        ranked.append(Paragraph(rank, one.text, why))
    return [*_kickers_first(_one_title(ranked))]


def _heads(one: _Set, body: float) -> bool:
    larger = one.size >= body * _HEADING or (one.bold and one.size >= body * 0.95)
    return larger and len(one.text) <= _HEADING_CHARACTERS and one.text[-1] not in ".,;:"


def _one_title(ranked: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Join the lines of one title; a title with little text above it is the second line of the first."""
    for is_title, group in itertools.groupby(ranked, key=lambda one: one.rank is Rank.TITLE):
        if is_title:
            yield Paragraph(Rank.TITLE, " ".join(one.text for one in group))
        else:
            yield from group


def _kickers_first(ranked: Iterator[Paragraph]) -> Iterator[Paragraph]:
    """A label above the first title is text to the title, not a heading."""
    titled = False
    paragraphs = list(ranked)
    first = next((index for index, one in enumerate(paragraphs) if one.rank is Rank.TITLE), 0)
    for index, one in enumerate(paragraphs):
        titled = titled or index >= first
        yield replace(one, rank=Rank.PARAGRAPH) if not titled and one.rank is Rank.HEADING else one
