"""Who speaks. Built-in engines stand in one table and are imported when asked for; outsiders come by entry point.

An outside package registers a class under the group ``notiziario.engines``; a built-in wins a clash of names.
"""

from __future__ import annotations

import difflib
from importlib import import_module, metadata

from audio.engines.base import Engine
from audio.errors import SettingsError, UnavailableError

GROUP = "notiziario.engines"
_BUILT_IN = {
    "gtts": "audio.engines.gtts:Gtts",
    "espeak": "audio.engines.espeak:Espeak",
}


def names() -> tuple[str, ...]:
    """Return the names of all engines, built-in ones first."""
    outside = sorted({entry.name for entry in metadata.entry_points(group=GROUP)} - set(_BUILT_IN))
    return (*_BUILT_IN, *outside)


def make(name: str) -> Engine:
    """Return a fresh engine; nothing is started or sent yet.

    Raises SettingsError for a name nobody has, UnavailableError where an outside engine cannot be imported.
    """
    if name in _BUILT_IN:
        module, _, cls = _BUILT_IN[name].partition(":")
        built_in: Engine = getattr(import_module(module), cls)()
        return built_in
    for entry in metadata.entry_points(group=GROUP, name=name):
        try:
            outside: Engine = entry.load()()
        except (ImportError, AttributeError, TypeError) as error:
            raise UnavailableError(f"the engine {name} ({entry.value}) cannot be loaded: {error}") from error
        return outside
    known = names()
    close = difflib.get_close_matches(name, known, n=1)
    hint = f"Did you mean {close[0]}?" if close else f"There are: {', '.join(known)}."
    raise SettingsError(f"there is no engine {name!r}", hint=hint)
