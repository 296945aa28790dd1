"""Untrusted bytes are parsed in a process of their own, with bounded time and memory; only values come back.

What comes back is JSON, revived by the type the function declares: a parser that was taken over by a hostile file can
lie about an article, and can do nothing else to this process.
"""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import re
import struct
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import is_dataclass
from enum import Enum
from pathlib import Path
from types import UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from audio import children
from audio.errors import SourceError
from audio.model import Article

# A long PDF takes two seconds; whatever takes this long hangs or was made to.
SECONDS = 25.0
# pdfium and libxml2 with the largest file that is let in stay under half of it.
MEMORY_BYTES = 480_000_000
# An hour of speech is 60 kB of text; this is what a child may answer at most.
_MOST_ANSWER_BYTES = 32_000_000
# A worker is kept warm, and put away before what parsers leave behind can add up.
_PARSES_PER_WORKER = 100
# How a child ends by itself, told by its exit code.
_OUT_OF_MEMORY, _TOO_DEEP = 70, 71
# What Python and its libraries need of the environment.
_PASSED_ON = re.compile(
    r"(?i:path|home|lang|tz|tmp|temp|tmpdir|systemroot|virtual_env)|(?:PYTHON|LC_|LD_|DYLD_|OPENBLAS_|COVERAGE_)\w*"
)
_WORKER = Path(__file__).with_name("isolate_worker.py")
_T = TypeVar("_T")
_HINT = "It may be damaged or made to do harm; save the article as text and name that."


class _HungError(SourceError):
    """The child did not come back in time; it would not the second time either."""


