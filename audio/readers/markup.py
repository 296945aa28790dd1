"""Markup that is all text (a chapter, a letter, an item of a feed) to ranked paragraphs, in its own order.

For pages of the web, where the text must first be found among the furniture, see ``html``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from lxml import etree, html

from audio.readers.charset import without_impossible
from audio.readers.classes import is_called_title, is_summary, why_beside
from audio.readers.document import Paragraph, Rank
from audio.readers.head import HEADLINE_CHARACTERS
from audio.readers.lines import is_heading
from audio.readers.sizes import DEFAULT, size_of

_LEVELS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = set(
    "address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer header hr "
    "html li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
) | set(_LEVELS)
_SKIPPED = set(
    "head script style noscript template iframe object embed svg math audio video canvas form button select textarea "
    "input img picture map title link meta".split()
)
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|max-height\s*:\s*0(?![.\d])|mso-hide\s*:\s*all", re.IGNORECASE
)
_RAISABLE = re.compile(r"[0-9]{1,3}|[oa]")
_RAISED = str.maketrans("0123456789oa", "⁰¹²³⁴⁵⁶⁷⁸⁹ºª")
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)|(?<!-)\bfont\s*:\s*(?:italic )?bold\b", re.IGNORECASE)
_DIVISIONS = frozenset({"td", "div", "section", "aside"})
# A desk may set a quotation in bold for a heading.
_QUOTES = '«»“”"'
# Below all headings that are marked as such.
BOLD_LEVEL = 7
# A line so many times as large as the text is a heading of this level, midway between those that browsers show.
_LARGE = ((1, 1.75), (2, 1.34), (3, 1.12))
# Of this level it must be bold too: many a line that no one styled is so much larger than a styled text.
_LEAST_LARGE = 3
_TITLE_WORDS = 4
# Icons are no larger; what is no number of pixels, however it looks like one ("²"), says nothing.
_DOT_PIXELS, _PIXELS = 40, re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Piece:
    """A block of markup: its text, the level of its heading (0: none), its rank, and how it looks.

    ``linked``: it is or holds a link, ``leads``: it is nothing else; ``ruled``: a line is drawn above it; ``bold``:
    all of it is; ``pictured``: a picture stands right above; ``box``: the number of the cell or division that it
    stands in, ``cell``: that of the cell alone; ``size``: how large most of it is set.
    """

    text: str
    level: int = 0
    rank: Rank = Rank.PARAGRAPH
    linked: bool = False
    leads: bool = False
    ruled: bool = False
    bold: bool = False
    why_dropped: str | None = None
    pictured: bool = False
    box: int = 0
    cell: int = 0
    size: float = DEFAULT

    def paragraph(self, rank: Rank | None = None) -> Paragraph:
        """Return it as a paragraph of a document, with another rank if one is given."""
        own = Rank.BOLD_LINE if self.level == BOLD_LEVEL else Rank.HEADING if self.level else self.rank
        return Paragraph(rank or own, self.text, self.why_dropped, self.level)


def pieces_of(markup: str) -> list[Piece]:
    """Return the blocks of text in some markup, whole document or fragment. Never fails; nothing outside is loaded."""
    # Declared encodings have done their work when the text was decoded, and lxml refuses them in a text.
    markup = without_impossible(re.sub(r"^\s*<\?xml[^>]{0,300}>", "", markup))
    parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(markup, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):  # nothing but blanks or comments
        return []
    walk = _Walk()
    walk.into(root)
    return _with_bold_headings(_with_large_headings(walk.done()))


def plain(markup: str) -> str:
    """Return the words of a line of markup.

    >>> plain("Perch&eacute; <b>no</b>?")
    'Perché no?'
    """
    return " ".join(piece.text for piece in pieces_of(markup))


def _with_large_headings(pieces: list[Piece]) -> list[Piece]:
    """Make headings of the lines that are set larger than the text, as newsletters' builders write them."""
    letters: Counter[float] = Counter()
    for piece in pieces:
        letters[piece.size] += 0 if piece.why_dropped else len(piece.text)
    common = letters.most_common(1)[0][0] if letters else DEFAULT
    return [replace(piece, level=_level_of(piece, piece.size / common)) for piece in pieces]


def _level_of(piece: Piece, ratio: float) -> int:
    line = len(piece.text) <= HEADLINE_CHARACTERS and piece.text[-1] not in ".,;:…"
    if piece.level or piece.why_dropped or piece.rank is not Rank.PARAGRAPH or not line:
        return piece.level
    return next((level for level, least in _LARGE if ratio >= least and (piece.bold or level < _LEAST_LARGE)), 0)


def _with_bold_headings(pieces: list[Piece]) -> list[Piece]:
    """Make headings of the short bold lines over a longer text that Italian desks write in their place."""
    following = [*pieces[1:], None][: len(pieces)]
    return [
        replace(piece, level=BOLD_LEVEL)
        if piece.bold
        and not piece.level
        and after
        and not after.bold
        and not after.level
        and is_heading(piece.text.strip(_QUOTES), after.text)
        else piece
        for piece, after in zip(pieces, following, strict=True)
    ]


class _Words(NamedTuple):
    """A run of text in a block, or the break of a line, and how it is set."""

    text: str
    bold: bool
    linked: bool
    size: float


