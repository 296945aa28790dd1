"""Keys, passwords and secret addresses: used where they belong, and found nowhere else."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from loopback_http import Answer, Loopback, Request

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parent.parent
NOW = ("--now", "2026-11-25T06:30:00+01:00")
CANARY = "canarino-7f3a9c"
KEYS = {"OPENAI_API_KEY": f"sk-{CANARY}-openai", "AWS_ACCESS_KEY_ID": "AKIA0123456789"}
KEYS |= {"AWS_SECRET_ACCESS_KEY": f"{CANARY}-aws", "AWS_REGION": "us-east-1", "AWS_ALLOW_HTTP": "true"}
SETTINGS = """
engines: [openai, espeak]
openai: {{base_url: "http://{host}/v1", key_env: OPENAI_API_KEY}}
voices: {{openai: alloy}}
cache: {{folder: cache}}
show: {{title: Il mattino, base_url: "https://esempio.it/p/"}}
sources:
  - {{folder: articoli, section: Cronaca}}
  - {{feed: "http://redazione:{canary}-password@{host}/rss"}}
edition: {{target_minutes: 1}}
notify:
  healthchecks: "http://{host}/{canary}-check"
  ntfy: "http://{host}/{canary}-topic"
  apprise: ["json://{host}/{canary}-apprise"]
"""
ARTICLE = (
    "Ponte chiuso a Siena\n\nIl ponte è chiuso da ieri per i lavori. Riapre domenica alle 18:30, dice il Comune.\n"
)
PAGE = f"http://redazione:{CANARY}-password@{{host}}/a"
COMMANDS: dict[str, tuple[str, ...]] = {
    "make": ("make", "articoli/ponte.txt", *NOW),
    "make a page": ("--debug", "make", PAGE, "--allow-private", *NOW),
    "read": ("--debug", "read", "--explain", PAGE, "--allow-private"),
    "daily": ("--debug", "daily", "--allow-private", *NOW),
    "daily, nothing found": ("--debug", "daily", "--config", "nothing.yaml", "--allow-private", *NOW),
    "rundown": ("daily", "--dry-run", "--json", "--allow-private", *NOW),
    "batch": ("batch", "articoli", PAGE, "-o", "voci", "--allow-private"),
    "batch into a bucket": ("--debug", "batch", "articoli", "-o", "s3://giornale/voci"),
    "doctor": ("doctor",),
    "schedule": ("schedule", "print", "--for", "github"),
}


class Show:
    """A show whose settings and environment are full of secrets, and a server that says back whatever it is sent."""

    def __init__(self, folder: Path, server: Loopback) -> None:
        self.folder, self.host = folder, server.url.removeprefix("http://")
        (folder / "articoli").mkdir()
        (folder / "articoli" / "ponte.txt").write_text(ARTICLE, encoding="utf-8")
        settings = SETTINGS.format(host=self.host, canary=CANARY)
        self._ours = {
            "notiziario.yaml": settings,
            "nothing.yaml": settings.replace("articoli, section", "niente, section"),
            "bucket.yaml": settings + "publish: {s3: 's3://giornale/podcast'}\n",
        }
        for name, text in self._ours.items():
            (folder / name).write_text(text, encoding="utf-8")

    def run(self, *command: str) -> str:
        """Run a command; return all it prints."""
        inherited = {key: value for key, value in os.environ.items() if not re.match("AWS_|XDG_", key)}
        own = {"PYTHONPATH": str(ROOT), "HOME": str(self.folder / "home"), "AWS_ENDPOINT_URL": f"http://{self.host}"}
        ran = subprocess.run(
            [sys.executable, "-m", "audio", *(word.format(host=self.host) for word in command)],
            cwd=self.folder,
            env={**inherited, **KEYS, **own},
            capture_output=True,
            check=False,
            timeout=240,
        )
        return (ran.stdout + ran.stderr).decode(errors="replace")

    def leaks(self, said: str) -> list[str]:
        """Return where a secret stands that was not put there by us."""
        files = (path for path in self.folder.rglob("*") if path.is_file() and path.name not in self._ours)
        leaks = [str(path.relative_to(self.folder)) for path in files if CANARY.encode() in path.read_bytes()]
        return leaks + [line for line in said.splitlines() if CANARY in line]


@pytest.fixture
def asked() -> list[Request]:
    """What the server was asked."""
    return []


@pytest.fixture
def show(tmp_path: Path, asked: list[Request]) -> Iterator[Show]:
    """A show and its server."""

    def answer(request: Request) -> Answer:
        asked.append(request)
        said = f"{request.path} {request.headers.get('authorization')}"
        return Answer(403, f"not for you: {said}".encode(), {"X-Said": said})

    with Loopback(answer) as server:
        yield Show(tmp_path, server)


@pytest.mark.parametrize("name", COMMANDS)
def test_no_secret_is_told_or_kept(show: Show, name: str) -> None:
    """Whatever a command says and writes, done or failed, holds no key, no password and no secret address."""
    said = show.run(*COMMANDS[name])
    assert said
    assert show.leaks(said) == []


def test_no_secret_is_published(show: Show, asked: list[Request]) -> None:
    """An edition, its publication, a failed upload and the status of it all hold none, though each secret was used."""
    commands = (
        COMMANDS["daily"],
        ("--debug", "publish", *NOW),
        ("--debug", "publish", "--config", "bucket.yaml", *NOW),
        ("status", "--json"),
    )
    said = "".join(show.run(*command) for command in commands)
    assert (show.folder / "public" / "feed.xml").exists()
    assert show.leaks(said) == []
    told = "\n".join(f"{one.path} {one.headers.get('authorization')}" for one in asked)
    assert all(f"{CANARY}-{what}" in told for what in ("openai", "check", "topic", "apprise"))
