"""Any HTTP service, on this machine: a function answers, real sockets carry it, and connections break as they do.

``with Loopback(answer) as server:`` listens at ``server.url`` and lists what came in ``server.requests``. ``answer``
gets each Request and returns an Answer, whose ``how`` says what becomes of it:

=====  =========================================================
whole  it is sent as it is
cut    the connection ends in the middle of the body
drop   the connection ends before the first byte
slow   no byte, for ever
drip   the head, then a byte every 10 ms, for ever; "drip head": the head itself so
=====  =========================================================
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Self

_DRIP_SECONDS = 0.01


@dataclass(frozen=True)
class Request:
    """What came. Header names are lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes = b""


@dataclass(frozen=True)
class Answer:
    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    how: str = "whole"


class Loopback:
    def __init__(self, answer: Callable[[Request], Answer]) -> None:
        self.answer = answer
        self.requests: list[Request] = []
        self.closing = threading.Event()

    def __enter__(self) -> Self:
        self._server = _Server(self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"


class _Server(ThreadingHTTPServer):
    # Threads are joined when the server closes: nothing of one test reaches into the next.
    daemon_threads = False

    def __init__(self, loopback: Loopback) -> None:
        self.loopback = loopback
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that give up are part of the game."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        self._serve(b"")

    def do_HEAD(self) -> None:
        self._serve(b"")

    def do_POST(self) -> None:
        self._serve(self.rfile.read(int(self.headers["Content-Length"])))

    def _serve(self, body: bytes) -> None:
        self.close_connection = True
        headers = {name.lower(): value for name, value in self.headers.items()}
        request = Request(self.command, self.path, headers, body)
        self.server.loopback.requests.append(request)
        with contextlib.suppress(OSError):  # whoever waits no longer
            self._give(self.server.loopback.answer(request))

    def _give(self, answer: Answer) -> None:
        if answer.how == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
            return
        if answer.how == "slow":
            self.server.loopback.closing.wait()
            return
        if answer.how == "drip head":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            self._drip()
            return
        self.send_response_only(answer.status)
        for name, value in {"Content-Length": str(len(answer.body)), "Connection": "close", **answer.headers}.items():
            self.send_header(name, value)
        self.end_headers()
        if self.command == "HEAD":
            return
        if answer.how == "drip":
            self._drip()
        self.wfile.write(answer.body[: len(answer.body) // 2] if answer.how == "cut" else answer.body)

    def _drip(self) -> None:
        while not self.server.loopback.closing.wait(_DRIP_SECONDS):
            self.wfile.write(b"x")
