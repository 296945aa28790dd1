"""Chapters, captions and word marks against the finished file as a player decodes it: nothing is told early or late."""

import datetime as dt
import itertools
import json
import re
from pathlib import Path

import numpy as np
import pytest
from mutagen.id3 import ID3

from audio import pcm, pipeline
from audio.config import CacheSettings, Config, SoundSettings
from audio.model import Briefing

# Captions are read by eyes and chapters reached by a jump: a twentieth of a second is neither seen nor missed.
TOLERANCE_SECONDS = 0.05
# Breath and the softest consonants lie below it; the first vowel of a sentence does not.
SOUNDING = 10 ** (-42 / 20)
STORIES = {
    "ponte.txt": "Ponte chiuso a Siena\n\nIl ponte è chiuso da ieri. Riapre domenica alle 18.30.\n\nI lavori\n\n"
    "Costano 2,4 milioni. Dureranno tre mesi, dicono i tecnici.\n",
    "mare.txt": "Mare calmo a Rimini\n\nTutto tranquillo sulla costa. Domani pioverà, dopodomani no.\n",
}


@pytest.fixture(scope="module")
def bulletin(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    folder = tmp_path_factory.mktemp("marks")
    for name, text in STORIES.items():
        (folder / name).write_text(text)
    cache = CacheSettings(folder=folder / "cache")
    config = Config(engines=("espeak",), cache=cache, sound=SoundSettings(music=False))
    now = dt.datetime(2025, 11, 6, 6, 30, tzinfo=dt.UTC)
    return pipeline.make_briefing([str(folder / name) for name in STORIES], config, now=now, output=folder / "a.mp3")


@pytest.fixture(scope="module")
def loud(bulletin: Briefing) -> tuple[np.ndarray, float]:
    """Where the decoded file sounds, by steps of five milliseconds, and the length of a step."""
    samples, rate = pcm.decode_channels(bulletin.path.read_bytes())
    step = rate // 200
    mono = np.abs(samples[: len(samples) // step * step, 0]).reshape(-1, step).max(axis=1)
    return mono > SOUNDING * mono.max(), step / rate


def _onset(loud: tuple[np.ndarray, float], near_seconds: float) -> float:
    """Return when sound begins after the silence that ends nearest to a moment."""
    sounding, step = loud
    # A stop between two syllables is no pause.
    least = round(0.15 / step)
    quiet = np.concatenate((np.ones(least, bool), ~sounding))
    begins = [at - least for at in range(least, len(quiet)) if not quiet[at] and quiet[at - least : at].all()]
    return min((at * step for at in begins), key=lambda seconds: abs(seconds - near_seconds))


def _vtt_starts(path: Path) -> list[float]:
    found = re.findall(r"^(?:(\d+):)?(\d\d):(\d\d\.\d\d\d) -->", path.read_text(), re.MULTILINE)
    return [int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds) for hours, minutes, seconds in found]


def test_every_cue_begins_with_its_sound(bulletin: Briefing, loud: tuple[np.ndarray, float]) -> None:
    """A sentence's cue begins within a twentieth of a second of its first sound in the decoded file."""
    off = [cue.start_seconds - _onset(loud, cue.start_seconds) for cue in bulletin.timeline.cues]
    assert len(off) > 10
    assert max(map(abs, off)) <= TOLERANCE_SECONDS


def test_captions_and_chapters_stand_where_the_cues_do(bulletin: Briefing, loud: tuple[np.ndarray, float]) -> None:
    """Captions, the chapters of the tag and those of the JSON agree with the sound, and with one another."""
    chapters = json.loads(bulletin.path.with_suffix(".chapters.json").read_text())["chapters"]
    frames = sorted(frame.start_time / 1000 for frame in ID3(str(bulletin.path)).getall("CHAP"))
    assert frames == pytest.approx([one["startTime"] for one in chapters], abs=0.002)
    assert frames[0] == 0
    for start in frames[1:]:
        assert _onset(loud, start) - start == pytest.approx(0, abs=TOLERANCE_SECONDS)
    for start in _vtt_starts(bulletin.path.with_suffix(".vtt")):
        nearest = min(bulletin.timeline.cues, key=lambda cue: abs(cue.start_seconds - start))
        # A long sentence is more than one caption: the later ones begin with a word.
        marks = (nearest.start_seconds, *(word.start_seconds for word in nearest.words))
        assert min(abs(start - at) for at in marks) <= TOLERANCE_SECONDS


def test_words_follow_each_other_inside_their_cue(bulletin: Briefing) -> None:
    """The words of a cue are marked in order, none before its first sound and none after its last."""
    for cue in bulletin.timeline.cues:
        marks = [word.start_seconds for word in cue.words]
        assert marks
        assert all(a <= b for a, b in itertools.pairwise(marks))
        assert cue.start_seconds - TOLERANCE_SECONDS <= marks[0]
        assert marks[-1] <= cue.end_seconds


def test_a_player_that_ignores_the_gapless_marks(bulletin: Briefing) -> None:
    """A player that knows nothing of encoder delay plays the same sound, late by less than a tenth of a second."""
    raw = bulletin.path.read_bytes()
    first = raw.index(b"Info", ID3(str(bulletin.path)).size)
    trimmed, rate = pcm.decode_channels(raw)
    plain, _ = pcm.decode_channels(raw[:first] + b"Xnfo" + raw[first + 4 :])
    delays = range(round(0.1 * rate))
    # The middle of the file, found again at a fixed distance.
    middle = slice(len(trimmed) // 2, len(trimmed) // 2 + rate)
    looked = plain[middle.start : middle.stop + len(delays), 0]
    distances = [float(np.abs(looked[at : at + rate] - trimmed[middle, 0]).max()) for at in delays]
    assert min(distances) < 0.01
