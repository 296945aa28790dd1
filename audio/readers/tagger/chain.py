"""A linear-chain conditional random field with a table of weights: how likely each label is for each line of a source.

The sums over all ways to label the lines are taken by the forward-backward algorithm (Lafferty, McCallum and Pereira,
"Conditional Random Fields", 2001). The weights come from ``scripts/learn_tagger.py``.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from operator import mul

_TABLE = "weights.tsv"
# Under these words and a label stands how much it speaks for the one that follows.
AFTER = "after "

Scores = tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each feature speaks for each label, and each label for the one that follows it."""

    labels: tuple[str, ...]
    features: Mapping[str, Scores]
    transitions: tuple[Scores, ...]


@functools.cache
def learned() -> Weights:
    """Return the table that comes with the program: a row a feature, a column a label, an empty cell for none."""
    table = resources.files(__package__).joinpath(_TABLE).read_text(encoding="utf-8").splitlines()
    rows = (row.split("\t") for row in table if row and not row.startswith("#"))
    _, *labels = next(rows)
    return weights_of(labels, {name: tuple(float(cell or 0) for cell in cells) for name, *cells in rows})


def weights_of(labels: Sequence[str], rows: Mapping[str, Scores]) -> Weights:
    """Return rows by their names, transitions among the features, as what they weigh."""
    transitions = [AFTER + label for label in labels]
    features = {name: row for name, row in rows.items() if name not in transitions}
    return Weights(tuple(labels), features, tuple(rows[name] for name in transitions))


def probabilities(features: Sequence[Sequence[str]], weights: Weights) -> list[dict[str, float]]:
    """Return for each line the probability of each label, given the features of all lines."""
    passes = [tuple(map(math.exp, row)) for row in weights.transitions]
    back = list(zip(*passes, strict=True))
    lines = [_likelihoods(names, weights) for names in features]
    forward: list[Scores] = []
    for line in lines:
        come = [math.fsum(map(mul, forward[-1], column)) for column in back] if forward else (1.0,) * len(line)
        forward.append(_shares(map(mul, come, line)))
    backward: list[Scores] = [(1.0,) * len(weights.labels)]
    for line in reversed(lines[1:]):
        gone = tuple(map(mul, line, backward[-1]))
        backward.append(_shares(math.fsum(map(mul, row, gone)) for row in passes))
    joint = (_shares(map(mul, into, out)) for into, out in zip(forward, reversed(backward), strict=False))
    return [dict(zip(weights.labels, shares, strict=True)) for shares in joint]


def _likelihoods(names: Sequence[str], weights: Weights) -> Scores:
    """Return how likely each label makes what is seen of a line; the likeliest is one, so that nothing overflows."""
    known = [row for name in names if (row := weights.features.get(name))]
    scores = tuple(map(math.fsum, zip(*known, strict=True))) if known else (0.0,) * len(weights.labels)
    most = max(scores)
    return tuple(math.exp(score - most) for score in scores)


def _shares(terms: Iterable[float]) -> Scores:
    """Return figures as shares of their sum."""
    figures = tuple(terms)
    whole = math.fsum(figures)
    return tuple(figure / whole for figure in figures)
