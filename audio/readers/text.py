"""Plain text and agency copy: one paragraph a line, or wrapped lines with blank lines between paragraphs."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from audio.model import Article, Dropped
from audio.readers import furniture, wire
from audio.readers import lines as page
from audio.readers.chat import take_message
from audio.readers.copied import linked, reasons_above
from audio.readers.dateline import agency_of, take_dateline
from audio.readers.decode import decode
from audio.readers.dump import undump
from audio.readers.head import Head, byline_in, is_signature, take_head
from audio.readers.surroundings import Line, is_biography, reasons_to_drop
from audio.readers.wrapping import STOPPED, paragraphs

# A running head spans the page, which is at most twice as wide as a column.
_RUNNING_HEAD_CHARACTERS = 200
# The lines under an agency's take: initials, code, time stamp, rights.
_FOOT_LINES = 6
_RUNNING_HEAD = re.compile(r"\S.*?\s{8,}\S.*")
# Below the dates and buttons of a page that was copied, what its picture shows, and who took it.
_CAPTION = re.compile(r"[A-ZÀ-Þ«“\"].{15,160}\([A-Z][\w.'’]*(?:[ /][A-Z][\w.'’]*){0,3}\)")
_BOLD = re.compile(r"(?P<mark>[*_]{1,2})(?P<text>[^*_\s][^*_]*)(?P=mark)")
# "== I viali tagliafuoco ==", a heading of plain letters and wikis.
_SET_OFF = re.compile(r"(?P<mark>[=*~-]{2,4}) (?P<text>[^=*~]{3,80}) (?P=mark)")
_PIN_LINES, _PIN_CHARACTERS = 5, 60
_LETTERHEAD_LINES = 3
# The first line is the headline even where it looks like a caption ("Etna, la notte della lava – Foto").
_NOT_ON_TOP = frozenset({"a caption", "a picture credit", "a call to a gallery", "a live badge"})
_HEADER_LINES = 6
# An office's name in capitals and a dash looks like a dateline.
_NO_TAKE = frozenset({"a press office's formula", "a running head"})
_MENU_WORDS, _LEAST_MENU = 2, 3
_MENU_REASONS = frozenset({"a path of the site", "a paywall", "a share button", "a live badge", "a newsletter"})
# Sections that papers have in their menus, and a row of them.
_SECTION = re.compile(
    r"meteo|necrologie|cronaca|sport|politica|economia|esteri|cultura|spettacoli|video|foto|edicola|contatti|chi siamo"
    r"|viaggi|salute|tecnologia|motori|opinioni|podcast|lavoro|annunci|aste|abbonamenti|area riservata|il giornale",
    re.IGNORECASE,
)
_ROW = re.compile(r"\S{2,20}(?: \S{2,20})?(?:(?:\s+[|·•/]\s+|\s{2,}|\t)\S{2,20}(?: \S{2,20})?){2,11}")
_FOLIO = re.compile(r"\s{8,}\d{1,4}\s*")
# How a portal names who wrote, above the day on which it took the text over.
_TAKEN_OVER = re.compile(r"Storia di (?P<name>.+)")
# The mark of a remark or a note in the text ("[a]", "[1]"), and the line that it stands for.
_NOTE_MARK = re.compile(r"\[(?:[a-z]{1,2}|\d{1,2})\]")


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read the bytes of a plain text. Raises SourceError for what is no text."""
    return (read(decode(raw, "standard input" if source == "-" else source), source),)


def read(text: str, source: str) -> Article:
    """Read clean text (no control characters) as an article; never fails, an empty text has no sections.

    Every line is in one part of the article or in ``dropped``.
    """
    dropped: list[Dropped] = []
    lines, others = take_message(text.replace("''", '"').replace("``", '"').split("\n"))
    dropped += [Dropped(_squeeze(line), "another message") for line in others]
    lines, added = undump(lines)
    dropped += [Dropped(_squeeze(line), "a browser's own line") for line in added]
    links = linked(lines)
    dropped += [Dropped(_squeeze(lines[n]), "a link to another page") for n in sorted(links)]
    lines = _without_service([line for n, line in enumerate(lines) if n not in links], dropped)
    squeezed = _without_notes([p for p in map(_squeeze, paragraphs(lines)) if p], dropped)
    place = _take_pinned(squeezed)
    lines, subject = _take_subject([_unmarked(p) for p in squeezed], dropped)
    head = take_head(_without_furniture(lines, dropped))
    body, signature = _take_signature(head)
    if len(body) > 1 and (name := head.byline or signature) and is_biography(body[-1], name):
        dropped.append(Dropped(body[-1], "about the author"))
        body = body[:-1]
    return page.with_dateline(
        Article(
            headline=_title(head.headline, dropped) or subject,
            sections=page.to_sections(page.outline(body, "\n".join(filter(None, (head.headline, head.standfirst))))),
            kicker=head.kicker,
            standfirst=head.standfirst,
            byline=head.byline or signature,
            dateline=head.dateline or place,
            source=source,
            dropped=tuple(dropped),
        )
    )


