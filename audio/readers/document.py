"""From ranked paragraphs to Articles: what word processors, PDF files and books know and plain text does not.

A document that ranks its own paragraphs (a title is styled or set as one) is taken at its word; one that does not is
read as plain text is, by the signs on the lines.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from audio.errors import SourceError
from audio.model import Article, Block, Dropped, Role
from audio.readers import lines as page
from audio.readers import text
from audio.readers.decode import decode
from audio.readers.head import KICKER_CHARACTERS, byline_in, is_byline, is_signature

# A standfirst sums up in a sentence or two; what is longer is text set large.
STANDFIRST_CHARACTERS = 400


class Rank(Enum):
    """What a document says that a paragraph is."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of any document; ``why_dropped`` is the reason, in words, where it is not to be read out."""

    rank: Rank
    text: str
    why_dropped: str | None = None


_ROLES = {Rank.QUOTE: Role.QUOTE, Rank.ITEM: Role.ITEM}


def clean_line(text: str) -> str:
    r"""Return a header, a label or a name as one line without anything that does not print.

    >>> clean_line("  Il\x07 ponte\n riapre ")
    'Il ponte riapre'
    """
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def to_articles(paragraphs: Iterable[Paragraph], source: str) -> tuple[Article, ...]:
    """Return one Article for each title, or one for the whole where there is at most one. Raises SourceError."""
    cleaned = _clean(list(paragraphs), source)
    starts = [index for index, one in enumerate(cleaned) if one.rank is Rank.TITLE and not one.why_dropped]
    # What stands before the first title (a label, a byline) belongs to it.
    cuts = [0, *starts[1:], len(cleaned)]
    return tuple(_article(cleaned[a:b], source) for a, b in itertools.pairwise(cuts) if cleaned[a:b])


def _clean(paragraphs: Sequence[Paragraph], source: str) -> list[Paragraph]:
    """Clean all texts as plain text is cleaned: invisible characters, controls, mojibake, and the bound on length."""
    squeezed = [clean_line(one.text) for one in paragraphs]
    whole = "\n".join(squeezed)
    if not any(map(str.isalpha, whole)):
        raise SourceError(f"{source}: there is nothing in it to say", hint="The source holds no words.")
    lines = decode(whole.encode("utf-8", "replace"), source).split("\n")
    clean = [replace(one, text=" ".join(line.split())) for one, line in zip(paragraphs, lines, strict=True)]
    return [one for one in clean if one.text]


def _article(paragraphs: Sequence[Paragraph], source: str) -> Article:
    dropped = tuple(Dropped(one.text, one.why_dropped) for one in paragraphs if one.why_dropped)
    kept = [one for one in paragraphs if not one.why_dropped]
    ranked = any(one.rank in {Rank.TITLE, Rank.HEADING} for one in kept)
    article = _ranked(kept, source) if ranked else _plain(kept, source)
    return replace(article, dropped=(*article.dropped, *dropped))


def _plain(paragraphs: Sequence[Paragraph], source: str) -> Article:
    """Read paragraphs none of which is ranked above the others by the signs on their lines; items keep their mark."""
    marked = (
        f"• {one.text}" if one.rank is Rank.ITEM and not page.is_item(one.text) else one.text for one in paragraphs
    )
    return text.read("\n".join(marked), source)


def _ranked(paragraphs: Sequence[Paragraph], source: str) -> Article:
    """Read paragraphs whose titles and headings are known."""
    at = next((index for index, one in enumerate(paragraphs) if one.rank is Rank.TITLE), None)
    if at is None and paragraphs[0].rank is Rank.HEADING:
        at = 0
    above = [one.text for one in paragraphs[: at or 0]]
    below = list(paragraphs[0 if at is None else at + 1 :])
    byline = next((line for line in above if is_byline(line)), None)
    kicker = next((line for line in above if len(line) <= KICKER_CHARACTERS and line != byline), None)
    standfirst = None
    if at is not None and below and below[0].rank is Rank.STANDFIRST and len(below[0].text) <= STANDFIRST_CHARACTERS:
        standfirst = below.pop(0).text
    byline = byline or next((one.text for one in paragraphs if one.rank is Rank.BYLINE), None)
    below = [one for one in below if one.rank is not Rank.BYLINE]
    if byline is None:
        byline, below = _take_byline(below)
    opening = [Paragraph(Rank.PARAGRAPH, line) for line in above if line not in {kicker, byline}]
    entries, dropped = page.without_furniture(_entries([*opening, *below]), byline)
    return page.with_dateline(
        Article(
            headline=None if at is None else paragraphs[at].text,
            sections=page.to_sections(entries),
            kicker=kicker,
            standfirst=standfirst,
            byline=byline,
            source=source,
            dropped=tuple(dropped),
        )
    )


def _take_byline(paragraphs: list[Paragraph]) -> tuple[str | None, list[Paragraph]]:
    """Split off who wrote: one of the first three paragraphs below a title, or the last one of all."""
    for index in (0, 1, 2, len(paragraphs) - 1):
        here = paragraphs[index : index + 1]
        signs = is_signature if index == len(paragraphs) - 1 > 1 else is_byline
        named = byline_in(here[0].text) if here and index != len(paragraphs) - 1 else None
        if here and here[0].rank is Rank.PARAGRAPH and (named or signs(here[0].text)):
            return named or here[0].text, [*paragraphs[:index], *paragraphs[index + 1 :]]
    return None, paragraphs


def _entries(paragraphs: Iterable[Paragraph]) -> Iterator[page.Entry]:
    for one in paragraphs:
        if one.rank in {Rank.HEADING, Rank.TITLE}:
            yield one.text, None
        elif one.rank in _ROLES:
            yield None, Block(_ROLES[one.rank], page.block_of(one.text).text if page.is_item(one.text) else one.text)
        else:
            yield None, page.block_of(one.text)
