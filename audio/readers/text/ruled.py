"""Newsletters in plain text: rows of dashes or equals signs part the masthead, the story, and what follows it."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from audio.model import Dropped
from audio.readers import furniture
from audio.readers.head import is_byline
from audio.readers.wrapping import STOPPED, blocks_of

_RULE = re.compile(r"\s*([=\-_*~#·.—–])(?:\s?\1){9,}\s*")
_ADDRESS = re.compile(r"https?://|www\.|\S+@\S+\.\w")
# A paragraph of two lines; what is shorter greets, or asks for a coffee.
_PROSE_CHARACTERS = 120
_TITLE_CHARACTERS = 100
# The bound keeps the search linear on a hostile line.
_LONGEST_LINE = 400
_LEAST_PARTS = 3


def take_story(lines: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """Split the ruled parts of a text that tell something from those above and below, which only a newsletter has.

    A part goes where it has a date, an address or an appeal, and no paragraph; above the story only where the story's
    own part opens with a title. A text without rules is returned as it is.
    """
    parts = _parts(lines)
    told = [number for number, part in enumerate(parts) if _tells(part)] if len(parts) >= _LEAST_PARTS else []
    if not told:
        return list(lines), []
    first, last = told[0], told[-1]
    titled = _is_titled(parts[first])
    kept: list[str] = []
    dropped: list[Dropped] = []
    for number, part in enumerate(parts):
        around = (number < first and titled) or number > last
        if around and any(map(_is_of_letter, part)):
            dropped += [Dropped(" ".join(line.split()), "around the letter") for line in part if line.strip()]
        else:
            kept += [*part, ""]
    return kept, dropped


def signed_stories(lines: Sequence[str]) -> tuple[list[Dropped], list[list[str]]]:
    """Return the stories that rules part, each under its title, and what of the letter stands around them.

    Under the title of one of them, but the first, stands who wrote it: sections of one text are not signed. None is
    returned where that is not so.
    """
    parts = _parts(lines)
    if len(parts) < 2:  # noqa: PLR2004 - nothing is parted
        return [], []
    stories: list[list[str]] = []
    around: list[str] = []
    signed = False
    for part in parts:
        if _tells(part):
            if not _is_titled(part):
                return [], []
            signed = signed or (bool(stories) and _is_signed(part))
            stories.append(part)
        elif any(map(_is_of_letter, part)):
            around += part
        elif stories:
            stories[-1] += ["", *part]
        else:
            around += part
    if not signed:
        return [], []
    return [Dropped(" ".join(line.split()), "around the letter") for line in around if line.strip()], stories


def _parts(lines: Sequence[str]) -> list[list[str]]:
    ruled = itertools.groupby(lines, lambda line: bool(_RULE.fullmatch(line)))
    return [list(part) for is_rule, part in ruled if not is_rule]


def _is_signed(part: Sequence[str]) -> bool:
    below = [line.strip() for line in part if line.strip()][1:2]
    return any(map(is_byline, below))


def _tells(part: Sequence[str]) -> bool:
    """Tell whether a part has a paragraph."""
    joined = (" ".join(block) for block in blocks_of(part) if not any(map(_is_of_letter, block)))
    return any(len(text) >= _PROSE_CHARACTERS and text[-1] in STOPPED for text in joined)


def _is_titled(part: Sequence[str]) -> bool:
    title = next((line.strip() for line in part if line.strip()), "")
    return 0 < len(title) <= _TITLE_CHARACTERS and title[-1] not in STOPPED + ",;"


def _is_of_letter(line: str) -> bool:
    bare = " ".join(line.split())
    if not bare or len(bare) > _LONGEST_LINE:
        return False
    return bool(_ADDRESS.search(bare) or furniture.reason_to_drop(bare))
