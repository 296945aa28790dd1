"""An episode as the show remembers it: what a feed and a page say about it, without its sound and its words."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Source:
    """Where a story comes from: a name for people and an absolute http(s) address."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter, with the sources of its story; seconds from the episode's start."""

    title: str
    start_seconds: float
    end_seconds: float
    sources: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Paragraph:
    """How many cues of the transcript belong together, and what they are (a Role's value)."""

    role: str
    cues: int


@dataclass(frozen=True, slots=True)
class Episode:
    """A published bulletin. ``name`` is that of its files, ``guid`` what clients know it by: both never change.

    ``published`` has a time zone. ``seconds`` is the sound's length, ``audio_bytes`` the file's. ``retired`` is the
    moment since which no feed lists it any more.
    """

    name: str
    guid: str
    title: str
    published: dt.datetime
    seconds: float
    audio_bytes: int
    summary: str = ""
    number: int | None = None
    marks: tuple[Mark, ...] = ()
    paragraphs: tuple[Paragraph, ...] = ()
    retired: dt.datetime | None = None


def to_json(episode: Episode) -> str:
    """Return the episode as JSON text, the same for the same episode."""
    return json.dumps(asdict(episode), ensure_ascii=False, indent=1, default=dt.datetime.isoformat) + "\n"


def from_json(text: str) -> Episode:
    """Return the episode of a JSON text. Raises ValueError, KeyError or TypeError for any other text."""
    values: dict[str, Any] = json.loads(text)
    marks = tuple(
        Mark(**{**mark, "sources": tuple(Source(**source) for source in mark["sources"])}) for mark in values["marks"]
    )
    moments = {
        key: None if values[key] is None else dt.datetime.fromisoformat(values[key]) for key in ("published", "retired")
    }
    paragraphs = tuple(Paragraph(**paragraph) for paragraph in values["paragraphs"])
    return Episode(**{**values, **moments, "marks": marks, "paragraphs": paragraphs})
