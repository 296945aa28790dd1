"""What earlier runs learned about each service."""

from __future__ import annotations

from pathlib import Path

import pytest

from audio.engines.ledger import LEFT_ALONE_SECONDS, Ledger

BAD = {
    "empty": b"",
    "page": b"<html>",
    "list": b"[]",
    "half": b'{"pace_seconds": 1',
    "text": b'{"pace_seconds": "x", "pace_learned": 0, "left_until": 0, "reason": ""}',
    "missing": b'{"pace_seconds": 1}',
    "bytes": b"\xff\xfe",
}


class Time:
    now = 1_000_000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.mark.parametrize(("asked", "seconds"), [(None, 3600), (0.0, 3600), (7200.0, 7200), (1e9, 86_400)])
def test_left_alone(tmp_path: Path, time: Time, asked: float | None, seconds: float) -> None:
    """An engine is left alone for as long as its service asked, an hour at least and a day at most, then welcome."""
    Ledger(tmp_path, time).leave("gtts", "429", asked)
    assert Ledger(tmp_path, time).left("gtts") == (seconds, "429")
    assert Ledger(tmp_path, time).left("edge") is None
    time.now += seconds
    assert Ledger(tmp_path, time).left("gtts") is None


def test_a_clock_that_was_wrong(tmp_path: Path, time: Time) -> None:
    """A moment further ahead than anything is left for comes from a wrong clock, and counts for nothing."""
    time.now += 10 * 86_400
    Ledger(tmp_path, time).leave("gtts", "429", None)
    Ledger(tmp_path, time).learn_pace("gtts", 1.0)
    time.now -= 10 * 86_400
    assert Ledger(tmp_path, time).left("gtts") is None
    assert Ledger(tmp_path, time).pace_of("gtts") == 0.0


def test_welcome(tmp_path: Path, time: Time) -> None:
    """An engine that spoke is welcome, and its pace stays."""
    ledger = Ledger(tmp_path, time)
    ledger.learn_pace("gtts", 0.75)
    ledger.leave("gtts", "429", None)
    ledger.welcome("gtts")
    assert ledger.left("gtts") is None
    assert ledger.pace_of("gtts") == 0.75


def test_a_pace_holds_for_a_day(tmp_path: Path, time: Time) -> None:
    """What a service taught holds for a day, for that service."""
    Ledger(tmp_path, time).learn_pace("gtts", 0.75)
    assert Ledger(tmp_path, time).pace_of("gtts") == 0.75
    assert Ledger(tmp_path, time).pace_of("edge") == 0.0
    time.now += 86_400
    assert Ledger(tmp_path, time).pace_of("gtts") == 0.0


@pytest.mark.parametrize("content", BAD.values(), ids=list(BAD))
def test_a_damaged_page(tmp_path: Path, time: Time, content: bytes) -> None:
    """A page that cannot be read is a blank one, and is written anew."""
    (tmp_path / "gtts.json").write_bytes(content)
    ledger = Ledger(tmp_path, time)
    assert ledger.left("gtts") is None
    assert ledger.pace_of("gtts") == 0.0
    ledger.leave("gtts", "429", None)
    assert ledger.left("gtts") == (LEFT_ALONE_SECONDS, "429")


def test_a_folder_that_cannot_be_written(tmp_path: Path, time: Time) -> None:
    """Where nothing can be kept, or nothing is to be, all goes on without it."""
    (tmp_path / "file").write_text("x")
    for folder in (tmp_path / "file" / "engines", None):
        ledger = Ledger(folder, time)
        ledger.leave("gtts", "429", None)
        ledger.learn_pace("gtts", 1.0)
        assert ledger.left("gtts") is None
