"""Who sounds when: speeches, pauses and music on one line of samples, from which every other time is taken.

The line is cut into chunks that can be encoded apart: each begins on the border of an MP3 frame, a fixed moment before
its first sound, so that nothing in it depends on where in the programme it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from audio.model import Chapter, Cue, Script, Segment, Sting, Timeline
from audio.sound.words import Words

# A player's fade and a phone's waking cost the first moment; the end needs air before the next episode.
LEAD_IN_SECONDS, LEAD_OUT_SECONDS = 0.3, 0.8
# The last 1105 samples of a chunk come out after it, so they must be silent; twice that covers both transforms.
_TAIL_SECONDS = 0.06
# What a later chunk begins with; an encoder that starts anew needs a frame of silence.
_LEAD_SECONDS = 0.05
# A chunk ends with a paragraph, so that a mended sentence touches nothing beyond it; a long one ends sooner.
_PARAGRAPH_PAUSE_SECONDS = 0.5
_MOST_CLIPS = 8
# The voice comes in over the last moment of a signature; the bed comes in under the signature's end, or a moment before
# the voice, and goes while the next pause lasts, but not slower than this.
_OVER_SIGNATURE_SECONDS = 0.4
_BED_BEFORE_SECONDS, _BED_AFTER_SECONDS = 0.9, 1.4


@dataclass(frozen=True, slots=True)
class Clip:
    """A speech at the programme's rate: its samples, where it is heard among them, and its words from its own start."""

    samples: int
    first: int
    last: int
    words: Words = field(default_factory=Words)


@dataclass(frozen=True, slots=True)
class Bed:
    """A stretch of music under words: ``spoken`` are the (start, end) of what is said over it. In samples."""

    start: int
    end: int
    spoken: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Chunk:
    """A stretch of the programme encoded on its own, with places in samples from its start.

    ``clips`` are (segment, start), ``stings`` (kind, start). ``is_last`` tells the one that keeps the encoder's tail.
    """

    start: int
    samples: int
    clips: tuple[tuple[int, int], ...] = ()
    stings: tuple[tuple[Sting, int], ...] = ()
    beds: tuple[Bed, ...] = ()
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """A Timeline with its samples at ``rate`` Hz: its chunks follow each other without a gap up to ``total``."""

    timeline: Timeline
    chunks: tuple[Chunk, ...]
    total: int
    rate: int


