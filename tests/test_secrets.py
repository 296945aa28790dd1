"""Keys and secret addresses: used where they belong, and found nowhere else."""

import os
import subprocess
import sys
from pathlib import Path

from loopback_http import Answer, Loopback, Request

ROOT = Path(__file__).parent.parent
KEY, CHECK = "sk-canarino-7f3a9b", "canarino-c0ffee"
ARTICLE = "Ponte chiuso a Siena\n\nIl ponte è chiuso da oggi. Lo dice il sindaco.\n"
SETTINGS = """
engines: [openai, espeak]
voices: {{openai: alloy}}
openai: {{base_url: "{url}/v1", key_env: NOTIZIARIO_KEY}}
sources: [{{folder: news}}]
edition: {{target_minutes: 1}}
notify: {{healthchecks: "{url}/{check}"}}
cache: {{folder: cache}}
"""
COMMANDS = (
    ("make", "news/a.txt"),
    ("--debug", "daily"),
    ("batch", "news", "-o", "out"),
    ("doctor",),
    ("status",),
)


def test_no_secret_is_written_or_told(tmp_path: Path) -> None:
    """A service that refuses a key, a check that fails: neither key nor address stands in what is printed or kept."""
    seen: list[Request] = []

    def answer(request: Request) -> Answer:
        seen.append(request)
        # A service may well say back what it was sent.
        return Answer(401, f"wrong key {request.headers.get('authorization')}".encode())

    (tmp_path / "news").mkdir()
    (tmp_path / "news" / "a.txt").write_text(ARTICLE)
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "NOTIZIARIO_KEY": KEY, "HOME": str(tmp_path / "home")}
    told = ""
    with Loopback(answer) as server:
        settings = tmp_path / "notiziario.yaml"
        settings.write_text(SETTINGS.format(url=server.url, check=CHECK))
        for command in (
            ["make", "news/a.txt"],
            ["--debug", "daily"],
            ["batch", "news", "-o", "out"],
            ["doctor"],
            ["status"],
        ):
            run = subprocess.run(
                [sys.executable, "-m", "audio", *command],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            told += run.stdout + run.stderr
        settings.unlink()
    assert any(KEY in request.headers.get("authorization", "") for request in seen)
    assert any(CHECK in request.path for request in seen)
    for secret in (KEY, CHECK):
        assert secret not in told
        assert not [path for path in tmp_path.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()]
