"""From ranked paragraphs to Articles: what word processors, PDF files and books know and plain text does not.

A document is read as a text of which more is known: its ranks are marks on the lines, and none is an order. The name
of a paper may be set as a title, a letterhead as a heading.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import Enum

from audio.errors import SourceError
from audio.model import Article, Dropped, Role
from audio.readers import lines as page
from audio.readers import text
from audio.readers.cohesion import key_of, stems_of
from audio.readers.dateline import agency_of
from audio.readers.decode import decode
from audio.readers.furniture.company import STOPS, is_prose
from audio.readers.head import KICKER_CHARACTERS, has_kicker, is_byline, is_signature
from audio.readers.tagger import Page, look_at
from audio.readers.tagger.features import Unit
from audio.readers.text.marks import Marks

_LABEL_WORDS = 3
# A title has at least so many words in common with its story.
_LEAST_OF_TITLE = 2


class Rank(Enum):
    """What a document says that a paragraph is."""

    TITLE = "title"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    HEADING = "heading"
    BOLD_LINE = "a line in bold that acts as a heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of any document; ``why_dropped`` is the reason, in words, where it is not to be read out."""

    rank: Rank
    text: str
    why_dropped: str | None = None


_HEADINGS = frozenset({Rank.HEADING, Rank.BOLD_LINE})
_ROLES = {Rank.QUOTE: Role.QUOTE, Rank.ITEM: Role.ITEM}


def clean_line(text: str) -> str:
    r"""Return a header, a label or a name as one line without anything that does not print.

    >>> clean_line("  Il\x07 ponte\n riapre ")
    'Il ponte riapre'
    """
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())


def to_articles(paragraphs: Iterable[Paragraph], source: str, title: str = "") -> tuple[Article, ...]:
    """Return one Article for each title, or one for the whole where there is at most one. Raises SourceError.

    ``title`` is what the one has for a headline where nothing in it looks like one.
    """
    cleaned = _clean(list(paragraphs), source)
    starts = [index for index, one in enumerate(cleaned) if one.rank is Rank.TITLE and not one.why_dropped]
    starts = starts or [n for n, (one, below) in enumerate(itertools.pairwise(cleaned)) if _heads_a_take(one, below)]
    # What stands before the first title (a label, a byline) belongs to it, and the label above any other.
    cuts = [0, *(start - _is_label(cleaned[start - 1]) for start in starts[1:]), len(cleaned)]
    return tuple(_article(cleaned[a:b], source, title) for a, b in itertools.pairwise(cuts) if cleaned[a:b])


def _is_label(one: Paragraph) -> bool:
    """Tell whether a paragraph above a title is its label ("ECONOMIA"), and no name that signs what stands above it."""
    short = len(one.text) <= KICKER_CHARACTERS and len(one.text.split()) <= _LABEL_WORDS
    bare = one.rank in {Rank.PARAGRAPH, *_HEADINGS} and one.text[-1] not in STOPS + ":;,"
    return short and bare and not one.why_dropped and not is_signature(one.text)


def _heads_a_take(one: Paragraph, below: Paragraph) -> bool:
    """Tell whether a heading is the title of an agency's take, which opens with the agency's dateline."""
    return one.rank in _HEADINGS and not one.why_dropped and agency_of(below.text)


def _clean(paragraphs: Sequence[Paragraph], source: str) -> list[Paragraph]:
    """Clean all texts as plain text is cleaned: invisible characters, controls, mojibake, and the bound on length."""
    squeezed = [clean_line(one.text) for one in paragraphs]
    whole = "\n".join(squeezed)
    if not any(map(str.isalpha, whole)):
        raise SourceError(f"{source}: there is nothing in it to say", hint="The source holds no words.")
    lines = decode(whole.encode("utf-8", "replace"), source).split("\n")
    clean = [replace(one, text=" ".join(line.split())) for one, line in zip(paragraphs, lines, strict=True)]
    return [one for one in clean if one.text]


def _article(paragraphs: Sequence[Paragraph], source: str, title: str) -> Article:
    """Read the paragraphs of one story as a text of which is known what the document marks."""
    dropped = tuple(Dropped(one.text, one.why_dropped) for one in paragraphs if one.why_dropped)
    kept = [one for one in paragraphs if not one.why_dropped]
    shown = look_at(
        [
            Unit(one.text, block, one.rank is Rank.ITEM, one.rank in {Rank.TITLE, *_HEADINGS})
            for block, one in enumerate(kept)
            if any(map(str.isalnum, one.text))
        ]
    )
    marks = _marks(kept, shown)
    if title and marks.title is None and shown.headline is None:
        kept.insert(0, Paragraph(Rank.TITLE, title))
        marks = replace(marks, title=key_of(title))
    article = text.read_marked([_with_bullet(one) for one in kept], source, shown, marks)
    return replace(article, dropped=(*article.dropped, *dropped))


def _with_bullet(one: Paragraph) -> str:
    return f"• {one.text}" if one.rank is Rank.ITEM and not page.is_item(one.text) else one.text


def _marks(paragraphs: Sequence[Paragraph], shown: Page) -> Marks:
    ranked = {one.rank: one for one in reversed(paragraphs)}
    titled, signed = ranked.get(Rank.TITLE), ranked.get(Rank.BYLINE)
    summed = next((one for one in paragraphs if one.rank is Rank.STANDFIRST and not is_byline(one.text)), None)
    headings = [n for n, one in enumerate(paragraphs) if one.rank in _HEADINGS and not is_byline(one.text)]
    head = _head(paragraphs, headings)
    # A ranked title that has not a word in common with the story names the paper.
    shows = any(key_of(one.text) == shown.headline for one in head)
    if titled and head and not (shows or _names_paper(titled, head[0], paragraphs)):
        head = []
    # The larger one of them is the title, or the one below a label.
    larger = [one for one in head if one.rank is Rank.HEADING]
    parted = 0 < len(larger) < len(head)
    first = larger[0] if parted else next(iter(head[has_kicker([one.text for one in head]) :]), titled)
    return Marks(
        title=_key(first),
        standfirst=_key(summed),
        byline=_key(signed),
        headings=frozenset(key_of(paragraphs[n].text) for n in headings[len(head) :]),
        bold=frozenset(key_of(paragraphs[n].text) for n in headings if paragraphs[n].rank is Rank.BOLD_LINE),
        roles={key_of(one.text): _ROLES[one.rank] for one in paragraphs if one.rank in _ROLES},
    )


def _key(one: Paragraph | None) -> str | None:
    return key_of(one.text) if one else None


def _head(paragraphs: Sequence[Paragraph], headings: Sequence[int]) -> list[Paragraph]:
    """Return the headings in a row that stand above all prose: a label, the title, perhaps its summary."""
    at = headings[0] if headings else 0
    if any(is_prose(one.text) for one in paragraphs[:at]):
        return []
    return [paragraphs[n] for place, n in enumerate(headings) if n == at + place]


def _names_paper(title: Paragraph, heading: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    story = frozenset(stem for one in paragraphs if is_prose(one.text) for stem in stems_of(one.text))
    return not stems_of(title.text) & story and len(stems_of(heading.text) & story) >= _LEAST_OF_TITLE
