"""The cache keeps what was spoken, proves it, and stays within its bounds."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.engines.cache import Cache, key_of
from audio.errors import OutputError
from audio.model import Span, Speech, Word

pytestmark = pytest.mark.usefixtures("unwatched_children")

ROOT = Path(__file__).parents[2]
KEY = "ab" + "0" * 62
SPEECH = Speech(b"\1\2" * 5000, 22_050, (Word(0.0, 0, 3), Word(0.12, 4, 5)))
A_GIGABYTE = 10**9


def files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def aged(path: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_round_trip(tmp_path: Path) -> None:
    """A speech comes back as it went in, to the byte, words and rate included; one nobody put is None."""
    cache = Cache(tmp_path, A_GIGABYTE)
    assert cache.get(KEY) is None
    cache.put(KEY, SPEECH)
    assert Cache(tmp_path, A_GIGABYTE).get(KEY) == SPEECH


@settings(max_examples=80)
@given(place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
def test_any_flipped_bit_is_found(tmp_path_factory: pytest.TempPathFactory, place: float, bit: int) -> None:
    """Damage anywhere in a file makes it a miss, and the file goes."""
    folder = tmp_path_factory.mktemp("cache")
    cache = Cache(folder, A_GIGABYTE)
    cache.put(KEY, SPEECH)
    (path,) = files(folder)
    data = bytearray(path.read_bytes())
    data[int(place * len(data))] ^= 1 << bit
    path.write_bytes(data)
    assert cache.get(KEY) is None
    assert not files(folder)


@pytest.mark.parametrize("keep", [0, 1, 64, 65, 100, 5000])
def test_a_truncated_file_is_found(tmp_path: Path, keep: int) -> None:
    """A file cut short is a miss, wherever it was cut."""
    cache = Cache(tmp_path, A_GIGABYTE)
    cache.put(KEY, SPEECH)
    (path,) = files(tmp_path)
    path.write_bytes(path.read_bytes()[:keep])
    assert cache.get(KEY) is None
    assert not files(tmp_path)


@pytest.mark.parametrize("speech", [Speech(b"", 22_050), Speech(bytes(2000), 22_050), Speech(bytes(9999), 0)])
def test_no_speech_is_refused(tmp_path: Path, speech: Speech) -> None:
    """An empty or implausibly short speech is refused, and nothing is written."""
    with pytest.raises(ValueError, match="no speech"):
        Cache(tmp_path, A_GIGABYTE).put(KEY, speech)
    assert not files(tmp_path)


def test_keys_tell_everything_apart() -> None:
    """Engine, version, voice, tempo, text, its division into spans and its IPA each make another key."""
    text = (Span("Roma e Milano"),)
    asked = [
        ("espeak", "1.52", "it", 1.0, text),
        ("espeak", "1.53", "it", 1.0, text),
        ("other", "1.52", "it", 1.0, text),
        ("espeak", "1.52", "it+f2", 1.0, text),
        ("espeak", "1.52", "it", 1.1, text),
        ("espeak", "1.52", "it", 1.0, (Span("Roma e milano"),)),
        ("espeak", "1.52", "it", 1.0, (Span("Roma "), Span("e Milano"))),
        ("espeak", "1.52", "it", 1.0, (replace(text[0], ipa="roma"),)),
        ("espeak", "1.52", "it", 1.0, (Span("\ud800"),)),
    ]
    assert len({key_of(*one) for one in asked}) == len(asked)
    assert key_of(*asked[0]) == key_of("espeak", "1.52", "it", 1.0, (Span("Roma e Milano"),))


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    """Over its bound the folder loses what was used longest ago; reading counts as using."""
    cache = Cache(tmp_path, 3 * 10_200)
    keys = [f"{i:064x}" for i in range(4)]
    for key in keys:
        Cache(tmp_path, A_GIGABYTE).put(key, SPEECH)
    for hours, key in zip((9, 8, 7, 6), keys, strict=True):
        aged(cache.path(key), hours * 3600)
    assert cache.get(keys[0]) is not None
    cache.put("f" * 64, SPEECH)
    assert [cache.path(key).exists() for key in keys] == [True, False, False, True]


def test_what_is_in_use_stays(tmp_path: Path) -> None:
    """Whatever was used within the last hour stays, whatever the bound: a bulletin being made relies on it."""
    cache = Cache(tmp_path, 1)
    keys = [f"{i:064x}" for i in range(3)]
    for key in keys:
        cache.put(key, SPEECH)
    aged(cache.path(keys[0]), 3500)
    Cache(tmp_path, 1).put("f" * 64, SPEECH)
    assert all(cache.get(key) for key in keys)


def test_leavings_of_a_killed_run_go(tmp_path: Path) -> None:
    """The temporary of a run that died is gone after an hour; that of a living one stays."""
    cache = Cache(tmp_path, A_GIGABYTE)
    cache.put(KEY, SPEECH)
    (path,) = files(tmp_path)
    old, young = path.with_name(".notiziario-00000000.tmp"), path.with_name(".notiziario-11111111.tmp")
    for leaving in (old, young):
        leaving.write_bytes(b"half a speech")
    aged(old, 4000)
    cache.put("ab" + "1" * 62, SPEECH)
    assert not old.exists()
    assert young.exists()


def test_unwritable_folder(tmp_path: Path) -> None:
    """A folder that cannot be written is one OutputError that names it and the setting to change."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(OutputError) as caught:
        Cache(tmp_path / "file" / "cache", A_GIGABYTE).put(KEY, SPEECH)
    assert str(tmp_path / "file" / "cache") in caught.value.message
    assert "cache.folder" in caught.value.hint
    assert Cache(tmp_path / "file" / "cache", A_GIGABYTE).get(KEY) is None


