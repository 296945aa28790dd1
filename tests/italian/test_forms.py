"""The forms of the press, class by class: tests/cases/forms/*.tsv, one reading each, in the words of a newsreader."""

from pathlib import Path

import pytest

from audio.italian import read, spoken

CASES = Path(__file__).parent.parent / "cases" / "forms"
ROWS = [
    tuple(line.split("\t"))
    for path in sorted(CASES.glob("*.tsv"))
    for line in path.read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("# ")
]


@pytest.mark.parametrize(("written", "said"), ROWS, ids=[row[0] for row in ROWS])
def test_form(written: str, said: str) -> None:
    """A form of the press is said as a newsreader says it, and saying it again changes nothing."""
    assert spoken(written) == said
    assert spoken(said) == said


def test_every_form_is_explained_to_the_letter() -> None:
    """Every reading of a form is the source with its rewrites put in place."""
    for written, said in ROWS:
        out, place = "", 0
        for rewrite in read(written).rewrites:
            assert written[rewrite.start : rewrite.end] == rewrite.written
            out += written[place : rewrite.start]
            assert rewrite.at == len(out)
            out += rewrite.spoken
            place = rewrite.end
        assert out + written[place:] == said
