"""Who sounds when: pauses between what is heard, chapters without a gap."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audio.model import Role, Script, Segment, Sting, Word
from audio.sound.timeline import LEAD_IN_SECONDS, LEAD_OUT_SECONDS, Clip, Plan, arrange
from audio.sound.words import Words

RATE = 44_100
FRAME = 1152
MARGIN = 1102


def _clip(audible: int, before: int = MARGIN, after: int = MARGIN) -> Clip:
    words = Words.of([Word((before + audible // 2) / RATE, 0, 3)])
    return Clip(before + audible + after, before, before + audible, words)


def _script(pauses: list[float], chapters: list[int]) -> Script:
    segments = tuple(
        Segment(Role.PARAGRAPH, "Uno due", "uno due", "it", pause, chapter)
        for pause, chapter in zip(pauses, chapters, strict=True)
    )
    return Script("Titolo", False, tuple(f"Parte {i}" for i in range(max(chapters) + 1)), segments)


def _arranged(script: Script, clips: list[Clip], lengths: dict[Sting, int] | None = None) -> Plan:
    return arrange(script, clips, RATE, FRAME, lengths or {}, has_bed=bool(lengths))


_parts = st.lists(
    st.tuples(st.integers(2_000, 400_000), st.integers(0, MARGIN), st.integers(0, MARGIN), st.floats(0.05, 3)),
    min_size=1,
    max_size=12,
)


@settings(max_examples=50)
@given(_parts)
def test_length_is_the_sum_of_its_parts(parts: list[tuple[int, int, int, float]]) -> None:
    """The programme lasts what is heard, its pauses, its lead-in and its lead-out, within a frame for each chunk."""
    clips = [_clip(audible, before, after) for audible, before, after, _ in parts]
    pauses = [pause for *_, pause in parts]
    plan = _arranged(_script(pauses, [0] * len(parts)), clips)
    heard = sum(audible for audible, *_ in parts) / RATE
    expected = LEAD_IN_SECONDS + heard + sum(pauses[:-1]) + LEAD_OUT_SECONDS
    assert plan.total == pytest.approx(expected * RATE, abs=FRAME * len(plan.chunks))
    assert plan.timeline.seconds == plan.total / RATE


@settings(max_examples=50)
@given(_parts)
def test_pauses_lie_between_what_is_heard(parts: list[tuple[int, int, int, float]]) -> None:
    """From one cue's end to the next one's start is the segment's pause, within half a frame where chunks meet."""
    clips = [_clip(audible, before, after) for audible, before, after, _ in parts]
    pauses = [pause for *_, pause in parts]
    plan = _arranged(_script(pauses, [0] * len(parts)), clips)
    cues = plan.timeline.cues
    assert cues[0].start_seconds == pytest.approx(LEAD_IN_SECONDS)
    firsts = {chunk.clips[0][0] for chunk in plan.chunks}
    for index, (one, following, pause) in enumerate(zip(cues, cues[1:], pauses, strict=False), 1):
        exact = 0.5 * FRAME / RATE if index in firsts else 1 / RATE
        assert following.start_seconds - one.end_seconds == pytest.approx(pause, abs=exact + 1.5 / RATE)


def test_clips_never_overlap() -> None:
    """Without any pause the margins still stand behind each other."""
    plan = _arranged(_script([0.0] * 5, [0] * 5), [_clip(5_000)] * 5)
    gaps = np.diff([start for chunk in plan.chunks for _, start in chunk.clips])
    assert (gaps == 5_000 + 2 * MARGIN).all()


def test_words_lie_in_their_cue() -> None:
    """A word's time is that of the programme."""
    for cue in _arranged(_script([0.5] * 3, [0] * 3), [_clip(44_100)] * 3).timeline.cues:
        (word,) = cue.words
        assert word.start_seconds == pytest.approx(cue.start_seconds + 0.5, abs=1e-4)


def test_chapters_follow_without_a_gap() -> None:
    """The first chapter starts at 0, each other with its first segment, the last ends with the programme."""
    timeline = _arranged(_script([0.5] * 5, [0, 0, 1, 3, 3]), [_clip(44_100)] * 5).timeline
    cues = timeline.cues
    assert [c.title for c in timeline.chapters] == ["Parte 0", "Parte 1", "Parte 3"]
    assert [c.start_seconds for c in timeline.chapters] == [0.0, cues[2].start_seconds, cues[3].start_seconds]
    assert [c.end_seconds for c in timeline.chapters] == [
        cues[2].start_seconds,
        cues[3].start_seconds,
        timeline.seconds,
    ]


