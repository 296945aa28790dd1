"""What a paragraph is, told by how it is set: titles and headings larger or bolder than the body, captions smaller."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audio.readers.dateline import take_dateline
from audio.readers.document import Paragraph, Rank
from audio.readers.lines import is_item

# Type sizes against the body's: a title, a heading, and the small print of captions and notes.
_TITLE, _HEADING, SMALL = 1.5, 1.12, 0.86
# A title that is hardly larger than a heading is one only where it stands near the top, alone in its size.
_NEAR_TOP = 6
# A sentence pulled out of the text and set large.
_QUOTED = re.compile(r"[«“\"].*[»”\"][.!?…]?")
_HEADING_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class SetParagraph:
    """A paragraph as it is set."""

    text: str
    size: float
    bold: bool


def rank(found: Sequence[SetParagraph], body: float) -> list[Paragraph]:
    """Give each paragraph its rank by its type: the largest is the title, larger or bold ones head."""
    title_size = _title_size(found, body)
    ranked: list[Paragraph] = []
    for index, one in enumerate(found):
        found_rank, why = Rank.PARAGRAPH, None
        if one.size >= title_size * 0.9 or _opens_story(found, index, body):
            found_rank = Rank.TITLE
        elif ranked and ranked[-1].rank is Rank.TITLE and one.size > body and len(one.text) > _HEADING_CHARACTERS // 3:
            found_rank = Rank.STANDFIRST
        elif _heads(one, body):
            found_rank = Rank.QUOTE if _QUOTED.fullmatch(one.text) else Rank.HEADING
        elif one.size <= body * SMALL:
            why = "small print, such as a caption"
        elif is_item(one.text):
            found_rank = Rank.ITEM
        ranked.append(Paragraph(found_rank, one.text, why))
    return [*_kickers_first(_one_title(ranked))]


def _title_size(found: Sequence[SetParagraph], body: float) -> float:
    """Return the size of titles; infinite where there is none."""
    largest = max((one.size for one in found), default=body)
    alone = [index for index, one in enumerate(found) if one.size >= largest * 0.95]
    near_top = len(alone) == 1 and alone[0] < _NEAR_TOP and largest >= body * _HEADING
    return largest if near_top or largest >= body * _TITLE else float("inf")


def _opens_story(found: Sequence[SetParagraph], index: int, body: float) -> bool:
    """Tell a further title, smaller than the first, from a large heading: its story has a dateline of its own."""
    if not index or found[index].size < body * _TITLE or index + 1 >= len(found):
        return False
    return found[index + 1].size <= body * _HEADING and take_dateline(found[index + 1].text)[0] is not None


def _heads(one: SetParagraph, body: float) -> bool:
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
