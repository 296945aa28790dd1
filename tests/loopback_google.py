"""Google Translate's voice on this machine: the real gTTS and requests talk to it over real sockets.

Two ways in:

- ``with FakeGoogle() as google: Gtts(url=google.url)`` speaks plain HTTP to it;
- ``with FakeGoogle(tls=True) as google: subprocess.run(…, env=google.proxy_env())`` leaves everything as it is: the
  program's own https address, through an HTTPS proxy that opens the connection with a certificate of its own.

``answers`` (a sequence, or a function of the request's index from 0) says what each request gets; "ok" after its end.
An int is a status; a RetryAfter is a 429 that asks to wait; a Body is a 200 with those bytes; and by name:

=============  =========================================================
ok             an MP3 of a tone, 65 ms for each character
empty          the service's own answer, without sound
not mp3        the service's own answer, with other bytes for sound
consent        a 200 with a page in place of the service's answer
redirect       a 302 to such a page
cut            the connection ends in the middle of a good answer
drop           the connection ends before the first byte
slow           no byte, for ever
drip           a good answer's head, then a byte every 10 ms, for ever
drip head      the head itself so
=============  =========================================================
"""

from __future__ import annotations

import base64
import contextlib
import functools
import json
import os
import socket
import ssl
import tempfile
import threading
import urllib.parse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Self

import lameenc
import numpy as np
import trustme

HOST = "translate.google.com"
PATH = "/_/TranslateWebserverUi/data/batchexecute"
RATE = 24_000
SECONDS_PER_CHARACTER = 0.065
_DRIP_SECONDS = 0.01
_CONSENT = b"<!doctype html><title>Prima di continuare su Google</title>"


@dataclass(frozen=True)
class RetryAfter:
    """A 429 with this Retry-After, and this Date."""

    value: str
    date: str = ""


@dataclass(frozen=True)
class Body:
    """A 200 with these bytes."""

    data: bytes


Answer = str | int | RetryAfter | Body


@dataclass(frozen=True)
class Call:
    """A request as it was understood. ``host`` is where the client meant to go."""

    text: str
    lang: str
    slow: bool | None
    host: str
    answer: Answer


@functools.cache
def tone_mp3(text: str) -> bytes:
    """Return an MP3 whose length tells the text's length and whose pitch depends on its letters."""
    seconds = max(0.3, SECONDS_PER_CHARACTER * len(text))
    pitch = 200 + sum(map(ord, text)) % 300
    wave = 9000 * np.sin(2 * np.pi * pitch * np.arange(round(RATE * seconds)) / RATE)
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(RATE)
    encoder.set_channels(1)
    encoder.set_quality(7)
    encoder.silence()
    return bytes(encoder.encode(wave.astype("<i2").tobytes()) + encoder.flush())


def reply_with(sound: bytes | None) -> bytes:
    """Return the service's answer around a sound."""
    inner = None if sound is None else json.dumps([base64.b64encode(sound).decode()])
    row = [["wrb.fr", "jQ1olc", inner, None, None, None, "generic"], ["di", 42], ["af.httprm", 41, "1", 7]]
    line = json.dumps(row, separators=(",", ":"))
    return f')]}}\'\n\n{len(line)}\n{line}\n25\n[["e",4,null,null,130]]\n'.encode()


