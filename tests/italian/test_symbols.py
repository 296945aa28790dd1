"""The last door."""

import pytest

from audio.italian.symbols import guard

SAID = {
    "tempi – ha detto –. (Poi) 7 & 8": "tempi, ha detto. Poi, sette e otto",
    '"Vengo.", disse': "Vengo, disse",
    "Vieni?, disse": "Vieni? disse",
    "disse. (Poi)": "disse. Poi",
    "non so... forse": "non so, forse",
    "Ecco...": "Ecco.",
    "...": "",
    "po' di l'«Eur»": "po' di l'Eur",
    "la 'ndrangheta": "la 'ndrangheta",
    "ⓑ²": "b due",
    "Łódź": "Łódź",
    "a@b": "a b",
    "5": "cinque",
    ", inizio;": "inizio",
}


@pytest.mark.parametrize("text", SAID)
def test_guard(text: str) -> None:
    """Of all that stands between two words one mark is heard; digits and symbols are named; nothing else is left."""
    assert guard(text) == SAID[text]
    assert guard(SAID[text]) == SAID[text]
