"""Google Translate's Italian voice, through gTTS: one piece a request, every reply checked, never in a hurry.

The service is free, unpromised, and answers 429 to who asks too fast. gTTS writes each request; sending it is done
here, because gTTS itself does not verify the server's certificate, waits for ever, takes a page without sound for
success, and splits Italian at English abbreviations.
"""

from __future__ import annotations

import base64
import email.utils
import random
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from importlib import metadata, util

import numpy as np

from audio import pcm
from audio.engines.base import Caps, Voice
from audio.engines.split import pack
from audio.errors import EngineError, RejectedError, TransientError, UnavailableError
from audio.model import Span, Speech

# Raised when the same text would sound different by a change in here.
_VERSION = 2
_HOST = "translate.google.com"
_URL = f"https://{_HOST}/_/TranslateWebserverUi/data/batchexecute"
# What gTTS sends whole. The service takes up to 200, but the library would cut there by its own rules.
_PIECE_CHARACTERS = 100
_CONNECT_SECONDS, _READ_SECONDS = 5.0, 20.0
# A time-out counts between two bytes only; this bounds a request that drips.
_TOTAL_SECONDS = 60.0
# A piece of 100 characters is 100 kB; this much is no answer to it.
_MOST_REPLY_BYTES = 4_000_000
# Small, so that a reading thread left behind by the deadline soon sees that nobody waits for it.
_READ_BYTES = 512
# Half a second between requests is what users of blocked networks report to help.
_PACE_SECONDS = 0.5
_TRIES = 4
_BACKOFF_SECONDS = 2.0
# A service that asks for more than this is left, not waited for.
_LONGEST_WAIT_SECONDS = 60.0
_OK, _FORBIDDEN, _BUSY, _SERVER_FAULT = 200, 403, 429, 500
_REDIRECTS = range(300, 400)
# Every piece comes with the decoder's padding and the voice's own breath; this much of the quiet is kept at its edges,
# so that a seam pauses like a comma. -50 dBFS: below it is no speech.
_LEAD_SECONDS, _TAIL_SECONDS = 0.05, 0.2
_QUIET = 104
_HINT = "Wait, or add `espeak` to `engines` in notiziario.yaml."


@dataclass(frozen=True, slots=True)
class _Reply:
    """What came over the wire."""

    status: int
    body: bytes = field(repr=False)
    retry_after_seconds: float | None = None


class Gtts:
    """The adapter. Everything that waits, and the address, are arguments, so that tests need neither time nor Google.

    ``clock`` tells monotonic seconds. ``total_seconds`` bounds one request from its first byte to its last.
    """

    name = "gtts"

    def __init__(
        self,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        read_seconds: float = _READ_SECONDS,
        total_seconds: float = _TOTAL_SECONDS,
        url: str = _URL,
    ) -> None:
        self._sleep = sleep
        self._clock = clock
        self._timeout = (_CONNECT_SECONDS, read_seconds)
        self._total_seconds = total_seconds
        self._url = url
        self._last_request: float | None = None
        self._reached = False
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

    def fingerprint(self, voice: str) -> str:  # noqa: ARG002 - there is one voice
        """Name the adapter's and the library's version; the service itself has none."""
        return f"{_VERSION} {metadata.version('gTTS')}"

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
        """Speak the joined text, piece by piece. The service knows one tempo and no word times."""
        if voice != "it":
            raise UnavailableError(f"gtts has no voice {voice!r}", hint="Its only Italian voice is `it`.")
        if rate != 1.0:
            raise RejectedError(f"gtts cannot speak at rate {rate:g}", hint="Its only rate is 1.")
        # A piece of marks alone ("…") has no sound, and the service refuses it.
        pieces = [
            piece
            for piece in pack("".join(span.text for span in spans), _PIECE_CHARACTERS)
            if any(map(str.isalnum, piece))
        ]
        if not pieces:
            raise RejectedError("gtts: there is no word in the text")
        sounds = [self._patiently(piece) for piece in pieces]
        to_rate = sounds[0][1]
        joined = [pcm.resample(_trimmed(sound, rate), rate, to_rate) for sound, rate in sounds]
        return Speech(np.concatenate(joined).astype("<i2").tobytes(), to_rate)

    def close(self) -> None:
        """Do nothing: each request opens and closes its own connection."""

    def _patiently(self, piece: str) -> tuple[bytes, int]:
        """Ask for one piece, again after a pause where the service is busy, and decode what comes."""
        attempt = 1
        while True:
            self._pace()
            try:
                return _sound_of(self._within_deadline(piece), piece)
            except TransientError as error:
                wait = error.retry_after_seconds
                if wait is None:
                    wait = _BACKOFF_SECONDS * 2 ** (attempt - 1) * self._jitter.uniform(0.9, 1.1)
                if attempt == _TRIES or wait > _LONGEST_WAIT_SECONDS:
                    raise
                self._sleep(wait)
                attempt += 1

    def _pace(self) -> None:
        now = self._clock()
        if self._last_request is not None and now - self._last_request < _PACE_SECONDS:
            self._sleep(_PACE_SECONDS - (now - self._last_request))
        self._last_request = self._clock()

    def _within_deadline(self, piece: str) -> _Reply:
        """Return the reply to one request, or raise when the whole of it takes too long.

        A read that waits cannot be stopped from outside, so it works in a thread that may be left behind.
        """
        result: list[_Reply | EngineError] = []
        nobody_waits = threading.Event()

        def work() -> None:
            try:
                result.append(self._send(piece, nobody_waits))
            except EngineError as error:
                result.append(error)

        worker = threading.Thread(target=work, name="gtts", daemon=True)
        worker.start()
        worker.join(self._total_seconds)
        nobody_waits.set()
        if not result:
            raise _transient(piece, f"no whole answer within {self._total_seconds:g} s", "the service is slow")
        if isinstance(result[0], EngineError):
            raise result[0]
        self._reached = True
        return result[0]

    def _send(self, piece: str, nobody_waits: threading.Event) -> _Reply:
        """Send one request with the server's certificate verified, and read its reply."""
        import requests  # noqa: PLC0415 - a network library, loaded when someone speaks

        try:
            with (
                requests.Session() as session,
                session.post(
                    self._url,
                    data=_body_for(piece),
                    headers=_headers(),
                    timeout=self._timeout,
                    allow_redirects=False,
                    stream=True,
                ) as response,
            ):
                body = bytearray()
                for block in response.iter_content(_READ_BYTES):
                    body += block
                    if nobody_waits.is_set() or len(body) > _MOST_REPLY_BYTES:
                        raise _transient(piece, f"{len(body)} bytes and no end", "the answer is no sound")
                return _Reply(response.status_code, bytes(body), _retry_after(response.headers))
        except requests.RequestException as error:
            raise self._failure(piece, error) from error

    def _failure(self, piece: str, error: Exception) -> EngineError:
        """Sort a request that got no reply by what can be done about it."""
        import requests  # noqa: PLC0415

        if isinstance(error, requests.exceptions.SSLError):
            return UnavailableError(
                f"gtts: the certificate of {_HOST} cannot be verified",
                hint="Where a proxy opens all connections, set REQUESTS_CA_BUNDLE to its certificate.",
            )
        if isinstance(error, requests.exceptions.ReadTimeout):
            return _transient(piece, f"no answer within {self._timeout[1]:g} s", "the service is slow")
        # Before the first reply there is no network, and patience would only keep an offline user waiting.
        if not self._reached and _never_connected(error):
            return UnavailableError(f"gtts: {_HOST} cannot be reached", hint=f"Check the network. {_HINT}")
        return _transient(piece, f"the connection to {_HOST} broke", "the network or the service is down")


