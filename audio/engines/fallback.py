"""One voice for the whole bulletin: the first engine that can speak all of it does.

An engine that fails on any segment is left for the whole bulletin, which starts again with the next; what the first one
spoke stays in the cache for a later day.
"""

from __future__ import annotations

import contextlib
import functools
import math
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np

from audio import engines, pcm
from audio.config import Config
from audio.engines.base import Engine
from audio.engines.cache import Cache, key_of
from audio.engines.ledger import Ledger
from audio.engines.sanity import require_sane
from audio.engines.split import pack
from audio.errors import EngineError, NotiziarioError, NoVoiceError, OutputError, TransientError, UnavailableError
from audio.events import EngineChosen, EngineLeft, OnEvent, SegmentSpoken, ignore
from audio.model import Script, Segment, Span, Speech, Word

_EMBEDDED = "espeak"
# So many speeches wait to be kept while the engine speaks on.
_KEEPING = 3
_ADD_EMBEDDED = "Add `espeak` to `engines` in notiziario.yaml: it needs no network."

Hear = Callable[[str, Speech], object]


def _nobody(_digest: str, _speech: Speech) -> None:
    """Hear nothing."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """A script with its sound, which stays on disk: ``load`` brings one segment at a time.

    ``keys`` name what was asked for, ``digests`` the sounds that came; ``instead_of`` lists (engine, reason) of those
    that could not speak it.
    """

    engine: str
    voice: str
    script: Script
    keys: tuple[str, ...]
    digests: tuple[str, ...]
    cache: Cache
    instead_of: tuple[tuple[str, str], ...] = ()

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
    *,
    hear: Hear = _nobody,
    config: Config | None = None,
    ledger: Ledger | None = None,
) -> Spoken:
    """Speak a whole script with the first engine of ``chain``, names or engines, that can.

    ``compose`` writes the script for an engine, since voices differ. ``rate`` is the tempo, as near as the engine
    comes. ``hear`` is given each new speech and its digest on another thread, while the engine speaks on. Names are
    made into engines as ``config`` says. The ``ledger`` knows which services gave up within the hour: they are passed
    over, except for the last of the chain, after whom there is nobody. Every engine asked is closed. Raises
    NoVoiceError naming every engine's reason.
    """
    ledger = ledger or Ledger()
    left: list[tuple[str, str]] = []
    hint = ""
    for number, asked in enumerate(chain, 1):
        name = asked if isinstance(asked, str) else asked.name
        try:
            engine = engines.make(asked, config or Config(), ledger) if isinstance(asked, str) else asked
            run = _Run(engine, cache, ledger, rate, insists=number == len(chain), hear=hear)
            try:
                script = compose(engine)
                keys = run.speak_all(script, on_event)
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
        digests = tuple(cache.digest(key) or "" for key in keys)
        return Spoken(name, voice, script, keys, digests, cache, tuple(left))
    reasons = "; ".join(reason if reason.startswith(name) else f"{name}: {reason}" for name, reason in left)
    if _EMBEDDED not in dict(left):
        hint = hint if _EMBEDDED in hint else f"{hint} {_ADD_EMBEDDED}".strip()
    raise NoVoiceError(f"no engine could speak the bulletin: {reasons}", hint=hint)


@dataclass(frozen=True, slots=True)
class _Run:
    """One engine speaking one script. With ``insists`` it is asked even if it gave up a moment ago."""

    engine: Engine
    cache: Cache
    ledger: Ledger
    rate: float
    insists: bool
    hear: Hear

    def speak_all(self, script: Script, on_event: OnEvent) -> tuple[str, ...]:
        """Return the key of each segment, all of them in the cache; each text is asked for once."""
        name, fingerprint = self.engine.name, functools.cache(self.engine.fingerprint)
        keys = tuple(
            key_of(name, fingerprint(segment.voice), segment.voice, self._tempo(segment), segment.spans_for(name))
            for segment in script.segments
        )
        gone = self.cache.missing(dict.fromkeys(keys))
        missing = {key: segment for key, segment in zip(keys, script.segments, strict=True) if key in gone}
        if missing:
            self.engine.check()  # what is in the cache needs no engine
        # Closed in any case: its threads would start again what the engine's close has ended.
        with contextlib.closing(self._speak_each(list(missing.items()))) as spoken:
            for index, key in enumerate(keys, 1):
                cached = missing.pop(key, None) is None
                seconds = 0.0 if cached else next(spoken)  # they come in the order of their first places
                on_event(SegmentSpoken(index, len(keys), cached, seconds))
        return keys

    def _speak_each(self, missing: Sequence[tuple[str, Segment]]) -> Generator[float]:
        """Speak each of the texts, as many at once as the engine takes, and yield their seconds, in their order.

        What is spoken is kept and measured on a thread of its own, while the engine speaks on.
        """
        count = self.engine.caps().concurrency
        failed, room = threading.Event(), threading.Semaphore(count + _KEEPING)
        with ThreadPoolExecutor(1) as keeper, _workers(count) as speakers:  # what was spoken is kept in any case

            def speak(one: tuple[str, Segment]) -> Future[float]:
                room.acquire()
                try:
                    speech = self._speak(one[1], failed)
                except NotiziarioError:
                    room.release()
                    raise
                kept = keeper.submit(self._keep, one[0], speech)
                kept.add_done_callback(lambda _: room.release())
                return kept

            # One at a time is spoken in this thread, where Ctrl-C ends what is being waited for.
            keeping: deque[Future[float]] = deque()
            for kept in map(speak, missing) if count == 1 else speakers.map(speak, missing):
                keeping.append(kept)
                if len(keeping) > _KEEPING:
                    yield keeping.popleft().result()
            for kept in keeping:
                yield kept.result()

    def _speak(self, segment: Segment, failed: threading.Event) -> Speech:
        """Speak one segment; after the first failure no more are begun."""
        if failed.is_set():
            raise TransientError(f"{self.engine.name} has given up already")  # the first failure is the one told
        try:
            self._require_welcome()
            return self._spoken(segment)
        except NotiziarioError:
            failed.set()
            raise

    def _tempo(self, segment: Segment) -> float:
        slowest, fastest = self.engine.caps().rate_range
        return min(max(self.rate * segment.rate, slowest), fastest)

    def _keep(self, key: str, speech: Speech) -> float:
        self.hear(self.cache.put(key, speech), speech)
        self.ledger.welcome(self.engine.name)
        return speech.seconds

    def _require_welcome(self) -> None:
        """Raise UnavailableError for a service that gave up a while ago, while there is somebody else to ask."""
        if self.insists or self.engine.caps().offline:
            return
        if left := self.ledger.left(self.engine.name):
            to_go, reason = left
            # The reason as it was first told: the bulletin made again says the same of itself.
            raise UnavailableError(reason, hint=f"It is asked again in {math.ceil(to_go / 60)} minutes.")

    def _spoken(self, segment: Segment) -> Speech:
        """Return a sane speech. A service that gives up is left alone by the runs that follow."""
        name, tempo = self.engine.name, self._tempo(segment)
        try:
            speech = _speak(self.engine, segment, tempo)
            require_sane(speech, segment.spoken, name, tempo)
        except TransientError as error:
            if not self.engine.caps().offline:
                self.ledger.leave(name, error.message, error.retry_after_seconds)
            raise
        return speech


@contextlib.contextmanager
def _workers(count: int) -> Iterator[ThreadPoolExecutor]:
    """Give so many threads; when one fails or the user breaks off, what has not begun is not begun."""
    pool = ThreadPoolExecutor(count)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


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
