"""One voice for the whole bulletin: the first engine that can speak all of it does.

An engine that fails on any segment is left for the whole bulletin, which starts again with the next; what the first one
spoke stays in the cache for a later day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from audio import engines, pcm
from audio.engines.base import Engine
from audio.engines.cache import Cache, key_of
from audio.engines.sanity import require_sane
from audio.engines.split import pack
from audio.errors import EngineError, NoVoiceError, OutputError
from audio.events import EngineChosen, EngineLeft, OnEvent, SegmentSpoken, ignore
from audio.model import Script, Segment, Span, Speech, Word

_EMBEDDED = "espeak"
_ADD_EMBEDDED = "Add `espeak` to `engines` in notiziario.yaml: it needs no network."


@dataclass(frozen=True, slots=True)
class Spoken:
    """A script with its sound, which stays on disk: ``load`` brings one segment at a time."""

    engine: str
    voice: str
    script: Script
    keys: tuple[str, ...]
    cache: Cache

    def load(self, index: int) -> Speech:
        """Return the speech of segment ``index``. Raises OutputError if somebody emptied the cache meanwhile."""
        speech = self.cache.get(self.keys[index])
        if speech is None:
            raise OutputError("the cache lost a segment while it was in use", hint="Run the same command again.")
        return speech


def speak_with_first(
    chain: Sequence[str | Engine],
    compose: Callable[[Engine], Script],
    cache: Cache,
    on_event: OnEvent = ignore,
    rate: float = 1.0,
) -> Spoken:
    """Speak a whole script with the first engine of ``chain``, names or engines, that can.

    ``compose`` writes the script for an engine, since voices differ. ``rate`` is the tempo, as near as the engine
    comes. Every engine asked is closed. Raises NoVoiceError naming every engine's reason.
    """
    left: list[tuple[str, str]] = []
    hint = ""
    for asked in chain:
        name = asked if isinstance(asked, str) else asked.name
        try:
            engine = engines.make(asked) if isinstance(asked, str) else asked
            try:
                engine.check()
                script = compose(engine)
                keys = tuple(_speak_all(engine, script, cache, on_event, rate))
            finally:
                engine.close()
        except EngineError as error:
            left.append((name, error.message))
            # The last engine is the one that was meant to hold.
            hint = error.hint or hint
            on_event(EngineLeft(name, error.message))
            continue
        voice = script.segments[0].voice if script.segments else ""
        on_event(EngineChosen(name, voice, tuple(left)))
        return Spoken(name, voice, script, keys, cache)
    reasons = "; ".join(reason if reason.startswith(name) else f"{name}: {reason}" for name, reason in left)
    if _EMBEDDED not in dict(left):
        hint = hint if _EMBEDDED in hint else f"{hint} {_ADD_EMBEDDED}".strip()
    raise NoVoiceError(f"no engine could speak the bulletin: {reasons}", hint=hint)


def _speak_all(engine: Engine, script: Script, cache: Cache, on_event: OnEvent, rate: float) -> list[str]:
    slowest, fastest = engine.caps().rate_range
    rate = min(max(rate, slowest), fastest)
    keys = []
    for index, segment in enumerate(script.segments, 1):
        key = key_of(engine, segment.voice, rate, segment.spans_for(engine.name))
        cached = cache.get(key) is not None
        if not cached:
            speech = _speak(engine, segment, rate)
            require_sane(speech, segment.spoken, engine.name, rate)
            cache.put(key, speech)
        keys.append(key)
        on_event(SegmentSpoken(index, len(script.segments), cached))
    return keys


def _speak(engine: Engine, segment: Segment, rate: float) -> Speech:
    """Speak a segment, in pieces where it is longer than the engine takes."""
    limit = engine.caps().max_chars
    if len(segment.spoken) <= limit:
        return engine.speak(segment.spans_for(engine.name), segment.voice, rate)
    pieces = pack(segment.spoken, limit)
    return _joined(segment.spoken, pieces, [engine.speak((Span(piece),), segment.voice, rate) for piece in pieces])


def _joined(text: str, pieces: Sequence[str], speeches: Sequence[Speech]) -> Speech:
    """Return the speeches of the pieces of a text as one, at the rate of the first, its words in the whole text."""
    to_rate = speeches[0].rate
    sounds: list[bytes] = []
    words: list[Word] = []
    seconds, offset = 0.0, 0
    for piece, speech in zip(pieces, speeches, strict=True):
        # Pieces are stretches of the text with only blanks between them.
        offset = text.index(piece, offset)
        words += [Word(w.start_seconds + seconds, w.offset + offset, w.length) for w in speech.words]
        offset += len(piece)
        samples = np.frombuffer(speech.pcm, dtype="<i2").astype(np.int16)
        sounds.append(pcm.resample(samples, speech.rate, to_rate).astype("<i2").tobytes())
        seconds += len(sounds[-1]) / 2 / to_rate
    return Speech(b"".join(sounds), to_rate, tuple(words))
