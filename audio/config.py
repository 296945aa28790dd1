"""The settings: typed, with their meaning beside each default, and the words of ``notiziario.yaml`` made from them.

Each stage has its own frozen dataclass. A field carries its comment, its unit in its name and its bounds in
its metadata; the commented file of ``notiziario init``, docs/settings.md and the checks all come from there.
"""

from __future__ import annotations

import itertools
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_type_hints

from audio.model import Role

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
    bitrate_kbps: int = _setting(96, "MP3 bit rate, mono", choices=(64, 80, 96, 112, 128, 160))


@dataclass(frozen=True, slots=True)
class RoleSettings:
    """How one kind of text is read."""

    voice: str | None = _setting(None, "which of the two voices; null: main", choices=("main", "second"))
    voices: dict[str, str] = _setting({}, "or a voice of its own, one for each engine")
    rate: float = _setting(1.0, "tempo, 1 being the voice's own", low=0.5, high=2)
    gain_db: float = _setting(0.0, "louder or softer than the rest", low=-12, high=12)
    pause_seconds: float | None = _setting(None, "silence after it; null: as in pauses", low=0, high=10)


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
    second_voices: dict[str, str] = _setting(
        {}, "the other voice of each engine; without it the first of another gender that it has"
    )
    alternate_voices: bool = _setting(
        default=False, doc="read the stories of a bulletin with one voice after the other"
    )
    quotes: str = _setting("plain", "how quotations are heard", choices=("plain", "second voice", "virgolette"))
    cast: dict[str, RoleSettings] = _setting(
        {}, "by role: headline, dateline, byline, lead, heading, paragraph, quote, item, announcement"
    )
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
    show: ShowSettings = field(default_factory=ShowSettings)

    def problems(self) -> list[tuple[str, str]]:
        """Return (field, what is wrong with it) for what single bounds cannot say."""
        found = [] if self.engines else [("engines", "needs at least one engine, such as espeak")]
        strange = [role for role in self.cast if role not in set(Role)]
        return found + [("cast", f"there is no role {role!r}; there are {', '.join(Role)}") for role in strange]


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
