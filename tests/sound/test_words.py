"""Words packed are the words."""

from hypothesis import given
from hypothesis import strategies as st

from audio.model import Word
from audio.sound.words import Words

PLACES = st.integers(0, 10**6)
WORDS = st.lists(st.builds(Word, st.floats(0, 10**6), PLACES, PLACES))


@given(WORDS)
def test_packed_words_are_the_words(words: list[Word]) -> None:
    """However many words are packed, the same come out: one by one, by place, and a few at a time."""
    packed = Words.of(words)
    assert list(packed) == words
    assert len(packed) == len(words)
    assert [packed[index] for index in range(len(words))] == words
    assert list(packed[1:3]) == words[1:3]


@given(WORDS, st.floats(0, 10**5))
def test_later_words(words: list[Word], seconds: float) -> None:
    """All are as much later, and say the same."""
    later = Words.of(words).later(seconds)
    assert [(word.offset, word.length) for word in later] == [(word.offset, word.length) for word in words]
    assert [word.start_seconds for word in later] == [word.start_seconds + seconds for word in words]
