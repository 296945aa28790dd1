"""The numbered guarantees of pack."""

from __future__ import annotations

import itertools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.engines.split import pack

ITALIAN = st.text(alphabet='aàeò.,;:!?…»«”")(–- \n\u0301', max_size=400) | st.text(max_size=200)
LIMITS = st.integers(1, 120)


@given(ITALIAN, LIMITS)
def test_1_no_piece_is_empty_or_too_long(text: str, limit: int) -> None:
    """Guarantee 1, for any text and limit; and a piece has no blank at its ends."""
    for piece in pack(text, limit):
        assert 0 < len(piece) <= limit
        assert piece == piece.strip()


@given(ITALIAN, LIMITS)
def test_2_nothing_is_lost(text: str, limit: int) -> None:
    """Guarantee 2: pieces are stretches of the text, in order, with only blanks between them."""
    position = 0
    for piece in pack(text, limit):
        start = text.index(piece, position)
        assert not text[position:start].strip()
        position = start + len(piece)
    assert not text[position:].strip()


@given(st.lists(st.text("abcdè", min_size=1, max_size=12), min_size=1, max_size=40), st.integers(12, 60))
def test_3_no_word_that_fits_is_cut(words: list[str], limit: int) -> None:
    """Guarantee 3 for words: where all of them fit, the pieces hold exactly these words."""
    assert " ".join(pack(" ".join(words), limit)).split() == words


@given(ITALIAN, LIMITS)
def test_5_pieces_are_few(text: str, limit: int) -> None:
    """Guarantee 5, seen from outside: no two neighbours would have fitted as one piece, blanks between included."""
    pieces = pack(text, limit)
    position = 0
    for one, two in itertools.pairwise(pieces):
        start = text.index(one, position)
        position = start + len(one)
        end = text.index(two, position) + len(two)
        assert len(text[start:end].strip()) > limit or not re.search(r"\s", text[start:end])


@pytest.mark.parametrize(
    ("text", "limit", "pieces"),
    [
        ("", 10, []),
        ("   ", 10, []),
        ("Una frase.", 10, ["Una frase."]),
        ("Prima frase. Seconda frase.", 20, ["Prima frase.", "Seconda frase."]),
        ("Sì. No. Forse domani.", 8, ["Sì. No.", "Forse", "domani."]),
        ("Lui disse: «Sono qui.» Poi uscì.", 24, ["Lui disse: «Sono qui.»", "Poi uscì."]),
        ("Ha detto: «Sì.» Poi, forse, uscì.", 25, ["Ha detto: «Sì.»", "Poi, forse, uscì."]),
        ("La legge, dopo il voto, passa al Senato.", 25, ["La legge, dopo il voto,", "passa al Senato."]),
        ("Il premier – ieri a Roma – tace.", 16, ["Il premier", "– ieri a Roma", "– tace."]),
        ("Costa 18,5 euro.", 12, ["Costa 18,5", "euro."]),
        ("precipitevolissimevolmente", 10, ["precipitev", "olissimevo", "lmente"]),
        ("perche\u0301", 6, ["perch", "e\u0301"]),
        ("Che?! Davvero… Sì!", 8, ["Che?!", "Davvero…", "Sì!"]),
    ],
)
def test_where_it_breaks(text: str, limit: int, pieces: list[str]) -> None:
    """Guarantees 3 and 4: at a sentence, else a clause, else a word, else inside; marks stay with what they end."""
    assert list(pack(text, limit)) == pieces
