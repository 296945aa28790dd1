"""What is installed, which engines speak, with which voices, where things are kept, and what to do about the rest."""

from __future__ import annotations

import os
import platform
import wave
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audio import engines, italian, pipeline
from audio.config import Config
from audio.engines.base import Engine
from audio.engines.sanity import require_sane
from audio.engines.wire import Task, within
from audio.errors import NotiziarioError, SettingsError
from audio.files import slug, written_whole
from audio.model import Span, Speech
from audio.version import __version__

# One word that every voice says in less than a second.
_WORD = "Buongiorno."
# Patience is for bulletins: a person waits for this answer.
_WORD_SECONDS = 30.0
_INSTALL = "notiziario voices install"
SAMPLE = "Buongiorno. Il Consiglio dei ministri ha approvato ieri la legge di bilancio, che vale 18,7 miliardi di euro."


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: ``ok`` or not, in words, and the remedy where there is one."""

    what: str
    ok: bool
    says: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """A voice that could speak. ``missing`` says what is wanting, ``remedy`` the one thing that mends it.

    ``voice`` is empty for an engine that cannot list its voices.
    """

    engine: str
    voice: str
    label: str
    lang: str
    gender: str
    quality: str
    licence: str
    offline: bool
    missing: str = ""
    remedy: str = ""


def examine(config: Config) -> Iterator[Finding]:
    """Yield what was found, cheap things first. Each engine of the settings says one word: online, over the network."""
    yield Finding(
        "notiziario", ok=True, says=f"{__version__}, Python {platform.python_version()}, {platform.platform()}"
    )
    yield _folder("cache", config.cache.folder or pipeline.default_cache_folder())
    yield _folder("output", config.output)
    for name in dict.fromkeys((*config.engines, *engines.names())):
        yield _engine(name, config)


def able(findings: list[Finding], config: Config) -> bool:
    """Tell whether a bulletin could be made: one engine of the settings answers and both folders can be written."""
    engine_ok = any(f.ok for f in findings if f.what.removeprefix("engine ") in config.engines)
    return engine_ok and all(f.ok for f in findings if not f.what.startswith("engine "))


def offers(config: Config, only: str | None = None) -> Iterator[Offer]:
    """Yield every voice of every engine, or of one, with what it wants; nothing is sent over the network."""
    for name in (only,) if only else engines.names():
        try:
            engine = engines.make(name, config)
        except NotiziarioError as error:
            if only:
                raise
            yield Offer(name, "", "", "", "", "", "", offline=False, missing=error.message, remedy=error.hint)
            continue
        try:
            yield from _offers_of(engine)
        finally:
            engine.close()


def sample(voice: str, text: str, config: Config, *, engine: str | None = None, output: Path | None = None) -> Path:
    """Write a WAV of the text in a voice, as it comes from the engine, and return its path.

    Without ``engine`` it is the first, those of the settings before others, that lists the voice.
    """
    chosen = engines.make(engine or _who_has(voice, config), config, pipeline.ledger_of(config))
    try:
        chosen.check()
        lexicon = pipeline.load_lexicon(config)
        speech = chosen.speak((Span(italian.spoken(text, lexicon)),), voice)
    finally:
        chosen.close()
    path = output or Path(f"{slug(voice)}.wav")
    with written_whole(path) as file, wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(speech.rate)
        out.writeframes(speech.pcm)
    return path


def _offers_of(engine: Engine) -> Iterator[Offer]:
    missing = remedy = ""
    try:
        engine.check()
    except NotiziarioError as error:
        missing, remedy = error.message, error.hint
    offline = engine.caps().offline
    voices = engine.voices()
    for voice in voices:
        # An engine that wants nothing but a voice wants this one.
        wants = not voice.installed and (not missing or remedy.startswith(_INSTALL))
        yield Offer(
            engine.name,
            voice.id,
            voice.label,
            voice.lang,
            voice.gender,
            voice.quality,
            voice.licence,
            offline,
            "not installed" if wants else missing,
            f"{_INSTALL} {voice.id}" if wants else remedy,
        )
    if not voices:
        yield Offer(engine.name, "", "any that it has", "", "", "", "", offline, missing, remedy)


def _who_has(voice: str, config: Config) -> str:
    name = voice.partition("@")[0]
    for engine in dict.fromkeys((*config.engines, *engines.names())):
        if any(offer.voice == name for offer in offers(config, engine)):
            return engine
    raise SettingsError(f"no engine lists a voice {voice!r}", hint="`notiziario voices` does; or name its --engine.")


def _engine(name: str, config: Config) -> Finding:
    asked = name in config.engines
    place = "in your settings" if asked else "not in your settings"
    ledger = pipeline.ledger_of(config)
    try:
        engine = engines.make(name, config, ledger)
        try:
            engine.check()
            if asked:
                _say_a_word(engine, pipeline.voice_of(engine, config))
            how = "spoke a word" if asked else "ready"
            offline = "works offline" if engine.caps().offline else "sends the text to its service"
        finally:
            engine.close()
    except NotiziarioError as error:
        return Finding(f"engine {name}", ok=False, says=f"{error.message}, {place}", remedy=error.hint)
    if asked and (left := ledger.left(name)):
        how = f"{how}, but gave up a while ago and is passed over for {left[0] / 60:.0f} more minutes ({left[1]})"
    return Finding(f"engine {name}", ok=True, says=f"{how}, {offline}, {place}")


def _say_a_word(engine: Engine, voice: str) -> None:
    def say(_: object) -> Speech:
        return engine.speak((Span(_WORD),), voice)

    require_sane(within(_WORD_SECONDS, Task(engine.name, _WORD), say), _WORD, engine.name)


def _folder(what: str, folder: Path) -> Finding:
    there = folder
    while not there.exists() and there != there.parent:
        there = there.parent
    if there.is_dir() and os.access(there, os.W_OK):
        return Finding(what, ok=True, says=str(folder))
    return Finding(what, ok=False, says=f"{folder}: cannot be written", remedy="Choose another folder in the settings.")
