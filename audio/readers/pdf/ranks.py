"""What a paragraph is, told by how it is set: titles and headings larger or bolder than the body, captions smaller."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audio.readers.dateline import take_dateline
from audio.readers.document import Paragraph, Rank
from audio.readers.furniture.company import is_prose
from audio.readers.head import is_byline, is_signature
from audio.readers.lines import is_item

# Type sizes against the body's: a title, a heading, and the small print of captions and notes.
_TITLE, _HEADING, SMALL = 1.5, 1.12, 0.86
# Bold headings may be set a point smaller than the text.
_BOLD = 0.9
_TITLE_WORDS = 4
# A title that is hardly larger than a heading is one only where it stands near the top, alone in its size.
_NEAR_TOP = 6
# A sentence pulled out of the text and set large.
_QUOTED = re.compile(r"[«“\"].*[»”\"][.!?…]?")
_HEADING_CHARACTERS = 120
_PULLED_WORDS = 8


@dataclass(frozen=True, slots=True)
class SetParagraph:
    """A paragraph as it is set."""

    text: str
    size: float
    bold: bool


def rank(found: Sequence[SetParagraph], body: float) -> list[Paragraph]:
    """Give each paragraph its rank by its type: the largest is the title, larger or bold ones head."""
    title_size = _title_size(found, body)
    further = _further_titles(found, body)
    large = _shown_large(found, body, title_size) - further
    ranked: list[Paragraph] = []
    for index, one in enumerate(found):
        found_rank, why = Rank.PARAGRAPH, None
        if one.size >= title_size * 0.9 or index in further:
            found_rank = Rank.TITLE
        elif ranked and ranked[-1].rank is Rank.TITLE and one.size > body and len(one.text) > _HEADING_CHARACTERS // 3:
            found_rank = Rank.STANDFIRST
        elif index in large:
            why = "a sentence of the text, shown large"
        elif _heads(one, body):
            larger = one.size >= body * _HEADING
            found_rank = Rank.QUOTE if _QUOTED.fullmatch(one.text) else Rank.HEADING if larger else Rank.BOLD_LINE
        elif one.size <= body * SMALL and not _signs(found, index):
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


def _first_prose(found: Sequence[SetParagraph]) -> int:
    return next((n for n, one in enumerate(found) if is_prose(one.text)), len(found))


def _further_titles(found: Sequence[SetParagraph], body: float) -> set[int]:
    """Return the numbers of titles smaller than the first that begin a story of their own, unlike large headings.

    The story has a dateline, or its title is set as the first one is, far larger than any heading.
    """
    largest = max(found, key=lambda one: one.size, default=None)
    sizes = sorted({one.size for one in found if _heads(one, body)})
    first = _first_prose(found)
    further = set()
    for index, (one, below) in enumerate(itertools.pairwise(found)):
        if index < first or one.size < body * _TITLE or below.size > body * _HEADING:
            continue
        smaller = sizes[: bisect_left(sizes, one.size)]
        alike = largest is not None and one.bold is largest.bold and len(one.text.split()) >= _TITLE_WORDS
        apart = alike and one.text[0] not in '«“"' and one.size >= (smaller[-1] if smaller else body) * _TITLE
        if apart or take_dateline(below.text)[0] is not None:
            further.add(index)
    return further


def _shown_large(found: Sequence[SetParagraph], body: float, title_size: float) -> set[int]:
    """Return the numbers of sentences pulled out of the text: long for headings, larger than they, and set unlike."""
    first = _first_prose(found)
    heads = [n for n, one in enumerate(found) if n > first and _heads(one, body) and one.size < title_size * 0.9]
    looks = Counter((found[n].size, found[n].bold) for n in heads)
    usual = min((found[n].size for n in heads), default=body)
    return {
        n
        for n in heads
        if looks[found[n].size, found[n].bold] == 1
        and found[n].size > max(usual, body) * _HEADING
        and len(found[n].text.split()) >= _PULLED_WORDS
    }


def _signs(found: Sequence[SetParagraph], index: int) -> bool:
    """Tell whether small print says who wrote: in words, or a bare name near the top or at the end of a column."""
    text = found[index].text
    above = found[index - 1].text if index else ""
    return is_byline(text) or (is_signature(text) and (index <= _NEAR_TOP or above[-1:] in ".!?»”"))


def _heads(one: SetParagraph, body: float) -> bool:
    larger = one.size >= body * _HEADING or (one.bold and one.size >= body * _BOLD)
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
        yield replace(one, rank=Rank.PARAGRAPH) if not titled and one.rank in {Rank.HEADING, Rank.BOLD_LINE} else one
