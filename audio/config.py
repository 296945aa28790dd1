"""The settings: typed, with their meaning beside each default, and the words of ``notiziario.yaml`` made from them.

Each stage has its own frozen dataclass. A field carries its comment, its unit in its name and its bounds in
its metadata; the commented file of ``notiziario init``, docs/settings.md and the checks all come from there.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from audio.categories import is_category

SETTINGS_FILE = "notiziario.yaml"
# Apple's and PSP-1's limit, in bytes of UTF-8.
_MAX_DESCRIPTION_BYTES = 4000


def _setting(
    default: Any,  # noqa: ANN401 - the field's own annotation has the type
    doc: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[Any, ...] = (),
) -> Any:  # noqa: ANN401
    """Declare a field with its comment and bounds (inclusive)."""
    meta = {"doc": doc, "low": low, "high": high, "choices": choices}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=meta)
    return field(default=default, metadata=meta)


@dataclass(frozen=True, slots=True)
class PauseSettings:
    """Silence after each kind of text, in seconds; strictly falling, so that the ear knows the rank."""

    headline_seconds: float = _setting(1.2, "after the headline and after an announcement", low=0, high=10)
    section_seconds: float = _setting(1.0, "between two sections", low=0, high=10)
    heading_seconds: float = _setting(0.8, "after a heading", low=0, high=10)
    paragraph_seconds: float = _setting(0.6, "between two paragraphs", low=0, high=10)
    sentence_seconds: float = _setting(0.3, "between two sentences", low=0, high=10)

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        names = [f.name for f in fields(self)]
        return [
            (lower, f"must be shorter than {upper} ({getattr(self, upper):g})")
            for upper, lower in itertools.pairwise(names)
            if getattr(self, lower) >= getattr(self, upper)
        ]


@dataclass(frozen=True, slots=True)
class AnnouncementSettings:
    """What the programme says about itself."""

    opening: bool = _setting(default=True, doc="say the show's name and the date, and that the voice is synthetic")
    closing: bool = _setting(default=True, doc="say that the bulletin is over")


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """How loud and how fine."""

    target_lufs: float = _setting(
        -16.0, "loudness as heard on two loudspeakers (a mono meter reads 3 less)", low=-30, high=-9
    )
    true_peak_dbtp: float = _setting(-1.0, "no peak above this after decoding", low=-9, high=-0.5)
    bitrate_kbps: int = _setting(96, "MP3 bit rate, mono", choices=(64, 80, 96, 112, 128, 160))


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """Where spoken segments are kept, so that nothing is synthesised twice."""

    folder: Path | None = _setting(None, "null: the user's cache folder")
    max_gb: float = _setting(2.0, "the oldest segments go first beyond this", low=0.01, high=1000)


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """The programme the bulletins belong to."""

    title: str = _setting("Notiziario", "spoken in the opening, and the album of the MP3")
    description: str = _setting(
        "Le notizie del giorno, lette da una voce sintetica.", "what the show is, for listeners; at most 4000 bytes"
    )
    author: str = _setting("Notiziario", "the artist of the MP3")
    email: str | None = _setting(None, "public, in the feed: directories write to it to verify that the show is yours")
    link: str | None = _setting(None, "the show's own site; null: its page under base_url")
    base_url: str | None = _setting(None, "the public address of the folder, such as https://esempio.it/podcast/")
    language: str = _setting("it", "of the show", choices=("it", "it-IT", "it-CH"))
    category: tuple[str, ...] = _setting(("News", "Daily News"), "a category of Apple's list and its subcategory")
    frequency: str = _setting(
        "daily", "how often an episode comes out", choices=("daily", "weekdays", "weekly", "irregular")
    )
    explicit: bool = _setting(default=False, doc="whether it is for adults only")
    copyright: str | None = _setting(None, "who holds the rights, without the word, the sign or a year")
    private: bool = _setting(default=False, doc="ask directories not to list the show")
    moved_to: str | None = _setting(None, "the feed's new address, for a show that moves to another host")
    cover: Path | None = _setting(None, "a square JPEG or PNG of 1400 to 3000 pixels; null: one with the show's title")
    dated_covers: bool = _setting(default=False, doc="give each episode a cover with its date")

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        found = [
            (name, "expected an absolute address of plain characters, such as https://esempio.it/podcast/")
            for name in ("link", "base_url", "moved_to")
            if (url := getattr(self, name)) is not None and not re.fullmatch(r"https?://[!-;=?-~]+", url)
        ]
        if self.base_url and ("?" in self.base_url or "#" in self.base_url):
            found.append(("base_url", "is the address of a folder: no ? and no #"))
        if not is_category(self.category):
            found.append(("category", f"is not in Apple's list: {', '.join(self.category) or 'empty'}"))
        if self.email is not None and not re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", self.email):
            found.append(("email", "expected an address, such as redazione@esempio.it"))
        found += [(name, "must not be empty") for name in ("title", "author") if not getattr(self, name).strip()]
        if len(self.description.encode()) > _MAX_DESCRIPTION_BYTES:
            found.append(("description", f"is longer than {_MAX_DESCRIPTION_BYTES} bytes"))
        return found


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """Where the podcast lives, and how it reaches the public."""

    folder: Path = _setting(Path("public"), "the podcast's files, as they shall stand on the web")
    command: tuple[str, ...] | None = _setting(
        None, "run after each change, such as [rsync, -a, '--exclude=.*', '{folder}/', host:podcast/]; never by a shell"
    )
    s3: str | None = _setting(
        None, "a bucket the folder is uploaded to, such as s3://bucket/podcast; keys and endpoint: in the environment"
    )

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        if self.s3 is not None and not re.fullmatch(r"[a-z0-9]+://[!-~]+", self.s3):
            return [("s3", "expected the address of a bucket, such as s3://bucket/podcast")]
        return []


@dataclass(frozen=True, slots=True)
class SourceSettings:
    """A source of the daily edition: give it one of feed, url and folder."""

    feed: str | None = _setting(None, "address of a feed, or a feed's file")
    url: str | None = _setting(None, "address of a page")
    folder: Path | None = _setting(None, "folder of articles")
    section: str = _setting("", "as it is announced: Esteri, Cronaca, Sport; empty: none")
    quota: int = _setting(5, "no more stories than this from here", low=1, high=50)
    max_age_hours: float = _setting(36.0, "older articles are left out", low=1, high=8760)
    weight: float = _setting(1.0, "how much its stories count against the others", low=0.1, high=10)
    prefer: tuple[str, ...] = _setting((), "words that put a story in front")
    exclude: tuple[str, ...] = _setting((), "words that leave a story out")

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        given = [name for name in ("feed", "url", "folder") if getattr(self, name)]
        return [] if len(given) == 1 else [(given[-1] if given else "feed", "give one of feed, url and folder")]


@dataclass(frozen=True, slots=True)
class EditionSettings:
    """The daily edition: when, how long, and its words; {show}, {greeting}, {date}, {time}, {section} are filled in."""

    at: str = _setting("06:30", "when it is made, by the clock of the time zone")
    timezone: str = _setting("Europe/Rome", "whose date and hour the edition carries")
    name: str = _setting("", "tells several editions of a day apart, such as sera; part of their identity")
    target_minutes: float = _setting(
        15.0, "length, within a quarter of a minute if there is news enough", low=1, high=180
    )
    keep: int = _setting(
        30, "episodes in the feed; older ones leave it, and are deleted two days later", low=1, high=3650
    )
    deadline_minutes: float = _setting(45.0, "a run that takes longer gives up", low=1, high=720)
    headlines: int = _setting(5, "stories announced at the start; 0: none", low=0, high=20)
    opening: str = _setting("{greeting} da {show}. Sono le {time} di {date}.", "first words")
    titles: str = _setting("I titoli.", "before the headlines")
    section: str = _setting("{section}.", "before the first story of a section")
    update: str = _setting("Un aggiornamento.", "before a story that goes on from an earlier edition")
    closing: str = _setting("È tutto. Avete ascoltato {show}. A risentirci.", "last words")

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
        return found


@dataclass(frozen=True, slots=True)
class NotifySettings:
    """Who is told how a scheduled run ended; a message that does not get through never fails a run."""

    healthchecks: str | None = _setting(None, "address of a check that is pinged at start and end of each run")
    ntfy: str | None = _setting(None, "address of a topic, told when an edition is missing or incomplete")
    apprise: tuple[str, ...] = _setting((), "addresses for the apprise library, told like ntfy")

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        return [
            (name, "expected an address, such as https://ntfy.sh/il-mio-notiziario")
            for name in ("healthchecks", "ntfy")
            if (url := getattr(self, name)) is not None and not re.fullmatch(r"https?://[!-~]+", url)
        ]


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; every one is optional."""

    output: Path = _setting(Path("output"), "folder for bulletins made by hand")
    engines: tuple[str, ...] = _setting(
        ("gtts", "espeak"), "in this order; the first that can speak the whole bulletin does"
    )
    voices: dict[str, str] = _setting({}, "one voice for each engine, as `notiziario voices` lists them")
    lexicon: Path | None = _setting(None, "your own pronunciations: a file of lines `written<TAB>spoken`")
    pauses: PauseSettings = field(default_factory=PauseSettings)
    announcements: AnnouncementSettings = field(default_factory=AnnouncementSettings)
    sound: SoundSettings = field(default_factory=SoundSettings)
    cache: CacheSettings = field(default_factory=CacheSettings)
    show: ShowSettings = field(default_factory=ShowSettings)
    publish: PublishSettings = field(default_factory=PublishSettings)
    sources: tuple[SourceSettings, ...] = _setting((), "for the daily edition")
    edition: EditionSettings = field(default_factory=EditionSettings)
    notify: NotifySettings = field(default_factory=NotifySettings)

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        if not self.engines:
            return [("engines", "needs at least one engine, such as espeak")]
        return []
