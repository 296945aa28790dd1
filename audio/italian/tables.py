"""The vocabulary: tab-separated files in ``data``, one row a word, each with an example. Rules live in code."""

from __future__ import annotations

import functools

# A start is too short to import pathlib in it: this costs a tenth of it.
_DATA = f"{__file__.removesuffix('tables.py').removesuffix('tables.pyc')}data"
# Which table each rule reads from; the others know their words themselves.
_TABLE_OF = {
    "name": "names",
    "sigla": "acronyms",
    "capitals": "names",
    "abbreviation": "abbreviations",
    "province": "provinces",
    "verse": "books",
    "accent": "accents",
    "homograph": "homographs",
    "stress": "stress",
    "marks": "symbols",
}


@functools.cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table (written, spoken, flags, example, source); comments begin with ``#``."""
    lines = [line.split("\t") for line in _lines(name) if line and not line.startswith("#")]
    return tuple(tuple(line) for line in lines[1:])


@functools.cache
def mapping(name: str) -> dict[str, str]:
    """Return written → spoken; of the longest table that is a start's, no more is taken apart than that."""
    lines = [line.split("\t", 2) for line in _lines(name) if line and line[0] != "#"]
    return {line[0]: line[1] for line in lines[1:]}


@functools.cache
def mapping_of(name: str, column: int) -> dict[str, str]:
    """Return written → the given column."""
    return {row[0]: row[column] for row in rows(name)}


def row_of(rule: str, written: str) -> str | None:
    """Return where the row stands that made a rule say what it says, as "names.tsv:56"; None where no table did."""
    table = _TABLE_OF.get(rule)
    if not table:
        return None
    number = _places(table).get(written.lower().rstrip("'"))
    return f"{table}.tsv:{number}" if number else None


@functools.cache
def _places(name: str) -> dict[str, int]:
    """Return written, in small letters and without what follows a ``#`` → the number of the first line it stands on."""
    found: dict[str, int] = {}
    for number, line in enumerate(_lines(name), 1):
        if line and line[0] != "#":
            found.setdefault(line.partition("\t")[0].partition("#")[0].lower(), number)
    return found


def _lines(name: str) -> list[str]:
    with open(f"{_DATA}/{name}.tsv", encoding="utf-8") as table:  # noqa: PTH123 - see above
        return table.read().split("\n")
