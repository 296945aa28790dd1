"""Pages that were selected and copied whole: the article is found among the menus, boxes and comments around it.

A browser parts with blank lines what stands in boxes of their own. A paragraph is one line of prose; where several
lines stand together and none is a sentence, they are a menu, a list of links, a form, an advertisement. The order: is
it a page at all → where the story begins → which line above it is its headline → where it ends → what is within it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from audio.model import Dropped
from audio.readers import furniture
from audio.readers import lines as page
from audio.readers.cohesion import headline_among, stems_of
from audio.readers.head import byline_in, is_desk, is_signature
from audio.readers.portraits import is_biography
from audio.readers.surroundings import is_box, is_label

# No title or caption is as long and ends like a sentence; a longer one may end in a quotation.
_PROSE_CHARACTERS, _LONG_CHARACTERS = 60, 200
# Text that was wrapped at a column has no longer line.
_COLUMN = 100
# What only a site says: so many such lines tell a page from a text in which a link was left.
_OF_A_SITE = frozenset(
    {
        "a link to another page", "a share button", "a paywall", "a cookie notice", "an advertisement", "a label",
        "a path of the site", "readers' comments", "tags", "a live badge", "a reading time",
    }
)  # fmt: skip
_OF_A_BOX = _OF_A_SITE | {"a newsletter", "an appeal to the reader"}
_OF_A_PICTURE = frozenset({"a caption", "a picture credit", "a call to a gallery"})
_LEAST_OF_A_SITE, _LEAST_KINDS = 3, 2
# Nothing of the story stands below these, once half of the prose stands above.
_ENDS = frozenset({"a notice of rights", "readers' comments", "tags"})
_TOLD = 0.5
_LINKS = 6
_STOPS = '.!?…»”"'
# Of a title in capitals every word begins with one, too; but then no letter is small.
_OF_CAPITALS = 0.7
_TITLE_WORDS, _LONGEST_TITLE, _SUMMARY_WORDS, _SENTENCE_WORDS = 3, 16, 6, 3
_STOP = re.compile(r"[.!?…][»”\"')]*$|[»”\"]\.?$")
_FULL_STOP = re.compile(r"[.!?…][»”\"')]*$|[»”]\.$|:$")
_DAY = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\b\d{1,2}:\d{2}\b")
# "Le isole che restano / 3", over the title of a piece in a series.
_PART = re.compile(r"[/–|] ?\d{1,3}$")
_LEAST_IN_ROW = 3
_RESULT = re.compile(r"[A-ZÀ-Þ][^.!?]{3,60}-[A-ZÀ-Þ][^.!?\d]{2,60} \d{1,3}-\d{1,3}(?: \([\d, -]{3,60}\))?")
_BARS = re.compile(r"\s{2,}|\t|\s*[|•·]\s*|\s+[–—]\s+")
_BY = re.compile(
    r"(?:(?:testo|testi|articolo|servizio|scritto) di|(?:scritto|pubblicato) da|a cura di|di|by) ",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"(?:TESTO|TESTI|PAROLE|DI) (?=[A-ZÀ-Þ][a-zà-ÿ]+ [A-ZÀ-Þ])")
# "Scritto da", with the name on the next line.
_CREDIT = re.compile(
    r"(?:testo|testi|articolo|servizio|scritto|pubblicato|a cura)? ?(?:di|da):?|autor[ei]:?|autrice:?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class _Line:
    text: str
    reason: str | None
    block: int

    @property
    def prose(self) -> bool:
        if self.reason or len(self.text) < _PROSE_CHARACTERS:
            return False
        return bool((_STOP if len(self.text) >= _LONG_CHARACTERS else _FULL_STOP).search(self.text))

    @property
    def sentence(self) -> bool:
        """Whether it ends as a sentence does; a title may end in a quotation or three dots."""
        return (
            self.reason is None and bool(_FULL_STOP.search(self.text)) and len(self.text.split()) >= _SENTENCE_WORDS
        ) or self.prose


def take_article(lines: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """Split the lines of a page that was copied whole into those of its article and what stood around it.

    Blank lines part what is kept. A text that is no copied page is returned as it is.
    """
    told = _told(lines)
    if not _is_copied(told):
        return list(lines), []
    begin = _begin(told)
    head = _head(told[:begin], told[begin:])
    names = [name for n in head[1:] if (name := _name_in(told[n]))]
    end = _end(told, begin, names)
    foot = [] if names else _foot(told, end)
    kept = [*head, *_body(told, begin, end), *foot]
    signed = {n: f"di {_BY.sub('', _name_in(told[n]) or '')}" for n in foot}
    texts = [signed.get(n) or _SHOUTED.sub("", told[n].text.strip("| ")) for n in kept]
    parted = list(itertools.chain.from_iterable((text, "") for text in texts))
    chosen = set(kept)
    dropped = [
        Dropped(line.text, line.reason or "around the article") for n, line in enumerate(told) if n not in chosen
    ]
    return parted, dropped


def take_links(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split off labels like "Leggi anche" with the titles right under them, up to a blank line.

    ``lines`` are those of a page as it was copied, blank ones too.
    """
    found: set[int] = set()
    for label in (n for n, line in enumerate(lines) if is_label(line.strip())):
        block = list(
            itertools.takewhile(lambda n: lines[n].strip(), range(label + 1, min(label + _LINKS + 2, len(lines))))
        )
        alone = label == 0 or not lines[label - 1].strip()
        if alone and 0 < len(block) <= _LINKS and not any(lines[n].rstrip()[-1] in _STOPS for n in block):
            found |= {label, *block}
    return [line for n, line in enumerate(lines) if n not in found], [lines[n] for n in sorted(found)]


