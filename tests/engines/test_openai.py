"""Servers that speak /v1/audio/speech: a real one on this machine, honest or not; no real waiting."""

from __future__ import annotations

import functools
import io
import json
import wave
from collections.abc import Callable, Iterator

import numpy as np
import pytest
import soundfile
from engines.clock import Clock
from engines.contract import TEXT, EngineContract
from loopback_google import tone_mp3
from loopback_http import Answer, Loopback, Request

from audio import pcm
from audio.config import OpenAISettings
from audio.engines.openai import OpenAI, honest_wav
from audio.engines.sanity import require_sane
from audio.errors import BusyError, EngineError, RejectedError, TransientError, UnavailableError
from audio.model import Span, Speech

RATE = 24_000


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@functools.cache
def tone(text: str) -> bytes:
    """PCM as long as its text."""
    return pcm.decode(tone_mp3(text))[0]


def sound(text: str, form: str) -> bytes:
    """A sound file of the tone, as a server makes it."""
    samples = np.frombuffer(tone(text), "<i2")
    if form == "pcm":
        return samples.tobytes()
    if form == "mp3":
        return tone_mp3(text)
    out = io.BytesIO()
    kind = {"wav": ("WAV", "PCM_16"), "flac": ("FLAC", "PCM_16"), "opus": ("OGG", "OPUS")}[form]
    soundfile.write(out, samples, RATE, format=kind[0], subtype=kind[1])
    return out.getvalue()


def wav_of(samples: bytes) -> bytes:
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(samples)
    return out.getvalue()


def server(broken: Callable[[int, str], Answer | None] = lambda *_: None) -> Loopback:
    """A server with one voice; ``broken`` may answer in its place, by the request's index and text."""

    def answer(request: Request) -> Answer:
        asked = json.loads(request.body)
        if request.path != "/v1/audio/speech" or request.headers["content-type"] != "application/json":
            return Answer(404)
        if instead := broken(len(here.requests) - 1, asked["input"]):
            return instead
        if asked["voice"] != "sara":
            return Answer(400, b'{"error": {"message": "Voice not found"}}')
        return Answer(body=sound(asked["input"], asked["response_format"]), headers={"Content-Type": "audio/x"})

    here = Loopback(answer)
    return here


def openai_at(
    at: Loopback, clock: Clock, read_seconds: float = 20, total_seconds: float = 60, **settings: object
) -> OpenAI:
    made = OpenAISettings(base_url=f"{at.url}/v1/", **settings)  # type: ignore[arg-type]
    return OpenAI(made, None, clock.sleep, clock, read_seconds, total_seconds)


def say(engine: OpenAI, text: str = TEXT, voice: str = "sara", rate: float = 1.0) -> Speech:
    return engine.speak((Span(text),), voice, rate)


def failure(answer: Answer, clock: Clock, tries: int, **settings: object) -> EngineError:
    """Speak against this answer, which must fail after so many tries, and return the error."""
    with server(lambda *_: answer) as at, pytest.raises(EngineError) as caught:
        say(openai_at(at, clock, **settings))  # type: ignore[arg-type]
    assert len(at.requests) == tries
    assert "\n" not in caught.value.message
    return caught.value


class TestContract(EngineContract):
    @pytest.fixture
    def engine(self) -> Iterator[OpenAI]:
        with server() as at:
            yield openai_at(at, Clock())

    def voice(self, engine: object) -> str:  # noqa: ARG002 - the interface lists none
        return "sara"


# ---------------------------------------------------------------------------------------------- what is asked


def test_what_is_asked(clock: Clock) -> None:
    """Model, voice, tempo and format go out with the text, and the extra fields as JSON where they are."""
    extra = {"lang_code": "i", "volume": "0.5", "stream": "false"}
    with server() as at:
        say(openai_at(at, clock, model="kokoro", format="flac", extra=extra), rate=1.25)
    assert json.loads(at.requests[0].body) == {
        "model": "kokoro",
        "input": TEXT,
        "voice": "sara",
        "response_format": "flac",
        "speed": 1.25,
        "lang_code": "i",
        "volume": 0.5,
        "stream": False,
    }


def test_the_key_comes_from_the_environment(clock: Clock, monkeypatch: pytest.MonkeyPatch) -> None:
    """The key goes out in its header, from the variable that the settings name and from no other."""
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("MY_KEY", "mine")
    with server() as at:
        say(openai_at(at, clock))
        say(openai_at(at, clock, key_env="MY_KEY"))
    assert [request.headers.get("authorization") for request in at.requests] == [None, "Bearer mine"]


