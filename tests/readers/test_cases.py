"""Every source beside its expectation: ``x.txt`` or ``x.md`` with ``x.json``, in tests/cases/readers."""

import json
from pathlib import Path

import pytest

from audio.readers import read

CASES = Path(__file__).parent.parent / "cases" / "readers"
SOURCES = sorted(p for p in CASES.iterdir() if p.is_file() and p.suffix != ".json")


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.name)
def test_source_is_understood(source: Path) -> None:
    """A source yields the headline, dateline, byline, standfirst, date and sections that a reader sees in it."""
    expected = json.loads(source.with_suffix(".json").read_text(encoding="utf-8"))
    assert expected.pop("description"), "a case says what it shows"
    (article,) = read(str(source))
    found = {
        "kicker": article.kicker,
        "headline": article.headline,
        "dateline": article.dateline,
        "byline": article.byline,
        "standfirst": article.standfirst,
        "published": article.published,
        "sections": [
            {"heading": s.heading, "blocks": [[b.role.value, b.text] for b in s.blocks]} for s in article.sections
        ],
    }
    assert found == {name: expected.get(name) for name in found}


def test_every_source_has_its_expectation() -> None:
    """No case is forgotten: sources and expectations come in pairs."""
    assert {p.stem for p in SOURCES} == {p.stem for p in CASES.glob("*.json")}
