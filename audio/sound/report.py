"""A page about one bulletin's sound, for eyes that want to see before they trust their ears.

One HTML file without scripts or requests: the waveform with its chapters, the loudness over time, the pauses by rank,
and the figures. Everything is measured on the decoded file, not on what was planned.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from itertools import pairwise
from string import Template

import numpy as np

from audio.model import Briefing, Role, Timeline
from audio.sound import loudness
from audio.sound.listening import COLUMNS, Heard

_WIDTH, _HEIGHT = 1200, 150
# The short-term loudness looks at three seconds (EBU Tech 3341).
_SHORT_TERM_STEPS = 30
_LOUDEST, _SOFTEST = -6.0, -46.0
_LONGEST_PAUSE_SECONDS = 3.0
# Where the drawing of pauses begins, right of their names.
_FROM = 330


def to_html(briefing: Briefing, heard: Heard, target_lufs: float) -> str:
    """Return the page."""
    timeline = briefing.timeline
    page = Template((resources.files("audio.assets") / "report.html").read_text(encoding="utf-8"))
    chapters = [(chapter.title, chapter.start_seconds) for chapter in timeline.chapters]
    return page.substitute(
        title=html.escape(briefing.title),
        voice=html.escape(f"{briefing.engine}, voice {briefing.voice}"),
        figures="".join(_row(*row) for row in _figures(timeline, heard, target_lufs)),
        waveform=_waveform(heard, chapters),
        loudness=_loudness(heard, target_lufs),
        pauses=_pauses(timeline),
        chapters="".join(_row(_clock(start), title) for title, start in chapters),
    )


def _figures(timeline: Timeline, heard: Heard, target_lufs: float) -> Iterator[tuple[str, str]]:
    words = sum(len(cue.segment.text.split()) for cue in timeline.cues)
    said = sum(cue.end_seconds - cue.start_seconds for cue in timeline.cues)
    yield "Length", f"{_clock(heard.seconds)}, {heard.seconds - timeline.seconds:+.3f} s against the plan"
    yield "Loudness as heard", f"{heard.lufs:.1f} LUFS, asked for {target_lufs:g}"
    yield "True peak", f"{heard.true_peak_dbtp:.1f} dBTP"
    yield (
        "Voice",
        f"{said / max(heard.seconds, 0.001):.0%} of the time, {words / max(said, 0.001) * 60:.0f} words a minute",
    )
    yield "Segments", f"{len(timeline.cues)} in {len(timeline.chapters)} chapters"


def _waveform(heard: Heard, chapters: Sequence[tuple[str, float]]) -> str:
    middle = _HEIGHT / 2
    xs = np.arange(len(heard.peaks)) * _WIDTH / len(heard.peaks)
    up = [f"{x:.0f},{middle - peak * middle:.1f}" for x, peak in zip(xs, heard.peaks, strict=True)]
    down = [f"{x:.0f},{middle + peak * middle:.1f}" for x, peak in zip(xs, heard.peaks, strict=True)]
    marks = "".join(
        f'<line class="mark" x1="{x:.0f}" x2="{x:.0f}" y1="0" y2="{_HEIGHT}"><title>{html.escape(title)}</title></line>'
        f'<text x="{x + 4:.0f}" y="12">{number}</text>'
        for number, (title, start) in enumerate(chapters, 1)
        for x in [start / heard.seconds * _WIDTH if heard.seconds else 0.0]
    )
    return _svg("Waveform with chapters", f'<polygon class="wave" points="{" ".join([*up, *down[::-1]])}"/>{marks}')


def _loudness(heard: Heard, target_lufs: float) -> str:
    """Draw the short-term loudness; silences leave the drawing at its foot."""
    padded = np.pad(heard.steps, (_SHORT_TERM_STEPS - 1, 0))
    energies = loudness.short_term(padded, _SHORT_TERM_STEPS)
    every = max(1, len(energies) // COLUMNS)
    levels = [loudness.lufs(float(energy)) for energy in energies[::every]]
    points = " ".join(f"{i * _WIDTH / len(levels):.0f},{_y(level):.1f}" for i, level in enumerate(levels))
    lines = "".join(
        f'<line class="grid" x1="0" x2="{_WIDTH}" y1="{_y(level):.1f}" y2="{_y(level):.1f}"/>'
        f'<text x="4" y="{_y(level) - 3:.1f}">{level:g}</text>'
        for level in (-10.0, -20.0, -30.0, -40.0)
    )
    aim = f'<line class="aim" x1="0" x2="{_WIDTH}" y1="{_y(target_lufs):.1f}" y2="{_y(target_lufs):.1f}"/>'
    return _svg("Loudness over time, LUFS", f'{lines}{aim}<polyline class="line" points="{points}"/>')


def _pauses(timeline: Timeline) -> str:
    """Draw a dot for each pause by its length, a row for each rank."""
    found: dict[str, list[float]] = {}
    for one, following in pairwise(timeline.cues):
        name = _rank(one.segment.role, one.segment.pause_seconds)
        found.setdefault(name, []).append(following.start_seconds - one.end_seconds)
    rows = sorted(found.items(), key=lambda row: -float(np.median(row[1])))
    height = 28
    drawn = []
    for index, (name, lengths) in enumerate(rows):
        y = index * height + height / 2
        median = float(np.median(lengths))
        label = f"{html.escape(name)}: {len(lengths)}, median {median:.2f} s"
        drawn.append(f'<text x="4" y="{y + 4:.0f}">{label}</text>')
        places = [_FROM + min(x / _LONGEST_PAUSE_SECONDS, 1.0) * (_WIDTH - _FROM - 20) for x in sorted(lengths)]
        drawn += [f'<circle cx="{x:.0f}" cy="{y:.0f}" r="4"/>' for x in dict.fromkeys(map(round, places))]
    return _svg("Pauses by rank, 0 to 3 s", "".join(drawn), max(1, len(rows)) * height)


def _rank(role: Role, pause_seconds: float) -> str:
    """Name the kind of a pause by what it follows and how long it was asked to be."""
    return f"{role} · {pause_seconds:g} s"


def _y(level: float) -> float:
    part = (_LOUDEST - level) / (_LOUDEST - _SOFTEST)
    return min(max(part, 0.0), 1.0) * _HEIGHT


def _svg(label: str, inside: str, height: int = _HEIGHT) -> str:
    return f'<svg role="img" aria-label="{html.escape(label)}" viewBox="0 0 {_WIDTH} {height}">{inside}</svg>'


def _row(*cells: str) -> str:
    first, *rest = map(html.escape, cells)
    return f'<tr><th scope="row">{first}</th>{_joined(rest)}</tr>'


def _joined(cells: Iterable[str]) -> str:
    return "".join(f"<td>{cell}</td>" for cell in cells)


def _clock(seconds: float) -> str:
    whole = round(seconds)
    hours = f"{whole // 3600}:" if whole >= 3600 else ""  # noqa: PLR2004 - an hour
    return f"{hours}{whole // 60 % 60:02}:{whole % 60:02}"
