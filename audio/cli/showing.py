"""``read``, ``script`` and ``spoken``: each stage of the text, shown without making a sound."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from audio.cli.options import (
    PARTLY_DONE,
    AllowPrivate,
    AsJson,
    EngineName,
    Now,
    Settings,
    Source,
    Sources,
    Title,
    VoiceName,
    clock,
    load_settings,
)
from audio.cli.screen import left_out, print_json, say


def read(
    source: Source,
    *,
    as_json: AsJson = False,
    explain: Annotated[bool, typer.Option("--explain", help="Show what is not read out, and why.")] = False,
    allow_private: AllowPrivate = False,
    config: Settings = None,
) -> None:
    """Show an article as it was understood: headline, dateline, sections."""
    from audio import pipeline, views  # noqa: PLC0415
    from audio.cli.outline import print_outline  # noqa: PLC0415

    articles, lost = pipeline.read_articles((source,), load_settings(config, allow_private=allow_private))
    if as_json:
        print_json(views.of_articles(articles, explain=explain))
    else:
        for number, article in enumerate(articles):
            if number:
                typer.echo("\n" + "-" * 40)
            print_outline(article, explain=explain)
    _tell(lost)


def script(
    sources: Sources,
    *,
    as_json: AsJson = False,
    engine: EngineName = None,
    voice: VoiceName = None,
    title: Title = None,
    allow_private: AllowPrivate = False,
    config: Settings = None,
    now: Now = None,
) -> None:
    """Show what will be said, segment by segment, without saying it."""
    from audio import pipeline, views  # noqa: PLC0415

    settings = load_settings(config, engine, voice, allow_private=allow_private)
    articles, lost = pipeline.read_articles(sources, settings)
    written = pipeline.write_script(articles, settings, clock(now), title)
    if as_json:
        print_json(views.of_script(written))
    else:
        for segment in written.segments:
            typer.echo(f"[{segment.role}] {segment.spoken}  ({segment.pause_seconds:g} s)")
    _tell(lost)


def _tell(lost: Sequence[tuple[str, str]]) -> None:
    """Say what could not be read, and leave with the code for that."""
    for source, reason in lost:
        say(left_out(source, reason))
    if lost:
        raise typer.Exit(PARTLY_DONE)


def spoken(
    text: Annotated[list[str] | None, typer.Argument(help="Words to turn; without any, a filter of lines.")] = None,
    *,
    explain: Annotated[bool, typer.Option("--explain", help="Show each rewrite and its rule.")] = False,
    config: Settings = None,
) -> None:
    """Turn written Italian into spoken Italian: N lines in, N lines out."""
    from audio import italian  # noqa: PLC0415
    from audio.italian.lexicon import Lexicon  # noqa: PLC0415

    settings = load_settings(config)
    lexicon = Lexicon.load(settings.lexicon) if settings.lexicon else None
    sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    for line in [" ".join(text)] if text else (raw.rstrip("\r\n") for raw in sys.stdin):
        typer.echo(italian.spoken(line, lexicon))
        if explain:
            for rewrite in italian.explain(line, lexicon):
                typer.echo(f"  {rewrite.written!r} → {rewrite.spoken!r}  ({rewrite.rule})")
