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
from audio.readers import furniture, text
from audio.readers import lines as page
from audio.readers.cohesion import key_of, stems_of
from audio.readers.dateline import agency_of
from audio.readers.decode import decode
from audio.readers.furniture.company import STOPS, is_prose, tells_sentence
from audio.readers.head import is_byline, is_signature
from audio.readers.kicker import KICKER_CHARACTERS, has_kicker
from audio.readers.tagger import Page, look_at
from audio.readers.tagger.features import Unit
from audio.readers.text.marks import Marks

_LABEL_WORDS = 3
# A paper's name is no longer.
_NAME_WORDS = 7
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
    """A paragraph of any document; ``why_dropped`` is the reason, in words, where it is not to be read out.

    ``level`` tells headings of one kind from those of another, where the document has several.
    """

    rank: Rank
    text: str
    why_dropped: str | None = None
    level: int = 0


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
    cleaned = _without_storyless_titles(_with_signed_stories(cleaned))
    starts = _titles(cleaned)
    starts = starts or [n for n, (one, below) in enumerate(itertools.pairwise(cleaned)) if _heads_a_take(one, below)]
    # What stands before the first title (a label, a byline) belongs to it, and the label above any other.
    cuts = [0, *_with_labels(cleaned, starts)[1:], len(cleaned)]
    return tuple(_article(cleaned[a:b], source, title) for a, b in itertools.pairwise(cuts) if cleaned[a:b])


def _titles(paragraphs: Sequence[Paragraph]) -> list[int]:
    return [index for index, one in enumerate(paragraphs) if one.rank is Rank.TITLE and not one.why_dropped]


