"""How the programme is spoken and how it sounds."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from pathlib import Path

from audio.config.declare import setting


@dataclass(frozen=True, slots=True)
class PauseSettings:
    """Silence after each kind of text, in seconds; strictly falling, so that the ear knows the rank."""

    headline_seconds: float = setting(1.2, "after the headline and after an announcement", low=0, high=10)
    section_seconds: float = setting(1.0, "between two sections", low=0, high=10)
    heading_seconds: float = setting(0.8, "after a heading", low=0, high=10)
    paragraph_seconds: float = setting(0.6, "between two paragraphs", low=0, high=10)
    sentence_seconds: float = setting(0.3, "between two sentences", low=0, high=10)
    before_quote_seconds: float = setting(0.1, "added to the pause before a quotation", low=0, high=10)
    headline_tempo: float = setting(0.95, "headlines are spoken so much slower, by voices that can", low=0.5, high=2)

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

    opening: bool = setting(default=True, doc="say the show's name and the date, and that the voice is synthetic")
    closing: bool = setting(default=True, doc="say that the bulletin is over")


@dataclass(frozen=True, slots=True)
class SoundSettings:
    """How loud and how fine."""

    target_lufs: float = setting(
        -16.0, "loudness as heard on two loudspeakers (a mono meter reads 3 less)", low=-30, high=-9
    )
    true_peak_dbtp: float = setting(-1.0, "no peak above this after decoding", low=-9, high=-0.5)
    profile: str = setting(
        "podcast",
        "speech: 24 kHz, small; podcast: 44.1 kHz; music: 44.1 kHz in stereo",
        choices=("speech", "podcast", "music"),
    )
    bitrate_kbps: int | None = setting(None, "null: the profile's, 64, 96 or 128", choices=(64, 80, 96, 112, 128, 160))
    music: bool = setting(default=True, doc="signature, ticks, closing and bed; false: nothing but the voice")
    jingle: Path | None = setting(None, "your own signature at the start, any sound file; null: the program's")
    tick: Path | None = setting(None, "your own sound between two stories")
    closing: Path | None = setting(None, "your own music at the end")
    bed: Path | None = setting(None, "your own music under opening and headlines, repeated as needed")
