"""Keys and secret addresses stay where they are: in no file, no message, no report."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
NOW = ("--now", "2026-11-25T06:30:00+01:00")
CANARY = "canarino-7f3a9c"
ENVIRONMENT = {
    "OPENAI_API_KEY": f"sk-{CANARY}-openai",
    "AWS_ACCESS_KEY_ID": f"{CANARY}-id",
    "AWS_SECRET_ACCESS_KEY": f"{CANARY}-aws",
    "AWS_ENDPOINT_URL": "http://127.0.0.1:9",
    "AWS_REGION": "us-east-1",
    "AWS_ALLOW_HTTP": "true",
}
SETTINGS = f"""
engines: [openai, espeak]
openai: {{base_url: "http://127.0.0.1:9/v1", key_env: OPENAI_API_KEY}}
voices: {{openai: alloy}}
cache: {{folder: cache}}
show: {{title: Il mattino, base_url: "https://esempio.it/p/"}}
sources:
  - {{folder: articoli, section: Cronaca}}
  - {{feed: "http://redazione:{CANARY}-password@127.0.0.1:9/rss"}}
edition: {{target_minutes: 1}}
notify:
  healthchecks: "http://127.0.0.1:9/{CANARY}-check"
  ntfy: "http://127.0.0.1:9/{CANARY}-topic"
  apprise: ["json://127.0.0.1:9/{CANARY}-apprise"]
"""
COMMANDS: dict[str, tuple[str, ...]] = {
    "make": ("make", "articoli/ponte.txt", *NOW),
    "make-debug": ("--debug", "make", f"http://redazione:{CANARY}-password@127.0.0.1:9/a", "--allow-private", *NOW),
    "read": ("--debug", "read", "--explain", f"http://redazione:{CANARY}-password@127.0.0.1:9/a", "--allow-private"),
    "daily": ("daily", "--allow-private", *NOW),
    "daily-missing": ("--debug", "daily", "--config", "nothing.yaml", "--allow-private", *NOW),
    "rundown": ("daily", "--dry-run", "--json", "--allow-private", *NOW),
    "batch": (
        "batch",
        "articoli",
        f"http://redazione:{CANARY}-password@127.0.0.1:9/a",
        "-o",
        "voci",
        "--allow-private",
    ),
    "batch-bucket": ("--debug", "batch", "articoli", "-o", "s3://giornale/voci"),
    "doctor": ("doctor",),
    "status": ("status", "--json"),
    "publish": ("--debug", "publish", *NOW),
    "publish-bucket": ("--debug", "publish", "--config", "bucket.yaml", *NOW),
    "schedule": ("schedule", "print", "--for", "github"),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A show whose settings and environment are full of secrets."""
    (tmp_path / "articoli").mkdir()
    text = (
        "Ponte chiuso a Siena\n\nIl ponte è chiuso da ieri per i lavori. Riapre domenica alle 18:30, dice il Comune.\n"
    )
    (tmp_path / "articoli" / "ponte.txt").write_text(text, encoding="utf-8")
    (tmp_path / "notiziario.yaml").write_text(SETTINGS, encoding="utf-8")
    nothing = SETTINGS.replace("articoli, section", "niente, section")
    (tmp_path / "nothing.yaml").write_text(nothing, encoding="utf-8")
    bucket = SETTINGS + "publish: {s3: 's3://giornale/podcast'}\n"
    (tmp_path / "bucket.yaml").write_text(bucket, encoding="utf-8")
    return tmp_path


def _run(folder: Path, name: str) -> str:
    home = folder / "home"
    inherited = {key: value for key, value in os.environ.items() if not re.match("AWS_|XDG_", key)}
    environment = {**inherited, **ENVIRONMENT, "PYTHONPATH": str(ROOT), "HOME": str(home)}
    ran = subprocess.run(
        [sys.executable, "-m", "audio", *COMMANDS[name]],
        cwd=folder,
        env=environment,
        capture_output=True,
        check=False,
        timeout=240,
    )
    return (ran.stdout + ran.stderr).decode(errors="replace")


def _leaks(folder: Path, said: str) -> list[str]:
    """Return where a secret stands that was not put there by us."""
    ours = {"notiziario.yaml", "nothing.yaml", "bucket.yaml"}
    files = (path for path in folder.rglob("*") if path.is_file() and path.name not in ours)
    leaks = [str(path.relative_to(folder)) for path in files if CANARY.encode() in path.read_bytes()]
    return leaks + [line for line in said.splitlines() if CANARY in line]


@pytest.mark.parametrize("name", [name for name in COMMANDS if name not in {"publish", "publish-bucket", "status"}])
def test_no_secret_is_told_or_kept(folder: Path, name: str) -> None:
    """Whatever a command says and writes, done or failed, holds no key, no password and no secret address."""
    said = _run(folder, name)
    assert said
    assert _leaks(folder, said) == []


def test_no_secret_is_published(folder: Path) -> None:
    """An edition, its publication, a failed upload and the status of it all hold none either."""
    said = "".join(_run(folder, name) for name in ("daily", "publish", "publish-bucket", "status"))
    assert (folder / "public" / "feed.xml").exists()
    assert _leaks(folder, said) == []
