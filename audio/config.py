"""The settings: typed, with their meaning beside each default, and the words of ``notiziario.yaml`` made from them.

Each stage has its own frozen dataclass. A field carries its comment, its unit in its name and its bounds in
its metadata; the commented file of ``notiziario init``, docs/settings.md and the checks all come from there.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

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
    before_quote_seconds: float = _setting(0.1, "added to the pause before a quotation", low=0, high=10)
    headline_tempo: float = _setting(0.95, "headlines are spoken so much slower, by voices that can", low=0.5, high=2)

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        names = [f"{rank}_seconds" for rank in ("headline", "section", "heading", "paragraph", "sentence")]
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
    profile: str = _setting(
        "podcast",
        "speech: 24 kHz, small; podcast: 44.1 kHz; music: 44.1 kHz in stereo",
        choices=("speech", "podcast", "music"),
    )
    bitrate_kbps: int | None = _setting(None, "null: the profile's, 64, 96 or 128", choices=(64, 80, 96, 112, 128, 160))
    music: bool = _setting(default=True, doc="signature, ticks, closing and bed; false: nothing but the voice")
    jingle: Path | None = _setting(None, "your own signature at the start, any sound file; null: the program's")
    tick: Path | None = _setting(None, "your own sound between two stories")
    closing: Path | None = _setting(None, "your own music at the end")
    bed: Path | None = _setting(None, "your own music under opening and headlines, repeated as needed")


@dataclass(frozen=True, slots=True)
class EspeakSettings:
    """The embedded voice."""

    rate: float = _setting(1.0, "tempo of everything it says, 1 being a newsreader's", low=0.5, high=2)
    pitch: int = _setting(50, "from deep to high; 50 is the voice's own", low=0, high=99)


@dataclass(frozen=True, slots=True)
class PiperSettings:
    """The neural voices of Piper, on this machine: `pip install notiziario[piper]`, `notiziario voices install`."""

    folder: Path | None = _setting(None, "where the voices are; null: the user's data folder")
    mirror: str = _setting(
        "https://huggingface.co/rhasspy/piper-voices/resolve/main", "where `voices install` finds them"
    )
    variation: float = _setting(
        0.0, "of the voice's own liveliness; above 0 the same text sounds different each time", low=0, high=1
    )


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    """Microsoft's online voices: `pip install notiziario[edge]`."""

    pitch_hz: int = _setting(0, "added to the voice's own pitch", low=-100, high=100)


@dataclass(frozen=True, slots=True)
class OpenAISettings:
    """Any server that speaks `/v1/audio/speech`: OpenAI, Kokoro-FastAPI, speaches, LocalAI and others."""

    base_url: str | None = _setting(None, "as in https://api.openai.com/v1 or http://127.0.0.1:8880/v1")
    model: str = _setting("tts-1", "the model's name")
    format: str = _setting("wav", "what the server is asked for", choices=("wav", "mp3", "flac", "opus", "pcm"))
    key_env: str | None = _setting(None, "the environment variable with the key, such as OPENAI_API_KEY; null: no key")
    extra: dict[str, str] = _setting({}, "more fields for the request; a value may be JSON, such as 0.5 or true")
    pause_seconds: float = _setting(0.0, "between two requests at least", low=0, high=60)


@dataclass(frozen=True, slots=True)
class CommandSettings:
    """A program of yours that speaks: macOS `say`, pico2wave, RHVoice, anything that makes a sound file."""

    argv: tuple[str, ...] = _setting(
        (), "the command; {text} or {text_file}, {wav}, {voice} and {rate} are filled in; no shell reads it"
    )
    voices: tuple[str, ...] = _setting((), "what {voice} may be")
    offline: bool = _setting(default=True, doc="whether the text stays on this machine")
    deadline_seconds: float = _setting(60.0, "a command that takes longer is ended", low=1, high=3600)


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
    max_mb: float = _setting(10.0, "no page is larger, unpacked", low=0.01, high=100)
    feed_items: int = _setting(10, "stories taken from a feed, the first ones it lists", low=1, high=50)


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
class Config:
    """All settings; every one is optional."""

    output: Path = _setting(Path("output"), "folder for bulletins made by hand")
    engines: tuple[str, ...] = _setting(
        ("gtts", "espeak"), "in this order; the first that can speak the whole bulletin does"
    )
    voices: dict[str, str] = _setting({}, "one voice for each engine, as `notiziario voices` lists them")
    lexicon: Path | None = _setting(None, "your own pronunciations: a file of lines `written<TAB>spoken`")
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
    if value == "":
        return "''"
    return str(value)


def commented_yaml() -> str:
    """Return a whole settings file: every key at its default, each with its comment."""
    lines = ["# The settings of Notiziario. Every key is optional; what you delete keeps its default."]

    def write(cls: type[Any], indent: str) -> None:
        for setting in fields(cls):
            default = default_of(setting)
            if is_dataclass(default) and not isinstance(default, type):
                doc = (type(default).__doc__ or "").splitlines()[0]
                lines.extend([*([] if indent else [""]), f"{indent}# {doc}", f"{indent}{setting.name}:"])
                write(type(default), indent + "  ")
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
