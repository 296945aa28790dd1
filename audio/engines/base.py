"""The contract between the newsroom and a voice. It knows no news: no headline, no role, no second voice.

An engine of your own needs nothing from this package: any class with these members will do, registered under
the entry-point group ``notiziario.engines``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from audio.model import Span, Speech


@dataclass(frozen=True, slots=True)
class Voice:
    """A voice that an engine offers: ``id`` goes in the settings, ``label`` is for people.

    ``quality`` is what it sounds like, in a word or two (synthetic, neural); ``installed`` is False for one that could
    be had.
    """

    id: str
    label: str
    lang: str = "it"
    gender: str = ""
    licence: str = ""
    installed: bool = True
    quality: str = ""


@dataclass(frozen=True, slots=True)
class Caps:
    """What an engine can do.

    ``max_chars`` per call to ``speak`` (the engine splits further if its service wants less);
    ``concurrency`` calls at once; ``rate_range`` speed factors it can do by itself.
    """

    offline: bool
    max_chars: int
    concurrency: int = 1
    word_times: Literal["exact", "sentence", "no"] = "no"
    rate_range: tuple[float, float] = (1.0, 1.0)
    ipa: bool = False


@runtime_checkable
class Engine(Protocol):
    """Whoever speaks."""

    name: str

    def caps(self) -> Caps:
        """Tell what this engine can do; cheap, no network."""
        ...

    def check(self) -> None:
        """Raise UnavailableError with the remedy if it could not speak at all; no network unless needed."""
        ...

    def voices(self) -> tuple[Voice, ...]:
        """List its voices, the default one first; empty where only the service knows."""
        ...

    def fingerprint(self, voice: str) -> str:
        """Return text that changes whenever the same words could sound different."""
        ...

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
        """Speak the spans, joined, whole. Raise UnavailableError, TransientError or RejectedError otherwise."""
        ...

    def close(self) -> None:
        """Let go of processes and connections; calling it twice is fine."""
        ...
