"""Accidents: the disk fails, the process is killed. ``scripts/prove_crashes.py`` does the same at length."""

import pytest
from crashes import CODES, Bench, kill_moments


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(tmp_path_factory.mktemp("accidents"))


def test_a_failing_disk(bench: Bench) -> None:
    """Whichever touch of the disk fails, the old bulletin stays whole or the new one is, and the next run completes."""
    touches = bench.touches()
    assert touches > 30
    outcomes = {bench.fail(at, CODES[at % len(CODES)]) for at in range(1, touches + 1, 3)}
    assert "failed" in outcomes


def test_a_killed_run(bench: Bench) -> None:
    """A run killed at any moment leaves whole files, and the next one completes."""
    for moment in kill_moments(4, 1.0, seed=7):
        assert bench.kill(moment) in {"old", "new", "between"}