def _with_signed_stories(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Rank headings of one kind as titles where one of them ends a story, or begins another: a name stands beside it.

    Right above it stands who signs, or right below who wrote, further down than the first paragraph.
    """
    kept = [one for one in paragraphs if not one.why_dropped]
    first = next((n for n, one in enumerate(kept) if is_prose(one.text)), len(kept))
    pairs = list(enumerate(itertools.pairwise(kept)))
    # Right over a title it is a label.
    over = {n for n, (_, below) in pairs if below.rank is Rank.TITLE}
    closed = {_kind(one) for n, (above, one) in pairs if one.rank in _HEADINGS and _signs(above) and n + 1 not in over}
    opened = {
        _kind(one)
        for n, (one, below) in pairs
        # Right under a title it is a summary.
        if one.rank in _HEADINGS and n > first and is_byline(below.text) and kept[n - 1].rank is not Rank.TITLE
    }
    kinds = closed | opened
    return [replace(one, rank=Rank.TITLE) if _kind(one) in kinds and not one.why_dropped else one for one in paragraphs]


def _kind(one: Paragraph) -> tuple[Rank, int]:
    return one.rank, one.level


def _signs(one: Paragraph) -> bool:
    named = is_signature(one.text) and not (is_byline(one.text) or one.text.isupper())
    return one.rank is Rank.PARAGRAPH and named


def _without_storyless_titles(paragraphs: Sequence[Paragraph]) -> list[Paragraph]:
    """Rank a title with nothing told under it, above the next one, as text: a letterhead, or the name of a paper."""
    starts = _titles(paragraphs)
    stories = itertools.pairwise([*starts, len(paragraphs)])
    bare = {a for a, b in stories if b < len(paragraphs) and not any(map(_tells, paragraphs[a:b]))}
    return [replace(one, rank=Rank.PARAGRAPH) if n in bare else one for n, one in enumerate(paragraphs)]


def _tells(one: Paragraph) -> bool:
    return one.rank is not Rank.TITLE and tells_sentence(one.text)


def _with_labels(paragraphs: Sequence[Paragraph], starts: Sequence[int]) -> list[int]:
    """Return where each story begins: at its title, or at the label above it.

    What could be a name signs the story above, unless it is set as a label is that could not.
    """
    above = [_above(paragraphs, start) for start in starts]
    labels = {n: paragraphs[n] for n in above if _is_label(paragraphs[n])}
    bare = {n for n, one in labels.items() if not is_signature(one.text)}
    sure = {_look(labels[n]) for n in bare if labels[n].rank in _HEADINGS}
    return [
        n if n in bare or (n in labels and _look(labels[n]) in sure) else start
        for n, start in zip(above, starts, strict=True)
    ]


def _above(paragraphs: Sequence[Paragraph], start: int) -> int:
    """Return the number of what is read right above a title, of the title where nothing is."""
    return next((n for n in range(start - 1, 0, -1) if not paragraphs[n].why_dropped), start)


def _is_label(one: Paragraph) -> bool:
    """Tell whether a paragraph above a title has the form of its label ("ECONOMIA")."""
    short = len(one.text) <= KICKER_CHARACTERS and len(one.text.split()) <= _LABEL_WORDS
    bare = one.rank in {Rank.PARAGRAPH, *_HEADINGS} and one.text[-1] not in STOPS + ":;,"
    return short and bare and not one.why_dropped


def _look(one: Paragraph) -> tuple[Rank, bool]:
    return one.rank, one.text.isupper()


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
    marks = replace(_marks(kept, shown), beside="\n".join(piece.text for piece in dropped))
    marked = {key_of(one.text) for one in kept if one.rank in {Rank.TITLE, *_HEADINGS}}
    formal = any(key_of(one.text) == marks.title and furniture.reason_to_drop(one.text) for one in kept)
    if shown.headline not in marked and not formal:
        # Where the page shows none of the marked lines to be the headline, its title is the one that is marked.
        shown = replace(shown, outside=shown.outside - {marks.title})
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
    headings = headings[_over_title(paragraphs, headings) :]
    head = _head(paragraphs, headings)
    # A ranked title that has not a word in common with the story names the paper.
    shows = any(key_of(one.text) == shown.headline for one in head)
    # The larger one of them is the title, or the one below a label.
    larger = [one for one in head if one.rank is Rank.HEADING]
    if (
        titled
        and head
        and not (
            (shows and not _is_of_story(titled, paragraphs)) or _names_paper(titled, (larger or head)[0], paragraphs)
        )
    ):
        head, larger = [], []
    parted = 0 < len(larger) < len(head)
    # What is set under the first line, as a lower heading, is no title to which that is the label.
    labelled = has_kicker([one.text for one in head]) and head[0].level >= head[1].level
    first = larger[0] if parted else next(iter(head[labelled:]), titled)
    return Marks(
        title=_key(first),
        standfirst=_key(summed),
        byline=_key(signed),
        headings=frozenset(key_of(paragraphs[n].text) for n in headings[len(head) :]),
        bold=frozenset(key_of(paragraphs[n].text) for n in headings if paragraphs[n].rank is Rank.BOLD_LINE),
        roles={key_of(one.text): _ROLES[one.rank] for one in paragraphs if one.rank in _ROLES},
    )


def _over_title(paragraphs: Sequence[Paragraph], headings: Sequence[int]) -> int:
    """Return how many headings are an office's name or a desk's note, over another one and no text."""
    text = next((n for n, one in enumerate(paragraphs) if is_prose(one.text)), len(paragraphs))
    head = [paragraphs[n].text for n in headings if n < text]
    bare = itertools.takewhile(lambda line: furniture.is_letterhead(line) or furniture.reason_to_drop(line), head[:-1])
    return len(list(bare))


def _key(one: Paragraph | None) -> str | None:
    return key_of(one.text) if one else None


def _head(paragraphs: Sequence[Paragraph], headings: Sequence[int]) -> list[Paragraph]:
    """Return the headings in a row that stand above all prose: a label, the title, perhaps its summary."""
    at = headings[0] if headings else 0
    if any(is_prose(one.text) for one in paragraphs[:at]):
        return []
    return [paragraphs[n] for place, n in enumerate(headings) if n == at + place]


def _names_paper(title: Paragraph, heading: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    short = len(title.text.split()) <= _NAME_WORDS
    return short and not _shared(title, paragraphs) and _is_of_story(heading, paragraphs)


def _is_of_story(line: Paragraph, paragraphs: Sequence[Paragraph]) -> bool:
    return _shared(line, paragraphs) >= _LEAST_OF_TITLE


def _shared(line: Paragraph, paragraphs: Sequence[Paragraph]) -> int:
    """Return how many telling words of a line the story has too."""
    return len(stems_of(line.text) & {stem for one in paragraphs if is_prose(one.text) for stem in stems_of(one.text)})
