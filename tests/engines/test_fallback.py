"""One voice for the whole bulletin, with the real embedded voice and the real gTTS."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from engines.clock import Clock
from loopback_google import RATE, Answer, FakeGoogle, RetryAfter

from audio.engines.base import Caps, Engine, Voice
from audio.engines.cache import Cache
from audio.engines.espeak import Espeak
from audio.engines.fallback import Spoken, speak_with_first
from audio.engines.gtts import Gtts
from audio.engines.ledger import Ledger
from audio.errors import (
    EngineError,
    NoVoiceError,
    OutputError,
    RejectedError,
    SettingsError,
    TransientError,
    UnavailableError,
)
from audio.events import EngineChosen, EngineLeft, Event, SegmentSpoken
from audio.model import Role, Script, Segment, Span, Speech, Word

TEXTS = tuple(f"Notizia {name}: il Senato vota oggi la legge di bilancio." for name in "prima seconda terza".split())


class Tone:
    """An engine from outside: a tone as long as its text, or the trouble it was made for."""

    def __init__(
        self, name: str = "tono", trouble: EngineError | None = None, at: int = 0, max_chars: int = 500
    ) -> None:
        self.name = name
        self.asked: list[str] = []
        self.rates: list[float] = []
        self.closed = 0
        self.trouble = trouble
        self.at = at
        self.max_chars = max_chars
        self.rate_hz = 16_000
        self.seconds_per_character = 0.07

    def caps(self) -> Caps:
        return Caps(offline=True, max_chars=self.max_chars, word_times="exact", rate_range=(0.8, 1.2))

    def check(self) -> None:
        if isinstance(self.trouble, UnavailableError):
            raise self.trouble

    def voices(self) -> tuple[Voice, ...]:
        return (Voice("la", "La"),)

    def fingerprint(self, voice: str) -> str:
        return f"1 {voice}"

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
        assert voice == "la"
        if self.trouble and len(self.asked) >= self.at:
            raise self.trouble
        text = "".join(span.text for span in spans)
        assert len(text) <= self.max_chars
        self.asked.append(text)
        self.rates.append(rate)
        seconds = self.seconds_per_character * len(text) / rate
        wave = 8000 * np.sin(2 * np.pi * 440 * np.arange(round(seconds * self.rate_hz)) / self.rate_hz)
        return Speech(wave.astype("<i2").tobytes(), self.rate_hz, (Word(0.01, 0, len(text.split()[0])),))

    def close(self) -> None:
        self.closed += 1


def script_of(*texts: str) -> Callable[[Engine], Script]:
    def compose(engine: Engine) -> Script:
        voice = engine.voices()[0].id
        segments = tuple(Segment(Role.PARAGRAPH, text, text, voice, 0.6) for text in texts)
        return Script("Prova", title_generated=False, chapters=("Prova",), segments=segments)

    return compose


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache(tmp_path, 10**9)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


def gtts_at(google: FakeGoogle) -> Gtts:
    return Gtts(sleep=lambda _: None, url=google.url)


def everything(spoken: Spoken) -> list[Speech]:
    return [spoken.load(index) for index in range(len(spoken.keys))]


def test_the_first_that_can_speaks_all(cache: Cache) -> None:
    """The first engine speaks every segment, the second is not even asked, and the events tell so."""
    first, second, events = Tone(), Tone("altro"), list[Event]()
    spoken = speak_with_first([first, second], script_of(*TEXTS), cache, events.append)
    assert (spoken.engine, spoken.voice, len(everything(spoken))) == ("tono", "la", 3)
    assert first.asked == list(TEXTS)
    assert (first.closed, second.asked, second.closed) == (1, [], 0)
    made = [spoken.load(index).seconds for index in range(3)]
    told = [SegmentSpoken(index, 3, cached=False, seconds=seconds) for index, seconds in enumerate(made, 1)]
    assert events == [*told, EngineChosen("tono", "la", ())]


@pytest.mark.parametrize(
    "trouble",
    [TransientError("tono is busy"), RejectedError("tono will not say this"), UnavailableError("tono is not here")],
)
def test_an_engine_that_fails_is_left_for_all(cache: Cache, trouble: EngineError) -> None:
    """Trouble with the last segment gives the whole bulletin to the next engine, from the beginning."""
    first, second, events = Tone(trouble=trouble, at=2), Tone("altro"), list[Event]()
    spoken = speak_with_first([first, second], script_of(*TEXTS), cache, events.append)
    assert spoken.engine == "altro"
    assert second.asked == list(TEXTS)
    assert first.closed == second.closed == 1
    assert EngineLeft("tono", trouble.message) in events
    assert events[-1] == EngineChosen("altro", "la", (("tono", trouble.message),))


def test_429_from_the_tenth_request_on(cache: Cache) -> None:
    """When Google refuses from its tenth request on, every segment is in the embedded voice, none in Google's."""
    texts = [f"{text} {text} {n}" for n, text in enumerate(TEXTS * 3)]
    with FakeGoogle(lambda index: "ok" if index < 9 else 429) as google:
        spoken = speak_with_first([gtts_at(google), Espeak()], script_of(*texts), cache)
    assert len(google.calls) == 13
    assert (spoken.engine, spoken.voice, {segment.voice for segment in spoken.script.segments}) == (
        "espeak",
        "it",
        {"it"},
    )
    assert {speech.rate for speech in everything(spoken)} == {22_050}
    assert all(len(speech.words) == len(text.split()) for speech, text in zip(everything(spoken), texts, strict=True))


