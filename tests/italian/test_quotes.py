"""Quotation marks that look like accents."""

import pytest

from audio.italian.quotes import unquote

QUOTED = {
    "parla di 'citta' d'arte' e di 'pace'": "parla di “citta' d'arte” e di “pace”",
    "'Vado via', dice": "“Vado via”, dice",
    "la citta' e' viva": "la citta' e' viva",
    "la 'ndrangheta": "la 'ndrangheta",
    "gli anni '90 e un po' di '900": "gli anni '90 e un po' di '900",
    "'Serve piu' liberta'', dice": "“Serve piu' liberta'”, dice",
    "il caso 'Report' e la 'citta' eterna'": "il caso “Report” e la “citta' eterna”",
    "l'Italia 'e' pronta', ma": "l'Italia “e' pronta”, ma",
}


@pytest.mark.parametrize("line", QUOTED)
def test_unquote(line: str) -> None:
    """A quotation is told from the apostrophes inside and around it, letter for letter."""
    assert unquote(line) == QUOTED[line]
    assert len(unquote(line)) == len(line)
