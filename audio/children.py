"""Child processes that answer over two pipes until their input ends."""

from __future__ import annotations

import contextlib
import subprocess

# A child that waits for its next request ends within milliseconds.
_END_SECONDS = 0.5


def end(process: subprocess.Popen[bytes]) -> None:
    """End a child: its input is closed, and it is killed where it does not go by itself. Its pipes are closed."""
    with process:
        with contextlib.suppress(OSError):  # it may be gone with half a request unread
            if process.stdin:
                process.stdin.close()
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
