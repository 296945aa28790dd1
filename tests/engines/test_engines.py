"""The table of engines and the door for outsiders."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from audio import engines
from audio.engines.espeak import Espeak
from audio.errors import SettingsError, UnavailableError

ROOT = Path(__file__).parents[2]
_TONE = """
class Tone:
    name = "tono"
    def caps(self): ...
    def check(self): ...
    def voices(self): ...
    def fingerprint(self, voice): ...
    def speak(self, spans, voice, rate=1.0): ...
    def close(self): ...
"""


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, code: str, **entries: str) -> None:
    """Put a package with these entry points on the path, as an installer would."""
    (folder / "outside_voice.py").write_text(code)
    info = folder / "outside_voice-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: outside-voice\nVersion: 1.0\n")
    lines = [f"{name} = {value}\n" for name, value in entries.items()]
    (info / "entry_points.txt").write_text(f"[{engines.GROUP}]\n{''.join(lines)}")
    monkeypatch.syspath_prepend(str(folder))
    monkeypatch.delitem(sys.modules, "outside_voice", raising=False)


BUILT_IN = ("gtts", "espeak", "piper", "edge", "openai", "command")


def test_the_built_in_ones() -> None:
    """All six are there, each by its name, made fresh each time."""
    assert engines.names()[:6] == BUILT_IN
    assert tuple(engines.make(name).name for name in BUILT_IN) == BUILT_IN
    assert engines.make("espeak") is not engines.make("espeak")


def test_an_outsider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A class of another package is found by its entry point."""
    install(tmp_path, monkeypatch, _TONE, tono="outside_voice:Tone")
    assert engines.names() == (*BUILT_IN, "tono")
    assert type(engines.make("tono")).__name__ == "Tone"


def test_built_in_ones_win(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An outsider that takes a built-in engine's name is not heard, and the name is listed once."""
    install(tmp_path, monkeypatch, _TONE, espeak="outside_voice:Tone")
    assert engines.names() == BUILT_IN
    assert isinstance(engines.make("espeak"), Espeak)


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("import nowhere_to_be_found", "nowhere_to_be_found"),
        ("x = 1 +", "SyntaxError"),
        ("raise RuntimeError('no licence')", "no licence"),
        ("y = 1", "Tone"),
        ("class Tone:\n    def __init__(self, key): ...", "key"),
        ("class Tone:\n    name = 'tono'", "not an engine"),
    ],
)
def test_a_broken_outsider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, says: str) -> None:
    """An outsider that cannot be loaded is unavailable, in one line that names it and the reason."""
    install(tmp_path, monkeypatch, code, tono="outside_voice:Tone")
    with pytest.raises(UnavailableError, match=f"^tono: outside_voice:Tone .*{says}"):
        engines.make("tono")


def test_an_unknown_name() -> None:
    """A name nobody has is a mistake in the settings; the hint has the nearest and all names."""
    with pytest.raises(SettingsError) as caught:
        engines.make("espiak")
    assert caught.value.hint == f"Did you mean espeak? There are: {', '.join(BUILT_IN)}."


def test_import_is_light() -> None:
    """Listing the engines loads no engine, no numpy and no network library."""
    code = (
        "import sys; from audio import engines; engines.names()\n"
        "print(sorted({'numpy', 'gtts', 'requests', 'soundfile', 'espeakng_loader'} & set(sys.modules)))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
