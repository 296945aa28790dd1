"""One question to one web server: an address that is public, a body that is whole and bounded, or one clear error.

The one door to urllib3. Its time-outs start anew with every byte and it takes a cut gzip stream for a page; so the
time is kept from outside (``Line.cut``) and compressed bodies are unpacked here.
"""

from __future__ import annotations

import contextlib
import functools
import os
import socket
import ssl
import urllib.request
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from http.client import HTTPException

import certifi
from urllib3 import HTTPResponse
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.util import Url, make_headers, parse_url

from audio.errors import SourceError
from audio.readers.fetch import addresses

# A server that is there takes the call within a second, from the other side of the world too.
_CONNECT_SECONDS = 5.0
_BLOCK_BYTES = 65_536
_GZIP_MAGIC = b"\x1f\x8b"
_MOST_CAUSES = 20
_SAVE = "Save the page from a browser and name the file."
_NO_ARTICLE = {"image": "a picture", "audio": "a recording", "video": "a film", "font": "a font"}
# The first that is found among an error's causes tells what happened.
_FAILURES: tuple[tuple[type[Exception], str, str], ...] = (
    (
        ssl.SSLCertVerificationError,
        "the certificate of {host} cannot be verified",
        "Somebody may be listening in. Where a proxy opens connections, set REQUESTS_CA_BUNDLE.",
    ),
    (socket.gaierror, "there is no server called {host}", "Check the address and the network."),
    (TimeoutError, "{host} does not answer", "Try again later."),
    (ConnectionRefusedError, "{host} refuses the connection", "Check the address; the server may be down."),
    (ssl.SSLError, "no safe connection to {host} can be made", _SAVE),
)


class BrokenError(SourceError):
    """The connection broke; it may work the next time."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came over the wire, unpacked; header names match in any case."""

    status: int
    headers: Mapping[str, str]
    body: bytes = field(repr=False)


class Line:
    """The connection of one fetch. ``cut`` may come from another thread and ends whatever is being waited for."""

    def __init__(self, *, allow_private: bool, max_bytes: int, total_seconds: float) -> None:
        self._allow_private = allow_private
        self._max_bytes = max_bytes
        # Behind the cut, so that a slow page is told in one way; it ends what a cut cannot reach.
        self._read_seconds = total_seconds + _CONNECT_SECONDS
        self._is_cut = False
        self._handle: socket.socket | None = None

    def ask(self, url: Url, name: str, headers: Mapping[str, str]) -> Answer:
        """Send a GET and return the answer, whatever its status. Raises SourceError; ``name`` is for its words."""
        host = (url.host or "").strip("[]")
        try:
            connection, target, more = self._prepare(url, host)
        except addresses.PrivateAddressError as error:
            raise _private(name, error) from error
        try:
            connection.request("GET", target, headers={**headers, **more}, preload_content=False, decode_content=False)
            with contextlib.closing(connection.getresponse()) as answer:
                return Answer(answer.status, answer.headers, self._body(answer, name))
        except addresses.PrivateAddressError as error:
            raise _private(name, error) from error
        except (OSError, HTTPError, HTTPException, zlib.error) as error:
            raise _failure(error, host, name) from error
        finally:
            connection.close()
            self._let_go()

    def cut(self) -> None:
        """End the connection now, and let none begin."""
        self._is_cut = True
        handle = self._handle
        if handle:
            with contextlib.suppress(OSError):  # it may be closed by now
                handle.shutdown(socket.SHUT_RDWR)

    def open(self, host: str, port: int, *, by_proxy: bool) -> socket.socket:
        """Return a connected socket to a machine that may be asked; called by the connections below."""
        if self._is_cut:
            raise TimeoutError
        connection = addresses.connect(
            host,
            port,
            allow_private=self._allow_private or by_proxy,
            timeout_seconds=_CONNECT_SECONDS,
        )
        # A second handle on the same connection: the first one disappears into TLS.
        self._handle = connection.dup()
        return connection

    def _let_go(self) -> None:
        handle, self._handle = self._handle, None
        if handle:
            handle.close()

    def _prepare(self, url: Url, host: str) -> tuple[HTTPConnection, str, dict[str, str]]:
        """Return a connection not yet open, what to ask on it, and headers; straight or by the system's proxy."""
        port = url.port or (443 if url.scheme == "https" else 80)
        proxy = _proxy_of(url.scheme or "", host)
        to_host, to_port = (proxy.host or "", proxy.port or 80) if proxy else (host, port)
        if proxy:
            addresses.require_allowed(host, port, allow_private=self._allow_private)
        login = make_headers(proxy_basic_auth=proxy.auth) if proxy and proxy.auth else {}
        if url.scheme == "https":
            secure = _Secure(to_host, to_port, timeout=self._read_seconds, ssl_context=_trust())
            secure.line, secure.by_proxy = self, bool(proxy)
            if proxy:
                secure.set_tunnel(host, port, login)
            return secure, url.request_uri, {}
        plain = _Plain(to_host, to_port, timeout=self._read_seconds)
        plain.line, plain.by_proxy = self, bool(proxy)
        return plain, url._replace(auth=None, fragment=None).url if proxy else url.request_uri, dict(login)

    def _body(self, answer: HTTPResponse, name: str) -> bytes:
        kind = answer.headers.get("Content-Type", "").partition("/")[0].strip().lower()
        if kind in _NO_ARTICLE and answer.status == 200:  # noqa: PLR2004 - "OK"
            raise SourceError(f"{name}: is {_NO_ARTICLE[kind]}, not an article", hint="Name the page it belongs to.")
        encoding = answer.headers.get("Content-Encoding", "").strip().lower()
        if encoding not in {"", "identity", "gzip", "x-gzip"}:
            raise SourceError(f"{name}: is packed as {encoding[:20]}, which was not asked for", hint=_SAVE)
        body: _Bounded = _Unpacked(self._max_bytes) if "gzip" in encoding else _Bounded(self._max_bytes)
        while block := answer.read(_BLOCK_BYTES, decode_content=False):
            if not body.add(block):
                raise SourceError(
                    f"{name}: is larger than {self._max_bytes / 1e6:g} MB",
                    hint="No article is; fetch.max_mb lets more in.",
                )
        if not body.whole():
            raise BrokenError(f"{name}: was cut short on its way", hint="Try again.")
        return bytes(body.data)


