"""Machines that share what was spoken: each speech once, whole, or an error that says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from audio import pipeline
from audio.config import CacheSettings, Config
from audio.engines.espeak import Espeak
from audio.engines.shared_cache import SharedCache
from audio.errors import OutputError
from audio.model import Speech, Word
from audio.store import Folder

NOW = dt.datetime(2025, 11, 6, 6, 30, tzinfo=dt.UTC)
SPEECH = Speech(b"\1\2" * 5000, 22_050, (Word(0.0, 0, 3), Word(0.12, 4, 5)))
KEYS = tuple(f"{number:02x}" + "0" * 62 for number in range(40))


def _cache(machine: Path, shared: Path) -> SharedCache:
    return SharedCache(machine, 10**9, Folder(shared))


def test_what_one_machine_kept_another_has(tmp_path: Path) -> None:
    """A speech kept on one machine is found on another, which then has it even without the place they share."""
    one, two = (_cache(tmp_path / name, tmp_path / "shared") for name in ("one", "two"))
    for key in KEYS[:20]:
        one.put(key, SPEECH)
    assert two.missing(KEYS) == set(KEYS[20:])
    alone = _cache(tmp_path / "two", tmp_path / "nothing")
    assert alone.missing(KEYS) == set(KEYS[20:])
    assert alone.get(KEYS[7]) == SPEECH


def test_what_came_damaged_is_missing(tmp_path: Path) -> None:
    """A shared file that is cut short or changed counts as missing, and is mended by the next who speaks it."""
    one, two = (_cache(tmp_path / name, tmp_path / "shared") for name in ("one", "two"))
    for key, harm in ((KEYS[0], slice(0, -1)), (KEYS[1], slice(1, None)), (KEYS[2], slice(0, 0))):
        one.put(key, SPEECH)
        path = tmp_path / "shared" / key[:2] / f"{key}.speech"
        path.write_bytes(path.read_bytes()[harm])
    assert two.missing(KEYS[:3]) == set(KEYS[:3])
    two.put(KEYS[0], SPEECH)
    assert _cache(tmp_path / "three", tmp_path / "shared").missing(KEYS[:3]) == set(KEYS[1:3])


def test_a_place_that_refuses_is_told(tmp_path: Path) -> None:
    """Where the shared place cannot be written, keeping a speech is an error that names it."""
    (tmp_path / "shared").write_text("no folder")
    with pytest.raises(OutputError, match="shared"):
        _cache(tmp_path / "one", tmp_path / "shared").put(KEYS[0], SPEECH)


def test_another_machine_need_not_speak(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bulletin one machine made is made elsewhere without a word spoken, to the same bytes."""
    source = tmp_path / "ponte.txt"
    source.write_text("Ponte chiuso a Siena\n\nIl ponte è chiuso da oggi.\n")

    def make(machine: str) -> bytes:
        cache = CacheSettings(folder=tmp_path / machine, shared=str(tmp_path / "shared"))
        config = replace(Config(engines=("espeak",)), cache=cache)
        return pipeline.make_briefing(
            [str(source)], config, now=NOW, output=tmp_path / f"{machine}.mp3"
        ).path.read_bytes()

    first = make("one")
    monkeypatch.setattr(Espeak, "speak", lambda *_: pytest.fail("it was spoken again"))
    assert make("two") == first
