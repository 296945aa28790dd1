"""One voice for the whole bulletin: the first engine that can speak all of it does.

An engine that fails on any segment is left for the whole bulletin, which starts again with the next; what the first one
spoke stays in the cache for a later day.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from audio import engines
from audio.engines.base import Engine
from audio.engines.cache import Cache, key_of
from audio.engines.sanity import require_sane
from audio.engines.split import pack
from audio.errors import EngineError, NoVoiceError, OutputError
from audio.events import EngineChosen, EngineLeft, OnEvent, SegmentSpoken, ignore
from audio.model import Script, Segment, Span, Speech, Word


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
    names: Sequence[str], compose: Callable[[Engine], Script], cache: Cache, on_event: OnEvent = ignore
) -> Spoken:
    """Speak a whole script with the first engine of ``names`` that can.

    ``compose`` writes the script for an engine, since voices differ. Raises NoVoiceError naming every engine's reason,
    or an engine's own error where it was the only one asked.
    """
    left: list[tuple[str, str]] = []
    hints: list[str] = []
    for name in names:
        try:
            engine = engines.make(name)
            try:
                engine.check()
                script = compose(engine)
                keys = tuple(_speak_all(engine, script, cache, on_event))
            finally:
                engine.close()
        except EngineError as error:
            left.append((name, error.message))
            hints.append(error.hint)
            on_event(EngineLeft(name, error.message))
            continue
        voice = script.segments[0].voice
        on_event(EngineChosen(name, voice, tuple(left)))
        return Spoken(name, voice, script, keys, cache)
    reasons = "; ".join(reason for _, reason in left)
    hint = next(filter(None, hints), "Add `espeak` to `engines` in notiziario.yaml: it needs no network.")
    raise NoVoiceError(f"no engine could speak the bulletin: {reasons}", hint=hint)


def _speak_all(engine: Engine, script: Script, cache: Cache, on_event: OnEvent) -> list[str]:
    keys = []
    total = len(script.segments)
    for index, segment in enumerate(script.segments, 1):
        key = key_of(engine, segment.voice, 1.0, segment.spans)
        cached = cache.get(key) is not None
        if not cached:
            speech = _speak(engine, segment)
            require_sane(speech, segment.spoken, engine.name)
            cache.put(key, speech)
        keys.append(key)
        on_event(SegmentSpoken(index, total, cached))
    return keys


def _speak(engine: Engine, segment: Segment) -> Speech:
    """Speak a segment, in pieces where it is longer than the engine takes."""
    limit = engine.caps().max_chars
    if len(segment.spoken) <= limit:
        return engine.speak(segment.spans, segment.voice)
    speeches: list[Speech] = []
    words: list[Word] = []
    seconds, offset = 0.0, 0
    for piece in pack(segment.spoken, limit):
        speech = engine.speak((Span(piece),), segment.voice)
        offset = segment.spoken.index(piece, offset)
        words += [Word(w.start_seconds + seconds, w.offset + offset, w.length) for w in speech.words]
        seconds += speech.seconds
        offset += len(piece)
        speeches.append(speech)
    return Speech(b"".join(s.pcm for s in speeches), speeches[0].rate, tuple(words))
