"""Google Translate's Italian voice, through gTTS: one piece a request, every reply checked, never in a hurry.

The service is free, unpromised, and answers 429 to who asks too fast. gTTS alone waits for ever, takes a page without
sound for success, and splits Italian at English abbreviations; none of that passes here.
"""

from __future__ import annotations

import io
import random
import threading
import time
from collections.abc import Callable
from importlib import metadata, util

from audio import pcm
from audio.engines.base import Caps, Voice
from audio.engines.split import pack
from audio.errors import EngineError, RejectedError, TransientError, UnavailableError
from audio.model import Span, Speech

# What gTTS sends whole. The service takes up to 200, but the library would cut there by its own rules.
_PIECE_CHARACTERS = 100
_CONNECT_SECONDS, _READ_SECONDS = 5.0, 20.0
# A time-out counts between two bytes only; this bounds a request that drips.
_TOTAL_SECONDS = 60.0
# Half a second between requests is what users of blocked networks report to help.
_PACE_SECONDS = 0.5
_TRIES = 4
_BACKOFF_SECONDS = 2.0
_LONGEST_WAIT_SECONDS = 60.0
_BUSY = 429
_SERVER_FAULT = 500
_HOST = "translate.google.com"
_HINT = "Wait, or add `espeak` to `engines` in notiziario.yaml."


