"""Which lines stand around an article, judged in their company: lists of links, boxes, contacts, what follows the end.

A line by itself is judged by ``furniture``; here it is judged by what stands above and below it. All readers share it.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Hashable, Sequence
from collections.abc import Set as AbstractSet

from audio.readers import furniture
from audio.readers.furniture.below import below_signature, portraits, press_officer, self_portrait, tail
from audio.readers.furniture.company import TOLD, Line, told_in
from audio.readers.furniture.contacts import is_contact, is_farewell, is_salute, opens_contacts
from audio.readers.furniture.forms import headings
from audio.readers.furniture.portraits import is_biography
from audio.readers.furniture.repeated import shown_large
from audio.readers.furniture.strangers import hours_in_rows, strangers
from audio.readers.head import is_signature

OUTSIDE = "around the story, by its words and place"
_OVER = headings()
_BOX, _SHEET, _PAPERS, _ASIDE, _INDEX = (
    re.compile(rf"(?:{_OVER[kind]})\W*", re.IGNORECASE)
    for kind in ("a box", "a sheet", "papers", "an aside", "an index")
)
_LINKS = re.compile(rf"(?:{_OVER['links']})\s?[:>»→]?", re.IGNORECASE)
_PROSE_CHARACTERS = 40
_SHORT_WORDS = 4
_BOX_REASONS = frozenset(
    {
        "a paywall", "a newsletter", "a link to another page", "a share button", "readers' comments", "an advertisement",
        "an appeal to the reader",
    }
)  # fmt: skip
# "3 marzo 2026 – Milano, Unipol Forum", in a list.
_DAY_OF = re.compile(r"\d{1,2}[°º]? [a-zà-ÿ]{3,9} \d{4}\s?[–:-]\s?\w")
# Contacts and salutes stand among the last lines.
_CONTACT_LINES = 8


def reasons_to_drop(
    lines: Sequence[Line], byline: str | None = None, outside: AbstractSet[str] = frozenset()
) -> list[str | None]:
    """Return for each line why it is no part of the article, or None if it is text; no line may be empty.

    ``outside`` are the keys of lines that the looks of the whole page speak against (``tagger``).
    """
    alone = [_alone(line) for line in lines]
    reasons = [own or boxed for own, boxed in zip(alone, _boxed(lines, alone), strict=True)]
    hours = hours_in_rows(lines)
    for number in (*_days(lines, alone), *hours):
        reasons[number] = None
    contacts, end = _contacts(lines, alone), _end(lines, alone)
    for number, line in enumerate(lines):
        if number >= contacts or (number and not line.heading and _is_contact(line)):
            reasons[number] = reasons[number] or "contacts"
        elif number > end:
            reasons[number] = reasons[number] or "after the end"
    steps: tuple[tuple[str, Callable[[Sequence[Line], Sequence[str | None]], list[int]]], ...] = (
        ("a label", _bare_boxes),
        ("a label", tail),
        ("contacts", press_officer),
        ("below the signature", below_signature),
        ("about who sends it", portraits),
        ("about who sends it", self_portrait),
        (OUTSIDE, functools.partial(strangers, outside=outside, hours=hours)),
        ("a sentence of the text, shown large", shown_large),
        ("a heading with nothing under it", _empty_headings),
    )
    for why, find in steps:
        for number in find(lines, reasons):
            reasons[number] = reasons[number] or why
    if last := _biography(lines, reasons, byline):
        reasons[last] = "about the author"
    return reasons


def _biography(lines: Sequence[Line], reasons: Sequence[str | None], byline: str | None) -> int | None:
    """Return the number of the last line that is read, if it is about who wrote and not the first."""
    last = max((n for n, reason in enumerate(reasons) if reason is None), default=0)
    return last if byline and last and is_biography(lines[last].text, byline) else None


def _days(lines: Sequence[Line], alone: Sequence[str | None]) -> list[int]:
    """Return the numbers of the days and hours that head what happened then, where there are more than one."""
    days = [
        n
        for n, line in enumerate(lines)
        if alone[n] == "a publication date" and (line.heading or _heads_a_day(lines, alone, n))
    ]
    return days if len(days) > 1 else []


def _heads_a_day(lines: Sequence[Line], alone: Sequence[str | None], number: int) -> bool:
    above = next((n for n in range(number - 1, -1, -1) if alone[n] is None), None)
    near = [n for n in (above, number + 1) if n is not None and n < len(lines)]
    return len(near) > 1 and all(lines[n].stopped and alone[n] is None for n in near)


def is_label(text: str) -> bool:
    """Tell whether a line is nothing but the label of links to come ("Leggi anche", "Articoli più letti:").

    >>> is_label("Leggi anche:"), is_label("Leggi anche: la mappa")
    (True, False)
    """
    return bool(_LINKS.fullmatch(text))


def is_box(text: str) -> bool:
    """Tell whether a line is the heading of a box beside a text ("Chi è Ada Neri", "Informazioni sull'autore")."""
    return bool(_BOX.fullmatch(text) or _ASIDE.fullmatch(text))


def _alone(line: Line) -> str | None:
    if line.item:
        reason = furniture.reason_by_form(line.text)
        # Steps and days in a list are the text; so is what looks like a caption.
        own = None if line.stopped or reason == "a caption" or _DAY_OF.match(line.text) else reason
        return own or ("a link to another page" if line.link else None)
    return furniture.reason_to_drop(line.text) or ("a link to another page" if line.link else None)


def _boxed(lines: Sequence[Line], alone: Sequence[str | None]) -> list[str | None]:
    """Return the reasons of what stands under a label of links or the heading of a box."""
    reasons: list[str | None] = [None] * len(lines)
    marked = any(line.heading for line in lines)
    column = any(line.box is None and line.stopped for line in lines)
    last = max((number for number, line in enumerate(lines) if line.stopped), default=-1)
    opened: Line | None = None
    # A bare word above the text is its section ("APPROFONDIMENTI"), below it a label.
    links = sheet = told = False
    for number, line in enumerate(lines):
        told = told or line.stopped
        label = number > 0 and is_label(line.text) and (told or line.heading or " " in line.text)
        first = line.box is not None and (number == 0 or lines[number - 1].box is not line.box)
        if label or (line.heading and _opens_box(line, alone[number])) or (first and alone[number] in _BOX_REASONS):
            opened, links = line, label or alone[number] in _BOX_REASONS or bool(_INDEX.fullmatch(line.text))
            sheet = _is_sheet(line.text) or (opens_contacts(line.text) and not _BOX.fullmatch(line.text))
            reasons[number] = alone[number] or "a box in the article"
        elif (
            opened
            and alone[number] is None
            and (_closes(line, opened, links=links, column=column) or (sheet and _is_told_under(opened, line)))
        ):
            if sheet and opened is lines[number - 1] and not any(map(str.isdigit, opened.text)):
                # Prose right under it: a heading like any other.
                reasons[number - 1] = alone[number - 1]
            opened = None
        elif opened:
            reasons[number] = "a link to another page" if links else "a box in the article"
            if links and not marked and number < last:
                # Nothing tells the next title from a heading of the text.
                opened = None
    return reasons


def _opens_box(line: Line, reason: str | None) -> bool:
    aside = line.box is not None and _ASIDE.fullmatch(line.text)
    return (
        reason in _BOX_REASONS
        or bool(aside or _BOX.fullmatch(line.text))
        or _is_sheet(line.text)
        or opens_contacts(line.text)
    )


def _is_sheet(text: str) -> bool:
    return bool(_SHEET.fullmatch(text) or _PAPERS.fullmatch(text))


def _closes(line: Line, opened: Line, *, links: bool, column: bool) -> bool:
    """Tell whether a line is text again: it stands in the text's column, is a heading, or a sentence among links."""
    if opened.box is not None and (line.box is opened.box or not opened.heading):
        return line.box is not opened.box
    if opened.box is not None and column:
        return line.box is None and (line.stopped or line.heading)
    # A line that ends in a colon or a semicolon announces, or is, a list of the text.
    told = line.stopped or line.text[-1] in ":;"
    return not line.link and (line.heading or (links and told))


