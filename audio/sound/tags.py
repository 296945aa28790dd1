"""ID3: what the file says about itself, the chapters and the words a player shows. mutagen writes and reads it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from mutagen import MutagenError, id3

from audio.model import Chapter, Tags, Timeline

# Longer titles are cut by players, and refused by some feeds.
_LONGEST = 255
_NO_OFFSET = 0xFFFFFFFF
_UTF8 = 3
# An hour of news is 50 kB. Beyond this, players have been seen to give up on the whole tag.
_MOST_LYRICS_BYTES = 64_000
# Of synchronised lyrics: their unit of time, and what they are.
_MILLISECONDS, _AS_LYRICS = 2, 1
_HEADER_BYTES = 10
_PROOF = "notiziario:proof"


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of itself: chapters as (title, start, end) and sentences as (text, start), in seconds."""

    title: str
    chapters: tuple[tuple[str, float, float], ...]
    lines: tuple[tuple[str, float], ...]
    proof: bytes | None = field(repr=False)


def said_by(path: Path) -> Said:
    """Read a file's tag. Raises OSError where it cannot be read, ValueError where it has no tag."""
    try:
        tag = id3.ID3(path)
    except (id3.error, MutagenError) as error:
        if isinstance(error.__cause__ or error.__context__, OSError):
            raise error.__cause__ or error.__context__ or error from None
        raise ValueError("it has no ID3 tag") from error
    chapters = [
        (str(one.sub_frames["TIT2"]) if "TIT2" in one.sub_frames else "", one.start_time / 1000, one.end_time / 1000)
        for one in tag.getall("CHAP")
    ]
    lines = [(text, at / 1000) for frame in tag.getall("SYLT") for text, at in frame.text]
    proof = next((frame.data for frame in tag.getall("PRIV") if frame.owner == _PROOF), None)
    return Said(str(tag.get("TIT2", "")), tuple(sorted(chapters, key=lambda one: one[1])), tuple(lines), proof)


def to_id3(tags: Tags, timeline: Timeline, proof: bytes = b"") -> bytes:
    """Return an ID3v2.4 tag without padding. ``proof`` is kept for whoever examines the file later.

    Chapters stand in one ordered table of contents with a title of its own: without that, several players show none.
    """
    written = id3.ID3()
    written.add(id3.TIT2(_UTF8, _clean(tags.title)))
    written.add(id3.TPE1(_UTF8, _clean(tags.artist)))
    written.add(id3.TALB(_UTF8, _clean(tags.album)))
    written.add(id3.TLAN(_UTF8, tags.language))
    written.add(id3.TCON(_UTF8, tags.genre))
    if tags.date:
        written.add(id3.TDRC(_UTF8, tags.date))
    if tags.comment:
        written.add(id3.COMM(_UTF8, "eng", "", _clean(tags.comment)))
    if tags.cover:
        kind = "image/png" if tags.cover.startswith(b"\x89PNG") else "image/jpeg"
        written.add(id3.APIC(_UTF8, kind, id3.PictureType.COVER_FRONT, "", tags.cover))
    for frame in _lyrics(tags, timeline):
        written.add(frame)
    if proof:
        written.add(id3.PRIV(_PROOF, proof))
    names = [f"ch{index}" for index in range(len(timeline.chapters))]
    written.add(id3.CTOC("toc", 0b11, names, [id3.TIT2(_UTF8, _clean(tags.title))]))
    frames = _frames(written) + b"".join(map(_chapter, names, timeline.chapters))
    return b"ID3\x04\x00\x00" + id3.BitPaddedInt.to_str(len(frames), width=4) + frames


def _lyrics(tags: Tags, timeline: Timeline) -> Iterator[id3.Frame]:
    """Yield what is said, plain and line by line with times; neither where it is longer than players take."""
    lines = [(_line(cue.segment.text), round(cue.start_seconds * 1000)) for cue in timeline.cues]
    if lines and sum(len(text.encode()) + 1 for text, _ in lines) <= _MOST_LYRICS_BYTES:
        yield id3.USLT(_UTF8, tags.language, "", "\n".join(text for text, _ in lines))
        yield id3.SYLT(_UTF8, tags.language, _MILLISECONDS, _AS_LYRICS, "", lines)


def _chapter(name: str, chapter: Chapter) -> bytes:
    """Return a chapter's frame; mutagen would sort chapters by their size, and some players show the file's order."""
    start, end = round(chapter.start_seconds * 1000), round(chapter.end_seconds * 1000)
    one = id3.ID3()
    one.add(id3.CHAP(name, start, end, _NO_OFFSET, _NO_OFFSET, [id3.TIT2(_UTF8, _clean(chapter.title))]))
    return _frames(one)


def _frames(tag: id3.ID3) -> bytes:
    out = io.BytesIO()
    tag.save(out, v2_version=4, padding=lambda _: 0)
    return out.getvalue()[_HEADER_BYTES:]


def _clean(text: str) -> str:
    """Return the text on one line, not too long, without signs that have no shape (controls, soft hyphens)."""
    plain = _line(text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"


def _line(text: str) -> str:
    return " ".join("".join(c for c in text if c.isprintable() or c.isspace()).split())
