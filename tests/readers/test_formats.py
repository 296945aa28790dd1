"""Feeds, books, letters, PDF files and Word documents are understood as a reader understands them.

A case is ``tests/cases/formats/KIND/NAME.json``: what it shows, the articles expected, and either a text file beside it
(``.xml``, ``.eml``) or, for binary kinds, what ``source_builders`` makes the source of.
"""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from source_builders import docx, epub, pdf

from audio.model import Article
from audio.readers import parse

CASES = sorted((Path(__file__).parent.parent / "cases" / "formats").glob("*/*.json"))
BUILDERS: dict[str, Callable[[Any], bytes]] = {"pdf": pdf, "epub": epub, "docx": docx}
FIELDS = ("kicker", "headline", "standfirst", "dateline", "byline", "published")


def source_of(case: Path) -> bytes:
    """Return the bytes of a case."""
    written = next((file for file in case.parent.glob(f"{case.stem}.*") if file != case), None)
    if written:
        return written.read_bytes()
    return BUILDERS[case.parent.name](json.loads(case.read_text(encoding="utf-8"))["source"])


def form(article: Article) -> dict[str, Any]:
    sections = [{"heading": s.heading, "blocks": [[b.role.value, b.text] for b in s.blocks]} for s in article.sections]
    return {**{name: getattr(article, name) for name in FIELDS}, "sections": sections}


@pytest.mark.parametrize("case", CASES, ids=lambda p: f"{p.parent.name}-{p.stem}")
def test_source_is_understood(case: Path) -> None:
    """A source gives the articles that a reader sees in it, each with its parts, and nothing beside."""
    expected = json.loads(case.read_text(encoding="utf-8"))
    assert expected["description"], "a case says what it shows"
    found = [form(article) for article in parse(case.parent.name, source_of(case), "x")]
    wanted = [{**dict.fromkeys(FIELDS), **article} for article in expected["articles"]]
    assert found == wanted


def test_there_are_enough_cases() -> None:
    """Each kind has five cases or more, all together at least twenty-five."""
    kinds = [case.parent.name for case in CASES]
    assert len(kinds) >= 25
    assert all(kinds.count(kind) >= 5 for kind in ("feed", "mail", "epub", "docx", "pdf"))
