"""Word documents (.docx, ECMA-376): headings, quotes, lists and titles as their styles rank them.

Read here rather than by a library for documents: those lose what a colleague inserted with tracked changes and keep
what he deleted, and they unpack every picture of the package to find the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from audio.errors import SourceError
from audio.model import Article
from audio.readers.document import Paragraph, Rank, to_articles
from audio.readers.package import Element, Package

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
# Older Word files and encrypted ones are both in this container.
_OLE = b"\xd0\xcf\x11\xe0"
# The names of built-in styles are English in every Word; only their ids are translated.
_RANKS = (
    (re.compile(r"title$"), Rank.TITLE),
    (re.compile(r"subtitle$"), Rank.STANDFIRST),
    (re.compile(r"heading \d$"), Rank.HEADING),
    (re.compile(r"(intense )?quote$|quotations?$|block text$"), Rank.QUOTE),
    (re.compile(r"list (bullet|number|continue)"), Rank.ITEM),
)
_DROPPED = (
    (re.compile(r"caption$"), "a caption"),
    (re.compile(r"toc (\d|heading)"), "the table of contents"),
    (re.compile(r"pull ?quote|(?:citazione|frase) in evidenza|strillo"), "a sentence shown large"),
)
# Lines that a writer breaks by hand stand alone: an address, buttons of a page, who signs.
_SHORT_LINE = 80
# Deleted or moved away by tracked changes, codes of fields, pictures and boxes beside the text.
_SKIPPED = {f"{_W}{name}" for name in "del moveFrom instrText delText pict drawing object rPr pPr".split()}
_SKIPPED.add("{http://schemas.openxmlformats.org/markup-compatibility/2006}AlternateContent")
_RELATIONS = "_rels/.rels"
_BODY_LEVEL = 9
_MOST_ANCESTORS = 20


@dataclass(frozen=True, slots=True)
class _Style:
    """A paragraph style: its name in lower case, the id of the style it builds on, its outline level."""

    name: str
    based_on: str | None
    level: int | None
    listed: bool


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read a document; each paragraph styled as a title begins an article. Raises SourceError."""
    if raw.startswith(_OLE):
        raise SourceError(
            f"{source}: is encrypted, or of a Word older than 2007", hint="Save it as .docx without a password."
        )
    package = Package(raw, source)
    root = package.tree(_main_part(package))
    if _STRICT in str(root.tag):
        raise SourceError(f"{source}: is a Strict Open XML document", hint="Save it as an ordinary .docx.")
    styles = _styles(package)
    return to_articles(_paragraphs(root, styles), source)


def _main_part(package: Package) -> str:
    """Return the name of the document's part, which some writers number."""
    if _RELATIONS in package:
        for relation in package.tree(_RELATIONS).iter("{*}Relationship"):
            target = str(relation.get("Target", "")).lstrip("/")
            if str(relation.get("Type", "")).endswith("/officeDocument") and target in package:
                return target
    return "word/document.xml"


def _styles(package: Package) -> dict[str, _Style]:
    member = "word/styles.xml"
    if member not in package:
        return {}
    found = {}
    for style in package.tree(member).iter(f"{_W}style"):
        name, based_on = style.find(f"{_W}name"), style.find(f"{_W}basedOn")
        found[style.get(f"{_W}styleId", "")] = _Style(
            name="" if name is None else name.get(f"{_W}val", "").lower(),
            based_on=None if based_on is None else based_on.get(f"{_W}val"),
            level=_level(style),
            listed=style.find(f"{_W}pPr/{_W}numPr") is not None,
        )
    return found


def _level(of: Element) -> int | None:
    level = of.find(f"{_W}pPr/{_W}outlineLvl")
    value = "" if level is None else level.get(f"{_W}val", "")
    return int(value) if re.fullmatch(r"\d", value) and int(value) < _BODY_LEVEL else None


