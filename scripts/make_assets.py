"""Make the picture and the music that come with the program, free of rights: ``python scripts/make_assets.py``.

The music is one idea in D major, played by a struck bar over strings: a call that rises (signature), its last two notes
(tick), the same call coming home (closing), and four chords with a soft pulse under the headlines (bed).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
import soundfile
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

ASSETS = Path(__file__).parent.parent / "audio" / "assets"
# Podcast directories want 1400 to 3000 pixels; the smallest keeps every tag light.
SIDE = 1400
NIGHT, PAPER, SIGNAL = (18, 32, 56), (246, 241, 231), (214, 62, 46)


def cover() -> Image.Image:
    """Draw the cover: a column of newsprint whose lines become sound."""
    picture = Image.new("RGB", (SIDE, SIDE), NIGHT)
    draw = ImageDraw.Draw(picture)
    # Lines of text on the left, levels of a voice on the right: the same fifteen rows.
    levels = (3, 5, 8, 6, 10, 13, 9, 12, 14, 10, 7, 9, 5, 6, 3)
    for row, level in enumerate(levels):
        y = 190 + row * 46
        width = (470, 430, 500, 380)[row % 4] if row else 300
        draw.rounded_rectangle((140, y, 140 + width, y + 20), 10, PAPER)
        half = level * 20
        draw.rounded_rectangle((960 - half, y, 960 + half, y + 20), 10, SIGNAL)
    draw.text((SIDE / 2, 1100), "Notiziario", PAPER, ImageFont.load_default(size=230), anchor="mm")
    draw.rounded_rectangle((140, 1250, SIDE - 140, 1258), 4, SIGNAL)
    return picture


Sound = NDArray[np.float64]
RATE = 44_100
# Seconds of an eighth note: 120 to the minute is a brisk walk, and a newsreader's syllables fall around it.
EIGHTH = 0.25
# Partials of a struck bar (marimba): ratio to the note, level, seconds to fade by 60 dB.
BAR = ((1.0, 1.0, 1.9), (3.93, 0.28, 0.7), (9.2, 0.09, 0.25))
# Vorbis at the quality where a soft pad keeps its air.
COMPRESSION = 0.75
# Partials above this would be heard as hiss, if at all.
HIGHEST_HERTZ = 16_000


def hertz(note: str) -> float:
    """Return the pitch of a note such as F#5, A4 being 440."""
    steps = {"C": -9, "D": -7, "E": -5, "F": -4, "F#": -3, "G": -2, "A": 0, "B": 2, "C#": -8}
    return 440.0 * 2 ** (steps[note[:-1]] / 12 + int(note[-1]) - 4)


def struck(note: str, seconds: float = 2.2) -> Sound:
    """Play a note on the bar."""
    time = np.arange(round(seconds * RATE)) / RATE
    parts = [
        level * np.sin(2 * np.pi * hertz(note) * ratio * time) * 10 ** (-3 * time / decay)
        for ratio, level, decay in BAR
        if hertz(note) * ratio < HIGHEST_HERTZ
    ]
    return np.asarray(np.sum(parts, axis=0) * np.minimum(1, time / 0.002))


def strings(notes: Iterable[str], seconds: float, attack: float, release: float) -> Sound:
    """Play a chord on soft strings, left and right a little apart in pitch."""
    time = np.arange(round(seconds * RATE)) / RATE
    envelope = np.minimum(1, np.minimum(time / attack, (seconds - time) / release))
    sides = []
    for detune in (-1.5, 1.5):
        side = np.zeros(len(time))
        for note in notes:
            for cents in (detune, -3 * detune):
                pitch = hertz(note) * 2 ** (cents / 1200)
                wobble = 2 * np.pi * pitch * time + 0.8 * np.sin(2 * np.pi * 0.31 * time + pitch)
                side += sum(np.sin(wobble * k) / k**2.2 for k in range(1, 7))
        sides.append(side)
    return np.asarray(np.stack(sides, axis=1) * (np.sin(envelope * np.pi / 2) ** 2)[:, None])


def lay(ground: Sound, seconds: float, sound: Sound, level: float, pan: float = 0.0) -> None:
    """Add a sound to the ground from a moment on; what lies beyond its end is dropped."""
    both = (
        np.stack([sound * np.sqrt((1 - pan) / 2), sound * np.sqrt((1 + pan) / 2)], axis=1) if sound.ndim == 1 else sound
    )
    at = round(seconds * RATE)
    ground[at : at + len(both)] += level * both[: len(ground) - at]


