"""The notes of an episode: a few words, the chapters with their times, the sources, and that the voice is synthetic.

Directories allow only a handful of tags; each block is whole, so a cut never falls inside one.
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.sax.saxutils import escape, quoteattr

from audio.podcast.chapters import clean, to_lines
from audio.podcast.episode import Episode, Source

# Apple and PSP-1 count bytes of UTF-8.
_MAX_BYTES = 4000
DISCLOSURE = "Letto da una voce sintetica."


def disclosed(text: str) -> str:
    """Return a description that says, if it did not, that the voice is synthetic."""
    return text if "sintetic" in text.lower() else f"{text} {DISCLOSURE}".strip()


def whole(episode: Episode) -> str:
    """Return all of the notes as HTML."""
    return "".join((*_head(episode), *_chapters(episode, len(episode.marks)), *_sources(episode)))


def plain(episode: Episode) -> str:
    """Return the notes as lines of text, for players that show no markup."""
    lines = [" ".join(line) for line in to_lines(episode.marks)] if len(episode.marks) > 1 else []
    return "\n".join(filter(None, [disclosed(episode.summary), *lines]))


def brief(episode: Episode, notes: str) -> str:
    """Return as much of the whole notes as a description may hold: sources go first, then the last chapters."""
    if len(notes.encode()) <= _MAX_BYTES:
        return notes
    head = "".join(_head(episode))
    room = _MAX_BYTES - len(head.encode())
    for count in range(len(episode.marks), 0, -1):
        chapters = "".join(_chapters(episode, count))
        if len(chapters.encode()) <= room:
            return head + chapters
    return head


def sources_of(episode: Episode) -> tuple[Source, ...]:
    """Return the sources of all chapters, each once, in the order of the programme."""
    return tuple({source.url: source for mark in episode.marks for source in mark.sources}.values())


def _head(episode: Episode) -> Iterator[str]:
    if episode.summary:
        # Half of the room at most, so that the chapters are never crowded out.
        cut = clean_cut(episode.summary, _MAX_BYTES // 2)
        yield f"<p>{escape(cut)}</p>"
    if "sintetic" not in episode.summary.lower():
        yield f"<p>{DISCLOSURE}</p>"


def _chapters(episode: Episode, count: int) -> Iterator[str]:
    if len(episode.marks) > 1:
        lines = to_lines(episode.marks)[:count]
        yield f"<p>{'<br/>'.join(f'{time} {escape(title)}' for time, title in lines)}</p>"


def _sources(episode: Episode) -> Iterator[str]:
    if sources := sources_of(episode):
        links = "".join(f"<li><a href={quoteattr(s.url)}>{escape(clean(s.name))}</a></li>" for s in sources)
        yield f"<p>Fonti:</p><ul>{links}</ul>"


def clean_cut(text: str, most_bytes: int) -> str:
    """Return the text on one line, cut at a word where its UTF-8, escaped for HTML, would be longer.

    >>> clean_cut("uno due tre", 9)
    'uno…'
    """
    words = text.split()
    line = " ".join(words)
    if len(escape(line).encode()) <= most_bytes:
        return line
    while words and len(escape(" ".join(words)).encode()) > most_bytes - len("…".encode()):
        words.pop()
    return " ".join(words) + "…"
