"""What this machine has."""

from __future__ import annotations

import os


def processors() -> int:
    """Return how many processors this process may use; a container or a queue may give it fewer than there are."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
