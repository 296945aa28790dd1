"""How well sources are understood is measured, and what was reached is kept."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import readers_gate as gate

from audio.model import Article
from audio.readers import read

SOURCES = gate.sources()
# What was written unseen is held to its floor, a source at a time as far as it was ever understood whole.
WHOLE = [(source, expected) for source, expected in SOURCES if not source.parent.parent.name.startswith("round-")]


@pytest.mark.parametrize(("source", "expected"), WHOLE, ids=lambda v: v.name if isinstance(v, Path) else "")
def test_source_is_understood(source: Path, expected: dict[str, Any]) -> None:
    """A source gives the headline, dateline, byline, headings and paragraphs a reader sees in it, and no furniture."""
    assert expected["description"], "a case says what it shows"
    assert gate.score(source, expected) == gate.WEIGHTS
    (article, *_) = read(str(source))
    for name in ("kicker", "standfirst", "published"):
        if name in expected:
            assert getattr(article, name) == expected[name]


def test_floors_hold_on_the_pinned_set(read_once: Callable[[str], tuple[Article, ...]]) -> None:
    """No kind of source falls under its floor, and no case is changed unseen."""
    baseline = json.loads(gate.BASELINE.read_text(encoding="utf-8"))
    assert not gate.faults(gate.measure(read_once)[0], baseline)


def test_the_set_is_large_and_paired() -> None:
    """Sixty sources and more, each with its expectation beside it."""
    assert len(SOURCES) >= 60
    files = [p for p in gate.CASES.rglob("*") if p.is_file()]
    assert {p.with_suffix("") for p in files} == {p.with_suffix("") for p in files if p.suffix == ".json"}


def test_formats_are_measured_too() -> None:
    """Feeds, books, letters, PDF files and Word documents have floors, and a missing article costs points."""
    floors = json.loads(gate.BASELINE.read_text(encoding="utf-8"))["floors"]
    assert {"formats/feed", "formats/epub", "formats/mail", "formats/pdf", "formats/docx"} <= floors.keys()


def test_a_fault_costs_points() -> None:
    """The measure sees a wrong headline, a lost paragraph and a spoken notice."""
    source, expected = next((s, e) for s, e in SOURCES if s.name == "citynews.html")
    worse = {**expected, "headline": "Un altro", "paragraphs": [*expected["paragraphs"], "Mai scritto."]}
    worse["must_not_be_there"] = ["farmacia"]
    lost = {part for part, points in gate.score(source, worse).items() if points < gate.WEIGHTS[part]}
    assert lost == {"headline", "paragraphs", "noise"}
