"""The settings: typed, with their meaning beside each default, and the words of ``notiziario.yaml`` made from them.

Each stage has its own frozen dataclass. A field carries its comment, its unit in its name and its bounds in
its metadata; the commented file of ``notiziario init``, docs/settings.md and the checks all come from there.
"""

from __future__ import annotations

import itertools
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

SETTINGS_FILE = "notiziario.yaml"


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
class FetchSettings:
    """How pages and feeds are fetched."""

    allow_private: bool = _setting(default=False, doc="let sources live on private addresses, such as an intranet")
    total_seconds: float = _setting(20.0, "for one page, from the first byte to the last", low=1, high=120)
    max_mb: float = _setting(20.0, "no page is larger, unpacked", low=0.01, high=100)
    feed_items: int = _setting(10, "stories taken from a feed, the first ones it lists", low=1, high=50)


@dataclass(frozen=True, slots=True)
class ShowSettings:
    """The programme the bulletins belong to."""

    title: str = _setting("Notiziario", "spoken in the opening, and the album of the MP3")
    author: str = _setting("Notiziario", "the artist of the MP3")
    cover: Path | None = _setting(None, "a JPEG or PNG file; null: the cover that comes with the program")


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
    fetch: FetchSettings = field(default_factory=FetchSettings)
    show: ShowSettings = field(default_factory=ShowSettings)

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        if not self.engines:
            return [("engines", "needs at least one engine, such as espeak")]
        return []


def default_of(setting: Field[Any]) -> Any:  # noqa: ANN401
    """Return a field's default, made afresh where it is a container."""
    if setting.default is not MISSING:
        return setting.default
    return setting.default_factory() if setting.default_factory is not MISSING else None


def members_of(cls: type[Any], setting: Field[Any]) -> type[Any] | None:
    """Return the class whose fields each member of a list or mapping has, or None where members are plain texts."""
    found = [a for a in get_args(get_type_hints(cls)[setting.name]) if isinstance(a, type) and is_dataclass(a)]
    return found[0] if found else None


def to_yaml(value: object) -> str:
    """Write a default as YAML would have it, on one line.

    >>> to_yaml(("gtts", "espeak")), to_yaml(None), to_yaml(True), to_yaml({})
    ('[gtts, espeak]', 'null', 'true', '{}')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(to_yaml, value))}]"
    return str(value)


def commented_yaml() -> str:
    """Return a whole settings file: every key at its default, each with its comment."""
    lines = ["# The settings of Notiziario. Every key is optional; what you delete keeps its default."]

    def write(cls: type[Any], indent: str) -> None:
        for setting in fields(cls):
            default = default_of(setting)
            if is_dataclass(default) and not isinstance(default, type):
                doc = (type(default).__doc__ or "").splitlines()[0]
                lines.extend(["", f"# {doc}", f"{setting.name}:"])
                write(type(default), "  ")
            else:
                lines.append(f"{indent}{setting.name}: {to_yaml(default)}  # {describe(setting)}")
                if members := members_of(cls, setting):
                    lines.extend(
                        f"{indent}#   {one.name}: {to_yaml(default_of(one))}  # {describe(one)}"
                        for one in fields(members)
                    )

    write(Config, "")
    return "\n".join(lines) + "\n"


def describe(setting: Field[Any]) -> str:
    """Return a field's comment with its bounds or choices."""
    meta = setting.metadata
    if meta["choices"]:
        return f"{meta['doc']} ({', '.join(map(str, meta['choices']))})"
    if meta["low"] is not None:
        return f"{meta['doc']} ({meta['low']:g} to {meta['high']:g})"
    return str(meta["doc"])
