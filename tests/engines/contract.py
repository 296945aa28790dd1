"""What every engine must keep, whoever wrote it: inherit from EngineContract and give it an ``engine`` fixture.

It needs this one file, pytest and Notiziario: an engine of another package may copy it beside its own tests.
"""

from __future__ import annotations

import re
from concurrent.futures import ThreadPoolExecutor

import pytest

from audio.engines.base import Engine
from audio.engines.sanity import require_sane
from audio.errors import EngineError
from audio.model import Span, Speech

TEXT = "Il presidente della Repubblica ha ricevuto ieri al Quirinale i sindaci delle città colpite dall’alluvione."
HOSTILE = (
    "",
    " ",
    "…",
    "\0",
    "Roma\0Milano",
    "[[a]]",
    "\ud800",
    "😀",
    "\x1b[31mrosso",
    "<speak>uno</speak>",
    "a" * 3000,
)


class EngineContract:
    @pytest.fixture
    def engine(self) -> Engine:
        raise NotImplementedError

    def voice(self, engine: Engine) -> str:
        """The voice to test, the first of the list unless a subclass says otherwise."""
        return engine.voices()[0].id

    def test_is_an_engine(self, engine: Engine) -> None:
        """It has every member of the protocol, a lower-case name, and abilities that make sense."""
        assert isinstance(engine, Engine)
        assert re.fullmatch(r"[a-z][a-z0-9_-]*", engine.name)
        caps = engine.caps()
        assert caps.max_chars > 0
        assert caps.concurrency > 0
        assert caps.rate_range[0] <= 1.0 <= caps.rate_range[1]

    def test_speaks_the_whole_text(self, engine: Engine) -> None:
        """After a check that passes, a sentence becomes sound of the length that its letters need."""
        engine.check()
        require_sane(engine.speak((Span(TEXT),), self.voice(engine)), TEXT, engine.name)

    def test_speaks_as_much_as_it_says(self, engine: Engine) -> None:
        """A text of ``max_chars`` characters is spoken whole in one call."""
        limit = engine.caps().max_chars
        text = (TEXT + " ") * (limit // len(TEXT) + 1)
        text = text[: min(limit, 20_000)].strip()
        require_sane(engine.speak((Span(text),), self.voice(engine)), text, engine.name)

    def test_spans_are_one_text(self, engine: Engine) -> None:
        """Words are told, where they are, in order of time and of text, each a whole word of the joined spans."""
        spans = (Span("Il sindaco "), Span("Xi Jinping", "ˈʃi dʒinˈpiŋ"), Span(", l’altro ieri, "), Span("ha vinto."))
        speech = engine.speak(spans, self.voice(engine))
        text = "".join(span.text for span in spans)
        runs = [found.span() for found in re.finditer(r"\S+", text)]
        places = [(word.offset, word.offset + word.length) for word in speech.words]
        assert set(places) <= set(runs)
        assert places == sorted(set(places))
        starts = [word.start_seconds for word in speech.words]
        assert starts == sorted(set(starts))
        assert all(0 <= start < speech.seconds for start in starts)
        if engine.caps().word_times == "exact":
            assert places == runs

    def test_unknown_voices_are_refused(self, engine: Engine) -> None:
        """A voice it has not is an EngineError, never another voice in silence."""
        with pytest.raises(EngineError):
            engine.speak((Span(TEXT),), "nobody+nowhere")

    @pytest.mark.parametrize("text", HOSTILE, ids=lambda text: ascii(text)[:20])
    def test_hostile_texts(self, engine: Engine, text: str) -> None:
        """Whatever the text, the answer is a speech or an EngineError, and the next text is spoken."""
        try:
            assert isinstance(engine.speak((Span(text),), self.voice(engine)), Speech)
        except EngineError as error:
            assert error.message  # noqa: PT017 - either way is right
        require_sane(engine.speak((Span(TEXT),), self.voice(engine)), TEXT, engine.name)

    def test_fingerprint(self, engine: Engine) -> None:
        """The fingerprint is text, and the same twice."""
        voice = self.voice(engine)
        assert engine.fingerprint(voice)
        assert engine.fingerprint(voice) == engine.fingerprint(voice)

    def test_as_many_at_once_as_it_says(self, engine: Engine) -> None:
        """Asked by as many threads as it allows, each text is spoken whole, and none in another's place."""
        texts = [f"{TEXT} Notizia {name}." for name in ("prima", "seconda", "terza", "quarta")]
        with ThreadPoolExecutor(engine.caps().concurrency) as pool:
            speeches = list(pool.map(lambda text: engine.speak((Span(text),), self.voice(engine)), texts))
        for text, speech in zip(texts, speeches, strict=True):
            require_sane(speech, text, engine.name)
            last = [word for word in speech.words if word.offset == text.rindex(" ") + 1]
            assert last or engine.caps().word_times != "exact"

    def test_closing_twice(self, engine: Engine) -> None:
        """Closing twice is fine, before and after speaking."""
        engine.close()
        engine.speak((Span(TEXT),), self.voice(engine))
        engine.close()
        engine.close()
