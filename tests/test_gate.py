"""The gate lets nothing through that is not whole."""

import io
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from audio import gate, sound
from audio.config import SoundSettings
from audio.errors import GateError
from audio.model import Article, Block, Cue, Role, Script, Section, Segment, Speech, Tags, Timeline

TEXTS = ("Il ponte è chiuso.", "Riapre domenica, dice il sindaco.", "Il treno resta aperto.")
ARTICLE = Article(None, (Section(None, tuple(Block(Role.PARAGRAPH, text) for text in TEXTS)),))


def _noise(seconds: float) -> np.ndarray:
    return np.random.default_rng(1).normal(0, 3000, round(22_050 * seconds))


def _made(sounds: list[np.ndarray]) -> tuple[Timeline, io.BytesIO]:
    segments = tuple(Segment(Role.PARAGRAPH, text, text, "it", 0.5) for text in TEXTS)
    speeches = [Speech(np.clip(s, -32768, 32767).astype("<i2").tobytes(), 22_050) for s in sounds]
    out = io.BytesIO()
    script = Script("T", False, ("T",), segments)
    return sound.render(script, speeches.__getitem__, SoundSettings(), Tags("T", "A", "B"), out), out


def test_a_whole_bulletin_passes() -> None:
    """Everything said, in order, sounding, at its length: no objection."""
    gate.prove([ARTICLE], *_made([_noise(1.0)] * 3))


FAULTS: dict[str, Callable[[tuple[Cue, ...]], tuple[Cue, ...]]] = {
    "cut": lambda cues: cues[:-1],
    "first missing": lambda cues: cues[1:],
    "swapped": lambda cues: (cues[1], cues[0], cues[2]),
    "repeated": lambda cues: (*cues, cues[-1]),
    "a word changed": lambda cues: (
        replace(cues[0], segment=replace(cues[0].segment, text="Il ponte è aperto.")),
        *cues[1:],
    ),
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=list(FAULTS))
def test_missing_swapped_and_repeated_sentences_are_caught(fault: Callable[..., tuple[Cue, ...]]) -> None:
    """A cue that is missing, out of turn, doubled or different is an error that quotes the place."""
    timeline, _ = _made([_noise(1.0)] * 3)
    with pytest.raises(GateError):
        gate.account([ARTICLE], fault(timeline.cues))


def test_a_mute_segment_is_caught() -> None:
    """A segment without sound is named with its text."""
    with pytest.raises(GateError, match=r"silent.*Riapre"):
        gate.prove([ARTICLE], *_made([_noise(1.0), np.zeros(22_050), _noise(1.0)]))


def test_a_hole_is_caught() -> None:
    """More than two seconds of silence inside a segment is a hole."""
    holed = np.concatenate([_noise(0.5), np.zeros(22_050 * 3), _noise(0.5)])
    with pytest.raises(GateError, match=r"hole of (2\.9|3)"):
        gate.prove([ARTICLE], *_made([_noise(1.0), holed, _noise(1.0)]))


def test_a_short_file_is_caught() -> None:
    """A file cut on its way to the disk does not last what its plan says."""
    timeline, out = _made([_noise(1.0)] * 3)
    with pytest.raises(GateError, match="lasts"):
        gate.prove([ARTICLE], timeline, io.BytesIO(out.getvalue()[: len(out.getvalue()) // 2]))


def test_what_does_not_decode_is_caught() -> None:
    """A file that is no sound is an error of the gate, not a crash."""
    timeline, _ = _made([_noise(1.0)] * 3)
    with pytest.raises(GateError, match="decode"):
        gate.prove([ARTICLE], timeline, io.BytesIO(b"<html>" * 100))
