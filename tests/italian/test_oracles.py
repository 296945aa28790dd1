"""Independent spellers agree with ours; they are libraries of the tests alone."""

import random
import re

import pytest
from num2words2 import num2words
from unicode_rbnf import RbnfEngine

from audio.italian import numbers

pytestmark = pytest.mark.unmeasured

MILLION = 1_000_000
PARTS = 8
# The pure-Python one takes a hundred times as long: it sees one number in 53, each ending and each thousand.
STRIDE = 53
RANDOM = random.Random(20251106)  # noqa: S311 - the same numbers every time
BIG = [RANDOM.randrange(10 ** RANDOM.randint(6, 15)) for _ in range(10_000)]
CLDR = RbnfEngine.for_language("it")


def bare(words: str) -> str:
    """Return the letters: the spellers differ in blanks, in hyphens and in the accent inside a word."""
    plain = re.sub("[ ,\u00ad-]", "", words.lower().replace(" e ", " "))
    # "centootto" and "centotto", "ventunomila" and "ventunmila" are both Italian.
    return re.sub("uno(?=mil|bil)", "un", plain.replace("é", "e").replace("ntoo", "nto"))


def same(ours: str, theirs: str) -> bool:
    return ours == theirs or bare(ours) == bare(theirs)


def cldr(number: int) -> str:
    return str(CLDR.format_number(number, ruleset_names=["spellout-numbering"]).text)


@pytest.mark.parametrize("part", range(PARTS))
def test_every_cardinal_to_a_million(part: int) -> None:
    """Each whole number up to a million is spelled as num2words2 spells it."""
    span = range(part * MILLION // PARTS, (part + 1) * MILLION // PARTS + 1)
    assert not [n for n in span if not same(numbers.cardinal(n), num2words(n, lang="it"))]


def test_cardinals_agree_with_unicode() -> None:
    """Numbers up to a million are spelled as the rules of the Unicode consortium spell them."""
    assert not [n for n in (*range(1000), *range(0, MILLION, STRIDE)) if not same(numbers.cardinal(n), cldr(n))]


def test_ten_thousand_great_numbers() -> None:
    """Ten thousand numbers up to 10^15 are spelled as num2words2 spells them, and a tenth as Unicode does."""
    assert not [n for n in BIG if not same(numbers.cardinal(n), num2words(n, lang="it"))]
    assert not [n for n in BIG[::10] if not same(numbers.cardinal(n), cldr(n))]