class Gtts:
    """The adapter. ``sleep`` and ``clock`` (monotonic seconds) are arguments, so that tests need not wait."""

    name = "gtts"

    def __init__(
        self,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        read_seconds: float = _READ_SECONDS,
        total_seconds: float = _TOTAL_SECONDS,
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._timeout = (_CONNECT_SECONDS, read_seconds)
        self._total_seconds = total_seconds
        self._last_request: float | None = None
        # Jitter keeps many machines from asking in step; what is said never depends on it.
        self._jitter = random.Random()  # noqa: S311

    def caps(self) -> Caps:
        """Online, one request at a time, no word times."""
        return Caps(offline=False, max_chars=5000)

    def check(self) -> None:
        """Raise UnavailableError where gTTS is not installed."""
        if util.find_spec("gtts") is None:
            raise UnavailableError("gtts: the package gTTS is not installed", hint="pip install gTTS")

    def voices(self) -> tuple[Voice, ...]:
        """List the one Italian voice there is."""
        return (Voice("it", "Google Traduttore, donna", gender="female"),)

    def fingerprint(self, voice: str) -> str:
        """Name the adapter's and the library's version; the service itself has none."""
        return f"1 {metadata.version('gTTS')} {voice}"

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:  # noqa: ARG002 - the service has one
        """Speak the joined text, piece by piece. The service knows one tempo and no word times."""
        if voice != "it":
            raise UnavailableError(f"gtts has no voice {voice!r}", hint="Its only Italian voice is `it`.")
        pieces = pack("".join(span.text for span in spans), _PIECE_CHARACTERS)
        # A piece of marks alone ("…") has no sound, and the service refuses it.
        sounds = [self._patiently(piece) for piece in pieces if any(map(str.isalnum, piece))]
        if not sounds:
            raise RejectedError("gtts: there is no word in the text")
        rates = {rate for _, rate in sounds}
        if len(rates) > 1:
            raise TransientError(f"gtts: {_HOST} answered with sounds of different rates", hint=_HINT)
        return Speech(b"".join(sound for sound, _ in sounds), sounds[0][1])

    def close(self) -> None:
        """Do nothing: each request opens and closes its own connection."""

    def _patiently(self, piece: str) -> tuple[bytes, int]:
        """Ask for one piece, again after a pause where the service is busy, and decode what comes."""
        for attempt in range(1, _TRIES + 1):
            self._pace()
            try:
                return _decode(self._within_deadline(piece), piece)
            except TransientError as error:
                if attempt == _TRIES:
                    raise
                wait = error.retry_after_seconds
                if wait is None:
                    wait = _BACKOFF_SECONDS * 2 ** (attempt - 1) * self._jitter.uniform(0.9, 1.1)
                self._sleep(min(wait, _LONGEST_WAIT_SECONDS))
        raise AssertionError("unreachable")

    def _pace(self) -> None:
        now = self._clock()
        if self._last_request is not None and now - self._last_request < _PACE_SECONDS:
            self._sleep(_PACE_SECONDS - (now - self._last_request))
        self._last_request = self._clock()

    def _within_deadline(self, piece: str) -> bytes:
        """Return the reply to one request, or raise when the whole of it takes too long.

        gTTS reads a reply in one go and cannot be stopped, so it works in a thread that is left behind.
        """
        result: list[bytes | EngineError] = []

        def work() -> None:
            try:
                result.append(_ask(piece, self._timeout))
            except EngineError as error:
                result.append(error)

        worker = threading.Thread(target=work, name="gtts", daemon=True)
        worker.start()
        worker.join(self._total_seconds)
        if not result:
            raise _transient(piece, f"no whole answer within {self._total_seconds:g} s")
        if isinstance(result[0], EngineError):
            raise result[0]
        return result[0]


def _ask(piece: str, timeout: tuple[float, float]) -> bytes:
    """Send one request through gTTS and return its MP3, translating what it raises."""
    import gtts  # noqa: PLC0415 - brings a network library, loaded when someone speaks

    reply = io.BytesIO()
    try:
        # Our piece whole: no English abbreviations expanded, no second splitting, no look-up of languages.
        gtts.gTTS(
            piece,
            lang="it",
            lang_check=False,
            pre_processor_funcs=[],
            tokenizer_func=lambda text: [text],
            timeout=timeout,
        ).write_to_fp(reply)
    except gtts.gTTSError as error:
        if error.rsp is None and _unreachable(error):
            raise UnavailableError(f"gtts: {_HOST} cannot be reached", hint=_HINT) from error
        raise _translated(piece, error.rsp) from error
    except (AssertionError, UnicodeError, ValueError, OSError) as error:
        raise _transient(piece, f"{type(error).__name__}: {error}") from error
    return reply.getvalue()


def _translated(piece: str, response: object) -> EngineError:
    """Sort a failed request by what can be done about it."""
    status = getattr(response, "status_code", None)
    if status is None:
        return _transient(piece, "no connection")
    if status == _BUSY or status >= _SERVER_FAULT:
        return _transient(piece, f"{status} from {_HOST}", _retry_after(response))
    if status == 200:  # noqa: PLR2004 - the well-known OK
        return _transient(piece, f"{_HOST} answered without sound")
    if status == 403:  # noqa: PLR2004 - forbidden
        return UnavailableError(f"gtts: {_HOST} refuses this network (403)", hint=_HINT)
    return RejectedError(f"gtts could not speak “{piece[:40]}…” ({status} from {_HOST})", hint=_HINT)


def _unreachable(error: BaseException | None) -> bool:
    """Tell a connection that never was from one that broke: asking again would only keep an offline user waiting."""
    while error is not None:
        reasons = {
            type(part).__name__ for part in (error, *error.args, *(getattr(a, "reason", None) for a in error.args))
        }
        if reasons & {"NewConnectionError", "NameResolutionError", "ConnectTimeoutError", "ProxyError"}:
            return True
        error = error.__cause__ or error.__context__
    return False


def _retry_after(response: object) -> float | None:
    asked = getattr(response, "headers", {}).get("Retry-After", "")
    return float(asked) if asked.isdigit() else None


def _decode(mp3: bytes, piece: str) -> tuple[bytes, int]:
    # 200 with a consent page: the library raises nothing and returns nothing.
    if not mp3:
        raise _transient(piece, f"{_HOST} answered without sound")
    try:
        return pcm.decode(mp3)
    except ValueError as error:
        raise _transient(piece, f"{_HOST} answered with something that is no MP3") from error


def _transient(piece: str, why: str, retry_after_seconds: float | None = None) -> TransientError:
    return TransientError(
        f"gtts could not speak “{piece[:40]}…” ({why})", hint=_HINT, retry_after_seconds=retry_after_seconds
    )
