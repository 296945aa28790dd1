"""``batch``: an archive made into bulletins, one for each article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from audio import machine
from audio.cli.options import PARTLY_DONE, AllowPrivate, EngineName, Now, Settings, VoiceName, clock, load_settings
from audio.cli.screen import counting, say

Names = Annotated[
    list[str],
    typer.Argument(help="Files, folders, patterns, addresses, or lists (.csv, .jsonl).", show_default=False),
]


def batch(
    sources: Names,
    *,
    output: Annotated[str | None, typer.Option("--output", "-o", help="A folder, or s3://bucket/prefix.")] = None,
    jobs: Annotated[int, typer.Option("--jobs", min=0, help="Worker processes here; 0: one for each core.")] = 0,
    cluster: Annotated[str | None, typer.Option("--cluster", help="A Dask scheduler: tcp://10.0.0.1:8786.")] = None,
    worker_resource: Annotated[
        str | None, typer.Option("--worker-resource", help="Only workers with this Dask resource, such as voice=1.")
    ] = None,
    manifest: Annotated[
        Path | None, typer.Option("--manifest", help="The journal instead of manifest.jsonl in the output folder.")
    ] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try again what failed before.")] = False,
    engine: EngineName = None,
    voice: VoiceName = None,
    allow_private: AllowPrivate = False,
    config: Settings = None,
    now: Now = None,
) -> None:
    """Make a bulletin of each of many articles, here or on a cluster; a second run makes only what is missing."""
    from audio.newsroom import crew  # noqa: PLC0415
    from audio.newsroom.batch import Batch, make_all  # noqa: PLC0415
    from audio.newsroom.manifest import Journal, jobs_in  # noqa: PLC0415

    settings = load_settings(config, engine, voice, allow_private=allow_private)
    place = output or str(settings.output)
    journal = Journal(manifest or (settings.output if "://" in place else Path(place)) / "manifest.jsonl")
    work = Batch(settings, place if "://" in place else str(Path(place).resolve()), clock(now), journal.outcomes())
    work = replace(work, retry_failed=retry_failed)
    hands = jobs or machine.processors()
    if cluster:
        team, hands = crew.cluster(cluster, _resource(worker_resource)), crew.workers_of(cluster)
    else:
        team = crew.processes(hands)
    total = sum(1 for _ in jobs_in(sources))
    made, failed = 0, 0
    with counting("making", total) as advance:
        for row in journal.write(make_all(jobs_in(sources), work, team, 2 * hands + 1)):
            made, failed = made + (row.error is None), failed + (row.error is not None)
            advance(made + failed)
            if row.error:
                say(f"failed: {row.source}: {row.error}")
    typer.echo(journal.path)
    say(f"made {made}, failed {failed}, unchanged {max(0, total - made - failed)}")
    if failed:
        raise typer.Exit(PARTLY_DONE)


def _resource(asked: str | None) -> dict[str, float]:
    from audio.errors import SettingsError  # noqa: PLC0415

    if asked is None:
        return {}
    name, _, amount = asked.partition("=")
    try:
        return {name: float(amount or 1)}
    except ValueError as error:
        raise SettingsError(f"--worker-resource {asked}: is no resource", hint="Write it as voice=1.") from error