_FULL = """
import resource, signal, sys
from pathlib import Path
from audio.engines.cache import Cache
from audio.errors import OutputError
from audio.model import Speech
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))
try:
    Cache(Path(sys.argv[1]), 10**9).put("ab" + "0" * 62, Speech(bytes(10000), 22050))
except OutputError as error:
    print(error.message)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGXFSZ"), reason="no limit on file sizes here")
def test_no_room(tmp_path: Path) -> None:
    """A write that the system cuts short is one line, and leaves nothing behind."""
    command = [sys.executable, "-c", _FULL, str(tmp_path)]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.startswith(f"the cache {tmp_path} cannot be written: ")
    assert run.stdout.count("\n") == 1
    assert not files(tmp_path)


def _hammer(folder: Path, seed: int) -> int:
    """Put, get and age keys shared by all, with a bound so small that each sweep wants everything; count surprises."""
    bad = 0
    for turn in range(40):
        cache = Cache(folder, 1)
        number = turn * (seed + 1) % 5
        key, speech = f"{number:064x}", replace(SPEECH, pcm=bytes([number + 1, seed]) * 5000)
        cache.put(key, speech)
        found = cache.get(key)  # another process may have put its own there, or thrown it out
        bad += found is not None and found.pcm not in {bytes([number + 1, other]) * 5000 for other in range(8)}
        with contextlib.suppress(FileNotFoundError):
            aged(cache.path(key), 4000)
    return bad


def test_several_processes(tmp_path: Path) -> None:
    """Eight processes that write, read, age and throw out the same entries never see half of one, or another's."""
    with multiprocessing.get_context("spawn").Pool(8) as pool:
        assert pool.starmap(_hammer, [(tmp_path, seed) for seed in range(8)]) == [0] * 8
    assert all(path.suffix == ".speech" for path in files(tmp_path))


def test_a_sound_is_named_without_being_read(tmp_path: Path) -> None:
    """The digest of a speech is what ``put`` returned; it differs for other sound, and is None for none or half."""
    cache = Cache(tmp_path, A_GIGABYTE)
    assert cache.digest(KEY) is None
    name = cache.put(KEY, SPEECH)
    assert cache.digest(KEY) == name
    other = replace(SPEECH, pcm=b"\2\1" * 5000)
    assert cache.put("cd" + "0" * 62, other) != name
    (path,) = [path for path in files(tmp_path) if path.parent.name == "ab"]
    data = path.read_bytes()
    for keep in (0, 10, 64, 70, len(data) - 1):
        path.write_bytes(data[:keep])
        assert cache.digest(KEY) is None
    path.write_bytes(b"\xff" * len(data))
    assert cache.digest(KEY) is None


@pytest.mark.parametrize("note", [b"", b"x", b"una\nnota\n" * 1000])
def test_notes_come_back_or_not_at_all(tmp_path: Path, note: bytes) -> None:
    """A note is what was written, to the byte; a damaged one is missing, and gone."""
    cache = Cache(tmp_path, A_GIGABYTE)
    assert cache.read("abcd.frames") is None
    cache.write("abcd.frames", note)
    assert cache.read("abcd.frames") == note
    (path,) = files(tmp_path)
    path.write_bytes(path.read_bytes() + b"!")
    assert cache.read("abcd.frames") is None
    assert not files(tmp_path)


def test_notes_count_too(tmp_path: Path) -> None:
    """Notes used longest ago go like speeches when the folder is over its bound."""
    cache = Cache(tmp_path, 15_000)
    for name in ("aa", "bb", "cc"):
        cache.write(f"{name}.frames", bytes(7000))
    for hours, path in enumerate(files(tmp_path)):
        aged(path, (9 - hours) * 3600)
    Cache(tmp_path, 15_000).put(KEY, SPEECH)
    assert [cache.read(f"{name}.frames") is not None for name in ("aa", "bb", "cc")] == [False, False, False]
    assert cache.get(KEY) == SPEECH
