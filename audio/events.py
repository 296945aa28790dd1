"""What happened, as frozen picklable values; whoever watches decides how to show them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ArticleRead:
    """A source was understood: ``index`` of ``total`` (from 1)."""

    source: str
    title: str
    index: int
    total: int


@dataclass(frozen=True, slots=True)
class SourceLost:
    """A source could not be read and the run goes on without it (``--keep-going``)."""

    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class SegmentSpoken:
    """A segment has its sound: ``index`` of ``total`` (from 1), ``cached`` when nothing was synthesised.

    ``seconds`` of sound were made for it now: none where it was cached.
    """

    index: int
    total: int
    cached: bool
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class EngineLeft:
    """An engine gave up; the whole bulletin starts again with the next one."""

    engine: str
    reason: str


@dataclass(frozen=True, slots=True)
class EngineChosen:
    """This engine spoke the whole bulletin; ``instead_of`` lists (engine, reason) of those that did not."""

    engine: str
    voice: str
    instead_of: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class SecondsEncoded:
    """So much of the programme is MP3 by now, in seconds."""

    seconds: float
    total: float


Event = ArticleRead | SourceLost | SegmentSpoken | EngineLeft | EngineChosen | SecondsEncoded
OnEvent = Callable[[Event], None]


def ignore(_event: Event) -> None:
    """Watch nothing."""
