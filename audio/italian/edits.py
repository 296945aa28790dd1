"""A text changed in places: each change knows where it stood, and two rounds of changes compose into one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple


class Edit(NamedTuple):
    """Put ``text`` in the place of the characters from ``start`` to ``end``; ``rule`` says why."""

    start: int
    end: int
    text: str
    rule: str


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after its edits, which are in order and do not overlap.

    >>> apply("il 3%", [Edit(3, 5, "tre per cento", "quantity")])
    'il tre per cento'
    """
    out: list[str] = []
    place = 0
    for start, end, said, _ in edits:
        out.append(text[place:start])
        out.append(said)
        place = end
    out.append(text[place:])
    return "".join(out)


def compose(middle: str, first: Sequence[Edit], second: Sequence[Edit]) -> list[Edit]:
    """Return the edits that do at once what ``first`` (which led to the text ``middle``) and then ``second`` do.

    Edits that meet become one, named after the first of them that is no mere mark.

    >>> compose("il  sei", [Edit(4, 5, "sei", "number")], [Edit(2, 4, " ", "marks")])
    [Edit(start=2, end=4, text=' ', rule='marks'), Edit(start=4, end=5, text='sei', rule='number')]
    """
    # Every edit by its place in the middle text: (start, end, characters gained since the source, rule, is second).
    spots: list[tuple[int, int, int, Edit, bool]] = []
    gained = 0
    for edit in first:
        begin = edit.start + gained
        gained += len(edit.text) - (edit.end - edit.start)
        spots.append((begin, begin + len(edit.text), len(edit.text) - (edit.end - edit.start), edit, False))
    spots.extend((edit.start, edit.end, 0, edit, True) for edit in second)
    spots.sort(key=lambda spot: (spot[0], spot[1], spot[4]))
    found: list[Edit] = []
    index = gained = 0
    while index < len(spots):
        start, end = spots[index][:2]
        stop = index + 1
        while stop < len(spots) and spots[stop][0] < end:
            end = max(end, spots[stop][1])
            stop += 1
        group = spots[index:stop]
        later = [Edit(e.start - start, e.end - start, e.text, e.rule) for _, _, _, e, is_second in group if is_second]
        rule = next((e.rule for *_, e, _ in group if e.rule != "marks"), "marks")
        before, gained = gained, gained + sum(spot[2] for spot in group)
        found.append(Edit(start - before, end - gained, apply(middle[start:end], later), rule))
        index = stop
    return found
