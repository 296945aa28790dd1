"""From lines to an Article: what in a text is a heading, a quote, an item or a paragraph.

The signs are those an Italian page sets: a line without a full stop, its length, its place, its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from typing import TypeVar

from audio.model import Article, Block, Dropped, Role, Section
from audio.readers import furniture
from audio.readers.dateline import (
    Dateline,
    agency_of,
    are_lead_ins,
    dated_place,
    take_byline,
    take_dateline,
    take_told_place,
)
from audio.readers.furniture.company import Line
from audio.readers.furniture.surroundings import reasons_to_drop

_T = TypeVar("_T")
# A newspaper subhead is a short line: at most a dozen words. Chosen so that no one-line paragraph of prose passes.
HEADING_CHARACTERS, HEADING_WORDS = 80, 12
# A heading over a list may be longer than its items.
_LIST_HEADING_WORDS = 4
_STOPS = ".,;:!…"
# A few words said by somebody, with no stop: a heading of the text.
_QUOTED_TITLE = re.compile(r"[«“\"](?=[A-ZÀ-Þ])(?:[^\s«»“”\".!?…,;:]+ ){2,7}[^\s«»“”\".!?…,;:]+[»”\"]")
_CLOSED = re.compile(r"""^(?:«[^»]*»|“[^”]*”|"[^"]*")[.!?…]?$""")
_ITEM = re.compile(r"^\s*(?:[-*•‣▪■□◆●◦·►▸➤➡✔✅🔹🔸👉–—]\ufe0f?|\d{1,2}[.)]|[a-h]\))\s+(?=\S)")
_DATUM = re.compile(r"[^:.!?]{2,40}: [^:!?]{1,40}")
_OPENERS = "«“\"'‘"
_DIALOGUE = re.compile(r"(?:[DR]|Domanda|Risposta|DOMANDA|RISPOSTA)(?:\.\s?[:–-]?|:|\s[–-])\s+(?=[«“\"A-ZÀ-Þ])")
# "I commercianti: «Ora un aiuto»".
_ANNOUNCED = re.compile(r"[^«“\":]{3,40}: [«“\"][^«»“”\"]{3,60}[»”\"]$")
# A question after who puts it, in capitals.
_SPEAKER = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ.'’ ]{1,24}:\s+(?=\S)")
_INTERVIEW = re.compile(
    r"\bintervist\w+|\bcolloquio con\b|\bparla (?:il|la|l['’])|^[«“\"][^»”\"]+[»”\"]$|^[^:\n]{3,50}: [«“\"]",
    re.IGNORECASE | re.MULTILINE,
)
# Who asks a person says "lei" or calls him by his office; who explains a rule ("Chi può chiederlo?") does not.
_ADDRESS = re.compile(
    r"\b(?:lei|voi|tu|vi|le|ti|la sua|il suo|i suoi|le sue|suo|sua|vostr[oaie]|tuo|tua|sindac[oa]|ministr[oa]"
    r"|presidente|professor(?:e|essa)?|dottor(?:e|essa)?|direttor(?:e)?|direttrice|maestro|signora?|avvocat[oa]|assessor[ea])\b"
    r"|^(?:e|ma|quindi|dunque|allora|cioè|però|insomma|davvero|come mai)\b",
    re.IGNORECASE,
)
# Who answers says "I", and not in quotation marks.
_ANSWER = re.compile(
    r"^(?:[^«“\"]{0,200}\b)?(?:io|mi|ho|penso|credo|volevo|avevo|dovevo|sapevo|direi|mio|mia|miei)\b|^(?:sì|no)[,.]",
    re.IGNORECASE,
)
# Two questions make a dialogue.
_LEAST_QUESTIONS = 2
# A dateline opens one of the first paragraphs; further down it is a place in a sentence.
_DATELINE_PARAGRAPHS = 3
# Below a summary the place is in capitals.
_SUMMARY_CHARACTERS = 350
_LOUD_PLACE = re.compile(r"[A-ZÀ-Þ]{3,}[^a-z.(]{0,40}(?:\([A-Z][\w ]{1,24}\))? ?[–—-] ")


def is_datum(line: str) -> bool:
    """Tell whether a line names a thing and gives its figure ("Entrate: 310 milioni")."""
    return bool(_DATUM.fullmatch(line))


def is_item(line: str) -> bool:
    """Tell whether a line opens with a bullet or a number of a list."""
    return bool(_ITEM.match(line))


def count_letters(texts: Iterable[str]) -> int:
    """Return how much texts say, whatever their marks and blanks."""
    return sum(sum(map(str.isalpha, text)) for text in texts)


def block_of(line: str) -> Block:
    """Return a line of body text as what it is."""
    if is_item(line):
        return Block(Role.ITEM, _ITEM.sub("", line).strip())
    return Block(Role.QUOTE if _CLOSED.match(line) else Role.PARAGRAPH, line)


