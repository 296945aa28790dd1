"""A finished MP3 examined by anybody, any time: against what it carries in its tag, its sidecars, and its sources.

The same laws as the gate's, for a file that may have travelled: it decodes, lasts as long as it says, every sentence
sounds where it should and as it should, no hole, the level it was made for, chapters and transcript that fit.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from audio import gate
from audio.errors import GateError, SourceError
from audio.model import Article, Cue, Role, Segment
from audio.sound import listening, proof
from audio.sound.listening import Heard
from audio.sound.proof import Proof
from audio.sound.tags import Said, said_by

# What a meter may be off, and what the last limiter's overshoot may be on another decoder.
_LEVEL_TOLERANCE_LU, _PEAK_TOLERANCE_DB = 0.5, 0.5
_HIGHEST_DBTP = -1.0
# Marks are written in whole milliseconds.
_MARK_SECONDS = 0.05
# Speech fades below what counts as sound before its last sample.
_EDGE_SECONDS = 0.3
_CUE = re.compile(r"([\d:.]+) --> ([\d:.]+)[^\n]*\n(.*?)(?:\n\n|\Z)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Finding:
    """One law: whether the file keeps it, and what was found."""

    what: str
    ok: bool
    says: str


def check(path: Path, articles: Sequence[Article] = ()) -> Iterator[Finding]:
    """Yield a finding for each law that can be tried on the file; with ``articles``, also that it says all of them.

    Raises SourceError where there is no MP3 to examine.
    """
    try:
        said = said_by(path)
        heard = listening.listen(path)
    except OSError as error:
        raise SourceError(f"{path}: cannot be read: {error.strerror}") from error
    except ValueError as error:
        raise SourceError(f"{path}: is no MP3 that can be decoded: {error}") from error
    yield Finding("sound", heard.seconds > 0, f"decodes, {heard.seconds:.1f} s")
    carried = _carried(said)
    if carried is None:
        yield Finding("proof", ok=False, says="the file carries none: not made by notiziario, or its tag was cut")
    else:
        yield from _against(carried, heard)
    yield _peak(heard)
    yield _chapters(path, said, heard)
    yield _transcript(path, carried)
    if articles:
        yield _sources(path, articles, said, carried)


def _carried(said: Said) -> Proof | None:
    try:
        return proof.from_bytes(said.proof) if said.proof else None
    except ValueError:
        return None


def _against(carried: Proof, heard: Heard) -> Iterator[Finding]:
    off = abs(heard.seconds - carried.seconds)
    yield Finding("length", off <= gate.LENGTH_TOLERANCE_SECONDS, f"{heard.seconds:.2f} s of {carried.seconds:.2f} s")
    strays = proof.misplaced(carried, heard.energies)
    where = ", ".join(f"{one.start_seconds:.1f} s" for one in strays[:5])
    says = f"{len(strays)} of {len(carried.prints)} do not sound as made: at {where}" if strays else "all as made"
    yield Finding("segments", not strays, says)
    yield _silence(carried, heard)
    off_lu = abs(heard.lufs - carried.target_lufs)
    says = f"{heard.lufs:.1f} LUFS as heard, made for {carried.target_lufs:g}"
    yield Finding("level", off_lu <= _LEVEL_TOLERANCE_LU, says)


def _silence(carried: Proof, heard: Heard) -> Finding:
    """Tell of silences too long that are no planned pause; a pause may hold music, so it need not be silent."""
    ends = [0.0, *(one.end_seconds for one in carried.prints)]
    starts = [*(one.start_seconds for one in carried.prints), carried.seconds]
    found = [
        f"{start:.1f} to {end:.1f} s"
        for start, end in listening.silences(heard, gate.LONGEST_HOLE_SECONDS)
        if not any(a - _EDGE_SECONDS <= start and end <= b + _EDGE_SECONDS for a, b in zip(ends, starts, strict=True))
    ]
    says = f"not planned: {', '.join(found[:5])}" if found else "none that was not planned"
    return Finding("silence", not found, says)


def _peak(heard: Heard) -> Finding:
    says = f"true peak {heard.true_peak_dbtp:.1f} dBTP"
    return Finding("peak", heard.true_peak_dbtp <= _HIGHEST_DBTP + _PEAK_TOLERANCE_DB, says)


def _chapters(path: Path, said: Said, heard: Heard) -> Finding:
    """Say whether the tag's chapters cover the sound without a gap, and are those of the file beside it."""
    starts, ends = [one[1] for one in said.chapters], [one[2] for one in said.chapters]
    if not said.chapters:
        return Finding("chapters", ok=False, says="there are none")
    joined = starts[0] == 0 and all(abs(a - b) <= _MARK_SECONDS for a, b in zip(ends, starts[1:], strict=False))
    if not joined or abs(ends[-1] - heard.seconds) > gate.LENGTH_TOLERANCE_SECONDS + _MARK_SECONDS:
        return Finding("chapters", ok=False, says="they do not cover the sound from its start to its end")
    beside = path.with_suffix(".chapters.json")
    if beside.is_file():
        try:
            listed = [(one["title"], float(one["startTime"])) for one in json.loads(beside.read_bytes())["chapters"]]
        except (OSError, ValueError, KeyError, TypeError):
            return Finding("chapters", ok=False, says=f"{beside.name} is not the form of chapters")
        same = len(listed) == len(said.chapters) and all(
            a[0] == b[0] and abs(a[1] - b[1]) <= _MARK_SECONDS for a, b in zip(listed, said.chapters, strict=True)
        )
        if not same:
            return Finding("chapters", ok=False, says=f"{beside.name} tells others than the tag")
    return Finding("chapters", ok=True, says=f"{len(said.chapters)}, from the first moment to the last")


