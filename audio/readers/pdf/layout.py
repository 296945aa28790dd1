"""From lines and their places to ranked paragraphs: columns in reading order, words mended, furniture left out.

Pure geometry, in points from the top left corner of a page; knows no PDF.
"""

from __future__ import annotations

import itertools
import re
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from audio.readers.dateline import take_dateline
from audio.readers.document import Paragraph, Rank
from audio.readers.head import is_byline
from audio.readers.lines import is_item
from audio.readers.pdf.adverts import advertised, posters_of
from audio.readers.pdf.briefs import briefs_of
from audio.readers.pdf.columns import Line, columns_of
from audio.readers.pdf.ranks import SetParagraph, may_be_pulled, rank
from audio.readers.pdf.running import running_lines
from audio.readers.pdf.stories import stories_of, titles_of
from audio.readers.wrapping import SALUTATION, SMALL_WORD

# Lines of a paragraph stand at most this much wider than the usual lines of the document.
_LEADING_SHARE, _BRIDGED_SHARE = 1.22, 1.6
# Who wrote stands a little lower than the next line would.
_SIGNED_SHARE = 1.1
_USUAL_LEADING_EMS = 1.2
# A gap within a row that no justified line has: the next cell of a table.
_CELL_EMS = 3.0
# Of the lines that end in a stop so many are followed by a gap where gaps part paragraphs.
_PARTED_SHARE = 0.6
_LEAST_INDENTS = 3
_INDENT_EMS, _SHORT_SHARE, _HALF_SHARE = 0.6, 0.85, 0.55
# A sentence that goes on below has filled its line but for a word.
_FULL_SHARE = 0.9
_STOPS = ".!?:»”…"
# What a picture or a sentence shown large tears is prose, and they are one, with what is under them.
_TORN_CHARACTERS, _MOST_INSERTED = 40, 16
# A drop cap: one letter, perhaps with its opening quote, at least so much larger than the text.
_INITIAL, _INITIAL_SHARE = re.compile(r"[«“\"‘']?[^\W\d_]['’]?"), 1.8
_SOLD = "an advertisement"
_NUMBERED = re.compile(r"(\d{1,3})[.)](?=\s|$)")
_SPLIT_WORD = re.compile(r"(?<=[^\W\d_])-$")


def paragraphs_of(lines: Sequence[Line], page_heights: Sequence[float]) -> list[Paragraph]:
    """Return all that stands on the pages, in reading order, each paragraph with its rank."""
    lines = _with_initials(lines)
    furniture = running_lines(lines, page_heights, _body_size(lines))
    body = _body_size([line for line in lines if line not in furniture] or lines)
    columns: list[list[Line]] = []
    titles: dict[Line, int] = {}
    looks: set[tuple[float, bool, bool]] = set()
    why = dict.fromkeys(furniture, "a running head or page number")
    for number in range(len(page_heights)):
        own = [line for line in lines if line.page == number and line not in furniture]
        why |= dict.fromkeys(advertised(own, body), _SOLD)
        own = [line for line in own if line not in why]
        briefs = briefs_of(own, body)
        set_aside = set(briefs.lines)
        own = [line for line in own if line not in set_aside]
        found = titles_of(own, body, looks)
        looks |= {title.look for title in found}
        why |= dict.fromkeys(posters_of(own, found, body), _SOLD)
        own = [line for line in own if line not in why]
        titles |= {line: n for n, title in enumerate(found, len(titles) + 1) for line in title.lines}
        columns += (column for story in stories_of(own, found, body) for column in columns_of(story))
        columns += [list(briefs.lines)] if briefs.lines else []
        titles |= {line: n for n, title in enumerate(briefs.titles, len(titles) + 1) for line in title}
    ranked = rank(_mended(list(_joined(columns, _spacing(columns, body), titles)), body), body)
    return [*ranked, *(Paragraph(Rank.PARAGRAPH, line.text, why[line]) for line in lines if line in why)]