@settings(max_examples=50)
@given(_parts)
def test_chunks_are_whole_frames_between_silences(parts: list[tuple[int, int, int, float]]) -> None:
    """Chunks follow each other without a gap, begin on frames, and end in silence that hides an encoder's tail."""
    clips = [_clip(audible, before, after) for audible, before, after, _ in parts]
    plan = _arranged(_script([pause for *_, pause in parts], [0] * len(parts)), clips)
    at = 0
    for chunk in plan.chunks:
        assert chunk.start == at
        assert chunk.start % FRAME == 0
        at += chunk.samples
        index, start = chunk.clips[-1]
        assert chunk.samples - start - clips[index].samples >= (0 if chunk.is_last else 0.06 * RATE - 1)
    assert at == plan.total
    assert [index for chunk in plan.chunks for index, _ in chunk.clips] == list(range(len(clips)))


def test_a_chunk_does_not_know_where_it_stands() -> None:
    """A sentence that becomes longer changes its own chunk; all others stay as they were, only later."""
    pauses = [0.3, 0.6, 0.3, 0.6, 0.3, 1.0, 0.3, 0.6, 0.3, 0.0]
    sizes = [50_000 + 7_000 * index for index in range(10)]
    before = _arranged(_script(pauses, [0] * 10), [_clip(size) for size in sizes])
    sizes[2] += 12_345
    after = _arranged(_script(pauses, [0] * 10), [_clip(size) for size in sizes])
    same = [replace(a, start=0) == replace(b, start=0) for a, b in zip(before.chunks, after.chunks, strict=True)]
    assert same == [True, False, True, True, True]
    assert before.chunks[2].start != after.chunks[2].start


def test_a_long_paragraph_is_cut_between_sentences() -> None:
    """Without a paragraph's end a chunk holds eight sentences, so that memory and threads have their share."""
    plan = _arranged(_script([0.3] * 20, [0] * 20), [_clip(44_100)] * 20)
    assert [len(chunk.clips) for chunk in plan.chunks] == [8, 8, 4]


MUSIC = {Sting.SIGNATURE: 4 * RATE, Sting.TICK: RATE, Sting.CLOSING: 3 * RATE}


def _with_music(**places: dict[int, Sting]) -> Script:
    script = _script([0.5, 1.2, 0.6, 1.2, 0.3, 0.0], [0, 0, 0, 1, 1, 1])
    segments = list(script.segments)
    for index in range(len(segments)):
        stings = {name: kinds.get(index) for name, kinds in places.items()}
        segments[index] = replace(segments[index], **stings)  # type: ignore[arg-type]
    return replace(script, segments=tuple(segments))


def test_stings_stand_in_the_pauses() -> None:
    """A signature comes first, the voice over its end; a tick has half the pause on either side; a closing is last."""
    script = _with_music(before={0: Sting.SIGNATURE}, after={2: Sting.TICK, 5: Sting.CLOSING})
    plan = _arranged(script, [_clip(RATE)] * 6, MUSIC)
    placed = {kind: chunk.start + start for chunk in plan.chunks for kind, start in chunk.stings}
    cues = plan.timeline.cues
    assert placed[Sting.SIGNATURE] == round(LEAD_IN_SECONDS * RATE)
    assert cues[0].start_seconds == pytest.approx(LEAD_IN_SECONDS + 4 - 0.4, abs=1e-3)
    tick = placed[Sting.TICK] / RATE
    assert tick - cues[2].end_seconds == pytest.approx(0.3, abs=0.014)
    assert cues[3].start_seconds - tick - 1 == pytest.approx(0.3, abs=0.014)
    assert placed[Sting.CLOSING] / RATE > cues[5].end_seconds
    assert plan.timeline.seconds == pytest.approx(placed[Sting.CLOSING] / RATE + 3 + LEAD_OUT_SECONDS)


def test_stings_nobody_has_are_left_out() -> None:
    """Where there is no music, the script's stings change nothing."""
    script = _with_music(before={0: Sting.SIGNATURE}, after={2: Sting.TICK, 5: Sting.CLOSING})
    assert _arranged(script, [_clip(RATE)] * 6).chunks == _arranged(_with_music(), [_clip(RATE)] * 6).chunks


def test_the_bed_lies_under_its_words_and_is_never_cut() -> None:
    """The bed begins before its first word, ends in the pause after its last, and lies in one chunk."""
    script = _with_music(before={0: Sting.SIGNATURE})
    script = replace(script, segments=tuple(replace(s, bed=i < 2) for i, s in enumerate(script.segments)))
    plan = _arranged(script, [_clip(RATE)] * 6, MUSIC)
    ((chunk, bed),) = [(chunk, bed) for chunk in plan.chunks for bed in chunk.beds]
    cues = plan.timeline.cues
    assert (chunk.start + bed.start) / RATE < cues[0].start_seconds - 0.3
    assert cues[1].end_seconds + 0.3 < (chunk.start + bed.end) / RATE < cues[2].start_seconds
    said = [((chunk.start + a) / RATE, (chunk.start + b) / RATE) for a, b in bed.spoken]
    assert said == [(cue.start_seconds, cue.end_seconds) for cue in cues[:2]]
