"""The vocabulary: tab-separated files in ``data``, one row a word, each with an example. Rules live in code."""

from __future__ import annotations

import functools
from importlib import resources


@functools.cache
def rows(name: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of a table without its head; comments begin with ``#``."""
    text = (resources.files("audio.italian.data") / f"{name}.tsv").read_text(encoding="utf-8")
    lines = [line.split("\t") for line in text.splitlines() if line and not line.startswith("#")]
    return tuple(tuple(line) for line in lines[1:])


@functools.cache
def mapping(name: str) -> dict[str, str]:
    """Return the first two columns of a table."""
    return {row[0]: row[1] for row in rows(name)}
