"""Lines that the looks of the whole page speak against; what stands in a list, marked or not, is judged as one."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from audio.readers.cohesion import key_of
from audio.readers.furniture.company import Line

# As many bare lines in a row, within the story, are a list that nothing marks.
_LEAST_IN_LIST = 3
_HOUR_OR_DAY = re.compile(
    r"\d{1,2}[.:]\d{2}|(?:luned|marted|mercoled|gioved|venerd)ì\b.+|(?:sabato|domenica)\b.+", re.IGNORECASE
)


def strangers(
    lines: Sequence[Line], reasons: Sequence[str | None], outside: AbstractSet[str], hours: Sequence[int]
) -> list[int]:
    """Return the numbers of the lines whose keys are ``outside``: of a list all with the bare line over it, or none.

    ``hours`` are the numbers of a timetable's.
    """
    alone = {n for n, line in enumerate(lines) if key_of(line.text) in outside}
    for listed, run in itertools.groupby(range(len(lines)), lambda n: lines[n].item):
        if not listed:
            continue
        whole = list(run)
        if whole[0] and not lines[whole[0] - 1].stopped:
            whole.append(whole[0] - 1)
        if not alone.issuperset(whole):
            alone.difference_update(whole)
    alone.difference_update(hours)
    told = [n for n, line in enumerate(lines) if line.stopped and reasons[n] is None and n not in alone]
    for bare in _bare_lists(lines, told):
        if 2 * len(alone.intersection(bare)) < len(bare):
            alone.difference_update(bare)
    return sorted(alone)


def hours_in_rows(lines: Sequence[Line]) -> list[int]:
    """Return the numbers of bare hours or days in a row: a timetable, for a page says but once when it was published."""
    bare = [not line.stopped and bool(_HOUR_OR_DAY.fullmatch(line.text)) for line in lines]
    return [n for n, hour in enumerate(bare) if hour and any(bare[max(0, n - 1) : n] + bare[n + 1 : n + 2])]


def _bare_lists(lines: Sequence[Line], told: Sequence[int]) -> list[list[int]]:
    """Return the rows of bare lines between sentences of the story: ingredients, names, hours."""
    within = range(told[0] + 1, told[-1]) if told else range(0)
    rows = itertools.groupby(within, lambda n: not (lines[n].stopped or lines[n].item or lines[n].link))
    return [row for row in (list(run) for bare, run in rows if bare) if len(row) >= _LEAST_IN_LIST]
