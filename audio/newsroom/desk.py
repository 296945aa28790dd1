"""Where a show keeps its papers, and which edition is being made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from audio.config import Config
from audio.errors import SettingsError
from audio.newsroom.seen import AiredEdition, AiredStory
from audio.newsroom.stories import Text
from audio.podcast import publish

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
        stories = tuple(
            AiredStory(mark.title, tuple(source.url for source in mark.sources), (Text(mark.title, ""),))
            for mark in episode.marks[1:]
        )
        date = episode.published.astimezone(desk.now.tzinfo).date()
        yield AiredEdition(episode.guid, date, episode.title, episode.seconds, stories)
