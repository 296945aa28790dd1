"""Clips: the edges of a piece of sound made clean. This is pydub's room, and it stays at the edges.

pydub finds the silence around a speech, cuts it off and fades the cut ends. It never joins the programme, since each
``+=`` copies all that went before; it never changes a rate, and never takes out an offset: loud samples would wrap.
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from audio import pcm
from audio.errors import SettingsError
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
class Trimmed:
    """A speech as it will sound, of full scale 1.0, silent but for a margin at both ends.

    It is audible from sample ``first`` up to, not including, ``last``. ``cut_seconds`` went at its start.
    """

    samples: Samples
    first: int
    last: int
    cut_seconds: float


@dataclass(frozen=True, slots=True)
class Clip:
    """What stays in memory of a Trimmed speech: everything but its samples.

    ``samples``, ``first`` and ``last`` count at ``rate`` Hz, the programme's. ``energies`` are K-weighted mean squares
    of each fiftieth of a second (the last ones may cover less); ``words`` count from the clip's own start.
    """

    rate: int
    samples: int
    first: int
    last: int
    true_peak_dbtp: float
    energies: NDArray[np.float64]
    words: tuple[Word, ...]


def to_segment(speech: Speech) -> AudioSegment:
    """Return a speech as pydub's type."""
    return AudioSegment(data=speech.pcm, sample_width=2, frame_rate=speech.rate, channels=1)


def to_speech(segment: AudioSegment) -> Speech:
    """Return any of pydub's segments as a speech without words, its channels averaged to one."""
    mono = segment.set_sample_width(2).set_channels(1)
    return Speech(mono.raw_data, mono.frame_rate)


def load_clip(path: Path) -> Speech:
    """Return a sound file (MP3, FLAC, Ogg, WAV) as it is, such as a jingle; SettingsError where it is none."""
    try:
        return Speech(*pcm.decode(path.read_bytes()))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise SettingsError(f"{path}: {error}", hint="Give an MP3, FLAC, Ogg or WAV file.") from error


def prepare(speech: Speech, rate: int) -> Trimmed:
    """Return the speech at ``rate``, its offset removed, its silent edges trimmed and its ends faded.

    The same speech gives the same samples. One without sound is kept whole.
    """
    sound = to_segment(_centred(speech))
    threshold = max(sound.max_dBFS - _SILENCE_BELOW_PEAK_DB, _LOWEST_SILENCE_DBFS)
    begin = detect_leading_silence(sound, threshold, _STEP_MS)
    end = len(sound) - detect_leading_silence(sound.reverse(), threshold, _STEP_MS)
    if begin >= end:
        begin, end, cut = 0, len(sound), 0
    else:
        cut = max(0, begin - _MARGIN_MS)
        sound = sound[cut : end + _MARGIN_MS].fade_in(_FADE_MS).fade_out(_FADE_MS)
    kept = np.frombuffer(to_speech(sound).pcm, dtype="<i2").astype(np.float32) / np.float32(32768)
    samples = pcm.resample(kept, speech.rate, rate)
    first, last = ((edge - cut) * rate // 1000 for edge in (begin, end))
    return Trimmed(samples, first, min(last, len(samples)), cut / 1000)


def measure(speech: Speech, rate: int) -> Clip:
    """Return what the timeline and the programme's gain need to know of a speech, at the programme's rate."""
    trimmed = prepare(speech, rate)
    samples = trimmed.samples
    low, high = trimmed.first / rate, trimmed.last / rate
    words = tuple(
        Word(min(max(word.start_seconds - trimmed.cut_seconds, low), high), word.offset, word.length)
        for word in speech.words
    )
    peak = loudness.true_peak_dbtp(samples, rate)
    energies = loudness.fine_energies(samples, rate)
    return Clip(rate, len(samples), trimmed.first, trimmed.last, peak, energies, words)


def _centred(speech: Speech) -> Speech:
    """Return the speech without its offset, which would click at every cut and hide silence."""
    samples = np.frombuffer(speech.pcm, dtype="<i2")
    if not len(samples):
        return speech
    centred = np.clip(np.rint(samples - samples.mean()), -32768, 32767)
    return Speech(centred.astype("<i2").tobytes(), speech.rate, speech.words)