def in_a_room(dry: Sound, wet: float, seconds: float = 1.4) -> Sound:
    """Let a sound ring in a room of so many seconds, as long as it was."""
    noise = np.random.default_rng(6).normal(size=(round(seconds * RATE), 2))
    time = np.arange(len(noise)) / RATE
    answer = noise * (10 ** (-3 * time / seconds))[:, None]
    # A room swallows the highs: a running mean of a fifth of a millisecond.
    answer = np.stack([np.convolve(answer[:, side], np.ones(9) / 9, "same") for side in (0, 1)], axis=1)
    size = len(dry) + len(answer)
    spectra = np.fft.rfft(dry, size, axis=0) * np.fft.rfft(answer, size, axis=0)
    ringing = np.fft.irfft(spectra, size, axis=0)[: len(dry)]
    return np.asarray(dry + wet * ringing / np.sqrt((answer**2).sum(axis=0)))


def finished(ground: Sound, fade_seconds: float) -> Sound:
    """Return a piece with its end faded and its peak 3 dB below full scale."""
    fade = round(fade_seconds * RATE)
    ground[len(ground) - fade :] *= (np.cos(np.linspace(0, np.pi / 2, fade)) ** 2)[:, None]
    return np.asarray(ground / np.abs(ground).max() * 10 ** (-3 / 20))


def call(notes: str, seconds: float, chords: tuple[tuple[float, str], ...]) -> Sound:
    """Play notes one after another in eighths, a dot being a rest, over chords (start, notes)."""
    ground = np.zeros((round(seconds * RATE), 2))
    for index, note in enumerate(notes.split()):
        if note != ".":
            lay(ground, 0.02 + index * EIGHTH, struck(note), 0.9 if index % 2 == 0 else 0.65, pan=0.25 * (-1) ** index)
            lay(ground, 0.02 + index * EIGHTH, struck(f"{note[:-1]}{int(note[-1]) - 1}"), 0.35)
    for start, chord in chords:
        lay(ground, start, strings(chord.split(), seconds - start, 0.5, 1.5), 0.09)
    return in_a_room(ground, 0.25)


def signature() -> Sound:
    """Open: the call rises to the octave and rings."""
    return finished(call("D5 A5 . D5 A5 B5 . A5 D6", 4.4, ((0.0, "D3 A3 F#4"), (1.9, "D3 A3 D4 F#4"))), 1.3)


def tick() -> Sound:
    """Part two stories: the call's last two notes."""
    ground = np.zeros((round(1.0 * RATE), 2))
    lay(ground, 0.0, struck("A5"), 0.7, pan=-0.2)
    lay(ground, EIGHTH / 2, struck("D6"), 0.9, pan=0.2)
    return finished(in_a_room(ground, 0.2, 0.8), 0.5)


def closing() -> Sound:
    """Close: the call comes home."""
    return finished(call("D6 B5 . A5 F#5 E5 . D5", 4.6, ((0.0, "G3 B3 D4"), (1.7, "D3 A3 D4 F#4"))), 1.6)


def bed() -> Sound:
    """Lie under the headlines: four chords of two bars, a pulse far behind them; the end leads into the start."""
    bar = 8 * EIGHTH
    chords = ("D3 A3 E4 F#4", "B2 F#3 D4 A4", "G2 D3 B3 F#4", "A2 E3 B3 D4")
    ground = np.zeros((round((len(chords) * 2 * bar + 1.5) * RATE), 2))
    for index, chord in enumerate(chords):
        lay(ground, index * 2 * bar, strings(chord.split(), 2 * bar + 1.5, 1.4, 1.4), 0.12)
        for eighth in range(16):
            note = chord.split()[(0, 2, 1, 2)[eighth % 4]]
            pulse = struck(f"{note[:-1]}{int(note[-1]) + 1}", 0.9)
            lay(
                ground,
                index * 2 * bar + eighth * EIGHTH,
                pulse,
                0.16 if eighth % 4 == 0 else 0.1,
                pan=0.4 * (-1) ** eighth,
            )
    return finished(in_a_room(ground, 0.3), 0.02)


def write(name: str, sound: Sound) -> None:
    """Write a piece as Ogg Vorbis, which every part of the program decodes without ffmpeg."""
    path = ASSETS / f"{name}.ogg"
    with soundfile.SoundFile(path, "w", RATE, 2, "VORBIS", format="OGG", compression_level=COMPRESSION) as file:
        for at in range(0, len(sound), RATE):  # the library's encoder wants small servings
            file.write(sound[at : at + RATE])


if __name__ == "__main__":
    for piece in (signature, tick, closing, bed):
        write(piece.__name__, piece())
    cover().save(ASSETS / "cover.jpg", quality=88, optimize=True, progressive=False)
