"""From the folder to the public: a real S3 protocol on loopback, and real commands."""

import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import obstore
import pytest
from loopback_s3 import loopback_s3
from made_show import AddEpisode
from obstore.store import S3Store, from_url

from audio.config import Config
from audio.errors import OutputError, SettingsError
from audio.podcast import deliver, publish, store

BUCKET = "s3://giornale/podcast"


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Store]:
    """Run a store on loopback with one bucket."""
    with loopback_s3("giornale", monkeypatch):
        opened = from_url(BUCKET)
        assert isinstance(opened, S3Store)
        yield opened


def _names(bucket: S3Store) -> set[str]:
    return {item["path"] for batch in obstore.list(bucket) for item in batch}


def test_a_bucket_gets_what_is_public(tmp_path: Path, config: Config, add: AddEpisode, bucket: S3Store) -> None:
    """Each public file goes up with its type and how long it may be kept; the feed last, nothing else at all."""
    episode = add()
    publish.rebuild(tmp_path, config)
    (tmp_path / ".segreto").write_text("x")
    changed = deliver.to_bucket(tmp_path, BUCKET)
    assert set(changed) == _names(bucket) == {p.as_posix() for p in store.public_files(tmp_path)}
    assert changed[-1] == "feed.xml"
    assert changed.index(f"episodes/{episode.name}.mp3") < changed.index("index.html")
    for name, kind, kept in (
        ("feed.xml", "application/rss+xml; charset=utf-8", "public, max-age=300"),
        (f"episodes/{episode.name}.chapters.json", "application/json+chapters", "public, max-age=86400"),
        (f"episodes/{episode.name}.mp3", "audio/mpeg", "public, max-age=86400"),
    ):
        attributes = obstore.get(bucket, name).attributes
        assert (attributes["Content-Type"], attributes["Cache-Control"]) == (kind, kept)


def test_only_what_changed_goes_up(tmp_path: Path, config: Config, add: AddEpisode, bucket: S3Store) -> None:
    """A second upload sends nothing, one after a new title only what it changed, one after a loss what was lost."""
    add()
    publish.rebuild(tmp_path, config)
    deliver.to_bucket(tmp_path, BUCKET)
    assert deliver.to_bucket(tmp_path, BUCKET) == ()
    episode = add(title="Un altro titolo")
    publish.rebuild(tmp_path, config)
    page = f"episodes/{episode.name}.html"
    assert set(deliver.to_bucket(tmp_path, BUCKET)) == {page, "archivio-2025-11.html", "index.html", "feed.xml"}
    obstore.delete(bucket, page)
    assert deliver.to_bucket(tmp_path, BUCKET) == (page,)


def test_what_is_gone_goes_last(tmp_path: Path, config: Config, add: AddEpisode, bucket: S3Store) -> None:
    """What left the folder leaves the bucket after the feed that no longer names it; the files of others stay."""
    old = add(5)
    add(0)
    publish.rebuild(tmp_path, config)
    deliver.to_bucket(tmp_path, BUCKET)
    obstore.put(bucket, "di-altri.txt", b"x")
    store.delete(tmp_path, old)
    publish.rebuild(tmp_path, config)
    changed = deliver.to_bucket(tmp_path, BUCKET)
    assert changed.index("feed.xml") < changed.index(f"episodes/{old.name}.mp3")
    assert "di-altri.txt" in _names(bucket)
    assert not [name for name in _names(bucket) if old.name in name]


def test_a_store_that_fails_half_way(
    tmp_path: Path, config: Config, add: AddEpisode, bucket: S3Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After a failure the feed is the old one, and the next upload sends only what is missing."""
    add()
    publish.rebuild(tmp_path, config)
    real = obstore.put
    sent: list[str] = []

    def failing(place: S3Store, name: str, *rest: object, **more: object) -> object:
        if len(sent) == 3:
            raise obstore.exceptions.GenericError("the line is down")
        sent.append(name)
        return real(place, name, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(obstore, "put", failing)
    with pytest.raises(OutputError, match="the line is down"):
        deliver.to_bucket(tmp_path, BUCKET)
    assert _names(bucket) == set(sent)
    monkeypatch.setattr(obstore, "put", real)
    assert not set(deliver.to_bucket(tmp_path, BUCKET)) & set(sent)
    assert "feed.xml" in _names(bucket)


def test_keys_come_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without keys in the environment nothing is tried, and the error names the variable."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_SKIP_SIGNATURE"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SettingsError) as error:
        deliver.to_bucket(tmp_path, BUCKET)
    assert "AWS_ACCESS_KEY_ID" in error.value.hint


def test_a_command_gets_the_folder(tmp_path: Path, config: Config) -> None:
    """The command runs with its arguments as they are, {folder} in them replaced, and through no shell."""
    note = tmp_path / "nota"
    code = f"import pathlib, sys; pathlib.Path({str(note)!r}).write_text(' '.join(sys.argv[1:]))"
    hooked = replace(
        config, publish=replace(config.publish, command=(sys.executable, "-c", code, "{folder}/", "$HOME; *"))
    )
    assert publish.upload(tmp_path / "p", hooked) == ()
    assert note.read_text() == f"{tmp_path / 'p'}/ $HOME; *"


def test_a_command_that_fails(tmp_path: Path) -> None:
    """A command that ends with an error is told by its code and last words; one that is not there by its name."""
    code = "import sys; print('host sconosciuto', file=sys.stderr); sys.exit(12)"
    with pytest.raises(OutputError, match="ended with 12: host sconosciuto"):
        deliver.run([sys.executable, "-c", code], tmp_path)
    with pytest.raises(SettingsError, match="no-such-program"):
        deliver.run(["no-such-program"], tmp_path)
