"""The show's folder: what is added, rebuilt and retired."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from made_show import BASE, NOW, AddEpisode

from audio.config import Config
from audio.errors import OutputError
from audio.model import Briefing
from audio.podcast import feed, publish, store


def _state(folder: Path) -> dict[Path, tuple[int, bytes]]:
    return {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in folder.rglob("*") if p.is_file()}


def test_an_episode_has_all_its_files(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """Sound, transcript, captions, chapters, record and page of an episode stand under one plain name."""
    episode = add()
    publish.rebuild(tmp_path, config)
    assert episode.name.isascii()
    found = {p.name.removeprefix(episode.name) for p in (tmp_path / "episodes").iterdir()}
    assert found == {".mp3", ".vtt", ".srt", ".chapters.json", ".json", ".html"}
    assert publish.episodes(tmp_path) == (episode,)


def test_a_second_run_writes_nothing(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """Added and rebuilt again, the same show keeps every file with its date: no client loads anything twice."""
    add()
    publish.rebuild(tmp_path, config)
    before = _state(tmp_path)
    add()
    publish.rebuild(tmp_path, config)
    assert _state(tmp_path) == before


def test_two_folders_get_the_same_bytes(tmp_path: Path, config: Config, briefing: Briefing) -> None:
    """Nothing depends on when or where a show is built."""
    for name in ("a", "b"):
        publish.add_episode(tmp_path / name, config, briefing, guid="urn:x", published=NOW)
        publish.rebuild(tmp_path / name, config)
    one, other = (
        {p.relative_to(tmp_path / name): p.read_bytes() for p in (tmp_path / name).rglob("*") if p.is_file()}
        for name in ("a", "b")
    )
    assert one == other


def test_made_again_an_episode_keeps_what_clients_know(tmp_path: Path, config: Config, briefing: Briefing) -> None:
    """A bulletin made again under its GUID keeps file name, moment and number, whatever its title is now."""
    first = publish.add_episode(tmp_path, config, briefing, guid="urn:x", published=NOW, number=7)
    later = NOW + dt.timedelta(hours=2)
    again = publish.add_episode(
        tmp_path, config, replace(briefing, title="Corretto"), guid="urn:x", published=later, number=8
    )
    assert (again.name, again.published, again.number) == (first.name, NOW, 7)
    assert again.title == "Corretto"


def test_titles_of_a_day_differ(tmp_path: Path, config: Config, briefing: Briefing) -> None:
    """Two episodes of a day never share title, name or second, since clients would merge them."""
    pair = [publish.add_episode(tmp_path, config, briefing, guid=f"urn:{n}", published=NOW) for n in "ab"]
    assert len({e.title for e in pair}) == len({e.name for e in pair}) == len({e.published for e in pair}) == 2


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("Il Notiziario, 6 novembre 2025", "6 novembre 2025"),
        ("Il Notiziario: edizione della sera", "Edizione della sera"),
        ("Il Notiziario", "Il Notiziario"),
        ("due\nrighe\te\x07altro", "due righe ealtro"),
    ],
)
def test_titles(tmp_path: Path, config: Config, briefing: Briefing, given: str, shown: str) -> None:
    """A title is one clean line without the show's name in front, which every client shows above it."""
    episode = publish.add_episode(tmp_path, config, replace(briefing, title=given), guid="urn:x", published=NOW)
    assert episode.title == shown


def test_a_feed_keeps_its_identity_when_it_moves(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """On another host the show keeps podcast:guid and GUIDs; only addresses change."""
    guid = publish.make_guid(tmp_path, config, "2025-11-06")
    add()
    publish.rebuild(tmp_path, config)
    before = (tmp_path / "feed.xml").read_text(encoding="utf-8")
    moved = replace(config, show=replace(config.show, base_url="https://altrove.example/x"))
    publish.rebuild(tmp_path, moved)
    assert (tmp_path / "feed.xml").read_text(encoding="utf-8") == before.replace(BASE, "https://altrove.example/x/")
    assert publish.make_guid(tmp_path, moved, "2025-11-06") == guid


def test_an_address_everybody_has_is_no_identity(tmp_path: Path, config: Config) -> None:
    """A show that was only tried on this machine gets its identity with its first real address."""
    at_home = replace(config, show=replace(config.show, base_url=None))
    episode = publish.make_guid(tmp_path, at_home, "2025-11-06")
    publish.rebuild(tmp_path, at_home)
    publish.rebuild(tmp_path, config)
    born = feed.guid_of(f"{BASE}feed.xml")
    assert f"<podcast:guid>{born}</podcast:guid>" in (tmp_path / "feed.xml").read_text(encoding="utf-8")
    assert publish.make_guid(tmp_path, config, "2025-11-06") == episode


def test_retired_episodes_leave_the_feed_first(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """The oldest leave the feed at once, their files only after the grace, so no client meets a missing file."""
    old, new = add(3), add(0)
    assert publish.retire(tmp_path, 1, NOW) == (old,)
    publish.rebuild(tmp_path, config)
    listed = (tmp_path / "feed.xml").read_text(encoding="utf-8")
    assert (new.guid in listed, old.guid in listed) == (True, False)
    almost, after = NOW + publish.GRACE - dt.timedelta(seconds=1), NOW + publish.GRACE
    publish.retire(tmp_path, 1, almost)
    assert store.path_of(tmp_path, old.name, ".mp3").exists()
    publish.retire(tmp_path, 1, after)
    assert [p.name for p in (tmp_path / "episodes").iterdir() if old.name in p.name] == []
    assert publish.episodes(tmp_path) == (new,)


def test_episodes_can_be_kept_by_age(tmp_path: Path, add: AddEpisode) -> None:
    """Episodes older than so many days are retired."""
    old, _ = add(8), add(6)
    assert publish.retire(tmp_path, dt.timedelta(days=7), NOW) == (old,)


def test_a_damaged_record_is_never_dropped(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """A record that cannot be read stops the rebuild by name, and the old feed stays."""
    episode = add()
    publish.rebuild(tmp_path, config)
    before = (tmp_path / "feed.xml").read_bytes()
    store.path_of(tmp_path, episode.name, ".json").write_text("{}")
    with pytest.raises(OutputError, match=episode.name):
        publish.rebuild(tmp_path, config)
    assert (tmp_path / "feed.xml").read_bytes() == before


def test_a_lost_transcript_is_told(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """A transcript that vanished from the folder stops the rebuild by name."""
    episode = add()
    store.path_of(tmp_path, episode.name, ".vtt").unlink()
    with pytest.raises(OutputError, match=rf"{episode.name}\.vtt"):
        publish.rebuild(tmp_path, config)


def test_a_bulletin_without_transcript_is_no_episode(tmp_path: Path, config: Config, briefing: Briefing) -> None:
    """Where the transcript is missing nothing is published, and the error names it."""
    alone = tmp_path / "solo.mp3"
    alone.write_bytes(briefing.path.read_bytes())
    with pytest.raises(OutputError, match=r"solo\.vtt"):
        publish.add_episode(tmp_path / "p", config, replace(briefing, path=alone), guid="urn:x", published=NOW)
    assert publish.episodes(tmp_path / "p") == ()
