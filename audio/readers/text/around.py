"""What stands around the paragraphs of a text: menus and letterheads above, boxes within, sign-offs at their ends."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from audio.model import Dropped
from audio.readers import furniture, wire
from audio.readers import lines as page
from audio.readers.cohesion import key_of, stems_of
from audio.readers.dateline import agency_of, dated_place, place_and_day, take_dateline
from audio.readers.furniture.company import Line, is_prose
from audio.readers.furniture.surroundings import reasons_to_drop
from audio.readers.head import byline_in, is_signature, signature_in
from audio.readers.text.marks import UNMARKED, Marks
from audio.readers.wrapping import STOPPED

_TOP_LINES, _LETTERHEAD_LINES = 6, 3
# Below the dates and buttons of a page that was copied, what its picture shows, and who took it.
_CAPTION = re.compile(r"[A-ZÀ-Þ«“\"].{15,160}\([A-Z][\w.'’]*(?:[ /][A-Z][\w.'’]*){0,3}\)")
# The first line is the headline even where it looks like a caption ("Etna, la notte della lava – Foto").
_NOT_ON_TOP = frozenset({"a caption", "a picture credit", "a call to a gallery", "a live badge", "a match sheet"})
# An office's name in capitals and a dash looks like a dateline.
_NO_TAKE = frozenset({"a press office's formula", "a running head", "a desk's note"})
_OF_AN_OFFICE = frozenset({"a press office's formula", "a letter's form", "a desk's note"})
_GREETS = re.compile(r"(?:buongiorno|buonasera|ciao|salve|car[ei] (?:lettor|amic|abbonat))", re.IGNORECASE)
# A line as long as this is no heading but half of a paragraph.
_LONGEST_HEADING = 60
_CODE_WORDS, _LEAST_OF_TITLE = 2, 2
# Between a name and what stands beside it.
_BARS = " |·•,–—-"
_SHORT_WORDS, _MOST_ABOVE, _PROSE_CHARACTERS = 8, 14, 90
# Below the name that signs a piece stands little, and nothing as long as a paragraph of it.
_LEAST_ABOVE, _BELOW_NAME, _SHORT_PIECE = 2, 0.25, 250
_BESIDE_NAMES = frozenset({"a publication date", "a picture credit", "a caption"})
# What goes on below such a line in small letters is of it.
_OF_SENTENCES = frozenset({"an appeal to the reader", "contacts", "a newsletter", "a disclaimer"})
_MENU_WORDS, _LEAST_MENU = 2, 3
_MENU_REASONS = frozenset({"a path of the site", "a paywall", "a share button", "a live badge", "a newsletter"})
# Sections that papers have in their menus, one or a row of them.
_SECTION = (
    r"(?:home|meteo|necrologie|cronaca|sport|politica|economia|esteri|cultura|spettacoli|video|foto|edicola|contatti"
    r"|chi siamo|viaggi|salute|tecnologia|motori|opinioni|podcast|lavoro|annunci|aste|abbonamenti|area riservata"
    r"|il giornale)"
)
_SECTIONS = re.compile(rf"{_SECTION}(?:(?: e | ){_SECTION})*", re.IGNORECASE)
# How a portal names who wrote, above the day on which it took the text over.
_TAKEN_OVER = re.compile(r"Storia di (?P<name>.+)")


def drop_furniture(
    lines: Sequence[str], outside: AbstractSet[str], marks: Marks = UNMARKED
) -> tuple[list[str], list[Dropped]]:
    """Split the paragraphs of a text from what stands around them, and from what is glued to their ends.

    ``outside`` are the keys of lines that the page itself shows to be furniture; above the marked title stands every
    letterhead.
    """
    kept: list[str] = []
    dropped: list[Dropped] = []
    # The title closes the box above it.
    marked = marks.headings | {marks.title}
    units = [Line(line, heading=key_of(line) in marked, item=page.is_item(line)) for line in lines]
    around = reasons_to_drop(units, outside=outside)
    top = max(_letterhead(lines), _menu(lines), _path(lines), _office(lines, around), _greeting(lines))
    top = min(top, next((n for n, line in enumerate(lines) if key_of(line) == marks.title), top))
    foot = _signed(lines, around)
    said = "\n".join((*lines, marks.beside))
    # A text has begun once a sentence of it was said.
    told = torn = False
    goes: str | None = None
    released = _head_of_release(lines)
    for number, line in enumerate(lines):
        place = dated_place(line, said) or (place_and_day(line) if number in released else None)
        byline = byline_in(line) if (number < _TOP_LINES or not told) and not place else None
        reason = _in_its_place(number, line, around, first=not kept, told=told)
        if byline and reason in _BESIDE_NAMES:
            reason = None
        if number < top and not place:
            reason = reason or "a letterhead"
        if number > foot:
            reason = reason or "below the signature"
        if reason == "a page number" and number <= _LETTERHEAD_LINES:
            # A cutting: above the number of its page stands the paper's name.
            dropped.extend(Dropped(one, "the paper's name") for one in kept)
            kept.clear()
            told = False
        if reason:
            dropped.append(Dropped(line, reason))
            goes = reason if reason in _OF_SENTENCES else None
            torn = torn or (bool(kept) and kept[-1][-1] not in STOPPED + ",;" and len(kept[-1]) > _LONGEST_HEADING)
            continue
        dated = number < _TOP_LINES and around[number + 1 : number + 2] == ["a publication date"]
        paragraph = byline or (dated and _portal_byline(line)) or line
        text, cut = _trim(paragraph)
        dropped.extend(cut)
        beside = line.partition(byline)[2].strip(_BARS) if byline else ""
        dropped.extend([Dropped(beside, "beside who wrote")] if beside else [])
        if text != paragraph and (reason := furniture.reason_to_drop(text)):
            dropped.append(Dropped(text, reason))
        elif goes and kept and text[0].islower() and kept[-1][-1] in STOPPED:
            dropped.append(Dropped(text, goes))
        elif torn and kept and text[0].islower() and byline_in(text) is None:
            # What was dropped stood in the middle of a sentence: a page ended there.
            kept[-1] = f"{kept[-1]} {text}"
        else:
            kept.append(text)
            told = told or text[-1] in STOPPED
        torn, goes = False, None
    return kept, dropped


def _head_of_release(lines: Sequence[str]) -> range:
    """Return the numbers of the lines between the formula of a release and its text, where no town need be known."""
    formula = next((n for n, line in enumerate(lines[:_TOP_LINES]) if furniture.is_formula(line)), len(lines))
    return range(formula, next((n for n, line in enumerate(lines) if is_prose(line)), formula))


def _in_its_place(number: int, line: str, around: Sequence[str | None], *, first: bool, told: bool) -> str | None:
    """Return why a line is furniture where it stands: an agency's take is none, nor is the title a caption."""
    reason = around[number]
    if reason is None and number > 1 and around[number - 1] and _CAPTION.fullmatch(line) and not told:
        reason = "a caption"
    if reason is None and told and place_and_day(line) and around[number + 1 :] and all(around[number + 1 :]):
        reason = "a press office's formula"
    take = _is_take(line) and line[-1] in STOPPED and reason not in _NO_TAKE
    return None if take or (reason in _NOT_ON_TOP and first) else reason


