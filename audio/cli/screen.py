"""What a person sees: data on stdout, talk and progress on stderr, and no byte that could steer a terminal."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence

import typer


def say(line: str) -> None:
    """Talk on stderr."""
    typer.echo(harmless(line), err=True)


def harmless(line: str) -> str:
    """Take from a line what a hostile source put into its names to steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in line)


def left_out(source: str, reason: str) -> str:
    """Return the line about a source that was lost; most reasons name it already."""
    return f"left out: {source}: {reason.removeprefix(f'{source}: ')}"


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
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    from audio import events  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)

        def above(line: str) -> None:  # above the bar, which would wipe out a line written past it
            progress.console.print(harmless(line), markup=False, highlight=False, soft_wrap=True)

        def on_event(event: object) -> None:
            match event:
                case events.SegmentSpoken(index, total, _):
                    progress.update(task, description="speaking", completed=index, total=total)
                case events.SecondsEncoded(seconds, total_seconds):
                    progress.update(task, description="encoding", completed=int(seconds), total=int(total_seconds))
                case events.SourceLost(source, reason):
                    above(left_out(source, reason))
                case events.EngineChosen(engine, voice, instead_of):
                    why = "; ".join(f"{name} could not: {reason}" for name, reason in instead_of)
                    above(f"spoken by {engine} (voice {voice})" + (f" because {why}" if why else ""))
                case _:
                    pass

        yield on_event
