"""What starts the edition every day: the texts that each scheduler wants, and the commands that put them in place.

A new scheduler is one function that returns a Plan. systemd keeps the edition's own time zone and catches up after a
night without power; the others tick every hour and let ``daily --if-due`` decide.
"""

from __future__ import annotations

import os
import plistlib
import re
import shlex
import shutil
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import audio
from audio.config import Config
from audio.errors import SettingsError
from audio.files import slug

# Schedulers start with next to no PATH; these hold what a settings file may name (rsync, rclone).
_PATH = "/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin"


@dataclass(frozen=True, slots=True)
class Job:
    """What is to be started: ``command`` in absolute paths, in ``folder``, at ``at`` ("06:30") of ``timezone``."""

    name: str
    command: tuple[str, ...]
    folder: Path
    at: str
    timezone: str
    deadline_minutes: int


@dataclass(frozen=True, slots=True)
class Plan:
    """How a scheduler is set up: files to write, then commands to run; and the same for the rest of its life.

    ``crontab`` is the one line for cron, which has no files of its own. Advice is for the user.
    """

    files: dict[Path, bytes]
    install: tuple[tuple[str, ...], ...] = ()
    remove: tuple[tuple[str, ...], ...] = ()
    status: tuple[str, ...] = ()
    run_now: tuple[str, ...] = ()
    advice: str = ""
    crontab: str = ""


def job_of(config: Config, settings: Path) -> Job:
    """Return the job of a settings file."""
    program = Path(audio.__file__).parent.parent / "tts.py"
    start = (str(program),) if program.exists() else ("-m", "audio")
    edition = config.edition
    name = "-".join(filter(None, ("notiziario", slug(config.show.title).removeprefix("notiziario"), edition.name)))
    command = (sys.executable, *start, "daily", "--config", str(settings.resolve()))
    deadline = int(edition.deadline_minutes)
    return Job(re.sub("-+", "-", name), command, settings.resolve().parent, edition.at, edition.timezone, deadline)


def systemd(job: Job) -> Plan:
    """Return a user timer and its service.

    A service of a user can be kept from system calls, but not from folders: that takes namespaces of its own, which
    many systems forbid, and it would then not start. Nor is there an umask: what is published, a web server reads.
    """
    service = f"""[Unit]
Description=Notiziario: {job.name}
StartLimitIntervalSec=3h
StartLimitBurst=4

[Service]
Type=oneshot
WorkingDirectory={_systemd_path(job.folder)}
ExecStart={" ".join(map(_systemd_word, job.command))}
SuccessExitStatus=3
TimeoutStartSec={job.deadline_minutes + 5}min
Restart=on-failure
RestartSec=10min
Nice=10
NoNewPrivileges=yes
LockPersonality=yes
RestrictRealtime=yes
RestrictSUIDSGID=yes
RestrictNamespaces=yes
SystemCallArchitectures=native
SystemCallFilter=@system-service
SystemCallErrorNumber=EPERM
RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK
"""
    timer = f"""[Unit]
Description=Notiziario every day: {job.name}

[Timer]
OnCalendar=*-*-* {job.at}:00 {job.timezone}
Persistent=true
RandomizedDelaySec=2min
FixedRandomDelay=true

[Install]
WantedBy=timers.target
"""
    home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"
    control = ("systemctl", "--user")
    return Plan(
        files={home / f"{job.name}.service": service.encode(), home / f"{job.name}.timer": timer.encode()},
        install=((*control, "daemon-reload"), (*control, "enable", "--now", f"{job.name}.timer")),
        remove=((*control, "disable", "--now", f"{job.name}.timer"),),
        status=(*control, "list-timers", "--all", f"{job.name}.timer"),
        run_now=(*control, "start", f"{job.name}.service"),
        advice="loginctl enable-linger    lets it run while you are not logged in",
    )


