"""Clients of a show, many at once: each asks for the feed or a part of an episode, and looks at every byte."""

from __future__ import annotations

import asyncio
import random
import time
from pathlib import Path

_LONGEST_PART = 200_000


async def crowd(folder: Path, port: int, clients: int, requests: int) -> list[float]:
    """Let ``clients`` ask at once, ``requests`` times each; return the seconds of each answer. All must be right."""
    feed = (folder / "feed.xml").read_bytes()
    episode = next((folder / "episodes").glob("*.mp3"))
    sound, path = episode.read_bytes(), f"/episodes/{episode.name}"

    async def one(seed: int) -> list[float]:
        chance, took = random.Random(seed), []  # noqa: S311 - which part is no secret
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for turn in range(requests):
            begun = time.monotonic()
            if turn % 4 == seed % 4:
                assert await _ask(reader, writer, "/feed.xml") == (200, feed)
            else:
                first = chance.randrange(len(sound))
                last = min(first + chance.randrange(_LONGEST_PART), len(sound) - 1)
                part = sound[first : last + 1]
                assert await _ask(reader, writer, path, f"Range: bytes={first}-{last}\r\n") == (206, part)
            took.append(time.monotonic() - begun)
        writer.close()
        await writer.wait_closed()
        return took

    return [seconds for took in await asyncio.gather(*map(one, range(clients))) for seconds in took]


async def _ask(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, path: str, header: str = ""
) -> tuple[int, bytes]:
    writer.write(f"GET {path} HTTP/1.1\r\nHost: a\r\n{header}\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next(int(line.split(":")[1]) for line in head.split("\r\n") if line.startswith("content-length"))
    return int(head.split()[1]), await reader.readexactly(length)
