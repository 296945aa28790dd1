"""A web server on this machine that does, by path, what servers do to programs: hang, drip, lie, cut, bomb, redirect.

``with MisbehavingServer() as server: fetcher.get(server.url + "/hang")``. ``server.pages["/x"]`` is a Page to be served
as it stands; every other path is one of ``FAULTS``, written byte by byte to the socket. ``server.requests`` lists the
heads of all requests, in order. Whatever waits, waits for the server's own end: no test sleeps.
"""

from __future__ import annotations

import contextlib
import gzip
import socket
import ssl
import struct
import threading
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self

ARTICLE = (
    "<!doctype html><html lang='it'><head><meta charset='utf-8'><title>Riapre il ponte di Pavia</title></head><body>"
    "<article><h1>Riapre il ponte di Pavia</h1>"
    "<p>Il ponte sul Ticino riapre oggi dopo due anni di lavori, con una corsia in più per le biciclette.</p>"
    "<p>«È la fine di un disagio per tutta la città», ha detto la sindaca durante la cerimonia di ieri.</p>"
    "</article></body></html>"
).encode()


@dataclass(frozen=True)
class Page:
    """An answer: its body is sent with its true length unless a header says otherwise."""

    body: bytes
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200


class MisbehavingServer:
    """The server. ``tls`` is a context with a certificate; ``url`` has no slash at its end."""

    def __init__(self, *, tls: ssl.SSLContext | None = None) -> None:
        self.pages: dict[str, Page | Callable[[str], Page]] = {}
        self.requests: list[str] = []
        self._tls = tls
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.url = f"{'https' if tls else 'http'}://127.0.0.1:{self.port}"
        self._threads: list[threading.Thread] = []
        self._main = threading.Thread(target=self._accept, daemon=True)

    def __enter__(self) -> Self:
        self._main.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        with contextlib.suppress(OSError):  # wakes accept
            socket.create_connection(("127.0.0.1", self.port), 1).close()
        self._main.join(10)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def asked(self, path: str) -> int:
        """Return how often a path was asked for."""
        return sum(request.split()[1] == path for request in self.requests)

    def _accept(self) -> None:
        while not self._over.is_set():
            connection, _ = self._listener.accept()
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with contextlib.suppress(OSError), connection:
            if self._tls:
                connection = self._tls.wrap_socket(connection, server_side=True)
            head = b""
            while b"\r\n\r\n" not in head:
                block = connection.recv(4096)
                if not block:
                    return
                if not block[:1].isupper():  # somebody speaks TLS to a server that does not
                    connection.sendall(b"HTTP/1.1 400 X\r\n\r\n")
                    return
                head += block
            request = head.decode("latin-1")
            self.requests.append(request)
            path = request.split()[1]
            page = self.pages.get(path)
            if page is None:
                FAULTS.get(path, _missing)(self, connection)
            else:
                connection.sendall(_written(page(request) if callable(page) else page))
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_WR)
            connection.close()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait for the end of the server; True when it came."""
        return self._over.wait(seconds)


def _written(page: Page) -> bytes:
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(page.body)), **page.headers}
    lines = [f"HTTP/1.1 {page.status} X", *(f"{name}: {value}" for name, value in headers.items() if value), "", ""]
    return "\r\n".join(lines).encode("latin-1") + page.body


def _missing(_server: MisbehavingServer, connection: socket.socket) -> None:
    connection.sendall(_written(Page(b"non trovato", status=404)))


def _hang(server: MisbehavingServer, _connection: socket.socket) -> None:
    server.wait()


def _hang_in_body(server: MisbehavingServer, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>Inizio")
    server.wait()


def _drip(server: MisbehavingServer, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while not server.wait(0.05):
        connection.sendall(b"a")


def _drip_head(server: MisbehavingServer, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not server.wait(0.05):
        connection.sendall(b"a")


def _endless(_server: MisbehavingServer, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:  # the client hangs up, which ends it
        connection.sendall(b"<p>ancora</p>" * 5000)


def _endless_head(_server: MisbehavingServer, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\n")
    while True:
        connection.sendall(b"X-More: " + b"a" * 500 + b"\r\n")


def _reset(_server: MisbehavingServer, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>Inizio")
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    connection.close()


def _drop(_server: MisbehavingServer, _connection: socket.socket) -> None:
    """Say nothing and hang up."""


def _raw(answer: bytes) -> Callable[[MisbehavingServer, socket.socket], None]:
    def send(_server: MisbehavingServer, connection: socket.socket) -> None:
        connection.sendall(answer)

    return send


def _gzip_bomb(_server: MisbehavingServer, connection: socket.socket) -> None:
    connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\n\r\n")
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    million = b" " * 1_000_000
    for _ in range(1000):  # a gigabyte out of a megabyte
        connection.sendall(packer.compress(million))
    connection.sendall(packer.flush())


_OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
_PACKED = gzip.compress(ARTICLE)
_ZIPPED = _OK + b"Content-Encoding: gzip\r\n"


def _redirect(target: str) -> Callable[[MisbehavingServer, socket.socket], None]:
    return _raw(f"HTTP/1.1 302 Found\r\nLocation: {target}\r\nContent-Length: 0\r\n\r\n".encode())


FAULTS: dict[str, Callable[[MisbehavingServer, socket.socket], None]] = {
    "/hang": _hang,
    "/hang-in-body": _hang_in_body,
    "/drip": _drip,
    "/drip-head": _drip_head,
    "/endless": _endless,
    "/endless-head": _endless_head,
    "/reset": _reset,
    "/drop": _drop,
    "/short": _raw(_OK + b"Content-Length: 90000\r\n\r\n" + ARTICLE),
    "/lying-length": _raw(_OK + b"Content-Length: minus one\r\n\r\n" + ARTICLE),
    "/chunk-cut": _raw(_OK + b"Transfer-Encoding: chunked\r\n\r\n1000\r\n" + ARTICLE[:50]),
    "/chunk-bad": _raw(_OK + b"Transfer-Encoding: chunked\r\n\r\nzzz\r\n" + ARTICLE),
    "/chunk-no-end": _raw(_OK + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n" % len(ARTICLE) + ARTICLE + b"\r\n"),
    "/gzip": _raw(_ZIPPED + b"Content-Length: %d\r\n\r\n" % len(_PACKED) + _PACKED),
    "/gzip-two": _raw(_ZIPPED + b"\r\n" + gzip.compress(ARTICLE[:80]) + gzip.compress(ARTICLE[80:])),
    "/gzip-cut": _raw(_ZIPPED + b"Content-Length: %d\r\n\r\n" % (len(_PACKED) - 30) + _PACKED[:-30]),
    "/gzip-no-trailer": _raw(_ZIPPED + b"\r\n" + _PACKED[:-8]),
    "/gzip-bad-sum": _raw(_ZIPPED + b"\r\n" + _PACKED[:-8] + bytes(8)),
    "/gzip-not": _raw(_ZIPPED + b"\r\n" + ARTICLE),
    "/gzip-bomb": _gzip_bomb,
    "/brotli": _raw(_OK + b"Content-Encoding: br\r\n\r\n" + bytes(50)),
    "/not-http": _raw(b"220 mail.esempio.it ESMTP\r\n"),
    "/bad-status": _raw(b"HTTP/1.1 abc\r\n\r\n"),
    "/picture": _raw(b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n\x1a\n"),
    "/empty": _raw(_OK + b"Content-Length: 0\r\n\r\n"),
    "/to-itself": _redirect("/to-itself"),
    "/to-file": _redirect("file:///etc/passwd"),
    "/to-data": _redirect("data:text/html,<p>ciao"),
    "/to-meta": _redirect("http://169.254.169.254/latest/meta-data/"),
    "/to-neighbour": _redirect("http://10.0.0.1/"),
    "/to-nowhere": _redirect("http://"),
    "/to-escape": _redirect("/a\x1b[31mrosso\x07"),
}