def _told(lines: Sequence[str]) -> list[_Line]:
    """Return the lines that say something, each with its reason to be furniture and the block that it stands in."""
    told = []
    block = 0
    for line in lines:
        bare = " ".join(line.split())
        if not bare:
            block += 1
        elif any(map(str.isalpha, bare)):
            reason = furniture.reason_to_drop(bare) or ("a label" if is_label(bare) else _reason_of_row(line.strip()))
            told.append(_Line(line.strip(), reason, block))
    return told


def _reason_of_row(line: str) -> str | None:
    """Return why a row of words is none of a story's: a menu, or a row of buttons."""
    parts = [part for part in _BARS.split(line) if any(map(str.isalpha, part))]
    if len(parts) < _LEAST_IN_ROW or any(len(part.split()) > _TITLE_WORDS for part in parts):
        return None
    return next(filter(None, map(furniture.reason_by_form, parts)), "a path of the site")


def _is_copied(told: Sequence[_Line]) -> bool:
    of_site = {line.text: line.reason for line in told if line.reason in _OF_A_SITE}
    return (
        len(of_site) >= _LEAST_OF_A_SITE
        and len(set(of_site.values())) >= _LEAST_KINDS
        and any(line.prose and len(line.text) > _COLUMN for line in told)
    )


def _begin(told: Sequence[_Line]) -> int:
    """Return the number of the story's first line; prose above who wrote, or when, sums up."""
    first, *others = [n for n, line in enumerate(told) if line.prose]
    if others and any(line.reason == "a publication date" or byline_in(line.text) for line in told[first : others[0]]):
        first = others[0]
    # A short paragraph may open a story; it stands alone.
    while first and told[first - 1].sentence and _is_paragraph(told, first - 1, first):
        first -= 1
    return first


def _end(told: Sequence[_Line], begin: int, names: Sequence[str]) -> int:
    """Return the number behind the story's last line."""
    total = sum(len(line.text) for line in told if line.prose)
    above = 0
    end = len(told)
    for n, line in enumerate(told):
        above += len(line.text) if line.prose else 0
        if n > begin and line.reason in _ENDS and above >= _TOLD * total:
            end = n
            break
    last = max((n for n in range(begin, end) if told[n].prose and not _in_a_box(told, n, names)), default=begin)
    while last + 1 < end and _closes(told[last + 1]) and _is_paragraph(told, last + 1, last):
        last += 1
    return last + 1


def _closes(line: _Line) -> bool:
    """Tell whether a line may end a story: a sentence, or the result of a match."""
    return line.sentence or (line.reason is None and bool(_RESULT.fullmatch(line.text)))


def _in_a_box(told: Sequence[_Line], number: int, names: Sequence[str]) -> bool:
    """Tell whether a line stands right under the heading of a box ("L'autrice"), or is about who wrote."""
    line, above = told[number], told[number - 1]
    heads = number and above.block == line.block and (is_box(above.text) or _bare(above.text) in map(_bare, names))
    return bool(heads) or any(is_biography(line.text, name) for name in names)


def _bare(name: str) -> str:
    return _BY.sub("", name).casefold().strip(" .|")


def _is_paragraph(told: Sequence[_Line], number: int, beside: int) -> bool:
    """Tell whether a line stands as the paragraph beside it does: alone, or in one block with it."""
    block = told[number].block
    alone = all(told[n].block != block for n in (number - 1, number + 1) if 0 <= n < len(told))
    return alone or block == told[beside].block


