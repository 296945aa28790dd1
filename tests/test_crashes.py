"""Accidents: the disk fails, the process is killed. ``scripts/prove_crashes.py`` does the same at length."""

import errno
from pathlib import Path

import pytest

pytest.importorskip("resource", reason="limits of file size and forks, by which accidents are made, are not on Windows")

from crashes import CODES, Bench, Daily, Make, Publish, kill_moments, limited
from daily_show import NOW

from audio.newsroom import watch

pytestmark = pytest.mark.unmeasured


@pytest.fixture(scope="module", params=[Make, Publish, Daily], ids=lambda kind: kind.__name__.lower())
def bench(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Bench:
    return Bench(request.param, tmp_path_factory.mktemp("accidents"))


def test_a_failing_disk(bench: Bench) -> None:
    """Whichever touch of the disk fails, each output stays whole, old or new, and the next run completes."""
    touches = len(bench.log())
    assert touches > 30
    outcomes = {bench.fail(at, CODES[at % len(CODES)]) for at in range(1, touches + 1, 17)}
    assert "failed" in outcomes


def test_a_full_disk(bench: Bench) -> None:
    """Wherever files can grow no more, SQLite's included, the same holds."""
    outcomes = {bench.fill(limit) for limit in (0, 4120, 20_000, 120_000)}
    assert "failed" in outcomes


def test_a_killed_run(bench: Bench) -> None:
    """A run killed at any moment leaves whole files, and the next one completes."""
    for part in kill_moments(2, seed=7):
        assert bench.kill(part) in {"old", "new", "between"}


def test_a_removal_that_fails(tmp_path: Path) -> None:
    """Where an old file cannot be removed, a show says so in one line and the next run removes it."""
    bench = Bench(Daily, tmp_path)
    removals = [at for at, what in enumerate(bench.log(), 1) if what == "unlink"]
    assert {bench.fail(at, errno.EIO) for at in removals[::-5]} == {"completed", "failed"}


def test_a_log_without_room(tmp_path: Path) -> None:
    """A log on a full disk is nobody's error."""
    with limited(10):
        watch.log(tmp_path / "daily.log", NOW, "una riga più lunga di così")
    assert (tmp_path / "daily.log").stat().st_size <= 10