def _trim(paragraph: str) -> tuple[str, list[Dropped]]:
    text, sign_off = wire.trim(paragraph)
    text, cut = furniture.trim(text)
    return text, [Dropped(piece, why) for piece, why in [*cut, (sign_off, "an agency's sign-off")] if piece]


def _portal_byline(line: str) -> str | None:
    found = _TAKEN_OVER.fullmatch(line)
    return found["name"] if found and is_signature(found["name"]) else None


def _is_take(paragraph: str) -> bool:
    return agency_of(paragraph) or take_dateline(paragraph)[0] is not None


def _menu(lines: Sequence[str]) -> int:
    """Return how many first lines are the menu of a page that was copied: words alone, some of them known buttons."""
    words = list(itertools.takewhile(lambda line: len(line.split()) <= _MENU_WORDS or _known(line), lines))
    return len(words) if len(words) >= _LEAST_MENU and any(map(_known, words)) and len(words) < len(lines) else 0


def _path(lines: Sequence[str]) -> int:
    """Return how many first lines lead to the article on its site: a path, and what stands above it."""
    near = lines[: min(_TOP_LINES, len(lines) - 1)]
    path = max((n for n, line in enumerate(near) if furniture.reason_by_form(line) == "a path of the site"), default=-1)
    return 0 if any(line[-1] in STOPPED for line in lines[: path + 1]) else path + 1


