"""The head of a Markdown text: its title, what sums it up and who wrote, above the first paragraph."""

from __future__ import annotations

import re

from audio.model import Block, Dropped, Role
from audio.readers import furniture
from audio.readers import lines as page
from audio.readers.cohesion import key_of
from audio.readers.dateline import place_of, take_dateline
from audio.readers.furniture.company import STOPS
from audio.readers.head import HEADLINE_CHARACTERS, are_signatures, byline_in, is_signature
from audio.readers.markdown.outline import BOLD_LEVEL, Outline

# A summary under a title is a sentence, or has a level that no heading of a text begins with.
_STANDFIRST_WORDS, _TOP_LEVELS = 5, 3
_KICKER_WORDS = 3
# Of a declared summary that a text says again.
_SAME_WORDS = 0.8
_HEAD_ENTRIES, _TITLE_ENTRIES, _SECTION_WORDS = 5, 10, 2
_SITE = re.compile(r"\s*(?:[-–—|·»]|::)\s*\S")
# "Indice pezzi #cronaca/ambiente"
_FILED = re.compile(r"[^.!?#]{0,60}(?:\s?#[\w/-]+)+")


def _is_above(heading: str | None, block: Block | None) -> bool:
    """Tell whether an entry stands above the title: furniture, a formula in bold, a note's own place in an archive."""
    if block is None:
        return bool(heading) and furniture.is_formula(heading or "")
    return bool(furniture.reason_to_drop(block.text) or _FILED.fullmatch(block.text))


def take_headline(outline: Outline, declared: str | None) -> tuple[int, str | None]:
    """Return where the text begins and its headline: the declared one, or a first heading of the first level."""
    if (within := _title_within(outline, declared)) is not None and not _told(outline.found[:within]):
        outline.dropped += [
            Dropped(block.text if block else head or "", "above the title") for head, block in outline.found[:within]
        ]
        return within + 1, outline.found[within][0]
    start = _letterhead(outline)
    while start < len(outline.found) and _is_above(*outline.found[start]):
        heading, block = outline.found[start]
        outline.dropped.append(Dropped(block.text if block else heading or "", "above the title"))
        start += 1
    first = outline.found[start][0] if start < len(outline.found) else None
    if declared is None and _is_title(outline.found[start : start + 2]):
        title = outline.found[start][1]
        return start + 1, title.text if title else None
    if first is None or outline.levels[start] > 1 or not (declared is None or _same(first, declared)):
        return start, declared
    return start + 1, declared or first


def take_shown(outline: Outline, start: int, key: str | None) -> tuple[int, str | None]:
    """Return where the text begins and its headline, of this key: a line that nothing marks as the title."""
    texts = [block.text if block else heading or "" for heading, block in outline.found]
    near = range(start, min(start + _TITLE_ENTRIES, len(texts)))
    title = next((n for n in near if key_of(texts[n]) == key), None)
    if title is None or any(text[-1:] in STOPS and not furniture.reason_to_drop(text) for text in texts[start:title]):
        return start, None
    outline.dropped += [Dropped(text, "above the title") for text in texts[start:title]]
    return title + 1, texts[title]


def _letterhead(outline: Outline) -> int:
    """Drop the office's name that is set as a heading over its release, and return where the title is looked for."""
    first = outline.found[0][0] if outline.found else None
    titles = [n for n in outline.levels if 0 < n <= _HEAD_ENTRIES]
    if first is None or not furniture.is_letterhead(first) or not titles or _told(outline.found[: titles[0]]):
        return 0
    outline.dropped += [
        Dropped(block.text if block else head or "", "a letterhead") for head, block in outline.found[: titles[0]]
    ]
    return titles[0]


def _title_within(outline: Outline, declared: str | None) -> int | None:
    """Return the place of the heading that is the title, where a page was saved with all that is above it."""
    tops = [n for n, level in outline.levels.items() if level == 1]
    if declared is None:
        first = outline.found[tops[0]][0] if tops else None
        if len(tops) == 1 and tops[0] < _TITLE_ENTRIES and outline.levels.get(0) == BOLD_LEVEL:
            # An office's name in bold over the one title that is marked.
            return tops[0]
        return next((n for n in tops[1:] if first and _is_of_site(first, outline.found[n][0] or "")), None)
    if any(_same(outline.found[n][0] or "", declared) for n in tops):
        return None
    if len(tops) == 1 and len(declared.split()) <= _SECTION_WORDS:  # "Notizie", of the site's menu
        return tops[0]
    return next((n for n in tops if _is_of_site(declared, outline.found[n][0] or "")), None)