class _Walk:
    """Goes through a tree in its order and gathers text until a block begins or ends."""

    def __init__(self) -> None:
        self._pieces: list[Piece] = []
        self._words: list[_Words] = []
        self._ruled = False
        self._pictured = -1
        self._bold = 0
        self._anchors = 0
        self._boxes = [0]
        self._cells = [0]
        self._divisions = 0
        self._size = DEFAULT

    def done(self) -> list[Piece]:
        """Return what was found."""
        return self._pieces

    def into(
        self, element: etree._Element, level: int = 0, rank: Rank = Rank.PARAGRAPH, why: str | None = None
    ) -> None:
        """Take an element and all in it; the tree's own bound on depth bounds this one."""
        tag = element.tag if isinstance(element.tag, str) else ""
        tag = tag.rpartition("}")[2].lower()
        self._see(tag, element)
        if tag in _SKIPPED or _is_hidden(element) or (tag == "sup" and _is_reference(element)):
            return
        if sign := "\n" if tag == "br" else _raised(element) if tag == "sup" else "":
            self._say(sign)
            return
        block = tag in _BLOCKS
        if block:
            self._close(level, rank, why)
            self._ruled = self._ruled or tag == "hr"
        if division := tag in _DIVISIONS:
            self._divisions += 1
            self._boxes.append(self._divisions)
            self._cells.append(self._divisions if tag == "td" else self._cells[-1])
        names = dict(element.attrib)
        own = _rank_of(tag, names, rank)
        named = 1 if is_called_title(names) else level
        # What is called a summary is no heading, however it is tagged.
        inner = (0 if own is Rank.STANDFIRST else _LEVELS.get(tag) or named, own, why or why_beside(tag, names))
        if inner[2] and not why and not block:  # a note's number within a sentence
            return
        anchor = tag == "a"
        self._anchors += anchor
        bold = tag in {"b", "strong"} or bool(_BOLD.search(element.get("style", "")))
        self._bold += bold
        around = self._size
        self._size = size_of(tag, element.get("style", ""), element.get("size", ""), around)
        self._say(_flat(element.text))
        for child in element:
            self.into(child, *inner)
            self._say(_flat(child.tail))
        self._size = around
        if tag in {"td", "th"}:
            self._say(" ")
        if block:
            self._close(*inner)
        if division:
            self._boxes.pop()
            self._cells.pop()
        self._bold -= bold
        self._anchors -= anchor

    def _see(self, tag: str, element: etree._Element) -> None:
        """Note a picture, and the number of the piece below it: words before it in its block are not."""
        if tag == "img" and not _is_dot(element):
            self._pictured = len(self._pieces) + any(words.text.strip() for words in self._words)

    def _say(self, text: str) -> None:
        self._words.append(_Words(text, self._bold > 0, self._anchors > 0, self._size))

    def _close(self, level: int, rank: Rank, why: str | None) -> None:
        """End the block that was being gathered; an empty line inside it makes two of it."""
        for run in _parted(self._words):
            text = " ".join("".join(words.text for words in run).split())
            if text:
                said = [words for words in run if any(map(str.isalnum, words.text))]
                plain = any(words.text.strip() and not words.bold for words in run)
                bold = rank is Rank.PARAGRAPH and not (plain or level or why)
                linked, leads = any(words.linked for words in run), all(words.linked for words in said)
                size = max(said, key=lambda words: len(words.text)).size if said else DEFAULT
                box, cell = self._boxes[-1], self._cells[-1]
                pictured = self._pictured == len(self._pieces)
                look = (linked, leads, self._ruled, bold, why, pictured, box, cell, size)
                self._pieces.append(Piece(text, level, rank, *look))
                self._ruled = False
        self._words.clear()


def _parted(words: Sequence[_Words]) -> Iterator[list[_Words]]:
    """Part the words of a block at its empty lines, and at the end of a line below which words are set otherwise."""
    run: list[_Words] = []
    empty = False
    for n, one in enumerate(words):
        if one.text == "\n" and (empty or _is_set_otherwise(run, words[n + 1 :])):
            yield run
            run = []
        empty = one.text == "\n" or (empty and not one.text.strip())
        run.append(one)
    yield run


def _is_set_otherwise(above: Sequence[_Words], below: Sequence[_Words]) -> bool:
    """Tell whether all of a bold line, and none of the next, is bold: a title, and who wrote."""
    line = [words for words in above if words.text.strip()]
    following = next((words for words in below if words.text.strip()), None)
    bold = following is not None and all(one.bold for one in line) and not following.bold
    # Shorter is a name, over its office.
    return bold and len("".join(one.text for one in line).split()) >= _TITLE_WORDS


def _flat(text: str | None) -> str:
    """Return text as markup means it: a line that ends in the source is a blank."""
    return _BLANKS.sub(" ", text or "")


def _raised(element: etree._Element) -> str:
    """Return raised figures and endings of ordinals as the characters that are raised by themselves, else ""."""
    text = (element.text or "").strip()
    return text.translate(_RAISED) if not len(element) and _RAISABLE.fullmatch(text) else ""


def _is_reference(element: etree._Element) -> bool:
    """Tell the raised number of a footnote from a power or an ordinal: it is a link."""
    return element.find(".//a") is not None or (element.getparent() is not None and element.getparent().tag == "a")


def _is_dot(element: etree._Element) -> bool:
    """Tell a picture that counts who opened a letter, or stands for a word in a line."""
    sizes = (element.get("width", ""), element.get("height", ""))
    return any(_PIXELS.fullmatch(size) and int(size) <= _DOT_PIXELS for size in sizes)


def _is_hidden(element: etree._Element) -> bool:
    return element.get("hidden") is not None or bool(_HIDDEN.search(element.get("style", "")))


def _rank_of(tag: str, names: Mapping[str, str], rank: Rank) -> Rank:
    own = {"blockquote": Rank.QUOTE, "li": Rank.ITEM}.get(tag)
    return own or (Rank.STANDFIRST if rank is Rank.PARAGRAPH and is_summary(tag, names) else rank)
