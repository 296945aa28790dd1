"""Clips: the edges of a piece of sound made clean. This is pydub's room, and it stays at the edges.

pydub finds the silence around a speech, cuts it off, takes out the offset and fades the cut ends. It never joins the
programme, since each ``+=`` copies all that went before, and never changes a rate.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from audio import pcm
from audio.model import Speech, Word
from audio.sound import loudness

with warnings.catch_warnings():
    # It looks for ffmpeg, which nothing here needs, and its source has old escapes.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.silence import detect_leading_silence

# What lies this far below a clip's own peak is its room, not its speech; espeak-ng's pauses lie 60 dB below.
_SILENCE_BELOW_PEAK_DB = 45.0
_LOWEST_SILENCE_DBFS = -70.0
# The first and last sounds of a word are soft: what is kept before and after them, and how the cut ends fade.
_MARGIN_MS, _FADE_MS, _STEP_MS = 25, 5, 5

Samples = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Clip:
    """A speech as it will sound, without its samples.

    ``samples`` at the programme's rate; ``energies`` are K-weighted mean squares of each tenth of a second (the last
    one may cover less); ``words`` count from the clip's own start.
    """

    samples: int
    energies: NDArray[np.float64]
    words: tuple[Word, ...]


def prepare(speech: Speech, rate: int) -> tuple[Samples, float]:
    """Return (samples of full scale 1.0 at ``rate``, seconds cut off at the start).

    Silent edges are trimmed, the offset is removed, the ends are faded. The same speech gives the same samples.
    """
    sound = AudioSegment(data=speech.pcm, sample_width=2, frame_rate=speech.rate, channels=1).remove_dc_offset()
    silence = max(sound.max_dBFS - _SILENCE_BELOW_PEAK_DB, _LOWEST_SILENCE_DBFS)
    first = max(0, detect_leading_silence(sound, silence, _STEP_MS) - _MARGIN_MS)
    last = len(sound) - max(0, detect_leading_silence(sound.reverse(), silence, _STEP_MS) - _MARGIN_MS)
    kept = sound[first:last].fade_in(_FADE_MS).fade_out(_FADE_MS) if last > first else sound
    samples = np.frombuffer(kept.raw_data, dtype=np.int16).astype(np.float32) / np.float32(32768)
    return pcm.resample(samples, speech.rate, rate), first / 1000


def measure(speech: Speech, rate: int) -> Clip:
    """Return what the timeline and the programme's gain need to know of a speech, at the programme's rate."""
    samples, cut_seconds = prepare(speech, rate)
    seconds = len(samples) / rate
    words = tuple(Word(min(max(w.start_seconds - cut_seconds, 0.0), seconds), w.offset, w.length) for w in speech.words)
    return Clip(len(samples), loudness.energies(samples, rate), words)
