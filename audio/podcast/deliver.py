"""From the folder to the public: a bucket of an object store, or a command of the user's own.

Sound first, then pages, the feed that names them after all else, deletions last: whoever loads a feed finds its files.
"""

from __future__ import annotations

import subprocess
from collections.abc import Sequence
from pathlib import Path

from audio.errors import OutputError, SettingsError
from audio.podcast import store
from audio.store import Bucket

# An hour moves a gigabyte over a slow line; a command that takes longer waits for something that never comes.
_COMMAND_SECONDS = 3600


def to_bucket(folder: Path, url: str) -> tuple[str, ...]:
    """Make the bucket's objects those of the folder and return the names of the changed ones, deleted ones too.

    Only what was uploaded by an earlier call is ever deleted. What changed is known by size and date, so the folder is
    not read; what somebody else removed from the bucket is uploaded again.
    """
    bucket = Bucket(url)
    remembered = store.load_state(folder, "uploaded")
    before: dict[str, str] = remembered.get(url, {})
    after = dict(before)
    files = {path.as_posix(): folder / path for path in store.public_files(folder)}
    changed: list[str] = []
    try:
        there = bucket.sizes()
        for name in sorted(files, key=_rank):
            stat = files[name].stat()
            stamp = f"{stat.st_size} {stat.st_mtime_ns}"
            if before.get(name) != stamp or there.get(name) != stat.st_size:
                headers = {"Content-Type": store.media_type(name), "Cache-Control": store.cache_control(name)}
                bucket.put(name, files[name], headers)
                after[name] = stamp
                changed.append(name)
        gone = [name for name in before if name not in files]
        bucket.delete([name for name in gone if name in there])
        for name in gone:
            del after[name]
    finally:  # what went up is remembered, so that a later call goes on from there
        if after != before:
            store.save_state(folder, "uploaded", {**remembered, url: after})
    return (*changed, *gone)


def run(command: Sequence[str], folder: Path) -> None:
    """Run the user's command, never by a shell; ``{folder}`` in an argument is the folder's path.

    Raises SettingsError where there is no such program, OutputError with its last words where it fails.
    """
    arguments = [argument.replace("{folder}", str(folder)) for argument in command]
    try:
        ran = subprocess.run(arguments, capture_output=True, check=False, timeout=_COMMAND_SECONDS)
    except OSError as error:
        raise SettingsError(f"publish.command: {arguments[0]}: cannot be started: {error.strerror}") from error
    except subprocess.TimeoutExpired as error:
        raise OutputError(f"publish.command: {arguments[0]}: did not end within an hour") from error
    if ran.returncode:
        words = (ran.stderr or ran.stdout).decode(errors="replace").strip().splitlines()
        last = f": {words[-1][:300]}" if words else ""
        raise OutputError(f"publish.command: {arguments[0]} ended with {ran.returncode}{last}")


def _rank(name: str) -> tuple[int, str]:
    return (2 if name == store.FEED else 1 if name.endswith(".html") else 0), name
