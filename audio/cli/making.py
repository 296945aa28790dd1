"""``make``: sources in, one MP3 out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from audio.cli import podcast
from audio.cli.options import (
    PARTLY_DONE,
    AllowPrivate,
    EngineName,
    Now,
    Settings,
    Sources,
    Title,
    VoiceName,
    clock,
    load_settings,
)
from audio.cli.screen import say, watching


def make(
    sources: Sources,
    *,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The MP3 (M4A, Opus), or its folder.")] = None,
    engine: EngineName = None,
    voice: VoiceName = None,
    title: Title = None,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Leave out what cannot be read.")] = False,
    publish: Annotated[bool, typer.Option("--publish", help="Make it an episode of the podcast too.")] = False,
    allow_private: AllowPrivate = False,
    report: Annotated[
        bool, typer.Option("--report", help="Write a page of pictures and figures about the sound.")
    ] = False,
    config: Settings = None,
    now: Now = None,
) -> None:
    """Make one MP3 bulletin of the sources and print its path."""
    from audio import pipeline  # noqa: PLC0415

    settings, moment = load_settings(config, engine, voice, allow_private=allow_private), clock(now)
    with watching() as on_event:
        briefing = pipeline.make_briefing(
            sources, settings, now=moment, output=output, title=title, keep_going=keep_going, on_event=on_event
        )
    typer.echo(briefing.path)
    if publish:
        podcast.add(briefing, sources, settings, moment)
    if report:
        say(f"report: {pipeline.report(briefing, settings)}")
    if briefing.lost:
        say(f"left out: {len(briefing.lost)}, named above")
        raise typer.Exit(PARTLY_DONE)
