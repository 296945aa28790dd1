"""Microsoft's online voices, through edge-tts: free, natural, unpromised.

The library takes a stream that breaks off for a success and waits for ever on one that stalls; both are errors here.
The service shuts out old releases of it from time to time (403), which only a new release mends: it has had its one
try with a corrected clock when that error comes up.
"""

from __future__ import annotations

import asyncio
import re
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from importlib import util
from typing import Any

from audio import pcm
from audio.config import EdgeSettings
from audio.engines.base import Caps, Voice
from audio.engines.ledger import Ledger
from audio.engines.patience import Patience
from audio.engines.sanity import require_sane
from audio.engines.wire import BUSY, CONNECT_SECONDS, FORBIDDEN, TOTAL_SECONDS, Task, written
from audio.errors import EngineError, RejectedError, UnavailableError
from audio.model import Span, Speech, Word

# Raised when the same text would sound different by a change in here.
_VERSION = 1
_HOST = "speech.platform.bing.com"
# The library cuts at 4096 bytes by rules of its own; so much always fits, however the text is escaped.
_MAX_CHARACTERS = 650
_RATES = (0.5, 2.0)
# Many at once are refused; two keep the line busy.
_CONCURRENCY = 2
_SLOWEST_PACE_SECONDS = 2.0
_TICKS_A_SECOND = 10_000_000
# What a word may last beyond the last byte of sound: the service's times are round.
_LATE_SECONDS = 0.25
_MOST_BYTES = 4_000_000
# The connection takes a round trip to close, a second at the most; nothing depends on it.
_FAREWELL_LOOKS, _FAREWELL_SECONDS = 100, 0.01
_UPGRADE = "pip install -U edge-tts: each change of the service is cured by a release. Meanwhile add `espeak`."
_HINT = "Wait, or add `espeak` to `engines` in notiziario.yaml."
_VOICES = tuple(
    Voice(f"it-IT-{name}Neural", label, gender=gender, licence="service, not for commerce", quality="neural, natural")
    for name, label, gender in (
        ("Isabella", "Isabella", "female"),
        ("Diego", "Diego", "male"),
        ("Elsa", "Elsa", "female"),
        ("GiuseppeMultilingual", "Giuseppe", "male"),
    )
)


@dataclass(slots=True)
class _Stream:
    """What has come: MP3, and (start, end in seconds, text) of each word; ``ended`` where the service said so."""

    sound: bytearray = field(default_factory=bytearray)
    words: list[tuple[float, float, str]] = field(default_factory=list)
    ended: bool = False


class Edge:
    """The adapter. Everything that waits is an argument; ``total_seconds`` bounds a whole stream."""

    name = "edge"

    def __init__(
        self,
        settings: EdgeSettings | None = None,
        ledger: Ledger | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        total_seconds: float = TOTAL_SECONDS,
    ) -> None:
        self._settings = settings or EdgeSettings()
        self._patience = Patience("edge", 0.0, _SLOWEST_PACE_SECONDS, ledger, sleep, clock)
        self._total_seconds = total_seconds
        self._reached = threading.Event()

    def caps(self) -> Caps:
        """Online, exact about words, two streams at once, any tempo from half to double."""
        return Caps(
            offline=False,
            max_chars=_MAX_CHARACTERS,
            concurrency=_CONCURRENCY,
            word_times="exact",
            rate_range=_RATES,
        )

    def check(self) -> None:
        """Raise UnavailableError where edge-tts is not installed."""
        if util.find_spec("edge_tts") is None:
            raise UnavailableError("edge: the package edge-tts is not installed", hint="pip install 'notiziario[edge]'")

    def voices(self) -> tuple[Voice, ...]:
        """List the Italian voices; any other of the service is taken too, and ``VOICE@HZ`` shifts its pitch."""
        return _VOICES

    def fingerprint(self, voice: str) -> str:  # noqa: ARG002 - voices have no version
        """Name the adapter's version and the settings. The library has no part in the sound, the service no version."""
        return f"{_VERSION} {self._settings.pitch_hz}"

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
        """Speak the joined text in one stream."""
        if not _RATES[0] <= rate <= _RATES[1]:
            raise RejectedError(f"edge cannot speak at rate {rate:g}", hint="It goes from 0.5 to 2.")
        self.check()
        text = written(spans, self.name)
        name, pitch_hz = self._pitched(voice)
        task = Task(self.name, text, _HINT)
        tempo = f"{round((rate - 1) * 100):+d}%"

        def attempt() -> Speech:
            stream = asyncio.run(self._within_deadline(task, name, tempo, f"{pitch_hz:+d}Hz"))
            self._reached.set()
            speech = _speech(stream, task)
            require_sane(speech, text, self.name, rate)  # here, where another try may mend it
            return speech

        return self._patience.ask(attempt)

    def close(self) -> None:
        """Do nothing: each stream opens and closes its own connection."""

    def _pitched(self, voice: str) -> tuple[str, int]:
        name, at, asked = voice.partition("@")
        known = re.fullmatch(r"[a-z]{2,3}-[A-Z]{2}-(?:[a-z]+-)?[A-Za-z]+Neural", name)
        if not known or (at and not re.fullmatch(r"[+-]?\d{1,3}", asked)):
            raise UnavailableError(f"edge has no voice {voice!r}", hint="`notiziario voices list --engine edge`")
        return name, int(asked) if at else self._settings.pitch_hz

    async def _within_deadline(self, task: Task, voice: str, tempo: str, pitch: str) -> _Stream:
        sockets: list[socket.socket] = []
        try:
            async with asyncio.timeout(self._total_seconds):
                return await _received(task, voice, tempo, pitch, sockets)
        except TimeoutError as error:
            raise task.later(f"no end within {self._total_seconds:g} s", "the service is slow") from error
        except _foreign_errors() as error:
            raise self._translated(task, error) from error
        finally:
            await _farewell(sockets)

    def _translated(self, task: Task, error: Exception) -> EngineError:
        """Sort an error of the library or of the network below it by what can be done about it."""
        import aiohttp  # noqa: PLC0415
        from edge_tts.exceptions import NoAudioReceived, SkewAdjustmentError  # noqa: PLC0415

        status = error.status if isinstance(error, aiohttp.ClientResponseError) else 0
        where = f"{status} from {_HOST}" if status else type(error).__name__
        if isinstance(error, SkewAdjustmentError) or status == FORBIDDEN:
            return task.shut_out(f"403 from {_HOST}", "the service refuses this release of edge-tts", _UPGRADE)
        if status == BUSY:
            return task.busy(where, None)
        if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError):
            return UnavailableError(
                f"edge: the certificate of {_HOST} cannot be verified",
                hint="edge-tts trusts certifi only; it fails behind a proxy that opens connections.",
            )
        if isinstance(error, aiohttp.ClientConnectorError) and not self._reached.is_set():
            return UnavailableError(f"edge: {_HOST} cannot be reached", hint=f"Check the network. {_HINT}")
        if isinstance(error, NoAudioReceived):
            # Also what an unknown voice gets; the voices listed here exist.
            return task.later(f"no sound from {_HOST}", "the service sent none, or has no such voice")
        return task.later(where, "the connection broke or the service answers otherwise than edge-tts expects")