def _is_of_site(declared: str, heading: str) -> bool:
    """Tell whether a declared title is the heading with the site's name behind it."""
    rest = declared.removeprefix(heading)
    return rest != declared and bool(_SITE.match(rest))


def _same(one: str, other: str) -> bool:
    return one.casefold().strip(" .") == other.casefold().strip(" .")


def _told(entries: list[page.Entry]) -> bool:
    """Tell whether a text has begun: two paragraphs of it, for one may be an excerpt."""
    return (
        sum(block is not None and block.role is Role.PARAGRAPH and block.text[-1:] in ".!?" for _, block in entries) > 1
    )


def _is_title(entries: list[page.Entry]) -> bool:
    """Tell whether the first of two entries is a title though nothing marks it: a bare line over a longer text."""
    first, second = ([block for _, block in entries] + [None, None])[:2]
    if first is None or second is None or first.role is not Role.PARAGRAPH or len(first.text) >= len(second.text):
        return False
    bare = first.text[-1] not in ".,;:!…" and len(first.text) <= HEADLINE_CHARACTERS and first.text[0].isupper()
    return (
        bare
        and len(first.text.split()) >= _KICKER_WORDS
        and not (byline_in(first.text) or take_dateline(first.text)[0])
    )


def take_standfirst(outline: Outline, start: int, declared: str | None) -> tuple[int, str | None]:
    """Return where the text goes on and the summary under a title: in italics, or a heading below the others' level.

    Under a declared summary only that is one which says the same, whole where the declared one was cut or reworded.
    """
    heading, block = outline.found[start] if start + 1 < len(outline.found) else (None, None)
    text = block.text if block else heading or ""
    if declared and not _resembles(text, declared):
        return start, None
    if len(text.split()) < _STANDFIRST_WORDS or byline_in(text) or are_signatures(text) or take_dateline(text)[0]:
        return start, None
    later = [level for n, level in outline.levels.items() if n > start]
    deep = start in outline.levels and outline.levels[start] > max(_TOP_LEVELS, *later, 0)
    after = outline.found[start + 1][1]
    again = declared is not None and key_of(text) == key_of(declared)
    signed = (
        (heading is not None or again)
        and after is not None
        and (byline_in(after.text) is not None or furniture.reason_to_drop(after.text) is not None)
    )
    return (start + 1, text) if deep or signed or start in outline.slanted else (start, None)


def _resembles(text: str, declared: str) -> bool:
    """Tell whether a summary says what the declared one says: of its words hardly one is missing."""
    words = {word.casefold().strip('.,;:!?«»"…') for word in declared.split()}
    said = {word.casefold().strip('.,;:!?«»"…') for word in text.split()}
    return len(words & said) >= _SAME_WORDS * len(words)


def take_byline(entries: list[page.Entry], *, slanted: bool = False) -> tuple[list[page.Entry], str | None, str | None]:
    """Split off who wrote, in a line of the first ones, and the one paragraph above it, which is the summary.

    A first line that is ``slanted`` may be bare names.
    """
    near = [(n, byline_in(block.text)) for n, (_, block) in enumerate(entries[:_HEAD_ENTRIES]) if block]
    at, byline = next(((n, name) for n, name in near if name), (0, None))
    first = entries[0][1] if entries else None
    if byline is None and slanted and first and are_signatures(first.text):
        return entries[1:], None, first.text
    if byline is None:
        return entries, None, None
    above = entries[0][1] if at == 1 else None
    above = above if above and not furniture.reason_to_drop(above.text) else None
    return (entries[2:], above.text, byline) if above else ([*entries[:at], *entries[at + 1 :]], None, byline)


def take_signature(entries: list[page.Entry]) -> tuple[list[page.Entry], str | None]:
    """Split off who wrote where no head names anybody: in the first line, or the bare name that is the last one."""
    top, last = (entries[0][1], entries[-1][1]) if entries else (None, None)
    if top and (byline := byline_in(top.text)):
        return entries[1:], byline
    above = entries[-2][1] if len(entries) > 1 else None
    # Under a colon, or other names, the last of them is one of a list.
    if last and above and above.text[-1] in STOPS and last.role is Role.PARAGRAPH and is_signature(last.text):
        return entries[:-1], last.text
    return entries, None


def kicker_of(entries: list[page.Entry]) -> str | None:
    """Return the bare word or two between a declared title and the text, as desks write a section's name."""
    block = entries[0][1] if len(entries) > 1 else None
    if block is None or block.role is not Role.PARAGRAPH or len(block.text.split()) > _KICKER_WORDS:
        return None
    bare = (
        page.heading_like(block.text)
        and block.text[-1] != "?"
        and not (is_signature(block.text) or place_of(block.text))
    )
    return block.text if bare else None
