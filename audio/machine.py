"""What this machine has, and how this process uses it."""

from __future__ import annotations

import contextlib
import ctypes
import os

# glibc's M_ARENA_MAX, of mallopt(3).
_MOST_HEAPS = -8


def processors() -> int:
    """Return how many processors this process may use; a container or a queue may give it fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def share() -> None:
    """Let the threads of this process share what they need; to be called before there are any.

    glibc's heap for each thread keeps what others could use: 14 MB of a programme of twelve hours. numpy's library for
    matrices starts a thread for each processor, and they spin for work that here is never large enough for two: an
    eighth of a second of the processors at each start. Other C libraries have one heap.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).mallopt(_MOST_HEAPS, 1)
