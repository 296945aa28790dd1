"""Files that are whole or not there: written beside their name, synced, and renamed."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
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
    with written_together(path) as (file,):
        yield file


@contextlib.contextmanager
def written_lightly(path: Path) -> Iterator[BinaryIO]:
    """Do the same without waiting for the disk: for what is checked when it is read and can be made again.

    A power cut may leave a file under its name that is empty or cut short.
    """
    with _beside(path) as (file,):
        yield file


@contextlib.contextmanager
def written_together(*paths: Path) -> Iterator[tuple[BinaryIO, ...]]:
    """Open a new file for each path, all of one folder; they take their names when the block ends, all or none.

    The first path takes its name last: where it stands new, the others do. An error while they are named puts the old
    files back; a kill in that moment leaves each file whole, old or new. Raises OutputError as ``written_whole`` does.
    """
    with _beside(*paths) as files:
        yield files
        for file in files:
            file.flush()
            os.fsync(file.fileno())
    _sync_folder(paths[0].parent)


@contextlib.contextmanager
def _beside(*paths: Path) -> Iterator[tuple[BinaryIO, ...]]:
    path, folder = paths[0], paths[0].parent
    made = [one for one in path.parents if not one.exists()]
    temporaries = [folder / f".notiziario-{secrets.token_hex(4)}.tmp" for _ in paths]
    with contextlib.ExitStack() as cleaning:
        cleaning.callback(_unmake, made)
        cleaning.callback(_remove, temporaries)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            for one in paths:
                if one.is_dir():
                    raise OutputError(f"{one}: is a directory", hint="Name a file, such as bulletin.mp3.")
            sweep(folder)
            with contextlib.ExitStack() as closing:
                yield tuple(closing.enter_context(one.open("xb+")) for one in temporaries)
            _name(list(zip(temporaries, paths, strict=True))[::-1])
            made.clear()
        except OSError as error:
            raise _failed(path, error) from error


def _name(pairs: list[tuple[Path, Path]]) -> None:
    """Rename each temporary to its path; when one cannot be, those before it are what they were."""
    done: list[tuple[Path, Path | None]] = []
    try:
        for temporary, path in pairs[:-1]:
            done.append((path, _set_aside(path)))
            temporary.replace(path)
        temporary, path = pairs[-1]
        temporary.replace(path)  # atomic: nothing after it can fail
    except OSError:
        for path, old in reversed(done):
            with contextlib.suppress(OSError):
                if old:
                    old.replace(path)
                else:
                    path.unlink(missing_ok=True)
        raise
    finally:
        _remove([old for _, old in done if old])


def _set_aside(path: Path) -> Path | None:
    """Give the file at ``path`` a second, passing name, or return None where there is none."""
    if not path.exists():
        return None
    aside = path.parent / f".notiziario-{secrets.token_hex(4)}.tmp"
    try:
        aside.hardlink_to(path)
    except OSError:  # a file system without links
        shutil.copyfile(path, aside)
    return aside


def _remove(temporaries: list[Path]) -> None:
    for one in temporaries:
        with contextlib.suppress(OSError):  # what cannot be removed now is swept away later
            one.unlink(missing_ok=True)


def _unmake(folders: list[Path]) -> None:
    """Remove the folders a failed run made, innermost first, and never one with something in it."""
    for folder in folders:
        with contextlib.suppress(OSError):
            folder.rmdir()


def remove(path: Path) -> None:
    """Remove a file, if it is there. Raises OutputError naming the path and the reason."""
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        reason = error.strerror or str(error)
        raise OutputError(f"{path}: cannot be removed: {reason}", hint="Mend the folder's rights.") from error


def slug(text: str) -> str:
    """Return a file name of at most 80 letters a-z, digits and hyphens, never empty.

    >>> slug("Perché l’Italia…")
    'perche-l-italia'
    """
    plain = unicodedata.normalize("NFKD", text.replace("’", " ")).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:80].strip("-") or "notiziario"


def sweep(folder: Path) -> None:
    """Remove what killed runs left in a folder; writing a file there does it too."""
    for leaving in folder.iterdir():
        if _TEMPORARY.match(leaving.name):
            with contextlib.suppress(OSError):
                if time.time() - leaving.stat().st_mtime > _STALE_SECONDS:
                    leaving.unlink()


def _sync_folder(folder: Path) -> None:
    """Make the new name survive a power cut, where the system can sync a folder at all."""
    if hasattr(os, "O_DIRECTORY"):
        with contextlib.suppress(OSError):  # some network file systems refuse
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)


def _failed(path: Path, error: OSError) -> OutputError:
    reason = error.strerror or str(error)
    return OutputError(f"{path}: cannot be written: {reason}", hint="Choose another place with -o, or free some space.")
