"""``make``: sources in, one MP3 out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from audio.cli.options import PARTLY_DONE, EngineName, Now, Settings, Sources, Title, VoiceName, clock, load_settings
from audio.cli.screen import say, watching


def make(
    sources: Sources,
    *,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The MP3 (M4A, Opus), or its folder.")] = None,
    engine: EngineName = None,
    voice: VoiceName = None,
    title: Title = None,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Leave out what cannot be read.")] = False,
    report: Annotated[
        bool, typer.Option("--report", help="Write a page of pictures and figures about the sound.")
    ] = False,
    config: Settings = None,
    now: Now = None,
) -> None:
    """Make one MP3 bulletin of the sources and print its path."""
    from audio import pipeline  # noqa: PLC0415

    settings = load_settings(config, engine, voice)
    with watching() as on_event:
        briefing = pipeline.make_briefing(
            sources, settings, now=clock(now), output=output, title=title, keep_going=keep_going, on_event=on_event
        )
    typer.echo(briefing.path)
    if report:
        say(f"report: {pipeline.report(briefing, settings)}")
    if briefing.lost:
        say(f"left out: {len(briefing.lost)} of {len(sources)} sources")
        raise typer.Exit(PARTLY_DONE)