class FakeGoogle:
    """The service. ``calls`` lists what it was asked, in order."""

    def __init__(self, answers: Sequence[Answer] | Callable[[int], Answer] = (), *, tls: bool = False) -> None:
        self._answers = answers
        self._tls = tls
        self._lock = threading.Lock()
        self._cleanup = contextlib.ExitStack()
        self._ca_file = Path()
        self.calls: list[Call] = []
        self.closing = threading.Event()
        self.context: ssl.SSLContext | None = None

    def __enter__(self) -> Self:
        if self._tls:
            authority = trustme.CA()
            self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(HOST).configure_cert(self.context)
            self._ca_file = Path(self._cleanup.enter_context(tempfile.TemporaryDirectory())) / "ca.pem"
            authority.cert_pem.write_to_path(str(self._ca_file))
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
        self._cleanup.close()

    @property
    def url(self) -> str:
        """The plain HTTP address of the service."""
        return f"http://127.0.0.1:{self._server.server_address[1]}{PATH}"

    def proxy_env(self, *, trusted: bool = True) -> dict[str, str]:
        """Return an environment for a child process that sends all its https here, and trusts what it finds."""
        names = ("http_proxy", "https_proxy", "no_proxy", "all_proxy", "requests_ca_bundle", "curl_ca_bundle")
        env = {name: value for name, value in os.environ.items() if name.lower() not in names}
        proxy = f"http://127.0.0.1:{self._server.server_address[1]}"
        env |= {"HTTPS_PROXY": proxy, "https_proxy": proxy}
        return env | ({"REQUESTS_CA_BUNDLE": str(self._ca_file)} if trusted else {})

    def answer_to(self, path: str, body: bytes, host: str) -> tuple[Answer, str]:
        """Note a request and return (its answer, its text). Raises ValueError or LookupError for a malformed one."""
        ((rpc, parameters, nothing, generic),) = json.loads(urllib.parse.parse_qs(body.decode())["f.req"][0])[0]
        text, lang, slow, null = json.loads(parameters)
        if (path, rpc, nothing, generic, null) != (PATH, "jQ1olc", None, "generic", "null") or len(text) > 200:
            raise ValueError(body)
        with self._lock:
            index = len(self.calls)
            if callable(self._answers):
                answer = self._answers(index)
            else:
                answer = self._answers[index] if index < len(self._answers) else "ok"
            self.calls.append(Call(text, lang, slow, host, answer))
        return answer, text


class _Server(ThreadingHTTPServer):
    # Threads are joined when the server closes: nothing of one test reaches into the next.
    daemon_threads = False

    def __init__(self, google: FakeGoogle) -> None:
        self.google = google
        super().__init__(("127.0.0.1", 0), _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing: clients that give up are part of the game."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    host = "127.0.0.1"

    def log_message(self, *_: object) -> None:
        """Say nothing."""

    def do_CONNECT(self) -> None:
        context = self.server.google.context
        if context is None:
            self.send_error(405)
            return
        self.host = self.path
        self.wfile.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        self.rfile.close()
        self.wfile.close()
        try:
            with context.wrap_socket(self.connection, server_side=True) as inner:
                self.connection = inner
                with inner.makefile("rb") as self.rfile, inner.makefile("wb", buffering=0) as self.wfile:  # type: ignore[assignment]
                    self.handle_one_request()
        except ssl.SSLError:
            pass  # a client that does not trust the certificate
        self.close_connection = True

    def do_POST(self) -> None:
        self.close_connection = True
        body = self.rfile.read(int(self.headers["Content-Length"]))
        try:
            answer, text = self.server.google.answer_to(self.path, body, self.host)
        except (ValueError, LookupError):
            self._reply(400, b"malformed")
            return
        with contextlib.suppress(OSError):  # whoever waits no longer
            self._give(answer, text)

    def _give(self, answer: Answer, text: str) -> None:
        good = reply_with(tone_mp3(text))
        whole = {
            "ok": good,
            "empty": reply_with(None),
            "not mp3": reply_with(b"<html>" * 200),
            "consent": _CONSENT,
        }
        if isinstance(answer, int):
            self._reply(answer, b"<html>sorry</html>")
        elif isinstance(answer, RetryAfter):
            self._reply(429, b"<html>sorry</html>", ("Retry-After", answer.value), ("Date", answer.date))
        elif isinstance(answer, Body):
            self._reply(200, answer.data)
        elif answer == "redirect":
            self._reply(302, _CONSENT, ("Location", "https://consent.google.com/ml"))
        elif answer in whole:
            self._reply(200, whole[answer])
        else:
            self._break(answer, good)

    def _break(self, how: str, good: bytes) -> None:
        head = f"HTTP/1.1 200 OK\r\nContent-Length: {len(good)}\r\n\r\n".encode()
        if how == "cut":
            self.wfile.write(head + good[: len(good) // 2])
        elif how == "drop":
            self.connection.shutdown(socket.SHUT_RDWR)
        elif how == "slow":
            self.server.google.closing.wait()
        elif how == "drip":
            self.wfile.write(head)
            self._drip()
        elif how == "drip head":
            self.wfile.write(b"HTTP/1.1 200 OK\r\nX-Slow: ")
            self._drip()
        else:
            raise ValueError(how)

    def _drip(self) -> None:
        while not self.server.google.closing.wait(_DRIP_SECONDS):
            self.wfile.write(b"x")

    def _reply(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response_only(status)
        for name, value in (*headers, ("Content-Length", str(len(body))), ("Connection", "close")):
            if value:
                self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)
