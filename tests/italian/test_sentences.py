"""Where a long sentence breathes."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.italian.sentences import breathe, breaths

LONG = (
    "il presidente del Consiglio ha annunciato davanti ai sindaci delle maggiori città del Paese una legge sulla casa "
    "mentre i sindacati chiedono da mesi un incontro con il ministro delle Infrastrutture sul futuro dei cantieri"
)


def test_a_long_sentence_breathes_before_a_clause() -> None:
    """A run of more than twenty-five words gets a comma before the conjunction nearest its middle."""
    assert breathe(LONG) == LONG.replace(" mentre", ", mentre")


@pytest.mark.parametrize("text", ["poche parole mentre piove", LONG.replace(" mentre", ", mentre"), ""])
def test_what_breathes_already_is_left(text: str) -> None:
    """Short runs and sentences with marks of their own stay as they are."""
    assert breathe(text) == text


@given(st.lists(st.sampled_from("mentre ma perché casa, il sole. dopo anche e".split()), max_size=120).map(" ".join))
def test_no_word_changes(text: str) -> None:
    """Only commas are added, each at its told place, and a sentence that breathes is left as it is."""
    said = breathe(text)
    assert re.sub(",", "", said) == re.sub(",", "", text)
    assert len(said) == len(text) + len(breaths(text))
    assert breathe(said) == said
