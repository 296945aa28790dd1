"""Pages that were selected and copied whole: the article is found among the menus, boxes and comments around it.

A browser parts with blank lines what stands in boxes of their own. A paragraph is one line of prose; where several
lines stand together and none is a sentence, they are a menu, a list of links, a form, an advertisement. The order: is
it a page at all → where the story begins → which line above it is its headline → where it ends → what is within it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from audio.model import Dropped
from audio.readers import furniture
from audio.readers import lines as page
from audio.readers.cohesion import key_of
from audio.readers.furniture.portraits import is_biography, opens_life
from audio.readers.furniture.surroundings import OUTSIDE, is_label
from audio.readers.head import byline_in, is_signature
from audio.readers.quantities import are_quantities
from audio.readers.text.copied_head import BARS, TITLE_WORDS, CopiedLine, bare_name, name_in, take_head_of
from audio.readers.wrapping import SALUTATION

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
_LEAST_OF_A_SITE, _LEAST_KINDS = 3, 2
# Nothing of the story stands below these, once half of the prose stands above.
_ENDS = frozenset({"a notice of rights", "readers' comments", "tags"})
_TOLD = 0.5
_LEAST_IN_ROW = 3
# Below the last long paragraph, a subhead or figures may stand above a sentence.
_HEADING_AND_DATA, _SUBHEAD_WORDS = 6, 3
_QUOTED = re.compile(r"[«“\"][^«»“”\"]{12,}[»”\"]")
_RESULT = re.compile(r"[A-ZÀ-Þ][^.!?]{3,60}-[A-ZÀ-Þ][^.!?\d]{2,60} \d{1,3}-\d{1,3}(?: \([\d, -]{3,60}\))?")
_SEEN = re.compile(
    r"(?:il|lo|la|l['’]|i|gli|le|una?|uno|alcun[ei]) ?[\w'’]+(?: [\w'’]+){0,3}"
    r" (?:vist|\w{3,}(?:at|it|ut|int|ert))[oaie] (?:da|su|ne|in|a|al|dur|dop|dav)\w{0,5} [^.!?:]*",
    re.IGNORECASE,
)
_SHOUTED = re.compile(r"^(?:TESTO|TESTI|PAROLE|DI) (?=[A-ZÀ-Þ][a-zà-ÿ]+ [A-ZÀ-Þ])")


def take_article(lines: Sequence[str], outside: AbstractSet[str]) -> tuple[list[str], list[Dropped]]:
    """Split the lines of a page that was copied whole into those of its article and what stood around it.

    Blank lines part what is kept; ``outside`` are the keys of lines that the page itself shows to be furniture. A text
    that is no copied page is returned as it is.
    """
    told = _told(lines, outside)
    if not _is_copied(told):
        return list(lines), []
    begin = _begin(told)
    head = take_head_of(told[:begin], told[begin:])
    names = [name for n in head[1:] if (name := name_in(told[n]))]
    end = _end(told, begin, names)
    foot = [] if names else _foot(told, end)
    kept = [*head, *_body(told, begin, end), *foot]
    texts = {n: _SHOUTED.sub("", told[n].text.strip("| ")) for n in kept}
    texts |= {n: f"di {bare_name(name_in(told[n]) or '')}" for n in foot}
    parted = list(itertools.chain.from_iterable((text, "") for text in texts.values()))
    # Of a name's line the name alone is said.
    others = (line for n, line in enumerate(told) if n not in texts or (n in foot and texts[n] != line.text))
    return parted, [Dropped(line.text, line.reason or "around the article") for line in others]


def _told(lines: Sequence[str], outside: AbstractSet[str]) -> list[CopiedLine]:
    """Return the lines that say something, each with its reason to be furniture and the block that it stands in."""
    told = []
    block = 0
    for line in lines:
        bare = " ".join(line.split())
        if not bare:
            block += 1
        elif any(map(str.isalnum, bare)):
            reason = furniture.reason_to_drop(bare) or ("a label" if is_label(bare) else _reason_of_row(line.strip()))
            reason = reason if any(map(str.isalpha, bare)) else "a page's own count"
            reason = reason or (OUTSIDE if key_of(bare) in outside else None)
            told.append(CopiedLine(line.strip(), reason, block))
    return told


def _reason_of_row(line: str) -> str | None:
    """Return why a row of words is none of a story's: a menu, or a row of buttons."""
    parts = [part for part in BARS.split(line) if any(map(str.isalpha, part))]
    if len(parts) < _LEAST_IN_ROW or any(len(part.split()) > TITLE_WORDS for part in parts):
        return None
    return next(filter(None, map(furniture.reason_by_form, parts)), "a path of the site")


