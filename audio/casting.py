"""Who reads what: the voices of one engine shared out over a script, by role and by story.

A cast stays within the engine that speaks; the next engine of the list gets a cast of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from audio.config import Config, PauseSettings, RoleSettings
from audio.model import Role, Script, Segment

# The reporter's and the guest's: which one reads a quotation is the settings' choice, all else is the reporter's.
SECOND_VOICE = "second voice"
_SECOND = "second"


@dataclass(frozen=True, slots=True)
class Voices:
    """Two voices of an engine; the same twice where it has but one."""

    engine: str
    main: str
    second: str


def cast(script: Script, config: Config, voices: Voices, *, stories: int) -> Script:
    """Give each segment its voice, tempo, level and pause.

    With ``config.alternate_voices`` the stories of a bulletin of several, which are its chapters, are read by one voice
    after the other; announcements keep the main one.
    """
    segments = []
    for segment in script.segments:
        swapped = (
            config.alternate_voices
            and stories > 1
            and segment.chapter % 2 == 1
            and segment.role is not Role.ANNOUNCEMENT
        )
        pair = (voices.second, voices.main) if swapped else (voices.main, voices.second)
        segments.append(_placed(segment, config, voices.engine, pair))
    return replace(script, segments=tuple(segments))


def _placed(segment: Segment, config: Config, engine: str, pair: Sequence[str]) -> Segment:
    role = config.cast.get(segment.role, RoleSettings())
    second = role.voice == _SECOND or (
        role.voice is None and segment.role is Role.QUOTE and config.quotes == SECOND_VOICE
    )
    return replace(
        segment,
        voice=role.voices.get(engine) or pair[second],
        rate=segment.rate * role.rate,
        gain_db=segment.gain_db + role.gain_db,
        pause_seconds=_pause(segment, role, config.pauses),
    )


def _pause(segment: Segment, role: RoleSettings, pauses: PauseSettings) -> float:
    """Return the role's own pause where the text ends; between its sentences, and where more ends, nothing changes."""
    now = segment.pause_seconds
    if role.pause_seconds is None or now <= pauses.sentence_seconds:
        return now
    usual = {
        Role.HEADLINE: pauses.headline_seconds,
        Role.ANNOUNCEMENT: pauses.headline_seconds,
        Role.HEADING: pauses.heading_seconds,
    }.get(segment.role, pauses.paragraph_seconds + pauses.before_quote_seconds)
    return role.pause_seconds if now <= usual else max(now, role.pause_seconds)
