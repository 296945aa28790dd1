"""``read``, ``script`` and ``spoken``: each stage of the text, shown without making a sound."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

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

if TYPE_CHECKING:
    from audio.italian.lexicon import Lexicon
    from audio.model import Script


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
    unknown: Annotated[bool, typer.Option("--unknown", help="List the words nobody knows how to say.")] = False,
) -> None:
    """Show what will be said, segment by segment, without saying it."""
    from audio import pipeline, views  # noqa: PLC0415

    settings = load_settings(config, engine, voice, allow_private=allow_private)
    articles, lost = pipeline.read_articles(sources, settings)
    written = pipeline.write_script(articles, settings, clock(now), title)
    if unknown:
        _list_unknown(written, pipeline.load_lexicon(settings), as_json=as_json)
    elif as_json:
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


def _list_unknown(written: Script, lexicon: Lexicon | None, *, as_json: bool) -> None:
    """Print each unknown word with its count and a sentence it stands in: rows that an editor can complete."""
    from audio.italian.unknown import unknown  # noqa: PLC0415

    found = unknown((segment.text for segment in written.segments), lexicon)
    if as_json:
        print_json({"unknown": [word._asdict() for word in found]})
        return
    for word in found:
        typer.echo(f"{word.word}\t{word.times}\t{word.sentence}")


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
                where = f", {rewrite.row}" if rewrite.row else ""
                typer.echo(f"  {rewrite.written!r} → {rewrite.spoken!r}  ({rewrite.rule}{where})")