def _is_copied(told: Sequence[CopiedLine]) -> bool:
    of_site = {line.text: line.reason for line in told if line.reason in _OF_A_SITE}
    return len(of_site) >= _LEAST_OF_A_SITE and len(set(of_site.values())) >= _LEAST_KINDS and _is_unwrapped(told)


def _is_unwrapped(told: Sequence[CopiedLine]) -> bool:
    """Tell whether a paragraph is one line: longer than any column, or each in a block of its own."""
    prose = [n for n, line in enumerate(told) if line.prose]
    return any(len(told[n].text) > _COLUMN for n in prose) or (
        len(prose) > 1 and all(_is_paragraph(told, n, -1) for n in prose)
    )


def _begin(told: Sequence[CopiedLine]) -> int:
    """Return the number of the story's first line; prose above who wrote, or when, sums up."""
    first, *others = [n for n, line in enumerate(told) if line.prose]
    if others and any(line.reason == "a publication date" or byline_in(line.text) for line in told[first : others[0]]):
        first = others[0]
    # A short paragraph may open a story; it stands alone.
    while first and (
        (told[first - 1].sentence and _is_paragraph(told, first - 1, first))
        or SALUTATION.fullmatch(told[first - 1].text)
    ):
        first -= 1
    return first


def _end(told: Sequence[CopiedLine], begin: int, names: Sequence[str]) -> int:
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
    while last + 1 < end and (further := _goes_on(told, last, end)):
        last = further
    return last + 1


def _goes_on(told: Sequence[CopiedLine], last: int, end: int) -> int | None:
    """Return the number of the next line that is the story's, if what follows its last paragraph goes on with it."""
    if _listed(told, last + 1):
        return last + 1
    for number in range(last + 1, min(last + _HEADING_AND_DATA, end)):
        line = told[number]
        if line.reason or not _is_paragraph(told, number, last):
            return None
        if _closes(line):
            return number
        if not (page.is_datum(line.text) or len(line.text.split()) <= _SUBHEAD_WORDS):
            return None
    return None


def _listed(told: Sequence[CopiedLine], number: int) -> bool:
    """Tell whether a line is an item of the list that the line above announces or goes on with."""
    line, above = told[number], told[number - 1]
    return line.reason is None and page.is_item(line.text) and (above.text[-1] == ":" or page.is_item(above.text))


def _closes(line: CopiedLine) -> bool:
    """Tell whether a line may end a story: a sentence, or the result of a match."""
    told = bool(_RESULT.fullmatch(line.text) or SALUTATION.fullmatch(line.text))
    return line.sentence or (line.reason is None and told)


def _in_a_box(told: Sequence[CopiedLine], number: int, names: Sequence[str]) -> bool:
    """Tell whether a line stands right under the heading of a box ("L'autrice"), or is about who wrote."""
    line, above = told[number], told[number - 1]
    heads = number and above.block == line.block and (opens_life(above.text) or _key(above.text) in map(_key, names))
    return bool(heads) or any(is_biography(line.text, name) for name in names)


def _key(name: str) -> str:
    return bare_name(name).casefold()


