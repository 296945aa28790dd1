"""Any program that makes a sound file: macOS ``say``, pico2wave, RHVoice, a script of the newsroom's.

The command is a list of arguments; no shell reads it. Text goes in by ``{text}``, ``{text_file}`` or standard input,
sound comes out in ``{wav}`` or on standard output.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from audio import pcm
from audio.config import CommandSettings
from audio.engines.base import Caps, Voice
from audio.engines.wire import Task, written
from audio.errors import RejectedError, UnavailableError
from audio.model import Span, Speech

# Raised when the same text would sound different by a change in here.
_VERSION = 1
# An argument may have 128 kB on Linux and 32 on Windows; nobody's sentence is longer than this.
_MAX_CHARACTERS = 3000
# Ten minutes of studio sound; a sentence has a hundredth of it.
_MOST_BYTES = 100_000_000
_RATES = (0.5, 2.0)
_HINT = "Try the command by hand; docs/voices.md has some that work."


class Command:
    """The adapter: one run of the command for each text."""

    name = "command"

    def __init__(self, settings: CommandSettings | None = None) -> None:
        self._settings = settings or CommandSettings()

    def caps(self) -> Caps:
        """What the template says: a tempo where it has {rate}, offline as the settings promise."""
        rates = _RATES if self._takes("rate") else (1.0, 1.0)
        return Caps(offline=self._settings.offline, max_chars=_MAX_CHARACTERS, rate_range=rates)

    def check(self) -> None:
        """Raise UnavailableError where there is no command, or no such program."""
        if not self._settings.argv:
            raise UnavailableError("command: there is none", hint='For example: command: {argv: [say, -o, "{wav}"]}')
        if not shutil.which(self._settings.argv[0]):
            raise UnavailableError(
                f"command: there is no program {self._settings.argv[0]!r}", hint="Install it, or mend command.argv."
            )

    def voices(self) -> tuple[Voice, ...]:
        """List the voices of the settings; without {voice} in the command, the one it has."""
        named = self._settings.voices or (() if self._takes("voice") else ("default",))
        return tuple(Voice(voice, f"{(self._settings.argv or ('?',))[0]}, {voice}") for voice in named)

    def fingerprint(self, voice: str) -> str:  # noqa: ARG002 - it stands in the arguments
        """Name the command, and the program's own bytes by their size and age."""
        program = shutil.which(self._settings.argv[0]) if self._settings.argv else None
        status = Path(program).stat() if program else None
        stamp = f"{status.st_size} {status.st_mtime_ns}" if status else ""
        asked = hashlib.sha256("\0".join(self._settings.argv).encode("utf-8", "replace")).hexdigest()
        return f"{_VERSION} {asked[:16]} {stamp}"

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
        """Run the command and decode what it made."""
        self.check()
        if voice not in {known.id for known in self.voices()}:
            raise UnavailableError(f"command has no voice {voice!r}", hint="Name it in command.voices.")
        slowest, fastest = self.caps().rate_range
        if not slowest <= rate <= fastest:
            raise RejectedError(f"command cannot speak at rate {rate:g}", hint="A {rate} in the command would help.")
        # No argument can hold a NUL, and none may be taken for an option.
        text = written(spans, self.name).replace("\0", " ").strip()
        task = Task(self.name, text, _HINT)
        with tempfile.TemporaryDirectory(prefix="notiziario-") as folder:
            wav, text_file = Path(folder) / "speech.wav", Path(folder) / "text.txt"
            text_file.write_text(text, encoding="utf-8")
            words = f" {text}" if text.startswith("-") else text
            values = {"voice": voice, "rate": f"{rate:g}", "wav": str(wav), "text_file": str(text_file), "text": words}
            self._run(task, values, text_file, wav)
            return _sound(task, wav)

    def close(self) -> None:
        """Do nothing: each run ends by itself or is ended."""

    def _takes(self, name: str) -> bool:
        return any(f"{{{name}}}" in argument for argument in self._settings.argv)

    def _run(self, task: Task, values: Mapping[str, str], text_file: Path, wav: Path) -> None:
        argv = [_filled(argument, values) for argument in self._settings.argv]
        argv[0] = shutil.which(argv[0]) or argv[0]
        with (
            text_file.open("rb") as stdin,
            Path(os.devnull if self._takes("wav") else wav).open("wb") as stdout,
            tempfile.TemporaryFile() as stderr,
        ):
            try:
                # A group of its own, so that what the command started ends with it.
                process = subprocess.Popen(argv, stdin=stdin, stdout=stdout, stderr=stderr, start_new_session=True)
            except OSError as error:
                raise UnavailableError(f"command: {argv[0]} does not start: {error.strerror}", hint=_HINT) from error
            try:
                code = process.wait(self._settings.deadline_seconds)
            except subprocess.TimeoutExpired as error:
                raise task.later(f"no end within {self._settings.deadline_seconds:g} s", "the command hangs") from error
            finally:
                if process.poll() is None:
                    _end(process)
            if code:
                raise task.later(f"exit code {code}", _last_line(stderr) or "the command failed")


def _filled(argument: str, values: Mapping[str, str]) -> str:
    """Fill the names in once: braces in the text stay what they are."""
    for name, value in values.items():
        before, found, after = argument.partition(f"{{{name}}}")
        if found:
            return f"{_filled(before, values)}{value}{_filled(after, values)}"
    return argument


def _sound(task: Task, wav: Path) -> Speech:
    size = wav.stat().st_size if wav.exists() else 0
    if not size:
        raise task.later("no sound file", "the command made nothing")
    if size > _MOST_BYTES:
        raise task.later(f"{size:,} bytes", "that is no speech")
    try:
        return Speech(*pcm.decode(wav.read_bytes()))
    except ValueError as error:
        raise task.later(f"{size:,} bytes", "the command made no sound that can be decoded") from error


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the command, and what it started."""
    if sys.platform == "win32":
        process.kill()
    else:
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def _last_line(stderr: IO[bytes]) -> str:
    stderr.seek(0, os.SEEK_END)
    stderr.seek(max(0, stderr.tell() - 1000))
    lines = stderr.read().decode("utf-8", "replace").strip().splitlines()
    return "".join(c if c.isprintable() else "�" for c in lines[-1])[:200] if lines else ""
