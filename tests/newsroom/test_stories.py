"""Items of one event brought together, lookalikes kept apart."""

import pytest
from newsroom_cases import load, score

from audio.newsroom import stories
from audio.newsroom.stories import Text


@pytest.mark.parametrize(
    ("half", "least_f1", "most_merged"), [("seen", 0.8, 0.06), ("unseen", 0.75, 0.05), ("last", 0.7, 0.05)]
)
def test_the_labelled_set(half: str, least_f1: float, most_merged: float) -> None:
    """Rewrites in independent words come together, lookalikes (another quarter, another crash) stay apart."""
    cases = [case for case in load(half) if case.day == 1]
    f1, merged = score(cases, stories.group([case.text for case in cases]))
    assert f1 >= least_f1
    assert merged <= most_merged


def test_contradictions_keep_events_apart() -> None:
    """Another quarter, another place, another opponent: alike word by word, and two events."""
    for one, other in (
        ("Enel, utile di 2 miliardi nel terzo trimestre", "Enel, utile di 2 miliardi nel secondo trimestre"),
        ("Scontro a Parma tra due camion, due morti", "Scontro a Foggia tra due camion, due morti"),
        ("Inter-Napoli 2-1, decide Lautaro", "Inter-Ajax 2-1, decide Lautaro"),
    ):
        assert stories.group([Text(one, ""), Text(other, "")]) == [[0], [1]]


def test_copies_are_one_story() -> None:
    """The same agency text in three feeds is one story, and the order of the stories is that of their first items."""
    wire = Text("Frana a Lanzada, trecento isolati", "Una colata di fango ha travolto la strada per la Valmalenco.")
    other = Text("Alba, tartufo da 900 grammi all'asta", "Se lo aggiudica un ristoratore di Hong Kong.")
    assert stories.group([wire, other, wire, wire]) == [[0, 2, 3], [1]]


def test_nothing_in_common() -> None:
    """No items, one item, and items without a word of their own are no trouble."""
    assert stories.group([]) == []
    assert stories.group([Text("", "")]) == [[0]]
    assert stories.group([Text("Di che si tratta", ""), Text("", "E poi?")]) == [[0], [1]]