@pytest.mark.parametrize("key", ["", " ", "a\nb", "chiavè"])
def test_no_key(clock: Clock, monkeypatch: pytest.MonkeyPatch, key: str) -> None:
    """Where the key is missing or no key, nothing is sent."""
    monkeypatch.setenv("MY_KEY", key)
    with server() as at, pytest.raises(UnavailableError, match="no key in MY_KEY"):
        say(openai_at(at, clock, key_env="MY_KEY"))
    assert not at.requests


def test_the_key_is_not_sent_in_the_clear(monkeypatch: pytest.MonkeyPatch) -> None:
    """Over plain http the key goes to this machine only."""
    monkeypatch.setenv("MY_KEY", "mine")
    for address, fine in (
        ("https://voci.example/v1", True),
        ("http://localhost:9/v1", True),
        ("http://voci.example/v1", False),
    ):
        engine = OpenAI(OpenAISettings(base_url=address, key_env="MY_KEY"))
        if fine:
            engine.check()
        else:
            with pytest.raises(UnavailableError, match=r"would go to voci\.example in the clear"):
                engine.check()


@pytest.mark.parametrize("address", [None, "", "kokoro:8880", "ftp://x/v1"])
def test_no_address(address: str | None) -> None:
    """Without an address the engine is unavailable, and the hint is the setting."""
    with pytest.raises(UnavailableError) as caught:
        OpenAI(OpenAISettings(base_url=address)).check()
    assert "openai.base_url" in caught.value.hint


def test_no_voice(clock: Clock) -> None:
    """Without a voice's name nothing is sent; one that the server has not is refused, in the server's words."""
    with server() as at:
        with pytest.raises(UnavailableError) as unnamed:
            say(openai_at(at, clock), voice="")
        assert not at.requests
        with pytest.raises(RejectedError, match=r"400 from 127\.0\.0\.1: Voice not found"):
            say(openai_at(at, clock), voice="nobody")
    assert "voices: {openai: NAME}" in unnamed.value.hint
    assert clock.slept == []


# ---------------------------------------------------------------------------------------------- what comes


@pytest.mark.parametrize("form", ["wav", "mp3", "flac", "opus", "pcm"])
def test_formats(clock: Clock, form: str) -> None:
    """Each format is asked for by name, and heard whole."""
    with server() as at:
        speech = say(openai_at(at, clock, format=form))
    require_sane(speech, TEXT, "openai")
    assert abs(speech.seconds - len(tone(TEXT)) / 2 / RATE) < 0.1


@pytest.mark.parametrize("form", ["mp3", "flac", "opus"])
def test_another_format_than_asked(clock: Clock, form: str) -> None:
    """A server that sends what it likes is understood by what it sends."""
    with server(lambda _, text: Answer(body=sound(text, form))) as at:
        require_sane(say(openai_at(at, clock)), TEXT, "openai")


@pytest.mark.parametrize("length", [0, 0xFFFFFFFF, 0x7FFFFFFF, 0x7FFFF000, 0xFFFFFFFF - 36])
def test_headers_that_lie(clock: Clock, length: int) -> None:
    """A streamed WAV whose header has no honest length is heard to its end."""

    def lying(_: int, text: str) -> Answer:
        wav = sound(text, "wav")
        at = wav.index(b"data") + 4
        return Answer(
            body=wav[:4] + length.to_bytes(4, "little") + wav[8:at] + length.to_bytes(4, "little") + wav[at + 4 :]
        )

    with server(lying) as at:
        speech = say(openai_at(at, clock))
    assert speech.pcm == tone(TEXT)


def test_headers_with_more_in_them() -> None:
    """Chunks before the data, of odd length too, are passed over; what is no WAV is left alone."""
    wav = wav_of(tone("prova"))
    more = wav[:36] + b"LIST\3\0\0\0abc\0" + wav[36:40] + bytes(4) + wav[44:]
    assert pcm.decode(honest_wav(more)) == (tone("prova"), RATE)
    for other in (b"", b"RIFF", b"RIFF0000WAVE", b"<html>", wav[:36]):
        assert honest_wav(other) == other


# ---------------------------------------------------------------------------------------------- trouble

