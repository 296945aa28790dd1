"""The article, as audio: Italian news read aloud as radio would, in one MP3.

The stages, in order, each a room of its own: ``readers`` (source → Article), ``script`` (Article → Script, with
``italian`` for written → spoken), ``engines`` (who speaks), ``sound`` (Timeline → MP3), ``gate`` (the proof).
``pipeline`` is the one module that knows the order; ``make_briefing`` is its door:

    from audio import load_settings, make_briefing
    make_briefing(["articolo.txt"], load_settings(), now=datetime.now())
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from audio.version import __version__

__all__ = ["__version__", "load_settings", "make_briefing", "spoken"]

if TYPE_CHECKING:
    from audio.italian import spoken
    from audio.pipeline import make_briefing
    from audio.settings import load as load_settings

_DOORS = {
    "load_settings": ("audio.settings", "load"),
    "make_briefing": ("audio.pipeline", "make_briefing"),
    "spoken": ("audio.italian", "spoken"),
}


def __getattr__(name: str) -> Any:  # noqa: ANN401
    """Open a door when someone comes: importing this package must cost nothing."""
    if name not in _DOORS:
        raise AttributeError(f"module 'audio' has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415

    module, attribute = _DOORS[name]
    return getattr(import_module(module), attribute)
