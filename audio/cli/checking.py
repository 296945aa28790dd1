"""``check``: a finished bulletin examined by anybody, any time."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from audio.cli.options import AsJson, Settings, load_settings
from audio.cli.screen import harmless, print_json

File = Annotated[Path, typer.Argument(help="The MP3.", show_default=False)]
Articles = Annotated[list[str] | None, typer.Argument(help="What it should say, in order.", show_default=False)]


def check(file: File, sources: Articles = None, *, as_json: AsJson = False, config: Settings = None) -> None:
    """Prove a finished bulletin: whole, at its level, no hole, every sentence in its place, and of its sources."""
    from audio import checking, pipeline  # noqa: PLC0415

    articles = pipeline.read_articles(sources, load_settings(config))[0] if sources else ()
    findings = list(checking.check(file, articles))
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            typer.echo(harmless(f"{'ok ' if finding.ok else 'NO '} {finding.what}: {finding.says}"))
    if not all(finding.ok for finding in findings):
        raise typer.Exit(1)
