"""Requests over HTTP with a bound on everything: time to connect, to the next byte and in all, and size.

The certificate is always verified and no redirect followed. Every failure says in one line who could not say what, and
is sorted by what can be done about it.
"""

from __future__ import annotations

import contextlib
import email.utils
import re
import threading
import time
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from audio import deadline
from audio.errors import (
    BusyError,
    EngineError,
    NotiziarioError,
    RejectedError,
    SettingsError,
    TransientError,
    UnavailableError,
)
from audio.model import Span

if TYPE_CHECKING:
    import requests

T = TypeVar("T")

CONNECT_SECONDS, READ_SECONDS = 5.0, 20.0
# A time-out counts between two bytes only; this bounds a request that drips.
TOTAL_SECONDS = 60.0
# Small, so that a reading thread left behind by the deadline soon sees that nobody waits for it.
_READ_BYTES = 512
# So much is lost, at most, when a download breaks. A server that sends fewer than that a second only pretends.
_DOWNLOAD_BYTES = 512
OK, FORBIDDEN, BUSY, SERVER_FAULT = 200, 403, 429, 500
_PARTIAL = 206
THIS_MACHINE = {"127.0.0.1", "localhost", "::1"}
_MOST_HOPS = 5
# A free service that shuts a network out does so for hours.
_SHUT_OUT_SECONDS = 3600.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came over the wire; header names are lower case."""

    status: int
    body: bytes = field(repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def retry_after_seconds(self) -> float | None:
        """The seconds a service asks to wait: it may give them as a number or as a moment on its own clock."""
        asked = self.headers.get("retry-after", "")
        if re.fullmatch(r"\d{1,9}", asked):
            return float(asked)
        try:
            until, now = (email.utils.parsedate_to_datetime(text) for text in (asked, self.headers.get("date", "")))
            return max(0.0, (until - now).total_seconds())
        except (ValueError, TypeError):
            return None


@dataclass(frozen=True, slots=True)
class Task:
    """What an engine is about to have said, for the words of its errors. ``hint`` is what helps in general."""

    engine: str
    text: str
    hint: str = ""

    @property
    def _failed(self) -> str:
        return f"{self.engine} could not speak '{' '.join(self.text.split()[:3])}…'"

    def later(self, what: str, why: str, retry_after_seconds: float | None = None) -> TransientError:
        """Return the error for what another try may mend."""
        return TransientError(
            f"{self._failed} ({what}): {why}", hint=self.hint, retry_after_seconds=retry_after_seconds
        )

    def busy(self, what: str, retry_after_seconds: float | None = None) -> BusyError:
        """Return the error for a service that wants to be asked less often."""
        return BusyError(
            f"{self._failed} ({what}): the service is refusing requests",
            hint=self.hint,
            retry_after_seconds=retry_after_seconds,
        )

    def shut_out(self, what: str, why: str, hint: str = "") -> TransientError:
        """Return the error for a service that will not hear us for a while; no try of this run mends it."""
        return TransientError(
            f"{self._failed} ({what}): {why}", hint=hint or self.hint, retry_after_seconds=_SHUT_OUT_SECONDS
        )

    def refused(self, what: str, hint: str = "") -> RejectedError:
        """Return the error for a text that this service will never speak."""
        return RejectedError(f"{self._failed} ({what})", hint=hint or self.hint)


class Wire:
    """Requests to one host. ``most_bytes`` bounds a reply; ``total_seconds`` one request from first byte to last."""

    def __init__(self, host: str, most_bytes: int, read_seconds: float, total_seconds: float) -> None:
        self._host = host
        self._most_bytes = most_bytes
        self._timeout = (CONNECT_SECONDS, read_seconds)
        self._total_seconds = total_seconds
        self._reached = False

    def post(self, task: Task, url: str, body: str | bytes, headers: Mapping[str, str]) -> Reply:
        """Return the reply to one request, whatever its status, or raise an EngineError when there is none."""

        def send(nobody_waits: threading.Event) -> Reply:
            return self._send(task, url, body, headers, nobody_waits)

        reply = within(self._total_seconds, task, send)
        self._reached = True
        return reply

    def _send(
        self, task: Task, url: str, body: str | bytes, headers: Mapping[str, str], nobody_waits: threading.Event
    ) -> Reply:
        import requests  # noqa: PLC0415 - a network library, loaded when someone speaks

        try:
            with (
                requests.Session() as session,
                session.post(
                    url, data=body, headers=headers, timeout=self._timeout, allow_redirects=False, stream=True
                ) as response,
            ):
                received = bytearray()
                for block in response.iter_content(_READ_BYTES):
                    received += block
                    if nobody_waits.is_set() or len(received) > self._most_bytes:
                        raise task.later(f"{len(received)} bytes and no end", "the answer is no sound")
                lower = {name.lower(): value for name, value in response.headers.items()}
                return Reply(response.status_code, bytes(received), lower)
        except requests.RequestException as error:
            raise self._failure(task, error) from error

    def _failure(self, task: Task, error: Exception) -> EngineError:
        """Sort a request that got no reply by what can be done about it."""
        import requests  # noqa: PLC0415

        if isinstance(error, requests.exceptions.SSLError):
            return UnavailableError(
                f"{task.engine}: the certificate of {self._host} cannot be verified",
                hint="Where a proxy opens all connections, set REQUESTS_CA_BUNDLE to its certificate.",
            )
        if isinstance(error, requests.exceptions.ReadTimeout):
            return task.later(f"no answer within {self._timeout[1]:g} s", "the service is slow")
        # Before the first reply there is no network, and patience would only keep an offline user waiting.
        if not self._reached and _never_connected(error):
            return UnavailableError(
                f"{task.engine}: {self._host} cannot be reached", hint=f"Check the network. {task.hint}".strip()
            )
        return task.later(f"the connection to {self._host} broke", "the network or the service is down")


def within(seconds: float, task: Task, work: Callable[[threading.Event], T]) -> T:
    """Return what ``work`` returns, or raise when it takes too long; see ``deadline.within``."""
    try:
        return deadline.within(seconds, work, EngineError, task.engine)
    except TimeoutError as error:
        raise task.later(f"no whole answer within {seconds:g} s", "the service is slow") from error


def written(spans: tuple[Span, ...], engine: str) -> str:
    """Return the spans as one text, each lone surrogate a mark. Raise RejectedError where there is no word in it."""
    text = "".join(span.text for span in spans).encode("utf-8", "replace").decode()
    if not any(map(str.isalnum, text)):
        raise RejectedError(f"{engine}: there is no word in the text")
    return text


def _never_connected(error: BaseException) -> bool:
    """Tell a connection that never was from one that broke."""
    import requests  # noqa: PLC0415

    if isinstance(error, requests.exceptions.ConnectTimeout | requests.exceptions.ProxyError):
        return True
    reason = getattr(error.args[0], "reason", None) if error.args else None
    return type(reason).__name__ in {"NewConnectionError", "NameResolutionError"}


def download(url: str, start: int, most_bytes: int) -> tuple[int, Iterator[bytes]]:
    """Return (first byte that comes, the blocks) of a file, from byte ``start`` on where the server can do that.

    Of ``most_bytes`` in all no more is read. Only https is spoken, except to this machine, redirects included. Raises
    NotiziarioError naming the address.
    """
    import requests  # noqa: PLC0415

    asked = {"Accept-Encoding": "identity"} | ({"Range": f"bytes={start}-"} if start else {})
    with contextlib.ExitStack() as opened:
        session = opened.enter_context(requests.Session())

        def answer(nobody_waits: threading.Event) -> requests.Response:
            response = _answer(session, url, asked)
            if nobody_waits.is_set():
                response.close()
            return response

        try:
            response = deadline.within(READ_SECONDS, answer, (requests.RequestException, NotiziarioError))
        except (requests.RequestException, TimeoutError) as error:
            raise NotiziarioError(f"{url}: cannot be reached", hint="Check the network.") from error
        opened.enter_context(response)
        if response.status_code not in {OK, _PARTIAL}:
            raise NotiziarioError(f"{url}: the server answers {response.status_code}", hint="Try again later.")
        goes_on = response.headers.get("Content-Range", "").startswith(f"bytes {start}-")
        first = start if response.status_code == _PARTIAL and goes_on else 0
        return first, _blocks(url, response, most_bytes - first, opened.pop_all())


def _answer(session: requests.Session, url: str, asked: Mapping[str, str]) -> requests.Response:
    """Return the answer at the end of a chain of redirects, each looked at before it is followed."""
    place = url
    for _ in range(_MOST_HOPS):
        _require_safe(place)
        response = session.get(
            place, headers=asked, timeout=(CONNECT_SECONDS, READ_SECONDS), stream=True, allow_redirects=False
        )
        if not response.is_redirect:
            return response
        response.close()
        place = urllib.parse.urljoin(place, response.headers["location"])
    raise NotiziarioError(f"{url}: leads on and on", hint="Name another mirror.")


def _blocks(url: str, response: requests.Response, room: int, opened: contextlib.ExitStack) -> Iterator[bytes]:
    """Yield what comes, ``room`` bytes at most, and close what is open."""
    import requests  # noqa: PLC0415

    with opened:
        begun, received = time.monotonic(), 0
        try:
            for block in response.iter_content(_DOWNLOAD_BYTES):
                yield block[: room - received]
                received += len(block)
                if received >= room:
                    return
                if received < (time.monotonic() - begun - READ_SECONDS) * _DOWNLOAD_BYTES:
                    raise NotiziarioError(f"{url}: comes too slowly", hint="Try again later: it goes on.")
        except requests.RequestException as error:
            raise NotiziarioError(
                f"{url}: the connection broke", hint="Run the same command again: it goes on."
            ) from error


def _require_safe(url: str) -> None:
    parts = urllib.parse.urlsplit(url)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in THIS_MACHINE):
        raise SettingsError(f"{url}: is no https address")