def _is_contact(line: Line) -> bool:
    return is_contact(line.text) and not furniture.tells(line.text)


def _is_told_under(heading: Line, line: Line) -> bool:
    """Tell whether a line under the heading of a sheet is of the text: what documents it takes, or a paragraph."""
    listed = bool(_PAPERS.fullmatch(heading.text)) and not line.link and (line.item or line.stopped)
    return listed or _is_paragraph(line)


def _is_paragraph(line: Line) -> bool:
    """Tell prose from a row of data."""
    prose = line.stopped and not line.item and len(line.text) >= _PROSE_CHARACTERS and ";" not in line.text
    return prose and not is_contact(line.text)


def _contacts(lines: Sequence[Line], alone: Sequence[str | None]) -> int:
    """Return where the contacts at the end begin; a salute above more than it ends is that of a covering note."""
    for number in range(max(1, len(lines) - _CONTACT_LINES), len(lines)):
        after = lines[number + 1 :]
        if told_in(after) > told_in(lines[:number]):
            continue
        told = (
            not furniture.tells(lines[number].text)
            and opens_contacts(lines[number].text)
            and (is_contact(lines[number].text) or not after or any(is_contact(line.text) for line in after))
        )
        # An office over a sentence is a heading of the story, or its subject.
        goes_on = not is_farewell(lines[number].text) and any(
            line.stopped and why is None and len(line.text.split()) > _SHORT_WORDS and not is_contact(line.text)
            for line, why in zip(after, alone[number + 1 :], strict=True)
        )
        if told or (is_salute(lines[number].text) and not goes_on):
            return number
    return len(lines)


def _end(lines: Sequence[Line], alone: Sequence[str | None]) -> int:
    """Return the number of the notice of rights, or of the first comment, that ends the text, or that of the last line."""
    told = [len(line.text) if line.stopped and reason is None else 0 for line, reason in zip(lines, alone, strict=True)]
    for number, reason in enumerate(alone):
        if (
            reason in {"a notice of rights", "readers' comments", "the end of a release"}
            and sum(told[:number]) >= TOLD * sum(told) > 0
        ):
            return number
    return len(lines)


def _bare_boxes(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of lines in boxes that hold several bare lines and no sentence: goods, data, buttons."""
    held: dict[Hashable, list[int]] = {}
    for number, line in enumerate(lines):
        if line.box is not None and not line.heading and reasons[number] is None:
            held.setdefault(line.box, []).append(number)
    bare = [box for box in held.values() if len(box) > 1 and not any(lines[n].stopped or lines[n].item for n in box)]
    return [number for box in bare for number in box]


def _empty_headings(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of headings of which all that stood under them, or with them in their box, is dropped."""
    empty = []
    for number, line in enumerate(lines):
        if not line.heading or reasons[number] is not None or line.link or is_signature(line.text):
            continue
        end = next((n for n in range(number + 1, len(lines)) if lines[n].heading), len(lines))
        under = [n for n in range(number + 1, end) if line.box is None or lines[n].box is line.box]
        if under and all(reasons[n] is not None for n in under):
            empty.append(number)
    return empty
