"""What a paragraph is, told by how it is set: titles and headings larger or bolder than the body, captions smaller."""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from audio.readers import furniture
from audio.readers.dateline import is_town, place_and_day, take_dateline
from audio.readers.document import Paragraph, Rank
from audio.readers.furniture.company import is_prose
from audio.readers.head import byline_in, is_byline, is_signature
from audio.readers.kicker import names_section
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
# Headings are hardly ever set so many times as large as the text; a sentence is, be it the only one, or short.
_FAR_LARGER = 1.4
_PULLED_WORDS, _FEW_PULLED_WORDS = 8, 7


@dataclass(frozen=True, slots=True)
class SetParagraph:
    """A paragraph as it is set; ``inserted``: into the middle of another, ``titled``: which story it heads, from 1.

    ``flush``: it opens at the edge of its column, where paragraphs are indented.
    """

    text: str
    size: float
    bold: bool
    inserted: bool = False
    slanted: bool = False
    titled: int = 0
    flush: bool = False

    @property
    def look(self) -> tuple[float, bool, bool]:
        """How it is set, to be compared with others."""
        return self.size, self.bold, self.slanted


def rank(found: Sequence[SetParagraph], body: float) -> list[Paragraph]:
    """Give each paragraph its rank by its type: the largest is the title, larger or bold ones head."""
    title_size = _title_size([one for one in found if not one.inserted], body)
    further = _further_titles(found, body)
    large = _shown_large(found, body, title_size) - further
    # A quotation may be a heading among others.
    looks = {one.look for one in found if _heads(one, body) and not _QUOTED.fullmatch(one.text)}
    ranked: list[Paragraph] = []
    for index, one in enumerate(found):
        found_rank, why = Rank.PARAGRAPH, None
        if one.inserted and one.size > body:
            why = "a sentence of the text, shown large"
        elif one.size >= title_size * 0.9 or index in further or one.titled:
            found_rank = Rank.TITLE
        elif ranked and ranked[-1].rank is Rank.TITLE and one.size > body and len(one.text) > _HEADING_CHARACTERS // 3:
            found_rank = Rank.STANDFIRST
        elif index in large:
            why = "a sentence of the text, shown large"
        elif _heads(one, body):
            larger = one.size >= body * _HEADING
            quoted = _QUOTED.fullmatch(one.text) and one.look not in looks
            found_rank = Rank.QUOTE if quoted else Rank.HEADING if larger else Rank.BOLD_LINE
        elif one.size <= body * SMALL and not _signs(found, index):
            why = "small print, such as a caption"
        elif is_item(one.text):
            found_rank = Rank.ITEM
        ranked.append(Paragraph(found_rank, one.text, why))
    return [*_kickers_first(_one_title(ranked, [one.titled for one in found]))]


def _title_size(found: Sequence[SetParagraph], body: float) -> float:
    """Return the size of titles; infinite where there is none."""
    largest = max((one.size for one in found), default=body)
    alone = [index for index, one in enumerate(found) if one.size >= largest * 0.95]
    near_top = len(alone) == 1 and alone[0] < max(_NEAR_TOP, _first_prose(found)) and largest >= body * _HEADING
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
    further = _signed_titles(found, body, first)
    for index, (one, below) in enumerate(itertools.pairwise(found)):
        if index < first or one.size < body * _TITLE or below.size > body * _HEADING:
            continue
        smaller = sizes[: bisect_left(sizes, one.size)]
        alike = largest is not None and one.look[1:] == largest.look[1:] and len(one.text.split()) >= _TITLE_WORDS
        apart = alike and one.text[0] not in '«“"' and one.size >= (smaller[-1] if smaller else body) * _TITLE
        if apart or take_dateline(below.text)[0] is not None:
            further.add(index)
    return further


