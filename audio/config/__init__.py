"""The settings: typed, with their meaning beside each default, and the words of ``notiziario.yaml`` made from them.

Each stage has its own frozen dataclass. A field carries its comment, its unit in its name and its bounds in
its metadata; the commented file of ``notiziario init``, docs/settings.md and the checks all come from there.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from audio.config.daily import (
    EditionSettings,
    FetchSettings,
    NotifySettings,
    SourceSettings,
)
from audio.config.declare import setting
from audio.config.programme import (
    AnnouncementSettings,
    PauseSettings,
    SoundSettings,
)
from audio.config.show import (
    PublishSettings,
    ShowSettings,
)
from audio.config.voices import (
    CacheSettings,
    CommandSettings,
    EdgeSettings,
    EspeakSettings,
    OpenAISettings,
    PiperSettings,
    RoleSettings,
)
from audio.model import Role

__all__ = [
    "SETTINGS_FILE",
    "AnnouncementSettings",
    "CacheSettings",
    "CommandSettings",
    "Config",
    "EdgeSettings",
    "EditionSettings",
    "EspeakSettings",
    "FetchSettings",
    "NotifySettings",
    "OpenAISettings",
    "PauseSettings",
    "PiperSettings",
    "PublishSettings",
    "RoleSettings",
    "ShowSettings",
    "SoundSettings",
    "SourceSettings",
    "setting",
]

SETTINGS_FILE = "notiziario.yaml"


@dataclass(frozen=True, slots=True)
class Config:
    """All settings; every one is optional."""

    output: Path = setting(Path("output"), "folder for bulletins made by hand")
    engines: tuple[str, ...] = setting(
        ("gtts", "espeak"), "in this order; the first that can speak the whole bulletin does"
    )
    voices: dict[str, str] = setting({}, "one voice for each engine, as `notiziario voices` lists them")
    second_voices: dict[str, str] = setting(
        {}, "the other voice of each engine; without it the first of another gender that it has"
    )
    alternate_voices: bool = setting(default=False, doc="read the stories of a bulletin with one voice after the other")
    quotes: str = setting("plain", "how quotations are heard", choices=("plain", "second voice", "virgolette"))
    cast: dict[str, RoleSettings] = setting(
        {}, "by role: headline, dateline, byline, lead, heading, paragraph, quote, item, announcement"
    )
    jobs: int = setting(
        0, "sentences spoken and pieces encoded at once on this machine; 0: one for each core", low=0, high=64
    )
    lexicon: Path | None = setting(None, "your own pronunciations: a file of lines `written<TAB>spoken`")
    espeak: EspeakSettings = field(default_factory=EspeakSettings)
    piper: PiperSettings = field(default_factory=PiperSettings)
    edge: EdgeSettings = field(default_factory=EdgeSettings)
    openai: OpenAISettings = field(default_factory=OpenAISettings)
    command: CommandSettings = field(default_factory=CommandSettings)
    pauses: PauseSettings = field(default_factory=PauseSettings)
    announcements: AnnouncementSettings = field(default_factory=AnnouncementSettings)
    sound: SoundSettings = field(default_factory=SoundSettings)
    cache: CacheSettings = field(default_factory=CacheSettings)
    fetch: FetchSettings = field(default_factory=FetchSettings)
    show: ShowSettings = field(default_factory=ShowSettings)
    publish: PublishSettings = field(default_factory=PublishSettings)
    sources: tuple[SourceSettings, ...] = setting((), "for the daily edition")
    edition: EditionSettings = field(default_factory=EditionSettings)
    notify: NotifySettings = field(default_factory=NotifySettings)

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        found = [] if self.engines else [("engines", "needs at least one engine, such as espeak")]
        strange = [role for role in self.cast if role not in set(Role)]
        return found + [("cast", f"there is no role {role!r}; there are {', '.join(Role)}") for role in strange]
