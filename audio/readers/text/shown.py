"""What the looks of a whole page say of the head of its text: which line is the headline, and who wrote."""

from __future__ import annotations

from collections.abc import Sequence

from audio.readers import furniture
from audio.readers.cohesion import key_of
from audio.readers.dateline import agency_of, dated_place
from audio.readers.form import is_labelled
from audio.readers.furniture.company import is_prose
from audio.readers.head import byline_in, is_byline, name_in
from audio.readers.kicker import HEADING_CHARACTERS
from audio.readers.lines import take_first

_HEADER_LINES = 10


def title_among(lines: Sequence[str], headline: str | None) -> str | None:
    """Return the line that the page shows to be the headline: none of a form, none below a line that tells."""
    told = (n for n, line in enumerate(lines[:_HEADER_LINES]) if _tells(line) or is_labelled(line))
    # A title may itself end like a sentence, as a quotation does.
    near = lines[: next(told, _HEADER_LINES - 1) + 1]
    return next((line for line in near if key_of(line) == headline and not is_labelled(line)), None)


def _tells(line: str) -> bool:
    return furniture.tells(line) or agency_of(line) or is_prose(line)


def take_above(lines: Sequence[str], title: str | None) -> tuple[list[str], str | None, list[str]]:
    """Split what stands above the headline, where the page shows which line that is: its kicker, and what is left."""
    at = lines.index(title) if title else 0
    said = "\n".join(lines)
    of_text = [line for line in lines[:at] if is_byline(line) or dated_place(line, said)]
    above = [line for line in lines[:at] if line not in of_text]
    kicker = above.pop() if above and len(above[-1]) <= HEADING_CHARACTERS else None
    return [*lines[at : at + 1], *of_text, *lines[at + 1 :]], kicker, above


def take_name(body: Sequence[str], shown: str | None) -> tuple[list[str], str | None, list[str]]:
    """Split off the line that the page shows to say who wrote: the name, and the line where it says more than that."""
    name = (byline_in(shown) or name_in(shown)) if shown else None
    others, taken = take_first(body, lambda line: bool(name) and key_of(line) == key_of(shown or ""))
    return others, name, [line for line in taken if line != name]
