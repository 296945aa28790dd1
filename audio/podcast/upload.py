"""From the folder to the public: a store that speaks S3, through obstore, or a command of the user's own.

Sound first, then pages, the feed that names them after all else, deletions last: whoever loads a feed finds its files.
"""

from __future__ import annotations

import datetime as dt
import os
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from audio.config import S3Settings
from audio.errors import OutputError, SettingsError, UnavailableError
from audio.podcast import store

if TYPE_CHECKING:
    from obstore.store import S3Store

# An hour moves a gigabyte over a slow line; a command that takes longer waits for something that never comes.
_COMMAND_SECONDS = 3600
_RETRY_SECONDS = 60
# Without one of these the library would look for a cloud's own machine, and wait for an answer that never comes.
_KEYS = ("AWS_ACCESS_KEY_ID", "AWS_WEB_IDENTITY_TOKEN_FILE", "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI")


def to_store(folder: Path, settings: S3Settings) -> tuple[str, ...]:
    """Make the store's objects those of the folder and return the names of the changed ones, deleted ones too.

    Only what was uploaded by an earlier call is ever deleted. What changed is known by size and date, so the folder is
    not read; what somebody else removed from the store is uploaded again.
    """
    try:
        import obstore  # noqa: PLC0415
    except ModuleNotFoundError as error:
        hint = "Install it: pip install 'notiziario[s3]'"
        raise UnavailableError("publish.s3: the library for object stores is not installed", hint=hint) from error
    bucket = _open(settings)
    where = "/".join(filter(None, (settings.endpoint, settings.bucket, settings.prefix)))
    remembered = store.load_state(folder, "uploaded")
    before: dict[str, str] = remembered.get(where, {})
    after = dict(before)
    files = {path.as_posix(): _stamp(folder / path) for path in store.public_files(folder)}
    changed: list[str] = []
    try:
        there = {item["path"]: item["size"] for batch in obstore.list(bucket) for item in batch}
        for name in sorted(files, key=_rank):
            stamp = files[name]
            if before.get(name) != stamp or there.get(name) != (folder / name).stat().st_size:
                headers: Any = {"Content-Type": store.media_type(name), "Cache-Control": store.cache_control(name)}
                obstore.put(bucket, name, folder / name, attributes=headers)
                after[name] = stamp
                changed.append(name)
        gone = [name for name in before if name not in files]
        obstore.delete(bucket, [name for name in gone if name in there])
        for name in gone:
            del after[name]
        changed += gone
    except (obstore.exceptions.BaseError, OSError) as error:
        reason = str(error).strip().splitlines()[0][:300]
        hint = "Run `notiziario publish` again: it goes on where it stopped."
        raise OutputError(f"publish.s3: {where}: {reason}", hint=hint) from error
    finally:
        if after != before:
            store.save_state(folder, "uploaded", {**remembered, where: after})
    return tuple(changed)


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


def _open(settings: S3Settings) -> S3Store:
    from obstore.store import S3Store  # noqa: PLC0415

    if not any(key in os.environ for key in _KEYS):
        hint = "Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, never in a file of the show."
        raise SettingsError("publish.s3: the store's keys are not in the environment", hint=hint)
    known: dict[str, Any] = {"endpoint": settings.endpoint, "region": settings.region}
    return S3Store(
        settings.bucket,
        prefix=settings.prefix.strip("/") or None,
        client_options={"allow_http": (settings.endpoint or "").startswith("http://")},
        retry_config={"max_retries": 3, "retry_timeout": dt.timedelta(seconds=_RETRY_SECONDS)},
        **{key: value for key, value in known.items() if value is not None},
    )


def _stamp(path: Path) -> str:
    """Return what changes whenever the file does: files of the show are only written where their bytes change."""
    stat = path.stat()
    return f"{stat.st_size} {stat.st_mtime_ns}"


def _rank(name: str) -> tuple[int, str]:
    return (2 if name == store.FEED else 1 if name.endswith(".html") else 0), name