class _Bounded:
    """Bytes as they come, up to a bound."""

    def __init__(self, max_bytes: int) -> None:
        self.data = bytearray()
        self._max_bytes = max_bytes

    def add(self, block: bytes) -> bool:
        """Take a block; False when that is more than is let in."""
        self.data += block
        return len(self.data) <= self._max_bytes

    def whole(self) -> bool:
        """Tell whether the end was seen; the length is urllib3's to check."""
        return True


class _Unpacked(_Bounded):
    """A gzip stream unpacked as it comes; the bound counts what comes out, whatever the stream says of itself."""

    def __init__(self, max_bytes: int) -> None:
        super().__init__(max_bytes)
        self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
        self._begun = False

    def add(self, block: bytes) -> bool:
        while block:
            self._begun = True
            if self._member.eof:
                if not block.startswith(_GZIP_MAGIC):
                    return True  # padding after the end, which gzip itself overlooks
                self._member = zlib.decompressobj(zlib.MAX_WBITS | 16)
            # One byte more than fits, so that too much is seen without being unpacked.
            self.data += self._member.decompress(block, self._max_bytes - len(self.data) + 1)
            if len(self.data) > self._max_bytes:
                return False
            block = self._member.unused_data
        return True

    def whole(self) -> bool:
        """Tell whether the trailer with length and checksum came, and was right."""
        return self._member.eof or not self._begun


class _Plain(HTTPConnection):
    """A connection that the line opens."""

    line: Line
    by_proxy: bool

    def _new_conn(self) -> socket.socket:
        return self.line.open(self.host.strip("[]"), self.port, by_proxy=self.by_proxy)


class _Secure(HTTPSConnection):
    """The same with TLS: the name is checked against the certificate, the address by the line."""

    line: Line
    by_proxy: bool

    def _new_conn(self) -> socket.socket:
        return self.line.open(self.host.strip("[]"), self.port, by_proxy=self.by_proxy)


@functools.cache
def _trust() -> ssl.SSLContext:
    """Return the context that checks certificates: the public authorities, and those this system trusts besides."""
    context = ssl.create_default_context(cafile=os.environ.get("REQUESTS_CA_BUNDLE") or certifi.where())
    context.load_default_certs()
    return context


def _proxy_of(scheme: str, host: str) -> Url | None:
    address = urllib.request.getproxies().get(scheme)
    if not address or urllib.request.proxy_bypass(host):
        return None
    return parse_url(address if "://" in address else f"http://{address}")


def _failure(error: Exception, host: str, name: str) -> SourceError:
    """Sort a request that got no whole answer by what can be done about it."""
    for kind, what, hint in _FAILURES:
        if any(isinstance(cause, kind) for cause in _causes(error)):
            return SourceError(f"{name}: {what.format(host=host)}", hint=hint)
    if isinstance(error, zlib.error):
        return BrokenError(f"{name}: was damaged on its way", hint="Try again.")
    return BrokenError(f"{name}: the connection to {host} broke", hint="Try again; the server may be down.")


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and all it was made of; libraries wrap them in each other's arguments."""
    waiting, seen = [error], 0
    while waiting and seen < _MOST_CAUSES:
        cause = waiting.pop()
        seen += 1
        yield cause
        inner = (*cause.args, cause.__cause__, cause.__context__, getattr(cause, "reason", None))
        waiting.extend(one for one in inner if isinstance(one, BaseException))


def _private(name: str, error: Exception) -> SourceError:
    return SourceError(
        f"{name}: {error}, so it is left alone",
        hint="If the source is on your own network, say --allow-private.",
    )