def _systemd_word(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    return f'"{escaped}"'


def _systemd_path(path: Path) -> str:
    return str(path).replace("%", "%%")


def launchd(job: Job) -> Plan:
    """Return a LaunchAgent. It knows only the local zone and forgets what it missed while off: so it ticks hourly."""
    label = f"it.{job.name}"
    agent = {
        "Label": label,
        "ProgramArguments": [*job.command, "--if-due"],
        "WorkingDirectory": str(job.folder),
        "EnvironmentVariables": {"PATH": _PATH},
        "StartCalendarInterval": [{"Minute": int(job.at[3:])}],
        "RunAtLoad": True,
        "ProcessType": "Background",
        "StandardErrorPath": str(job.folder / f"{job.name}.err"),
    }
    path = Path.home() / "Library" / "LaunchAgents" / f"{label}.plist"
    domain = f"gui/{getattr(os, 'getuid', lambda: 0)()}"
    return Plan(
        files={path: plistlib.dumps(agent)},
        install=(("launchctl", "bootstrap", domain, str(path)),),
        remove=(("launchctl", "bootout", f"{domain}/{label}"),),
        status=("launchctl", "print", f"{domain}/{label}"),
        run_now=("launchctl", "kickstart", f"{domain}/{label}"),
    )


def windows(job: Job) -> Plan:
    """Return a task of the Task Scheduler, as XML; conhost hides its window."""
    space = "http://schemas.microsoft.com/windows/2004/02/mit/task"
    task = ET.Element("Task", {"version": "1.4", "xmlns": space})

    def add(parent: ET.Element, **texts: str) -> None:
        for name, text in texts.items():
            ET.SubElement(parent, name).text = text

    trigger = ET.SubElement(ET.SubElement(task, "Triggers"), "CalendarTrigger")
    add(ET.SubElement(trigger, "Repetition"), Interval="PT1H", Duration="P1D")
    add(trigger, StartBoundary=f"2025-01-01T00:{job.at[3:]}:00")
    add(ET.SubElement(trigger, "ScheduleByDay"), DaysInterval="1")
    principal = ET.SubElement(ET.SubElement(task, "Principals"), "Principal", {"id": "Author"})
    add(principal, LogonType="InteractiveToken", RunLevel="LeastPrivilege")
    add(
        ET.SubElement(task, "Settings"),
        MultipleInstancesPolicy="IgnoreNew",
        DisallowStartIfOnBatteries="false",
        StopIfGoingOnBatteries="false",
        StartWhenAvailable="true",
        RunOnlyIfNetworkAvailable="true",
        ExecutionTimeLimit="PT1H",
    )
    action = ET.SubElement(ET.SubElement(task, "Actions", {"Context": "Author"}), "Exec")
    words = ("--headless", *job.command, "--if-due")
    add(action, Command="conhost.exe", Arguments=" ".join(f'"{w}"' if " " in w else w for w in words))
    add(action, WorkingDirectory=str(job.folder))
    path = job.folder / f"{job.name}.task.xml"
    name = ("/TN", job.name)
    return Plan(
        files={path: ET.tostring(task, encoding="utf-16", xml_declaration=True)},
        install=(("schtasks", "/Create", *name, "/XML", str(path), "/F"),),
        remove=(("schtasks", "/Delete", *name, "/F"),),
        status=("schtasks", "/Query", *name, "/V", "/FO", "LIST"),
        run_now=("schtasks", "/Run", *name),
    )


def cron(job: Job) -> Plan:
    """Return a line for crontab, which ticks hourly and so catches up after a night without power."""
    command = f"cd {shlex.quote(str(job.folder))} && {shlex.join((*job.command, '--if-due'))}"
    line = f"{int(job.at[3:])} * * * * {command} # {job.name}".replace("%", "\\%")
    return Plan(files={}, status=("crontab", "-l"), run_now=job.command, crontab=line)


def github(job: Job) -> Plan:
    """Return a workflow that makes the edition and puts the show on GitHub Pages."""
    hour, minute = job.at.split(":")
    text = f"""name: {job.name}
on:
  schedule:
    - cron: "{int(minute)} {int(hour)} * * *"  # may start late; public repositories lose it after 60 idle days
      timezone: {job.timezone}
  workflow_dispatch:
concurrency: {job.name}
permissions: {{contents: write}}
jobs:
  edition:
    runs-on: ubuntu-latest
    timeout-minutes: {job.deadline_minutes + 10}
    steps:
      - uses: actions/checkout@v4
      - uses: actions/setup-python@v5
        with: {{python-version: "3.13"}}
      - run: pip install notiziario
      - run: notiziario daily || [ $? -eq 3 ]
      - run: |
          git config user.name {job.name}
          git config user.email {job.name}@users.noreply.github.com
          git add public && git commit -qm "Edizione" && git push || true
"""
    return Plan(files={Path(".github/workflows") / f"{job.name}.yml": text.encode()})


def docker(job: Job) -> Plan:
    """Return a compose file: a container that looks every ten minutes whether the edition is due."""
    text = f"""services:
  {job.name}:
    image: python:3.13-slim
    restart: unless-stopped
    user: "1000:1000"
    read_only: true
    tmpfs: [/tmp]
    environment: {{HOME: /show/.home, TZ: {job.timezone}}}
    working_dir: /show
    volumes: ["./:/show"]
    command:
      - sh
      - -c
      - |
        python -m venv .venv && .venv/bin/pip install -q notiziario
        while :; do .venv/bin/notiziario daily --if-due; sleep 600; done
    healthcheck:
      test: [CMD, .venv/bin/notiziario, status]
      interval: 30m
"""
    return Plan(files={Path("compose.yaml"): text.encode()})


SCHEDULERS: dict[str, Callable[[Job], Plan]] = {
    "systemd": systemd,
    "launchd": launchd,
    "windows": windows,
    "cron": cron,
    "github": github,
    "docker": docker,
}
# What can be put in place on this machine; the others are printed.
INSTALLABLE = ("systemd", "launchd", "windows", "cron")


def detect(platform: str = sys.platform, which: Callable[[str], str | None] = shutil.which) -> str:
    """Return the scheduler of this machine. Raises SettingsError where there is none that we know."""
    if platform == "darwin":
        return "launchd"
    if platform == "win32":
        return "windows"
    if which("systemctl") and os.environ.get("XDG_RUNTIME_DIR"):
        return "systemd"
    if which("crontab"):
        return "cron"
    raise SettingsError(
        "no scheduler was found on this machine", hint="`schedule print --for docker` shows a container."
    )


def crontab_with(lines: Sequence[str], job: Job, line: str | None) -> list[str]:
    """Return a crontab with the job's line replaced, added, or (None) taken out."""
    others = [old for old in lines if not old.rstrip().endswith(f"# {job.name}")]
    return [*others, line] if line else others
