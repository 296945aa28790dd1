"""Who speaks the edition: the engine of the settings, as the settings want it."""

import sys
from dataclasses import replace
from pathlib import Path

from daily_show import FRANA, NOW, TARTUFO, Show

from audio.config import CommandSettings, Config
from audio.events import EngineChosen, EngineLeft, Event
from audio.newsroom import daily
from audio.newsroom.daily import Order

SPEAKER = """
import array, math, sys, wave
tone = array.array("h", (round(9000 * math.sin(i / 9)) for i in range(1600 * len(sys.argv[2]))))
with wave.open(sys.argv[1], "wb") as out:
    out.setnchannels(1), out.setsampwidth(2), out.setframerate(22050), out.writeframes(tone.tobytes())
"""


def _spoken(show: Show, config: Config) -> list[Event]:
    show.write(frana=FRANA, tartufo=TARTUFO)
    told: list[Event] = []
    daily.make_edition(config, Order(NOW), on_event=told.append)
    return [event for event in told if isinstance(event, EngineChosen | EngineLeft)]


def test_the_engine_of_the_settings(tmp_path: Path) -> None:
    """An engine that only its own settings make able to speak speaks the edition, and that is told once."""
    show = Show(tmp_path)
    program = CommandSettings(argv=(sys.executable, "-c", SPEAKER, "{wav}", "{text}"))
    told = _spoken(show, replace(show.config, engines=("command", "espeak"), command=program))
    assert told == [EngineChosen("command", "default", ())]


def test_the_last_resort(tmp_path: Path) -> None:
    """Where no engine of the settings can, the embedded voice speaks, and why is told once and kept with the file."""
    show = Show(tmp_path)
    program = CommandSettings(argv=(sys.executable, "-c", "raise SystemExit(7)", "{wav}", "{text}"))
    left, chosen = _spoken(show, replace(show.config, engines=("command",), command=program))
    assert isinstance(left, EngineLeft)
    assert chosen == EngineChosen("espeak", "it", (("command", left.reason),))
    (episode,) = (show.public / "episodes").glob("*.mp3")
    assert b"command could not" in episode.read_bytes()[:600_000].replace(b"\0", b"")
