"""What each scheduler is given, and what a schedule refuses."""

import os
import plistlib
import re
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import pytest
from daily_show import FRANA, ROOT, Show

from audio import settings
from audio.config import Config, EditionSettings, ShowSettings
from audio.errors import SettingsError
from audio.newsroom import installing, schedule
from audio.newsroom.schedule import Job


@pytest.fixture
def job(tmp_path: Path) -> Job:
    folder = tmp_path / "Il mio 100% show"
    folder.mkdir()
    return schedule.job_of(Config(show=ShowSettings(title="Il Mattino")), folder / "notiziario.yaml")


def test_the_command_has_absolute_paths(job: Job) -> None:
    """A scheduler has no working folder and next to no PATH: interpreter, program, settings are absolute."""
    assert job.name == "notiziario-il-mattino"
    assert Path(job.command[0]).is_absolute()
    assert Path(job.command[-1]).is_absolute()
    assert job.command[-3:-1] == ("daily", "--config")


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")
def test_systemd_takes_the_units(job: Job, tmp_path: Path) -> None:
    """The system's own check finds nothing wrong with the timer and the service, whatever the folder is called."""
    names = []
    for path, text in schedule.systemd(job).files.items():
        unit = tmp_path / path.name
        unit.write_bytes(text)
        names.append(str(unit))
    command = ["systemd-analyze", "verify", "--user", "--man=no", *names]
    env = {**os.environ, "XDG_RUNTIME_DIR": str(tmp_path)}
    check = subprocess.run(command, capture_output=True, text=True, check=False, env=env)
    assert check.returncode == 0, check.stderr
    assert str(tmp_path) not in check.stderr


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")
@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not on this machine")
def test_an_edition_needs_no_other_system_calls(tmp_path: Path) -> None:
    """Under the service's filter of system calls an edition would be made as without: it asks for none beyond it."""
    show, traced = Show(tmp_path), tmp_path / "calls"
    show.write(frana=FRANA)
    settings_file = tmp_path / "notiziario.yaml"
    settings_file.write_text("engines: [espeak]\ncache: {folder: cache}\nsources: [{folder: articoli}]\n")
    daily = [sys.executable, "-m", "audio", "daily", "--config", str(settings_file)]
    subprocess.run(
        ["strace", "-f", "-qq", "-c", "-U", "name", "-o", str(traced), *daily],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=True,
        capture_output=True,
    )
    used = set(re.findall(r"^\s*([a-z_0-9]+)$", traced.read_text(), re.MULTILINE)) - {"syscall", "total"}
    assert "openat" in used
    assert used <= _allowed("@system-service")


def _allowed(group: str) -> set[str]:
    """Return the calls of a group of systemd's, and of the groups in it."""
    told = subprocess.run(
        ["systemd-analyze", "syscall-filter", group], capture_output=True, text=True, check=True
    ).stdout
    names = {name for line in told.splitlines()[1:] if (name := line.strip()) and not name.startswith("#")}
    return {call for name in names for call in (_allowed(name) if name.startswith("@") else {name})}


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd-analyze is not on this machine")
def test_systemd_knows_the_hour(job: Job) -> None:
    """The timer's hour is one in Rome, twice a year too."""
    (timer,) = (text for path, text in schedule.systemd(job).files.items() if path.suffix == ".timer")
    expression = next(line for line in timer.decode().splitlines() if line.startswith("OnCalendar=")).partition("=")[2]
    command = ["systemd-analyze", "calendar", "--base-time=2027-03-27 12:00:00 UTC", "--iterations=2", expression]
    said = subprocess.run(
        command, capture_output=True, text=True, check=True, env={"TZ": "UTC", "PATH": "/usr/bin:/bin"}
    )
    assert "2027-03-28 04:30:00 UTC" in said.stdout
    assert "Persistent=true" in timer.decode()


def test_launchd_reads_the_agent(job: Job) -> None:
    """The property list is one, starts at load and ticks hourly with the guard."""
    ((path, text),) = schedule.launchd(job).files.items()
    agent = plistlib.loads(text)
    assert path.suffix == ".plist"
    assert agent["RunAtLoad"] is True
    assert agent["StartCalendarInterval"] == [{"Minute": 30}]
    assert agent["ProgramArguments"][-1] == "--if-due"


