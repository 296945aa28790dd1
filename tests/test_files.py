"""Files that are whole or not there."""

import os
import time
from pathlib import Path

import pytest

from audio.errors import OutputError
from audio.files import slug, written_whole


def test_file_appears_whole_and_alone(tmp_path: Path) -> None:
    """The name exists only when all is written, and nothing else is left in the folder."""
    target = tmp_path / "nuovo" / "x.mp3"
    with written_whole(target) as file:
        file.write(b"tutto")
        assert not target.exists()
    assert target.read_bytes() == b"tutto"
    assert [p.name for p in target.parent.iterdir()] == ["x.mp3"]


def _fail_half_way(target: Path) -> None:
    with written_whole(target) as file:
        file.write(b"meta")
        raise ZeroDivisionError


def test_failure_leaves_the_old_file(tmp_path: Path) -> None:
    """After an error inside the block the previous file is as it was, and no temporary stays."""
    target = tmp_path / "x.mp3"
    target.write_bytes(b"vecchio")
    with pytest.raises(ZeroDivisionError):
        _fail_half_way(target)
    assert target.read_bytes() == b"vecchio"
    assert [p.name for p in tmp_path.iterdir()] == ["x.mp3"]


def test_unwritable_places_are_told(tmp_path: Path) -> None:
    """A folder in the way and a file used as a folder are OutputErrors that name the path."""
    (tmp_path / "file").write_text("x")
    for target in (tmp_path, tmp_path / "file" / "x.mp3"):
        with pytest.raises(OutputError, match=str(tmp_path)), written_whole(target):
            pytest.fail("the block must not run")


def test_leavings_of_a_killed_run_are_swept(tmp_path: Path) -> None:
    """A temporary file older than an hour goes; a young one may belong to a living run and stays."""
    old, young = tmp_path / ".notiziario-00000000.tmp", tmp_path / ".notiziario-11111111.tmp"
    for leaving in (old, young):
        leaving.write_text("x")
    hours_ago = time.time() - 7200
    os.utime(old, (hours_ago, hours_ago))
    with written_whole(tmp_path / "x.mp3"):
        pass
    assert not old.exists()
    assert young.exists()


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Perché l’Italia è così?", "perche-l-italia-e-cosi"),
        ("../../etc/passwd", "etc-passwd"),
        ("…", "notiziario"),
        ("x" * 300, "x" * 80),
    ],
)
def test_file_names_are_plain(title: str, name: str) -> None:
    """A title becomes a name of a-z, 0-9 and hyphens that cannot leave its folder."""
    assert slug(title) == name
