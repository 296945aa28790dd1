"""Files that are whole or not there: written beside their name, synced, and renamed."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import time
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from audio.errors import OutputError

# The leavings of a killed run are swept away after an hour, when no honest run can still be writing them.
_STALE_SECONDS = 3600
_TEMPORARY = re.compile(r"^\.notiziario-[0-9a-f]{8}\.tmp$")


@contextlib.contextmanager
def written_whole(path: Path) -> Iterator[BinaryIO]:
    """Open a new file for ``path`` that takes its name only when the block ends without an error.

    The file can be read back and sought. Until then, and after any error, whatever was at ``path`` stays as it
    was. Raises OutputError naming the path and the reason.
    """
    with _beside(path) as file:
        yield file
        file.flush()
        os.fsync(file.fileno())
    _sync_folder(path.parent)


@contextlib.contextmanager
def written_lightly(path: Path) -> Iterator[BinaryIO]:
    """Do the same without waiting for the disk: for what is checked when it is read and can be made again.

    A power cut may leave a file under its name that is empty or cut short.
    """
    with _beside(path) as file:
        yield file


@contextlib.contextmanager
def _beside(path: Path) -> Iterator[BinaryIO]:
    made = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.is_dir():
            raise OutputError(f"{path}: is a directory", hint="Name a file, such as bulletin.mp3.")
        _sweep(path.parent)
        temporary = path.parent / f".notiziario-{secrets.token_hex(4)}.tmp"
        file = temporary.open("xb+")
    except OSError as error:
        raise _failed(path, error) from error
    try:
        with file:
            yield file
        temporary.replace(path)
        made.clear()
    except OSError as error:
        raise _failed(path, error) from error
    finally:
        temporary.unlink(missing_ok=True)
        # A run that failed leaves no empty folder either; innermost first, and never one with something in it.
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()


def slug(text: str) -> str:
    """Return a file name of at most 80 letters a-z, digits and hyphens, never empty.

    >>> slug("Perché l’Italia…")
    'perche-l-italia'
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", " ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-") or "notiziario"


def _sweep(folder: Path) -> None:
    for leaving in folder.iterdir():
        if _TEMPORARY.match(leaving.name):
            with contextlib.suppress(OSError):
                if time.time() - leaving.stat().st_mtime > _STALE_SECONDS:
                    leaving.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can sync a folder at all."""
    if hasattr(os, "O_DIRECTORY"):
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            with contextlib.suppress(OSError):  # some network file systems refuse
                os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _failed(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"{path}: cannot be written: {reason}", hint="Choose another place with -o, or free some space.")
