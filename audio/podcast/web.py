"""The show's public addresses, asked as clients ask them. The door to the network of this room.

Bounded in time and bytes. Where the feed itself is public, what it names on a private address is not asked for: nobody
else could reach it, and a hostile feed could use us to look around in here.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests

from audio import deadline

# A server that needs longer loses its listeners' apps too.
_TIMEOUT_SECONDS = (10, 20)
_TOTAL_SECONDS = 60
_MAX_HOPS = 5
_BLOCK = 1 << 16


class UnreachableError(Exception):
    """An address gave no answer; the text says why."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server said. ``headers`` have small names; ``body`` is cut at the size asked for."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes = b""

    @property
    def media_type(self) -> str:
        """The type without its parameters."""
        return self.headers.get("content-type", "").split(";")[0].strip().lower()


def ask(
    url: str, *, method: str = "GET", headers: Mapping[str, str] | None = None, most: int = 0, private: bool = True
) -> Answer:
    """Ask an http(s) address and return the answer after redirects, with at most ``most`` bytes of its body.

    Raises UnreachableError, also for a private address where ``private`` does not allow one.
    """

    def work(nobody_waits: threading.Event) -> Answer:
        return _asked(url, method, headers or {}, most, nobody_waits, private=private)

    try:
        return deadline.within(_TOTAL_SECONDS, work, UnreachableError)
    except TimeoutError as error:
        raise UnreachableError("it comes too slowly") from error


def _asked(
    url: str, method: str, headers: Mapping[str, str], most: int, nobody_waits: threading.Event, *, private: bool
) -> Answer:
    try:
        with requests.Session() as session:
            for _ in range(_MAX_HOPS):
                _refuse(url, private=private)
                sent = {"User-Agent": "Notiziario", "Accept-Encoding": "identity", **headers}
                with session.request(
                    method, url, headers=sent, stream=True, timeout=_TIMEOUT_SECONDS, allow_redirects=False
                ) as reply:
                    if reply.is_redirect:
                        url = urljoin(url, reply.headers["location"])
                        continue
                    body = _body(reply, most, nobody_waits)
                    return Answer(url, reply.status_code, {k.lower(): v for k, v in reply.headers.items()}, body)
    except (requests.RequestException, OSError, ValueError) as error:
        raise UnreachableError(_reason(error)) from error
    raise UnreachableError("it leads on and on")


def _body(reply: requests.Response, most: int, nobody_waits: threading.Event) -> bytes:
    body = b""
    for block in reply.iter_content(min(_BLOCK, most)) if most else ():
        body += block
        if len(body) >= most or nobody_waits.is_set():
            break
    return body[:most]


def is_private(url: str) -> bool:
    """Tell whether an address leads to this machine or network. Raises UnreachableError for a host nobody knows."""
    host = urlsplit(url).hostname or ""
    try:
        found = {entry[4][0] for entry in socket.getaddrinfo(host, None)}
    except (OSError, UnicodeError) as error:
        raise UnreachableError(f"there is no host {host!r}") from error
    return any(not ipaddress.ip_address(str(address).split("%")[0]).is_global for address in found)


def _refuse(url: str, *, private: bool) -> None:
    if urlsplit(url).scheme not in {"http", "https"}:
        raise UnreachableError("only http and https can be asked")
    if not private and is_private(url):
        raise UnreachableError("it lies on a private network, where no listener is")


def _reason(error: Exception) -> str:
    match error:
        case requests.exceptions.SSLError():
            return "its certificate is not trusted"
        case requests.exceptions.Timeout():
            return "it does not answer in time"
        case requests.exceptions.ConnectionError():
            return "nothing answers there"
        case _:
            return str(error)[:200]
