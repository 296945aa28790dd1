"""A disk that fails at the n-th touch: every write, sync, rename, open for writing, link and removal is counted.

The calls are Python's own to the system, wrapped where the standard library makes them; what a C library writes by
itself (SQLite) is limited by the file-size limit of the process instead.
"""

from __future__ import annotations

import builtins
import contextlib
import errno
import io
import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

CALLS = ("fsync", "replace", "rename", "unlink", "link", "mkdir", "rmdir")


class Disk:
    """Counts touches below ``folder`` and raises ``code`` at touch ``fail_at`` (from 1); 0 only counts."""

    def __init__(self, folder: Path, fail_at: int = 0, code: int = errno.ENOSPC) -> None:
        self.folder = str(folder)
        self.fail_at = fail_at
        self.code = code
        self.touches = 0
        self.log: list[str] = []

    def touch(self, what: str) -> None:
        self.touches += 1
        self.log.append(what)
        if self.touches == self.fail_at:
            raise OSError(self.code, os.strerror(self.code))

    def concerns(self, path: object) -> bool:
        """Say whether a path or descriptor is one of ours."""
        if isinstance(path, int):
            with contextlib.suppress(OSError):
                return str(Path(f"/proc/self/fd/{path}").readlink()).startswith(self.folder)
            return False
        return isinstance(path, str | os.PathLike) and os.path.abspath(path).startswith(self.folder)  # noqa: PTH100


class _Raw(io.FileIO):
    """A file whose writes are touches; a failing one writes half of it first, as a full disk does."""

    def __init__(self, disk: Disk, *arguments: Any, **named: Any) -> None:
        super().__init__(*arguments, **named)
        self._disk = disk

    def write(self, data: Any, /) -> int:
        try:
            self._disk.touch("write")
        except InterruptedError:  # an interrupted call has written nothing
            raise
        except OSError:
            super().write(bytes(data)[: len(data) // 2])
            raise
        written: int = super().write(data)
        return written


@contextlib.contextmanager
def failing(disk: Disk) -> Iterator[Disk]:
    """Let all touches of this process below the disk's folder go through it while the block runs."""
    kept: list[tuple[Any, str, Any]] = []

    def put(owner: Any, name: str, value: Any) -> None:
        kept.append((owner, name, getattr(owner, name)))
        setattr(owner, name, value)

    real_open = io.open

    def opened(file: Any, mode: str = "r", *rest: Any, **named: Any) -> Any:
        if not set(mode) & set("wax+") or not disk.concerns(file):
            return real_open(file, mode, *rest, **named)
        disk.touch("open")
        raw = _Raw(disk, file, mode.replace("b", "").replace("t", ""), opener=named.get("opener"))
        buffered: Any = io.BufferedRandom(raw) if "+" in mode else io.BufferedWriter(raw)
        if "b" in mode:
            return buffered
        return io.TextIOWrapper(buffered, encoding=named.get("encoding"), newline=named.get("newline"))

    def wrapped(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*arguments: Any, **named: Any) -> Any:
            if any(disk.concerns(one) for one in arguments[:2]):
                disk.touch(name)
            return real(*arguments, **named)

        return call

    try:
        put(io, "open", opened)
        put(builtins, "open", opened)
        for name in CALLS:
            put(os, name, wrapped(name, getattr(os, name)))
        yield disk
    finally:
        for owner, name, value in reversed(kept):
            setattr(owner, name, value)
