"""A worker process at the other end of two pipes: started when needed, ended when it hangs, started again."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from audio import children

Answer = tuple[dict[str, Any], bytes]


class Process:
    """One worker, which answers one request at a time; whoever asks sees to that.

    ``deadline_seconds`` is for one request, from its first byte to its last, ``start_seconds`` until it is ready.
    """

    def __init__(self, worker: Path, deadline_seconds: float, start_seconds: float) -> None:
        self._worker = worker
        self._deadline_seconds = deadline_seconds
        self._start_seconds = start_seconds
        self.current: subprocess.Popen[bytes] | None = None

    def start(self) -> dict[str, Any]:
        """Start the worker where it does not run, and return its first words. Raises EOFError or OSError."""
        if self.current:
            return {}
        # -P keeps this folder, where a gtts.py lies, off the worker's path; -I would hide an environment of the user's.
        command = [sys.executable, "-P", str(self._worker)]
        self.current = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self._within(self._start_seconds, self.current, b"")[0]

    def ask(self, request: bytes) -> Answer:
        """Send a request to the running worker and return its answer. Raises EOFError or OSError where it ends."""
        if self.current is None:
            raise EOFError
        return self._within(self._deadline_seconds, self.current, request)

    def close(self) -> None:
        """End the worker."""
        process, self.current = self.current, None
        if process:
            children.end(process)

    def _within(self, seconds: float, process: subprocess.Popen[bytes], request: bytes) -> Answer:
        """Send the request, if any, and return the answer; a worker that does not finish is ended."""
        if process.stdin is None or process.stdout is None:
            raise EOFError
        # A killed worker ends the write and the reads below.
        timer = threading.Timer(seconds, process.kill)
        timer.start()
        answered = False
        try:
            process.stdin.write(request)
            process.stdin.flush()
            head_size, body_size = struct.unpack("<II", _exactly(process, 8))
            answer = json.loads(_exactly(process, head_size)), _exactly(process, body_size)
            answered = True
        finally:
            timer.cancel()
            # Also after Ctrl-C: an answer nobody read must not answer the next request.
            if not answered:
                self.close()
        return answer


def _exactly(process: subprocess.Popen[bytes], size: int) -> bytes:
    data = process.stdout.read(size) if process.stdout else b""
    if len(data) < size:
        raise EOFError
    return data
