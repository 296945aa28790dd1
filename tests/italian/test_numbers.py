"""Numbers in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.italian import numbers

CARDINALS = {
    0: "zero",
    3: "tre",
    23: "ventitré",
    28: "ventotto",
    101: "centouno",
    108: "centotto",
    118: "centodiciotto",
    180: "centottanta",
    1000: "mille",
    2003: "duemilatré",
    1_000_000: "un milione",
    2_000_001: "due milioni uno",
    10**9: "un miliardo",
    -7: "meno sette",
}
ORDINALS = {
    1: "primo",
    11: "undicesimo",
    23: "ventitreesimo",
    26: "ventiseiesimo",
    110: "centodecimo",
    1000: "millesimo",
    2000: "duemillesimo",
    1_000_000: "milionesimo",
}
PRINTED = {
    "1.234.567": "un milione duecentotrentaquattromilacinquecentosessantasette",
    "3,5": "tre virgola cinque",
    "0,05": "zero virgola zero cinque",
    "3,50": "tre virgola cinquanta",
    "2.0": "due punto zero",
    "007": "zero zero sette",
    "9" * 19: " ".join(["nove"] * 19),
}


@pytest.mark.parametrize("number", CARDINALS)
def test_cardinal(number: int) -> None:
    """A whole number is said as Italian grammars spell it."""
    assert numbers.cardinal(number) == CARDINALS[number]


def test_cardinal_beside_a_noun() -> None:
    """One agrees with its noun and is cut before it; compounds are only cut."""
    assert numbers.cardinal(1, gender="f") == "una"
    assert numbers.cardinal(1, apocope=True) == "un"
    assert numbers.cardinal(41, apocope=True) == "quarantun"
    assert numbers.cardinal(41, gender="f") == "quarantuno"
    assert numbers.cardinal(11, apocope=True) == "undici"


@pytest.mark.parametrize("number", ORDINALS)
def test_ordinal(number: int) -> None:
    """A rank is one word."""
    assert numbers.ordinal(number) == ORDINALS[number]


def test_ordinal_agrees() -> None:
    """A rank takes the gender and the number of its noun."""
    assert numbers.ordinal(21, gender="f") == "ventunesima"
    assert numbers.ordinal(3, plural=True) == "terzi"
    assert numbers.ordinal(3, gender="f", plural=True) == "terze"


@pytest.mark.parametrize("written", PRINTED)
def test_printed_number(written: str) -> None:
    """A number as the press prints it is never falsified."""
    assert numbers.read(written) == PRINTED[written]


@given(st.integers(0, 10**18 - 1))
def test_grouping_changes_nothing(number: int) -> None:
    """Points between thousands do not change what is said."""
    assert numbers.read(f"{number:,}".replace(",", ".")) == numbers.cardinal(number)
