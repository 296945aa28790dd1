"""One list of chapters in each form that some client reads: JSON, Podlove, and lines of the notes.

The fourth form, ID3, is written with the sound, from the same Timeline.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Sequence
from urllib.parse import quote
from xml.sax.saxutils import quoteattr

from audio.logins import without_login
from audio.model import Timeline
from audio.podcast.episode import Mark, Source

# Longer titles are cut by players, and refused by some directories.
_LONGEST = 255


def marks_of(timeline: Timeline, sources: Sequence[Sequence[Source]]) -> tuple[Mark, ...]:
    """Return the chapters of a bulletin, each with the sources of its story; ``sources`` may end early."""
    return tuple(
        Mark(
            clean(chapter.title),
            round(chapter.start_seconds, 3),
            round(chapter.end_seconds, 3),
            tuple(_harmless(sources[index])) if index < len(sources) else (),
        )
        for index, chapter in enumerate(timeline.chapters)
    )


def _harmless(sources: Sequence[Source]) -> Iterator[Source]:
    """Yield the sources that lead to the web, in plain characters: a feed's link may be a script."""
    for source in sources:
        if source.url.startswith(("http://", "https://")):
            yield Source(clean(source.name), quote(without_login(source.url), safe="%/:?#[]@!$&'()*+,;=~"))


def to_json(marks: Sequence[Mark]) -> str:
    """Return the chapters as JSON, version 1.2 of Podcasting 2.0; a chapter's link is its first source."""
    chapters = []
    for mark in marks:
        chapter: dict[str, object] = {"startTime": mark.start_seconds, "endTime": mark.end_seconds, "title": mark.title}
        if mark.sources:
            chapter["url"] = mark.sources[0].url
        chapters.append(chapter)
    return json.dumps({"version": "1.2.0", "chapters": chapters}, ensure_ascii=False, indent=1) + "\n"


def to_psc(marks: Sequence[Mark]) -> str:
    """Return the chapters as Podlove Simple Chapters; the prefix ``psc`` must be bound."""
    rows = "".join(
        f"<psc:chapter start={quoteattr(clock(mark.start_seconds, millis=True))} title={quoteattr(mark.title)}"
        + (f" href={quoteattr(mark.sources[0].url)}" if mark.sources else "")
        + "/>\n"
        for mark in marks
    )
    return f'<psc:chapters version="1.2">\n{rows}</psc:chapters>\n'


def to_lines(marks: Sequence[Mark]) -> tuple[tuple[str, str], ...]:
    """Return (time, title) for the notes, from 00:00; with hours for all where the programme has one."""
    long = bool(marks) and marks[-1].end_seconds >= 3600  # noqa: PLR2004 - seconds of an hour
    return tuple((clock(mark.start_seconds, hours=long), mark.title) for mark in marks)


def clock(seconds: float, *, hours: bool = False, millis: bool = False) -> str:
    """Write a time as players read it.

    >>> clock(75.4), clock(75.4, hours=True), clock(75.4, millis=True)
    ('01:15', '00:01:15', '00:01:15.400')
    """
    total = round(seconds * 1000)
    minutes, rest = divmod(total // 1000, 60)
    if millis:
        return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}.{total % 1000:03}"
    return f"{minutes // 60:02}:{minutes % 60:02}:{rest:02}" if hours else f"{minutes:02}:{rest:02}"


def clean(text: str) -> str:
    """Return the text on one line, in composed letters, without signs that have no shape and not too long."""
    plain = line(text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1].rstrip() + "…"


def line(text: str) -> str:
    """Return the text on one line, in composed letters, without signs that have no shape, whatever its length."""
    shown = "".join(c for c in unicodedata.normalize("NFC", text) if c.isprintable() or c.isspace())
    return " ".join(shown.split())