def test_trouble_that_passes_changes_no_voice(cache: Cache) -> None:
    """Two refusals and a consent page delay Google's voice; nothing is missing and nobody else speaks."""
    with FakeGoogle(["ok", 429, 429, "ok", "consent"]) as google:
        spoken = speak_with_first([gtts_at(google), Espeak()], script_of(*TEXTS), cache)
    assert spoken.engine == "gtts"
    assert {speech.rate for speech in everything(spoken)} == {RATE}
    assert "".join(dict.fromkeys(call.text for call in google.calls)) == "".join(TEXTS)


def test_what_a_left_engine_spoke_is_kept(cache: Cache) -> None:
    """After trouble, the next run asks the engine only for what it had not spoken."""
    with pytest.raises(NoVoiceError):
        speak_with_first([Tone(trouble=TransientError("tono is busy"), at=2)], script_of(*TEXTS), cache)
    again, events = Tone(), list[Event]()
    speak_with_first([again], script_of(*TEXTS), cache, events.append)
    assert again.asked == [TEXTS[2]]
    assert [event.cached for event in events if isinstance(event, SegmentSpoken)] == [True, True, False]


def test_the_same_words_are_spoken_once(cache: Cache) -> None:
    """A text that comes back in the bulletin is synthesised once."""
    engine = Tone()
    spoken = speak_with_first([engine], script_of(TEXTS[0], TEXTS[1], TEXTS[0]), cache)
    assert engine.asked == list(TEXTS[:2])
    assert spoken.keys[0] == spoken.keys[2]


def test_insane_speech_is_a_failure(cache: Cache, tmp_path: Path) -> None:
    """An engine whose speech is too short for its text is left, and what it said is not kept."""
    hasty = Tone()
    hasty.seconds_per_character = 0.01
    with pytest.raises(NoVoiceError, match="too short"):
        speak_with_first([hasty], script_of(*TEXTS), cache)
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_nobody_can_speak(cache: Cache) -> None:
    """When all fail, one line names each engine with its reason, and the exit code says so."""
    chain = [Tone("uno", UnavailableError("uno is not here")), Tone("due", TransientError("the service is down"))]
    with pytest.raises(NoVoiceError) as caught:
        speak_with_first(chain, script_of(*TEXTS), cache)
    assert caught.value.message == "no engine could speak the bulletin: uno is not here; due: the service is down"
    assert "Add `espeak`" in caught.value.hint
    assert caught.value.exit_code == 69
    assert [engine.closed for engine in chain] == [1, 1]


