"""Written clauses and what a newsreader says for them: tests/cases/italian/*.tsv."""

import subprocess
import sys
from pathlib import Path

import pytest

from audio.italian import explain, spoken
from audio.italian.tables import rows

CASES = Path(__file__).parent.parent / "cases" / "italian"
ROWS = [
    line.split("\t")
    for path in sorted(CASES.glob("*.tsv"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line.strip() and not line.startswith("#")
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]}: {row[1]}")
def test_clause_is_read_as_on_the_radio(row: list[str]) -> None:
    """A clause of the press is said in one of the readings its case accepts, and saying it again changes nothing."""
    said = spoken(row[1])
    assert said in row[2].split("|")
    assert spoken(said) == said


TABLES = [
    "abbreviations",
    "acronyms",
    "accents",
    "books",
    "currencies",
    "homographs",
    "names",
    "nouns",
    "stress",
    "symbols",
    "units",
]


@pytest.mark.parametrize("table", TABLES)
def test_tables_are_in_order(table: str) -> None:
    """A table has each word once, five columns a row, and an example and a source for each."""
    written = [row[0] for row in rows(table)]
    assert len(written) == len(set(written))
    for row in rows(table):
        assert len(row) == 5, row
        assert row[0]
        assert row[3]
        assert row[4]


@pytest.mark.parametrize("table", ["abbreviations", "acronyms", "names", "stress"])
def test_every_row_does_its_work(table: str) -> None:
    """The example of each row is said with the row's own words."""
    wrong = [row[0] for row in rows(table) if row[1].rstrip(".").lower() not in spoken(row[3]).lower()]
    assert not wrong


def test_explain_tells_every_rewrite() -> None:
    """Each rewrite names what was written, what is said, and the rule."""
    told = [(r.written, r.spoken, r.rule) for r in explain("La Bce alza i tassi dello 0,5%")]
    assert told == [("Bce", "bi ci e", "sigla"), ("0,5%", "zero virgola cinque per cento", "quantity")]


def test_sample_is_read_without_a_digit() -> None:
    """The article the product was made for leaves no digit, quote or dash to a voice, and no doubled mark."""
    text = (Path(__file__).parents[2] / "examples" / "nato-munizioni.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        said = spoken(line)
        assert not set(said) & set("0123456789«»“”–()")
        assert ",," not in said
        assert " ," not in said


def test_quality_gate() -> None:
    """No class of readings is under its floor, and the set of cases is the one the floors were measured on."""
    root = Path(__file__).parents[2]
    gate = subprocess.run(
        [sys.executable, str(root / "benchmarks" / "quality_gate.py")], capture_output=True, text=True, check=False
    )
    assert gate.returncode == 0, gate.stdout


def test_the_gold_set_is_large_enough() -> None:
    """The gold set has a thousand clauses, twenty or more of each class, and more than two hundred and fifty traps."""
    sizes = {
        path.stem: sum(not line.startswith("#") for line in path.read_text(encoding="utf-8").splitlines())
        for path in (CASES / "gold").glob("*.tsv")
    }
    assert sum(sizes.values()) >= 1000
    assert min(sizes.values()) >= 20
    assert sum(size for kind, size in sizes.items() if kind.startswith("trap")) >= 250
    assert sizes["homograph"] >= 120
    assert sizes["acronym"] + sizes["acronym-capitals"] >= 150


def test_what_must_stay_is_never_touched() -> None:
    """Ordinary words come out to the letter, whatever the floors of other classes are."""
    kept = (CASES / "gold" / "keep.tsv").read_text(encoding="utf-8").splitlines()
    lines = [line.split("\t")[1] for line in kept if not line.startswith("#")]
    assert [spoken(line) for line in lines] == lines
