"""From a tree to pieces: paragraphs, headings, items, quotes and rows in the order in which they stand on the page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from audio.readers.cohesion import key_of
from audio.readers.html.tables import data_rows
from audio.readers.html.tree import Element, is_titled, names_of, text_of
from audio.readers.wrapping import paragraphs

_INNER = frozenset("p h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote".split())
_BLOCKS = _INNER | frozenset(
    "html body main article section div pre table tbody thead tfoot tr td th"
    " caption form fieldset header footer aside nav figure hr address center details summary time hgroup".split()
)
_BOLD = frozenset({"b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"})
_SLANTED = frozenset({"i", "em"})
# Inline elements that content systems use for a part of the head, unless they stand in a paragraph.
_PARTS = frozenset(
    "author autore autrice byline firma vcard date data time posted occhiello kicker overtitle sopratitolo category cat"
    " reading eyebrow overline fn label timestamp title titolo headline sottotitolo subtitle sommario sezione".split()
)
_HOLDERS = frozenset({"p", "li", "blockquote", "h1", "h2", "h3", "h4", "dd"})
_STOPPED = re.compile(r"[.!?…:;][»”\"')\]]*$|[»”]$")
_UNIT = re.compile(r"(?:\b[kcdmhn]?m|\d|[A-Z])$")
_NOTE_MARK = re.compile(r"\[?(?:\d{1,3}|[*†])\]?")
_CLOSERS = frozenset("»”\"')")
_NAME_LEVELS = 2
_BULLET = re.compile(r"\s*[-–—•*]\s+\w")


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph's worth of a page.

    ``tag`` is h1 to h6, p, li, quote or row. ``emphasis`` is what is bold or slanted at its beginning; ``bold`` and
    ``slanted`` tell that all of it is. ``links`` is the share of its letters that lead elsewhere. ``boxes`` are
    the elements at and just above it. ``place`` is the element that holds it among its like. ``key`` is its
    letters and digits: two texts with one key say the same.
    """

    text: str
    tag: str
    emphasis: str
    bold: bool
    slanted: bool
    links: float
    boxes: tuple[Element, ...] = field(compare=False, repr=False)
    place: Element = field(compare=False, repr=False)
    key: str = field(repr=False)

    @property
    def names(self) -> frozenset[str]:
        """The words of the class names at and just above the piece."""
        return frozenset().union(*map(names_of, self.boxes))

    @property
    def is_heading(self) -> bool:
        """Whether the page itself calls it a heading."""
        return self.tag[0] == "h"


# What opens a part of a row though it is written small.
_ROW_PART = re.compile(r"(?:lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|il \d|alle \d|di [A-ZÀ-Þ])")


@dataclass(slots=True)
class _Run:
    text: str
    bold: bool
    slanted: bool
    link: bool
    size: str = ""


_BLANK = _Run(" ", bold=False, slanted=False, link=False)


def pieces_of(tree: Element) -> list[Piece]:
    """Return the pieces of a tree in order; each holds at least one letter or digit."""
    walker = _Walker()
    body = tree.find("body")
    walker.visit(body if body is not None else tree, _Run("", bold=False, slanted=False, link=False))
    walker.close()
    return walker.found