def test_the_hint_is_that_of_the_last(cache: Cache) -> None:
    """Where even the embedded voice failed, its own hint stands, and nobody advises to add it."""
    broken = Tone("espeak", UnavailableError("espeak: no library", hint="pip install espeakng-loader"))
    with FakeGoogle([403]) as google, pytest.raises(NoVoiceError) as caught:
        speak_with_first([gtts_at(google), broken], script_of(*TEXTS), cache)
    assert caught.value.hint == "pip install espeakng-loader"


def test_names_make_engines(cache: Cache) -> None:
    """A chain of names makes the engines; a name that nobody has is a mistake in the settings."""
    assert speak_with_first(["espeak"], script_of(*TEXTS), cache).engine == "espeak"
    with pytest.raises(SettingsError, match="espiak"):
        speak_with_first(["espiak"], script_of(*TEXTS), cache)


def test_long_texts_are_packed(cache: Cache) -> None:
    """A text beyond what the engine takes is spoken in pieces, joined, with the words where they are in all of it."""
    text = "Prima frase intera.  Seconda frase intera. Terza frase intera."
    engine = Tone(max_chars=25)
    speech = speak_with_first([engine], script_of(text), cache).load(0)
    assert engine.asked == ["Prima frase intera.", "Seconda frase intera.", "Terza frase intera."]
    assert [text[word.offset : word.offset + word.length] for word in speech.words] == ["Prima", "Seconda", "Terza"]
    lengths = [round(0.07 * len(piece) * 16_000) / 16_000 for piece in engine.asked]
    assert speech.seconds == pytest.approx(sum(lengths))
    assert [w.start_seconds for w in speech.words] == pytest.approx([0.01, lengths[0] + 0.01, sum(lengths[:2]) + 0.01])


@pytest.mark.parametrize(("asked", "given"), [(1.1, 1.1), (3.0, 1.2), (0.1, 0.8)])
def test_tempo_is_as_near_as_can_be(cache: Cache, asked: float, given: float) -> None:
    """A tempo beyond the engine's own is its nearest one."""
    engine = Tone()
    speak_with_first([engine], script_of(TEXTS[0]), cache, rate=asked)
    assert engine.rates == [given]


# ---------------------------------------------------------------------------------------------- who gave up a while ago


class Online(Tone):
    """The engine from outside as a service."""

    def caps(self) -> Caps:
        return replace(super().caps(), offline=False)


def test_who_gave_up_is_left_alone_for_an_hour(cache: Cache, tmp_path: Path) -> None:
    """A service that gave up is not asked by the runs of the next hour, which say the same of it; then it is."""
    now = 1000.0
    ledger = Ledger(tmp_path / "engines", lambda: now)
    speak_with_first(
        [Online(trouble=TransientError("it is busy")), Tone("altro")], script_of("Uno."), cache, ledger=ledger
    )
    now += 1800
    second = Online()
    spoken = speak_with_first([second, Tone("altro")], script_of("Due."), cache, ledger=ledger)
    assert second.asked == []
    assert spoken.engine == "altro"
    assert spoken.instead_of == (("tono", "it is busy"),)
    now += 1801
    assert speak_with_first([second, Tone("altro")], script_of("Tre."), cache, ledger=ledger).engine == "tono"
    assert ledger.left("tono") is None


def test_what_it_spoke_before_is_still_there(cache: Cache, tmp_path: Path) -> None:
    """A bulletin that is wholly in the cache needs no service: it comes in the voice it had."""
    ledger = Ledger(tmp_path / "engines", lambda: 1000.0)
    speak_with_first([Online(), Tone("altro")], script_of(*TEXTS), cache, ledger=ledger)
    ledger.leave("tono", "it is busy", None)
    assert speak_with_first([Online(), Tone("altro")], script_of(*TEXTS), cache, ledger=ledger).engine == "tono"


