"""Other containers: made whole by ffmpeg where it is, refused in a line where it is not."""

import io
import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from audio import pcm, sound
from audio.config import SoundSettings
from audio.errors import NotiziarioError, SettingsError
from audio.model import Chapter, Role, Script, Segment, Speech, Tags, Timeline
from audio.sound import formats, loudness
from audio.sound.frames import Format

needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
TAGS = Tags("Un titolo; con=segni", "Redazione", "Mattino", "2025-11-06")


def _speech() -> Speech:
    murmur = np.convolve(np.random.default_rng(2).normal(0, 6000, 2 * 22_050), np.ones(16) / 8, "same")
    return Speech(murmur.clip(-32768, 32767).astype("<i2").tobytes(), 22_050)


def _made(suffix: str) -> tuple[Timeline, io.BytesIO]:
    segments = tuple(Segment(Role.PARAGRAPH, "Uno", "uno", "it", 0.6, index) for index in range(3))
    out = io.BytesIO()
    script = Script("T", False, ("Uno = due", "Due", "Tre"), segments)
    speech = _speech()
    made = sound.render_as(suffix, script, lambda _: speech, SoundSettings(music=False), TAGS, out)
    return made.timeline, out


@needs_ffmpeg
@pytest.mark.parametrize("suffix", [".m4a", ".opus"])
def test_another_container_keeps_the_promises(suffix: str) -> None:
    """Length within two frames, loudness within 0.5 LU, and the same bytes again."""
    timeline, out = _made(suffix)
    with formats.decodable(suffix, out) as file:
        blocks = list(pcm.decode_blocks(file, 1.0))
    samples, rate = np.concatenate([block for block, _ in blocks]), blocks[0][1]
    assert len(samples) / rate == pytest.approx(timeline.seconds, abs=0.05)
    heard = loudness.integrated_lufs(loudness.energies(samples, rate)) + loudness.AS_HEARD_DB
    assert heard == pytest.approx(-16, abs=0.5)
    assert _made(suffix)[1].getvalue() == out.getvalue()


def test_what_cannot_be_made_is_told_before_anything_is(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """An unknown suffix, and a known one without ffmpeg, are mistakes with a remedy; an MP3 never is."""
    monkeypatch.setenv("PATH", str(tmp_path))
    formats.require(".mp3")
    with pytest.raises(SettingsError, match="ffmpeg") as without:
        formats.require(".opus")
    assert "Install ffmpeg" in without.value.hint
    with pytest.raises(SettingsError, match="wav"):
        formats.require(".wav")


@pytest.fixture
def fake(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[[str], Path]:
    """Put a program called ffmpeg, of these lines of shell, before any other."""

    def install(lines: str) -> Path:
        program = tmp_path / "bin" / "ffmpeg"
        program.parent.mkdir()
        program.write_text(f"#!/bin/sh\n{lines}\n")
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")
        return tmp_path

    return install


@pytest.mark.skipif(os.name == "nt", reason="a shell script cannot be a program there")
def test_what_ffmpeg_is_given(fake: Callable[[str], Path]) -> None:
    """It gets every sample, the tags and the chapters, escaped, and what it writes becomes the file."""
    folder = fake(
        'cp "$(dirname "$0")/../nowhere" . 2>/dev/null; for last; do :; done; cat > "$last"; '
        'for w; do case "$w" in */words) cp "$w" "$(dirname "$0")/../words";; esac; done'
    )
    out = io.BytesIO()
    timeline = Timeline((), (Chapter("Uno = due; # \\ tre\nquattro", 0, 1.5), Chapter("Sport", 1.5, 2)), 2.0)
    blocks = [bytes(range(200)), bytes(50)]
    formats.encode(".opus", blocks, Format(44_100, 1, 96), TAGS, timeline, out)
    assert out.getvalue() == b"".join(blocks)
    words = (folder / "words").read_text(encoding="utf-8")
    assert "title=Un titolo\\; con\\=segni\n" in words
    assert "START=0\nEND=1500\ntitle=Uno \\= due\\; \\# \\\\ tre quattro\n" in words
    assert words.count("[CHAPTER]") == 2


@pytest.mark.skipif(os.name == "nt", reason="a shell script cannot be a program there")
def test_a_failing_ffmpeg_is_an_error_with_its_words(fake: Callable[[str], Path]) -> None:
    """What it complains about is told, and it may die before it has read everything."""
    fake("echo 'Unknown encoder' >&2; exit 1")
    with pytest.raises(NotiziarioError, match="Unknown encoder"):
        formats.encode(
            ".opus", [bytes(1_000_000)] * 3, Format(44_100, 1, 96), TAGS, Timeline((), (), 0.0), io.BytesIO()
        )