def _office(lines: Sequence[str], around: Sequence[str | None]) -> int:
    """Return how many first lines are an office's or a desk's, above the headline of what it sends."""
    story = next((n for n, line in enumerate(lines[:_MOST_ABOVE]) if _tells(line)), 0)
    above = 0
    for number, line in enumerate(lines[:story]):
        if around[number] in _OF_AN_OFFICE and number + 1 < story:
            above = number + 1
        elif len(line.split()) > _SHORT_WORDS or line[-1] in STOPPED:
            break
    formula = next((n for n, line in enumerate(lines[:story]) if furniture.is_formula(line)), None)
    if formula is None or _is_titled(lines, formula):
        return 0 if formula else above
    # Below its formula the headline of a release says what it is about; names of sections and codes do not.
    told = stems_of(" ".join(lines[story:]))
    titles = range(max(above, formula + 1), story)
    return next(
        (n for n in titles if around[n] is None and (stems_of(lines[n]) & told or not _of_office(lines[n]))), above
    )


def _greeting(lines: Sequence[str]) -> int:
    """Return how many first lines greet the reader of a newsletter, above a title that stands over who wrote."""
    near = lines[:_TOP_LINES]
    greets = next((n for n, line in enumerate(near) if _GREETS.match(line)), len(near))
    return next(
        (n - 1 for n in range(greets + 2, len(near)) if byline_in(near[n]) and near[n - 1][-1] not in STOPPED), 0
    )


def _is_titled(lines: Sequence[str], formula: int) -> bool:
    """Tell whether the title itself stands over the formula of a release ("Comunicato stampa")."""
    if formula != 1:
        return False
    capitals = sum(map(str.isupper, lines[0])) > sum(map(str.islower, lines[0]))
    if capitals or furniture.is_letterhead(lines[0]):
        return False
    told = stems_of(" ".join(line for line in lines[1:] if len(line) >= _PROSE_CHARACTERS))
    return len(stems_of(lines[0]) & told) >= _LEAST_OF_TITLE


def _of_office(line: str) -> bool:
    """Tell whether a line could be a section's name, a code or a date rather than a headline."""
    return (
        furniture.is_letterhead(line)
        or any(map(str.isdigit, line))
        or line[0] in "(["
        or len(line.split()) <= _CODE_WORDS
    )


def _signed(lines: Sequence[str], around: Sequence[str | None]) -> int:
    """Return the number of the name that signs a text, or of its last line: below the name stand other pieces."""
    told = [
        len(line) if line[-1] in STOPPED and reason is None else 0 for line, reason in zip(lines, around, strict=True)
    ]
    names = [n for n, line in enumerate(lines) if around[n] is None and signature_in(line) and not line.isupper()]
    # A town may stand right under the name.
    if (
        names
        and names[-1] - names[0] <= 1
        and names[0] > _LEAST_ABOVE
        and lines[names[0] - 1][-1] in STOPPED.rstrip(":)")
    ):
        below, after = told[names[0] :], lines[names[-1] + 1 : names[-1] + 2]
        bare = sum(line[-1] not in STOPPED for line in lines[names[-1] + 1 :])
        piece = bare > 1 or all(line[-1] not in STOPPED or line.split(" - ")[0].isupper() for line in after)
        if piece and sum(below) <= _BELOW_NAME * sum(told) and max(below) <= _SHORT_PIECE:
            return names[0]
    return len(lines)


def _tells(line: str) -> bool:
    return len(line) >= _PROSE_CHARACTERS and (line[-1] in ".!?…" or _is_take(line))


def _known(line: str) -> bool:
    return bool(_SECTIONS.fullmatch(line)) or furniture.reason_by_form(line) in _MENU_REASONS


def _letterhead(lines: Sequence[str]) -> int:
    """Return how many first lines are an office's name over its release."""
    top = lines[: _LETTERHEAD_LINES + 1]
    formula = max((n for n, line in enumerate(top) if furniture.is_formula(line)), default=0)
    if _is_titled(lines, formula):
        return 0
    # With a title still to come, any short line above the formula is the name of who releases.
    titled = any(line[-1] not in STOPPED and not furniture.reason_to_drop(line) for line in lines[formula + 1 :][:2])
    office = all(titled or furniture.is_letterhead(p) or furniture.reason_to_drop(p) for p in top[:formula])
    return formula if formula and office else 0
