"""Several stories in one text: takes of agencies, each to its "NNNN", or a newsletter's, counted or signed."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable
from dataclasses import replace

from audio.model import Article, Dropped
from audio.readers.cohesion import key_of
from audio.readers.furniture.company import is_prose
from audio.readers.lines import count_letters
from audio.readers.text.ruled import signed_stories
from audio.readers.text.thread import LEAST_LETTERS
from audio.readers.wrapping import blocks_of

# Without it a rule parts takes that have a place and a day each.
_DATED = re.compile(r"\s{0,8}(?:\([^()]{2,40}\)\s*[–-]\s*)?[A-ZÀ-Þ][\w' ]{2,30}, \d{1,2} [A-Za-z]{3,9}\.?\s*[–(-]")
_RULE = re.compile(r"^[ ]*(?:[-=_*] ?){8,}$", re.MULTILINE)
# What stands under a take: "NNNN", or the hour at which it was sent, as Italpress, AGI and askanews write it.
_END = re.compile(
    r"^(?:.{0,60}\bN{4}|[ ]*(?:\d\d-[A-Za-z]{3}-\d\d \d\d:\d\d|\d{6} [A-Z]{3} \d\d|\d{8}T\d{6}Z))[ ]*$", re.MULTILINE
)
# "-- 2 --", "---------- [2/3]" or "PEZZO 2 – righe 38" over a story, or "2. " before its title, which below the first
# stands under a rule.
_COUNT = re.compile(
    r"[ ]*[-–—=*]{1,3} ?(?P<over>\d{1,2}) ?[-–—=*]{1,3}[ ]*"
    r"|[ ]*[-–—=*]{3,80} ?\[?(?P<of>\d{1,2})/\d{1,2}\]?[ ]*[-–—=*]{0,80}[ ]*"
    r"|[ ]*(?:pezzo|notizia|lancio) (?:n[.°] ?)?(?P<nth>\d{1,2})\b(?:[ ]*[-–—/|:(,] ?.{0,60})?"
    r"|(?P<before>\d{1,2})[.)] (?P<title>(?-i:[A-ZÀ-Þ«\"“]).{3,160})",
    re.IGNORECASE,
)


def stories_in(text: str, read: Callable[[str], Article]) -> tuple[Article, ...]:
    """Return what ``read`` makes of a text, or of each of its stories where it holds several with titles."""
    lines = text.split("\n")
    above, takes = _counted(lines)
    if not takes:
        above, parts = signed_stories(lines)
        takes = ["\n".join(part) for part in parts] or _takes(text)
    found = [(read(take), take) for take in takes] if len(takes) > 1 else []
    if not found or not all(article.headline for article, _ in found):
        return (read(text),)
    # A story goes on under its title.
    groups = [list(group) for _, group in itertools.groupby(found, key=lambda pair: key_of(pair[0].headline or ""))]
    stories = [group[0][0] if len(group) == 1 else read("\n".join(take for _, take in group)) for group in groups]
    return (replace(stories[0], dropped=(*above, *stories[0].dropped)), *stories[1:])


def _takes(text: str) -> list[str]:
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
    return takes


def _counted(lines: list[str]) -> tuple[list[Dropped], list[str]]:
    """Return the stories that a text counts from one on, and the masthead and index above them; none if it does not."""
    parted = list(lines)
    starts: list[int] = []
    above = ""
    for n, line in enumerate(lines):
        count = _COUNT.fullmatch(line)
        over = count and (count["over"] or count["of"] or count["nth"])
        number = over or (count["before"] if count and (not starts or _RULE.fullmatch(above)) else None)
        if count and number == str(len(starts) + 1):
            parted[n] = count["title"] or "-" * 20
            starts.append(n)
        above = line if line.strip() else above
    if len(starts) < 2:  # noqa: PLR2004 - one story counts nothing
        return [], []
    head = lines[: starts[0]]
    if any(is_prose(" ".join(block)) for block in blocks_of(head)):
        # A greeting is said.
        starts[0], head = 0, []
    stories = ["\n".join(parted[a:b]) for a, b in itertools.pairwise([*starts, len(lines)])]
    return [
        Dropped(" ".join(line.split()), "around the letter") for line in head if any(map(str.isalnum, line))
    ], stories
