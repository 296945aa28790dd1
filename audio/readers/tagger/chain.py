"""A linear-chain conditional random field with a table of weights: how likely each label is for each line of a source.

The sums over all ways to label the lines are taken by the forward-backward algorithm (Lafferty, McCallum and Pereira,
"Conditional Random Fields", 2001). The weights come from ``scripts/learn_tagger.py``.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources

_TABLE = "weights.tsv"
_AFTER = "after "

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
    scores = {name: tuple(float(cell or 0) for cell in cells) for name, *cells in rows}
    transitions = tuple(scores.pop(_AFTER + label) for label in labels)
    return Weights(tuple(labels), scores, transitions)


def probabilities(features: Sequence[Sequence[str]], weights: Weights) -> list[dict[str, float]]:
    """Return for each line the probability of each label, given the features of all lines."""
    size = range(len(weights.labels))
    scores = [_score(names, weights) for names in features]
    forward: list[Scores] = []
    for line in scores:
        above = forward[-1] if forward else (0.0,) * len(size)
        come = (_log_sum([above[i] + weights.transitions[i][j] for i in size]) if forward else 0.0 for j in size)
        forward.append(tuple(into + own for into, own in zip(come, line, strict=True)))
    backward: list[Scores] = [(0.0,) * len(size)]
    for line in reversed(scores[1:]):
        below = [own + gone for own, gone in zip(line, backward[-1], strict=True)]
        backward.append(tuple(_log_sum([weights.transitions[i][j] + below[j] for j in size]) for i in size))
    found = []
    for into, out in zip(forward, reversed(backward), strict=False):
        joint = [a + b for a, b in zip(into, out, strict=True)]
        whole = _log_sum(joint)
        found.append({label: math.exp(one - whole) for label, one in zip(weights.labels, joint, strict=True)})
    return found


def _score(names: Sequence[str], weights: Weights) -> Scores:
    known = [row for name in names if (row := weights.features.get(name))]
    return tuple(map(math.fsum, zip(*known, strict=True))) if known else (0.0,) * len(weights.labels)


def _log_sum(terms: Sequence[float]) -> float:
    most = max(terms)
    return most + math.log(sum(math.exp(term - most) for term in terms))
