"""Words that nobody knows."""

from pathlib import Path

import pytest

from audio.italian import Lexicon
from audio.italian.unknown import is_foreign, unknown

FOREIGN = "Szymanski Nawrocki Wolfsbüttel Khamenei Volodymyr Friedrich Kaja Schlein Thohir Gvardiol Yıldız".split()
HOME = (
    "governo chiesa ghiaccio coordinatore idee psicologia pneumatico gnocchi perché città il per computer sport".split()
)


@pytest.mark.parametrize("word", FOREIGN)
def test_foreign(word: str) -> None:
    """A word with letters, clusters or an ending that Italian does not have is foreign by its shape."""
    assert is_foreign(word)


@pytest.mark.parametrize("word", HOME)
def test_at_home(word: str) -> None:
    """Italian words, and loans that every voice has learnt, are not."""
    assert not is_foreign(word)


def test_unknown_words_are_counted_with_their_sentence(tmp_path: Path) -> None:
    """Unknown words come with how often and where they stand; tables, the user's lexicon and sigle explain the rest."""
    text = ["Il ministro Szymanski vede Macron a Wolfsbüttel.", "La Bce, l'INPS e Szymanski, scrive a info@kwz.it."]
    assert [(u.word, u.times, u.sentence) for u in unknown(text)] == [
        ("Szymanski", 2, text[0]),
        ("Wolfsbüttel", 1, text[0]),
    ]
    path = tmp_path / "lessico.tsv"
    path.write_text("Szymanski\tScimànschi\n", encoding="utf-8")
    assert [u.word for u in unknown(text, Lexicon.load(path))] == ["Wolfsbüttel"]
