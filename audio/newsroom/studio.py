"""The edition spoken: planned for the voice that speaks it, recorded, and once more where the plan was off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from audio import engines, pipeline
from audio.config import Config
from audio.errors import EngineError, NoVoiceError
from audio.events import EngineLeft, OnEvent
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
    config, reasons, hint = desk.config, [], ""
    for name in dict.fromkeys((*config.engines, _EMBEDDED)):
        try:
            voice = _voice(name, config, ledger)
            return _take(desk, ledger, stories, left, name, voice, on_event)
        except NoVoiceError as error:
            reasons.append(error.message.removeprefix("no engine could speak the bulletin: "))
            hint = error.hint or hint
        except EngineError as error:
            on_event(EngineLeft(name, error.message))
            reasons.append(f"{name}: {error.message}")
            hint = error.hint or hint
    raise NoVoiceError(f"no engine could speak the edition: {'; '.join(reasons)}", hint=hint)


def _take(
    desk: Desk,
    ledger: Ledger,
    stories: Sequence[Story],
    left: Sequence[LeftOut],
    engine: str,
    voice: Voice,
    on_event: OnEvent,
) -> tuple[Rundown, Briefing]:
    """Plan for a voice and record; once more where the voice turns out to be faster or slower than thought."""
    config = replace(desk.config, engines=(engine,))

    def take(voice: Voice) -> tuple[Rundown, Briefing]:
        told = rundown.plan(stories, left, config, voice, desk.now)
        script = rundown.compose(told.stories, config, voice, desk.now)
        path = desk.state / "edition.mp3"
        return told, pipeline.record(
            told.articles, lambda _: script, config, path, date=desk.now.date(), on_event=on_event
        )

    told, briefing = take(voice)
    if abs(briefing.timeline.seconds - told.seconds) > _SECOND_TAKE_SECONDS:
        heard = Pace().heard(briefing.timeline.cues)
        told, briefing = take(replace(voice, pace=heard, frame=frame_of(briefing.timeline)))
    ledger.learn(f"{engine}/{voice.name}", voice.pace.heard(briefing.timeline.cues), frame_of(briefing.timeline))
    return told, briefing


def _voice(engine: str, config: Config, ledger: Ledger) -> Voice:
    """Return who speaks for an engine. Raises EngineError where it cannot."""
    one = engines.make(engine)
    try:
        one.check()
        name = pipeline.voice_of(one, config)
    finally:
        one.close()
    return Voice(name, *ledger.pace(f"{engine}/{name}"), pipeline.load_lexicon(config))


def likely_voice(config: Config, ledger: Ledger) -> Voice:
    """Return who will speak if the first engine of the settings can; asks no engine."""
    engine = config.engines[0]
    name = config.voices.get(engine, "it")
    return Voice(name, *ledger.pace(f"{engine}/{name}"), pipeline.load_lexicon(config))
