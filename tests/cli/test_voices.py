"""``voices`` and ``doctor`` as a person runs them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from engines.test_piper_voices import NAME, mirror
from loopback_google import FakeGoogle

ROOT = Path(__file__).parents[2]
SETTINGS = "engines: [espeak]\npiper: {{folder: voci, mirror: '{mirror}'}}\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line in a folder of its own, with settings that send nothing anywhere."""
    (tmp_path / "notiziario.yaml").write_text(SETTINGS.format(mirror="https://voci.example"))

    def command(*arguments: str, env: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
        own = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "NO_PROXY": "127.0.0.1", "PYTHONWARNINGS": "error"}
        return subprocess.run(
            [sys.executable, "-m", "audio", *arguments],
            cwd=tmp_path,
            env={**(env or os.environ), **own, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return command


def test_the_list(run: Run) -> None:
    """Each voice is a line with engine, place, quality and licence, and what it wants; for programs it is JSON."""
    lines = run("voices").stdout.splitlines()
    paola = next(line for line in lines if "it_IT-paola-medium" in line)
    assert paola.startswith("piper    offline  it_IT-paola-medium")
    assert "notiziario voices install it_IT-paola-medium" in paola
    assert next(line for line in lines if "it+Annie" in line).split()[:2] == ["espeak", "offline"]
    rows = json.loads(run("voices", "list", "--json", "--engine", "espeak").stdout)
    assert {"it", "it+Annie"} <= {row["id"] for row in rows}
    assert {"engine", "voice", "licence", "offline", "missing", "remedy"} <= set(rows[0])


def test_a_voice_is_installed_and_reads_a_bulletin(run: Run, tmp_path: Path) -> None:
    """A voice from the mirror is installed with its licence told, and then reads the whole bulletin."""
    with mirror() as server:
        (tmp_path / "notiziario.yaml").write_text(SETTINGS.format(mirror=server.url))
        done = run("voices", "install", NAME)
    assert done.returncode == 0, done.stderr
    assert done.stdout == f"{Path('voci') / NAME}.onnx\n"
    assert done.stderr == f"licence of {NAME}: CC0, made by scripts/make_test_voice.py\n"
    (tmp_path / "breve.txt").write_text("Ponte chiuso\n\nIl ponte è chiuso da ieri. Riapre domenica alle 18:30.\n")
    made = run("make", "--engine", "piper", "breve.txt")
    assert made.returncode == 0, made.stderr
    assert made.stderr == f"spoken by piper (voice {NAME})\n"


def test_a_sample(run: Run, tmp_path: Path) -> None:
    """`say` writes a WAV named after the voice and prints its path; a text of one's own may follow."""
    said = run("voices", "say", "it+Annie")
    assert said.stdout == "it-annie.wav\n"
    assert (tmp_path / "it-annie.wav").stat().st_size > 100_000
    assert run("voices", "say", "it", "Ciao", "a", "tutti.", "-o", "c.wav").stdout == "c.wav\n"


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("voices", "sing"), 2),
        (("voices", "install"), 2),
        (("voices", "install", "a", "b"), 2),
        (("voices", "say"), 2),
        (("voices", "say", "nobody"), 2),
        (("voices", "say", "nobody", "--engine", "espeak"), 69),
        (("voices", "--engine", "espiak"), 2),
        (("voices", "install", "../x"), 2),
    ],
)
def test_bad_use(run: Run, arguments: tuple[str, ...], code: int) -> None:
    """What cannot be done is told in a line with its exit code."""
    failed = run(*arguments)
    assert (failed.returncode, failed.stdout) == (code, "")
    assert failed.stderr.startswith("error: ")


def test_doctor(run: Run) -> None:
    """`doctor` lets the engines of the settings say a word, for people and for programs."""
    seen = run("doctor")
    assert seen.returncode == 0
    assert "ok  engine espeak: spoke a word, works offline, in your settings" in seen.stdout
    findings = {finding["what"]: finding for finding in json.loads(run("doctor", "--json").stdout)}
    assert findings["engine espeak"]["ok"]
    assert findings["engine piper"]["remedy"] == "notiziario voices install it_IT-paola-medium"


def test_doctor_asks_google(run: Run, tmp_path: Path) -> None:
    """An online engine of the settings says its word over its own https address."""
    (tmp_path / "notiziario.yaml").write_text("engines: [gtts]\n")
    with FakeGoogle(tls=True) as google:
        seen = run("doctor", env=google.proxy_env())
    assert "ok  engine gtts: spoke a word, sends the text to its service, in your settings" in seen.stdout
    assert [call.text for call in google.calls] == ["Buongiorno."]


def test_only_the_engine_that_was_asked_for(run: Run, tmp_path: Path) -> None:
    """`make --engine X` means X or an error, also just after X gave up; the list in the settings means the list."""
    (tmp_path / "notiziario.yaml").write_text("engines: [gtts, espeak]\n")
    (tmp_path / "breve.txt").write_text("Ponte chiuso\n\nIl ponte è chiuso da ieri. Riapre domenica alle 18:30.\n")
    with FakeGoogle(lambda _: 403, tls=True) as google:
        alone = run("make", "--engine", "gtts", "breve.txt", env=google.proxy_env())
        assert alone.returncode == 69
        assert not (tmp_path / "output").exists()
        again = run("make", "--engine", "gtts", "breve.txt", env=google.proxy_env())
        asked = len(google.calls)
        listed = run("make", "breve.txt", env=google.proxy_env())
    assert again.returncode == 69
    assert asked == 2
    assert len(google.calls) == asked
    assert listed.returncode == 0
    assert "spoken by espeak (voice it) because gtts could not" in listed.stderr
