"""What must hold for any text at all."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from num2words2 import num2words

from audio.italian import numbers, roman, spoken
from audio.italian.sentences import split

SAYABLE = re.compile(r"[^\W\d_]|[ ',.;:!?]")
ITALIAN = st.text("abcdeIVXLCDM0123456789.,:;!?'’\"«»()-–/%€$°ªº& èàS\n", max_size=80)


@given(st.one_of(st.text(max_size=80), ITALIAN))
def test_only_sayable_characters_come_out(text: str) -> None:
    """Any text comes out as letters, apostrophes, blanks and breathing marks."""
    assert all(SAYABLE.fullmatch(character) or character.isalpha() for character in spoken(text))


@settings(derandomize=True)
@given(ITALIAN)
def test_saying_twice_is_saying_once(text: str) -> None:
    """What is already spoken Italian is left as it is."""
    once = spoken(text)
    assert spoken(once) == once


@given(st.integers(0, 10**15))
def test_cardinals_agree_with_another_speller(number: int) -> None:
    """A cardinal is spelled as an independent library spells it, blanks and accents aside."""
    theirs = num2words(number, lang="it")
    assert _bare(numbers.cardinal(number)) == _bare(theirs)


@given(st.integers(1, 3999))
def test_roman_numerals_come_back(number: int) -> None:
    """Every number from 1 to 3999 survives being written as a Roman numeral."""
    written, rest = "", number
    for size, letters in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        count, rest = divmod(rest, size)
        written += letters * count
    assert roman.value(written) == number


@given(st.text("aAbè.!?…»«“” 1D(dott.)", max_size=80))
def test_splitting_loses_nothing(text: str) -> None:
    """The sentences of a paragraph hold every character of it but blanks, in order."""
    assert "".join("".join(split(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Il dott. Neri è qui. «Bene. Grazie», dice. Fine.", 3),
        ("L'on. Bruni e il sen. Tosi hanno firmato. Il min. lavora.", 2),
        ("Costa 3.500 euro. Poi 40.", 2),
        ("“Ora non è più così”, ha affermato. Basta!", 2),
        ("Perché? Lo dice J. Smith. Ecco…", 3),
        ("Mele, pere, ecc. Poi il pane.", 2),
    ],
)
def test_sentences_end_where_a_reader_breathes(text: str, count: int) -> None:
    """Abbreviations, initials, numbers and quotations do not end a sentence; marks before a capital do."""
    assert len(split(text)) == count


def _bare(words: str) -> str:
    # Theirs says "e" after millions and keeps both vowels of "centootto"; accents vary.
    plain = re.sub(r"[ ,-]", "", words.lower().replace(" e ", " "))
    return plain.replace("é", "e").replace("ntoo", "nto")