def test_the_last_is_always_asked(cache: Cache, tmp_path: Path) -> None:
    """Where there is nobody else, a service is asked though it gave up a moment ago."""
    ledger = Ledger(tmp_path / "engines", lambda: 1000.0)
    ledger.leave("tono", "it is busy", None)
    assert speak_with_first([Online()], script_of(*TEXTS), cache, ledger=ledger).engine == "tono"


@pytest.mark.parametrize("trouble", [RejectedError("never"), UnavailableError("not here")])
def test_other_reasons_leave_nobody_alone(cache: Cache, tmp_path: Path, trouble: EngineError) -> None:
    """A refused text or a missing network closes no door, nor does trouble of a voice on this machine."""
    ledger = Ledger(tmp_path / "engines", lambda: 1000.0)
    speak_with_first([Online(trouble=trouble), Tone("altro")], script_of(*TEXTS), cache, ledger=ledger)
    speak_with_first([Tone("qui", TransientError("no")), Tone("altro")], script_of("Uno."), cache, ledger=ledger)
    assert ledger.left("tono") is None
    assert ledger.left("qui") is None


# ---------------------------------------------------------------------------------------------- several at once


def test_several_at_once(cache: Cache) -> None:
    """An engine that can speaks several segments at once; events and sound come in the script's order."""

    class Wide(Tone):
        together = threading.Barrier(3, timeout=30)

        def caps(self) -> Caps:
            return replace(super().caps(), concurrency=3)

        def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
            self.together.wait()  # none goes on before three have come
            return super().speak(spans, voice, rate)

    events: list[Event] = []
    engine = Wide()
    spoken = speak_with_first([engine], script_of(*TEXTS, TEXTS[0]), cache, events.append)
    assert sorted(engine.asked) == sorted(TEXTS)
    assert [e.index for e in events if isinstance(e, SegmentSpoken)] == [1, 2, 3, 4]
    assert [e.cached for e in events if isinstance(e, SegmentSpoken)] == [False, False, False, True]
    assert len(everything(spoken)) == 4


# ---------------------------------------------------------------------------------------------- three in ten fail

_NEWS = tuple(f"Notizia numero {n}: il Senato vota oggi la legge di bilancio." for n in "abcdefghijklmnopqrst")


@pytest.mark.parametrize("trouble", [RetryAfter("3"), 429, "drop", 503, "slow"], ids=str)
def test_three_requests_in_ten_fail(cache: Cache, trouble: Answer) -> None:
    """All is spoken, nothing is asked for twice once it came, in twice the clean time and the pauses."""
    clean, rough = Clock(), Clock()
    with FakeGoogle() as google:
        engine = Gtts(clean.sleep, clean, url=google.url)
        speak_with_first([engine], script_of(*_NEWS), Cache(cache.folder / "clean", 10**9))
    draw = random.Random(6)  # noqa: S311
    fates = [trouble if draw.random() < 0.3 else "ok" for _ in range(100)]
    with FakeGoogle(fates) as google:
        # Long enough that no busy machine lets a good answer come late: the server would call it given, the engine not.
        engine = Gtts(rough.sleep, rough, read_seconds=2.0, url=google.url)
        spoken = speak_with_first([engine, Espeak()], script_of(*_NEWS), cache)
        first = list(google.calls)
        again = speak_with_first([Gtts(rough.sleep, rough, url=google.url)], script_of(*_NEWS), cache)
        assert google.calls == first
    assert spoken.engine == again.engine == "gtts"
    assert [call.text for call in first if call.answer == "ok"] == list(_NEWS)
    assert len(everything(spoken)) == len(_NEWS)
    assert any(call.answer == trouble for call in first)
    pauses = sum(seconds for seconds in rough.slept if seconds > 1.0)
    assert rough.now <= 2 * clean.now + pauses


