"""``init``, ``voices`` and ``doctor``: what a person does before the first bulletin."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from audio.cli.options import AsJson, EngineName, Settings, load_settings
from audio.cli.screen import print_json
from audio.commented import commented_yaml
from audio.config import SETTINGS_FILE
from audio.errors import OutputError, SettingsError


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
        print_json(rows)
        return
    for row in rows:
        typer.echo(f"{row['engine']:8} {row['id']:14} {row['label']}")


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


def doctor(*, as_json: AsJson = False, config: Settings = None) -> None:
    """Say what is installed, which engines could speak, and what to do about the rest."""
    from audio import doctor as examination  # noqa: PLC0415

    settings = load_settings(config)
    findings = list(examination.examine(settings))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            remedy = f" — {finding.remedy}" if finding.remedy else ""
            typer.echo(f"{'ok ' if finding.ok else 'NO '} {finding.what}: {finding.says}{remedy}")
    if not examination.able(findings, settings):
        raise typer.Exit(1)
