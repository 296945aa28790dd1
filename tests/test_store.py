"""Folders and buckets as places of finished files; the bucket is a real S3 protocol on loopback."""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import obstore
import pytest
from loopback_s3 import loopback_s3
from obstore.store import from_url

from audio.errors import OutputError, SettingsError
from audio.store import Bucket, Folder, open_place

ROOT = Path(__file__).parent.parent


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Run a store on loopback with one bucket."""
    with loopback_s3("giornale", monkeypatch):
        yield


def _get(bucket: str, name: str) -> tuple[bytes, str]:
    found = obstore.get(from_url(bucket), name)
    return bytes(found.bytes()), str(found.attributes["Content-Type"])


def test_a_folder_is_its_own_place(tmp_path: Path) -> None:
    """A folder's file is there when it is there, at its path."""
    place = open_place(str(tmp_path))
    assert isinstance(place, Folder)
    with place.making("a.mp3") as path:
        assert not place.has("a.mp3")
        path.write_bytes(b"x")
    assert place.has("a.mp3")
    assert place.address("a.mp3") == str(tmp_path / "a.mp3")


@pytest.mark.usefixtures("s3")
def test_a_bucket_takes_a_bulletin_whole() -> None:
    """All parts of a bulletin arrive with their types, and nothing does when its making failed."""
    place = open_place("s3://giornale/audio")
    assert isinstance(place, Bucket)
    with place.making("2025/a.mp3") as path:
        path.write_bytes(b"suono")
        path.with_suffix(".vtt").write_text("WEBVTT")
    assert place.has("2025/a.mp3")
    assert place.address("2025/a.mp3") == "s3://giornale/audio/2025/a.mp3"
    assert _get("s3://giornale", "audio/2025/a.vtt") == (b"WEBVTT", "text/vtt; charset=utf-8")
    with pytest.raises(OSError, match="disco"), place.making("b.mp3") as path:  # noqa: PT012 - a making that fails
        path.write_bytes(b"x")
        raise OSError("disco pieno")
    assert not place.has("b.mp3")


@pytest.mark.usefixtures("s3")
def test_what_the_store_refuses_is_told() -> None:
    """A missing bucket is an error that names the address and says where to look."""
    place = open_place("s3://manca")
    with pytest.raises(OutputError, match=r"s3://manca/a\.mp3: the store refused"), place.making("a.mp3") as path:
        path.write_bytes(b"x")
    with pytest.raises(SettingsError, match="is no address of an object store"):
        open_place("ftp://esempio.it/x")


@pytest.mark.usefixtures("s3")
def test_small_files_of_a_bucket() -> None:
    """What was written is read, what nobody wrote is None, and what cannot be reached is told."""
    place = open_place("s3://giornale/parole")
    assert place.read("ab/x.speech") is None
    place.write("ab/x.speech", b"suono")
    assert place.read("ab/x.speech") == b"suono"
    with pytest.raises(OutputError, match=r"s3://manca/x: the store refused"):
        open_place("s3://manca").write("x", b"")


@pytest.mark.usefixtures("s3")
def test_batch_into_a_bucket(tmp_path: Path) -> None:
    """`batch --output s3://…` puts every bulletin there and `cache.shared` every speech; a second run makes nothing."""
    (tmp_path / "ponte.txt").write_text("Ponte chiuso a Siena\n\nIl ponte è chiuso da oggi.\n")
    settings = "engines: [espeak]\ncache: {folder: cache, shared: 's3://giornale/parole'}\n"
    (tmp_path / "notiziario.yaml").write_text(settings)
    command = [sys.executable, "-m", "audio", "batch", "ponte.txt", "-o", "s3://giornale/x", "--jobs", "1"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    runs = []
    for says in ("made 1, failed 0, unchanged 0", "made 0, failed 0, unchanged 1"):
        run = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
        assert says in run.stderr
        runs.append(run.stdout.strip())
    row = json.loads((tmp_path / runs[0]).read_text())
    assert row["path"].startswith("s3://giornale/x/ponte-")
    sound, kind = _get("s3://giornale", row["path"].removeprefix("s3://giornale/"))
    assert (hashlib.sha256(sound).hexdigest(), kind) == (row["sha256"], "audio/mpeg")
    shared = {Path(name).name for name in Bucket("s3://giornale/parole").sizes()}
    assert shared == {path.name for path in (tmp_path / "cache").rglob("*.speech")}
