"""The labelled set of Italian news: items of one event in independent words, lookalikes, and a second day."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from audio.newsroom.stories import Text

CASES = Path(__file__).parent / "cases" / "newsroom"


@dataclass(frozen=True)
class Case:
    """One item: ``event`` is "family/event"; lookalikes share a family. ``kind`` is new, repeat or update."""

    day: int
    event: str
    kind: str
    text: Text

    @property
    def family(self) -> str:
        return self.event.split("/")[0]


def load(name: str) -> list[Case]:
    with (CASES / f"{name}.tsv").open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [Case(int(r["day"]), r["event"], r["kind"], Text(r["title"], r["lead"])) for r in rows]


def pairs(groups: list[list[int]]) -> set[tuple[int, int]]:
    """Return all pairs that stand in one group."""
    return {pair for members in groups for pair in combinations(sorted(members), 2)}


def score(cases: list[Case], groups: list[list[int]]) -> tuple[float, float]:
    """Return (pairwise F1, share of lookalike pairs that were merged)."""
    every = list(combinations(range(len(cases)), 2))
    truth = {(a, b) for a, b in every if cases[a].event == cases[b].event}
    alike = {(a, b) for a, b in every if cases[a].family == cases[b].family} - truth
    got = pairs(groups)
    return 2 * len(truth & got) / (len(truth) + len(got)), len(alike & got) / len(alike)
