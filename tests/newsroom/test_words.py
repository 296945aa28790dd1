"""News Italian in small pieces."""

import pytest

from audio.newsroom import words
from audio.newsroom.facts import Facts, capitals, facts_of


def _facts(text: str) -> Facts:
    found = words.tokens(text)
    return facts_of(found, [], capitals([found]))


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("trentadue arresti", {(32.0, "arresto")}),
        ("32 persone in manette", {(32.0, "arresto")}),
        ("un morto", {(1.0, "morte")}),
        ("2,6 miliardi di euro", {(2.6e9, "euro")}),
        ("due miliardi e 600 milioni di euro", {(2.6e9, "euro")}),
        ("un miliardo e 200 milioni di euro", {(1.2e9, "euro")}),
        ("un trentaquattrenne", {(34.0, "anni")}),
        ("di 34 anni", {(34.0, "anni")}),
        ("il 3,5 per cento", {(3.5, "%")}),
        ("1.200 sfollati", {(1200.0, "evacuazione")}),
        ("alle 9.14", {(9.14, "ora")}),
    ],
)
def test_figures(text: str, figures: set[tuple[float, str]]) -> None:
    """Figures in words and in digits are the same, and know what they count."""
    assert _facts(text).figures == figures


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("schianto", "uno scontro"),
        ("in manette", "arrestati"),
        ("perde la vita", "è morto"),
        ("incrociano le braccia", "lo sciopero"),
        ("Palazzo Chigi", "il governo"),
        ("Eurotower", "la Bce"),
    ],
)
def test_meanings(one: str, other: str) -> None:
    """Words that say the same in the news come to the same meaning."""
    first, second = (_facts(f"Ecco {text}").words for text in (one, other))
    assert first & second


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Lo scontro a Orte", {"VT", "VT/orte"}),
        ("nel Viterbese", {"VT"}),
        ("Genova, domani scuole chiuse", {"GE", "GE/genova"}),
        ("la capitale ucraina", {"ucraina"}),
        ("le coste calabresi", {"calabria"}),
    ],
)
def test_places(text: str, places: set[str]) -> None:
    """A town, the land around it and its people point to one province; countries and regions are places too."""
    assert _facts(text).places == places


def test_tables_are_sound() -> None:
    """Every line of the tables is read, and no word stands for two meanings."""
    seen: dict[str, str] = {}
    for line in words._lines("words.tsv"):
        meaning, listed = line.split("\t")
        for phrase in listed.split(", "):
            assert seen.setdefault(phrase, meaning) == meaning, phrase
    assert len(words.municipalities()) > 5000
    assert len(words.places()[1]) >= 107
    assert words.signs()
