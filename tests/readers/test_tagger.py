"""What a line is, by the looks of the whole page: weights that were learned, and the sums over them."""

import itertools
import math
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.readers.cohesion import key_of
from audio.readers.tagger import FURNITURE, look_at, units_of
from audio.readers.tagger.chain import Weights, learned, probabilities
from audio.readers.tagger.features import Unit, features_of
from scripts.lessons import digest

STORY = (
    "Il ponte di ferro sul Sesia riapre oggi alle biciclette dopo due anni di lavori, con una corsia larga tre metri.",
    "«Ci è costato quattro milioni, e un inverno di code», ha detto il sindaco tagliando il nastro con i ciclisti.",
    "I parapetti sono stati rifatti in acciaio, e le luci si accendono al passaggio di chi pedala.",
)
TITLE = "Ponte di ferro, riapre la corsia per le biciclette"
# Words that stand in no list of the program.
AROUND = (
    "Gira la pagina con un dito",
    "Raccontalo a chi pedala con te",
    "42 cuoricini",
    "Bollettino dei ciclisti vercellesi",
)
FIGURES = st.floats(-3, 3).map(lambda figure: round(figure, 2))


def rows(width: int) -> st.SearchStrategy[tuple[float, ...]]:
    """Return a strategy for a row of weights."""
    return st.tuples(*[FIGURES] * width)


@given(st.dictionaries(st.sampled_from("abcd"), rows(3), min_size=1), st.tuples(*[rows(3)] * 3), st.data())
def test_probabilities_are_those_of_all_ways_to_label(
    features: dict[str, tuple[float, ...]], transitions: tuple[tuple[float, ...], ...], data: st.DataObject
) -> None:
    """The probability of a label is the share of all labellings of the lines that have it there."""
    lines = data.draw(st.lists(st.lists(st.sampled_from("abcd"), unique=True), min_size=1, max_size=4))
    found = probabilities(lines, Weights(("x", "y", "z"), features, transitions))
    ways = list(itertools.product(range(3), repeat=len(lines)))
    worth = []
    for way in ways:
        own = sum(
            features[name][label] for names, label in zip(lines, way, strict=True) for name in names if name in features
        )
        worth.append(math.exp(own + sum(transitions[a][b] for a, b in itertools.pairwise(way))))
    for number, tags in enumerate(found):
        for place, label in enumerate(("x", "y", "z")):
            share = sum(w for way, w in zip(ways, worth, strict=True) if way[number] == place) / sum(worth)
            assert tags[label] == pytest.approx(share)


def test_the_table_was_learned_from_the_pairs_as_they_are() -> None:
    """Whoever changes a pair that is learned from learns the weights again: python scripts/learn_tagger.py."""
    table = resources.files("audio.readers.tagger").joinpath("weights.tsv").read_text(encoding="utf-8")
    assert digest() in table.splitlines()[1]


def test_the_table_speaks_of_every_label() -> None:
    """Each label can follow each page's lines, and no weight is out of bounds."""
    weights = learned()
    assert FURNITURE in weights.labels
    assert {len(row) for row in (*weights.features.values(), *weights.transitions)} == {len(weights.labels)}
    assert all(math.isfinite(figure) for row in weights.features.values() for figure in row)


def test_what_no_list_knows_is_told_by_its_place() -> None:
    """Bare lines below a story are outside whatever they say; its title and paragraphs are not."""
    lines = [TITLE, "di Ada Neri", "", *itertools.chain(*((line, "") for line in STORY)), *AROUND]
    page = look_at(units_of(lines))
    assert page.headline == key_of(TITLE)
    assert page.byline == "di Ada Neri"
    assert {key_of(line) for line in AROUND} <= page.outside
    assert page.outside.isdisjoint(map(key_of, (TITLE, *STORY)))


@given(st.lists(st.sampled_from(STORY), min_size=2, max_size=12), st.sampled_from(("\n", "\n\n")))
def test_a_story_without_anything_around_it_is_read_whole(told: list[str], gap: str) -> None:
    """Where a text is nothing but prose, no paragraph of it is outside, whether blank lines part them or not."""
    assert look_at(units_of(gap.join(told).split("\n"))).outside == frozenset()


def test_a_line_that_is_text_anywhere_is_outside_nowhere() -> None:
    """A title that a menu says too is not lost with the menu."""
    lines = [
        "Home",
        TITLE,
        "Meteo",
        "Accedi",
        "",
        TITLE,
        "",
        *itertools.chain(*((line, "") for line in STORY)),
        "Condividi",
    ]
    assert key_of(TITLE) not in look_at(units_of(lines)).outside


@given(st.lists(st.text(min_size=1).filter(lambda text: any(map(str.isalnum, text))), max_size=8))
def test_any_line_has_features(texts: list[str]) -> None:
    """No text is too odd to be seen: every line has its features, and the probabilities of its labels are one."""
    units = [Unit(" ".join(text.split()) or "x", 0) for text in texts]
    for tags in probabilities(features_of(units), learned()):
        assert sum(tags.values()) == pytest.approx(1)


def test_of_a_text_without_end_no_line_is_judged() -> None:
    """A list of thousands of lines is no page: nothing of it is outside."""
    assert look_at([Unit(f"Voce {n}", 0) for n in range(4000)]).outside == frozenset()
