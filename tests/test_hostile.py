"""The whole command line before hostile files. ``scripts/prove_hostile.py`` runs all cases; here stands every tenth."""

import sys
from pathlib import Path

import pytest
from hostile import Case, Jail, cases

pytestmark = pytest.mark.unmeasured

CASES = cases()


def test_every_case_has_a_name_of_its_own() -> None:
    """There are two hundred cases and more, of every kind the program takes, and none hides another."""
    assert len({case.name for case in CASES}) == len(CASES) > 200
    assert len({case.kind for case in CASES}) > 10


@pytest.mark.skipif(sys.platform == "win32", reason="the jail needs POSIX processes")
@pytest.mark.parametrize("case", CASES[::10], ids=lambda case: case.name)
def test_nothing_gets_out_of_hand(case: Case, tmp_path: Path) -> None:
    """The right exit code, one line of words, nothing left or written elsewhere, in bounded time and memory."""
    assert Jail(tmp_path).run(case).wrong == ()
