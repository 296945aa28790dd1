"""What is installed, which engines could speak, where things are kept, and what to do about what is missing."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audio import __version__, engines, pipeline
from audio.config import Config
from audio.errors import NotiziarioError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``ok`` or not, in words, and the remedy where there is one."""

    what: str
    ok: bool
    says: str
    remedy: str = ""


def examine(config: Config) -> Iterator[Finding]:
    """Yield what was found, cheap things first. Nothing is sent over the network."""
    yield Finding(
        "notiziario", ok=True, says=f"{__version__}, Python {platform.python_version()}, {platform.platform()}"
    )
    for name in engines.names():
        yield _engine(name, asked=name in config.engines)
    yield _folder("cache", config.cache.folder or pipeline.default_cache_folder())
    yield _folder("output", config.output)


def able(findings: list[Finding], config: Config) -> bool:
    """Tell whether a bulletin could be made: one engine of the settings answers and both folders can be written."""
    engine_ok = any(f.ok for f in findings if f.what.removeprefix("engine ") in config.engines)
    return engine_ok and all(f.ok for f in findings if not f.what.startswith("engine "))


def _engine(name: str, *, asked: bool) -> Finding:
    place = "in your settings" if asked else "not in your settings"
    try:
        engine = engines.make(name)
        try:
            engine.check()
            offline = "works offline" if engine.caps().offline else "sends the text to its service"
            return Finding(f"engine {name}", ok=True, says=f"ready, {offline}, {place}")
        finally:
            engine.close()
    except NotiziarioError as error:
        return Finding(f"engine {name}", ok=False, says=f"{error.message}, {place}", remedy=error.hint)


def _folder(what: str, folder: Path) -> Finding:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if there.is_dir() and os.access(there, os.W_OK):
        return Finding(what, ok=True, says=str(folder))
    return Finding(what, ok=False, says=f"{folder}: cannot be written", remedy="Choose another folder in the settings.")
