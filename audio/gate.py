"""A finished bulletin proved against its sources before anyone may hear it.

Three proofs: every word of every source stands in a cue, in order; every cue sounds; the file lasts exactly as
long as the Timeline says. What fails is a GateError, and the file never takes its name.
"""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO

import numpy as np
from numpy.typing import NDArray

from audio import pcm
from audio.errors import GateError
from audio.model import Article, Cue, Role, Timeline

# MP3 frames are 26 ms; a decoder that ignores the gapless marks may add two of them.
LENGTH_TOLERANCE_SECONDS = 0.06
# -50 dBFS: speech is levelled near -19 LUFS, room noise of the quietest neural voices lies below -60.
_SOUNDING_RMS = 10 ** (-50 / 20)
# No voice of ours pauses so long inside a sentence; longer is a hole.
LONGEST_HOLE_SECONDS = 2.0
_STEP_SECONDS = 0.1


def prove(articles: Sequence[Article], timeline: Timeline, mp3: BinaryIO) -> None:
    """Raise GateError unless the MP3 is the whole of the articles as the Timeline tells it; decodes all of it."""
    account(articles, timeline.cues)
    try:
        levels = list(_levels(mp3))
    except ValueError as error:
        raise GateError(f"the finished MP3 does not decode: {error}") from error
    hear(timeline, np.array([length for length, _ in levels]), np.array([rms for _, rms in levels]))


def hear(timeline: Timeline, lengths: NDArray[np.float64], levels: NDArray[np.floating[Any]]) -> None:
    """Raise GateError unless what was read back lasts as long as the Timeline, and every cue of it sounds.

    ``lengths`` are the seconds of each stretch in order, ``levels`` its RMS or the least it can be, of full scale 1.0.
    """
    ends = np.cumsum(lengths)
    seconds = float(ends[-1]) if len(ends) else 0.0
    if abs(seconds - timeline.seconds) > LENGTH_TOLERANCE_SECONDS:
        raise GateError(f"the MP3 lasts {seconds:.2f} s where its plan says {timeline.seconds:.2f} s")
    sounding = levels > _SOUNDING_RMS
    for cue in timeline.cues:
        first, last = np.searchsorted(ends, (cue.start_seconds, cue.end_seconds), side="right")
        _sounds(cue, sounding[first : last + 1], ends[first : last + 1])


def measure(timeline: Timeline, mp3: BinaryIO) -> None:
    """Raise GateError unless the finished file itself says that it lasts as long as the Timeline."""
    try:
        seconds = pcm.seconds_of(mp3)
    except ValueError as error:
        raise GateError(f"the finished MP3 does not decode: {error}") from error
    if abs(seconds - timeline.seconds) > LENGTH_TOLERANCE_SECONDS:
        raise GateError(f"the MP3 lasts {seconds:.2f} s where its plan says {timeline.seconds:.2f} s")


def account(articles: Sequence[Article], cues: Iterable[Cue]) -> None:
    """Raise GateError at the first word of a source that no cue says, or that a cue says out of turn."""
    # Word by word, never all of them: a programme of ten hours has a hundred thousand.
    said = (w for cue in cues if cue.segment.role is not Role.ANNOUNCEMENT for w in _words(cue.segment.text))
    written = (w for article in articles for text in _texts(article) for w in _words(text))
    before: deque[str] = deque(maxlen=3)
    for word in written:
        if next(said, None) != word:
            around = " ".join([*before, word, *itertools.islice(written, 3)])
            raise GateError(f"a word of the source is not in the bulletin: {word!r} in “{around}”")
        before.append(word)
    if more := list(itertools.islice(said, 8)):
        raise GateError(f"the bulletin says more than its sources: {' '.join(more)!r}")


def _texts(article: Article) -> Iterator[str]:
    """Yield everything of an article that is to be said, in the order of saying."""
    yield from filter(None, (article.headline, article.standfirst, article.byline, article.dateline))
    for section in article.sections:
        if section.heading:
            yield section.heading
        yield from (block.text for block in section.blocks)


def _words(text: str) -> list[str]:
    """Return the runs of letters and digits: what must survive, whatever happens to signs and spaces.

    A run without a letter or digit ("* * *") has no sound and is nobody's loss.
    """
    return "".join(c if c.isalnum() else " " for c in text).split()


def _levels(mp3: BinaryIO) -> Iterator[tuple[float, float]]:
    """Yield (seconds, RMS of full scale) for each tenth of a second of the decoded file."""
    for block, rate in pcm.decode_blocks(mp3, _STEP_SECONDS):
        yield len(block) / rate, float(np.sqrt(np.mean(np.square(block, dtype=np.float64)))) if len(block) else 0.0


def _sounds(cue: Cue, inside: NDArray[np.bool_], ends: NDArray[np.float64]) -> None:
    where = f"“{cue.segment.text[:60]}” at {cue.start_seconds:.1f} s"
    if not inside.any():
        raise GateError(f"a segment is silent: {where}")
    heard = ends[inside]
    hole = float(np.diff(heard).max(initial=0.0)) - _STEP_SECONDS
    if hole > LONGEST_HOLE_SECONDS:
        raise GateError(f"a segment has a hole of {hole:.1f} s: {where}")
