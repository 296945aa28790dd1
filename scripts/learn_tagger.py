"""Learn what stands around a story: ``python scripts/learn_tagger.py`` writes ``audio/readers/tagger/weights.tsv``.

The lessons (``lessons.py``) are the pairs of ``tests/cases/readers``, each once more as its story alone, and the
stories of ``tests/cases/kept``, of which all is to be read. ``--measure FIRST`` learns from the rounds before that one,
writes nothing, and says how much of the furniture of the others it finds, and what of their stories it would lose.

Needs ``pip install '.[learn]'`` (python-crfsuite); the program itself does not.
"""

from __future__ import annotations

import argparse
import itertools
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pycrfsuite

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from audio.readers.cohesion import key_of  # noqa: E402
from audio.readers.tagger import BYLINE, FURNITURE, HEADLINE, Page, look_at  # noqa: E402
from audio.readers.tagger.chain import AFTER, Weights, weights_of  # noqa: E402
from audio.readers.tagger.features import features_of  # noqa: E402
from scripts.lessons import LABELS, Lesson, bare, digest, is_taught, kept, lessons, round_of  # noqa: E402

TABLE = ROOT / "audio" / "readers" / "tagger" / "weights.tsv"
# Learned from the rounds up to 25, of c1 from 0.1 to 0.8 this one and 0.1 read the rounds 26 to 36 best (90.3 and 90.4
# points; 0.5 had 89.9), and 0.1 needs a third more weights.
SETTINGS = {"c1": 0.3, "c2": 0.1, "max_iterations": 150, "feature.possible_transitions": True, "feature.minfreq": 3}
# The few that are kept show what no round does, and count as often.
TIMES_KEPT = 4
# What would be written as nought.
LEAST = 0.005

Rows = Mapping[str, Mapping[str, float]]


def learn(taught: Iterable[Lesson]) -> Rows:
    """Return how much each feature speaks for each label; transitions stand under "after" and the label before."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(SETTINGS)
    alone = (one for lesson in taught for one in (lesson, bare(lesson, titled=True), bare(lesson, titled=False)))
    for lesson in itertools.chain(alone, list(kept()) * TIMES_KEPT):
        known = [(unit, label) for unit, label in zip(lesson.units, lesson.labels, strict=True) if label]
        trainer.append(pycrfsuite.ItemSequence(features_of([unit for unit, _ in known])), [label for _, label in known])
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "model")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        found = tagger.info()
        tagger.close()
    rows: dict[str, dict[str, float]] = {AFTER + label: {} for label in LABELS}
    for (before, label), weight in found.transitions.items():
        rows[AFTER + before][label] = weight
    for (feature, label), weight in sorted(found.state_features.items()):
        rows.setdefault(feature, {})[label] = weight
    return {name: row for name, row in rows.items() if name.startswith(AFTER) or max(map(abs, row.values())) >= LEAST}


def write(rows: Rows, taught: Sequence[Lesson]) -> None:
    """Write the table of weights, with the digest of the pairs that it was learned from."""
    lines = sum(len(lesson.units) for lesson in taught)
    head = [
        "# How much a feature of a line speaks for what the line is. Written by scripts/learn_tagger.py.",
        f"# Learned from {len(taught)} sources, {lines} lines, of the pairs {digest()}",
        "\t".join(("feature", *LABELS)),
    ]
    table = [
        "\t".join((name, *(f"{row[label]:.2f}" if label in row else "" for label in LABELS)))
        for name, row in rows.items()
    ]
    TABLE.write_text("\n".join([*head, *table]) + "\n", encoding="utf-8")


def measure(unseen: Iterable[Lesson], weights: Weights) -> None:
    """Print what is found of the furniture of sources, and what is taken for furniture and is of the story."""
    counts: Counter[str] = Counter()
    for lesson in unseen:
        page = look_at(lesson.units, weights)
        for unit, label in zip(lesson.units, lesson.labels, strict=True):
            taken = key_of(unit.text) in page.outside
            counts[f"{label}"] += 1
            counts[f"{label} taken"] += taken
            if taken and label not in {FURNITURE, None}:
                print(f"{lesson.source.name}: {label}: {unit.text[:100]}")
        counts.update(_head(lesson, page))
    print(*(f"{label} taken {counts[f'{label} taken']}/{counts[label]}" for label in LABELS), sep="\n")
    print(*(f"{part} {counts[f'right {part}']}/{counts[f'with {part}']}" for part in (HEADLINE, BYLINE)), sep="\n")


def _head(lesson: Lesson, page: Page) -> Iterable[str]:
    """Yield what is to be counted of a page's title and of who wrote it."""
    for part, found in ((HEADLINE, page.headline), (BYLINE, key_of(page.byline or ""))):
        keys = {key_of(unit.text) for unit, label in zip(lesson.units, lesson.labels, strict=True) if label == part}
        yield from ([f"with {part}"] if keys else [])
        yield from ([f"right {part}"] if found in keys else [])


def main() -> None:
    """Learn from all pairs, or measure on the last of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", type=int, metavar="FIRST", help="learn from the rounds before this one only")
    options = parser.parse_args()
    found = list(lessons())
    if options.measure is None:
        taught = [lesson for lesson in found if is_taught(lesson.source)]
        write(learn(taught), taught)
    else:
        before = learn(lesson for lesson in found if round_of(lesson.source) < options.measure)
        scores = {name: tuple(row.get(label, 0.0) for label in LABELS) for name, row in before.items()}
        measure((lesson for lesson in found if round_of(lesson.source) >= options.measure), weights_of(LABELS, scores))


if __name__ == "__main__":
    main()
