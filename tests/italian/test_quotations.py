"""Where somebody else speaks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.italian import quotations

RUTTE = "“Tempi difficili richiedono azioni coraggiose – ha dichiarato –. I leader si assumono il rischio politico”."


def turns(text: str) -> list[tuple[str, bool]]:
    return [(text[start:end].strip(), quoted) for start, end, quoted in quotations.turns(text, quotations.find(text))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Ora non è più così», ha detto.", [("«Ora non è più così»,", True), ("ha detto.", False)]),
        ("Ha detto: “La domanda esiste già oggi”.", [("Ha detto:", False), ("“La domanda esiste già oggi”.", True)]),
        ('Dice "siamo pronti da tempo" e va.', [("Dice", False), ('"siamo pronti da tempo"', True), ("e va.", False)]),
        ("„Siamo pronti da tempo“ è il titolo.", [("„Siamo pronti da tempo“", True), ("è il titolo.", False)]),
        ("Lo «scudo» e il “patto”.", [("Lo «scudo» e il “patto”.", False)]),
        (
            RUTTE,
            [
                ("“Tempi difficili richiedono azioni coraggiose", True),
                ("– ha dichiarato –.", False),
                ("I leader si assumono il rischio politico”.", True),
            ],
        ),
        ("«I fondi – pubblici e privati – ci sono già».", [("«I fondi – pubblici e privati – ci sono già».", True)]),
        ("Nessuno ha detto niente.", [("Nessuno ha detto niente.", False)]),
        ("Aperta «e mai più chiusa da nessuno.", [("Aperta «e mai più chiusa da nessuno.", False)]),
    ],
)
def test_turns(text: str, expected: list[tuple[str, bool]]) -> None:
    """A clause between marks is a quotation, a word held at arm's length none; what is put in is the reporter's."""
    assert turns(text) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("«Ora non è più così», ha detto.", "virgolette: Ora non è più così, chiuse virgolette, ha detto."),
        ("Ha detto: «Ora non è più così».", "Ha detto: virgolette: Ora non è più così, chiuse virgolette."),
        ("«Ora non è più così.»", "virgolette: Ora non è più così. Chiuse virgolette"),
        ("«Ora non è più così!», ha detto.", "virgolette: Ora non è più così! Chiuse virgolette, ha detto."),
        ("Lo «scudo» europeo.", "Lo «scudo» europeo."),
    ],
)
def test_named(text: str, said: str) -> None:
    """Where the marks are read out they are read where they stand, and a short quotation is left as it is."""
    assert quotations.named(text, quotations.find(text), 0, len(text)) == said


def test_named_over_sentences() -> None:
    """A quotation of two sentences opens in the first and closes in the second."""
    text = "«Oggi è un giorno di festa. Domani si torna al lavoro», dice."
    half = text.index("Domani")
    first, second = (
        quotations.named(text, quotations.find(text), *part) for part in ((0, half - 1), (half, len(text)))
    )
    assert first == "virgolette: Oggi è un giorno di festa."
    assert second == "Domani si torna al lavoro, chiuse virgolette, dice."


@given(st.text(alphabet='ab «»“”"–.,! ha detto', max_size=80))
def test_turns_are_all_of_the_text(text: str) -> None:
    """Whatever the marks, the turns are the whole text, in order."""
    assert "".join(text[start:end] for start, end, _ in quotations.turns(text, quotations.find(text))) == text


@given(st.text(alphabet='ab «»“”".,! ', max_size=80))
def test_named_loses_no_word(text: str) -> None:
    """Whatever the marks, every word of the text is said, in order."""
    said = quotations.named(text, quotations.find(text), 0, len(text))
    for extra in ("chiuse virgolette", "Chiuse virgolette", "virgolette: "):
        said = said.replace(extra, "")
    assert [c for c in said if c.isalnum()] == [c for c in text if c.isalnum()]
