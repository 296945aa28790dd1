"""Text made even."""

import pytest

from audio.italian.clean import clean

EVEN = {
    "l’ora": "l'ora",
    "  due   parole ": "due parole",
    "caffe\u0300": "caffè",
    "10\u00a0000 e 1\u2009234\u2009567": "10.000 e 1.234.567",
    "nel 15 300 fanti": "nel 15 300 fanti",
    "par\u00adola\u200b": "parola",
    "№ 5": "n. 5",
    "ﬁne": "fine",
    "IIIª e Dª": "IIIª e D",
    "𝟏𝟐 Ⅷ": "12 VIII",
    "a\tb\nc": "a b c",
    "\x00": "",
}


@pytest.mark.parametrize("text", EVEN)
def test_clean(text: str) -> None:
    """Blanks, apostrophes, invisible and composed characters are brought to one form; a clean line stays as it is."""
    assert clean(text) == EVEN[text]
    assert clean(EVEN[text]) == EVEN[text]
