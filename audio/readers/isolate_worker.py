"""The process in which untrusted files are taken apart. Run as a program by isolate.py.

A request is two 32-bit lengths, JSON that names a function, and the bytes; the answer is one length and JSON. What a
parser raises beyond our own errors ends the process: its exit code says what is known, and nobody sees a traceback.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from typing import BinaryIO

_OUT_OF_MEMORY, _TOO_DEEP = 70, 71
# Should the parent be gone and its clock with it, the system ends a parser that burns on.
_CPU_SECONDS = 60
# No parser writes files; this much lets Python keep its compiled modules.
_FILE_BYTES = 16_000_000


def _bound(memory_bytes: int) -> None:
    """Bound memory and files, where the system can."""
    try:
        import resource  # noqa: PLC0415 - POSIX only
    except ImportError:
        return
    for what, most in (
        (resource.RLIMIT_AS, memory_bytes),
        (resource.RLIMIT_FSIZE, _FILE_BYTES),
        (resource.RLIMIT_CORE, 0),
    ):
        try:
            hard = resource.getrlimit(what)[1]
            resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
        except (OSError, ValueError):  # macOS knows the name and refuses the limit
            continue


def _bound_time() -> None:
    try:
        import resource  # noqa: PLC0415
    except ImportError:
        return
    used = resource.getrusage(resource.RUSAGE_SELF)
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    most = int(used.ru_utime + used.ru_stime) + _CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _answer(request: dict[str, str], raw: bytes) -> dict[str, object]:
    from dataclasses import asdict, is_dataclass  # noqa: PLC0415 - after the bounds are set
    from importlib import import_module  # noqa: PLC0415

    from audio.errors import SourceError  # noqa: PLC0415 - found on the parent's path

    function = getattr(import_module(request["module"]), request["function"])
    try:
        value = function(raw, request["source"], request["content_type"])
    except SourceError as error:
        return {"error": error.message, "hint": error.hint}

    def plain(one: object) -> object:
        if isinstance(one, tuple):
            return [plain(part) for part in one]
        return asdict(one) if is_dataclass(one) and not isinstance(one, type) else one

    return {"value": plain(value)}


def _serve(stdin: BinaryIO, stdout: BinaryIO) -> None:
    while lengths := stdin.read(8):
        head_size, body_size = struct.unpack("<II", lengths)
        request = json.loads(stdin.read(head_size))
        raw = stdin.read(body_size)
        _bound_time()
        answer = json.dumps(_answer(request, raw)).encode()
        del raw
        stdout.write(struct.pack("<I", len(answer)) + answer)
        stdout.flush()


def main() -> None:
    """Serve until standard input ends. What libraries print goes to stderr, never into the answers."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    _bound(int(sys.argv[1]))
    sys.path[:] = json.loads(sys.argv[2])
    try:
        _serve(sys.stdin.buffer, out)
    except MemoryError:
        os._exit(_OUT_OF_MEMORY)
    except RecursionError:
        os._exit(_TOO_DEEP)


if __name__ == "__main__":
    main()
