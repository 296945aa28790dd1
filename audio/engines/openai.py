"""Any server that speaks ``POST /v1/audio/speech``: OpenAI's own, Kokoro-FastAPI, speaches, LocalAI and others.

The servers differ in models, voices and honesty: some stream a WAV whose header does not know its length, some send
another format than was asked for, few list their voices. What comes is decoded by what it is.
"""

from __future__ import annotations

import json
import os
import time
import urllib.parse
from collections.abc import Callable, Mapping

from audio import pcm
from audio.config import OpenAISettings
from audio.engines.base import Caps, Voice
from audio.engines.ledger import Ledger
from audio.engines.patience import Patience
from audio.engines.sanity import require_sane
from audio.engines.wire import BUSY, FORBIDDEN, OK, READ_SECONDS, SERVER_FAULT, THIS_MACHINE, Reply, Task, Wire, written
from audio.errors import RejectedError, UnavailableError
from audio.model import Span, Speech

# Raised when the same text would sound different by a change in here.
_VERSION = 1
# What OpenAI itself takes in one request.
_MAX_CHARACTERS = 4096
_RATES = (0.25, 4.0)
# Two keep a server busy while an answer travels; free tiers count requests, and local models have one processor.
_CONCURRENCY = 2
_SLOWEST_PACE_SECONDS = 2.0
# A model on a small machine needs its time for 4096 characters.
_TOTAL_SECONDS = 300.0
# Five minutes of 48 kHz sound.
_MOST_REPLY_BYTES = 30_000_000
# What OpenAI's "pcm" is, and what others took from it.
_RAW_RATE = 24_000
_WRONG_KEY = {401, FORBIDDEN}
_NOT_FOUND = 404
# Chunks of a WAV: a name of four bytes and a length of four; the head is "RIFF", its length, "WAVE".
_HEAD_BYTES, _CHUNK_HEAD_BYTES = 12, 8
# More than any answer may have; writers of endless WAVs put down two or four billion, or nearly.
_UNBELIEVABLE_BYTES = 0x7000_0000