def _is_paragraph(told: Sequence[CopiedLine], number: int, beside: int) -> bool:
    """Tell whether a line stands as the paragraph beside it does: alone, or in one block with it."""
    block = told[number].block
    alone = all(told[n].block != block for n in (number - 1, number + 1) if 0 <= n < len(told))
    return alone or block == told[beside].block


def _body(told: Sequence[CopiedLine], begin: int, end: int) -> list[int]:
    """Return the numbers of the story's own lines."""
    kept: list[int] = []
    for _, group in itertools.groupby(range(begin, end), lambda n: told[n].block):
        whole = list(group)
        block = [n for n in whole if told[n].reason != "an advertisement"]
        if not block:
            continue
        told_in_full = any(told[n].prose and len(told[n].text) > _COLUMN for n in block)
        if len(whole) == 1:
            kept += [n for n in block if _stands_alone(told, n, end)]
        elif told[block[0]].reason in _OF_A_BOX and not told_in_full:
            continue
        elif any(told[n].prose for n in block):
            kept += [
                n
                for n in block
                if _closes(told[n]) or page.is_item(told[n].text) or _heads(told, n, block) or _signs(told, n, block)
            ]
        elif _is_list(told, block):
            kept += block
    # Where no other line is bare, one that says how a thing is seen stood under its picture.
    bare = [n for n in kept if not (told[n].sentence or page.is_item(told[n].text))]
    return [n for n in kept if bare != [n] or not _SEEN.fullmatch(told[n].text)]


def _is_list(told: Sequence[CopiedLine], block: Sequence[int]) -> bool:
    listed = all(told[n].sentence or page.is_item(told[n].text) for n in block)
    return listed or _announces(told, block) or are_quantities([told[n].text for n in block])


def _signs(told: Sequence[CopiedLine], number: int, block: Sequence[int]) -> bool:
    """Tell whether the last line of a block signs the letter above it ("Ada Neri, Bellano")."""
    text = told[number].text
    return (
        number == block[-1] and number - 1 in block and told[number - 1].sentence and "," in text and is_signature(text)
    )


def _announces(told: Sequence[CopiedLine], block: Sequence[int]) -> bool:
    """Tell whether a block is a list under the line that announces it."""
    if not block or any(told[n].reason for n in block):
        return False
    first, *others = [told[n].text for n in block]
    # "Ingredienti per quattro persone", over what they are.
    return first[-1] == ":" or (len(others) > 1 and page.heading_like(first) and all(map(page.is_item, others)))


def _stands_alone(told: Sequence[CopiedLine], number: int, end: int) -> bool:
    """Tell whether a line in a block of its own is of the story: a sentence, an item among others, or a heading."""
    line = told[number]
    if line.reason:
        return False
    near = [told[n] for n in (number - 1, number + 1) if 0 <= n < end]
    if page.is_item(line.text):
        listed = any(page.is_item(one.text) or one.text[-1] == ":" for one in near)
        return line.sentence or line.text[-1] in ";," or listed
    quoted = bool(_QUOTED.fullmatch(line.text))
    return _closes(line) or quoted or (number + 1 < end and page.heading_like(line.text))


def _heads(told: Sequence[CopiedLine], number: int, block: Sequence[int]) -> bool:
    """Tell whether a line in a block is the heading of the prose below it, and no title under a label of links."""
    line = told[number]
    if line.reason or not page.heading_like(line.text) or number + 1 not in block or not told[number + 1].prose:
        return False
    # Under a label of links stand titles; an advertisement only parts the story.
    return number not in block[1:] or told[number - 1].sentence or told[number - 1].reason == "an advertisement"


def _foot(told: Sequence[CopiedLine], end: int) -> list[int]:
    """Return the number of the line below the story that says who wrote."""
    near = range(end, min(end + 2, len(told)))
    return [n for n in near if name_in(told[n]) is not None][:1]
