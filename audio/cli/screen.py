"""What a person sees: data on stdout, talk and progress on stderr, and no byte that could steer a terminal."""

from __future__ import annotations

import contextlib
import functools
import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import typer

from audio.logins import without_login

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


def say(line: str) -> None:
    """Talk on stderr."""
    typer.echo(harmless(line), err=True)


def harmless(line: str) -> str:
    """Take from a line what a hostile source put into its names to steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in line)


def left_out(source: str, reason: str) -> str:
    """Return the line about a source that was lost; most reasons name it already."""
    name = without_login(source)
    return f"left out: {name}: {reason.removeprefix(f'{name}: ')}"


def print_styled(lines: Iterable[Sequence[tuple[str, str]]]) -> None:
    """Print lines of (text, rich style) on stdout; in a pipe the styles are gone and nothing is wrapped."""
    from rich.console import Console  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    console = Console(highlight=False, markup=False, emoji=False, soft_wrap=True)
    for line in lines:
        console.print(Text.assemble(*((harmless(text), style) for text, style in line)))


def print_json(value: object) -> None:
    """Print a value for programs."""
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextlib.contextmanager
def counting(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Show on a terminal how many of ``total`` are done, and when the rest will be."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(what, total=total)
        yield lambda done: progress.update(task, completed=done)


@contextlib.contextmanager
def watching() -> Iterator[Callable[[object], None]]:
    """Show progress on a terminal, and in any case one line for each thing a person must know."""
    if not sys.stderr.isatty():  # no bar, and none of what draws one
        yield functools.partial(_tell, say)
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[made]}"), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        bar = _Bar(progress, progress.add_task("reading", total=None, made=""))

        def above(line: str) -> None:  # above the bar, which would wipe out a line written past it
            progress.console.print(harmless(line), markup=False, highlight=False, soft_wrap=True)

        def on_event(event: object) -> None:
            bar.show(event)
            _tell(above, event)

        yield on_event


class _Bar:
    """The bar of a bulletin: first its segments are spoken, then its seconds encoded, each with its own speed."""

    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress, self._task = progress, task
        self._stage, self._began, self._seconds = "", 0.0, 0.0

    def show(self, event: object) -> None:
        """Move the bar, if the event moves it."""
        from audio import events  # noqa: PLC0415

        match event:
            case events.SegmentSpoken(index, total, _, seconds):
                self._enter("speaking")
                self._seconds += seconds
                self._move(index, total, f"{index}/{total}")
            case events.SecondsEncoded(seconds, total_seconds):
                self._enter("encoding")
                self._seconds = seconds
                self._move(seconds, total_seconds, f"{_clock(seconds)} of {_clock(total_seconds)}")
            case _:
                pass

    def _enter(self, stage: str) -> None:
        if stage != self._stage:
            self._stage, self._began, self._seconds = stage, time.monotonic(), 0.0
            self._progress.reset(self._task, description=stage)

    def _move(self, done: float, total: float, made: str) -> None:
        elapsed = time.monotonic() - self._began
        speed = f", {self._seconds / elapsed:.0f}× real time" if self._seconds and elapsed > 0 else ""
        self._progress.update(self._task, completed=done, total=total, made=made + speed)


def _clock(seconds: float) -> str:
    return f"{int(seconds) // 60}:{int(seconds) % 60:02}"


def _tell(out: Callable[[str], None], event: object) -> None:
    """Write the one line that an event is worth to a person."""
    from audio import events  # noqa: PLC0415

    match event:
        case events.SourceLost(source, reason):
            out(left_out(source, reason))
        case events.EngineChosen(engine, voice, instead_of):
            why = "; ".join(f"{name} could not: {reason}" for name, reason in instead_of)
            out(f"spoken by {engine} (voice {voice})" + (f" because {why}" if why else ""))
        case _:
            pass


@contextlib.contextmanager
def downloading(name: str) -> Iterator[Callable[[int, int], None]]:
    """Show on a terminal how far a download has come; give what is told (bytes so far, bytes in all)."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task(harmless(name), total=None)
        yield lambda done, total: progress.update(task, completed=done, total=total)
