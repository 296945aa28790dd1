"""Every value that crosses a border between rooms: frozen, slotted, tuples not lists, no input or output.

Two forms of the text travel together to the end: ``text`` as the newspaper wrote it (transcript, chapters)
and ``spoken`` as the voice says it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path


class Role(StrEnum):
    """What a piece of text is in a news article."""

    HEADLINE = "headline"
    DATELINE = "dateline"
    BYLINE = "byline"
    LEAD = "lead"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    ITEM = "item"
    ANNOUNCEMENT = "announcement"


class Sting(StrEnum):
    """A short piece of music between words: as the programme opens, between two stories, as it closes."""

    SIGNATURE = "signature"
    TICK = "tick"
    CLOSING = "closing"


# ------------------------------------------------------------------------------------------ what was written


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a quote or a list item, one line of clean text without line breaks."""

    role: Role
    text: str


@dataclass(frozen=True, slots=True)
class Section:
    """A run of blocks under one heading; ``heading`` is None before the first one."""

    heading: str | None
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A piece of a source that is not read out, and the reason, in English words for the person who asks."""

    text: str
    reason: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article as understood. Fields are None where the source has none; nothing is invented here.

    ``kicker`` is the label above the headline (occhiello: "TRASPORTI"); it is kept but not spoken.
    ``published`` is ISO 8601 as the source gives it (a date, or a moment with its zone).
    ``source`` names where it came from, for people: a path, a URL, or "-".
    ``dropped`` is what a reader left out on purpose (page furniture), in the source's order.
    """

    headline: str | None
    sections: tuple[Section, ...]
    kicker: str | None = None
    standfirst: str | None = None
    dateline: str | None = None
    byline: str | None = None
    published: str | None = None
    lang: str | None = None
    source: str = ""
    dropped: tuple[Dropped, ...] = field(default=(), repr=False)


# ------------------------------------------------------------------------------------------ what will be said


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text for a voice; ``ipa`` says how it sounds where the engine can use it."""

    text: str
    ipa: str | None = None


@dataclass(frozen=True, slots=True)
class Sound:
    """How the characters ``start`` to ``end`` of a spoken text sound, in IPA; ``engine`` is "" for all that take it."""

    start: int
    end: int
    ipa: str
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """One thing said in one breath group of the programme, followed by a pause.

    ``spoken`` has no digit and no symbol left. ``pause_seconds`` is the silence after it.
    ``chapter`` indexes ``Script.chapters``. ``rate`` is the tempo, 1 being the voice's own; ``gain_db`` is added to the
    level that all voices share. ``before`` and ``after`` are the stings played around it; where one stands, the pause
    is shared out before and behind it. With ``bed`` the music bed lies under the segment, and under the pause after it
    where the next one has it too. ``sounds`` are in order and do not overlap, but for one place told to several
    engines.
    """

    role: Role
    text: str
    spoken: str
    voice: str
    pause_seconds: float
    chapter: int = 0
    rate: float = 1.0
    gain_db: float = 0.0
    before: Sting | None = None
    after: Sting | None = None
    bed: bool = False
    sounds: tuple[Sound, ...] = ()

    def spans_for(self, engine: str) -> tuple[Span, ...]:
        """Return what an engine is given: the spoken text, divided where its lexicon says how a word sounds to it."""
        heard = {s.start: s for s in sorted(self.sounds, key=lambda s: s.engine) if s.engine in {"", engine}}
        spans: list[Span] = []
        place = 0
        for sound in sorted(heard.values(), key=lambda s: s.start):
            spans += [Span(self.spoken[place : sound.start]), Span(self.spoken[sound.start : sound.end], sound.ipa)]
            place = sound.end
        spans.append(Span(self.spoken[place:]))
        return tuple(span for span in spans if span.text) or (Span(self.spoken),)


@dataclass(frozen=True, slots=True)
class Script:
    """A whole bulletin in words. ``title_generated`` tells a title that no source had, which is never spoken."""

    title: str
    title_generated: bool
    chapters: tuple[str, ...]
    segments: tuple[Segment, ...]
    lang: str = "it"


# ------------------------------------------------------------------------------------------ what sounds


@dataclass(frozen=True, slots=True)
class Word:
    """A word's place: ``start_seconds`` in its speech, ``offset`` and ``length`` in the spoken text (characters)."""

    start_seconds: float
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class Speech:
    """Sound of one segment: 16-bit signed little-endian mono PCM at ``rate`` Hz.

    ``words`` are in order of time, empty where the engine does not tell.
    """

    pcm: bytes = field(repr=False)
    rate: int
    words: tuple[Word, ...] = ()

    @property
    def seconds(self) -> float:
        """Length in seconds."""
        return len(self.pcm) / 2 / self.rate


# ------------------------------------------------------------------------------------------ when it sounds


@dataclass(frozen=True, slots=True)
class Cue:
    """A segment in the programme: seconds from its start, and the same for each word where known.

    ``words`` holds (start_seconds in the programme, offset in ``segment.spoken``, length).
    """

    segment: Segment
    start_seconds: float
    end_seconds: float
    words: Sequence[Word] = ()


@dataclass(frozen=True, slots=True)
class Chapter:
    """A named stretch of the programme; chapters follow each other without a gap, the first starts at 0."""

    title: str
    start_seconds: float
    end_seconds: float


@dataclass(frozen=True, slots=True)
class Timeline:
    """Who sounds when: the one source of chapters, transcript, lyrics and feed. ``seconds`` is the whole length."""

    cues: tuple[Cue, ...]
    chapters: tuple[Chapter, ...]
    seconds: float


@dataclass(frozen=True, slots=True)
class Tags:
    """What the MP3 says about itself. ``date`` is ISO 8601, ``cover`` a JPEG or PNG or None.

    ``comment`` is English, for whoever looks into the file: who spoke, and instead of whom.
    """

    title: str
    artist: str
    album: str
    date: str | None = None
    language: str = "ita"
    genre: str = "Podcast"
    cover: bytes | None = field(default=None, repr=False)
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Briefing:
    """A finished bulletin on disk, with what made it.

    ``instead_of`` lists (engine, reason) of those in the settings that could not speak it.
    """

    path: Path
    title: str
    timeline: Timeline
    engine: str
    voice: str
    lost: tuple[tuple[str, str], ...] = ()
    instead_of: tuple[tuple[str, str], ...] = ()
