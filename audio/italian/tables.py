"""The vocabulary: tab-separated files in ``data``, one row a word, each with an example. Rules live in code."""

from __future__ import annotations

import functools
from pathlib import Path

_DATA = Path(__file__).with_name("data")


@functools.cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table (written, spoken, flags, example, source); comments begin with ``#``."""
    text = (_DATA / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.split("\n") if line and not line.startswith("#")]
    return tuple(tuple(line) for line in lines[1:])


@functools.cache
def mapping(name: str) -> dict[str, str]:
    """Return written → spoken."""
    return mapping_of(name, 1)


@functools.cache
def mapping_of(name: str, column: int) -> dict[str, str]:
    """Return written → the given column."""
    return {row[0]: row[column] for row in rows(name)}
