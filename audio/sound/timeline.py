"""Who sounds when: clips and pauses on one line of samples, from which every other time is taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from audio.model import Chapter, Cue, Script, Timeline, Word
from audio.sound.clips import Clip

# A player's fade and a phone's waking cost the first moment; the end needs air before the next episode.
LEAD_IN_SECONDS, LEAD_OUT_SECONDS = 0.3, 0.8


@dataclass(frozen=True, slots=True)
class Plan:
    """A Timeline with its samples: ``starts`` of each clip and the ``total``, at ``rate`` Hz."""

    timeline: Timeline
    starts: tuple[int, ...]
    total: int
    rate: int


def arrange(script: Script, clips: Sequence[Clip], rate: int) -> Plan:
    """Lay the clips out so that a segment's pause lies between its last audible sample and the next one's first.

    The margins of both clips are part of the pause; one shorter than they are lasts as long as they do. Chapters follow
    each other without a gap: the first starts at 0, each other where its first segment sounds.
    """
    audible = round(LEAD_IN_SECONDS * rate)  # where the next clip shall be heard
    free = end = 0  # the first sample that no clip covers yet, and the last one that is heard
    starts: list[int] = []
    cues: list[Cue] = []
    for segment, clip in zip(script.segments, clips, strict=True):
        start = max(free, audible - clip.first)
        starts.append(start)
        words = tuple(Word(start / rate + w.start_seconds, w.offset, w.length) for w in clip.words)
        cues.append(Cue(segment, (start + clip.first) / rate, (start + clip.last) / rate, words))
        free = start + clip.samples
        end = start + clip.last
        audible = end + round(segment.pause_seconds * rate)
    total = max(free, end + round(LEAD_OUT_SECONDS * rate))
    seconds = total / rate
    return Plan(Timeline(tuple(cues), _chapters(script, cues, seconds), seconds), tuple(starts), total, rate)


def _chapters(script: Script, cues: Sequence[Cue], seconds: float) -> tuple[Chapter, ...]:
    begins: dict[int, float] = {}
    for cue in cues:
        begins.setdefault(cue.segment.chapter, cue.start_seconds if begins else 0.0)
    marks = [*sorted(begins.items()), (-1, seconds)]
    return tuple(Chapter(script.chapters[chapter], start, end) for (chapter, start), (_, end) in pairwise(marks))
