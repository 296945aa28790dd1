"""Microsoft's voices: the real edge-tts against a service on this machine; no real waiting."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import edge_tts.drm
import pytest
from engines.clock import Clock
from engines.contract import TEXT, EngineContract
from loopback_edge import NO_DATE, Answer, FakeEdge

from audio.config import EdgeSettings
from audio.engines.edge import Edge
from audio.engines.sanity import require_sane
from audio.errors import BusyError, EngineError, RejectedError, TransientError, UnavailableError
from audio.model import Span, Speech

ROOT = Path(__file__).parents[2]
VOICE = "it-IT-IsabellaNeural"


@pytest.fixture
def clock() -> Clock:
    return Clock()


def edge_at(clock: Clock, total_seconds: float = 60, pitch_hz: int = 0) -> Edge:
    return Edge(EdgeSettings(pitch_hz=pitch_hz), sleep=clock.sleep, clock=clock, total_seconds=total_seconds)


def say(engine: Edge, text: str = TEXT, voice: str = VOICE, rate: float = 1.0) -> Speech:
    return engine.speak((Span(text),), voice, rate)


def failure(monkeypatch: pytest.MonkeyPatch, answers: list[Answer], clock: Clock, **wait: float) -> EngineError:
    """Speak against these answers, which must fail, and return the error."""
    with FakeEdge(monkeypatch, answers) as edge, pytest.raises(EngineError) as caught:
        say(edge_at(clock, **wait))  # type: ignore[arg-type]
    assert edge.connections == len(answers)
    assert "\n" not in caught.value.message
    return caught.value


class TestContract(EngineContract):
    @pytest.fixture
    def engine(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edge]:
        with FakeEdge(monkeypatch):
            yield edge_at(Clock())


def test_what_is_asked(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """Text, voice, tempo and pitch reach the service; marks of XML are text."""
    with FakeEdge(monkeypatch) as edge:
        say(edge_at(clock, pitch_hz=-5), "Uno < due & tre.", rate=0.9)
        say(edge_at(clock), "Quattro.", "it-IT-DiegoNeural@+20")
    assert [(call.text, call.rate, call.pitch) for call in edge.calls] == [
        ("Uno < due & tre.", "-10%", "-5Hz"),
        ("Quattro.", "+0%", "+20Hz"),
    ]
    assert "IsabellaNeural" in edge.calls[0].voice
    assert "DiegoNeural" in edge.calls[1].voice


@pytest.mark.parametrize(
    "voice", ["", "it", "it-IT-Isabella", "it-IT-IsabellaNeural@", "it-IT-IsabellaNeural@x", "x'/>"]
)
def test_unknown_voices(monkeypatch: pytest.MonkeyPatch, clock: Clock, voice: str) -> None:
    """What cannot be a voice of the service is refused and never sent."""
    with FakeEdge(monkeypatch) as edge, pytest.raises(UnavailableError, match="edge has no voice"):
        say(edge_at(clock), voice=voice)
    assert not edge.connections


def test_tempo(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """A tempo that the service does not know is refused, not ignored."""
    with FakeEdge(monkeypatch), pytest.raises(RejectedError, match="rate 3"):
        say(edge_at(clock), rate=3.0)


def test_words_without_times(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """A release of the service that tells no words still speaks."""
    with FakeEdge(monkeypatch, ["no words"]):
        speech = say(edge_at(clock))
    require_sane(speech, TEXT, "edge")
    assert speech.words == ()


PASSING = [429, 500, 503, "cut", "abort", "no end", "words cut", "sound cut", "little", "empty", "not mp3", "odd", 200]


@pytest.mark.parametrize("trouble", PASSING)
def test_passing_trouble(monkeypatch: pytest.MonkeyPatch, clock: Clock, trouble: Answer) -> None:
    """One bad answer and a good one make the speech; a stream without its end marker is a bad answer."""
    with FakeEdge(monkeypatch, [trouble]) as edge:
        require_sane(say(edge_at(clock)), TEXT, "edge")
    assert edge.connections == 2
    assert clock.slept == [pytest.approx(2, rel=0.1)]


@pytest.mark.parametrize("trouble", PASSING)
def test_lasting_trouble(monkeypatch: pytest.MonkeyPatch, clock: Clock, trouble: Answer) -> None:
    """After the fourth bad answer the engine gives up for now, in one line."""
    error = failure(monkeypatch, [trouble] * 4, clock)
    assert isinstance(error, TransientError)
    assert error.message.startswith(("edge could not speak 'Il presidente della", "edge did not speak 'Il presidente"))
    assert isinstance(error, BusyError) == (trouble == 429)


@pytest.mark.parametrize("trouble", ["stall", "drip"])
def test_endless_streams_end(monkeypatch: pytest.MonkeyPatch, clock: Clock, trouble: Answer) -> None:
    """A stream that stalls or drips is given up at its deadline."""
    error = failure(monkeypatch, [trouble] * 4, clock, total_seconds=0.4)
    assert isinstance(error, TransientError)
    assert "no end within 0.4 s" in error.message


def test_a_clock_that_is_wrong(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """A 403 is worth one more try, with the clock corrected by the service's own, and no pause."""
    with FakeEdge(monkeypatch, [403]) as edge:
        assert say(edge_at(clock)).words
        assert edge_tts.drm.DRM.clock_skew_seconds != 0
    assert edge.connections == 2
    assert clock.slept == []


@pytest.mark.parametrize("answers", [[403, 403], [NO_DATE]])
def test_shut_out(monkeypatch: pytest.MonkeyPatch, clock: Clock, answers: list[Answer]) -> None:
    """A second 403, or one without a clock, ends it: the hint is to upgrade the library, and an hour is to pass."""
    error = failure(monkeypatch, answers, clock)
    assert isinstance(error, TransientError)
    assert "403" in error.message
    assert "pip install -U edge-tts" in error.hint
    assert error.retry_after_seconds == 3600
    assert clock.slept == []


def test_no_network(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """Where not even the first connection can be made, nothing is waited for."""
    with FakeEdge(monkeypatch):
        engine = edge_at(clock)
    with pytest.raises(UnavailableError, match="cannot be reached"):
        say(engine)
    assert clock.slept == []


def test_no_name(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """A name that does not resolve is no network."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    monkeypatch.setattr("edge_tts.communicate.WSS_URL", "wss://speech.example/edge/v1?Token=x")
    with pytest.raises(UnavailableError, match="cannot be reached"):
        say(edge_at(clock))
    assert clock.slept == []


def test_certificates_are_verified(monkeypatch: pytest.MonkeyPatch, clock: Clock) -> None:
    """A certificate that nobody vouches for ends it before a word is sent."""
    with FakeEdge(monkeypatch, trusted=False) as edge, pytest.raises(UnavailableError, match="certificate"):
        say(edge_at(clock))
    assert not edge.connections


def test_a_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without edge-tts the engine is unavailable and says what to install."""
    monkeypatch.setattr("audio.engines.edge.util.find_spec", lambda _: None)
    with pytest.raises(UnavailableError) as caught:
        Edge().check()
    assert caught.value.hint == "pip install 'notiziario[edge]'"


def test_import_is_light() -> None:
    """Making the engine, listing its voices and telling its fingerprint load neither edge-tts nor a network library."""
    code = (
        "import sys; from audio import engines; e = engines.make('edge'); e.check(); e.voices(); e.fingerprint('it')\n"
        "print(sorted({'edge_tts', 'aiohttp', 'requests'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
