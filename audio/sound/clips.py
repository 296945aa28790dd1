"""Clips of music: pydub's room. Any sound file becomes its ``AudioSegment``, is shortened, faded and looped there.

Speech does not pass through here, and no programme is joined here, since each ``+=`` copies all that went before; nor
is a rate changed here: pydub's resampler lets high tones fold back.
"""

from __future__ import annotations

import shutil
import warnings
from pathlib import Path

import numpy as np

from audio import pcm
from audio.errors import SettingsError
from audio.model import Speech
from audio.sound.loudness import Samples

with warnings.catch_warnings():
    # It looks for ffmpeg, which is not needed for the formats that matter, and its source has old escapes.
    warnings.simplefilter("ignore")
    from pydub import AudioSegment
    from pydub.exceptions import CouldntDecodeError

# A piece that is cut off goes in so many milliseconds; one that is not only loses its click.
_CUT_FADE_MS, _EDGE_FADE_MS = 1500, 10
# Where the bed begins again, its end and its start lie over each other for so long.
_LOOP_MS = 1500


def to_segment(speech: Speech) -> AudioSegment:
    """Return a speech as pydub's type."""
    return AudioSegment(data=speech.pcm, sample_width=2, frame_rate=speech.rate, channels=1)


def to_speech(segment: AudioSegment) -> Speech:
    """Return any of pydub's segments as a speech without words, its channels averaged to one."""
    mono = segment.set_sample_width(2).set_channels(1)
    return Speech(mono.raw_data, mono.frame_rate)


def load_clip(path: Path, channels: int = 2) -> AudioSegment:
    """Return a sound file in one or two channels; SettingsError where it is none.

    MP3, FLAC, Ogg and WAV are decoded in this process, all else by ffmpeg where it is installed.
    """
    try:
        samples, rate = pcm.decode_channels(path.read_bytes())
        samples = samples[:, :2]
        samples *= 32768
        np.rint(samples, out=samples)  # in place: a bed of minutes is tens of megabytes
        whole = np.clip(samples, -32768, 32767, out=samples).astype("<i2")
        clip = AudioSegment(data=whole.tobytes(), sample_width=2, frame_rate=rate, channels=whole.shape[1])
        return clip.set_channels(channels)
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        decoded = _by_ffmpeg(path)
        if decoded is None:
            hint = "Give an MP3, FLAC, Ogg or WAV file; for others ffmpeg must be installed."
            raise SettingsError(f"{path}: {error}", hint=hint) from error
        return decoded.set_channels(channels)


def _by_ffmpeg(path: Path) -> AudioSegment | None:
    if not (shutil.which("ffmpeg") and shutil.which("ffprobe")):
        return None
    try:
        found = AudioSegment.from_file(str(path))
    except (CouldntDecodeError, OSError, IndexError, KeyError, ValueError):
        return None
    return found.set_sample_width(2) if len(found) else None


def trimmed(clip: AudioSegment, longest_seconds: float, *, loop: bool) -> AudioSegment:
    """Return a piece at most so long, without clicks at its ends; with ``loop`` its end leads into its start."""
    longest = round(longest_seconds * 1000)
    short = clip[:longest]
    if loop and len(short) > 3 * _LOOP_MS:
        # The end fades over the start, and the start is left out behind: played again and again it has no seam.
        tail, body = short[-_LOOP_MS:], short[:-_LOOP_MS]
        return body.fade_in(_LOOP_MS).overlay(tail.fade_out(_LOOP_MS))
    fade = _CUT_FADE_MS if len(clip) > longest else _EDGE_FADE_MS
    return short.fade_in(_EDGE_FADE_MS).fade_out(min(fade, len(short)))


def to_samples(clip: AudioSegment) -> tuple[Samples, int]:
    """Return (samples of full scale 1.0, a column for each channel; Hz)."""
    whole = np.frombuffer(clip.set_sample_width(2).raw_data, dtype="<i2").reshape(-1, clip.channels)
    samples = whole.astype(np.float32)
    samples *= np.float32(1 / 32768)
    return samples, int(clip.frame_rate)