def _squeeze(line: str) -> str:
    return " ".join(line.split())


def _without_notes(lines: list[str], dropped: list[Dropped]) -> list[str]:
    """Drop the remarks and notes at the end of a text, and their marks in it."""
    marks = {found[0] for line in lines if (found := _NOTE_MARK.match(line))}
    noted = {mark for mark in marks if any(line.find(mark) > 0 for line in lines)}
    dropped += [Dropped(line, "a note") for line in lines if any(map(line.startswith, noted))]
    kept = [line for line in lines if not any(map(line.startswith, noted))]
    return [_NOTE_MARK.sub(lambda mark: "" if mark[0] in noted else mark[0], line) for line in kept]


def _take_pinned(lines: list[str]) -> str | None:
    """Take out the place that a messaging channel pins under its title ("📍 Vibo Valentia")."""
    for number, line in enumerate(lines[:_PIN_LINES]):
        if line.startswith("📍") and len(line) <= _PIN_CHARACTERS and line[-1] not in STOPPED:
            return lines.pop(number).removeprefix("📍").replace("\ufe0f", "").strip()
    return None


def _unmarked(line: str) -> str:
    """Return a line without emoji before it and the asterisks that make it bold; the bullet of an item stays."""
    bare = line if page.is_item(line) else furniture.without_pictures(line)
    found = _BOLD.fullmatch(bare) or _SET_OFF.fullmatch(bare)
    return found["text"] if found else bare


def _take_subject(lines: list[str], dropped: list[Dropped]) -> tuple[list[str], str | None]:
    """Split the subject from the top of a letter: the title of a text that has none, unless it is a formula."""
    for number, line in enumerate(lines[:_HEADER_LINES]):
        if furniture.reason_to_drop(line) == "a letter's subject":
            dropped.append(Dropped(line, "a letter's subject"))
            subject = line.partition(":")[2].strip()
            return [*lines[:number], *lines[number + 1 :]], None if furniture.reason_to_drop(subject) else subject
    return lines, None


def _title(headline: str | None, dropped: list[Dropped]) -> str | None:
    if headline is None:
        return None
    title, mark = wire.trim_title(headline)
    if mark:
        dropped.append(Dropped(mark, "the number of a take"))
    return title


def _take_signature(head: Head) -> tuple[Sequence[str], str | None]:
    """Split the name of who wrote from the end of the body, where the head names nobody."""
    last = head.body[-1].lstrip("—–- ") if head.body else ""
    if head.byline is None and len(head.body) > 1 and is_signature(last):
        return head.body[:-1], last
    return head.body, None


def _without_service(lines: list[str], dropped: list[Dropped]) -> list[str]:
    """Drop what is for machines, line by line as it stands, before any line is joined to another."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    foot = set(filled[max(1, len(filled) - _FOOT_LINES) :])
    top = set(filled[:_HEADER_LINES])
    heads = _running_heads(lines)
    kept: list[str] = []
    for number, line in enumerate(lines):
        bare = line.strip()
        if bare and not any(map(str.isalnum, bare)):
            # A line drawn by hand parts the text as a blank one does.
            kept.append("")
            continue
        if bare and wire.is_service(bare):
            reason = "an agency's service line"
        elif bare in heads and number != filled[0]:
            reason = "a running head"
        elif number in foot and wire.is_foot(bare):
            reason = "an agency's initials or code"
        elif number in top and _ROW.fullmatch(bare) and not re.search(r"[\d.,;:!?«“\"]", bare):
            reason = "a path of the site"
        elif (number in foot and _FOLIO.fullmatch(line)) or (number > _HEADER_LINES and _is_folio(bare)):
            reason = "a page number"
        elif len(bare) <= _RUNNING_HEAD_CHARACTERS and _RUNNING_HEAD.fullmatch(bare) and re.search(r"\d", bare):
            reason = "a running head"
        else:
            kept.append(line)
            continue
        dropped.append(Dropped(_squeeze(bare), reason))
    return kept


def _running_heads(lines: list[str]) -> set[str]:
    """Return the lines that stand by themselves on several pages: the paper's name, and numbers beside it."""
    alone = [
        line.strip()
        for n, line in enumerate(lines)
        if line.strip()
        and not (lines[n - 1].strip() if n else "")
        and not (lines[n + 1].strip() if n + 1 < len(lines) else "")
    ]
    figures = [int(line) for line in alone if line.isdecimal() and len(line) <= len("999")]
    paged = any(after - before == 1 for before, after in itertools.pairwise(figures))
    often = {
        line
        for line, count in Counter(alone).items()
        if count > 1 and len(line.split()) > 1 and line[-1] not in STOPPED
    }
    return often | ({line for line in alone if line.isdecimal()} if often or paged else set())