def _body_size(lines: Sequence[Line]) -> float:
    """Return the size most letters are set in."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _with_initials(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with each initial that is set over several lines put before the line it begins."""
    body = _body_size(lines)
    initials = [line for line in lines if _INITIAL.fullmatch(line.text) and line.size >= body * _INITIAL_SHARE]
    kept = [line for line in lines if line not in initials]
    for initial in initials:
        beside = [
            line
            for line in kept
            if line.page == initial.page
            and 0 <= line.x0 - initial.x1 + line.size / 2 <= initial.size
            and initial.y - initial.size <= line.y <= initial.y
        ]
        if not beside:
            kept.append(initial)
            continue
        first = min(beside, key=lambda line: line.y)
        kept[kept.index(first)] = replace(first, text=initial.text + first.text)
    return kept


# ------------------------------------------------------------------------------------------------- paragraphs


@dataclass(frozen=True, slots=True)
class _Spacing:
    """How far apart a document sets its lines, in ems, and whether its paragraphs are ``parted`` by more than that."""

    leading_ems: float
    parted: bool
    indented: bool


def _spacing(columns: Sequence[Sequence[Line]], body: float) -> _Spacing:
    pairs = [
        (before, after)
        for column in columns
        for before, after in itertools.pairwise(column)
        if before.size == after.size == body and after.y - before.y > body / 2
    ]
    steps = [(after.y - before.y) / body for before, after in pairs]
    leading = statistics.median_low(steps) if steps else _USUAL_LEADING_EMS
    ends = [
        step > leading * _LEADING_SHARE
        for step, (before, after) in zip(steps, pairs, strict=True)
        if before.text[-1] in _STOPS and not after.text[:1].islower()
    ]
    opened = [after.x0 - before.x0 > _INDENT_EMS * body for before, after in pairs if before.text[-1] in ".!?»”"]
    # Sentences end at a line's end by chance, now and then.
    parted = sum(ends) >= max(2, _PARTED_SHARE * len(ends))
    return _Spacing(leading, parted, indented=not parted and sum(opened) >= max(_LEAST_INDENTS, len(opened) / 2))


def _joined(columns: Sequence[Sequence[Line]], spacing: _Spacing, titles: Mapping[Line, int]) -> Iterator[SetParagraph]:
    """Yield paragraphs: lines that follow each other in one type, across columns and pages where a sentence runs on."""
    current: SetParagraph | None = None
    full = False
    for column in columns:
        edges = min(line.x0 for line in column), max(line.x1 for line in column)
        before: Line | None = None
        for line in column:
            torn = full and before is None and current is not None and _is_torn(current, line)
            if current and (torn or _is_place(current, line) or _continues(current, before, line, edges, spacing)):
                cell = before is not None and _is_next_cell(before, line)
                current = replace(current, text=_appended(current.text + "," * cell, line.text), bold=line.bold)
            else:
                if current:
                    yield current
                flush = spacing.indented and line.x0 - edges[0] < _INDENT_EMS * line.size
                look = (line.text, line.size, line.bold)
                current = SetParagraph(*look, slanted=line.slanted, titled=titles.get(line, 0), flush=flush)
            before = line
        full = before is not None and before.x1 - edges[0] >= _FULL_SHARE * (edges[1] - edges[0])
    if current:
        yield current


def _is_torn(current: SetParagraph, line: Line) -> bool:
    """Tell whether a full line at a column's end breaks off in a sentence, be it before a name ("Paola" - "Rossi")."""
    prose = len(current.text) >= _TORN_CHARACTERS * 2 and any(mark in current.text for mark in (", ", ". ", "» "))
    alike = line.size == current.size and line.bold is current.bold
    return (
        prose
        and alike
        and current.text[-1] not in _STOPS + ";)"
        and not is_item(current.text)
        and not is_item(line.text)
    )


def _mended(found: Sequence[SetParagraph], body: float) -> list[SetParagraph]:
    """Join the halves of a paragraph that something is set into, and put that below it."""
    mended = list(found)
    at = 0
    while at < len(mended):
        ends = range(at + 2, at + 2 + _MOST_INSERTED) if mended[at].size >= body else ()
        end = next((n for n in ends if _is_other_half(mended, at, n)), None)
        if end is None:
            at += 1
            continue
        inserted = [replace(one, inserted=True) for one in mended[at + 1 : end]]
        whole = replace(mended[at], text=_appended(mended[at].text, mended[end].text))
        mended[at : end + 1] = [whole, *inserted]
    return mended


