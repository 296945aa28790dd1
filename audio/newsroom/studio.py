"""The edition spoken: planned for the voice that speaks it, recorded, and once more where the plan was off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audio import pipeline
from audio.config import Config
from audio.engines.base import Engine
from audio.events import EngineChosen, EngineLeft, Event, OnEvent
from audio.model import Briefing
from audio.newsroom import rundown
from audio.newsroom.choose import LeftOut, Story
from audio.newsroom.desk import Desk
from audio.newsroom.duration import Pace, frame_of
from audio.newsroom.rundown import Rundown, Voice
from audio.newsroom.seen import Ledger

_EMBEDDED = "espeak"
# A first take this far off its plan is planned again with what it taught; a listener notices half a minute.
_SECOND_TAKE_SECONDS = 8.0


def record(
    desk: Desk, ledger: Ledger, stories: Sequence[Story], left: Sequence[LeftOut], on_event: OnEvent
) -> tuple[Rundown, Briefing]:
    """Speak the edition with the first engine that can; the embedded voice is the last resort in any case."""
    config = replace(desk.config, engines=tuple(dict.fromkeys((*desk.config.engines, _EMBEDDED))))
    lexicon = pipeline.load_lexicon(config)
    on_event = _once(on_event)
    voices: dict[str, Voice] = {}
    plans: dict[str, Rundown] = {}

    def write(engine: Engine) -> pipeline.Written:
        if engine.name not in voices:
            name = pipeline.voice_of(engine, config)
            voices[engine.name] = Voice(name, *ledger.pace(f"{engine.name}/{name}"), lexicon)
        voice = voices[engine.name]
        told = plans[engine.name] = rundown.plan(stories, left, config, voice, desk.now)
        return told.articles, rundown.compose(told.stories, config, voice, desk.now)

    def take() -> Briefing:
        return pipeline.record(write, config, desk.state / "edition.mp3", date=desk.now.date(), on_event=on_event)

    briefing = take()
    if abs(briefing.timeline.seconds - plans[briefing.engine].seconds) > _SECOND_TAKE_SECONDS:
        pace, frame = Pace().heard(briefing.timeline.cues), frame_of(briefing.timeline)
        voices[briefing.engine] = replace(voices[briefing.engine], pace=pace, frame=frame)
        briefing = take()
    key = f"{briefing.engine}/{voices[briefing.engine].name}"
    pace, _ = ledger.pace(key)
    ledger.learn(key, pace.heard(briefing.timeline.cues), frame_of(briefing.timeline))
    return plans[briefing.engine], briefing


def _once(on_event: OnEvent) -> OnEvent:
    """Tell who speaks and who cannot once, also where there are two takes."""
    told: set[Event] = set()

    def tell(event: Event) -> None:
        if event in told:
            return
        if isinstance(event, EngineChosen | EngineLeft):
            told.add(event)
        on_event(event)

    return tell


def likely_voice(config: Config, ledger: Ledger) -> Voice:
    """Return who will speak if the first engine of the settings can; asks no engine."""
    engine = config.engines[0]
    name = config.voices.get(engine, "it")
    return Voice(name, *ledger.pace(f"{engine}/{name}"), pipeline.load_lexicon(config))
