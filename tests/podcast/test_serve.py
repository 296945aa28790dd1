"""The show on the web, asked over real sockets as its clients ask."""

import asyncio
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from email.utils import formatdate
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from crowd import crowd
from made_show import NOW, serving

from audio.config import Config
from audio.errors import OutputError, SettingsError
from audio.model import Briefing
from audio.podcast import publish, serve, store
from audio.podcast.episode import Episode

ROOT = Path(__file__).parent.parent.parent


@pytest.fixture(scope="module")
def folder(config: Config, briefing: Briefing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a show of one episode."""
    made = tmp_path_factory.mktemp("served")
    publish.add_episode(made, config, briefing, guid="urn:x", published=NOW)
    publish.rebuild(made, config)
    return made


@pytest.fixture(scope="module")
def home(folder: Path) -> Iterator[str]:
    """Serve it."""
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def episode(folder: Path) -> Episode:
    """Give its episode."""
    return publish.episodes(folder)[0]


def _ask(home: str, path: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
    """Send one request exactly as written: no library tidies the path."""
    place = urlsplit(home)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    connection.putrequest(method, place.path + path, skip_accept_encoding=True)
    for name, value in headers.items():
        connection.putheader(name.replace("_", "-"), value)
    connection.endheaders()
    reply = connection.getresponse()
    body = reply.read()
    connection.close()
    return reply.status, {k.lower(): v for k, v in reply.getheaders()}, body


def test_every_file_comes_as_clients_need_it(home: str, folder: Path) -> None:
    """Each public file has its type, its exact length, validators, ranges and the right to be read by players."""
    files = list(store.public_files(folder))
    assert {path.suffix for path in files} == {".xml", ".html", ".css", ".js", ".jpg", ".mp3", ".vtt", ".srt", ".json"}
    for path in files:
        status, headers, body = _ask(home, path.as_posix(), Accept_Encoding="gzip, br")
        assert status == 200
        assert headers["content-type"] == store.media_type(path.name)
        assert body == (folder / path).read_bytes()
        assert int(headers["content-length"]) == len(body)
        assert headers["access-control-allow-origin"] == "*"
        assert headers["accept-ranges"] == "bytes"
        assert headers["etag"]
        assert headers["last-modified"]
        assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        (".mp3", "audio/mpeg"),
        (".vtt", "text/vtt; charset=utf-8"),
        (".srt", "application/x-subrip"),
        (".chapters.json", "application/json+chapters"),
        (".html", "text/html; charset=utf-8"),
    ],
)
def test_types(home: str, episode: Episode, suffix: str, kind: str) -> None:
    """The types that clients refuse when they are wrong."""
    assert _ask(home, f"episodes/{episode.name}{suffix}", "HEAD")[1]["content-type"] == kind


def test_head_is_get_without_the_body(home: str, episode: Episode) -> None:
    """HEAD, which Apple asks first, answers like GET for feed, sound and cover, without a body."""
    for path in ("feed.xml", f"episodes/{episode.name}.mp3", "cover.jpg", ""):
        got, head = _ask(home, path), _ask(home, path, "HEAD")
        assert (head[0], head[2]) == (200, b"")
        assert {k: v for k, v in head[1].items() if k != "date"} == {k: v for k, v in got[1].items() if k != "date"}


@pytest.mark.parametrize(("asked", "start", "end"), [("0-99", 0, 100), ("100-", 100, None), ("-50", -50, None)])
def test_ranges(home: str, folder: Path, episode: Episode, asked: str, start: int, end: int | None) -> None:
    """A part of the sound is sent as a part: seeking, resuming, and iPhones need it."""
    whole = store.path_of(folder, episode.name, ".mp3").read_bytes()
    status, headers, body = _ask(home, f"episodes/{episode.name}.mp3", Range=f"bytes={asked}")
    assert status == 206
    assert body == whole[start:end]
    assert headers["content-range"].endswith(f"/{len(whole)}")


def test_a_range_beyond_the_end(home: str, folder: Path, episode: Episode) -> None:
    """A part that is not there is 416, with the real length."""
    size = store.path_of(folder, episode.name, ".mp3").stat().st_size
    status, headers, _ = _ask(home, f"episodes/{episode.name}.mp3", Range=f"bytes={size}-")
    assert (status, headers["content-range"]) == (416, f"bytes */{size}")


def test_resuming_what_changed_starts_again(home: str, episode: Episode) -> None:
    """With If-Range, by date or ETag, a part is sent only of the same file."""
    path = f"episodes/{episode.name}.mp3"
    _, headers, _ = _ask(home, path, "HEAD")
    for same in (headers["etag"], headers["last-modified"]):
        assert _ask(home, path, Range="bytes=5-9", If_Range=same)[0] == 206
    for other in ('"boh"', formatdate(0, usegmt=True)):
        assert _ask(home, path, Range="bytes=5-9", If_Range=other)[0] == 200


def test_an_unchanged_feed_is_not_sent_again(home: str) -> None:
    """Asked with ETag or date, an unchanged feed answers 304 without a body."""
    _, headers, _ = _ask(home, "feed.xml")
    for condition in ({"If_None_Match": headers["etag"]}, {"If_Modified_Since": headers["last-modified"]}):
        status, answered, body = _ask(home, "feed.xml", **condition)
        assert (status, body) == (304, b"")
        assert answered["access-control-allow-origin"] == "*"
    assert _ask(home, "feed.xml", If_None_Match='"boh"')[0] == 200


def test_a_browser_may_ask_first(home: str) -> None:
    """The question of a player's browser whether it may read parts is answered."""
    status, headers, _ = _ask(home, "feed.xml", "OPTIONS", Origin="https://player.example")
    assert status == 204
    assert "Range" in headers["access-control-allow-headers"]


def test_nothing_can_be_written(home: str) -> None:
    """Only reading is allowed."""
    for method in ("POST", "PUT", "DELETE"):
        assert _ask(home, "feed.xml", method)[0] == 405


HIDDEN = (
    ".notiziario/show.json",
    "%2enotiziario/show.json",
    "episodes/../.notiziario/show.json",
    "episodes/%2e%2e/%2enotiziario/show.json",
    "../segreto.txt",
    "..%2fsegreto.txt",
    "%2e%2e/segreto.txt",
    "//etc/passwd",
    "..\\segreto.txt",
    "feed.xml%00.html",
    ".env",
    "episodes",
)


@pytest.mark.parametrize("path", HIDDEN)
def test_nothing_else_is_found(home: str, folder: Path, path: str) -> None:
    """State, dot files, folders and what lies outside are not found, however they are spelt."""
    (folder / ".env").write_text("segreto")
    (folder.parent / "segreto.txt").write_text("segreto")
    status, _, body = _ask(home, path)
    assert status in {400, 404}
    assert b"segreto" not in body


def test_an_episodes_record_is_not_served(home: str, episode: Episode) -> None:
    """What the show remembers of an episode is not for the public."""
    assert _ask(home, f"episodes/{episode.name}.json")[0] == 404


def test_a_link_out_of_the_folder_is_not_followed(home: str, folder: Path) -> None:
    """A symbolic link that leads out of the folder is not found."""
    (folder.parent / "fuori.txt").write_text("segreto")
    (folder / "dentro.txt").symlink_to(folder.parent / "fuori.txt")
    assert _ask(home, "dentro.txt")[0] == 404
    (folder / "dentro.txt").unlink()


def test_pages_have_a_strict_policy(home: str) -> None:
    """Pages come with a policy that lets only their own files run, and may not be framed."""
    policy = _ask(home, "index.html")[1]["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy


def test_a_secret_word_in_the_address(folder: Path) -> None:
    """With a token everything stands below it, and nothing elsewhere."""
    with serving(folder, "parola-segreta") as home:
        assert _ask(home, "feed.xml")[0] == 200
        root = home.removesuffix("parola-segreta/")
        assert _ask(root, "feed.xml")[0] == 404
        assert _ask(root, "parola-segreta2/feed.xml")[0] == 404


@pytest.mark.parametrize("token", ["a/b", "..", "è", ""])
def test_a_token_is_plain(folder: Path, token: str) -> None:
    """A token that an address cannot hold as it is, is refused."""
    with pytest.raises(SettingsError, match="--token"):
        serve.make_app(folder, token)


def test_a_folder_without_a_show(tmp_path: Path, config: Config) -> None:
    """An empty folder is not served; the error says how a show begins."""
    empty = replace(config, publish=replace(config.publish, folder=tmp_path))
    with pytest.raises(OutputError, match="no show") as error:
        serve.run(empty, "127.0.0.1", 0, None, print)
    assert "make" in error.value.hint


def test_without_the_extra(folder: Path, config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the web server is not installed, the error says how to install it."""
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    with pytest.raises(SettingsError) as error:
        serve.run(replace(config, publish=replace(config.publish, folder=folder)), "127.0.0.1", 0, None, print)
    assert "notiziario[serve]" in error.value.hint


def test_a_port_that_is_taken(folder: Path, config: Config) -> None:
    """A port in use is told by its number."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(OutputError, match=str(port)):
            serve.run(replace(config, publish=replace(config.publish, folder=folder)), "127.0.0.1", port, None, print)


def test_advice(config: Config) -> None:
    """The person hears the address, who can reach it, and what to set so that the feed's own addresses lead here."""
    at_home = replace(config, show=replace(config.show, base_url=None))
    said = "\n".join(serve.advice(at_home, "192.168.1.20", 8000))
    assert "http://192.168.1.20:8000/feed.xml" in said
    assert "AntennaPod" in said
    assert 'show.base_url: "http://192.168.1.20:8000/"' in said
    loopback = "\n".join(serve.advice(config, "127.0.0.1", 8000))
    assert "only this machine" in loopback
    assert "base_url" not in loopback


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no interrupt for another process alone")
def test_the_command_serves_and_ends(folder: Path, tmp_path: Path) -> None:
    """`notiziario serve` says its address, answers, and ends with 0 when interrupted."""
    (tmp_path / "notiziario.yaml").write_text(f"publish: {{folder: {folder}}}\n")
    command = [sys.executable, "-m", "audio", "serve", "--port", "0"]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, env=environment, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        said = server.stderr.readline()
        home = re.search(r"http://127\.0\.0\.1:\d+/", said)
        assert home is not None, said
        assert _ask(home[0], "feed.xml")[0] == 200
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0


def test_a_crowd(home: str, folder: Path) -> None:
    """Forty clients at once get the feed and the parts of an episode they ask for, to the byte."""
    answers = asyncio.run(crowd(folder, urlsplit(home).port or 0, clients=40, requests=6))
    assert len(answers) == 240
