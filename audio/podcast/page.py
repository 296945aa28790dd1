"""The pages: the show with its newest episodes, its archive by months, and each episode with player and transcript.

Static and light; nothing is asked of any other host; without JavaScript they still play and read. Jinja2 escapes
everything. A page whose episode, transcript and templates did not change is not made again.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from pathlib import Path
from urllib.parse import quote

import segno
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from audio import files
from audio.config import ShowSettings
from audio.italian.dates import MONTHS
from audio.podcast import address, cover, notes, store, transcript
from audio.podcast.chapters import clean, to_lines
from audio.podcast.episode import Episode, Source

_WEEKDAYS = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")
# A month of daily editions; the index of a show of any age loads as fast.
_ON_INDEX = 30
_TEMPLATES = ("base.html", "parts.html", "index.html", "month.html", "episode.html", "page.css", "page.js")
_HEADINGS = {"headline": "h3", "heading": "h4"}


@dataclass(frozen=True, slots=True)
class ChapterView:
    """A chapter as a page shows it."""

    time: str
    seconds: float
    title: str
    sources: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class ParagraphView:
    """A paragraph of the transcript: the element's name, its class, and its lines."""

    tag: str
    role: str
    time: str
    seconds: float
    lines: tuple[transcript.Line, ...]
    chapter: bool


def write_all(folder: Path, show: ShowSettings, cover_name: str, episodes: Sequence[Episode]) -> None:
    """Write the pages of the episodes (newest first) and what they share; nothing whose content did not change."""
    common = _common(show, cover_name)
    for name in ("page.css", "page.js"):
        store.write(folder / name, _template(name).encode())
    for episode in episodes:
        write_episode(folder, show, cover_name, episode)
    months = [_month(key, group) for key, group in groupby(episodes, key=lambda e: f"{e.published:%Y-%m}")]
    for month in months:
        page = _environment().get_template("month.html").render(**common, root="", month=month)
        store.write(folder / f"{month['name']}.html", page.encode())
    for path in folder.glob("archivio-*.html"):
        if path.stem not in {month["name"] for month in months}:
            files.remove(path)
    index = _environment().get_template("index.html")
    page = index.render(
        **common,
        root="",
        episodes=[_brief(episode) for episode in islice(episodes, _ON_INDEX)],
        newest=_full(episodes[0]) if episodes else None,
        months=months if len(episodes) > _ON_INDEX else [],
        subscribe=_subscriptions(show),
        qr=_qr(address.feed(show)),
    )
    store.write(folder / "index.html", page.encode())


def write_episode(folder: Path, show: ShowSettings, cover_name: str, episode: Episode) -> None:
    """Write an episode's page, unless it was made of the same record, transcript, show and templates.

    The page's last line tells what it was made of, so a page that ends early is made again too. Raises OutputError
    where the transcript is missing.
    """
    path = store.path_of(folder, episode.name, ".html")
    common = _common(show, cover_name)
    record, words = (store.read(store.path_of(folder, episode.name, suffix)) for suffix in (".json", ".vtt"))
    of = hashlib.blake2b(digest_size=12)
    for part in (_design(), repr(common).encode(), record, words):
        of.update(part)
    mark = f"<!-- {of.hexdigest()} -->\n".encode()
    if not _ends_with(path, mark):
        paragraphs = tuple(_paragraphs(episode, transcript.from_vtt(words.decode("utf-8", "replace"))))
        template = _environment().get_template("episode.html")
        page = template.render(**common, root="../", episode=_full(episode), paragraphs=paragraphs)
        store.write(path, page.encode() + b"\n" + mark)


def _ends_with(path: Path, mark: bytes) -> bool:
    if not path.exists():
        return False
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - len(mark)))
        return file.read() == mark


@lru_cache
def _design() -> bytes:
    return "".join(map(_template, _TEMPLATES)).encode()


def _common(show: ShowSettings, cover_name: str) -> dict[str, object]:
    return {
        "show": {
            "title": clean(show.title),
            "description": notes.disclosed(" ".join(show.description.split())),
            "author": clean(show.author),
            "email": show.email,
            "link": show.link,
            "language": show.language,
            "private": show.private,
        },
        "base": address.base(show),
        "feed": address.feed(show),
        "cover": cover_name,
        "small_cover": cover.small(cover_name),
    }


