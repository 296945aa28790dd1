"""The order of the stages, and nothing else: read, write, speak, sound, prove, keep.

Read ``make_briefing`` aloud and you know the product.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import functools
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import platformdirs

from audio import casting, engines, gate, readers, script, sound
from audio.config import Config
from audio.engines import fallback
from audio.engines.base import Engine
from audio.engines.cache import Cache
from audio.engines.ledger import Ledger
from audio.engines.shared_cache import SharedCache
from audio.errors import SettingsError, SourceError
from audio.events import ArticleRead, OnEvent, SourceLost, ignore
from audio.files import slug, written_together, written_whole
from audio.italian.lexicon import Lexicon
from audio.model import Article, Briefing, Script, Tags
from audio.store import open_place
from audio.version import __version__

if TYPE_CHECKING:
    from audio.readers.fetch import Fetcher

# What is written for an engine, since voices differ: the articles that have their place in it, and the script.
Written = tuple[Sequence[Article], Script]
Write = Callable[[Engine], Written]
# Covers beyond this make phones run out of memory; it is also what a tag may hold.
_MAX_COVER_BYTES = 512_000


def make_briefing(
    sources: Sequence[str],
    config: Config,
    *,
    now: dt.datetime,
    output: Path | None = None,
    title: str | None = None,
    keep_going: bool = False,
    on_event: OnEvent = ignore,
) -> Briefing:
    """Make one bulletin of the sources, in their order, and return where it is.

    ``now`` dates an edition whose articles have no date. ``output`` is a file or an existing folder; without it the
    settings' folder is used. With ``keep_going`` an unreadable source is left out and listed in ``lost``.
    Beside ``X.mp3`` stand ``X.vtt`` and ``X.chapters.json``. Raises the errors of errors.py; after any of them the
    previous files are untouched.
    """
    articles, lost = read_articles(sources, config, keep_going=keep_going, on_event=on_event)
    date = edition_date(articles, now)
    path = _path(sources, output, config, title or script.title_of(articles, config, date))
    briefing = record(plain_script(articles, config, date, title), config, path, date=date, on_event=on_event)
    return replace(briefing, lost=lost)


def plain_script(articles: Sequence[Article], config: Config, date: dt.date, title: str | None = None) -> Write:
    """Return what writes the articles one after the other for the engine that will speak them."""
    lexicon = load_lexicon(config)

    def write(engine: Engine) -> Written:
        voice = voice_of(engine, config)
        return articles, script.write(articles, config, voice=voice, date=date, title=title, lexicon=lexicon)

    return write


def record(
    write: Write,
    config: Config,
    path: Path,
    *,
    date: dt.date,
    on_event: OnEvent = ignore,
) -> Briefing:
    """Speak what is written for the first engine that can and keep it at ``path``, proved whole, or not at all.

    The whole of every article must be in the script: the gate compares them. Raises the errors of errors.py.
    """
    articles: Sequence[Article] = ()

    def compose(engine: Engine) -> Script:
        nonlocal articles
        articles, written = write(engine)
        return casting.cast(written, config, voices_of(engine, config), stories=len(articles))

    cover = _cover(config)
    # The MP3 takes its name last: where it stands, its transcript and chapters do.
    sidecars = path.with_suffix(".vtt"), path.with_suffix(".chapters.json")
    with written_together(path, *sidecars) as (mp3, vtt, chapters):
        cache = _cache(config)
        # Each speech is measured while the next one is spoken.
        hear = functools.partial(sound.measure, store=cache)
        spoken = fallback.speak_with_first(
            config.engines,
            compose,
            cache,
            on_event,
            hear=hear,
            config=config,
            ledger=ledger_of(config),
        )
        tags = Tags(
            spoken.script.title,
            config.show.author,
            config.show.title,
            date.isoformat(),
            cover=cover,
            comment=_spoken_by(spoken),
        )
        memory = sound.Memory(spoken.digests, cache)
        kind = path.suffix.lower()
        made = sound.render_as(
            kind, spoken.script, spoken.load, config.sound, tags, mp3, on_event, memory=memory, jobs=config.jobs
        )
        _prove(articles, made, kind, mp3)
        timeline = made.timeline
        vtt.write(sound.to_vtt(timeline).encode())
        chapters.write(sound.to_chapters_json(timeline).encode())
    return Briefing(path, spoken.script.title, timeline, spoken.engine, spoken.voice, instead_of=spoken.instead_of)


def report(briefing: Briefing, config: Config) -> Path:
    """Write a page about a bulletin's sound beside it, and return its path."""
    from audio.sound import listening  # noqa: PLC0415 - few ask for it
    from audio.sound import report as page  # noqa: PLC0415

    path = briefing.path.with_suffix(".report.html")
    with written_whole(path) as file:
        file.write(page.to_html(briefing, listening.listen(briefing.path), config.sound.target_lufs).encode())
    return path


def _prove(articles: Sequence[Article], made: sound.Recording, kind: str, file: BinaryIO) -> None:
    """Let the gate see the bulletin; what was decoded as it was made need not be decoded again."""
    if made.levels is None:
        with sound.formats.decodable(kind, file) as decodable:
            gate.prove(articles, made.timeline, decodable)
        return
    gate.account(articles, made.timeline.cues)
    gate.hear(made.timeline, *made.levels)
    gate.measure(made.timeline, file)


