"""Microsoft's speech service, on this machine: the real edge-tts talks to it over a real WebSocket with TLS.

``with FakeEdge(monkeypatch) as edge: Edge()`` turns the library's address and trust to it. ``answers`` (a sequence, or
a function of the request's index from 0) says what each connection gets; "ok" after its end. An int is a status in
place of the WebSocket, with the server's Date unless it is NO_DATE; by name:

=============  =========================================================
ok             words, an MP3 of a tone, and the end marker
cut            the connection closes in the middle of the sound
abort          the connection breaks there, without a word
no end         all words and all sound, and no end marker
words cut      half the words and half the sound, and the end marker
sound cut      all words, half the sound, and the end marker
empty          the end marker alone
not mp3        other bytes for sound
no words       the sound alone, with its end marker
little         no words, a quarter of the sound, and the end marker
odd            a message of a kind the library does not know
stall          half the sound, then nothing, for ever
drip           a byte of sound every 10 ms, for ever
=============  =========================================================
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import re
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

import pytest
import trustme
from aiohttp import WSCloseCode, web
from loopback_google import SECONDS_PER_CHARACTER, tone_mp3

_TICKS = 10_000_000
_HEAD = b"X-RequestId:1\r\nContent-Type:audio/mpeg\r\nX-StreamId:2\r\nPath:audio\r\n"
NO_DATE = -403

Answer = str | int


@dataclass(frozen=True)
class Call:
    """A request as it was understood."""

    text: str
    voice: str
    rate: str
    pitch: str


class FakeEdge:
    def __init__(
        self,
        monkeypatch: pytest.MonkeyPatch,
        answers: Sequence[Answer] | Callable[[int], Answer] = (),
        *,
        trusted: bool = True,
        date: str = "Thu, 06 Nov 2025 06:30:00 GMT",
    ) -> None:
        self._monkeypatch = monkeypatch
        self._answers = answers
        self._trusted = trusted
        self._date = date
        self.calls: list[Call] = []
        self.connections = 0

    def __enter__(self) -> Self:
        authority = trustme.CA()
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("127.0.0.1").configure_cert(self._context)
        trust = ssl.create_default_context()
        if self._trusted:
            authority.configure_trust(trust)
        ready = threading.Event()
        self._thread = threading.Thread(target=asyncio.run, args=(self._serve(ready),))
        self._thread.start()
        ready.wait()
        self._monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        self._monkeypatch.setenv("no_proxy", "127.0.0.1")
        self._monkeypatch.setattr("edge_tts.communicate.WSS_URL", f"wss://127.0.0.1:{self._port}/edge/v1?Token=x")
        self._monkeypatch.setattr("edge_tts.communicate._SSL_CTX", trust)
        self._monkeypatch.setattr("edge_tts.drm.DRM.clock_skew_seconds", 0.0)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join()

    async def _serve(self, ready: threading.Event) -> None:
        self._loop, self._closing = asyncio.get_running_loop(), asyncio.Event()
        app = web.Application()
        app.router.add_get("/edge/v1", self._connection)
        runner = web.AppRunner(app, shutdown_timeout=0.1, handle_signals=False, access_log=None)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0, ssl_context=self._context)
        await site.start()
        self._port = runner.addresses[0][1]
        ready.set()
        await self._closing.wait()
        await runner.cleanup()

    async def _connection(self, request: web.Request) -> web.StreamResponse:
        index, self.connections = self.connections, self.connections + 1
        if callable(self._answers):
            answer = self._answers(index)
        else:
            answer = self._answers[index] if index < len(self._answers) else "ok"
        if isinstance(answer, int):
            headers = {} if answer == NO_DATE else {"Date": self._date}
            response = web.Response(status=abs(answer), text="<html>sorry</html>", headers=headers)
            if answer == NO_DATE:
                response._headers["Date"] = "soon"
            return response
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        config = (await socket.receive()).data
        ssml = (await socket.receive()).data
        assert '"wordBoundaryEnabled":"true"' in config
        text, voice, rate, pitch = (
            html.unescape(match.group(1)) if (match := re.search(pattern, ssml, re.DOTALL)) else ""
            for pattern in (r"<prosody[^>]*>(.*)</prosody>", "name='([^']*)'", "rate='([^']*)'", "pitch='([^']*)'")
        )
        self.calls.append(Call(text, voice, rate, pitch))
        with contextlib.suppress(ConnectionError):  # whoever waits no longer
            await self._give(answer, socket, request, text)
        return socket

    async def _give(self, answer: str, socket: web.WebSocketResponse, request: web.Request, text: str) -> None:
        sound, words = tone_mp3(text), list(re.finditer(r"\w[^\s,.;:!?]*", text))
        if answer in {"words cut", "sound cut", "stall", "cut", "abort"}:
            sound = sound[: len(sound) // 2]
        if answer == "little":
            sound = sound[: len(sound) // 4]
        told = {"little": 0, "words cut": len(words) // 2, "no words": 0, "empty": 0}.get(answer, len(words))
        await socket.send_str("X-RequestId:1\r\nContent-Type:application/json\r\nPath:turn.start\r\n\r\n{}")
        if answer == "odd":
            await socket.send_str("X-RequestId:1\r\nPath:advertisement\r\n\r\n{}")
        for word in words[:told]:
            await socket.send_str(_metadata(word.start(), word.group()))
        while answer == "drip" and not self._closing.is_set():
            await socket.send_bytes(_sound(b"x"))
            await asyncio.sleep(0.01)
        if answer != "empty":
            await socket.send_bytes(_sound(b"<html>" * 200 if answer == "not mp3" else sound))
        await self._end(answer, socket, request)

    async def _end(self, answer: str, socket: web.WebSocketResponse, request: web.Request) -> None:
        if answer == "stall":
            await self._closing.wait()
        elif answer in {"cut", "no end"}:
            await socket.close(code=WSCloseCode.GOING_AWAY)
        elif answer == "abort":
            assert request.transport is not None
            request.transport.abort()
        else:
            await socket.send_str("X-RequestId:1\r\nPath:turn.end\r\n\r\n{}")
            await socket.close()


def _sound(data: bytes) -> bytes:
    return len(_HEAD).to_bytes(2, "big") + _HEAD + data


def _metadata(start: int, word: str) -> str:
    data = {
        "Offset": round(start * SECONDS_PER_CHARACTER * _TICKS),
        "Duration": round(len(word) * SECONDS_PER_CHARACTER * _TICKS),
        "text": {"Text": html.escape(word, quote=False), "Length": len(word), "BoundaryType": "WordBoundary"},
    }
    body = json.dumps({"Metadata": [{"Type": "WordBoundary", "Data": data}]})
    return f"X-RequestId:1\r\nContent-Type:application/json\r\nPath:audio.metadata\r\n\r\n{body}"
