"""The command line: options to settings, one call, one result. Data goes to stdout, talk to stderr.

Nothing heavy is imported before a command needs it: ``notiziario --help`` loads no engine, no numpy, no network.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sys
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import typer

from audio import __version__
from audio.config import SETTINGS_FILE, Config, commented_yaml
from audio.errors import NotiziarioError, OutputError, SettingsError

app = typer.Typer(
    name="notiziario",
    help="Italian news articles, spoken: one MP3 bulletin the way Italian radio would read them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

PARTLY_DONE = 3

Sources = Annotated[list[str], typer.Argument(help="Text or Markdown files; - is standard input.", show_default=False)]
Source = Annotated[str, typer.Argument(help="A text or Markdown file; - is standard input.", show_default=False)]
Settings = Annotated[Path | None, typer.Option("--config", help=f"Settings file instead of ./{SETTINGS_FILE}.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
Now = Annotated[str | None, typer.Option("--now", help="The clock: 2025-11-06T06:30:00+01:00 instead of now.")]
EngineName = Annotated[str | None, typer.Option("--engine", help="Only this engine, instead of those in the settings.")]
VoiceName = Annotated[str | None, typer.Option("--voice", help="This voice of the (first) engine.")]
Title = Annotated[str | None, typer.Option("--title", help="The bulletin's title, instead of its story's.")]


@app.callback(invoke_without_command=True)
def _root(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error came from.")] = False,  # noqa: ARG001 - read in main
) -> None:
    if version:
        typer.echo(f"notiziario {__version__}")
        raise typer.Exit


@app.command()
def make(
    sources: Sources,
    *,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The MP3, or a folder for it.")] = None,
    engine: EngineName = None,
    voice: VoiceName = None,
    title: Title = None,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Leave out what cannot be read.")] = False,
    config: Settings = None,
    now: Now = None,
) -> None:
    """Make one MP3 bulletin of the sources and print its path."""
    from audio import pipeline  # noqa: PLC0415

    settings = _settings(config, engine, voice)
    with _watching() as on_event:
        briefing = pipeline.make_briefing(
            sources, settings, now=_clock(now), output=output, title=title, keep_going=keep_going, on_event=on_event
        )
    typer.echo(briefing.path)
    if briefing.lost:
        _say(f"left out: {len(briefing.lost)} of {len(sources)} sources")
        raise typer.Exit(PARTLY_DONE)


@app.command()
def read(source: Source, *, as_json: AsJson = False) -> None:
    """Show an article as it was understood: headline, dateline, sections."""
    from audio import readers, views  # noqa: PLC0415

    for article in readers.read(source):
        if as_json:
            _print_json(views.of_article(article))
            continue
        for name in ("kicker", "headline", "standfirst", "dateline", "byline", "published"):
            if value := getattr(article, name):
                typer.echo(f"{name}: {value}")
        for section in article.sections:
            typer.echo(f"\n## {section.heading}" if section.heading else "")
            for block in section.blocks:
                typer.echo(f"[{block.role}] {block.text}")


@app.command("script")
def script_(
    sources: Sources,
    *,
    as_json: AsJson = False,
    engine: EngineName = None,
    voice: VoiceName = None,
    title: Title = None,
    config: Settings = None,
    now: Now = None,
) -> None:
    """Show what will be said, segment by segment, without saying it."""
    from audio import pipeline, views  # noqa: PLC0415

    settings = _settings(config, engine, voice)
    articles, _ = pipeline.read_articles(sources)
    script = pipeline.write_script(articles, settings, _clock(now), title)
    if not as_json:
        for segment in script.segments:
            typer.echo(f"[{segment.role}] {segment.spoken}  ({segment.pause_seconds:g} s)")
        return
    _print_json(views.of_script(script))


@app.command()
def spoken(
    text: Annotated[list[str] | None, typer.Argument(help="Words to turn; without any, a filter of lines.")] = None,
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Show each rewrite and its rule.")] = False,
    config: Settings = None,
) -> None:
    """Turn written Italian into spoken Italian: N lines in, N lines out."""
    from audio import italian  # noqa: PLC0415
    from audio.italian.lexicon import Lexicon  # noqa: PLC0415

    settings = _settings(config)
    lexicon = Lexicon.load(settings.lexicon) if settings.lexicon else None
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in [" ".join(text)] if text else (raw.rstrip("\r\n") for raw in sys.stdin):
        typer.echo(italian.spoken(line, lexicon))
        if explain:
            for rewrite in italian.explain(line, lexicon):
                typer.echo(f"  {rewrite.written!r} → {rewrite.spoken!r}  ({rewrite.rule})")


@app.command()
def voices(
    action: Annotated[str, typer.Argument(help="list")] = "list",
    *,
    engine: EngineName = None,
    as_json: AsJson = False,
) -> None:
    """List the voices that each engine offers."""
    from audio import engines  # noqa: PLC0415

    if action != "list":
        raise SettingsError(f"voices {action}: no such action", hint="Use `notiziario voices list`.")
    rows = []
    for name in [engine] if engine else engines.names():
        one = engines.make(name)
        rows += [{"engine": name, **asdict(voice)} for voice in one.voices()]
        one.close()
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['engine']:8} {row['id']:14} {row['label']}")


@app.command()
def init(
    *,
    to_stdout: Annotated[bool, typer.Option("--print", help="Print it instead of writing it.")] = False,
) -> None:
    """Write a commented settings file into this folder; never over an existing one."""
    if to_stdout:
        typer.echo(commented_yaml(), nl=False)
        return
    try:
        with Path(SETTINGS_FILE).open("x", encoding="utf-8") as file:
            file.write(commented_yaml())
    except FileExistsError as error:
        raise SettingsError(f"{SETTINGS_FILE}: is there already", hint="`notiziario init --print` shows it.") from error
    except OSError as error:
        raise OutputError(f"{SETTINGS_FILE}: cannot be written: {error.strerror}") from error
    typer.echo(SETTINGS_FILE)


@app.command()
def doctor(*, as_json: AsJson = False, config: Settings = None) -> None:
    """Say what is installed, which engines could speak, and what to do about the rest."""
    from audio import doctor as examination  # noqa: PLC0415

    settings = _settings(config)
    findings = list(examination.examine(settings))
    if as_json:
        _print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            remedy = f" — {finding.remedy}" if finding.remedy else ""
            typer.echo(f"{'ok ' if finding.ok else 'NO '} {finding.what}: {finding.says}{remedy}")
    if not examination.able(findings, settings):
        raise typer.Exit(1)


def main() -> None:
    """Run the command line and leave with its exit code; the one place where an error becomes words."""
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1
    try:
        app(arguments)  # leaves by itself, with 2 and its own words where it was used wrongly
    except NotiziarioError as error:
        if debug:
            traceback.print_exc()
        code = _fail(error.message, error.hint, error.exit_code)
    except Exception as error:  # noqa: BLE001 - the one broad handler of the program
        if debug:
            traceback.print_exc()
        code = _fail(f"unexpected {type(error).__name__}: {error}", "This is our fault; --debug shows where.", 1)
    else:
        code = 0
    sys.exit(code)


def _fail(message: str, hint: str, code: int) -> int:
    _say(f"error: {message}")
    if hint:
        _say(f"hint: {hint}")
    return code


def _say(line: str) -> None:
    """Talk on stderr."""
    typer.echo(_harmless(line), err=True)


def _harmless(line: str) -> str:
    """Take from a line what a hostile source put into its names to steer a terminal."""
    return "".join(c if c.isprintable() or c == "\n" else "�" for c in line)


def _settings(path: Path | None, engine: str | None = None, voice: str | None = None) -> Config:
    from audio import settings  # noqa: PLC0415

    config = settings.load(path)
    if engine:
        config = replace(config, engines=(engine,))
    if voice:
        config = replace(config, voices={**config.voices, config.engines[0]: voice})
    return config


def _clock(now: str | None) -> dt.datetime:
    if now is None:
        return dt.datetime.now().astimezone()
    try:
        moment = dt.datetime.fromisoformat(now)
    except ValueError as error:
        raise SettingsError(
            f"--now {now}: is no date and time", hint="Write it as 2025-11-06T06:30:00+01:00."
        ) from error
    return moment if moment.tzinfo else moment.astimezone()


def _print_json(value: object) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=2))


@contextlib.contextmanager
def _watching() -> Iterator[Callable[[object], None]]:
    """Show progress on a terminal, and in any case one line for each thing a person must know."""
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn  # noqa: PLC0415

    from audio import events  # noqa: PLC0415

    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as progress:
        task = progress.add_task("reading", total=None)

        def say(line: str) -> None:  # above the bar, which would wipe out a line written past it
            progress.console.print(_harmless(line), markup=False, highlight=False, soft_wrap=True)

        def on_event(event: object) -> None:
            match event:
                case events.SegmentSpoken(index, total, _):
                    progress.update(task, description="speaking", completed=index, total=total)
                case events.SecondsEncoded(seconds, total_seconds):
                    progress.update(task, description="encoding", completed=int(seconds), total=int(total_seconds))
                case events.SourceLost(source, reason):
                    say(f"left out: {source}: {reason}")
                case events.EngineChosen(engine, voice, instead_of):
                    why = "; ".join(f"{name} could not: {reason}" for name, reason in instead_of)
                    say(f"spoken by {engine} (voice {voice})" + (f" because {why}" if why else ""))
                case _:
                    pass

        yield on_event
