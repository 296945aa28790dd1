"""Any program that makes a sound file: real child processes, well behaved and not."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest
from engines.contract import TEXT, EngineContract

from audio.config import CommandSettings
from audio.engines.command import Command
from audio.engines.sanity import require_sane
from audio.errors import EngineError, RejectedError, TransientError, UnavailableError
from audio.model import Span, Speech

pytestmark = pytest.mark.usefixtures("unwatched_children")

# A whole speaker: it takes the text from where it is told and writes a tone as long as it.
SPEAKER = r"""
import argparse, array, math, sys, wave
options = argparse.ArgumentParser()
options.add_argument("-o", default="/dev/stdout"); options.add_argument("-f"); options.add_argument("-v", default="")
options.add_argument("-r", type=float, default=1); options.add_argument("-l"); options.add_argument("text", nargs="?")
asked = options.parse_args()
text = open(asked.f, encoding="utf-8").read() if asked.f else asked.text or sys.stdin.buffer.read().decode()
if asked.l:
    open(asked.l, "a", encoding="utf-8").write(f"{asked.v}|{asked.r}|{text}\n")
samples = array.array("h", (round(9000 * math.sin(i / 9)) for i in range(round(1600 * len(text) / asked.r))))
with wave.open(sys.stdout.buffer if asked.o == "/dev/stdout" else asked.o, "wb") as out:
    out.setnchannels(1); out.setsampwidth(2); out.setframerate(22050); out.writeframes(samples.tobytes())
"""
BY_ARGUMENT = ("-o", "{wav}", "{text}")
BY_FILE = ("-o", "{wav}", "-f", "{text_file}", "-v", "{voice}", "-r", "{rate}")


@pytest.fixture
def speaker(tmp_path: Path) -> Path:
    path = tmp_path / "speaker.py"
    path.write_text(SPEAKER)
    return path


def command(program: Path, *arguments: str, voices: tuple[str, ...] = (), deadline_seconds: float = 60) -> Command:
    argv = (sys.executable, str(program), *arguments)
    return Command(CommandSettings(argv=argv, voices=voices, deadline_seconds=deadline_seconds))


def script(tmp_path: Path, code: str, deadline_seconds: float = 60) -> Command:
    """A command that does what the code says; ``wav`` is the file it is to write."""
    (tmp_path / "bad.py").write_text(f"import os, sys, time\nwav = sys.argv[1]\n{code}\n")
    return command(tmp_path / "bad.py", "{wav}", deadline_seconds=deadline_seconds)


def say(engine: Command, text: str = TEXT, voice: str = "default", rate: float = 1.0) -> Speech:
    return engine.speak((Span(text),), voice, rate)


class TestByArgument(EngineContract):
    @pytest.fixture
    def engine(self, speaker: Path) -> Command:
        return command(speaker, *BY_ARGUMENT)


class TestByFile(EngineContract):
    @pytest.fixture
    def engine(self, speaker: Path) -> Command:
        return command(speaker, *BY_FILE, voices=("alice", "luca"))


def test_pipes(speaker: Path) -> None:
    """Without a place for text and sound in the command, they go in and out by its standard streams."""
    require_sane(say(command(speaker)), TEXT, "command")


def test_what_is_asked(speaker: Path, tmp_path: Path) -> None:
    """Voice, tempo and text reach the command as they are, braces and quotes too; no shell has read them."""
    text = "Uno {voice} 'due' \"tre\" $HOME `id`; quattro"
    engine = command(speaker, *BY_FILE, "-l", str(tmp_path / "log"), voices=("alice", "luca"))
    say(engine, text, "luca", 1.5)
    assert (tmp_path / "log").read_text() == f"luca|1.5|{text}\n"
    say(command(speaker, "-l", str(tmp_path / "log2"), *BY_ARGUMENT), text)
    assert (tmp_path / "log2").read_text() == f"|1|{text}\n"


@pytest.mark.parametrize("text", ["--help me", "-o altrove.wav", "-v"])
def test_text_is_no_option(speaker: Path, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A text that begins like an option is spoken."""
    monkeypatch.chdir(speaker.parent)
    say(command(speaker, *BY_ARGUMENT), text)


def test_tempo(speaker: Path) -> None:
    """A command with a place for it has tempo; one without refuses."""
    assert command(speaker, *BY_FILE).caps().rate_range == (0.5, 2.0)
    assert command(speaker, *BY_ARGUMENT).caps().rate_range == (1.0, 1.0)
    with pytest.raises(RejectedError, match=r"rate 1\.5"):
        say(command(speaker, *BY_ARGUMENT), rate=1.5)


