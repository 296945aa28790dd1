"""Bytes from the disk or a pipe, bounded: a source is a regular file of a size that an article has."""

from __future__ import annotations

import os
import stat
from typing import BinaryIO

from audio.errors import SourceError

# A newspaper in PDF with its pictures has 30 MB; what is larger is a film or an attack, and would fill the memory.
MAX_BYTES = 50_000_000


def load_file(path: str) -> bytes:
    """Return the whole of a regular file. Raises SourceError naming it, never waits on a pipe or a device."""
    # Opened without blocking, then looked at through the descriptor: what was checked is what is read.
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
        with open(descriptor, "rb") as file:  # noqa: PTH123 - there is a descriptor here, not a path
            kind = os.fstat(descriptor).st_mode
            if stat.S_ISDIR(kind):
                raise SourceError(f"{path}: is a directory", hint="Name the files in it: folder/*.txt")
            if not stat.S_ISREG(kind):
                raise SourceError(f"{path}: is not a regular file", hint="For a pipe use - and standard input.")
            return load_stream(file, path)
    except FileNotFoundError as error:
        raise SourceError(f"{path}: no such file", hint="Check the name and the folder.") from error
    except OSError as error:
        if os.path.isdir(path):  # noqa: PTH112 - Windows refuses to open one at all
            raise SourceError(f"{path}: is a directory", hint="Name the files in it: folder/*.txt") from error
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:  # a NUL in the name
        raise SourceError(f"{path!r}: is no name of a file") from error


def load_stream(stream: BinaryIO, name: str = "standard input") -> bytes:
    """Return all of a stream up to the limit; raises SourceError beyond it."""
    raw = stream.read(MAX_BYTES + 1)
    if len(raw) > MAX_BYTES:
        raise SourceError(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB", hint="Split it into articles.")
    return raw
