"""The feed, read by the libraries behind real clients, and rule by rule."""

import json
import re
from dataclasses import replace
from email.utils import parsedate_to_datetime
from io import BytesIO
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import podcastparser
import pytest
from made_show import BASE, HOSTILE, NOW, AddEpisode
from mutagen.id3 import ID3

from audio.config import Config
from audio.podcast import feed, publish, store, verify
from audio.podcast.episode import Episode, Mark, Source
from audio.podcast.finding import CONTENT, ITUNES, PODCAST, PSC

PODLOVE = f"{PSC}chapters/{PSC}chapter"


def _built(folder: Path, config: Config) -> bytes:
    publish.rebuild(folder, config)
    return (folder / "feed.xml").read_bytes()


def _channel(data: bytes) -> ET.Element:
    channel = ET.fromstring(data).find("channel")  # noqa: S314 - our own
    assert channel is not None
    return channel


def test_feedparser_reads_it(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """The library behind most Python readers finds nothing wrong, and every episode with its sound, length and date."""
    episode = add(title=HOSTILE)
    read = feedparser.parse(BytesIO(_built(tmp_path, config)))
    assert not read.bozo
    (entry,) = read.entries
    assert entry.title == HOSTILE
    assert entry.id == episode.guid
    (sound,) = entry.enclosures
    assert sound.href == f"{BASE}episodes/{episode.name}.mp3"
    assert int(sound.length) == store.path_of(tmp_path, episode.name, ".mp3").stat().st_size
    assert "<script" not in entry.summary


def test_the_identity_of_a_show() -> None:
    """A show is told apart by its first address, whatever the scheme and the slashes at its end."""
    assert feed.guid_of("https://mp3s.nashownotes.com/pc20rss.xml") == "917393e3-1b1e-5cef-ace4-edaa54e1f810"
    one = feed.guid_of("https://esempio.it/feed?di=https://altro.it")
    assert one == feed.guid_of("http://esempio.it/feed?di=https://altro.it/")
    assert one not in {feed.guid_of("https://altro.it"), feed.guid_of("https://esempio.it/feed?di=https")}


@pytest.mark.parametrize(
    ("frequency", "rule"),
    [
        ("daily", "FREQ=DAILY"),
        ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR"),
        ("weekly", "FREQ=WEEKLY"),
        ("irregular", None),
    ],
)
def test_how_often(tmp_path: Path, config: Config, add: AddEpisode, frequency: str, rule: str | None) -> None:
    """A show's rhythm is told as a rule that programs know; of one that has none nothing is told."""
    add()
    channel = _channel(_built(tmp_path, replace(config, show=replace(config.show, frequency=frequency))))
    told = channel.find(f"{PODCAST}updateFrequency")
    assert (told.get("rrule") if told is not None else None) == rule


def test_gpodder_reads_it(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """GPodder's parser finds show, cover, episode, duration, notes and the chapters with their links."""
    episode = add()
    read = podcastparser.parse(f"{BASE}feed.xml", BytesIO(_built(tmp_path, config)))
    assert read["title"] == "Il Notiziario"
    assert read["cover_url"].startswith(f"{BASE}cover-")
    (found,) = read["episodes"]
    assert found["guid"] == episode.guid
    assert abs(found["total_time"] - episode.seconds) < 1
    assert [chapter["title"] for chapter in found["chapters"]] == [mark.title for mark in episode.marks]
    assert found["chapters"][0]["href"] == "https://esempio.it/n?a=1&b=perch%C3%A9"
    assert found["published"] == int(NOW.timestamp())


def test_our_own_check_finds_nothing(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """A show as this program makes it breaks no rule of any directory, not even one that only recommends."""
    for day in range(3):
        add(day, title=f"<script>\"&'é… {day}")
    _built(tmp_path, config)
    here = replace(config, publish=replace(config.publish, folder=tmp_path))
    assert verify.examine(None, here, NOW) == ()


def test_every_form_of_the_chapters_agrees(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """ID3, JSON, Podlove and the lines of the notes have the same titles, at most a millisecond or a second apart."""
    episode = add()
    item = _channel(_built(tmp_path, config)).find("item")
    assert item is not None
    titles = [mark.title for mark in episode.marks]
    starts = [mark.start_seconds for mark in episode.marks]
    written = json.loads(store.path_of(tmp_path, episode.name, ".chapters.json").read_text(encoding="utf-8"))
    assert [c["title"] for c in written["chapters"]] == titles
    assert [c["startTime"] for c in written["chapters"]] == starts
    assert [c.get("title") for c in item.findall(PODLOVE)] == titles
    tag = ID3(store.path_of(tmp_path, episode.name, ".mp3"))
    marks = [tag[f"CHAP:{name}"] for name in tag.getall("CTOC")[0].child_element_ids]
    assert [c.sub_frames["TIT2"].text[0] for c in marks] == titles
    assert [c.start_time for c in marks] == pytest.approx([start * 1000 for start in starts], abs=1)
    lines = re.findall(r"(\d\d):(\d\d) ([^<]+)", item.findtext("description") or "")
    assert [title for _, _, title in lines] == titles
    assert [int(m) * 60 + int(s) for m, s, _ in lines] == pytest.approx(starts, abs=1)


def test_bytes_do_not_depend_on_now(config: Config) -> None:
    """The dates of the feed are those of its newest episode."""
    episode = Episode("a", "urn:a", "A", NOW, 60.0, 100_000)
    channel = _channel(feed.write(config.show, "g", "cover-1.jpg", [episode], frozenset()))
    for tag in ("pubDate", "lastBuildDate"):
        assert parsedate_to_datetime(channel.findtext(tag) or "") == NOW


def test_the_voice_is_disclosed(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """Show and episode say in words and in metadata that the voice is synthetic, whatever the settings describe."""
    add()
    quiet = replace(config, show=replace(config.show, description="Le notizie di oggi."))
    channel = _channel(_built(tmp_path, quiet))
    item = channel.find("item")
    assert item is not None
    for place in (channel, item):
        assert "sintetica" in (place.findtext("description") or "")
        assert [t.get("purpose") for t in place.findall(f"{PODCAST}txt") if t.text == "true"] == ["ai-content"]


def test_what_is_asked_for_and_what_is_not(config: Config) -> None:
    """A private show that moves says so; one that is neither has no such tag, and no owner is invented."""
    private = replace(config.show, private=True, moved_to="https://nuovo.example/feed.xml", copyright="La redazione")
    channel = _channel(feed.write(private, "g", "c.jpg", [], frozenset()))
    assert channel.findtext(f"{ITUNES}block") == "Yes"
    assert channel.findtext(f"{PODCAST}block") == "yes"
    assert channel.findtext(f"{ITUNES}new-feed-url") == "https://nuovo.example/feed.xml"
    assert channel.findtext("copyright") == "La redazione"
    plain = _channel(feed.write(replace(config.show, email=None), "g", "c.jpg", [], frozenset()))
    for tag in ("block", "new-feed-url", "owner"):
        assert plain.find(f"{ITUNES}{tag}") is None
    assert plain.findtext(f"{PODCAST}locked") == "no"


def test_long_notes_are_cut_between_blocks(config: Config) -> None:
    """A description never has more than 4000 bytes nor half a tag; the whole notes stand in content:encoded."""
    sources = tuple(Source("Perché " * 10, f"https://esempio.it/{n}?è&b") for n in range(5))
    marks = tuple(Mark(f"È il capitolo & numero {n} " * 3, n * 60.0, n * 60.0 + 60, sources) for n in range(40))
    episode = Episode("a", "urn:a", "A", NOW, 2400.0, 100_000, summary="Città & <paesi> " * 400, marks=marks)
    item = _channel(feed.write(config.show, "g", "c.jpg", [episode], frozenset())).find("item")
    assert item is not None
    description, whole = item.findtext("description") or "", item.findtext(f"{CONTENT}encoded") or ""
    assert 3000 < len(description.encode()) <= 4000 < len(whole.encode())
    for notes in (description, whole):
        ET.fromstring(f"<x>{notes}</x>")  # noqa: S314 - our own
        assert "00:00 È il capitolo" in notes


def test_a_feed_never_outgrows_its_readers(config: Config) -> None:
    """Of episodes without end the newest are listed, within what readers take."""
    marks = tuple(Mark(f"Capitolo {n} " * 10, n * 60.0, n * 60.0 + 60) for n in range(15))
    many = [Episode(f"e{n}", f"urn:{n}", f"E {n}", NOW, 900.0, 100_000, marks=marks) for n in range(2000)]
    data = feed.write(config.show, "g", "c.jpg", many, frozenset())
    assert 4_000_000 < len(data) <= feed.MAX_BYTES
    assert [i.findtext("guid") for i in _channel(data).findall("item")][:2] == ["urn:0", "urn:1"]


def test_a_feed_may_be_as_long_as_its_limit(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed of exactly the limit has all its episodes; one byte less of room, and the oldest is left out."""
    two = [Episode(f"e{n}", f"urn:{n}", f"E {n}", NOW, 900.0, 100_000) for n in range(2)]
    data = feed.write(config.show, "g", "c.jpg", two, frozenset())
    for limit, listed in ((len(data), 2), (len(data) - 1, 1)):
        monkeypatch.setattr(feed, "MAX_BYTES", limit)
        assert len(_channel(feed.write(config.show, "g", "c.jpg", two, frozenset())).findall("item")) == listed


def test_covers_with_a_date(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """Asked for, each episode has a picture of its own, and the feed names it."""
    dated = replace(config, show=replace(config.show, dated_covers=True))
    episode = add(config=dated)
    item = _channel(_built(tmp_path, dated)).find("item")
    assert item is not None
    image = item.find(f"{ITUNES}image")
    assert image is not None
    assert image.get("href") == f"{BASE}episodes/{episode.name}.jpg"
    assert store.path_of(tmp_path, episode.name, ".jpg").read_bytes().startswith(b"\xff\xd8\xff")