def is_heading(line: str, following: str | None) -> bool:
    """Tell whether a line between paragraphs is a heading: short, unstopped, and followed by something longer."""
    if following is None or not (heading_like(line) or _QUOTED_TITLE.fullmatch(line)) or dated_place(line):
        return False
    if line[-1] == "?" and _CLOSED.match(following):
        # Who is quoted answers it.
        return False
    return len(following) > len(line) or (is_item(following) and len(line.split()) <= _LIST_HEADING_WORDS)


def _is_numbered_heading(line: str, following: str | None) -> bool:
    """Tell whether a numbered line is a heading and no item: unstopped, over a sentence that is no item."""
    text = _ITEM.sub("", line)
    return (
        line[0].isdigit()
        and text != line
        and not is_item(following or "-  ")
        and is_heading(text, following)
        and ((following or "")[-1:] in ".!?…»”")
    )


def heading_like(line: str) -> bool:
    """Tell whether a line has the form of a heading, whatever stands around it."""
    return (
        len(line) <= HEADING_CHARACTERS
        and len(line.split()) <= HEADING_WORDS
        and (line[0].isupper() or line[0].isdigit() or (line[0] in _OPENERS and line.isupper()))
        and line[-1] not in _STOPS
        and (line[-1] not in '»”"' or line.isupper() or bool(_ANNOUNCED.match(line)))
        and not is_item(line)
        and not _DIALOGUE.match(line)
        and not (line[-1] == "?" and _SPEAKER.match(line))
    )


def is_dialogue(exchanges: Sequence[tuple[str, str]], head: str = "", intro: Sequence[str] = ()) -> bool:
    """Tell whether lines that end in a question mark are an interviewer's: put to a person, who answers of himself.

    ``exchanges`` are the questions, each with the paragraph below it; ``head`` is what stands above the text: one that
    speaks of an interview, or is a quotation, settles it. Whoever says "I" in the ``intro`` above the first question
    asks himself.
    """
    alone = any(map(_ANSWER.search, intro))
    spoken = sum(
        bool(_ADDRESS.search(question) or (not alone and _ANSWER.search(answer))) for question, answer in exchanges
    )
    told = bool(_INTERVIEW.search(head))
    return len(exchanges) >= _LEAST_QUESTIONS and (told or 2 * spoken >= len(exchanges))


def is_interview(lines: Sequence[str], asked: Sequence[int], head: str) -> bool:
    """Tell whether the lines of these numbers are an interviewer's questions, each over the line that answers it."""
    answers = [*lines[1:], ""]
    return is_dialogue([(lines[n], answers[n]) for n in asked], head, lines[: min(asked, default=0)])


def without_speaker(article: Article) -> Article:
    """Take the letters D. and R. from the paragraphs of an interview: a listener hears who asks."""
    labels = [label.strip() for s in article.sections for block in s.blocks if (label := label_of(block.text))]
    if len(labels) < _LEAST_QUESTIONS:
        return article
    sections = tuple(
        replace(
            s, blocks=tuple(replace(block, text=block.text.removeprefix(label_of(block.text))) for block in s.blocks)
        )
        for s in article.sections
    )
    dropped = (*article.dropped, *(Dropped(label, "who speaks, in an interview") for label in labels))
    return replace(article, sections=sections, dropped=dropped)


def label_of(line: str) -> str:
    """Return the letter or word at a line's head that says who speaks."""
    found = _DIALOGUE.match(line)
    return found[0] if found else ""


def take_first(items: Sequence[_T], is_it: Callable[[_T], bool]) -> tuple[list[_T], list[_T]]:
    """Split the first item that is the one looked for from the others; the second list is empty where none is."""
    at = next((n for n, item in enumerate(items) if is_it(item)), len(items))
    return [*items[:at], *items[at + 1 :]], list(items[at : at + 1])


Entry = tuple[str | None, Block | None]


def without_furniture(
    entries: Iterable[Entry], byline: str | None = None, outside: AbstractSet[str] = frozenset()
) -> tuple[list[Entry], list[Dropped]]:
    """Split (heading, None) and (None, block) entries into those to say and what is dropped, with the reasons.

    ``outside`` are the keys of lines that the whole page shows to be none of the story's.
    """
    entries = list(entries)
    lines = [
        Line(
            block.text if block else heading or "", heading=block is None, item=bool(block and block.role is Role.ITEM)
        )
        for heading, block in entries
    ]
    kept: list[Entry] = []
    dropped: list[Dropped] = []
    for (_, block), line, reason in zip(entries, lines, reasons_to_drop(lines, byline, outside), strict=True):
        if reason:
            dropped.append(Dropped(line.text, reason))
        elif block is None:
            kept.append((furniture.without_pictures(line.text), None))
        else:
            text, cut = furniture.trim(furniture.without_pictures(line.text))
            dropped.extend(Dropped(piece, why) for piece, why in cut)
            if cut and (left := furniture.reason_to_drop(text)):
                dropped.append(Dropped(text, left))
            else:
                kept.append((None, Block(block.role, text)))
    return kept, dropped


