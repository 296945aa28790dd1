"""What is written for listeners' programs says just what it was given, whatever that was."""

from __future__ import annotations

import datetime as dt
import io
import xml.etree.ElementTree as ET

from mutagen import id3

from audio.config import ShowSettings
from audio.model import Chapter, Cue, Role, Segment, Tags, Timeline
from audio.podcast import chapters, feed, transcript
from audio.podcast.episode import Episode, Mark, Source
from audio.sound.tags import to_id3
from audio.sound.transcript import to_vtt
from fuzz.material import texts

_LONGEST = 255
_MOMENT = dt.datetime(2025, 11, 6, 6, 30, tzinfo=dt.UTC)
_SPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
}


def tags(data: bytes) -> None:
    """Title, artist, album, comment, chapters and lyrics come back from the tag as they went in, on one line each."""
    title, artist, album, comment, *rest = (text if _line(text) else "x" for text in texts(data, 6))
    tag = to_id3(Tags(title, artist, album, comment=comment), _timeline(rest))
    read = id3.ID3(io.BytesIO(tag + bytes(2000)))
    assert (str(read["TIT2"]), str(read["TPE1"]), str(read["TALB"])) == (_line(title), _line(artist), _line(album))
    assert str(read["COMM::eng"]) == _line(comment)
    told = sorted(read.getall("CHAP"), key=lambda one: one.start_time)
    assert [str(one.sub_frames["TIT2"]) for one in told] == [_line(one) for one in rest]
    assert [one.element_id for one in told] == list(read.getall("CTOC")[0].child_element_ids)
    assert [text for text, _ in read.getall("SYLT")[0].text] == [_line(one, cut=False) for one in rest]


def captions(data: bytes) -> None:
    """Sentences come back from the WebVTT, and from the SubRip made of it; none makes a cue of its own."""
    said = [" ".join(_visible(text).split()) for text in texts(data, 4)]
    said = [text for text in said if text] or ["x"]  # what readers let through
    lines = transcript.from_vtt(to_vtt(_timeline(said)))
    assert [line.text for line in lines] == said
    again = transcript.from_vtt(transcript.to_vtt(lines))
    assert [line.text for line in again] == [line.text for line in lines]
    shown = transcript.to_srt(lines).split("\n\n")
    assert len(shown) >= len(lines)
    assert all(block.strip("\n").split("\n")[1].count(" --> ") == 1 for block in shown)


def show(data: bytes) -> None:
    """A feed of any titles, names and notes is XML, and a reader of XML finds in it what was meant."""
    title, author, description, headline, summary, name = texts(data, 6)
    settings = ShowSettings(
        title=title or "x", author=author or "x", description=description, base_url="https://esempio.it/p/"
    )
    marks = tuple(
        Mark(chapters.clean(one), at * 1.0, at + 1.0, (Source(chapters.clean(name), "https://esempio.it/a?b&c"),))
        for at, one in enumerate((headline, summary))
    )
    episode = Episode("a", "urn:x:1", chapters.clean(headline), _MOMENT, 2.0, 9, chapters.line(summary), marks=marks)
    written = feed.write(settings, "g", "cover.jpg", [episode], frozenset())
    channel = ET.fromstring(written).find("channel")  # noqa: S314 - our own feed
    assert channel is not None
    assert channel.findtext("title") == chapters.clean(settings.title)
    assert channel.findtext("itunes:author", None, _SPACES) == chapters.clean(settings.author)
    assert len(channel.findall("item")) == 1
    item = channel.find("item")
    assert item is not None
    assert item.findtext("title") == episode.title
    told = [one.attrib["title"] for one in item.iterfind(".//psc:chapter", _SPACES)]
    assert told == [mark.title for mark in marks]
    # The notes are markup in text: well-formed too, with no element but ours.
    notes = item.findtext("content:encoded", "", _SPACES)
    found = ET.fromstring(f"<notes>{notes}</notes>")  # noqa: S314 - our own notes
    assert {one.tag for one in found.iter()} <= {"notes", "p", "br", "ul", "li", "a"}


def _timeline(said: list[str]) -> Timeline:
    cues = tuple(Cue(Segment(Role.PARAGRAPH, text, "a", "it", 0.5), at * 1.0, at + 0.5) for at, text in enumerate(said))
    named = tuple(Chapter(text, at * 1.0, at + 1.0) for at, text in enumerate(said))
    return Timeline(cues, named, float(len(said)))


def _visible(text: str) -> str:
    return "".join(c for c in text if c.isprintable() or c.isspace())


def _line(text: str, *, cut: bool = True) -> str:
    line = " ".join(_visible(text).split())
    return line if len(line) <= _LONGEST or not cut else line[: _LONGEST - 1] + "…"
