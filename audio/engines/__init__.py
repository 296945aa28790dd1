"""Who speaks. Built-in engines stand in one table and are imported when asked for; outsiders come by entry point.

An outside package registers a class under the group ``notiziario.engines``; a built-in wins a clash of names.
"""

from __future__ import annotations

import difflib
from importlib import import_module, metadata

from audio.config import Config
from audio.engines.base import Engine
from audio.engines.ledger import Ledger
from audio.errors import SettingsError, UnavailableError

GROUP = "notiziario.engines"
# Class, and the section of the settings it is made with, if it has one.
_BUILT_IN = {
    "gtts": ("audio.engines.gtts:Gtts", ""),
    "espeak": ("audio.engines.espeak:Espeak", "espeak"),
    "piper": ("audio.engines.piper:Piper", "piper"),
    "edge": ("audio.engines.edge:Edge", "edge"),
    "openai": ("audio.engines.openai:OpenAI", "openai"),
    "command": ("audio.engines.command:Command", "command"),
}
# These remember what a service taught them.
_LEARNING = ("gtts", "edge", "openai")
# These speak as many sentences at once as the settings want.
_SIDE_BY_SIDE = ("espeak", "piper")
_OUTSIDE_HINT = "Update or remove the package it comes from, or take it out of `engines` in notiziario.yaml."
# Whatever a foreign module is likely to raise while it is imported and built.
_BROKEN = (
    *(ImportError, AttributeError, TypeError, ValueError, LookupError),
    *(RuntimeError, OSError, SyntaxError, AssertionError),
)


def names() -> tuple[str, ...]:
    """Return the names of all engines, built-in ones first."""
    outside = sorted({entry.name for entry in metadata.entry_points(group=GROUP)} - set(_BUILT_IN))
    return (*_BUILT_IN, *outside)


def make(name: str, config: Config | None = None, ledger: Ledger | None = None) -> Engine:
    """Return a fresh engine as the settings want it; nothing is started or sent yet.

    What the engine learns about its service goes into the ``ledger``. Raises SettingsError for a name nobody has,
    UnavailableError where an outside engine cannot be imported.
    """
    if name in _BUILT_IN:
        place, section = _BUILT_IN[name]
        module, _, cls = place.partition(":")
        config = config or Config()
        arguments: dict[str, object] = {"settings": getattr(config, section)} if section else {}
        if name in _LEARNING:
            arguments["ledger"] = ledger
        if name in _SIDE_BY_SIDE:
            arguments["jobs"] = config.jobs
        built_in: Engine = getattr(import_module(module), cls)(**arguments)
        return built_in
    for entry in metadata.entry_points(group=GROUP, name=name):
        try:
            outside = entry.load()()
        except _BROKEN as error:
            raise UnavailableError(
                f"{name}: {entry.value} cannot be loaded: {type(error).__name__}: {error}", hint=_OUTSIDE_HINT
            ) from error
        if not isinstance(outside, Engine):
            raise UnavailableError(f"{name}: {entry.value} is not an engine", hint=_OUTSIDE_HINT)
        return outside
    known = names()
    close = difflib.get_close_matches(name, known, n=1)
    nearest = f"Did you mean {close[0]}? " if close else ""
    raise SettingsError(f"there is no engine {name!r}", hint=f"{nearest}There are: {', '.join(known)}.")