async def _received(task: Task, voice: str, tempo: str, pitch: str, sockets: list[socket.socket]) -> _Stream:
    import aiohttp  # noqa: PLC0415 - a network library, loaded when someone speaks
    import edge_tts  # noqa: PLC0415

    def noted(address: tuple[Any, ...]) -> socket.socket:
        sockets.append(socket.socket(*address[:3]))
        return sockets[-1]

    class Talk(edge_tts.Communicate):
        """It closes its connector after each try, so that each takes a new one; their sockets are noted."""

        connector = property(lambda _: aiohttp.TCPConnector(socket_factory=noted), lambda *_: None)

    talk = Talk(
        task.text, voice, rate=tempo, pitch=pitch, boundary="WordBoundary", connect_timeout=round(CONNECT_SECONDS)
    )
    stream = _Stream()
    async for chunk in talk.stream():
        if chunk["type"] == "audio":
            stream.sound += chunk["data"]
            if len(stream.sound) > _MOST_BYTES:
                raise task.later(f"{len(stream.sound)} bytes and no end", "the answer is no speech")
        elif chunk["type"] == "WordBoundary":
            start = chunk["offset"] / _TICKS_A_SECOND
            stream.words.append((start, start + chunk["duration"] / _TICKS_A_SECOND, chunk["text"]))
    # The library tells nobody whether the service said that it had finished; it counts the bytes when it did.
    state: dict[str, Any] = dict(talk.state)
    stream.ended = state.get("cumulative_audio_bytes", len(stream.sound)) > 0
    return stream


async def _farewell(sockets: list[socket.socket]) -> None:
    """Wait until TLS has said goodbye: a loop that ends before it leaves the connection to the garbage collector."""
    for _ in range(_FAREWELL_LOOKS):
        if all(one.fileno() < 0 for one in sockets):
            return
        await asyncio.sleep(_FAREWELL_SECONDS)


def _foreign_errors() -> tuple[type[Exception], ...]:
    import aiohttp  # noqa: PLC0415
    from edge_tts.exceptions import EdgeTTSException  # noqa: PLC0415

    # The last three: what parsing a strange answer raises in the library.
    return (aiohttp.ClientError, EdgeTTSException, OSError, ValueError, LookupError, TypeError)


def _speech(stream: _Stream, task: Task) -> Speech:
    """Return the speech of a whole stream: it ended, its words are all there, and its sound lasts to the end."""
    if not stream.ended:
        raise task.later(f"{len(stream.sound)} bytes from {_HOST}", "the stream broke off")
    try:
        sound, rate = pcm.decode(bytes(stream.sound))
    except ValueError as error:
        raise task.later(f"{len(stream.sound)} bytes from {_HOST}", "the answer is no MP3") from error
    seconds = len(sound) / 2 / rate
    if stream.words:
        last = _letters(stream.words[-1][2])
        if not _letters(task.text).endswith(last):
            raise task.later(f"last word {stream.words[-1][2]!r}", "the stream broke off")
        if stream.words[-1][1] > seconds + _LATE_SECONDS:
            raise task.later(f"{seconds:.1f} s of sound from {_HOST}", "the sound ends before its words")
    return Speech(sound, rate, _words(stream.words, task.text, seconds))


def _words(told: list[tuple[float, float, str]], text: str, seconds: float) -> tuple[Word, ...]:
    """Return a Word for each run of non-blanks of the text that the service told of, in order."""
    runs = [found.span() for found in re.finditer(r"\S+", text)]
    words: list[Word] = []
    place = 0
    for start, _, said in told:
        at = text.find(said, place)
        if at < 0:
            continue
        place = at + len(said)
        run = next(((a, b) for a, b in runs if a <= at < b), None)
        new = run and (not words or (run[0] > words[-1].offset and start > words[-1].start_seconds))
        if run and new and start < seconds:
            words.append(Word(start, run[0], run[1] - run[0]))
    return tuple(words)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).lower()
