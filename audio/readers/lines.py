"""From lines to an Article: what in plain text is the headline, a heading, a quote, an item or a paragraph.

The signs are those an Italian page sets: a line without a full stop, its length, its place, its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from audio.model import Article, Block, Role, Section
from audio.readers.dateline import Dateline, take_dateline

# A newspaper subhead is a short line: at most a dozen words. Chosen so that no one-line paragraph of prose passes.
HEADING_CHARACTERS, HEADING_WORDS = 80, 12
HEADLINE_CHARACTERS = 160
KICKER_CHARACTERS = 40
_STOPS = ".,;:!…"
_CLOSED = re.compile(r"""^(?:«[^»]*»|“[^”]*”|"[^"]*")[.!?…]?$""")
_ITEM = re.compile(r"^\s*(?:[-*•‣▪–—]|\d{1,2}[.)])\s+(?=\S)")
_NAME = r"[A-ZÀ-Þ][\w'’.-]+"
_BYLINE = re.compile(
    rf"^(?:di|a cura di|dal nostro inviato|dalla nostra inviata)\s+{_NAME}(?:\s+(?:{_NAME}|de|di|e)){{0,7}}$",
    re.IGNORECASE,
)
_OPENERS = "«“\"'‘"


def is_item(line: str) -> bool:
    """Tell whether a line opens with a bullet or a number of a list."""
    return bool(_ITEM.match(line))


def block_of(line: str) -> Block:
    """Return a line of body text as what it is."""
    if is_item(line):
        return Block(Role.ITEM, _ITEM.sub("", line).strip())
    return Block(Role.QUOTE if _CLOSED.match(line) else Role.PARAGRAPH, line)


def is_heading(line: str, following: str | None) -> bool:
    """Tell whether a line between paragraphs is a heading: short, unstopped, and followed by something longer."""
    return (
        following is not None
        and len(line) <= HEADING_CHARACTERS
        and len(line.split()) <= HEADING_WORDS
        and line[0] not in _OPENERS
        and (line[0].isupper() or line[0].isdigit())
        and line[-1] not in _STOPS
        and line[-1] not in '»”"'
        and not is_item(line)
        and not re.match(r"^[DR][.:]\s", line)
        and len(following) > len(line)
    )


def take_kicker(lines: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """Split off the label above a headline: a short line in capitals, when a headline and a text follow."""
    label = bool(lines[2:]) and lines[0].isupper() and len(lines[0]) <= KICKER_CHARACTERS
    if label and _headline_like(lines[0]) and _headline_like(lines[1]):
        return lines[0], lines[1:]
    return None, lines


def take_headline(lines: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """Split the headline off: a first line that is short, unstopped and no dateline; else None."""
    if len(lines) > 1 and _headline_like(lines[0]):
        return lines[0], lines[1:]
    return None, lines


def _headline_like(line: str) -> bool:
    return (
        len(line) <= HEADLINE_CHARACTERS
        and line[-1] not in ".,;:"
        and not is_item(line)
        and not _CLOSED.match(line)
        and not _BYLINE.match(line)
        and take_dateline(line)[0] is None
    )


def take_byline(lines: Sequence[str]) -> tuple[str | None, Sequence[str]]:
    """Split a byline off the top ("di Maria Rossi"), wherever it stands in the first two lines."""
    for index, line in enumerate(lines[:2]):
        if _BYLINE.match(line):
            return line, [*lines[:index], *lines[index + 1 :]]
    return None, lines


def to_sections(entries: Iterable[tuple[str | None, Block | None]]) -> tuple[Section, ...]:
    """Group (heading, None) and (None, block) entries in order into sections; a heading with nothing under it stays."""
    sections: list[Section] = []
    heading: str | None = None
    blocks: list[Block] = []
    for new_heading, block in entries:
        if block is not None:
            blocks.append(block)
            continue
        if heading is not None or blocks:
            sections.append(Section(heading, tuple(blocks)))
        heading, blocks = new_heading, []
    if heading is not None or blocks:
        sections.append(Section(heading, tuple(blocks)))
    return tuple(sections)


def with_dateline(article: Article) -> Article:
    """Move a dateline from the first paragraph of the article to its place, and mark that paragraph as the lead."""
    if not article.sections:
        return article
    first, *rest = article.sections
    dateline: Dateline | None = None
    blocks = list(first.blocks)
    if blocks and blocks[0].role is Role.PARAGRAPH:
        dateline, text = take_dateline(blocks[0].text)
        blocks[0] = Block(Role.LEAD, text)
    published = article.published or (dateline.published if dateline else None)
    return replace(
        article,
        sections=(Section(first.heading, tuple(blocks)), *rest),
        dateline=dateline.text if dateline else article.dateline,
        published=published,
    )


def outline(lines: Sequence[str]) -> Iterator[tuple[str | None, Block | None]]:
    """Yield the entries of body lines: headings where the signs say so, blocks elsewhere."""
    for index, line in enumerate(lines):
        following = lines[index + 1] if index + 1 < len(lines) else None
        if index and is_heading(line, following):
            yield line, None
        else:
            yield None, block_of(line)
