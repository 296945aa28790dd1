"""The head of a page that was copied whole: which line above the story is its headline, and who wrote."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from audio.readers import lines as page
from audio.readers.cohesion import headline_among, stems_of
from audio.readers.furniture.company import SENTENCE_END
from audio.readers.furniture.surroundings import is_box
from audio.readers.head import byline_in, is_desk, is_signature

# No title or caption is as long and ends like a sentence; a longer one may end in a quotation.
_PROSE_CHARACTERS, _LONG_CHARACTERS = 60, 200
_OF_A_PICTURE = frozenset({"a caption", "a picture credit", "a call to a gallery"})
# Of a title in capitals every word begins with one, too; but then no letter is small.
_OF_CAPITALS = 0.7
TITLE_WORDS, _LONGEST_TITLE, _SUMMARY_WORDS = 3, 16, 6
_FULL_STOP = re.compile(r"[.!?…][»”\"')]*$|[»”]\.$|[:;]$")
_DAY = re.compile(r"\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\b\d{1,2}:\d{2}\b")
# "Le isole che restano / 3", over the title of a piece in a series.
_PART = re.compile(r"[/|] ?\d{1,3}$")
# "Cultura e spettacoli": a small word is no verb.
_WORD_LETTERS = 3
_COLUMNS = re.compile(r"\s{2,}|\t|\s*[|•·]\s*")
# The parts of a row.
BARS = re.compile(rf"{_COLUMNS.pattern}|\s+[–—]\s+")
_BY = re.compile(
    r"(?:(?:testo|testi|articolo|servizio|scritto) di|(?:scritto|pubblicato) da|a cura di|di|by) ",
    re.IGNORECASE,
)
# "Scritto da", with the name on the next line.
_CREDIT = re.compile(
    r"(?:testo|testi|articolo|servizio|scritto|pubblicato|a cura)? ?(?:di|da):?|autor[ei]:?|autrice:?", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class CopiedLine:
    """A line of a copied page: why it is furniture by itself, if it is, and the number of the block it stands in."""

    text: str
    reason: str | None
    block: int

    @property
    def prose(self) -> bool:
        """Whether it is a paragraph of prose."""
        if self.reason or len(self.text) < _PROSE_CHARACTERS:
            return False
        return bool((SENTENCE_END if len(self.text) >= _LONG_CHARACTERS else _FULL_STOP).search(self.text))

    @property
    def sentence(self) -> bool:
        """Whether it ends as a sentence does; a title may end in a quotation or three dots."""
        return (self.reason is None and bool(_FULL_STOP.search(self.text))) or self.prose


def take_head_of(above: Sequence[CopiedLine], story: Sequence[CopiedLine]) -> list[int]:
    """Return the numbers of the lines above the story that are its headline, its summary and who wrote."""
    stems = stems_of(" ".join(line.text for line in story if line.prose))
    indexes = _indexes(above)
    near = [n for n, line in enumerate(above) if _could_be_title(line) and line.block not in indexes]
    titles = [n for n in near if _words(above[n].text) >= TITLE_WORDS]
    # A title of two words says one of the story's ("Grazie, Claudio").
    short = [n for n in near if n not in titles and _words(above[n].text) > 1 and stems_of(above[n].text) & stems]
    title = _title(above, titles or short, stems)
    if title is None:
        return []
    kept = [title]
    pictures = {line.block for line in above if line.reason in _OF_A_PICTURE and line.block != above[title].block}
    marked = False
    for n in range(title + 1, len(above)):
        line = above[n]
        if (_CREDIT.fullmatch(above[n - 1].text) and is_signature(line.text)) or name_in(line) is not None:
            kept.append(n)
            marked = True
        elif line.reason or BARS.search(line.text):
            marked = True
        elif (line.prose or not marked) and len(line.text.split()) >= _SUMMARY_WORDS and line.block not in pictures:
            kept.append(n)
    return kept


def _title(above: Sequence[CopiedLine], numbers: Sequence[int], story: frozenset[str]) -> int | None:
    # Where no line has two words of the story, the one right over who wrote, or when, is the title.
    signed = [n for n in numbers if n + 1 < len(above) and _signs(above[n + 1])]
    if signed and not any(len(stems_of(above[n].text) & story) > 1 for n in numbers):
        return signed[-1]
    found = headline_among([above[n].text for n in numbers], story)
    if found is None:
        # No line has a word of the story: the first below the site's own words.
        path = max((n for n, line in enumerate(above) if line.reason == "a path of the site"), default=-1)
        return next((n for n in numbers if n > path), None)
    title = numbers[found]
    # Right over a line as long as a summary stands the title that it sums up.
    over = above[title - 1] if title - 1 in numbers and len(above[title].text.split()) > _LONGEST_TITLE else None
    sums_up = over is not None and over.block == above[title].block and stems_of(over.text) & story
    return title - 1 if sums_up else title


def _signs(line: CopiedLine) -> bool:
    return line.reason == "a publication date" or name_in(line) is not None


def _indexes(above: Sequence[CopiedLine]) -> set[int]:
    """Return the numbers of the blocks that a label opens ("In questa guida")."""
    firsts = {line.block: line for line in reversed(above)}
    heads = {line.block for line in above if line is not firsts[line.block]}
    return {
        block for block, first in firsts.items() if (block in heads and is_box(first.text)) or first.reason == "a label"
    }


def name_in(line: CopiedLine) -> str | None:
    """Return who wrote, if a line says that and nothing more but the day."""
    if line.reason and line.reason != "a publication date":
        return None
    bare = line.text.strip("| ")
    name = byline_in(bare) or (bare if is_signature(bare) else None)
    return None if name is None or is_desk(name) else name


def _could_be_title(line: CopiedLine) -> bool:
    return (
        line.reason is None
        and not _COLUMNS.search(line.text)
        and not _DAY.search(line.text)
        and not _PART.search(line.text)
        and name_in(line) is None
        and not page.is_item(line.text)
        and not _is_row_of_names(line.text)
    )


def _words(text: str) -> int:
    return sum(any(map(str.isalpha, word)) for word in text.split())


def _is_row_of_names(text: str) -> bool:
    """Tell whether a line is a row of sections ("Italia Mondo Economia Norme & Tributi")."""
    words = [word for word in text.split() if word[0].isalpha()]
    capitals = sum(word[0].isupper() for word in words)
    verbal = any(word.islower() and len(word) >= _WORD_LETTERS for word in words)
    return not (text.isupper() or verbal) and len(words) > TITLE_WORDS and capitals > _OF_CAPITALS * len(words)


def bare_name(name: str) -> str:
    """Return a name without what stands before it in a byline ("a cura di Ada Neri")."""
    return _BY.sub("", name).strip(" .|")