def test_voices(speaker: Path) -> None:
    """The voices are those of the settings; another is refused and never reaches the command."""
    engine = command(speaker, *BY_FILE, voices=("alice", "luca"))
    assert [voice.id for voice in engine.voices()] == ["alice", "luca"]
    with pytest.raises(UnavailableError, match="command has no voice '; rm'"):
        say(engine, voice="; rm")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no #! line")
def test_the_fingerprint_is_that_of_the_command(speaker: Path) -> None:
    """Another argument, or another program under the same name, is another fingerprint."""
    program = speaker.with_name("say")
    program.write_text(f"#!{sys.executable}\n")
    program.chmod(0o755)
    seen = {Command(CommandSettings(argv=(str(program), *more))).fingerprint("default") for more in ((), ("-x",))}
    program.write_text(f"#!{sys.executable} -I\n")
    seen.add(Command(CommandSettings(argv=(str(program),))).fingerprint("default"))
    assert len(seen) == 3


TROUBLE = {
    "fails": ("sys.stderr.write('noise\\nno such voice\\x1b[31m\\n'); sys.exit(3)", r"exit code 3\): no such voice�"),
    "fails without a word": ("sys.exit(1)", r"exit code 1\): the command failed"),
    "crashes": ("os.kill(os.getpid(), 11)", "exit code -?11"),
    "makes nothing": ("pass", "made nothing"),
    "makes an empty file": ("open(wav, 'w')", "made nothing"),
    "makes a page": ("open(wav, 'w').write('<html>')", "no sound"),
    "cuts the head": ("open(wav, 'wb').write(b'RIFF1234WAVEfmt ')", "no sound"),
    "makes too much": ("open(wav, 'wb').truncate(100_000_001)", "no speech"),
}


@pytest.mark.parametrize(("code", "says"), TROUBLE.values(), ids=list(TROUBLE))
def test_trouble(tmp_path: Path, code: str, says: str) -> None:
    """Whatever a command does instead of speaking is one line with what it said last."""
    with pytest.raises(TransientError, match=says) as caught:
        say(script(tmp_path, code))
    assert caught.value.message.startswith("command could not speak 'Il presidente della…' (")
    assert "\n" not in caught.value.message


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no groups of processes here")
def test_a_command_that_hangs(tmp_path: Path) -> None:
    """At the deadline the command is ended, and with it what it has started."""
    fifo = tmp_path / "fifo"
    os.mkfifo(fifo)
    child = (
        f"out = open({str(fifo)!r}, 'wb', 0); out.write(b'begun'); import time; time.sleep(60); out.write(b' ended')"
    )
    code = f"import subprocess\nsubprocess.Popen([sys.executable, '-c', {child!r}])\ntime.sleep(60)"
    with os.fdopen(os.open(fifo, os.O_RDONLY | os.O_NONBLOCK), "rb") as told:
        with pytest.raises(TransientError, match="no end within 3 s"):
            say(script(tmp_path, code, deadline_seconds=3))
        os.set_blocking(told.fileno(), True)
        assert told.read() == b"begun"  # comes to its end when nobody holds the other end


@pytest.mark.parametrize("argv", [(), ("nessun-programma-con-questo-nome", "{text}")])
def test_no_command(argv: tuple[str, ...]) -> None:
    """Without a command, or without its program, the engine is unavailable before a word is spoken."""
    engine = Command(CommandSettings(argv=argv))
    for attempt in (engine.check, lambda: say(engine)):
        with pytest.raises(UnavailableError):
            attempt()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no #! line")
def test_a_program_that_cannot_start(tmp_path: Path) -> None:
    """A program that the system refuses to start makes the engine unavailable."""
    program = tmp_path / "broken"
    program.write_text("#!/nowhere/at/all\n")
    program.chmod(0o755)
    with pytest.raises(EngineError, match="does not start"):
        say(Command(CommandSettings(argv=(str(program),))))


def test_nothing_is_left_behind(speaker: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The files that text and sound travel in are gone afterwards, also after trouble."""
    folder = tmp_path / "tmp"
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    say(command(speaker, *BY_FILE, voices=("default",)))
    with pytest.raises(TransientError):
        say(script(tmp_path, "sys.exit(1)"))
    assert not list(folder.iterdir())
