"""ID3: what the file says about itself, and the chapters a player shows. mutagen writes it."""

from __future__ import annotations

import io

from mutagen import id3

from audio.model import Tags, Timeline

# Longer titles are cut by players, and refused by some feeds.
_LONGEST = 255
_NO_OFFSET = 0xFFFFFFFF
_UTF8 = 3


def to_id3(tags: Tags, timeline: Timeline) -> bytes:
    """Return an ID3v2.4 tag without padding.

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
    if tags.cover:
        kind = "image/png" if tags.cover.startswith(b"\x89PNG") else "image/jpeg"
        written.add(id3.APIC(_UTF8, kind, id3.PictureType.COVER_FRONT, "", tags.cover))
    names = [f"ch{index}" for index in range(len(timeline.chapters))]
    written.add(id3.CTOC("toc", 0b11, names, [id3.TIT2(_UTF8, _clean(tags.title))]))
    for name, chapter in zip(names, timeline.chapters, strict=True):
        start, end = round(chapter.start_seconds * 1000), round(chapter.end_seconds * 1000)
        title = id3.TIT2(_UTF8, _clean(chapter.title))
        written.add(id3.CHAP(name, start, end, _NO_OFFSET, _NO_OFFSET, [title]))
    out = io.BytesIO()
    written.save(out, v2_version=4, padding=lambda _: 0)
    return out.getvalue()


def _clean(text: str) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text)
    return plain if len(plain) <= _LONGEST else plain[: _LONGEST - 1] + "…"
