"""The daily edition: where it comes from, when, how long, and who is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from audio.config.declare import setting


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """How pages and feeds are fetched."""

    allow_private: bool = setting(default=False, doc="let sources live on private addresses, such as an intranet")
    total_seconds: float = setting(20.0, "for one page, from the first byte to the last", low=1, high=120)
    max_mb: float = setting(20.0, "no page is larger, unpacked", low=0.01, high=100)
    feed_items: int = setting(10, "stories taken from a feed, the first ones it lists", low=1, high=50)


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """A source of the daily edition: give it one of feed, url and folder."""

    feed: str | None = setting(None, "address of a feed, or a feed's file")
    url: str | None = setting(None, "address of a page")
    folder: Path | None = setting(None, "folder of articles")
    section: str = setting("", "as it is announced: Esteri, Cronaca, Sport; empty: none")
    quota: int = setting(5, "no more stories than this from here", low=1, high=50)
    max_age_hours: float = setting(36.0, "older articles are left out", low=1, high=8760)
    weight: float = setting(1.0, "how much its stories count against the others", low=0.1, high=10)
    prefer: tuple[str, ...] = setting((), "words that put a story in front")
    exclude: tuple[str, ...] = setting((), "words that leave a story out")

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        given = [name for name in ("feed", "url", "folder") if getattr(self, name)]
        if len(given) != 1:
            return [(given[-1] if given else "feed", "give one of feed, url and folder")]
        return [
            (name, "expected an address, such as https://esempio.it/rss.xml")
            for name in ("feed", "url")
            if (address := getattr(self, name)) and not re.match(r"https?://[!-~]", address, re.IGNORECASE)
        ]


@dataclass(frozen=True, slots=True)
class EditionSettings:
    """The daily edition: when, how long, and its words; {show}, {greeting}, {date}, {time}, {section} are filled in."""

    at: str = setting("06:30", "when it is made, by the clock of the time zone")
    timezone: str = setting("Europe/Rome", "whose date and hour the edition carries")
    name: str = setting("", "tells several editions of a day apart, such as sera; part of their identity")
    target_minutes: float = setting(
        15.0, "length, within a quarter of a minute if there is news enough", low=1, high=180
    )
    keep: int = setting(
        30, "episodes in the feed; older ones leave it, and are deleted two days later", low=1, high=3650
    )
    deadline_minutes: float = setting(45.0, "a run that takes longer gives up", low=1, high=720)
    headlines: int = setting(5, "stories announced at the start; 0: none", low=0, high=20)
    opening: str = setting("{greeting} da {show}. Sono le {time} di {date}.", "first words")
    titles: str = setting("I titoli.", "before the headlines")
    section: str = setting("{section}.", "before the first story of a section")
    update: str = setting("Un aggiornamento.", "before a story that goes on from an earlier edition")
    closing: str = setting("È tutto. Avete ascoltato {show}. A risentirci.", "last words")

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        found = []
        if not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", self.at):
            found.append(("at", "expected an hour such as 06:30"))
        elif self.at.startswith("02:"):
            found.append(("at", "the hour from 02:00 is skipped or doubled when the clocks change: choose another"))
        if not re.fullmatch(r"[A-Za-z0-9_+-]+(/[A-Za-z0-9_+-]+)*", self.timezone):
            found.append(("timezone", "expected a name such as Europe/Rome"))
        if not re.fullmatch(r"[a-z0-9-]{0,30}", self.name):
            found.append(("name", "expected small letters, digits and hyphens"))
        for name in ("opening", "titles", "section", "update", "closing"):
            known = {"show", "greeting", "date", "time", "section"}
            odd = [word for word in re.findall(r"{(.*?)}", getattr(self, name)) if word not in known]
            found += [(name, f"{{{word}}} is not filled in; known: {', '.join(sorted(known))}") for word in odd]
            if re.search(r"[{}]", re.sub(r"{.*?}", "", getattr(self, name))):
                found.append((name, "has a brace without its partner"))
        return found


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """Who is told how a scheduled run ended; a message that does not get through never fails a run."""

    healthchecks: str | None = setting(None, "address of a check that is pinged at start and end of each run")
    ntfy: str | None = setting(None, "address of a topic, told when an edition is missing or incomplete")
    apprise: tuple[str, ...] = setting((), "addresses for the apprise library, told like ntfy")

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        return [
            (name, "expected an address, such as https://ntfy.sh/il-mio-notiziario")
            for name in ("healthchecks", "ntfy")
            if (url := getattr(self, name)) is not None and not re.fullmatch(r"https?://[!-~]+", url)
        ]