def _body_for(piece: str) -> str:
    """Return the form gTTS would send for this piece, whole: nothing expanded, nothing split, no look-up."""
    import gtts  # noqa: PLC0415 - brings a network library, loaded when someone speaks

    writer = gtts.gTTS(piece, lang="it", lang_check=False, pre_processor_funcs=[], tokenizer_func=lambda text: [text])
    try:
        (body,) = writer.get_bodies()
    except (AssertionError, ValueError) as error:
        raise RejectedError(f"gtts could not speak '{_start(piece)}': gTTS finds no single request in it") from error
    return str(body)


def _headers() -> dict[str, str]:
    import gtts  # noqa: PLC0415

    return dict(gtts.gTTS.GOOGLE_TTS_HEADERS)


def _never_connected(error: BaseException) -> bool:
    """Tell a connection that never was from one that broke."""
    import requests  # noqa: PLC0415

    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in {"NewConnectionError", "NameResolutionError"}


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds a service asks to wait: it may give them as a number or as a moment on its own clock."""
    asked = headers.get("Retry-After", "")
    if re.fullmatch(r"\d{1,9}", asked):
        return float(asked)
    try:
        until, now = (email.utils.parsedate_to_datetime(text) for text in (asked, headers.get("Date", "")))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _sound_of(reply: _Reply, piece: str) -> tuple[bytes, int]:
    """Return (PCM, rate in Hz) of a reply, or raise what its status or its content means."""
    where = f"{reply.status} from {_HOST}"
    if reply.status == _BUSY or reply.status >= _SERVER_FAULT:
        raise _transient(piece, where, "the service is refusing requests", reply.retry_after_seconds)
    if reply.status == _FORBIDDEN:
        raise UnavailableError(
            f"gtts could not speak '{_start(piece)}' ({where}): this network is shut out", hint=_HINT
        )
    if reply.status != _OK and reply.status not in _REDIRECTS:
        raise RejectedError(f"gtts could not speak '{_start(piece)}' ({where})", hint="pip install -U gTTS may help.")
    # As gTTS reads it. A consent page has no such line, and comes with 200 or a redirect.
    found = re.search(rb'jQ1olc","\[\\"([A-Za-z0-9+/=]+)\\"\]', reply.body)
    if not found:
        raise _transient(piece, where, "the answer holds no sound")
    try:
        return pcm.decode(base64.b64decode(found.group(1)))
    except ValueError as error:
        raise _transient(piece, where, "the answer is no MP3") from error


def _trimmed(sound: bytes, rate: int) -> np.typing.NDArray[np.int16]:
    """Return the samples without most of the quiet at both ends."""
    samples = np.frombuffer(sound, dtype="<i2").astype(np.int16)
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _QUIET)
    if not len(loud):
        return samples
    first, last = int(loud[0]) - round(_LEAD_SECONDS * rate), int(loud[-1]) + round(_TAIL_SECONDS * rate)
    return samples[max(0, first) : last + 1]


def _start(piece: str) -> str:
    return f"{' '.join(piece.split()[:3])}…"


def _transient(piece: str, what: str, why: str, retry_after_seconds: float | None = None) -> TransientError:
    return TransientError(
        f"gtts could not speak '{_start(piece)}' ({what}): {why}", hint=_HINT, retry_after_seconds=retry_after_seconds
    )