class _Walker:
    """Gathers runs of text until a block begins or ends."""

    def __init__(self) -> None:
        self.found: list[Piece] = []
        self.runs: list[_Run] = []
        self.blocks: list[Element] = []
        self.entries: dict[Element, bool] = {}

    def visit(self, element: Element, around: _Run) -> None:
        """Take the text of an element and of all in it; ``around`` is the look it inherits."""
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag == "br":
            self.runs.append(_Run("\n", around.bold, around.slanted, around.link, around.size))
        elif tag == "pre":
            self.preformatted(element)
        elif tag == "table" and (rows := data_rows(element)):
            self.table(element, rows)
        elif tag == "sup" and self.is_note_mark(element):
            pass
        else:
            self.enter(element, tag, around)

    def enter(self, element: Element, tag: str, around: _Run) -> None:
        look = _Run(
            "",
            around.bold or (tag in _BOLD) or "bold" in (element.get("style") or ""),
            around.slanted or (tag in _SLANTED),
            around.link or (tag == "a" and not self.is_anchor(element)),
            (element.get("size") if tag == "font" else None) or around.size,
        )
        block = tag in _BLOCKS or (bool(_PARTS & names_of(element)) and not self.in_holder())
        block = block and not (tag == "time" and self.is_told(element))
        if block:
            self.close()
            self.blocks.append(element)
        if not block and self.touches(element):
            self.runs.append(_Run(" | ", bold=False, slanted=False, link=False))
        self.add(element.text, look)
        for child in element:
            self.visit(child, look)
            self.add(child.tail, look)
        if block:
            self.close()
            self.blocks.pop()

    def add(self, text: str | None, look: _Run) -> None:
        if text:
            self.runs.append(_Run(re.sub(r"\s+", " ", text), look.bold, look.slanted, look.link, look.size))

    def touches(self, element: Element) -> bool:
        """Tell whether two inline parts of a row ("di Anna Neri", "14/10/2025") meet without a blank."""
        before = self.runs[-1].text[-1:] if self.runs else ""
        after = (element.text or "")[:1]
        opens = after.isupper() or after.isdigit() or bool(_ROW_PART.match(element.text or ""))
        meet = (before.islower() or before.isdigit() or before in _CLOSERS) and opens
        return bool(before) and meet and element.tag != "sup" and not self.in_holder()

    def is_anchor(self, element: Element) -> bool:
        """Tell whether a link is a heading's own anchor."""
        heads = bool(self.blocks) and re.fullmatch("h[2-6]", self.blocks[-1].tag)
        return bool(heads) and (element.get("href") or "").startswith("#")

    def is_told(self, element: Element) -> bool:
        """Tell whether a day stands in the middle of a sentence."""
        tail = (element.tail or "").split()
        goes_on = self.in_holder() and len(tail) > 1 and tail[0][0].islower()
        return goes_on and any(any(map(str.isalpha, run.text)) for run in self.runs)

    def in_holder(self) -> bool:
        return bool(self.blocks) and self.blocks[-1].tag in _HOLDERS

    def is_note_mark(self, element: Element) -> bool:
        """Tell a footnote's mark from an exponent."""
        before = "".join(run.text for run in self.runs[-2:])
        linked = element.find(".//a") is not None or (
            element.getparent() is not None and element.getparent().tag == "a"
        )
        mark = _NOTE_MARK.fullmatch(text_of(element).strip())
        return bool(mark) and (linked or not _UNIT.search(before.rstrip("\n")))

    def preformatted(self, element: Element) -> None:
        self.close()
        for text in paragraphs("".join(element.itertext()).split("\n")):
            self.emit([_Run(text, bold=False, slanted=False, link=False)], "p", element, _place(element))

    def table(self, element: Element, rows: Sequence[str]) -> None:
        self.close()
        for row in rows:
            self.emit([_Run(row, bold=False, slanted=False, link=False)], "row", element, element.getparent())

    def close(self) -> None:
        """End the block that was being gathered; double breaks and breaks after a sentence part it."""
        if self.runs and self.blocks:
            block = self.blocks[-1]
            tag, place = self.tag(), _place(block)
            for group in _parted(self.runs):
                self.emit(group, tag, block, place)
        self.runs.clear()

    def tag(self) -> str:
        for element in reversed(self.blocks):
            if re.fullmatch("h[1-6]", element.tag):
                return str(element.tag)
            if element.tag == "blockquote":
                return "quote"
            if element.tag == "li" and not self.is_entry(element):
                return "li"
        return "p"

    def is_entry(self, element: Element) -> bool:
        """Tell whether an element of a list is an entry of a live page: one like it has a title."""
        row = element.getparent()
        if row is None:
            return is_titled(element)
        if row not in self.entries:
            self.entries[row] = any(map(is_titled, row))
        return self.entries[row]

    def emit(self, runs: Sequence[_Run], tag: str, block: Element, place: Element) -> None:
        text = " ".join("".join(run.text for run in runs).split()).strip("|· ")
        letters = [(sum(map(str.isalnum, run.text)), run) for run in runs]
        total = sum(count for count, _ in letters)
        if not total:
            return
        self.found.append(
            Piece(
                text=text,
                tag=tag,
                emphasis=_emphasis(runs),
                bold=all(run.bold for count, run in letters if count),
                slanted=all(run.slanted for count, run in letters if count),
                links=sum(count for count, run in letters if run.link) / total,
                boxes=(*self.blocks[-_NAME_LEVELS:], block),
                place=place,
                key=key_of(text),
            )
        )


def _place(block: Element) -> Element:
    """Return what holds a block among its like: the parent of a paragraph or a heading, the parent of an item's list.

    A table met here lays out the page, so a cell is a place.
    """
    if block.tag == "div" and block.getparent() is not None and not any(child.tag in _BLOCKS for child in block):
        # A div without blocks in it is a paragraph by another name.
        return block.getparent()
    while block.tag in _INNER and block.getparent() is not None:
        block = block.getparent()
    return block


def _emphasis(runs: Sequence[_Run]) -> str:
    begin = []
    for run in runs:
        if run.text.strip() and not (run.bold or run.slanted):
            break
        begin.append(run.text)
    return " ".join("".join(begin).split())


def _parted(runs: Sequence[_Run]) -> Iterator[list[_Run]]:
    """Split runs at their line breaks into the groups that are paragraphs."""
    lines: list[list[_Run]] = [[]]
    for run in runs:
        if run.text == "\n":
            lines.append([])
        else:
            lines[-1].append(run)
    group: list[_Run] = []
    last: list[_Run] = []
    for line in lines:
        letters = _letters(line)
        if group and (not letters or _parts(last, line)):
            yield group
            group = []
        if letters:
            group.extend([_BLANK, *line] if group else line)
            last = line
    if group:
        yield group


def _letters(line: Sequence[_Run]) -> bool:
    return any(map(str.isalnum, "".join(run.text for run in line)))


def _parts(last: Sequence[_Run], line: Sequence[_Run]) -> bool:
    """Tell whether a single break ends a paragraph: after a sentence, or where the look changes."""
    before = "".join(run.text for run in last).rstrip()
    looks = [_look(part) for part in (last, line)]
    listed = bool(_BULLET.match("".join(run.text for run in line)))
    return listed or bool(_STOPPED.search(before)) or looks[0] != looks[1]


def _look(line: Sequence[_Run]) -> tuple[bool, bool, str]:
    filled = [run for run in line if run.text.strip()]
    sizes = {run.size for run in filled}
    return all(run.bold for run in filled), all(run.slanted for run in filled), sizes.pop() if len(sizes) == 1 else ""