def _is_folio(line: str) -> bool:
    return line[:1].isalpha() and furniture.reason_by_form(line) == "a page number"


def _without_furniture(lines: list[str], dropped: list[Dropped]) -> list[str]:
    kept: list[str] = []
    letterhead = max(_letterhead(lines), _menu(lines))
    around = reasons_to_drop([Line(line, item=page.is_item(line)) for line in lines])
    above = reasons_above(lines, around)
    for number, line in enumerate(lines):
        paragraph, reason = line, around[number]
        if reason is None and number > 1 and around[number - 1] and _CAPTION.fullmatch(line) and not _told(kept):
            reason = "a caption"
        take = _is_take(paragraph) and reason not in _NO_TAKE
        if take or (reason in _NOT_ON_TOP and not kept):
            reason = None
        reason = above.get(number, reason)
        byline = byline_in(line) if number < _HEADER_LINES or not _told(kept) else None
        if byline and reason == "a publication date":
            reason = None
        if number < letterhead:
            reason = reason or "a letterhead"
        if reason == "a page number" and number <= _LETTERHEAD_LINES:
            # A cutting: above the number of its page stands the paper's name.
            dropped.extend(Dropped(line, "the paper's name") for line in kept)
            kept.clear()
        if reason:
            dropped.append(Dropped(paragraph, reason))
            continue
        if byline or number < _HEADER_LINES:
            dated = around[number + 1 : number + 2] == ["a publication date"]
            paragraph = byline or (dated and _portal_byline(paragraph)) or paragraph
        text, sign_off = wire.trim(paragraph)
        text, cut = furniture.trim(text)
        dropped.extend(Dropped(piece, why) for piece, why in [*cut, (sign_off, "an agency's sign-off")] if piece)
        if text != paragraph and (reason := furniture.reason_to_drop(text)):
            dropped.append(Dropped(text, reason))
        else:
            kept.append(text)
    return kept


def _portal_byline(line: str) -> str | None:
    found = _TAKEN_OVER.fullmatch(line)
    return found["name"] if found and is_signature(found["name"]) else None


def _told(lines: Sequence[str]) -> bool:
    """Tell whether a text has begun: a sentence was said."""
    return any(line[-1] in STOPPED for line in lines)


def _is_take(paragraph: str) -> bool:
    return agency_of(paragraph) or take_dateline(paragraph)[0] is not None


def _menu(lines: Sequence[str]) -> int:
    """Return how many first lines are the menu of a page that was copied: words alone, some of them known buttons."""
    words = list(itertools.takewhile(lambda line: len(line.split()) <= _MENU_WORDS or _known(line), lines))
    return len(words) if len(words) >= _LEAST_MENU and any(map(_known, words)) and len(words) < len(lines) else 0


def _known(line: str) -> bool:
    return bool(_SECTION.fullmatch(line)) or furniture.reason_by_form(line) in _MENU_REASONS


def _letterhead(lines: Sequence[str]) -> int:
    """Return how many first lines are an office's name over its release."""
    top = lines[: _LETTERHEAD_LINES + 1]
    formula = max((n for n, line in enumerate(top) if furniture.is_formula(line)), default=0)
    # With a title still to come, any short line above the formula is the name of who releases.
    titled = any(line[-1] not in STOPPED and not furniture.reason_to_drop(line) for line in lines[formula + 1 :][:2])
    office = all(titled or furniture.is_letterhead(p) or furniture.reason_to_drop(p) for p in top[:formula])
    return formula if formula and office else 0
