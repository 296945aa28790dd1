"""From an article to a show that phones can subscribe to, as a person types it."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from made_show import STORIES

from audio.podcast import publish

ROOT = Path(__file__).parent.parent.parent
SETTINGS = """
engines: [espeak]
show: {title: Il Notiziario, base_url: "https://esempio.it/podcast/", email: redazione@esempio.it}
"""
NOW = ("--now", "2025-11-06T06:30:00+01:00")

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the program in a folder with two stories and the settings of a show."""
    for name, text in STORIES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    (tmp_path / "notiziario.yaml").write_text(SETTINGS, encoding="utf-8")
    own = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "audio", *arguments],
            cwd=tmp_path,
            env={**os.environ, **own},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return command


def _files(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {
        p.relative_to(folder).as_posix(): (p.stat().st_mtime_ns, p.read_bytes())
        for p in folder.rglob("*")
        if p.is_file()
    }


def test_from_an_article_to_a_show(run: Run, tmp_path: Path) -> None:
    """`make --publish` makes the bulletin and its show at once, and `publish --check` has nothing to say about it."""
    made = run("make", *STORIES, "--publish", *NOW)
    assert made.returncode == 0, made.stderr
    assert made.stdout.count("\n") == 1
    (episode,) = publish.episodes(tmp_path / "public")
    assert [mark.title for mark in episode.marks] == ["Ponte chiuso a Siena", "Mare calmo a Rimini"]
    checked = run("publish", "--check", *NOW)
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "", "0 to mend, 0 to improve\n")


def test_the_same_again_changes_nothing(run: Run, tmp_path: Path) -> None:
    """The same bulletin published again, later on the day, and the show rebuilt, leave every file as it was."""
    run("make", "siena.txt", "--publish", *NOW)
    before = _files(tmp_path / "public")
    assert run("make", "siena.txt", "--publish", "--now", "2025-11-06T18:00:00+01:00").returncode == 0
    built = run("publish")
    assert (built.returncode, built.stdout) == (0, f"{Path('public/feed.xml')}\n")
    assert _files(tmp_path / "public") == before


def test_another_bulletin_is_another_episode(run: Run, tmp_path: Path) -> None:
    """Each bulletin of a day is an episode of its own."""
    for story in STORIES:
        run("make", story, "--publish", *NOW)
    assert {e.title for e in publish.episodes(tmp_path / "public")} == {"Ponte chiuso a Siena", "Mare calmo a Rimini"}


def test_a_bulletin_that_fails_leaves_the_show(run: Run, tmp_path: Path) -> None:
    """When no voice can speak, yesterday's show stays byte for byte."""
    run("make", "siena.txt", "--publish", *NOW)
    before = _files(tmp_path / "public")
    failed = run("make", "mare.txt", "--publish", "--engine", "espeak", "--voice", "it+boh", *NOW)
    assert failed.returncode == 69
    assert _files(tmp_path / "public") == before


def test_findings_are_told(run: Run, tmp_path: Path) -> None:
    """What a feed lacks is listed with its remedy, for programs too, and makes the exit code 1."""
    run("make", "siena.txt", "--publish", *NOW)
    feed = (tmp_path / "public" / "feed.xml").read_text(encoding="utf-8")
    (tmp_path / "altro.xml").write_text(re.sub(r"<enclosure[^>]*>", "", feed), encoding="utf-8")
    told = run("publish", "--check", "altro.xml", *NOW)
    assert told.returncode == 1
    assert told.stdout.startswith("must ")
    assert "1 to mend" in told.stderr
    (finding,) = json.loads(run("publish", "--check", "altro.xml", "--json", *NOW).stdout)
    assert finding["level"] == "must"
    assert "enclosure" in finding["says"]


BAD = {
    "no such feed": (["publish", "--check", "manca.xml"], 66),
    "a feed without --check": (["publish", "altro.xml"], 2),
    "nothing to serve": (["serve"], 1),
    "no such host": (["publish", "--check", "http://nessuno.invalid/feed.xml"], 66),
}


@pytest.mark.parametrize(("arguments", "code"), BAD.values(), ids=list(BAD))
def test_bad_use(run: Run, arguments: list[str], code: int) -> None:
    """What cannot be done ends with its exit code and one line, without a traceback."""
    failed = run(*arguments)
    assert failed.returncode == code, failed.stderr
    assert "error:" in failed.stderr
    assert "Traceback" not in failed.stderr


@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("show: {base_url: esempio.it}", "show.base_url: expected an absolute address"),
        ("show: {base_url: 'https://esempio.it/?a'}", "show.base_url: is the address of a folder"),
        ("show: {base_url: 'https://perché.it/'}", "show.base_url: expected an absolute address"),
        ("show: {category: [Notizie]}", "show.category: is not in Apple's list: Notizie"),
        ("show: {email: redazione}", "show.email: expected an address"),
        ("show: {title: ''}", "show.title: must not be empty"),
        ("show: {frequency: ogni tanto}", "show.frequency: expected one of"),
        ("publish: {s3: giornale}", "publish.s3: expected the address of a bucket"),
        ("publish: {command: rsync -a}", "publish.command: expected a list"),
    ],
)
def test_settings_of_a_show(run: Run, tmp_path: Path, settings: str, says: str) -> None:
    """A mistake in the show's settings is told with its key before anything is made."""
    (tmp_path / "notiziario.yaml").write_text(settings + "\n", encoding="utf-8")
    failed = run("publish")
    assert failed.returncode == 2
    assert says in failed.stderr
    assert not (tmp_path / "public").exists()
