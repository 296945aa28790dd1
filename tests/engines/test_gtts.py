"""Google's voice: the real gTTS and requests against a service on this machine; no real waiting."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from engines.clock import Clock
from engines.contract import TEXT, EngineContract
from loopback_google import HOST, RATE, Answer, Body, FakeGoogle, RetryAfter, reply_with, tone_mp3

from audio import pcm
from audio.engines.gtts import Gtts
from audio.engines.ledger import Ledger
from audio.errors import EngineError, RejectedError, TransientError, UnavailableError
from audio.model import Span, Speech

ROOT = Path(__file__).parents[2]
LONG = "Secondo il segretario generale la legge passa al Senato. " * 4


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


def gtts_at(google: FakeGoogle, clock: Clock, read_seconds: float = 20, total_seconds: float = 60) -> Gtts:
    return Gtts(clock.sleep, clock, read_seconds, total_seconds, google.url)


def say(engine: Gtts, text: str = TEXT) -> Speech:
    return engine.speak((Span(text),), "it")


def failure(answers: list[Answer], clock: Clock, read_seconds: float = 20, total_seconds: float = 60) -> EngineError:
    """Speak one piece against these answers, which must fail, and return the error."""
    with FakeGoogle(answers) as google, pytest.raises(EngineError) as caught:
        say(gtts_at(google, clock, read_seconds, total_seconds), "Secondo il segretario generale la legge passa.")
    assert len(google.calls) <= len(answers)
    return caught.value


class TestContract(EngineContract):
    @pytest.fixture
    def engine(self) -> Iterator[Gtts]:
        with FakeGoogle() as google:
            yield gtts_at(google, Clock())


# ---------------------------------------------------------------------------------------------- what is asked


def test_one_piece_a_request(clock: Clock) -> None:
    """The text goes out in Italian, whole, in pieces of at most 100 characters, as it is written."""
    text = "Il prof. Rossi, sig. Bianchi; il 18,5 per cento (circa): «Sì!» Altro… " * 3
    with FakeGoogle() as google:
        say(gtts_at(google, clock), text)
    asked = [call.text for call in google.calls]
    assert "".join(asked).replace(" ", "") == text.replace(" ", "")
    assert max(map(len, asked)) <= 100
    assert {(call.lang, call.slow) for call in google.calls} == {("it", None)}


def test_pieces_are_joined_in_order(clock: Clock) -> None:
    """The speech is the sound of every piece in order, at the service's rate."""
    with FakeGoogle() as google:
        speech = say(gtts_at(google, clock), LONG)
    assert speech.rate == RATE
    parts = [np.frombuffer(pcm.decode(tone_mp3(call.text))[0], "<i2") for call in google.calls]
    whole = np.frombuffer(speech.pcm, "<i2")
    position = 0
    for part in parts:
        middle = part[len(part) // 2 : len(part) // 2 + 200]
        windows = np.lib.stride_tricks.sliding_window_view(whole[position:], 200)
        places = np.flatnonzero((windows == middle).all(axis=1))
        assert len(places)
        position += int(places[0]) + 200
    assert len(whole) <= sum(map(len, parts))


def test_quiet_edges_are_trimmed(clock: Clock) -> None:
    """Of a second of silence around a piece, a breath is left; the sound itself is untouched."""
    tone, rate = pcm.decode(tone_mp3("x" * 40))
    silence = np.zeros(rate, np.int16).tobytes()
    with FakeGoogle([Body(reply_with(_wav(silence + tone + silence, rate)))]) as google:
        speech = say(gtts_at(google, clock), "x" * 40)
    assert np.abs(np.frombuffer(tone, "<i2")).max() == np.abs(np.frombuffer(speech.pcm, "<i2")).max()
    assert len(tone) / 2 / rate - 0.2 < speech.seconds < len(tone) / 2 / rate + 0.3


def test_rates_are_made_one(clock: Clock) -> None:
    """Pieces that come at different rates are joined at the first one's, each as long as it was."""
    tone, rate = pcm.decode(tone_mp3("x" * 100))
    half = np.frombuffer(tone, "<i2")[::2].tobytes()
    with FakeGoogle([Body(reply_with(_wav(tone, rate))), Body(reply_with(_wav(half, rate // 2)))]) as google:
        speech = say(gtts_at(google, clock), "a" * 100 + " " + "b" * 100)
    assert speech.rate == rate
    assert speech.seconds == pytest.approx(2 * len(tone) / 2 / rate, abs=0.3)


def _wav(samples: bytes, rate: int) -> bytes:
    head = b"RIFF" + (36 + len(samples)).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    form = b"\1\0\1\0" + rate.to_bytes(4, "little") + (2 * rate).to_bytes(4, "little") + b"\2\0\x10\0"
    return head + form + b"data" + len(samples).to_bytes(4, "little") + samples


def test_nothing_to_say(clock: Clock) -> None:
    """A text without a word is rejected and never sent."""
    with FakeGoogle() as google, pytest.raises(RejectedError):
        say(gtts_at(google, clock), "… – …")
    assert not google.calls


def test_one_tempo(clock: Clock) -> None:
    """Another tempo than the service's is refused, not ignored."""
    with FakeGoogle() as google, pytest.raises(RejectedError, match=r"rate 1\.5"):
        gtts_at(google, clock).speak((Span(TEXT),), "it", 1.5)


# ---------------------------------------------------------------------------------------------- patience


def test_requests_are_paced(clock: Clock) -> None:
    """Half a second lies between two requests, also from one speech to the next."""
    with FakeGoogle() as google:
        engine = gtts_at(google, clock)
        say(engine, "Prima.")
        say(engine, "Seconda.")
        clock.now += 0.3
        say(engine, "Terza.")
    assert clock.slept == pytest.approx([0.5, 0.2])


@pytest.mark.parametrize("trouble", [429, 500, 503, "drop", "cut", "empty", "consent", "redirect", "not mp3"])
def test_passing_trouble(clock: Clock, trouble: Answer) -> None:
    """Three bad answers and a good one make the speech, after pauses of about 2, 4 and 8 seconds."""
    with FakeGoogle([trouble] * 3) as google:
        assert say(gtts_at(google, clock), "Una frase breve.").seconds > 0.5
    assert len(google.calls) == 4
    waits = [seconds for seconds in clock.slept if seconds > 0.5]
    assert waits == [pytest.approx(2, rel=0.1), pytest.approx(4, rel=0.1), pytest.approx(8, rel=0.1)]


@pytest.mark.parametrize("trouble", [429, 503, "drop", "cut", "empty", "consent", "redirect", "not mp3"])
def test_lasting_trouble(clock: Clock, trouble: Answer) -> None:
    """After the fourth bad answer the engine gives up for now, in one line that names the text and the service."""
    error = failure([trouble] * 4, clock)
    assert isinstance(error, TransientError)
    assert error.message.startswith("gtts could not speak 'Secondo il segretario…' (")
    assert HOST in error.message
    assert "\n" not in error.message
    assert "`espeak`" in error.hint


def test_a_truncated_mp3(clock: Clock) -> None:
    """Sound that ends long before its text is asked for again, and never taken for speech."""
    text = "Secondo il segretario generale la legge passa al Senato."
    half = Body(reply_with(tone_mp3(text)[: len(tone_mp3(text)) // 4]))
    with FakeGoogle([half]) as google:
        assert say(gtts_at(google, clock), text).seconds > 3
    assert len(google.calls) == 2
    assert "too short" in failure([half] * 4, clock).message


def test_the_words_of_a_refusal(clock: Clock) -> None:
    """A refusal names its status and what it means."""
    assert failure([503] * 4, clock).message == (
        "gtts could not speak 'Secondo il segretario…' (503 from translate.google.com): "
        "the service is refusing requests"
    )


@pytest.mark.parametrize("trouble", ["slow", "drip", "drip head"])
def test_endless_answers_end(clock: Clock, trouble: Answer) -> None:
    """A request that never ends, though a byte comes now and then, is given up at its deadline."""
    error = failure([trouble] * 4, clock, total_seconds=0.15)
    assert isinstance(error, TransientError)
    assert "no whole answer within 0.15 s" in error.message


def test_a_silent_server(clock: Clock) -> None:
    """A server that sends nothing is given up after the read time-out."""
    error = failure(["slow"] * 4, clock, read_seconds=0.05)
    assert isinstance(error, TransientError)
    assert "no answer within 0.05 s" in error.message


def test_endless_bodies_end(clock: Clock) -> None:
    """An answer of more bytes than any speech has is not read to its end."""
    error = failure([Body(b"x" * 4_100_000)] * 4, clock)
    assert isinstance(error, TransientError)
    assert "no end" in error.message


@pytest.mark.parametrize(
    ("asked", "seconds"),
    [
        (RetryAfter("7"), 7.0),
        (RetryAfter("0"), 0.0),
        (RetryAfter("Wed, 05 Nov 2025 06:30:09 GMT", "Wed, 05 Nov 2025 06:30:00 GMT"), 9.0),
        (RetryAfter("Wed, 05 Nov 2025 06:30:00 GMT", "Wed, 05 Nov 2025 06:31:00 GMT"), 0.0),
    ],
)
def test_retry_after_is_honoured(clock: Clock, asked: RetryAfter, seconds: float) -> None:
    """The service is asked again when it says, as a number or as a moment on its own clock."""
    with FakeGoogle([asked]) as google:
        say(gtts_at(google, clock), "Una frase breve.")
    assert clock.slept[0] == seconds


@pytest.mark.parametrize("asked", [RetryAfter("presto"), RetryAfter("-3"), RetryAfter("Wed, 05 Nov 2025 06:30:09 GMT")])
def test_retry_after_that_makes_no_sense(clock: Clock, asked: RetryAfter) -> None:
    """A wait that cannot be understood is the usual one."""
    with FakeGoogle([asked]) as google:
        say(gtts_at(google, clock), "Una frase breve.")
    assert clock.slept[0] == pytest.approx(2, rel=0.1)


def test_a_long_wait_is_not_waited_for(clock: Clock) -> None:
    """A service that asks for more than a minute is left at once, and the error says how long it wants."""
    error = failure([RetryAfter("3600")], clock)
    assert isinstance(error, TransientError)
    assert error.retry_after_seconds == 3600
    assert clock.slept == []


def test_a_429_teaches_the_pace(clock: Clock, tmp_path: Path) -> None:
    """After a 429 the requests are further apart, never more than a second, and the next run knows it from disk."""
    ledger = Ledger(tmp_path, lambda: 1000.0)
    with FakeGoogle([429, 429, "ok"]) as google:
        engine = Gtts(clock.sleep, clock, url=google.url, ledger=ledger)
        for text in ("Prima.", "Seconda."):
            say(engine, text)
        assert clock.slept[-1] == pytest.approx(1.0)
        again = Clock()
        engine = Gtts(again.sleep, again, url=google.url, ledger=ledger)
        for text in ("Terza.", "Quarta."):
            say(engine, text)
    assert again.slept == [pytest.approx(1.0)]


# ---------------------------------------------------------------------------------------------- what no patience mends


@pytest.mark.parametrize("status", [400, 404])
def test_refused_texts(clock: Clock, status: int) -> None:
    """A request that the service calls wrong is not sent again."""
    assert isinstance(failure([status], clock), RejectedError)
    assert clock.slept == []


def test_a_network_shut_out(clock: Clock) -> None:
    """A 403 ends the engine's part at once, and says for how long."""
    error = failure([403], clock)
    assert isinstance(error, TransientError)
    assert error.retry_after_seconds == 3600
    assert clock.slept == []


def test_no_network(clock: Clock) -> None:
    """Where not even the first connection can be made, nothing is waited for."""
    with FakeGoogle() as google:
        engine = gtts_at(google, clock)
    with pytest.raises(UnavailableError, match="cannot be reached"):
        say(engine)
    assert clock.slept == []


def test_no_name(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that does not resolve is no network."""

    def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(UnavailableError, match=r"translate\.google\.com cannot be reached"):
        say(Gtts(clock.sleep, clock))
    assert clock.slept == []


def test_the_network_goes_away(clock: Clock) -> None:
    """Once the service has answered, a connection that cannot be made is worth another try."""
    with FakeGoogle() as google:
        engine = gtts_at(google, clock)
        say(engine, "Prima.")
    with pytest.raises(TransientError, match=r"the connection to translate\.google\.com broke"):
        say(engine, "Seconda.")
    assert len([seconds for seconds in clock.slept if seconds > 1]) == 3


# ---------------------------------------------------------------------------------------------- TLS, unchanged program

_PROGRAM = """
from audio import engines, errors
from audio.model import Span
engine = engines.make("gtts")
try:
    print(engine.speak((Span("Buongiorno a tutti."),), "it").rate)
except errors.EngineError as error:
    print(type(error).__name__, error.message, error.hint)
"""


def _run(env: dict[str, str]) -> str:
    command = [sys.executable, "-W", "error", "-c", _PROGRAM]
    return subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=True, timeout=60).stdout


def test_the_real_address_over_tls() -> None:
    """The program as it is asks Google's own address over https, through the user's proxy and certificates."""
    with FakeGoogle(tls=True) as google:
        assert _run(google.proxy_env()) == f"{RATE}\n"
    assert [(call.host, call.text) for call in google.calls] == [(f"{HOST}:443", "Buongiorno a tutti.")]


def test_certificates_are_verified() -> None:
    """A certificate that nobody vouches for ends the request before a word is sent."""
    with FakeGoogle(tls=True) as google:
        says = _run(google.proxy_env(trusted=False))
    assert not google.calls
    assert says.startswith("UnavailableError gtts: the certificate of translate.google.com cannot be verified")
    assert "REQUESTS_CA_BUNDLE" in says


def test_import_is_light() -> None:
    """Making the engine, listing its voice and telling its fingerprint load neither gTTS nor a network library."""
    code = (
        "import sys; from audio import engines; e = engines.make('gtts'); e.check(); e.voices(); e.fingerprint('it')\n"
        "print(sorted({'gtts', 'requests', 'urllib3'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
