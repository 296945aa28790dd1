"""``daily``, ``schedule`` and ``status`` as a person or a scheduler runs them."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from daily_show import FRANA, ROOT, TARTUFO
from loopback_google import FakeGoogle

NOW = ("--now", "2026-11-25T06:30:00+01:00")
SETTINGS = """
engines: [{engine}]
cache: {{folder: cache}}
show: {{title: Il mio mattino}}
sources: [{{folder: articoli, section: Cronaca}}]
edition: {{target_minutes: 1}}
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line in the folder of a show."""
    (tmp_path / "articoli").mkdir()
    (tmp_path / "articoli" / "frana.txt").write_text(FRANA, encoding="utf-8")
    (tmp_path / "articoli" / "tartufo.txt").write_text(TARTUFO, encoding="utf-8")
    (tmp_path / "notiziario.yaml").write_text(SETTINGS.format(engine="espeak"), encoding="utf-8")

    def command(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "audio", *arguments],
            cwd=tmp_path,
            env={**(env or os.environ), "PYTHONPATH": str(ROOT), "PYTHONWARNINGS": "error"},
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    return command


def test_a_day(run: Run, tmp_path: Path) -> None:
    """The rundown is shown and nothing written; the edition is made, once; status knows it."""
    shown = run("daily", "--dry-run", "--json", *NOW)
    assert shown.returncode == 0, shown.stderr
    rundown = json.loads(shown.stdout)
    assert {"date", "seconds", "stories", "left_out"} <= set(rundown)
    assert {"title", "section", "seconds", "update", "items", "why"} == set(rundown["stories"][0])
    assert rundown["date"] == "2026-11-25"
    assert not (tmp_path / "public").exists()
    assert "Alba, tartufo" in run("daily", "--dry-run", *NOW).stdout
    early = run("daily", "--if-due", "--now", "2026-11-25T06:29:00+01:00")
    assert (early.returncode, early.stdout) == (0, "")
    made = run("daily", "--if-due", *NOW)
    assert made.returncode == 0, made.stderr
    assert (tmp_path / made.stdout.strip()).read_bytes()[:3] == b"ID3"
    again = run("daily", *NOW)
    assert again.returncode == 0
    assert "there already" in again.stderr
    status = json.loads(run("status", "--json", "--now", "2026-11-25T08:00:00+01:00").stdout)
    assert status["last_edition"] == ["2026-11-25", "25 novembre 2026"]
    assert status["next_due"] == "2026-11-26T06:30:00+01:00"
    missing = run("status", "--now", "2026-11-26T08:00:00+01:00")
    assert missing.returncode == 1
    assert "missing" in missing.stderr


def test_google_is_down(run: Run, tmp_path: Path) -> None:
    """When the only voice of the settings refuses, the embedded one speaks and the edition is there."""
    (tmp_path / "notiziario.yaml").write_text(SETTINGS.format(engine="gtts"), encoding="utf-8")
    with FakeGoogle(lambda _: 403, tls=True) as google:
        made = run("daily", *NOW, env=google.proxy_env())
    assert made.returncode == 0, made.stderr
    assert "spoken by espeak" in made.stderr
    assert "gtts could not speak" in (tmp_path / "public" / ".notiziario" / "daily.log").read_text(encoding="utf-8")


def test_schedule(run: Run) -> None:
    """Every scheduler's files are shown; unknown ones and unknown actions are told with what there is."""
    for name, part in (
        ("systemd", "OnCalendar=*-*-* 06:30:00 Europe/Rome"),
        ("cron", "--if-due"),
        ("docker", "status"),
    ):
        shown = run("schedule", "print", "--for", name)
        assert shown.returncode == 0, shown.stderr
        assert part in shown.stdout
    assert run("schedule", "print", "--for", "boh").returncode == 2
    assert run("schedule", "print", "--for", "cron", "--config", "niente.yaml").returncode == 2


def test_no_sources(run: Run, tmp_path: Path) -> None:
    """Without sources the daily edition says where they belong."""
    (tmp_path / "notiziario.yaml").write_text("engines: [espeak]\n", encoding="utf-8")
    failed = run("daily", "--dry-run")
    assert failed.returncode == 66
    assert "sources" in failed.stderr
