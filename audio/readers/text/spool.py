"""Several takes of agencies in one file, each to its "NNNN": one story each, or one story in several takes."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable

from audio.model import Article
from audio.readers.cohesion import key_of
from audio.readers.lines import count_letters
from audio.readers.text.thread import LEAST_LETTERS

# Without it a rule parts takes that have a place and a day each.
_DATED = re.compile(r"\s{0,8}(?:\([^()]{2,40}\)\s*[–-]\s*)?[A-ZÀ-Þ][\w' ]{2,30}, \d{1,2} [a-z]{3,9}\.?\s*[–(-]")
_RULE = re.compile(r"^[ ]*(?:[-=_*] ?){8,}$", re.MULTILINE)
_END = re.compile(r"^.{0,60}\bN{4}[ ]*$", re.MULTILINE)


def stories_in(text: str, read: Callable[[str], Article]) -> tuple[Article, ...]:
    """Return what ``read`` makes of a text, or of each of its stories where it is a spool of takes with titles."""
    ends = [found.end() for found in _END.finditer(text)]
    if not ends and sum(bool(_DATED.match(line)) for line in text.split("\n")) > 1:
        ends = [found.end() for found in _RULE.finditer(text)]
    takes: list[str] = []
    for a, b in itertools.pairwise([0, *ends, len(text)]):
        # A few words are no take; they stay with the one above, or above the first.
        if takes and min(count_letters([takes[-1]]), count_letters([text[a:b]])) < LEAST_LETTERS:
            takes[-1] += text[a:b]
        else:
            takes.append(text[a:b])
    found = [(read(take), take) for take in takes] if len(takes) > 1 else []
    if not found or not all(article.headline for article, _ in found):
        return (read(text),)
    # A story goes on under its title.
    groups = [list(group) for _, group in itertools.groupby(found, key=lambda pair: key_of(pair[0].headline or ""))]
    return tuple(group[0][0] if len(group) == 1 else read("\n".join(take for _, take in group)) for group in groups)
