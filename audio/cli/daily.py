"""``daily``, ``schedule`` and ``status``: a bulletin every morning, and how the show stands."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audio.cli.options import (
    PARTLY_DONE,
    AllowPrivate,
    AsJson,
    EngineName,
    Now,
    Settings,
    VoiceName,
    clock,
    load_settings,
)
from audio.cli.screen import harmless, print_json, say, watching
from audio.config import SETTINGS_FILE

if TYPE_CHECKING:
    import datetime as dt

    from audio.config import Config
    from audio.newsroom.schedule import Plan


def daily(
    *,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be told and why; make nothing.")] = False,
    as_json: AsJson = False,
    force: Annotated[bool, typer.Option("--force", help="Make today's edition anew; it keeps its GUID.")] = False,
    errata: Annotated[
        bool, typer.Option("--errata", help="Make it anew from its own stories as they read now.")
    ] = False,
    withdraw: Annotated[list[str] | None, typer.Option("--withdraw", help="A story's item, with --errata.")] = None,
    if_due: Annotated[bool, typer.Option("--if-due", help="Do nothing before the hour of the settings.")] = False,
    engine: EngineName = None,
    voice: VoiceName = None,
    allow_private: AllowPrivate = False,
    config: Settings = None,
    now: Now = None,
) -> None:
    """Make today's edition of the sources in the settings and publish it; again, it does nothing."""
    from audio.newsroom import shift  # noqa: PLC0415
    from audio.newsroom.daily import Order  # noqa: PLC0415

    settings, moment = load_settings(config, engine, voice, allow_private=allow_private), clock(now)
    if dry_run:
        _show(settings, moment, as_json=as_json)
        return
    if if_due and not shift.is_due(settings, moment):
        return
    order = Order(moment, force=force, errata=errata or bool(withdraw), withdrawn=tuple(withdraw or ()))
    with watching() as on_event:
        outcome = shift.work(settings, order, on_event=on_event, warn=say)
    folder = settings.publish.folder
    typer.echo(folder / "episodes" / f"{outcome.episode.name}.mp3")
    if outcome.rundown is None:
        say("today's edition is there already; --force makes it anew")
    elif outcome.rundown.left_out:
        say(f"left out: {len(outcome.rundown.left_out)}; `daily --dry-run` tells beforehand what and why")
    if outcome.lost:
        raise typer.Exit(PARTLY_DONE)


def _show(settings: Config, moment: dt.datetime, *, as_json: bool) -> None:
    from audio.newsroom import daily as edition  # noqa: PLC0415
    from audio.newsroom import rundown  # noqa: PLC0415

    with watching() as on_event:
        told = edition.show_rundown(settings, moment, on_event=on_event)
    if as_json:
        print_json(rundown.view(told))
        return
    typer.echo(f"{told.title}: {told.seconds / 60:.1f} minutes")
    for story, seconds in zip(told.stories, told.story_seconds, strict=True):
        flag = " (update)" if story.update else ""
        typer.echo(harmless(f"{seconds:5.0f} s  {story.section or '-':12} {story.title}{flag} — {story.why}"))
        for item in story.items:
            typer.echo(harmless(f"         {item.key}"))
    for one in told.left_out:
        typer.echo(harmless(f"  left out: {one.item}: {one.why}"))


def schedule(
    action: Annotated[str, typer.Argument(help="install, status, remove, print or run-now")],
    *,
    scheduler: Annotated[
        str | None,
        typer.Option("--for", help="systemd, launchd, windows, cron, github or docker; else this machine's."),
    ] = None,
    config: Settings = None,
) -> None:
    """Have the edition made every day at the hour of the settings, by this machine's own scheduler."""
    from audio.errors import SettingsError  # noqa: PLC0415
    from audio.newsroom import installing  # noqa: PLC0415
    from audio.newsroom import schedule as plans  # noqa: PLC0415

    settings, path = load_settings(config), config or Path(SETTINGS_FILE)
    if not path.exists():
        raise SettingsError(f"{path}: no such file", hint="`notiziario init` writes one; a schedule needs it.")
    name = scheduler or plans.detect()
    if name not in plans.SCHEDULERS:
        raise SettingsError(f"--for {name}: no such scheduler", hint=f"Use one of {', '.join(plans.SCHEDULERS)}.")
    job = plans.job_of(settings, path)
    if action == "print":
        _print(plans.SCHEDULERS[name](job), encoding="utf-16" if name == "windows" else "utf-8")
        return
    plan = installing.plan_of(name, job)
    match action:
        case "install":
            installing.install(job, plan)
            say(f"{job.name}: every day at {job.at} ({job.timezone}), by {name}")
            say(plan.advice or f"`schedule status --for {name}` shows it")
        case "remove":
            installing.remove(job, plan)
            say(f"{job.name}: removed")
        case "status":
            typer.echo(installing.status(plan), nl=False)
        case "run-now":
            typer.echo(installing.run_now(plan), nl=False)
        case _:
            raise SettingsError(
                f"schedule {action}: no such action", hint="Use install, status, remove, print or run-now."
            )


def _print(plan: Plan, encoding: str) -> None:
    for place, text in plan.files.items():
        typer.echo(f"# {place}\n{text.decode(encoding)}")
    if plan.crontab:
        typer.echo(plan.crontab)


def status(*, as_json: AsJson = False, config: Settings = None, now: Now = None) -> None:
    """Say when the last edition aired, when the next is due, and what went wrong; exit 1 where one is missing."""
    from audio.newsroom import shift  # noqa: PLC0415

    found = shift.status_of(load_settings(config), clock(now))
    run = found.last_run
    if as_json:
        plain = asdict(found) | {"next_due": found.next_due.isoformat()}
        plain["last_run"] = {**asdict(run), "moment": run.moment.isoformat()} if run else None
        print_json(plain)
    else:
        typer.echo(f"last edition: {': '.join(found.last_edition) if found.last_edition else 'none yet'}")
        typer.echo(f"next due:     {found.next_due:%Y-%m-%d %H:%M %Z}")
        if run:
            typer.echo(harmless(f"last run:     {run.moment:%Y-%m-%d %H:%M}, exit code {run.code}: {run.said}"))
        if found.missing:
            say("today's edition is missing")
    if found.missing:
        raise typer.Exit(1)