def test_windows_reads_the_task(job: Job) -> None:
    """The task is XML, catches up, never runs twice at once and never with higher rights."""
    ((_, text),) = schedule.windows(job).files.items()
    task = ET.fromstring(text.decode("utf-16"))  # noqa: S314 - our own
    space = {"t": "http://schemas.microsoft.com/windows/2004/02/mit/task"}
    for name, value in (
        ("StartWhenAvailable", "true"),
        ("MultipleInstancesPolicy", "IgnoreNew"),
        ("RunLevel", "LeastPrivilege"),
        ("Interval", "PT1H"),
    ):
        assert task.findtext(f".//t:{name}", namespaces=space) == value
    assert (task.findtext(".//t:Arguments", namespaces=space) or "").endswith("--if-due")


def test_cron_has_one_line(job: Job) -> None:
    """Installing twice leaves one line, removing none; others are kept, and a percent sign is no end of the command."""
    line = schedule.cron(job).crontab
    assert line.startswith("30 * * * * cd ")
    assert "100\\% show" in line
    others = ["0 5 * * * backup  # mine"]
    once = schedule.crontab_with(others, job, line)
    assert schedule.crontab_with(once, job, line) == once == [*others, line]
    assert schedule.crontab_with(once, job, None) == others


def test_samples_for_other_places(job: Job) -> None:
    """GitHub and Docker get a file each, with the edition's hour or a guard."""
    ((_, workflow),) = schedule.github(job).files.items()
    assert b'cron: "30 6 * * *"' in workflow
    assert b"timezone: Europe/Rome" in workflow
    ((_, compose),) = schedule.docker(job).files.items()
    assert b"daily --if-due" in compose
    assert b"status" in compose


def test_never_as_root(job: Job, monkeypatch: pytest.MonkeyPatch) -> None:
    """Root is refused, and so is a scheduler that lives elsewhere."""
    monkeypatch.setattr("os.geteuid", lambda: 0, raising=False)
    with pytest.raises(SettingsError, match="never scheduled as root"):
        installing.plan_of("systemd", job)
    with pytest.raises(SettingsError, match="cannot be put in place"):
        installing.plan_of("docker", job)


def test_install_and_remove(job: Job, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Files are written and the scheduler's own commands run, with real processes; removing takes the files away."""
    calls = tmp_path / "calls"
    tool = tmp_path / "bin" / "systemctl"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\necho "$@" >> "{calls}"\n')
    tool.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tool.parent}:/usr/bin:/bin")
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setattr("os.geteuid", lambda: 1000, raising=False)
    plan = installing.plan_of("systemd", job)
    installing.install(job, plan)
    installing.install(job, plan)
    assert all(path.exists() for path in plan.files)
    installing.run_now(plan)
    installing.status(plan)
    installing.remove(job, plan)
    assert not any(path.exists() for path in plan.files)
    said = calls.read_text()
    assert "--user enable --now notiziario-il-mattino.timer" in said
    assert "--user disable --now notiziario-il-mattino.timer" in said


@pytest.mark.parametrize("hour", ["02:00", "02:30", "02:59", "24:00", "6:30", "boh"])
def test_hours_that_are_refused(hour: str) -> None:
    """The hour that summer time skips and doubles is refused, and so is what is no hour."""
    with pytest.raises(SettingsError, match=r"edition\.at"):
        settings.parse(f"edition: {{at: '{hour}'}}")


def test_detection() -> None:
    """Each system has its scheduler, and one without says what to do."""
    assert schedule.detect("darwin") == "launchd"
    assert schedule.detect("win32") == "windows"
    assert schedule.detect("linux", lambda name: "/usr/bin/crontab" if name == "crontab" else None) == "cron"
    with pytest.raises(SettingsError, match="no scheduler"):
        schedule.detect("linux", lambda _: None)


def test_two_editions_have_two_jobs(tmp_path: Path) -> None:
    """A morning and an evening edition of one show do not overwrite each other's schedule."""
    config = Config(edition=EditionSettings(name="sera"))
    names = {
        schedule.job_of(one, tmp_path / "n.yaml").name
        for one in (config, replace(config, edition=EditionSettings(name="")))
    }
    assert len(names) == 2