def _head(above: Sequence[_Line], story: Sequence[_Line]) -> list[int]:
    """Return the numbers of the lines above the story that are its headline, its summary and who wrote."""
    stems = stems_of(" ".join(line.text for line in story if line.prose))
    indexes = _indexes(above)
    titles = [n for n, line in enumerate(above) if _could_be_title(line) and line.block not in indexes]
    title = _title(above, titles, stems)
    if title is None:
        return []
    kept = [title]
    pictures = {line.block for line in above if line.reason in _OF_A_PICTURE and line.block != above[title].block}
    marked = False
    for n in range(title + 1, len(above)):
        line = above[n]
        if (_CREDIT.fullmatch(above[n - 1].text) and is_signature(line.text)) or _name_in(line) is not None:
            kept.append(n)
            marked = True
        elif line.reason or _BARS.search(line.text):
            marked = True
        elif not marked and len(line.text.split()) >= _SUMMARY_WORDS and line.block not in pictures:
            kept.append(n)
    return kept


def _title(above: Sequence[_Line], numbers: Sequence[int], story: frozenset[str]) -> int | None:
    found = headline_among([above[n].text for n in numbers], story)
    if found is None:
        return None
    title = numbers[found]
    # What stands right over it is the title of which it is the summary, or its kicker.
    over = above[title - 1] if title else above[title]
    return (
        title - 1
        if over.block == above[title].block and title - 1 in numbers and stems_of(over.text) & story
        else title
    )


def _indexes(above: Sequence[_Line]) -> set[int]:
    """Return the numbers of the blocks that a label opens ("In questa guida")."""
    firsts = {line.block: line for line in reversed(above)}
    return {block for block, first in firsts.items() if is_box(first.text) or first.reason == "a label"}


def _name_in(line: _Line) -> str | None:
    if line.reason and line.reason != "a publication date":
        return None
    bare = line.text.strip("| ")
    name = byline_in(bare) or (bare if is_signature(bare) else None)
    return None if name is None or is_desk(name) else name


def _could_be_title(line: _Line) -> bool:
    return (
        line.reason is None
        and sum(any(map(str.isalpha, word)) for word in line.text.split()) >= _TITLE_WORDS
        and not _BARS.search(line.text)
        and not _DAY.search(line.text)
        and not _PART.search(line.text)
        and _name_in(line) is None
        and not page.is_item(line.text)
        and not _is_row_of_names(line.text)
    )


def _is_row_of_names(text: str) -> bool:
    """Tell whether a line is a row of sections ("Italia Mondo Economia Norme & Tributi")."""
    words = [word for word in text.split() if word[0].isalpha()]
    return (
        not text.isupper()
        and len(words) > _TITLE_WORDS
        and sum(word[0].isupper() for word in words) > _OF_CAPITALS * len(words)
    )


def _body(told: Sequence[_Line], begin: int, end: int) -> list[int]:
    """Return the numbers of the story's own lines."""
    kept: list[int] = []
    for _, group in itertools.groupby(range(begin, end), lambda n: told[n].block):
        block = list(group)
        told_in_full = any(told[n].prose and len(told[n].text) > _COLUMN for n in block)
        if len(block) == 1:
            kept += [n for n in block if _stands_alone(told, n, end)]
        elif told[block[0]].reason in _OF_A_BOX and not told_in_full:
            continue
        elif any(told[n].prose for n in block):
            kept += [n for n in block if told[n].sentence or page.is_item(told[n].text) or _heads(told, n, block)]
        elif all(told[n].sentence or page.is_item(told[n].text) for n in block):
            kept += block
    return kept


def _stands_alone(told: Sequence[_Line], number: int, end: int) -> bool:
    """Tell whether a line in a block of its own is of the story: a sentence, an item among others, or a heading."""
    line = told[number]
    if line.reason:
        return False
    near = [told[n] for n in (number - 1, number + 1) if 0 <= n < end]
    if page.is_item(line.text):
        return (
            line.sentence or line.text[-1] in ";," or any(page.is_item(one.text) or one.text[-1] == ":" for one in near)
        )
    return _closes(line) or (number + 1 < end and page.heading_like(line.text))


def _heads(told: Sequence[_Line], number: int, block: Sequence[int]) -> bool:
    """Tell whether a line in a block is the heading of the prose below it, and no title under a label of links."""
    line = told[number]
    if line.reason or not page.heading_like(line.text) or number + 1 not in block or not told[number + 1].prose:
        return False
    # Under a label of links stand titles; an advertisement only parts the story.
    return number not in block[1:] or told[number - 1].sentence or told[number - 1].reason == "an advertisement"


def _foot(told: Sequence[_Line], end: int) -> list[int]:
    """Return the number of the line below the story that says who wrote."""
    near = range(end, min(end + 2, len(told)))
    return [n for n in near if _name_in(told[n]) is not None][:1]