def test_three_requests_in_ten_are_forbidden(cache: Cache, tmp_path: Path) -> None:
    """A 403 gives the bulletin to the next voice, whole; what came before it is kept for a better day."""
    now = 1000.0
    ledger = Ledger(tmp_path / "engines", lambda: now)
    draw = random.Random(3)  # noqa: S311
    fates: list[Answer] = [403 if draw.random() < 0.3 else "ok" for _ in range(200)]
    heard: list[str] = []
    with FakeGoogle(fates) as google:
        for _ in range(40):
            engine = Gtts(lambda _: None, url=google.url)
            spoken = speak_with_first([engine, Espeak()], script_of(*_NEWS), cache, ledger=ledger)
            assert len(everything(spoken)) == len(_NEWS)
            assert {segment.voice for segment in spoken.script.segments} == {"it"}
            heard.append(spoken.engine)
            now += 3601
    assert heard[0] == "espeak"
    assert heard[-1] == "gtts"
    assert [call.text for call in google.calls if call.answer == "ok"] == list(_NEWS)


def test_an_unwritable_cache_ends_the_run(tmp_path: Path) -> None:
    """A cache that cannot be written is nobody's fault among the engines: the run ends, the engine is closed."""
    (tmp_path / "file").write_text("x")
    first, second = Tone(), Tone("altro")
    with pytest.raises(OutputError):
        speak_with_first([first, second], script_of(*TEXTS), Cache(tmp_path / "file", 10**9))
    assert (first.closed, second.asked) == (1, [])


def test_a_lost_entry_is_told(cache: Cache, tmp_path: Path) -> None:
    """If somebody empties the cache before the sound is mixed, loading says so instead of skipping a segment."""
    spoken = speak_with_first([Tone()], script_of(*TEXTS), cache)
    for path in tmp_path.rglob("*.speech"):
        path.unlink()
    with pytest.raises(OutputError, match="lost a segment"):
        spoken.load(1)


def test_each_new_speech_is_heard_once(tmp_path: Path) -> None:
    """Whoever listens gets every speech that was made, with the name of its sound; a second run makes none."""
    cache = Cache(tmp_path, 10**9)
    heard: list[tuple[str, Speech]] = []
    twice = (*TEXTS, TEXTS[0])
    spoken = speak_with_first([Tone()], script_of(*twice), cache, hear=lambda *one: heard.append(one))
    assert [digest for digest, _ in heard] == list(spoken.digests[:3])
    assert spoken.digests[3] == spoken.digests[0]
    assert [speech for _, speech in heard] == [spoken.load(index) for index in range(3)]
    again = speak_with_first([Tone()], script_of(*twice), cache, hear=lambda *one: heard.append(one))
    assert again.digests == spoken.digests
    assert len(heard) == 3


def test_what_is_in_the_cache_needs_no_engine(tmp_path: Path) -> None:
    """A bulletin that is all in the cache is spoken by an engine that could not start any more."""
    cache = Cache(tmp_path, 10**9)
    speak_with_first([Tone()], script_of(*TEXTS), cache)
    gone = Tone(trouble=UnavailableError("tono: is gone"))
    assert speak_with_first([gone], script_of(*TEXTS), cache).engine == "tono"
    with pytest.raises(NoVoiceError, match="is gone"):
        speak_with_first([gone], script_of(*TEXTS, "Una frase nuova, mai detta prima."), cache)


def test_whoever_listens_may_fail(tmp_path: Path) -> None:
    """What goes wrong while a speech is kept and heard ends the run as it would have ended it on this thread."""

    def broken(_digest: str, _speech: Speech) -> None:
        raise OutputError("no room")

    with pytest.raises(OutputError, match="no room"):
        speak_with_first([Tone()], script_of(*TEXTS), Cache(tmp_path, 10**9), hear=broken)


def test_a_segment_has_its_tempo(tmp_path: Path) -> None:
    """A segment's own rate multiplies the run's, within what the engine can."""

    def compose(engine: Engine) -> Script:
        script = script_of(*TEXTS)(engine)
        rates = (0.95, 1.0, 0.5)
        return replace(script, segments=tuple(map(lambda s, r: replace(s, rate=r), script.segments, rates)))

    tone = Tone()
    speak_with_first([tone], compose, Cache(tmp_path, 10**9))
    assert tone.rates == [0.95, 1.0, 0.8]
