"""Plain text: one paragraph a line, or wrapped lines with blank lines between paragraphs."""

from __future__ import annotations

import re

from audio.model import Article
from audio.readers import lines as page
from audio.readers.decode import decode

# Lines of wrapped text end near one column: at least half of them reach 72 % of the longest usual line.
_WRAP_COLUMNS = (40, 100)
_FULL_LINE = 0.72
_LEAST_LINES = 4


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read the bytes of a plain text. Raises SourceError for what is no text."""
    return (read(decode(raw, "standard input" if source == "-" else source), source),)


def read(text: str, source: str) -> Article:
    """Read clean text (no control characters) as an article; never fails, an empty text has no sections."""
    paragraphs = [p for p in map(_squeeze, _paragraphs(text)) if p]
    kicker, rest = page.take_kicker(paragraphs)
    headline, rest = page.take_headline(rest)
    byline, rest = page.take_byline(rest)
    return page.with_dateline(
        Article(headline, page.to_sections(page.outline(rest)), kicker=kicker, byline=byline, source=source)
    )


def _squeeze(line: str) -> str:
    return " ".join(line.split())


def _paragraphs(text: str) -> list[str]:
    lines = text.split("\n")
    filled = [line for line in lines if line.strip()]
    if not _is_wrapped(filled):
        return filled
    joined: list[str] = []
    width = max(len(line) for line in filled)
    fresh = True
    for line in lines:
        if not line.strip():
            fresh = True
            continue
        indented = line.startswith("  ")
        if fresh or indented or page.is_item(line) or not joined:
            joined.append(line.strip())
        elif re.search(r"[a-zà-ÿ]-$", joined[-1]) and line[:1].islower():
            joined[-1] = joined[-1][:-1] + line.strip()
        else:
            joined[-1] += " " + line.strip()
        # A short line that ends a sentence ends its paragraph, even where no blank line follows.
        fresh = len(line) < width * _FULL_LINE and line.rstrip()[-1] in ".!?»”…"
    return joined


def _is_wrapped(filled: list[str]) -> bool:
    if len(filled) < _LEAST_LINES:
        return False
    lengths = sorted(len(line) for line in filled)
    usual = lengths[int(len(lengths) * 0.9)]
    low, high = _WRAP_COLUMNS
    full = sum(length >= usual * _FULL_LINE for length in lengths)
    continued = sum(line.rstrip()[-1] not in '.!?:»”…"' for line in filled)
    return low <= usual <= high and full * 2 >= len(filled) and continued * 2 >= len(filled)
