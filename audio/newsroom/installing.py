"""A schedule put in place, looked at and taken away, by the scheduler's own commands."""

from __future__ import annotations

import os
import subprocess

from audio.errors import NotiziarioError, OutputError, SettingsError
from audio.files import written_whole
from audio.newsroom.schedule import INSTALLABLE, SCHEDULERS, Job, Plan, crontab_with

_TIMEOUT_SECONDS = 60


def plan_of(scheduler: str, job: Job) -> Plan:
    """Return the plan of a scheduler that can be put in place. Raises SettingsError for others, and for root."""
    if scheduler not in INSTALLABLE:
        raise SettingsError(
            f"{scheduler}: cannot be put in place from here", hint=f"`schedule print --for {scheduler}` shows the file."
        )
    if getattr(os, "geteuid", lambda: 1)() == 0:
        raise SettingsError(
            "a show is never scheduled as root: it reads what strangers write", hint="Run this as an ordinary user."
        )
    return SCHEDULERS[scheduler](job)


def install(job: Job, plan: Plan) -> None:
    """Put a schedule in place; again, it changes nothing. Raises OutputError or NotiziarioError."""
    for path, text in plan.files.items():
        with written_whole(path) as file:
            file.write(text)
    if plan.crontab:
        _write_crontab(crontab_with(_read_crontab(), job, plan.crontab))
    for command in plan.install:
        _run(command)


def remove(job: Job, plan: Plan) -> None:
    """Take a schedule away; files of the show stay."""
    for command in plan.remove:
        _run(command)
    if plan.crontab:
        _write_crontab(crontab_with(_read_crontab(), job, None))
    for path in plan.files:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise OutputError(f"{path}: cannot be deleted: {error.strerror}") from error


def status(plan: Plan) -> str:
    """Return what the scheduler says."""
    return _run(plan.status)


def run_now(plan: Plan) -> str:
    """Let the scheduler start the job now, and return what it says."""
    return _run(plan.run_now)


def _run(command: tuple[str, ...], typed: str | None = None) -> str:
    try:
        done = subprocess.run(
            command, input=typed, capture_output=True, text=True, check=False, timeout=_TIMEOUT_SECONDS
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotiziarioError(f"{command[0]}: cannot be run: {error}", hint="Is it installed?") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines()
        raise NotiziarioError(f"{' '.join(command)}: {said[-1] if said else f'exit code {done.returncode}'}")
    return done.stdout


def _read_crontab() -> list[str]:
    try:
        return _run(("crontab", "-l")).splitlines()
    except NotiziarioError as error:
        if "no crontab" in error.message:
            return []
        raise


def _write_crontab(lines: list[str]) -> None:
    _run(("crontab", "-"), "".join(f"{line}\n" for line in lines))