@dataclass(slots=True)
class _Line:
    """The line while it is being laid: all places count from the programme's start.

    ``heard`` is the end of the last word, ``free`` the first sample that nothing covers. The open chunk's parts wait in
    ``clips``, ``stings`` and ``beds``; ``bed`` is the (start, spoken) of an unfinished bed.
    """

    rate: int
    frame: int
    lengths: Mapping[Sting, int]
    has_bed: bool
    heard: int = 0
    free: int = 0
    start: int = 0
    clips: list[tuple[int, int]] = field(default_factory=list)
    stings: list[tuple[Sting, int]] = field(default_factory=list)
    beds: list[Bed] = field(default_factory=list)
    bed: Bed | None = None
    chunks: list[Chunk] = field(default_factory=list)

    def samples(self, seconds: float) -> int:
        return round(seconds * self.rate)

    def place(self, index: int, segment: Segment, clip: Clip, before: Segment | None) -> int:
        """Lay a segment behind the one ``before`` it and return where its clip starts."""
        stings, audible = self._stings(segment, before)
        wants_bed = segment.bed and self.has_bed
        under = self.bed if wants_bed else None
        bed_start: list[int] = []
        if wants_bed and under is None:
            lead = self.samples(_BED_BEFORE_SECONDS)
            covered = stings[-1][1] + self.lengths[stings[-1][0]] if stings else max(self.free, self.heard)
            bed_start = [max(self.free, covered - lead if stings else min(covered, audible - lead))]
            audible = max(audible, bed_start[0] + lead)
        start = max(self.free, audible - clip.first)
        first = min([start, *bed_start, *(place for _, place in stings)])
        shift = self._cut(first, before) if under is None else 0
        start += shift
        self.stings += [(kind, place + shift) for kind, place in stings]
        self.clips.append((index, start))
        if wants_bed:
            said = (start + clip.first, start + clip.last)
            so_far = under or Bed(bed_start[0] + shift, 0, ())
            self.bed = replace(so_far, spoken=(*so_far.spoken, said))
        self.heard = start + clip.last
        self.free = max(start + clip.samples, *(place + self.lengths[kind] for kind, place in self.stings[-1:]), 0)
        return start

    def _stings(self, segment: Segment, before: Segment | None) -> tuple[list[tuple[Sting, int]], int]:
        """Return the stings before a segment with their places, and where its first word shall be heard."""
        pause = self.samples(before.pause_seconds) if before else 0
        wanted = [kind for kind in (before.after if before else None, segment.before) if kind in self.lengths]
        if not wanted:
            return [], self.heard + pause if before else self.samples(LEAD_IN_SECONDS)
        at = self.heard + pause // 2 if before else self.samples(LEAD_IN_SECONDS)
        placed: list[tuple[Sting, int]] = []
        for kind in filter(None, wanted):
            placed.append((kind, max(at, self.free)))
            at = placed[-1][1] + self.lengths[kind]
        return placed, at + (pause // 2 if before else -self.samples(_OVER_SIGNATURE_SECONDS))

    def _cut(self, first: int, before: Segment | None) -> int:
        """End the chunk before ``first``, the next sound, if a pause allows it; return how far that moves the sound."""
        long_enough = before is not None and before.pause_seconds >= _PARAGRAPH_PAUSE_SECONDS
        lead, tail = self.samples(_LEAD_SECONDS), self.samples(_TAIL_SECONDS)
        if not (long_enough or len(self.clips) >= _MOST_CLIPS) or first - self.free < lead + tail:
            return 0
        border = round((first - lead) / self.frame) * self.frame
        if border < self.free + tail:
            border += self.frame
        self._close(border, is_last=False)
        return border + lead - first

    def end_bed(self, pause_seconds: float) -> None:
        """Let the bed go after the last word over it."""
        if self.bed:
            away = self.samples(min(_BED_AFTER_SECONDS, max(pause_seconds - 0.15, 0.3)))
            self.beds.append(replace(self.bed, end=self.heard + away))
            self.free = max(self.free, self.heard + away)
            self.bed = None

    def finish(self, last: Segment | None) -> int:
        """Place what comes after the last word, close the last chunk and return the programme's length."""
        end = self.heard
        if last and last.after in self.lengths and last.after is not None:
            pause = self.samples(max(LEAD_IN_SECONDS, last.pause_seconds / 2))
            self.stings.append((last.after, max(self.free, self.heard + pause)))
            end = self.stings[-1][1] + self.lengths[last.after]
        total = max(self.free, end + self.samples(LEAD_OUT_SECONDS))
        self._close(total, is_last=True)
        return total

    def _close(self, end: int, *, is_last: bool) -> None:
        start = self.start
        self.chunks.append(
            Chunk(
                start,
                end - start,
                tuple((index, place - start) for index, place in self.clips),
                tuple((kind, place - start) for kind, place in self.stings),
                tuple(
                    Bed(bed.start - start, bed.end - start, tuple((a - start, b - start) for a, b in bed.spoken))
                    for bed in self.beds
                ),
                is_last,
            )
        )
        self.clips, self.stings, self.beds, self.start = [], [], [], end


def arrange(
    script: Script,
    clips: Iterable[Clip],
    rate: int,
    frame: int,
    lengths: Mapping[Sting, int],
    *,
    has_bed: bool,
) -> Plan:
    """Lay the clips out so that a segment's pause lies between its last audible sample and the next one's first.

    The margins of both clips are part of the pause; one shorter than they are lasts as long as they do. Where a chunk
    ends, the pause is longer or shorter by up to half a frame of ``frame`` samples. ``lengths`` are those of the stings
    there are, in samples; those it does not name are left out, as the bed is unless ``has_bed``. Chapters follow each
    other without a gap: the first starts at 0, each other where its first segment sounds.
    """
    line = _Line(rate, frame, lengths, has_bed)
    cues: list[Cue] = []
    before: Segment | None = None
    for index, (segment, clip) in enumerate(zip(script.segments, clips, strict=True)):
        if before and before.bed and not segment.bed:
            line.end_bed(before.pause_seconds)
        start = line.place(index, segment, clip, before)
        words = clip.words.later(start / rate)
        cues.append(Cue(segment, (start + clip.first) / rate, (start + clip.last) / rate, words))
        before = segment
    line.end_bed(LEAD_OUT_SECONDS)
    total = line.finish(before)
    seconds = total / rate
    return Plan(Timeline(tuple(cues), _chapters(script, cues, seconds), seconds), tuple(line.chunks), total, rate)


def _chapters(script: Script, cues: Sequence[Cue], seconds: float) -> tuple[Chapter, ...]:
    begins: dict[int, float] = {}
    for cue in cues:
        begins.setdefault(cue.segment.chapter, cue.start_seconds if begins else 0.0)
    marks = [*sorted(begins.items()), (-1, seconds)]
    return tuple(Chapter(script.chapters[chapter], start, end) for (chapter, start), (_, end) in pairwise(marks))