def read_articles(
    sources: Sequence[str], config: Config, *, keep_going: bool = False, on_event: OnEvent = ignore
) -> tuple[tuple[Article, ...], tuple[tuple[str, str], ...]]:
    """Return the articles of all sources and what was lost, as (source or link, reason).

    A story of a feed that cannot be read is lost, and the others stay. Raises the first SourceError of a whole source,
    or with ``keep_going`` only when nothing at all is left.
    """
    articles: list[Article] = []
    lost: list[tuple[str, str]] = []

    def lose(source: str, reason: str) -> None:
        lost.append((source, reason))
        on_event(SourceLost(source, reason))

    read = reader(config, lose)
    for index, source in enumerate(sources, 1):
        try:
            found = read(source)
        except SourceError as error:
            if not keep_going:
                raise
            lose(source, error.message)
            continue
        articles.extend(found)
        on_event(ArticleRead(source, script.derive_title(found[0]), index, len(sources)))
    if not articles:
        raise SourceError("none of the sources could be read", hint=lost[0][1] if lost else "Name a source.")
    return tuple(articles), tuple(lost)


def reader(config: Config, on_lost: readers.Lost = readers.lose) -> Callable[[str], tuple[Article, ...]]:
    """Return what reads one source after the other with one polite client, made when the first page is asked for.

    ``on_lost`` is told (link, reason) of each story of a feed that cannot be read.
    """
    return functools.partial(readers.read, web=functools.cache(lambda: fetcher(config)), on_lost=on_lost)


def fetcher(config: Config) -> Fetcher:
    """Return a polite client as the settings want it, which remembers pages."""
    from audio.readers.fetch import Fetcher  # noqa: PLC0415 - a network library, loaded when something is fetched
    from audio.readers.fetch.http_cache import HttpCache  # noqa: PLC0415

    return Fetcher(config.fetch, HttpCache(default_cache_folder().with_name("pages")), version=__version__)


def edition_date(articles: Sequence[Article], now: dt.datetime) -> dt.date:
    """Return the newest date the articles carry, or that of ``now``: the same articles make the same bulletin."""
    dates = []
    for article in articles:
        with contextlib.suppress(ValueError):
            dates.append(dt.date.fromisoformat((article.published or "")[:10]))
    return max(dates, default=now.date())


def write_script(articles: Sequence[Article], config: Config, now: dt.datetime, title: str | None = None) -> Script:
    """Return what the first engine of the settings would be given to say."""
    engine = engines.make(config.engines[0], config)
    _, written = plain_script(articles, config, edition_date(articles, now), title)(engine)
    return casting.cast(written, config, voices_of(engine, config), stories=len(articles))


def voice_of(engine: Engine, config: Config) -> str:
    """Return the voice the settings name for an engine, or its own first one; empty where it lists none."""
    asked = config.voices.get(engine.name)
    if asked:
        return asked
    voices = engine.voices()
    return next((voice.id for voice in voices if voice.installed), voices[0].id if voices else "")


def voices_of(engine: Engine, config: Config) -> casting.Voices:
    """Return an engine's two voices: as the settings name them, or the second the first of another gender."""
    main = voice_of(engine, config)
    there = [voice for voice in engine.voices() if voice.installed]
    genders = {voice.id: voice.gender for voice in there}
    other = [voice.id for voice in there if voice.id != main]
    contrast = [voice for voice in other if genders[voice] != genders.get(main.partition("@")[0], "")]
    second = config.second_voices.get(engine.name) or next(iter(contrast or other), main)
    return casting.Voices(engine.name, main, second)


def _spoken_by(spoken: fallback.Spoken) -> str:
    why = "".join(f"; {engine} could not: {reason}" for engine, reason in spoken.instead_of)
    return f"Spoken by {spoken.engine} (voice {spoken.voice}){why}"


def load_lexicon(config: Config) -> Lexicon | None:
    """Return the user's own pronunciations, if the settings name a file of them."""
    return Lexicon.load(config.lexicon) if config.lexicon else None


def _cache(config: Config) -> Cache:
    folder, max_bytes = config.cache.folder or default_cache_folder(), int(config.cache.max_gb * 1e9)
    if config.cache.shared is None:
        return Cache(folder, max_bytes)
    return SharedCache(folder, max_bytes, open_place(config.cache.shared))


def ledger_of(config: Config) -> Ledger:
    """Return what earlier runs learned about the services; it lies beside the speeches, as little missed if lost."""
    return Ledger((config.cache.folder or default_cache_folder()) / "engines")


def default_cache_folder() -> Path:
    """Return the folder the system keeps for caches of this program."""
    return platformdirs.user_cache_path("notiziario") / "speech"


def _path(sources: Sequence[str], output: Path | None, config: Config, title: str) -> Path:
    """Return the MP3's path: as asked, or named after the only source, or after the title."""
    if output is not None and not output.is_dir():
        sound.formats.require(output.suffix.lower())
        return output
    folder = output or config.output
    only_file = len(sources) == 1 and sources[0] != "-"
    return folder / f"{slug(Path(sources[0]).stem if only_file else title)}.mp3"


def _cover(config: Config) -> bytes:
    if config.show.cover is None:
        return (resources.files("audio.assets") / "cover.jpg").read_bytes()
    try:
        image = config.show.cover.read_bytes()
    except OSError as error:
        raise SettingsError(f"show.cover: {config.show.cover}: cannot be read: {error.strerror}") from error
    if not image.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")):
        raise SettingsError(f"show.cover: {config.show.cover}: is neither a JPEG nor a PNG picture")
    if len(image) > _MAX_COVER_BYTES:
        raise SettingsError(
            f"show.cover: {config.show.cover}: is larger than {_MAX_COVER_BYTES // 1000} kB",
            hint="Save it as a JPEG of 1400 to 3000 pixels; larger covers crash phones.",
        )
    return image