def to_sections(entries: Iterable[Entry]) -> tuple[Section, ...]:
    """Group (heading, None) and (None, block) entries in order into sections; a heading with nothing under it stays."""
    sections: list[Section] = []
    heading: str | None = None
    blocks: list[Block] = []
    for new_heading, block in entries:
        if block is not None:
            blocks.append(block)
            continue
        if heading is not None or blocks:
            sections.append(Section(heading, tuple(blocks)))
        heading, blocks = new_heading, []
    if heading is not None or blocks:
        sections.append(Section(heading, tuple(blocks)))
    return tuple(sections)


def with_dateline(article: Article, emphasis: str = "") -> Article:
    """Move a dateline from one of the first paragraphs to its place, and mark the first paragraph as the lead.

    ``emphasis`` is what the page sets in bold at the beginning of the first paragraph.
    """
    if not article.sections:
        return article
    article = without_speaker(article)
    first, *rest = article.sections
    blocks = list(first.blocks)
    lead_ins = are_lead_ins([block.text for block in blocks])
    dateline: Dateline | None = None
    # A company may say its figures in short above, in a list.
    start = next((n for n, block in enumerate(blocks) if block.role is not Role.ITEM), 0)
    for index, block in enumerate(blocks[start : start + _DATELINE_PARAGRAPHS]):
        if block.role is not Role.PARAGRAPH or lead_ins:
            break
        found, text = take_dateline(block.text, "" if index else emphasis)
        if index == 0 and found is None:
            told = (block.text for section in article.sections for block in section.blocks)
            head = " ".join(filter(None, (article.headline, article.standfirst, *told)))
            found, text = take_told_place(text, emphasis, head)
        loud = index == 1 and len(blocks[start].text) <= _SUMMARY_CHARACTERS and _LOUD_PLACE.match(block.text)
        if index == 0 or loud or agency_of(block.text) or (found and any(map(str.isdigit, found.text))):
            dateline = found
            blocks[start + index] = Block(block.role, text)
        if dateline:
            break
    if blocks and blocks[0].role is Role.PARAGRAPH:
        blocks[0] = Block(Role.LEAD, blocks[0].text)
    byline = article.byline
    if dateline and not byline:
        byline, text = take_byline(blocks[start].text)
        blocks[start] = replace(blocks[start], text=text)
    return replace(
        article,
        byline=byline,
        sections=(Section(first.heading, tuple(blocks)), *rest),
        dateline=dateline.text if dateline else article.dateline,
        published=article.published or (dateline.published if dateline else None),
    )


def with_bare_headings(entries: Sequence[Entry], head: str = "") -> Iterator[Entry]:
    """Yield entries of a text that marks no heading, its bare lines over longer ones as headings; items stay."""
    texts = [block.text if block and block.role is Role.PARAGRAPH else "" for _, block in entries]
    bare = [
        bool(n and line and heading_like(line) and is_heading(line, after or None))
        for n, (line, after) in enumerate(zip(texts, [*texts[1:], ""][: len(texts)], strict=True))
    ]
    asked = [n for n, (line, alone) in enumerate(zip(texts, bare, strict=True)) if alone and line[-1] == "?"]
    dialogue = is_interview(texts, asked, head)
    for entry, line, alone in zip(entries, texts, bare, strict=True):
        yield (line, None) if alone and not (dialogue and line[-1] == "?") else entry


def outline(lines: Sequence[str], head: str = "") -> Iterator[Entry]:
    """Yield the entries of body lines: headings where the signs say so, blocks elsewhere; ``head`` stands above."""
    following = [*lines[1:], None][: len(lines)]
    pairs = list(zip(lines, following, strict=True))
    # The first line may be the title, unless there is one and the line shouts.
    headings = [
        (n > 0 or (bool(head) and line.isupper())) and is_heading(line, after) for n, (line, after) in enumerate(pairs)
    ]
    numbered = [n for n, (line, after) in enumerate(pairs) if n and _is_numbered_heading(line, after)]
    if len(numbered) > 1:
        headings = [heading or n in numbered for n, heading in enumerate(headings)]
    asked = [n for n, (line, after) in enumerate(pairs) if line[-1] == "?" and is_heading(line, after)]
    dialogue = is_interview(lines, asked, head)
    for line, heading in zip(lines, headings, strict=True):
        if heading and not (dialogue and line[-1] == "?"):
            yield line, None
        else:
            yield None, block_of(line)