def _brief(episode: Episode) -> dict[str, object]:
    """Return what a list says about an episode."""
    return {
        "name": episode.name,
        "title": episode.title,
        "iso": episode.published.isoformat(),
        "date": date_in_words(episode.published),
        "time": f"{episode.published:%H:%M}",
        "minutes": max(1, round(episode.seconds / 60)),
        "summary": episode.summary,
    }


def _full(episode: Episode) -> dict[str, object]:
    """Return what the player needs too."""
    lines = to_lines(episode.marks)
    views = [
        ChapterView(time, mark.start_seconds, mark.title, mark.sources)
        for (time, _), mark in zip(lines, episode.marks, strict=True)
    ]
    megabytes = f"{episode.audio_bytes / 1e6:.1f}".replace(".", ",")
    return {**_brief(episode), "seconds": episode.seconds, "megabytes": megabytes, "chapters": views}


def _paragraphs(episode: Episode, lines: Sequence[transcript.Line]) -> Iterator[ParagraphView]:
    """Yield the transcript's paragraphs; what the record does not count stands in a last one."""
    rest = iter(lines)
    starts = {round(mark.start_seconds * 1000) for mark in episode.marks}
    for paragraph in episode.paragraphs:
        if own := tuple(islice(rest, paragraph.cues)):
            yield _paragraph(paragraph.role, own, starts)
    if own := tuple(rest):
        yield _paragraph("paragraph", own, starts)


def _paragraph(role: str, lines: tuple[transcript.Line, ...], starts: set[int]) -> ParagraphView:
    seconds = lines[0].start_ms / 1000
    minutes, rest = divmod(int(seconds), 60)
    tag = _HEADINGS.get(role, "p")
    return ParagraphView(tag, role, f"{minutes:02}:{rest:02}", seconds, lines, lines[0].start_ms in starts)


def offsets(line: transcript.Line) -> str:
    """Return when each word of a line begins, in hundredths of a second from the line's start; empty where unknown.

    The page's script reads it; one number a word keeps a quarter of an hour below 10 kB.
    """
    if all(word.start_ms is None for word in line.words):
        return ""
    known = ("" if w.start_ms is None else str((w.start_ms - line.start_ms) // 10) for w in line.words)
    return ",".join(["0", *islice(known, 1, None)])


def _month(key: str, episodes: Iterator[Episode]) -> dict[str, object]:
    year, month = key.split("-")
    return {
        "name": f"archivio-{key}",
        "title": f"{MONTHS[int(month) - 1]} {year}",
        "episodes": [_brief(episode) for episode in episodes],
    }


def _subscriptions(show: ShowSettings) -> tuple[tuple[str, str], ...]:
    """Return (app, address that opens the feed in it)."""
    feed = address.feed(show)
    bare = feed.split("://", 1)[1]
    return (
        ("Apple Podcasts", f"podcast://{bare}"),
        ("AntennaPod", f"https://antennapod.org/deeplink/subscribe?url={quote(feed, safe='')}"),
        ("Pocket Casts", f"pktc://subscribe/{bare}"),
        ("Overcast", f"overcast://x-callback-url/add?url={quote(feed, safe='')}"),
    )


def _qr(text: str) -> Markup:
    """Return a QR code as inline SVG without any style, so that a phone finds the feed from a screen."""
    out = io.BytesIO()
    code = segno.make(text, error="m", micro=False)
    code.save(out, kind="svg", xmldecl=False, svgns=False, svgclass="qr", lineclass=None, omitsize=True, border=2)
    return Markup(out.getvalue().decode())  # noqa: S704 - segno's own drawing: digits and letters of paths


def date_in_words(moment: dt.datetime) -> str:
    """Write a day as Italian does.

    >>> date_in_words(dt.datetime(2025, 11, 1))
    'sabato 1º novembre 2025'
    """
    day = "1º" if moment.day == 1 else str(moment.day)
    return f"{_WEEKDAYS[moment.weekday()]} {day} {MONTHS[moment.month - 1]} {moment.year}"


@lru_cache
def _environment() -> Environment:
    loader = PackageLoader("audio.podcast")
    made = Environment(loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined)
    made.filters["offsets"] = offsets
    return made


@lru_cache
def _template(name: str) -> str:
    loader = _environment().loader
    assert loader is not None  # noqa: S101 - made two lines above
    return loader.get_source(_environment(), name)[0]
