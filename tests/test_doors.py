"""Every door to the network before a server that misbehaves: each ends in its own error, within its own time."""

from __future__ import annotations

import contextlib
import gc
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from loopback_http import Answer, Loopback

from audio.config import FetchSettings, NotifySettings, OpenAISettings
from audio.engines import piper_voices, wire
from audio.engines.openai import OpenAI
from audio.errors import EngineError, NotiziarioError, SourceError
from audio.model import Span
from audio.newsroom import watch
from audio.podcast import web
from audio.readers.fetch import Fetcher

# A door opened with this address, and the error it may end in.
Door = tuple[Callable[[str], object], type[Exception]]
SHORT_SECONDS = 0.4


def _article(url: str) -> object:
    settings = FetchSettings(allow_private=True, total_seconds=SHORT_SECONDS, max_mb=0.05)
    return Fetcher(settings, sleep=lambda _: None).get(url)


def _openai(url: str) -> object:
    engine = OpenAI(settings=OpenAISettings(base_url=url), total_seconds=SHORT_SECONDS, sleep=lambda _: None)
    return engine.speak((Span("Ciao a tutti."),), "it")


def _download(url: str) -> object:
    _, blocks = wire.download(url, 0, 50_000)
    return b"".join(blocks)


def _verified(url: str) -> object:
    return web.ask(url, most=50_000)


def _told(url: str) -> object:
    if failures := watch.tell_start(NotifySettings(healthchecks=url)):
        raise ConnectionError(failures[0])
    return None


DOORS: dict[str, Door] = {
    "article": (_article, SourceError),
    "voice service": (_openai, EngineError),
    "voice file": (_download, NotiziarioError),
    "public address": (_verified, web.UnreachableError),
    "health check": (_told, ConnectionError),
}
PAGE = b"<html><body><p>Il ponte riapre oggi.</p></body></html>"
FAULTS = {
    "no byte": Answer(body=PAGE, how="slow"),
    "a byte at a time": Answer(body=PAGE * 1000, how="drip"),
    "a head without end": Answer(body=PAGE, how="drip head"),
    "the end in the middle": Answer(body=PAGE * 50, how="cut"),
    "the end before the start": Answer(how="drop"),
}
# Where bytes are only asked for and none is read, a body that does not come is nobody's loss.
NOT_READ = {("health check", "the end in the middle"), ("health check", "a byte at a time")}


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Shorten what a person would wait for."""
    monkeypatch.setattr(wire, "CONNECT_SECONDS", SHORT_SECONDS)
    monkeypatch.setattr(wire, "READ_SECONDS", SHORT_SECONDS)
    monkeypatch.setattr(web, "_TIMEOUT_SECONDS", (SHORT_SECONDS, SHORT_SECONDS))
    monkeypatch.setattr(web, "_TOTAL_SECONDS", SHORT_SECONDS)
    monkeypatch.setattr(watch, "_TIMEOUT_SECONDS", SHORT_SECONDS)
    yield
    # What a reader that was left behind still holds goes here, not in somebody else's test.
    with warnings.catch_warnings(action="ignore"):
        gc.collect()


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("door", DOORS)
def test_a_server_that_misbehaves(door: str, fault: str) -> None:
    """No byte, one at a time, too few: the door closes by itself, with its own error."""
    opened, error = DOORS[door]
    expected = contextlib.nullcontext() if (door, fault) in NOT_READ else pytest.raises(error)
    with Loopback(lambda _: FAULTS[fault]) as server, expected:
        opened(f"{server.url}/a")


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
def test_a_server_that_refuses(door: str, status: int) -> None:
    """A refusal is told as one, whatever stands in its page."""
    opened, error = DOORS[door]
    expected = contextlib.nullcontext() if door == "public address" else pytest.raises(error)
    with Loopback(lambda _: Answer(status, PAGE, {"Retry-After": "7200"})) as server, expected:
        opened(f"{server.url}/a")


@pytest.mark.parametrize("door", ["article", "voice file", "public address"])
def test_a_server_that_leads_in_circles(door: str) -> None:
    """Redirects are followed a few times, and never to a file."""
    opened, error = DOORS[door]
    with Loopback(lambda _: Answer(302, headers={"Location": "/a"})) as server, pytest.raises(error):
        opened(f"{server.url}/a")
    with (
        Loopback(lambda _: Answer(302, headers={"Location": "file:///etc/passwd"})) as server,
        pytest.raises((error, NotiziarioError)),
    ):
        opened(f"{server.url}/a")


def test_what_is_too_large_is_cut_off() -> None:
    """A body larger than the door lets through is refused or ends at the bound."""
    with Loopback(lambda _: Answer(body=b"x" * 200_000, headers={"Content-Type": "text/html"})) as server:
        with pytest.raises(SourceError):
            _article(f"{server.url}/a")
        assert len(_download(f"{server.url}/a")) == 50_000  # type: ignore[arg-type]
        answer = _verified(f"{server.url}/a")
        assert isinstance(answer, web.Answer)
        assert len(answer.body) == 50_000


def test_a_voice_that_comes_broken_is_not_installed(tmp_path: Path) -> None:
    """A download that ends too early leaves no voice that looks whole."""
    broken = replace(FAULTS["the end in the middle"], status=200)
    with Loopback(lambda _: broken) as server, pytest.raises(NotiziarioError):
        piper_voices.install("it_IT-paola-medium", tmp_path, server.url, lambda *_: None)
    assert not piper_voices.installed(tmp_path)
