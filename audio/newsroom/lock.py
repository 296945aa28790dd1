"""One run per show at a time. The lock is the system's own and dies with its process, so it is never stale."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

from filelock import FileLock, Timeout

from audio.errors import NotiziarioError, OutputError


class BusyError(NotiziarioError):
    """Try again later: another run of the same show is at work."""

    exit_code = 75


@contextlib.contextmanager
def held(path: Path) -> Iterator[None]:
    """Hold the lock for the block. Raises BusyError at once if another process has it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(path, timeout=0)
        lock.acquire()
    except Timeout as error:
        raise BusyError(
            f"{path.parent}: another run of this show is at work", hint="Wait for it to end, then try again."
        ) from error
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}", hint="Mend the folder's rights.") from error
    with lock:
        lock.release()  # one of the two levels: `with` has added its own
        yield
