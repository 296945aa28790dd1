"""``init`` and ``doctor``: what a person does before the first bulletin."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from audio.cli.options import AsJson, Settings, load_settings
from audio.cli.screen import print_json
from audio.commented import commented_yaml
from audio.config import SETTINGS_FILE
from audio.errors import OutputError, SettingsError


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
    """Say what is installed, let each engine of the settings say a word, and tell what to do about the rest."""
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