def _signed_titles(found: Sequence[SetParagraph], body: float, first: int) -> set[int]:
    """Return the numbers of large lines with who wrote right below, and of those that are set as several of these.

    So are those under the name of a section, where several are.
    """
    heads = [n for n, one in enumerate(found) if one.size >= body * _HEADING and _heads(one, body)]
    signed = [n for n in heads if any(is_byline(one.text) and one.size <= body for one in found[n + 1 : n + 3])]
    looks = Counter(found[n].look for n in signed)
    alike = {n for n in heads if looks[found[n].look] > 1}
    labelled = {n for n in heads if n and _is_section(found[n - 1], body)}
    return alike | {n for n in signed if n > first} | (labelled if len(labelled) > 1 else set())


def _is_section(one: SetParagraph, body: float) -> bool:
    """Tell whether a line is the name of a section over a title: a few capitals, no larger than the text."""
    return names_section(one.text) and one.size <= body and not furniture.reason_to_drop(one.text)


def _shown_large(found: Sequence[SetParagraph], body: float, title_size: float) -> set[int]:
    """Return the numbers of sentences pulled out of the text: long for headings, larger than they, and set unlike."""
    first = _first_prose(found)
    heads = [n for n, one in enumerate(found) if n > first and _heads(one, body) and one.size < title_size * 0.9]
    looks = Counter(found[n].look for n in heads)
    pulled = set()
    for n in heads:
        one = found[n]
        usual = min((found[other].size for other in heads if other != n), default=0.0)
        larger = one.size > max(usual, body) * _HEADING if usual else one.size >= body * _FAR_LARGER
        words = _PULLED_WORDS if one.size < body * _FAR_LARGER else _FEW_PULLED_WORDS
        if looks[one.look] == 1 and larger and len(one.text.split()) >= words:
            pulled.add(n)
    return pulled


def may_be_pulled(one: SetParagraph, body: float) -> bool:
    """Tell whether a paragraph has the form of words that somebody said, shown large; a title may have it too."""
    return one.size > body and one.text[0] in '«“"' and not one.titled


def _signs(found: Sequence[SetParagraph], index: int) -> bool:
    """Tell whether small print says where, or who wrote: in words, or a bare name near the top or a column's end."""
    text = found[index].text
    if is_town(text.title()) or (place_and_day(text) and index <= _first_prose(found)):
        return True
    above = found[index - 1].text if index else ""
    return byline_in(text) is not None or (is_signature(text) and (index <= _NEAR_TOP or above[-1:] in ".!?»”"))


def _heads(one: SetParagraph, body: float) -> bool:
    bold = one.bold and one.size >= body * _BOLD and one.text[0] != "•"
    larger = one.size >= body * _HEADING or bold
    return larger and len(one.text) <= _HEADING_CHARACTERS and one.text[-1] not in ".,;:"


def _one_title(ranked: Sequence[Paragraph], heads: Sequence[int]) -> Iterator[Paragraph]:
    """Join the lines of one title; a title with little text above it is the second line of the first.

    ``heads`` tells which story each heads: with that of another, or a paper's name, a title is not joined.
    """
    pairs = zip(ranked, heads, strict=True)
    for (is_title, _), group in itertools.groupby(pairs, key=lambda pair: (pair[0].rank is Rank.TITLE, pair[1])):
        found = [one for one, _ in group]
        if is_title:
            yield Paragraph(Rank.TITLE, " ".join(one.text for one in found))
        else:
            yield from found


def _kickers_first(ranked: Iterator[Paragraph]) -> Iterator[Paragraph]:
    """A label above the first title is text to the title, not a heading."""
    titled = False
    paragraphs = list(ranked)
    first = next((index for index, one in enumerate(paragraphs) if one.rank is Rank.TITLE), 0)
    for index, one in enumerate(paragraphs):
        titled = titled or index >= first
        yield replace(one, rank=Rank.PARAGRAPH) if not titled and one.rank in {Rank.HEADING, Rank.BOLD_LINE} else one
