"""The show that bulletins belong to, and where it is published."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from audio.categories import is_category
from audio.config.declare import setting

# Apple's and PSP-1's limit, in bytes of UTF-8.
_MAX_DESCRIPTION_BYTES = 4000


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """The programme the bulletins belong to."""

    title: str = setting("Notiziario", "spoken in the opening, and the album of the MP3")
    description: str = setting(
        "Le notizie del giorno, lette da una voce sintetica.", "what the show is, for listeners; at most 4000 bytes"
    )
    author: str = setting("Notiziario", "the artist of the MP3")
    email: str | None = setting(None, "public, in the feed: directories write to it to verify that the show is yours")
    link: str | None = setting(None, "the show's own site; null: its page under base_url")
    base_url: str | None = setting(None, "the public address of the folder, such as https://esempio.it/podcast/")
    language: str = setting("it", "of the show", choices=("it", "it-IT", "it-CH"))
    category: tuple[str, ...] = setting(("News", "Daily News"), "a category of Apple's list and its subcategory")
    frequency: str = setting(
        "daily", "how often an episode comes out", choices=("daily", "weekdays", "weekly", "irregular")
    )
    explicit: bool = setting(default=False, doc="whether it is for adults only")
    copyright: str | None = setting(None, "who holds the rights, without the word, the sign or a year")
    private: bool = setting(default=False, doc="ask directories not to list the show")
    moved_to: str | None = setting(None, "the feed's new address, for a show that moves to another host")
    cover: Path | None = setting(None, "a square JPEG or PNG of 1400 to 3000 pixels; null: one with the show's title")
    dated_covers: bool = setting(default=False, doc="give each episode a cover with its date")

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

    folder: Path = setting(Path("public"), "the podcast's files, as they shall stand on the web")
    command: tuple[str, ...] | None = setting(
        None, "run after each change, such as [rsync, -a, '--exclude=.*', '{folder}/', host:podcast/]; never by a shell"
    )
    s3: str | None = setting(
        None, "a bucket the folder is uploaded to, such as s3://bucket/podcast; keys and endpoint: in the environment"
    )

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        if self.s3 is not None and not re.fullmatch(r"[a-z0-9]+://[!-~]+", self.s3):
            return [("s3", "expected the address of a bucket, such as s3://bucket/podcast")]
        return []
