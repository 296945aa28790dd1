"""What stands below a story: its signature's foot, who sends it, bare lines after the last sentence."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from audio.readers.furniture.company import TOLD, Line, told_in
from audio.readers.furniture.portraits import is_portrait, opens_portrait, portrayed
from audio.readers.head import signature_in

_TITLE_CHARACTERS = 80
# A few words without a figure; a name after a comma is whose letter it was ("Alla prossima settimana, Dario").
_BARE = re.compile(r"(?!.*, [A-ZÀ-Þ][\w'’]+$)[A-ZÀ-Þ«“][^\d\s]*(?: [^\d\s]+){0,5}(?<!;)|[a-zà-ÿ]+")
_ADDRESS = re.compile(
    r"[^.!?]{2,60}, (?:via|viale|piazza|corso|largo|vicolo) [^.!?]{2,40}\d[^.!?]{0,40}"
    r"|[^.!?]{2,60} (?:srl|spa|s\.r\.l\.|s\.p\.a\.|aps|ets|odv|onlus|coop)(?:[,–-] ?[^.!?]{2,40})?",
    re.IGNORECASE,
)
# What only a release has.
_OF_RELEASES = frozenset({"contacts", "a press office's formula", "a letter's form"})
# Who answers the press, and did not write as a reporter does.
_OFFICE = re.compile(
    r"(?:(?:responsabile|capo|addett[oa]|referente|coordinat\w+)\b.{0,20}\b(?:stampa|comunicazione)"
    r"|ufficio (?:stampa|comunicazione))\b",
    re.IGNORECASE,
)
# A text is in sentences where this share of its lines, and as many of them, end like one.
_IN_SENTENCES, _LEAST_SENTENCES = 0.4, 2


def below_signature(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of bare lines below the name that signs a text: a town, hours, where to write."""
    told = (n for n, line in enumerate(lines) if reasons[n] is None and (line.stopped or line.item))
    last = max(told, default=len(lines))
    signed = [n for n in range(last + 1, len(lines)) if signature_in(lines[n].text) and not lines[n].text.isupper()]
    # A list of names is no foot.
    if (
        len(signed) != 1
        or lines[signed[0]].heading
        or lines[signed[0] - 1].text[-1] == ":"
        or told_in(lines[: signed[0]]) < TOLD * told_in(lines)
    ):
        return []
    return list(range(signed[0] + 1, len(lines)))


def press_officer(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the number of the name below a text under which stands the office that answers the press."""
    told = max((n for n, line in enumerate(lines) if reasons[n] is None and line.stopped), default=len(lines))
    return [
        n
        for n in range(told + 1, len(lines) - 1)
        if reasons[n] is None and signature_in(lines[n].text) and _OFFICE.match(lines[n + 1].text)
    ]


def portraits(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of what is said of the sender below a release: its name, and a life under it."""
    found: list[int] = []
    if _OF_RELEASES.isdisjoint(reasons):
        # In the news a person's life, or a company's, is the story.
        return found
    above = list(itertools.accumulate((told_in([line]) for line in lines), initial=0))
    last = max((n for n, line in enumerate(lines) if line.stopped and reasons[n] is None), default=-1)
    foot = max((n for n, reason in enumerate(reasons) if reason), default=-1)
    for n, line in enumerate(lines[:-1]):
        if reasons[n] is not None or len(line.text) > _TITLE_CHARACTERS or above[n] < TOLD * above[-1]:
            continue
        # A name alone is the sender's where nothing but contacts follows.
        closing = last < n + 2 <= foot
        if is_portrait(lines[n + 1].text) and (
            opens_portrait(line.text) or (closing and _is_named(portrayed(line.text), lines[:n]))
        ):
            found += [n, n + 1]
    return found


def _is_named(name: str, lines: Sequence[Line]) -> bool:
    return any(name.casefold() in line.text.casefold() for line in lines)


def self_portrait(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of what a company says of itself below its release: its name, and a life under it."""
    told = [n for n, reason in enumerate(reasons) if reason is None]
    heads = [n for n in told if lines[n].heading]
    if not heads or {"contacts", "a box in the article"}.isdisjoint(reasons[heads[-1] :]):
        return []
    name = portrayed(lines[heads[-1]].text).casefold()
    under = [n for n in told if n > heads[-1]]
    own = bool(under) and all(name in lines[n].text.casefold() for n in under)
    above = _is_named(name, lines[: heads[-1]])
    return [heads[-1], *under] if own and above and any(is_portrait(lines[n].text) for n in under) else []


def tail(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of bare lines below the last sentence of a text in sentences; who wrote may stand there."""
    told = [n for n, reason in enumerate(reasons) if reason is None]
    kept = [n for n in told if not lines[n].heading and not lines[n].item]
    stopped = [n for n in kept if lines[n].stopped]
    if len(stopped) < _LEAST_SENTENCES or len(stopped) < _IN_SENTENCES * len(kept):
        return []
    # What a colon announces below the last sentence is a list: of names, of towns.
    open_lists = (n for n in kept if n >= stopped[-1] and lines[n].text[-1] == ":" and reasons[n + 1 : n + 2] == [None])
    announced = next(open_lists, len(lines))
    below = [n for n in kept if stopped[-1] < n < announced]
    bare = {n for n in below if _BARE.fullmatch(lines[n].text) or _ADDRESS.fullmatch(lines[n].text)}
    # A colon announces what follows; where nothing does, it is a label.
    rest = max((n for n in told if n not in bare), default=-1)
    return [n for n in bare if (lines[n].text[-1] != ":" or n > rest) and not signature_in(lines[n].text)]