def _is_other_half(found: Sequence[SetParagraph], at: int, end: int) -> bool:
    if end >= len(found):
        return False
    one, other = found[at], found[end]
    between = found[at + 1 : end]
    prose = len(one.text) >= _TORN_CHARACTERS
    torn = prose and one.text[-1] not in _STOPS + ";" and other.text[:1].islower()
    # Only what is shown large may stand over a paragraph that is not indented, but for a heading.
    torn = torn or (prose and other.flush and len(between) == 1 and may_be_pulled(between[0], one.size))
    apart = all(
        (not middle.text[:1].islower() or middle.size < one.size) and (middle.size, middle.bold) != (one.size, one.bold)
        for middle in between
    )
    return torn and apart and (one.size, one.bold) == (other.size, other.bold)


def _is_next_cell(before: Line, line: Line) -> bool:
    apart = line.x0 - before.x1 > _CELL_EMS * line.size
    return _same_row(before, line) and apart and before.text[-1].isalnum()


def _same_row(before: Line, line: Line) -> bool:
    return abs(line.y - before.y) < line.size * 0.4


def _is_place(current: SetParagraph, line: Line) -> bool:
    """Tell whether a paragraph is so far no more than the place, in bold, that opens what follows ("ASTI –")."""
    apart = current.bold and not line.bold and line.size == current.size and current.text[-1] in "–—"
    return apart and take_dateline(f"{current.text} {line.text}")[0] is not None


def _continues(
    current: SetParagraph, before: Line | None, line: Line, edges: tuple[float, float], spacing: _Spacing
) -> bool:
    """Tell whether a line goes on with a paragraph; ``before`` is the line above it in its column, if any."""
    unlike = abs(line.size - current.size) > current.size * 0.06 or line.bold is not current.bold
    apart = before is not None and line.y - before.y > spacing.leading_ems * line.size * _SIGNED_SHARE
    unlike = unlike or (is_byline(line.text) and (apart or current.text.isupper()))
    if unlike or (_begins_item(line.text) and not _is_number_in(line.text, current.text)):
        return False
    open_end = current.text[-1] not in _STOPS
    if before is None:  # the first line of a column: the sentence decides
        goes_on = open_end and (line.text[:1].islower() or bool(SMALL_WORD.search(current.text)))
        full = line.x1 - edges[0] >= _SHORT_SHARE * (edges[1] - edges[0])
        return goes_on or (spacing.indented and full and line.x0 - edges[0] < _INDENT_EMS * line.size)
    if _same_row(before, line):
        return True
    # A sentence in its middle bridges a wider gap, as around a picture.
    runs_on = open_end and line.text[:1].islower() and not SALUTATION.fullmatch(current.text)
    if line.y - before.y > spacing.leading_ems * line.size * (_BRIDGED_SHARE if runs_on else _LEADING_SHARE):
        return False
    left, right = edges
    reached = (before.x1 - left) / max(right - left, 1)
    short = reached < _SHORT_SHARE
    # A line that ends where the one above does is set to the edge.
    centred = abs(line.x0 + line.x1 - before.x0 - before.x1) < line.size < 6 * abs(line.x1 - before.x1)
    indented = line.x0 > max(before.x0, left) + _INDENT_EMS * line.size and not centred
    # What stands further left than an item is none of it; a short line is one of its own, as in a letterhead.
    outdented = _begins_item(current.text) and line.x0 < before.x0 - _INDENT_EMS * line.size
    alone = outdented or (reached < _HALF_SHARE and not line.text[:1].islower())
    return (
        not alone
        and not (short and not open_end and not spacing.parted)
        and not (indented and not line.text[:1].islower())
    )


def _is_number_in(line: str, text: str) -> bool:
    """Tell whether the number that opens a line stands in a sentence ("ne dichiara attive" - "41. Ma"), in no list."""
    number = _NUMBERED.match(line)
    above = _NUMBERED.match(text)
    counted = number is not None and int(number[1]) == (int(above[1]) if above else 0) + 1
    return number is not None and not counted and text[-1] not in _STOPS + ";,"


def _begins_item(text: str) -> bool:
    """Tell whether a line begins an item of a list, whose mark may stand alone."""
    return is_item(f"{text} a")


def _appended(text: str, line: str) -> str:
    """Join a line to a text; a word that was split is mended, a name with a hyphen keeps it."""
    if _SPLIT_WORD.search(text):
        return text[:-1] + line if line[:1].islower() else text + line
    return f"{text} {line}"
