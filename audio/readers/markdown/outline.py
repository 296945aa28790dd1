"""The marks of Markdown: lines to headings and blocks in order, and none of the marks is left in them."""

from __future__ import annotations

import re

from audio.model import Block, Dropped, Role
from audio.readers import lines as page

# A bold line that stands for a heading is below none of those that are marked.
BOLD_LEVEL = 0
_BOLD_LINE = re.compile(r"^(\*\*|__)(?=\S)([^*_]+)\1[ ]*$")
_BOLD_OPENING = re.compile(r"(\*\*|__)(?=\S)([^*_\n]{1,80})\1")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*(?:\{[#.:][^{}\n]{0,80}\})?\s*$")
_QUOTE = re.compile(r"^ {0,3}>\s?")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)")
_DIV = re.compile(r"^ {0,3}:{3,}.*$")
_ATTRIBUTES = re.compile(r"\s*\{[#.:][^{}\n]{0,80}\}\s*$")
_RULE = re.compile(r"^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|=+\s*|-+\s*)$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_UNDERLINE = re.compile(r"=+|-{2,}")
_TABLE = re.compile(r"^\s*\|.*\|\s*$")
# Nothing but links, as of a menu or of buttons; and a picture with a line in italics under it.
_LINKS = re.compile(r"(?:[\s|/>·•,–-]*\[[^\[\]\n]+\]\((?:[^()\n]|\([^()\n]*\))*\))+[\s|/>·•,.–-]*")
_PICTURE = r"(?:!\[[^\[\]\n]*\]\([^()\n]*\)|!\[\[[^\[\]\n]*\]\])"
_CAPTION = re.compile(rf"{_PICTURE}\s*(?P<mark>[*_])(?=\S)[^*_\n]+(?P=mark)")
_PICTURED = re.compile(rf"{_PICTURE}\s*(?P<caption>[^\n]+)")
# What leads to a note of the writer's own: "Nota madre: [[MOC]]"; the name of a block, for links to it.
_TO_NOTE = re.compile(
    r"[\w ]{2,24}: ?(?:\[\[[^\[\]\n]{1,80}\]\][,·| ]*)+|(?:source|fonte|url|link|originale): ?<?https?://\S+>?",
    re.IGNORECASE,
)
# The page of who wrote, below the title on a site of letters.
_HEAD_ENTRIES = 4
_AUTHOR = re.compile(r"\[(?P<name>[^\[\]\n]{3,60})\]\([^()\n]{0,200}(?:/@|/autor[ei]|/author)[^()\n]{0,80}\)")
_BLOCK_NAME = re.compile(r"\s\^[\w-]{3,40}$")
_SLANTED = re.compile(r"(?P<mark>[*_])(?=[^\s*_])[^*_\n]+(?P=mark)")
_CAPTION_CHARACTERS = 250
_CREDITED = re.compile(
    r".{3,200}(?:[.,] |[(–-] ?)(?:foto|ph\.?|credits?)\b[^.!?]{2,60}\.?\)?|[^!?]{3,200}\s©\s?[^.!?]{2,60}",
    re.IGNORECASE,
)
# Inline marks, each with what stays of it: images leave nothing, links their words. Each class excludes its own
# opener, and strong marks are dropped one by one, so that hostile text costs linear time.
_INLINE = (
    (re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])"), ""),
    (re.compile(r"!\[\[[^\[\]\n]*\]\]"), ""),
    (re.compile(r"\[\[(?:[^\[\]|\n]*\|)?([^\[\]|\n]+)\]\]"), r"\1"),
    (re.compile(r"\[\^[^\[\]\n]+\]"), ""),
    (re.compile(r"\[\s*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])"), ""),
    (re.compile(r"\[([^\[\]\n]+)\]\{[#.][^{}\n]{0,80}\}"), r"\1"),
    (re.compile(r"\[([^\[\]\n]+)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]*>"), ""),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"(?<!\\)\*\*\*(?=[^\s*])([^*\n]+)(?<=[^\s\\])\*\*\*"), r"\1"),
    (re.compile(r"(?<!\\)\*\*+(?=\S)|(?<=[^\s\\])\*\*+|(?<![\w\\])__+(?=\S)|(?<=[^\s\\])__+(?!\w)"), ""),
    (re.compile(r"(?<![\w*\\])\*(?=\S)([^*\n]+)(?<=\S)\*(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w\\])_(?=\S)([^_\n]+)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"~~([^~\n]+)~~|==([^=\n]+)=="), r"\1\2"),
    (re.compile(r"(?<= )---?(?= )"), "–"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~\"'$@-])"), r"\1"),
)


def plain(marked: str) -> str:
    """Return inline Markdown without its marks.

    >>> plain("**Roma**, [il sindaco](https://esempio.it) dice _no_ ![foto](f.jpg)")
    'Roma, il sindaco dice no'
    """
    for mark, stays in _INLINE:
        marked = mark.sub(stays, marked)
    return " ".join(marked.split())


class Outline:
    """Gathers lines into blocks and headings, in order.

    ``levels`` are those of the headings by their place among the entries (``BOLD_LEVEL``: a bold line), ``slanted`` the
    places of blocks that are wholly in italics, ``shown`` bare lines right under a picture, ``bold`` what opens a
    block's text in bold, ``author`` who wrote, by a link to her page; ``dropped`` are links and captions.
    """

    def __init__(self) -> None:
        self.found: list[page.Entry] = []
        self.levels: dict[int, int] = {}
        self.slanted: set[int] = set()
        self.shown: dict[int, str] = {}
        self.bold: dict[str, str] = {}
        self.dropped: list[Dropped] = []
        self.run: list[str] = []
        self.role = Role.PARAGRAPH
        self.pictured = False
        self.author: str | None = None

    def entries(self, body: str) -> list[page.Entry]:
        """Return (heading, None) and (None, block) entries of a whole text."""
        fenced = False
        for line in body.split("\n"):
            if _FENCE.match(line):
                fenced = not fenced
                self.close()
            elif fenced or _TABLE.match(line):
                self.close()
                self.add_row(line)
            else:
                self.add(line)
        self.close()
        return self.found

    def add_row(self, line: str) -> None:
        """Add a line of a table or a listing."""
        # A listing or a table has no order that the ear could follow, but its words are not ours to drop.
        cells = (plain(cell) for cell in line.strip().strip("|").split("|"))
        if row := ", ".join(cell for cell in cells if cell.strip(" :-")):
            self.found.append((None, Block(Role.PARAGRAPH, row)))

    def add(self, line: str) -> None:
        """Take a line into the block that is being gathered, or end that block."""
        heading = _HEADING.match(line)
        bold = None if self.run else _BOLD_LINE.match(line)
        if bold and page.heading_like(plain(bold[2])):
            self.add_heading(plain(bold[2]), BOLD_LEVEL)
        elif self.run and self.role is Role.PARAGRAPH and _UNDERLINE.fullmatch(line.strip()):
            title = plain(_ATTRIBUTES.sub("", " ".join(self.run)))
            self.run.clear()
            self.add_heading(title, 1 if line.strip()[0] == "=" else 2)
        elif heading or _RULE.match(line) or _DIV.match(line) or not line.strip():
            self.close()
            if heading:
                self.add_heading(plain(heading[2]), len(heading[1]))
        else:
            role = _kind(line)
            if self.run and self.role is Role.QUOTE and role is Role.PARAGRAPH:
                role = Role.QUOTE  # a quotation goes on without its mark
            if role is Role.ITEM or (role is Role.QUOTE) != (self.role is Role.QUOTE):
                self.close()
                self.role = role
            self.run.append((_QUOTE if role is Role.QUOTE else _ITEM).sub("", line))

    def add_heading(self, text: str, level: int) -> None:
        """Add a heading of a level; of one that was all marks nothing is left."""
        self.pictured = False
        if text:
            self.levels[len(self.found)] = level
            self.found.append((text, None))

    def close(self) -> None:
        """End the block that was being gathered."""
        marked = _BLOCK_NAME.sub("", " ".join(line.strip().removesuffix("\\") for line in self.run))
        if len(self.found) < _HEAD_ENTRIES and (signed := _AUTHOR.fullmatch(marked)):
            self.author = self.author or signed["name"]
        text = plain(marked)
        reason = _reason(marked) or ("a caption" if self.pictured and _shows(marked, text) else None)
        bare = self.pictured and 0 < len(text) <= _CAPTION_CHARACTERS and text[-1] not in ".!?:;…»”"
        if marked:
            self.pictured = not text
        if text and reason:
            self.dropped.append(Dropped(text, reason))
        elif any(map(str.isalnum, text)):
            if bare:
                self.shown[len(self.found)] = text
            if _SLANTED.fullmatch(marked):
                self.slanted.add(len(self.found))
            if opening := _BOLD_OPENING.match(marked):
                self.bold[text] = plain(opening[2])
            block = Block(self.role, text) if self.role is not Role.PARAGRAPH else page.block_of(text)
            self.found.append((None, block))
        self.run.clear()
        self.role = Role.PARAGRAPH


def _reason(marked: str) -> str | None:
    """Return why a paragraph that still bears its marks is no text, or None."""
    if marked.isdigit():
        return "a page's own count"
    if _LINKS.fullmatch(marked) or _TO_NOTE.fullmatch(marked):
        return "a link to another page"
    under = _PICTURED.fullmatch(marked)
    return "a caption" if _CAPTION.fullmatch(marked) or (under and _CREDITED.fullmatch(under["caption"])) else None


def _shows(marked: str, text: str) -> bool:
    """Tell whether a paragraph right under a picture says what it shows: in italics, or with who took it at its end."""
    return len(text) <= _CAPTION_CHARACTERS and bool(_SLANTED.fullmatch(marked) or _CREDITED.fullmatch(text))


def _kind(line: str) -> Role:
    if _QUOTE.match(line):
        return Role.QUOTE
    return Role.ITEM if _ITEM.match(line) else Role.PARAGRAPH
