"""A line of a text in its company: what each reader knows of it beside its words."""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

STOPS = '.!?…»”"'
# A stop behind or before what closes a quotation or a bracket.
SENTENCE_END = re.compile(r"[.!?…][»”\"')]*$|[»”\"]\.?$")
_PROSE_CHARACTERS = 90
# The shortest story is one sentence.
_SENTENCE_CHARACTERS = 40
# A notice of rights, or a name that signs, ends an article of which this share stands above it.
TOLD = 0.6


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text in its company.

    ``heading``: the source itself marks it as one; ``item``: it stands in a list; ``link``: it does nothing but lead
    elsewhere; ``box``: what it stands in, where that is not the text's own column.
    """

    text: str
    heading: bool = False
    item: bool = False
    link: bool = False
    box: Hashable | None = None

    @property
    def stopped(self) -> bool:
        """Whether it ends like a sentence."""
        return self.text[-1] in STOPS


def is_prose(text: str) -> bool:
    """Tell whether a line is a paragraph: long, and it ends as a sentence does."""
    return len(text) >= _PROSE_CHARACTERS and bool(SENTENCE_END.search(text))


def tells_sentence(text: str) -> bool:
    """Tell whether a line is at least one sentence that a story could consist of."""
    return len(text) >= _SENTENCE_CHARACTERS and bool(SENTENCE_END.search(text))


def told_in(lines: Sequence[Line]) -> int:
    """Return how many characters stand in sentences."""
    return sum(len(line.text) for line in lines if line.stopped)