PASSING = {
    "429": Answer(429),
    "500": Answer(500),
    "503": Answer(503),
    "drop": Answer(how="drop"),
    "cut": Answer(body=sound(TEXT, "wav"), how="cut"),
    "truncated mp3": Answer(body=sound(TEXT, "mp3")[:9000]),
    "silence": Answer(body=wav_of(bytes(2 * RATE * 6))),
    "empty": Answer(),
    "page": Answer(body=b"<html>consent</html>", headers={"Content-Type": "text/html"}),
    "json": Answer(body=b'{"error": "busy"}', headers={"Content-Type": "application/json"}),
    "wav that ends early": Answer(body=sound(TEXT, "wav")[: len(sound(TEXT, "wav")) * 9 // 10]),
}


@pytest.mark.parametrize("answer", PASSING.values(), ids=list(PASSING))
def test_passing_trouble(clock: Clock, answer: Answer) -> None:
    """Three bad answers and a good one make the speech."""
    with server(lambda index, _: answer if index < 3 else None) as at:
        require_sane(say(openai_at(at, clock)), TEXT, "openai")
    assert len(at.requests) == 4
    assert [seconds for seconds in clock.slept if seconds > 1] == [pytest.approx(wait, rel=0.1) for wait in (2, 4, 8)]


@pytest.mark.parametrize("answer", PASSING.values(), ids=list(PASSING))
def test_lasting_trouble(clock: Clock, answer: Answer) -> None:
    """After the fourth bad answer the engine gives up for now, in one line that names the text."""
    error = failure(answer, clock, 4)
    assert isinstance(error, TransientError)
    assert isinstance(error, BusyError) == (answer.status == 429)
    assert error.message.startswith(
        ("openai could not speak 'Il presidente della", "openai did not speak 'Il presidente")
    )


def test_a_page_in_place_of_raw_sound(clock: Clock) -> None:
    """Raw sound has no head to know it by: a page or an error in its place is told by its type."""
    for body, kind in ((b"<html>" * 999, "text/html"), (b"{}" * 999, "application/json"), (b"", "audio/pcm")):
        error = failure(Answer(body=body, headers={"Content-Type": kind}), clock, 4, format="pcm")
        assert "no sound" in error.message


def test_retry_after_is_honoured(clock: Clock) -> None:
    """The server is asked again when it says."""
    with server(lambda index, _: Answer(429, headers={"Retry-After": "7"}) if not index else None) as at:
        say(openai_at(at, clock))
    assert clock.slept[0] == 7


@pytest.mark.parametrize("how", ["slow", "drip"])
def test_endless_answers_end(clock: Clock, how: str) -> None:
    """A request that stalls, or sends a byte now and then, is given up at its deadline."""
    error = failure(Answer(body=b"x" * 1000, how=how), clock, 4, total_seconds=0.15)
    assert isinstance(error, TransientError)
    assert "no whole answer within 0.15 s" in error.message


@pytest.mark.parametrize("status", [401, 403])
def test_a_key_that_is_refused(clock: Clock, monkeypatch: pytest.MonkeyPatch, status: int) -> None:
    """A refused key makes the engine unavailable at once; no message has the key, though the server quotes it."""
    monkeypatch.setenv("MY_KEY", "sk-secret")
    body = b'{"error": {"message": "Incorrect API key provided: sk-secret"}}'
    error = failure(Answer(status, body), clock, 1, key_env="MY_KEY")
    assert isinstance(error, UnavailableError)
    assert "sk-secret" not in error.message + error.hint
    assert "MY_KEY" in error.hint


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (Answer(400, b'{"error": {"message": "bad\\nmodel"}}'), RejectedError),
        (Answer(422, b'{"detail": [{"loc": ["body"]}]}'), RejectedError),
        (Answer(404, b"not json"), UnavailableError),
        (Answer(302, headers={"Location": "http://elsewhere.example/"}), RejectedError),
    ],
    ids=["400", "422", "404", "302"],
)
def test_what_no_patience_mends(clock: Clock, answer: Answer, kind: type[EngineError]) -> None:
    """A request that the server calls wrong is not sent again, nor sent elsewhere."""
    assert isinstance(failure(answer, clock, 1), kind)
    assert clock.slept == []


def test_no_server(clock: Clock) -> None:
    """Where nobody listens, nothing is waited for."""
    with server() as at:
        engine = openai_at(at, clock)
    with pytest.raises(UnavailableError, match="cannot be reached"):
        say(engine)
    assert clock.slept == []
