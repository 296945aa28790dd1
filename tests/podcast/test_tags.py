"""What an episode's file says of itself, read back by another hand."""

from dataclasses import replace
from pathlib import Path

from made_show import NOW
from mutagen.id3 import ID3

from audio.config import Config
from audio.model import Briefing
from audio.podcast import publish, store, tags


def _frames(path: Path) -> list[str]:
    return list(ID3(path).keys())


def test_an_episode_says_its_number_and_notes(tmp_path: Path, config: Config, briefing: Briefing) -> None:
    """Players that read files find show, author, date, number and notes with the chapters' times."""
    episode = publish.add_episode(
        tmp_path, config, briefing, guid="urn:x", published=NOW, number=300, summary="Città & mare."
    )
    tag = ID3(store.path_of(tmp_path, episode.name, ".mp3"))
    assert [tag[n].text[0] for n in ("TALB", "TPE1", "TCON", "TLAN", "TRCK")] == [
        "Il Notiziario",
        "La redazione",
        "Podcast",
        "ita",
        "300",
    ]
    assert str(tag["TDRC"].text[0]) == "2025-11-06"
    notes = tag["COMM::ita"]
    assert notes.text[0].splitlines()[:2] == [
        "Città & mare. Letto da una voce sintetica.",
        "00:00 Ponte chiuso a Siena",
    ]


def test_nothing_else_of_the_file_changes(tmp_path: Path, config: Config, briefing: Briefing) -> None:
    """The tag's own frames keep their order and bytes, and the sound behind it every byte."""
    episode = publish.add_episode(tmp_path, config, briefing, guid="urn:x", published=NOW, number=1)
    made, published = briefing.path, store.path_of(tmp_path, episode.name, ".mp3")
    old, new = made.read_bytes(), published.read_bytes()
    _, taken = tags.head_of(made, None, "")
    assert new.endswith(old[taken:])
    assert new[10:].startswith(old[10:taken])
    assert [f for f in _frames(published) if f in _frames(made)] == _frames(made)
    assert episode.audio_bytes == len(new)


def test_without_number_and_notes_nothing_is_added(briefing: Briefing) -> None:
    """A tag to which nothing is added is the same to the byte."""
    head, taken = tags.head_of(briefing.path, None, "")
    assert head == briefing.path.read_bytes()[:taken]


def test_a_tag_of_another_make_is_left_alone(tmp_path: Path, config: Config, briefing: Briefing) -> None:
    """A file with an older tag, or none, is published as it is."""
    for name, beginning in (("v3", b"ID3\x03\x00\x00\x00\x00\x00\x00"), ("none", b"\xff\xfb")):
        other = tmp_path / f"{name}.mp3"
        other.write_bytes(beginning + bytes(2_000_000))
        other.with_suffix(".vtt").write_bytes(briefing.path.with_suffix(".vtt").read_bytes())
        made = replace(briefing, path=other)
        episode = publish.add_episode(tmp_path / "p", config, made, guid=name, published=NOW, number=1)
        assert store.path_of(tmp_path / "p", episode.name, ".mp3").read_bytes() == other.read_bytes()
