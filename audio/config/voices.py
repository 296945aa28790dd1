"""Who speaks: what each engine can be told, and where speeches are kept."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from audio.config.declare import setting


@dataclass(frozen=True, slots=True)
class EspeakSettings:
    """The embedded voice."""

    rate: float = setting(1.0, "tempo of everything it says, 1 being a newsreader's", low=0.5, high=2)
    pitch: int = setting(50, "from deep to high; 50 is the voice's own", low=0, high=99)


@dataclass(frozen=True, slots=True)
class PiperSettings:
    """The neural voices of Piper, on this machine: `pip install notiziario[piper]`, `notiziario voices install`."""

    folder: Path | None = setting(None, "where the voices are; null: the user's data folder")
    mirror: str = setting(
        "https://huggingface.co/rhasspy/piper-voices/resolve/main", "where `voices install` finds them"
    )
    variation: float = setting(
        0.0, "of the voice's own liveliness; above 0 the same text sounds different each time", low=0, high=1
    )


@dataclass(frozen=True, slots=True)
class EdgeSettings:
    """Microsoft's online voices: `pip install notiziario[edge]`."""

    pitch_hz: int = setting(0, "added to the voice's own pitch", low=-100, high=100)


@dataclass(frozen=True, slots=True)
class OpenAISettings:
    """Any server that speaks `/v1/audio/speech`: OpenAI, Kokoro-FastAPI, speaches, LocalAI and others."""

    base_url: str | None = setting(None, "as in https://api.openai.com/v1 or http://127.0.0.1:8880/v1")
    model: str = setting("tts-1", "the model's name")
    format: str = setting("wav", "what the server is asked for", choices=("wav", "mp3", "flac", "opus", "pcm"))
    key_env: str | None = setting(None, "the environment variable with the key, such as OPENAI_API_KEY; null: no key")
    extra: dict[str, str] = setting({}, "more fields for the request; a value may be JSON, such as 0.5 or true")
    pause_seconds: float = setting(0.0, "between two requests at least", low=0, high=60)


@dataclass(frozen=True, slots=True)
class CommandSettings:
    """A program of yours that speaks: macOS `say`, pico2wave, RHVoice, anything that makes a sound file."""

    argv: tuple[str, ...] = setting(
        (), "the command; {text} or {text_file}, {wav}, {voice} and {rate} are filled in; no shell reads it"
    )
    voices: tuple[str, ...] = setting((), "what {voice} may be")
    offline: bool = setting(default=True, doc="whether the text stays on this machine")
    deadline_seconds: float = setting(60.0, "a command that takes longer is ended", low=1, high=3600)


@dataclass(frozen=True, slots=True)
class CacheSettings:
    """Where spoken segments are kept, so that nothing is synthesised twice."""

    folder: Path | None = setting(None, "null: the user's cache folder")
    shared: str | None = setting(None, "a folder or s3://bucket/prefix where machines find what others have spoken")
    max_gb: float = setting(2.0, "the oldest segments go first beyond this", low=0.01, high=1000)


@dataclass(frozen=True, slots=True)
class RoleSettings:
    """How one kind of text is read."""

    voice: str | None = setting(None, "which of the two voices; null: main", choices=("main", "second"))
    voices: dict[str, str] = setting({}, "or a voice of its own, one for each engine")
    rate: float = setting(1.0, "tempo, 1 being the voice's own", low=0.5, high=2)
    gain_db: float = setting(0.0, "louder or softer than the rest", low=-12, high=12)
    pause_seconds: float | None = setting(None, "silence after it; null: as in pauses", low=0, high=10)