def _transcript(path: Path, carried: Proof | None) -> Finding:
    """Say whether each sentence of the transcript beside the file stands where it sounds."""
    beside = path.with_suffix(".vtt")
    if not beside.is_file():
        return Finding("transcript", ok=True, says="none beside the file")
    cues = list(_cues(beside))
    if carried is None:
        return Finding("transcript", bool(cues), f"{len(cues)} sentences, and no proof to hold them against")
    places = [(one.start_seconds, one.end_seconds) for one in carried.prints]
    fit = len(cues) == len(places) and all(
        abs(cue[0] - place[0]) <= _MARK_SECONDS and abs(cue[1] - place[1]) <= _MARK_SECONDS
        for cue, place in zip(cues, places, strict=True)
    )
    return Finding("transcript", fit, f"{len(cues)} sentences" + ("" if fit else f" for {len(places)} that sound"))


def _sources(path: Path, articles: Sequence[Article], said: Said, carried: Proof | None) -> Finding:
    """Say whether every word of the articles is said, in order, and nothing else but announcements."""
    beside = path.with_suffix(".vtt")
    texts = [text for _, _, text in _cues(beside)] if beside.is_file() else [text for text, _ in said.lines]
    roles = [one.role for one in carried.prints] if carried else []
    if len(roles) != len(texts):
        return Finding("sources", ok=False, says="the file does not tell its sentences apart")
    cues = [Cue(Segment(Role(role), text, text, "", 0.0), 0.0, 0.0) for role, text in zip(roles, texts, strict=True)]
    try:
        gate.account(articles, cues)
    except GateError as error:
        return Finding("sources", ok=False, says=error.message)
    return Finding("sources", ok=True, says="every word is said, in order")


def _cues(path: Path) -> Iterator[tuple[float, float, str]]:
    """Yield (start, end, text) of each cue of a WebVTT file."""
    for found in _CUE.finditer(path.read_text(encoding="utf-8", errors="replace")):
        start, end = _seconds(found[1]), _seconds(found[2])
        yield start, end, html.unescape(re.sub(r"<[^>]*>", "", found[3]))


def _seconds(clock: str) -> float:
    total = 0.0
    for part in clock.split(":"):
        total = total * 60 + float(part)
    return total
