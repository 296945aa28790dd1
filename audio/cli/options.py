"""The options and arguments that several commands share, and what becomes of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from audio.config import SETTINGS_FILE, Config
from audio.errors import SettingsError

PARTLY_DONE = 3

_SOURCE = "text, Markdown, HTML, feed, EPUB, e-mail, PDF or Word; - is standard input."
Sources = Annotated[list[str], typer.Argument(help=f"Files or web addresses: {_SOURCE}", show_default=False)]
Source = Annotated[str, typer.Argument(help=f"A file or a web address: {_SOURCE}", show_default=False)]
Settings = Annotated[Path | None, typer.Option("--config", help=f"Settings file instead of ./{SETTINGS_FILE}.")]
AsJson = Annotated[bool, typer.Option("--json", help="For programs.")]
Now = Annotated[str | None, typer.Option("--now", help="The clock: 2025-11-06T06:30:00+01:00 instead of now.")]
EngineName = Annotated[str | None, typer.Option("--engine", help="Only this engine, instead of those in the settings.")]
VoiceName = Annotated[str | None, typer.Option("--voice", help="This voice of the (first) engine.")]
AllowPrivate = Annotated[bool, typer.Option("--allow-private", help="Let sources live on private addresses.")]
Title = Annotated[str | None, typer.Option("--title", help="The bulletin's title, instead of its story's.")]


def load_settings(
    path: Path | None, engine: str | None = None, voice: str | None = None, *, allow_private: bool = False
) -> Config:
    """Return the settings of a file or of the working folder, with what the line asks for instead."""
    from audio import settings  # noqa: PLC0415

    config = settings.load(path)
    if engine:
        config = replace(config, engines=(engine,))
    if voice:
        config = replace(config, voices={**config.voices, config.engines[0]: voice})
    if allow_private:
        config = replace(config, fetch=replace(config.fetch, allow_private=True))
    return config


def clock(now: str | None) -> dt.datetime:
    """Return the moment ``--now`` names, or now; always with a time zone."""
    if now is None:
        return dt.datetime.now().astimezone()
    try:
        moment = dt.datetime.fromisoformat(now)
    except ValueError as error:
        raise SettingsError(
            f"--now {now}: is no date and time", hint="Write it as 2025-11-06T06:30:00+01:00."
        ) from error
    return moment if moment.tzinfo else moment.astimezone()
