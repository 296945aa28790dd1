"""Who sounds when: pauses between what is heard, chapters without a gap."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.model import Role, Script, Segment, Word
from audio.sound.clips import Clip
from audio.sound.timeline import LEAD_IN_SECONDS, LEAD_OUT_SECONDS, arrange

RATE = 44_100
FRAME = 1152
MARGIN = 1102


def _clip(audible: int, before: int = MARGIN, after: int = MARGIN) -> Clip:
    words = (Word((before + audible // 2) / RATE, 0, 3),)
    return Clip(RATE, before + audible + after, before, before + audible, -6.0, np.zeros(0), words)


def _script(pauses: list[float], chapters: list[int]) -> Script:
    segments = tuple(
        Segment(Role.PARAGRAPH, "Uno due", "uno due", "it", pause, chapter)
        for pause, chapter in zip(pauses, chapters, strict=True)
    )
    return Script("Titolo", False, tuple(f"Parte {i}" for i in range(max(chapters) + 1)), segments)


_parts = st.lists(
    st.tuples(st.integers(2_000, 400_000), st.integers(0, MARGIN), st.integers(0, MARGIN), st.floats(0.05, 3)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=50, deadline=None)
@given(_parts)
def test_length_is_the_sum_of_its_parts(parts: list[tuple[int, int, int, float]]) -> None:
    """The programme lasts what is heard, its pauses, its lead-in and its lead-out, within one frame."""
    clips = [_clip(audible, before, after) for audible, before, after, _ in parts]
    pauses = [pause for *_, pause in parts]
    plan = arrange(_script(pauses, [0] * len(parts)), clips, RATE)
    heard = sum(audible for audible, *_ in parts) / RATE
    expected = LEAD_IN_SECONDS + heard + sum(pauses[:-1]) + LEAD_OUT_SECONDS
    assert plan.total == pytest.approx(expected * RATE, abs=FRAME)
    assert plan.timeline.seconds == plan.total / RATE


@settings(max_examples=50, deadline=None)
@given(_parts)
def test_pauses_lie_between_what_is_heard(parts: list[tuple[int, int, int, float]]) -> None:
    """From one cue's end to the next one's start is the segment's pause, to the sample, whatever the margins are."""
    clips = [_clip(audible, before, after) for audible, before, after, _ in parts]
    pauses = [pause for *_, pause in parts]
    cues = arrange(_script(pauses, [0] * len(parts)), clips, RATE).timeline.cues
    assert cues[0].start_seconds == pytest.approx(LEAD_IN_SECONDS)
    for one, following, pause in zip(cues, cues[1:], pauses, strict=False):
        assert following.start_seconds - one.end_seconds == pytest.approx(pause, abs=1 / RATE)


def test_clips_never_overlap() -> None:
    """Without any pause the margins still stand behind each other."""
    plan = arrange(_script([0.0] * 5, [0] * 5), [_clip(5_000)] * 5, RATE)
    gaps = np.diff(plan.starts)
    assert (gaps == 5_000 + 2 * MARGIN).all()


def test_words_lie_in_their_cue() -> None:
    """A word's time is that of the programme."""
    for cue in arrange(_script([0.5] * 3, [0] * 3), [_clip(44_100)] * 3, RATE).timeline.cues:
        (word,) = cue.words
        assert word.start_seconds == pytest.approx(cue.start_seconds + 0.5, abs=1e-4)


def test_chapters_follow_without_a_gap() -> None:
    """The first chapter starts at 0, each other with its first segment, the last ends with the programme."""
    timeline = arrange(_script([0.5] * 5, [0, 0, 1, 3, 3]), [_clip(44_100)] * 5, RATE).timeline
    cues = timeline.cues
    assert [c.title for c in timeline.chapters] == ["Parte 0", "Parte 1", "Parte 3"]
    assert [c.start_seconds for c in timeline.chapters] == [0.0, cues[2].start_seconds, cues[3].start_seconds]
    assert [c.end_seconds for c in timeline.chapters] == [
        cues[2].start_seconds,
        cues[3].start_seconds,
        timeline.seconds,
    ]
