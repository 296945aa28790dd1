"""The forms of page furniture, as the tables beside this module list them: the head of ``forms.txt`` says how.

Each table is a list of pairs, a name and the pattern of its lines; a line is matched in full and without case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources

from audio.readers.dateline import MONTH_STEMS

# "let works = …" names a piece, "== a name" stands over its forms, {works} in a form is the piece.
_PIECE_OF, _NAME = re.compile(r"let (\w+) = (.+)"), "== "
_PIECE = re.compile(r"\{([a-z]+)\}")


def reasons() -> list[tuple[str, str]]:
    """Return the reasons to drop a line, each with its pattern; the first one that matches counts."""
    return _read("forms.txt")


def headings() -> dict[str, str]:
    """Return the kinds of headings beside an article, each with its pattern."""
    return dict(_read("headings.txt"))


def _read(table: str) -> list[tuple[str, str]]:
    pieces, listed = {"months": MONTH_STEMS}, list[tuple[str, list[str]]]()
    for line in _lines(table):
        written = _PIECE.sub(lambda name: pieces[name[1]], line)
        if piece := _PIECE_OF.fullmatch(written):
            pieces[piece[1]] = piece[2]
        elif line.startswith(_NAME):
            listed.append((line.removeprefix(_NAME), []))
        else:
            listed[-1][1].append(written)
    return [(name, "|".join(alternatives)) for name, alternatives in listed]


def _lines(table: str) -> Iterator[str]:
    text = resources.files(__package__).joinpath(table).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))
