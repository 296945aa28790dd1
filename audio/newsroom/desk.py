"""Where a show keeps its papers, and which edition is being made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from audio.config import Config
from audio.errors import SettingsError
from audio.newsroom.items import text_of_words
from audio.newsroom.seen import AiredEdition, AiredStory
from audio.podcast import publish, store, transcript
from audio.podcast.episode import Episode

_STATE = ".notiziario"


@dataclass(frozen=True, slots=True)
class Desk:
    """A show and an edition of it; ``now`` is in the edition's time zone."""

    config: Config
    now: dt.datetime

    @property
    def folder(self) -> Path:
        """The public folder."""
        return self.config.publish.folder

    @property
    def state(self) -> Path:
        """The hidden folder that is never served or uploaded."""
        return self.folder / _STATE

    @property
    def key(self) -> str:
        """The edition's name within the show: its Italian date, and its own name if it has one."""
        return f"{self.now:%Y-%m-%d} {self.config.edition.name}".strip()

    @property
    def guid(self) -> str:
        """The edition's GUID."""
        return publish.make_guid(self.folder, self.config, self.key)

    @property
    def ledger(self) -> Path:
        """The file of the ledger."""
        return self.state / "seen.sqlite"

    @property
    def draft(self) -> Path:
        """The file of the day's chosen stories."""
        return self.state / "drafts" / f"{self.key.replace(' ', '-')}.draft"


def desk_of(config: Config, now: dt.datetime) -> Desk:
    """Return the desk, with the clock in the edition's time zone. Raises SettingsError for an unknown zone."""
    try:
        zone = ZoneInfo(config.edition.timezone)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise SettingsError(
            f"edition.timezone: {config.edition.timezone}: no such time zone", hint="Use a name such as Europe/Rome."
        ) from error
    return Desk(config, now.astimezone(zone))


def truth(desk: Desk) -> Iterator[AiredEdition]:
    """Yield the editions as their episodes tell them: for a ledger that is new, damaged or behind."""
    for episode in publish.episodes(desk.folder):
        date = episode.published.astimezone(desk.now.tzinfo).date()
        yield AiredEdition(episode.guid, date, episode.title, episode.seconds, tuple(_stories(desk.folder, episode)))


def _stories(folder: Path, episode: Episode) -> Iterator[AiredStory]:
    """Yield the stories of an episode, from its chapters and the words said in them."""
    path = store.path_of(folder, episode.name, ".vtt")
    lines = transcript.from_vtt(path.read_text(encoding="utf-8")) if path.exists() else ()
    for mark in episode.marks[1:]:
        inside = (line for line in lines if mark.start_seconds <= line.start_ms / 1000 < mark.end_seconds)
        said = " ".join(line.text for line in inside).removeprefix(mark.title).strip()
        yield AiredStory(mark.title, tuple(source.url for source in mark.sources), (text_of_words(mark.title, said),))