class Parser:
    """A child process that runs parsers, one call at a time; started when needed, and again after a crash.

    ``seconds`` bounds one call, ``memory_bytes`` the address space of the child where the system has such a limit.
    """

    def __init__(self, seconds: float = SECONDS, memory_bytes: int = MEMORY_BYTES) -> None:
        self._seconds = seconds
        self._memory_bytes = memory_bytes
        self._process: subprocess.Popen[bytes] | None = None
        self._calls = 0
        self._lock = threading.Lock()

    def call(self, function: Callable[..., _T], raw: bytes, source: str, content_type: str | None = None) -> _T:
        """Return ``function(raw, source, content_type)``, computed in the child.

        The function stands at the top of a module and declares what it returns, in dataclasses, tuples, enums, texts
        and numbers. Raises the SourceError it raises, and one of ours where it crashes, hangs or eats all memory.
        """
        value = self._value(function.__module__, function.__name__, raw, source, content_type)
        return cast("_T", _revived(get_type_hints(function)["return"], value, source))

    def parse(self, module: str, raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:
        """Return what the reader in a module makes of some bytes; the module is imported in the child alone."""
        value = self._value(module, "parse", raw, source, content_type)
        return cast("tuple[Article, ...]", _revived(tuple[Article, ...], value, source))

    def close(self) -> None:
        """End the child."""
        process, self._process, self._calls = self._process, None, 0
        if process:
            children.end(process)

    def forget(self) -> None:
        """Leave the child to the process that started it: two that write into one pipe understand nobody."""
        self._process, self._calls, self._lock = None, 0, threading.Lock()

    def _value(self, module: str, function: str, raw: bytes, source: str, content_type: str | None) -> object:
        request = {"module": module, "function": function, "source": source, "content_type": content_type}
        with self._lock:
            answer = self._patiently(json.dumps(request).encode(), raw, source)
        if "error" in answer:
            raise SourceError(str(answer["error"]), hint=str(answer.get("hint", "")))
        return answer.get("value")

    def _patiently(self, request: bytes, raw: bytes, source: str) -> dict[str, Any]:
        """Ask the child; where one that has worked before ends, ask a fresh one: the file before may be to blame."""
        seasoned = self._process is not None
        try:
            return self._ask(request, raw, source)
        except _HungError:
            raise
        except SourceError:
            if not seasoned:
                raise
        return self._ask(request, raw, source)

    def _ask(self, request: bytes, raw: bytes, source: str) -> dict[str, Any]:
        if self._calls >= _PARSES_PER_WORKER:
            self.close()
        process = self._process or self._start()
        self._calls += 1
        late = threading.Event()

        def end() -> None:
            late.set()
            process.kill()

        timer = threading.Timer(self._seconds, end)
        timer.start()
        answer = None
        try:
            answer = _exchange(process, struct.pack("<II", len(request), len(raw)) + request + raw)
        except (EOFError, OSError, ValueError, TypeError, RecursionError) as error:
            if late.is_set():
                raise _HungError(f"{source}: takes more than {self._seconds:g} s to read", hint=_HINT) from error
            raise SourceError(f"{source}: {self._reason(process)}", hint=_HINT) from error
        finally:
            timer.cancel()
            # Also after Ctrl-C: an answer nobody read must not answer the next request.
            if answer is None:
                self.close()
        return answer

    def _start(self) -> subprocess.Popen[bytes]:
        # -P keeps this folder off the child's path; it gets ours, so that the same modules are found.
        command = [sys.executable, "-P", str(_WORKER), str(self._memory_bytes), json.dumps([p for p in sys.path if p])]
        # Nobody's keys and tokens are there to be found by what a file might run.
        harmless = {name: value for name, value in os.environ.items() if _PASSED_ON.fullmatch(name)}
        self._process = subprocess.Popen(
            command, env=harmless, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        return self._process

    def _reason(self, process: subprocess.Popen[bytes]) -> str:
        code = None
        with contextlib.suppress(subprocess.TimeoutExpired):
            code = process.wait(1)
        if code == _OUT_OF_MEMORY:
            return f"needs more than {self._memory_bytes // 1_000_000} MB to be read"
        if code == _TOO_DEEP:
            return "is nested too deeply to be read"
        return "cannot be understood: its reader gave up"


_parser = Parser()
atexit.register(_parser.close)
if hasattr(os, "register_at_fork"):  # not on Windows, where nothing forks
    os.register_at_fork(after_in_child=_parser.forget)


def call(function: Callable[..., _T], raw: bytes, source: str, content_type: str | None = None) -> _T:
    """Call a reader in the one child process of this program; see ``Parser.call``."""
    return _parser.call(function, raw, source, content_type)


def parse(module: str, raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:
    """Read some bytes with the reader in a module, in the one child process of this program."""
    return _parser.parse(module, raw, source, content_type)


def _exchange(process: subprocess.Popen[bytes], message: bytes) -> dict[str, Any]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    process.stdin.write(message)
    process.stdin.flush()
    (size,) = struct.unpack("<I", _exactly(process, 4))
    if size > _MOST_ANSWER_BYTES:
        raise ValueError(size)
    answer = json.loads(_exactly(process, size))
    if not isinstance(answer, dict):
        raise TypeError(answer)
    return answer


def _exactly(process: subprocess.Popen[bytes], size: int) -> bytes:
    data = process.stdout.read(size) if process.stdout else b""
    if len(data) < size:
        raise EOFError
    return data


def _revived(kind: Any, value: object, source: str) -> object:  # noqa: ANN401 - a type
    try:
        return _revive(kind, value)
    except (KeyError, TypeError, ValueError) as error:
        raise SourceError(f"{source}: its reader answers nonsense", hint=_HINT) from error


def _revive(kind: Any, value: Any) -> Any:  # noqa: ANN401 - a type and a value of it
    """Make a value of a declared type from JSON; raises TypeError or ValueError where it is none."""
    origin = get_origin(kind)
    if origin is tuple:
        inner = get_args(kind)[0]
        if not isinstance(value, list):
            raise TypeError(value)
        return tuple(_revive(inner, one) for one in value)
    if origin in {Union, UnionType}:
        inner = next(one for one in get_args(kind) if one is not type(None))
        return None if value is None else _revive(inner, value)
    if is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(value, dict):
            raise TypeError(value)
        hints = get_type_hints(kind)
        return kind(**{name: _revive(hints[name], one) for name, one in value.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(value)
    if type(value) is not kind:
        raise TypeError(value)
    return value
