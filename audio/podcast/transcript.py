"""The transcript: from the bulletin's WebVTT to lines with timed words, and from those to what clients read.

The WebVTT that came with the sound is the source: a cue for each sentence, the time of a word before it where the voice
told it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio.model import Timeline
from audio.podcast.episode import Paragraph

# docs/examples/transcripts of the Podcasting 2.0 namespace: 65 characters a line in WebVTT, two lines of 32 in SRT.
_VTT_CHARACTERS, _SRT_CHARACTERS, _SRT_LINES = 65, 32, 2
_CUE = re.compile(
    r"^(?:(\d+):)?(\d\d):(\d\d)\.(\d{3}) --> (?:(\d+):)?(\d\d):(\d\d)\.(\d{3})[^\n]*\n((?:[^\n]+\n?)*)", re.MULTILINE
)
_STAMP = re.compile(r"^<(\d+):(\d\d):(\d\d)\.(\d{3})>")
_ENTITIES = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))


@dataclass(frozen=True, slots=True)
class TimedWord:
    """A written word, and when it begins to be said: milliseconds, None where the voice did not tell."""

    text: str
    start_ms: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A cue: a sentence and its place in the programme, in milliseconds."""

    start_ms: int
    end_ms: int
    words: tuple[TimedWord, ...]

    @property
    def text(self) -> str:
        """The sentence as written."""
        return " ".join(word.text for word in self.words)


def from_vtt(text: str) -> tuple[Line, ...]:
    """Return the lines of a WebVTT transcript, its words timed where stamps stand before them as this program does."""
    return tuple(
        Line(_millis(*match.groups("0")[:4]), _millis(*match.groups("0")[4:8]), tuple(_words(match[9])))
        for match in _CUE.finditer(text)
    )


def to_vtt(lines: Sequence[Line]) -> str:
    """Return the transcript as WebVTT whose lines fit a screen."""
    cues = []
    for line in lines:
        rows = "\n".join(
            " ".join(("" if w.start_ms is None else f"<{_clock(w.start_ms)}>") + _escaped(w.text) for w in row)
            for row in _wrapped(line.words, _VTT_CHARACTERS)
        )
        cues.append(f"{_clock(line.start_ms)} --> {_clock(line.end_ms)}\n{rows}\n")
    return "\n".join(["WEBVTT\n", *cues])


def to_srt(lines: Sequence[Line]) -> str:
    """Return the transcript as SubRip captions of two short lines each, timed by their words."""
    captions = [caption for line in lines for caption in _captions(line)]
    return "\n".join(
        f"{number}\n{_clock(start, ',')} --> {_clock(end, ',')}\n{text}\n"
        for number, (start, end, text) in enumerate(captions, 1)
    )


def paragraphs_of(timeline: Timeline, paragraph_seconds: float) -> tuple[Paragraph, ...]:
    """Return how the cues group into paragraphs: one ends where its role does, or at a pause that long."""
    found: list[Paragraph] = []
    count = 0
    for cue, after in zip(timeline.cues, (*timeline.cues[1:], None), strict=True):
        count += 1
        segment = cue.segment
        if after is None or after.segment.role is not segment.role or segment.pause_seconds >= paragraph_seconds:
            found.append(Paragraph(str(segment.role), count))
            count = 0
    return tuple(found)


def _captions(line: Line) -> Iterator[tuple[int, int, str]]:
    """Yield (start, end, text): a sentence cut into captions; where no word has a time, letters share it evenly."""
    rows = list(_wrapped(line.words, _SRT_CHARACTERS))
    groups = [rows[i : i + _SRT_LINES] for i in range(0, len(rows), _SRT_LINES)]
    starts: list[int] = []
    passed, whole = 0, max(1, len(line.text))
    for group in groups:
        spread = line.start_ms + (line.end_ms - line.start_ms) * passed // whole
        told = group[0][0].start_ms
        starts.append(line.start_ms if not starts else max(starts[-1], spread if told is None else told))
        passed += sum(len(word.text) + 1 for row in group for word in row)
    for group, start, end in zip(groups, starts, (*starts[1:], line.end_ms), strict=True):
        yield start, end, "\n".join(" ".join(word.text for word in row) for row in group)


def _wrapped(words: Sequence[TimedWord], characters: int) -> Iterator[list[TimedWord]]:
    """Yield rows of words no longer than ``characters``; a longer word has a row of its own."""
    row: list[TimedWord] = []
    length = -1
    for word in words:
        if row and length + 1 + len(word.text) > characters:
            yield row
            row, length = [], -1
        row.append(word)
        length += 1 + len(word.text)
    if row:
        yield row


def _words(payload: str) -> Iterator[TimedWord]:
    for raw in payload.split():
        stamp = _STAMP.match(raw)
        text = raw[stamp.end() :] if stamp else raw
        for entity, sign in _ENTITIES:
            text = text.replace(entity, sign)
        yield TimedWord(text, _millis(*stamp.groups()) if stamp else None)


def _millis(hours: str, minutes: str, seconds: str, millis: str) -> int:
    return ((int(hours) * 60 + int(minutes)) * 60 + int(seconds)) * 1000 + int(millis)


def _clock(millis: int, point: str = ".") -> str:
    return f"{millis // 3_600_000:02}:{millis // 60_000 % 60:02}:{millis // 1000 % 60:02}{point}{millis % 1000:03}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
