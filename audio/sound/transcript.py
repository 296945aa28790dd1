"""The Timeline in words: WebVTT with the text as written, and chapters as JSON."""

from __future__ import annotations

import difflib
import json
import re

from audio.model import Cue, Timeline


def to_vtt(timeline: Timeline) -> str:
    """Return a WebVTT transcript: a cue for each segment, the time of each word inside where the voice tells it."""
    cues = [f"{_clock(cue.start_seconds)} --> {_clock(cue.end_seconds)}\n{_timed(cue)}\n" for cue in timeline.cues]
    return "\n".join(["WEBVTT\n", *cues])


def to_chapters_json(timeline: Timeline) -> str:
    """Return the chapters in the JSON form of Podcasting 2.0, version 1.2.0; times in seconds."""
    chapters = [{"startTime": round(c.start_seconds, 3), "title": c.title} for c in timeline.chapters]
    return json.dumps({"version": "1.2.0", "chapters": chapters}, ensure_ascii=False, indent=2) + "\n"


def _timed(cue: Cue) -> str:
    """Return the written text with a time before each word that can be matched to a spoken one.

    The voice says "duemilaventicinque" where the page has "2025": unmatched runs of words stand for each other, so the
    first written one of a run takes the time of the first spoken one.
    """
    written, words = cue.segment.text.split(), tuple(cue.words)
    spoken = [cue.segment.spoken[w.offset : w.offset + w.length] for w in words]
    times: dict[int, float] = {}
    matcher = difflib.SequenceMatcher(None, [_plain(w) for w in written], [_plain(w) for w in spoken], autojunk=False)
    for kind, a, b, c, d in matcher.get_opcodes():
        if kind == "equal":
            times.update(zip(range(a, b), (w.start_seconds for w in words[c:d]), strict=True))
        elif kind == "replace":
            times[a] = words[c].start_seconds
    out: list[str] = []
    before = cue.start_seconds
    for index, word in enumerate(written):
        at = times.get(index)
        # A time must lie inside its cue and rise; the first word's is the cue's own.
        stamp = f"<{_clock(at)}>" if at is not None and _after(at, before) and _after(cue.end_seconds, at) else ""
        before = at if stamp and at is not None else before
        out.append(stamp + word.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return " ".join(out)


def _after(late: float, early: float) -> bool:
    return round(late * 1000) > round(early * 1000)


def _plain(word: str) -> str:
    return re.sub(r"\W", "", word).casefold()


def _clock(seconds: float) -> str:
    millis = round(seconds * 1000)
    return f"{millis // 3_600_000:02}:{millis // 60_000 % 60:02}:{millis // 1000 % 60:02}.{millis % 1000:03}"
