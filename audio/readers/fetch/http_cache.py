"""Pages that were fetched before, with the marks that let a server answer "unchanged" (RFC 9111, validation only).

Nothing is ever served from here without asking the server first: news goes stale by the minute.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from audio.errors import OutputError
from audio.files import written_whole

# A hundred feeds and a thousand pages; what was not asked for longest goes first.
MAX_BYTES = 64_000_000
# Another form of file gets another ending; older files then age away unread.
_ENDING = ".page"


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was answered, with its validators ("" where the server gave none)."""

    body: bytes = field(repr=False)
    content_type: str
    etag: str
    last_modified: str

    def conditions(self) -> dict[str, str]:
        """Return the headers that ask for the page only if it has changed."""
        asked = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in asked.items() if value}


class HttpCache:
    """A folder of pages, one file each: a digest of the rest, a JSON line, the body. Safe for several processes.

    It only saves time: a folder that cannot be written keeps nothing, and a damaged file is no file.
    """

    def __init__(self, folder: Path, max_bytes: int = MAX_BYTES) -> None:
        self._folder = folder
        self._max_bytes = max_bytes

    def get(self, url: str) -> Kept | None:
        """Return what is kept of an address, or None."""
        path = self._path(url)
        try:
            digest, _, rest = path.read_bytes().partition(b"\n")
            os.utime(path)
        except OSError:
            return None
        if digest != _digest(rest):
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        head, _, body = rest.partition(b"\n")
        fields = json.loads(head)
        return Kept(body, fields["content_type"], fields["etag"], fields["last_modified"])

    def put(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Keep a page, if its server gave a validator and did not forbid it."""
        head = {
            "url": url,
            "content_type": headers.get("Content-Type", ""),
            "etag": headers.get("ETag", ""),
            "last_modified": headers.get("Last-Modified", ""),
        }
        forbidden = "no-store" in headers.get("Cache-Control", "").lower()
        if forbidden or not (head["etag"] or head["last_modified"]) or len(body) * 4 > self._max_bytes:
            return
        rest = json.dumps(head).encode() + b"\n" + body
        with contextlib.suppress(OutputError), written_whole(self._path(url)) as file:
            file.write(_digest(rest) + b"\n" + rest)
        self._sweep()

    def _path(self, url: str) -> Path:
        return self._folder / f"{hashlib.sha256(url.encode('utf-8', 'surrogatepass')).hexdigest()}{_ENDING}"

    def _sweep(self) -> None:
        """Remove the pages asked for longest ago until the rest fits."""
        found = []
        for path in self._folder.glob(f"*{_ENDING}"):
            with contextlib.suppress(OSError):  # another process may be sweeping too
                status = path.stat()
                found.append((status.st_mtime, status.st_size, path))
        excess = sum(size for _, size, _ in found) - self._max_bytes
        for _, size, path in sorted(found):
            if excess <= 0:
                return
            with contextlib.suppress(OSError):
                path.unlink()
                excess -= size


def _digest(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode()
