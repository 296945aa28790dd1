"""`notiziario read` shows a person what was understood, and what was not and why."""

import json
import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"}
PAGE = """<html><head><title>Riapre il \x1b[31mponte</title></head><body><article><h1>Riapre il ponte sul Serio</h1>
<p>SERIATE (Bergamo) - Il ponte sul Serio riapre domani dopo due anni di lavori, dice il sindaco \x1b]0;x\x07.</p>
<p>Leggi anche: La mappa dei cantieri</p></article></body></html>"""


def _read(tmp_path: Path, *options: str) -> str:
    (tmp_path / "ponte.html").write_text(PAGE, encoding="utf-8")
    command = [sys.executable, "-m", "audio", "read", "ponte.html", *options]
    run = subprocess.run(command, capture_output=True, cwd=tmp_path, env=ENVIRONMENT, check=True)
    return run.stdout.decode().replace("\r\n", "\n")


def test_outline_is_plain_in_a_pipe(tmp_path: Path) -> None:
    """In a pipe the outline has no colour, and no escape of a hostile page ever reaches a terminal."""
    out = _read(tmp_path)
    assert "headline: Riapre il ponte sul Serio\n" in out
    assert "dateline: Seriate (Bergamo)\n" in out
    assert "[lead] Il ponte sul Serio riapre" in out
    assert "\x1b" not in out
    assert "Leggi anche" not in out


def test_explain_tells_what_was_dropped_and_why(tmp_path: Path) -> None:
    """With --explain each dropped piece stands with its reason; programs get the same as JSON."""
    assert "- Leggi anche: La mappa dei cantieri  (a link to another page)" in _read(tmp_path, "--explain")
    article = json.loads(_read(tmp_path, "--explain", "--json"))
    assert {"text": "Leggi anche: La mappa dei cantieri", "reason": "a link to another page"} in article["dropped"]
    assert "dropped" not in json.loads(_read(tmp_path, "--json"))