class OpenAI:
    """The adapter. Everything that waits is an argument, so that tests need no time."""

    name = "openai"

    def __init__(
        self,
        settings: OpenAISettings | None = None,
        ledger: Ledger | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        read_seconds: float = READ_SECONDS * 3,
        total_seconds: float = _TOTAL_SECONDS,
    ) -> None:
        self._settings = settings or OpenAISettings()
        self._base = (self._settings.base_url or "").rstrip("/")
        self._host = urllib.parse.urlsplit(self._base).hostname or "the server"
        pace = self._settings.pause_seconds
        self._wire = Wire(self._host, _MOST_REPLY_BYTES, read_seconds, total_seconds)
        self._patience = Patience("openai", pace, max(_SLOWEST_PACE_SECONDS, 2 * pace), ledger, sleep, clock)
        self._hint = f"Look whether the server at {self._base} is up, or add `espeak` to `engines`."

    def caps(self) -> Caps:
        """Online, wherever the server is: the text leaves this program."""
        return Caps(offline=False, max_chars=_MAX_CHARACTERS, concurrency=_CONCURRENCY, rate_range=_RATES)

    def check(self) -> None:
        """Raise UnavailableError where the address or the key is missing."""
        if not self._base.startswith(("http://", "https://")):
            raise UnavailableError(
                "openai: there is no address of a server",
                hint="Set openai.base_url in notiziario.yaml, such as http://127.0.0.1:8880/v1.",
            )
        if self._key() and not self._base.startswith("https://") and self._host not in THIS_MACHINE:
            raise UnavailableError(
                f"openai: the key would go to {self._host} in the clear", hint="Give an https address, or no key_env."
            )

    def voices(self) -> tuple[Voice, ...]:
        """List none: the interface has no listing. The name goes into ``voices`` in the settings."""
        return ()

    def fingerprint(self, voice: str) -> str:  # noqa: ARG002 - the server's voices have no version
        """Name the server, the model and the extra fields."""
        extra = json.dumps(self._settings.extra, sort_keys=True)
        return f"{_VERSION} {self._base} {self._settings.model} {self._settings.format} {extra}"

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
        """Ask for the joined text in one request."""
        self.check()
        if not voice:
            raise UnavailableError("openai: no voice is named", hint="Set voices: {openai: NAME} in notiziario.yaml.")
        if not _RATES[0] <= rate <= _RATES[1]:
            raise RejectedError(f"openai cannot speak at rate {rate:g}", hint="It goes from 0.25 to 4.")
        text = written(spans, self.name)
        task = Task(self.name, text, self._hint)
        fields = {
            "model": self._settings.model,
            "input": text,
            "voice": voice,
            "response_format": self._settings.format,
            "speed": rate,
        }
        # The extras last: who names a field there means it.
        body = json.dumps(fields | {name: _value(text) for name, text in self._settings.extra.items()}).encode()
        headers = {"Content-Type": "application/json"} | self._key()

        def attempt() -> Speech:
            reply = self._wire.post(task, f"{self._base}/audio/speech", body, headers)
            self._require_good(reply, task, voice)
            speech = self._sound(reply, task)
            require_sane(speech, text, self.name, rate)  # here, where another try may mend it
            return speech

        return self._patience.ask(attempt)

    def close(self) -> None:
        """Do nothing: each request opens and closes its own connection."""

    def _key(self) -> dict[str, str]:
        """Return the header with the key, read from the environment each time and kept nowhere."""
        name = self._settings.key_env
        if not name:
            return {}
        key = os.environ.get(name, "").strip()
        if not key or not key.isprintable() or not key.isascii():
            raise UnavailableError(f"openai: there is no key in {name}", hint=f"export {name}=… before the command.")
        return {"Authorization": f"Bearer {key}"}

    def _require_good(self, reply: Reply, task: Task, voice: str) -> None:
        where = f"{reply.status} from {self._host}{_reason(reply, self._key())}"
        if reply.status == OK:
            return
        if reply.status == BUSY:
            raise task.busy(where, reply.retry_after_seconds)
        if reply.status >= SERVER_FAULT:
            raise task.later(where, "the server failed", reply.retry_after_seconds)
        if reply.status in _WRONG_KEY:
            hint = f"Look at the key in {self._settings.key_env}." if self._settings.key_env else "Set openai.key_env."
            raise UnavailableError(f"openai: the server refuses the key ({where})", hint=hint)
        if reply.status == _NOT_FOUND:
            raise UnavailableError(
                f"openai: {self._base}/audio/speech is not there ({where})",
                hint="Look at openai.base_url, which often ends in /v1, and at openai.model.",
            )
        raise task.refused(where, f"Look at openai.model and at the voice {voice!r}.")

    def _sound(self, reply: Reply, task: Task) -> Speech:
        kind = reply.headers.get("content-type", "no type")
        if self._settings.format == "pcm" and not kind.startswith(("text/", "application/json")):
            if not reply.body:
                raise task.later(f"{kind}, 0 bytes", "the answer holds no sound")
            return Speech(reply.body[: len(reply.body) // 2 * 2], _RAW_RATE)
        try:
            return Speech(*pcm.decode(honest_wav(reply.body)))
        except ValueError as error:
            raise task.later(f"{kind}, {len(reply.body)} bytes", "the answer is no sound") from error


def honest_wav(data: bytes) -> bytes:
    """Return a WAV whose header says how long it is: who streams writes 0 or some billions, and never mends it.

    Whatever is no WAV comes back as it is. Raises ValueError for one that ends before its believable length.
    """
    if data[:4] != b"RIFF" or data[8:12] != b"WAVE":
        return data
    at = _HEAD_BYTES
    while at + _CHUNK_HEAD_BYTES <= len(data):
        name, size = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        start = at + _CHUNK_HEAD_BYTES
        if name == b"data":
            there = len(data) - start
            if there < size < _UNBELIEVABLE_BYTES:
                raise ValueError(f"a WAV of {size} bytes ends after {there}")
            if 0 < size <= there:
                return data
            whole, rest = (length.to_bytes(4, "little") for length in (len(data) - 8, there))
            return b"RIFF" + whole + data[8 : at + 4] + rest + data[start:]
        at = start + size + size % 2
    return data


def _value(text: str) -> object:
    """Return an extra field's value: JSON where it is, else the text itself."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _reason(reply: Reply, key: Mapping[str, str]) -> str:
    """Return the server's own words, where it has some that fit a line, without the key that it may quote."""
    try:
        error = json.loads(reply.body)
        error = error.get("error", error.get("detail", ""))
        words = error.get("message", "") if isinstance(error, dict) else error
    except (ValueError, AttributeError, RecursionError):
        return ""
    line = " ".join(str(words).split())
    for secret in key.values():
        line = line.replace(secret.removeprefix("Bearer "), "…")
    return f": {''.join(c for c in line[:120] if c.isprintable())}" if line else ""
