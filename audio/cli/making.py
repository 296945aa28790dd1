"""``make``: sources in, one MP3 out."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

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
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The MP3, or a folder for it.")] = None,
    engine: EngineName = None,
    voice: VoiceName = None,
    title: Title = None,
    keep_going: Annotated[bool, typer.Option("--keep-going", help="Leave out what cannot be read.")] = False,
    allow_private: AllowPrivate = False,
    config: Settings = None,
    now: Now = None,
) -> None:
    """Make one MP3 bulletin of the sources and print its path."""
    from audio import pipeline  # noqa: PLC0415

    settings = load_settings(config, engine, voice, allow_private=allow_private)
    with watching() as on_event:
        briefing = pipeline.make_briefing(
            sources, settings, now=clock(now), output=output, title=title, keep_going=keep_going, on_event=on_event
        )
    typer.echo(briefing.path)
    if briefing.lost:
        say(f"left out: {len(briefing.lost)}, named above")
        raise typer.Exit(PARTLY_DONE)
