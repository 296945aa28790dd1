"""What a document marks of its lines: the title, headings, quotations and items that plain text shows only by form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from audio.model import Block, Role
from audio.readers import lines as page
from audio.readers.cohesion import key_of
from audio.readers.head import is_byline


@dataclass(frozen=True, slots=True)
class Marks:
    """The marked lines of a document by their keys (``cohesion.key_of``).

    ``bold`` are the headings that are nothing but lines in bold; ``beside`` is what the document sets beside its text.
    """

    title: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    headings: frozenset[str] = frozenset()
    bold: frozenset[str] = frozenset()
    roles: Mapping[str, Role] = field(default_factory=dict)
    beside: str = ""


UNMARKED = Marks()


def take_marked(lines: Sequence[str], key: str | None) -> tuple[list[str], str | None]:
    """Split off the first line that bears a mark."""
    others, taken = page.take_first(lines, lambda line: key_of(line) == key)
    return others, next(iter(taken), None)


def take_standfirst(lines: Sequence[str], key: str | None) -> tuple[list[str], str | None]:
    """Split off the line right below the title that is marked as its summary."""
    marked = key is not None and len(lines) > 1 and key_of(lines[1]) == key
    return ([lines[0], *lines[2:]], lines[1]) if marked else (list(lines), None)


def head_end(lines: Sequence[str], marks: Marks) -> int:
    """Return how many lines may be of the head: those above the first heading, which one right below a title is not.

    There it sums up where who wrote, or another heading, follows it.
    """
    marked = [n for n, line in enumerate(lines) if n and key_of(line) in marks.headings]
    if marked[:1] == [1] and (marked[1:2] == [2] or any(map(is_byline, lines[2:3]))):
        del marked[0]
    return min(marked, default=len(lines))


def outline_of(body: Sequence[str], marks: Marks, head: str) -> Iterator[page.Entry]:
    """Yield the entries of body lines: the headings that a document marks, or where it marks none, those it shows.

    The questions of an interview are text, though they are in bold.
    """
    marked = [key_of(line) in marks.headings for line in body]
    asked = [n for n, line in enumerate(body) if key_of(line) in marks.bold and line[-1] == "?"]
    if page.is_interview(body, asked, head):
        marked = [heading and n not in asked for n, heading in enumerate(marked)]
    if not any(marked):
        entries = page.outline(body, head)
    else:
        entries = (
            (line, None) if heading else (None, page.block_of(line)) for line, heading in zip(body, marked, strict=True)
        )
    for heading, block in entries:
        text = block.text if block else heading or ""
        role = marks.roles.get(key_of(text))
        yield (None, Block(role, text)) if role else (heading, block)