def _paragraphs(root: Element, styles: Mapping[str, _Style]) -> Iterator[Paragraph]:
    """Yield the document's paragraphs in order, those in tables and forms among them."""
    initial = ""
    for paragraph in root.iter(f"{_W}p"):
        # A paragraph inside a box belongs to the box, and the box stands beside the text.
        if any(ancestor.tag in _SKIPPED for ancestor in paragraph.iterancestors()):
            continue
        said = initial + "".join(_texts(paragraph))
        # A first letter as high as several lines stands in a frame of its own before the paragraph that it opens.
        initial = said if paragraph.find(f"{_W}pPr/{_W}framePr[@{_W}dropCap]") is not None else ""
        if initial:
            continue
        rank, why_dropped = _rank(paragraph, styles)
        texts, level = _parted(said), _heading_level(paragraph, styles)
        if rank is Rank.PARAGRAPH and _is_bold_line(paragraph, texts):
            rank = Rank.BOLD_LINE
        for text in texts:
            yield Paragraph(rank, text, why_dropped, level)
    if initial:
        yield Paragraph(Rank.PARAGRAPH, initial)


def _parted(text: str) -> list[str]:
    """Part a paragraph at its empty lines, and at all of its breaks where each line is short and none a sentence."""
    lines = [line.strip() for line in text.split("\n") if line.strip()]
    alone = (len(line) <= _SHORT_LINE and not line[0].islower() and line[-1] not in ".,;:!?…»”" for line in lines)
    if len(lines) > 1 and all(alone):
        return lines
    return text.split("\n\n")


def _texts(paragraph: Element) -> Iterator[str]:
    """Yield the pieces of a paragraph's text; a line break is a newline."""
    for run in paragraph.iter(f"{_W}r"):
        skipped = any(ancestor.tag in _SKIPPED for ancestor in run.iterancestors())
        if skipped or run.find(f"{_W}rPr/{_W}vanish") is not None:
            continue
        for piece in run:
            if piece.tag == f"{_W}t":
                yield piece.text or ""
            elif piece.tag == f"{_W}noBreakHyphen":
                yield "-"
            elif piece.tag == f"{_W}tab":
                yield " "
            elif piece.tag in {f"{_W}br", f"{_W}cr"}:
                yield "\n"


def _rank(paragraph: Element, styles: Mapping[str, _Style]) -> tuple[Rank, str | None]:
    """Return what a paragraph's style, or one that style builds on, says that it is; and why it is not read."""
    if _level(paragraph) is not None:
        return Rank.HEADING, None
    if _is_row_of_links(paragraph):
        return Rank.PARAGRAPH, "a row of links"
    style_id = _style_id(paragraph)
    listed = paragraph.find(f"{_W}pPr/{_W}numPr") is not None
    for _ in range(_MOST_ANCESTORS):
        style = styles.get(style_id)
        if style is None:
            break
        why = next((why for form, why in _DROPPED if form.match(style.name)), None)
        rank = next((rank for form, rank in _RANKS if form.match(style.name)), None)
        if why or rank:
            return rank or Rank.PARAGRAPH, why
        if style.level is not None:
            return Rank.HEADING, None
        listed = listed or style.listed
        style_id = style.based_on or ""
    return (Rank.ITEM if listed else Rank.PARAGRAPH), None


def _style_id(paragraph: Element) -> str:
    named = paragraph.find(f"{_W}pPr/{_W}pStyle")
    return "" if named is None else named.get(f"{_W}val", "")


def _heading_level(paragraph: Element, styles: Mapping[str, _Style]) -> int:
    """Return the number in the name of a heading's style, 0 where it has none."""
    style = styles.get(_style_id(paragraph))
    found = re.fullmatch(r"heading (\d)", style.name) if style else None
    return int(found[1]) if found else 0


def _is_row_of_links(paragraph: Element) -> bool:
    """Tell whether a paragraph is nothing but several links, as the buttons of a page from the web."""
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(run.itertext(f"{_W}t")).strip()]
    links = {parent for run in runs if (parent := run.getparent()) is not None and parent.tag == f"{_W}hyperlink"}
    return len(links) > 1 and all(run.getparent() in links for run in runs)


def _is_bold_line(paragraph: Element, texts: list[str]) -> bool:
    """Tell a heading made by hand: a short line, all bold, without a full stop, where the writer knew no styles."""
    text = " ".join(" ".join(texts).split())
    runs = [run for run in paragraph.iter(f"{_W}r") if "".join(run.itertext(f"{_W}t")).strip()]
    if not runs or not 0 < len(text) <= 80 or text[-1] in ".,;:":  # noqa: PLR2004 - as in plain text
        return False
    marks = [run.find(f"{_W}rPr/{_W}b") for run in runs]
    return all(mark is not None and mark.get(f"{_W}val", "1") not in {"0", "false"} for mark in marks)
