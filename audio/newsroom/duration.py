"""How long words last before they are spoken, learned per voice; and how much fits into the time there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audio.model import Cue, Segment, Timeline

# Measured on 150 sentences of news, of the voice this program brings: seconds per character of spoken text and per
# segment.
_DEFAULT_SECONDS_PER_CHARACTER = 0.0537
_DEFAULT_SECONDS_PER_SEGMENT = 0.17
# A voice is known after so many segments; what is older fades, so that a changed voice is learned anew.
_ENOUGH = 30
_MOST_REMEMBERED = 3000


@dataclass(frozen=True, slots=True)
class Pace:
    """Sums of a least-squares line through (characters, seconds) of the segments a voice has spoken."""

    n: float = 0.0
    x: float = 0.0
    y: float = 0.0
    xx: float = 0.0
    xy: float = 0.0

    def heard(self, cues: Iterable[Cue]) -> Pace:
        """Return the pace with some more segments learned."""
        fade = min(1.0, _MOST_REMEMBERED / self.n) if self.n else 1.0
        n, x, y, xx, xy = (value * fade for value in (self.n, self.x, self.y, self.xx, self.xy))
        for cue in cues:
            characters = len(cue.segment.spoken) / cue.segment.rate
            seconds = cue.end_seconds - cue.start_seconds
            n, x, y = n + 1, x + characters, y + seconds
            xx, xy = xx + characters * characters, xy + characters * seconds
        return Pace(n, x, y, xx, xy)

    def seconds(self, segment: Segment) -> float:
        """Return how long a segment will last, without its pause."""
        per_segment, per_character = self._line()
        return per_segment + per_character * len(segment.spoken) / segment.rate

    def _line(self) -> tuple[float, float]:
        spread = self.n * self.xx - self.x * self.x
        if self.n < _ENOUGH or spread <= 0:
            return _DEFAULT_SECONDS_PER_SEGMENT, _DEFAULT_SECONDS_PER_CHARACTER
        slope = (self.n * self.xy - self.x * self.y) / spread
        return (self.y - slope * self.x) / self.n, slope


@dataclass(frozen=True, slots=True)
class Frame:
    """What a programme has beside words and pauses: before the first word, between two chapters, after the last one.

    With music these are its stings; they are learned from the last programme.
    """

    lead_seconds: float = 0.3
    between_seconds: float = 0.0
    tail_seconds: float = 0.8

    def seconds(self, chapters: int) -> float:
        """Return how long all of it lasts in a programme of so many chapters."""
        return self.lead_seconds + self.between_seconds * max(0, chapters - 1) + self.tail_seconds


def frame_of(timeline: Timeline) -> Frame:
    """Return the frame of a programme that was made."""
    cues = timeline.cues
    gaps = [
        other.start_seconds - one.end_seconds - one.segment.pause_seconds
        for one, other in pairwise(cues)
        if one.segment.chapter != other.segment.chapter
    ]
    tail = timeline.seconds - cues[-1].end_seconds - cues[-1].segment.pause_seconds
    return Frame(cues[0].start_seconds, sum(gaps) / len(gaps) if gaps else 0.0, tail)


def predict(segments: Sequence[Segment], pace: Pace, frame: Frame) -> float:
    """Return the whole length of a programme in seconds."""
    return lasting(segments, pace) + frame.seconds(len({segment.chapter for segment in segments}))


def lasting(segments: Iterable[Segment], pace: Pace) -> float:
    """Return the length of a stretch of a programme with its pauses."""
    return sum(pace.seconds(segment) + segment.pause_seconds for segment in segments)


@dataclass(frozen=True, slots=True)
class Cut:
    """One way to read a story: so many paragraphs, so many seconds, so much worth."""

    paragraphs: int
    seconds: float
    worth: float


def fit(stories: Sequence[Sequence[Cut]], seconds: float) -> list[int | None]:
    """Choose a cut of each story, or none, so that the worth is the largest that fits into the time.

    The first story has its first cut in any case. Time is counted in whole seconds; returns indices of cuts.
    """
    if not stories:
        return []
    room = max(0, round(seconds - stories[0][0].seconds))
    best = [0.0] * (room + 1)  # the most worth within so many seconds
    picks: list[list[int | None]] = []
    for cuts in stories[1:]:
        better = best[:]
        picked: list[int | None] = [None] * (room + 1)
        for place, cut in enumerate(cuts):
            needed = round(cut.seconds)
            for used in range(needed, room + 1):
                worth = best[used - needed] + cut.worth
                if worth > better[used]:
                    better[used], picked[used] = worth, place
        best = better
        picks.append(picked)
    chosen: list[int | None] = []
    for cuts, picked in zip(reversed(stories[1:]), reversed(picks), strict=True):
        index = picked[room]
        chosen.append(index)
        room -= 0 if index is None else round(cuts[index].seconds)
    return [0, *reversed(chosen)]
