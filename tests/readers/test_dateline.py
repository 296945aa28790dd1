"""Datelines in every form that Italian papers and agencies use; what only looks like one stays in the text."""

import pytest

from audio.readers.dateline import take_dateline, take_told_place

FORMS = [
    ("(ANSA) - ROMA, 06 NOV - Testo.", "Roma, 6 novembre"),
    ("(AGI) - Roma, 6 nov. - Testo.", "Roma, 6 novembre"),
    ("Roma, 2 mar. (Adnkronos) - Testo.", "Roma, 2 marzo"),
    ("Roma, 14 nov. (Adnkronos Salute) - Testo.", "Roma, 14 novembre"),
    ("Roma, 26 lug. (askanews) – Testo.", "Roma, 26 luglio"),
    ("ROMA (ITALPRESS) – Testo.", "Roma"),
    ("(DIRE) Bari, 5 nov. - Testo.", "Bari, 5 novembre"),
    ("Tripoli, 5 nov 14:20 - (Agenzia Nova) - Testo.", "Tripoli, 5 novembre"),
    ("(Il Sole 24 Ore Radiocor Plus) - Milano, 06 nov - Testo.", "Milano, 6 novembre"),
    ("MILANO (MF-NW)--Testo.", "Milano"),
    ("Bruxelles, 6 novembre 2025 – Testo.", "Bruxelles, 6 novembre 2025"),
    ("Roma, giovedì 6 novembre 2025 - Testo.", "Roma, 6 novembre 2025"),
    ("Roma, 1° ottobre - Testo.", "Roma, 1° ottobre"),
    ("SIENA - Testo.", "Siena"),
    ("REGGIO NELL'EMILIA – Testo.", "Reggio nell'Emilia"),
    ("ALBA (Cuneo) – Testo.", "Alba (Cuneo)"),
    ("SULMONA (AQ) - Testo.", "Sulmona (AQ)"),
    ("BIELLA. Testo.", "Biella"),
    ("SANT'ELPIDIO A MARE - Testo.", "Sant'Elpidio a Mare"),
    ("NY-ÅLESUND – Testo.", "Ny-Ålesund"),
    ("Genova - Testo.", "Genova"),
    ("New York – Testo.", "New York"),
]
NONE = [
    "Roma - la squadra di Gasperini - gioca domani.",
    "Draghi - Ha parlato per un'ora.",
    "Roma, 6 novembre, è una data che nessuno dimentica.",
    "SANITÀ. Le liste d'attesa si allungano.",
    "Il 6 novembre - disse - partiremo.",
]


@pytest.mark.parametrize(("paragraph", "dateline"), FORMS)
def test_form_is_recognised(paragraph: str, dateline: str) -> None:
    """Place and date are taken, months written out, and the rest begins with the text."""
    found, rest = take_dateline(paragraph)
    assert found is not None
    assert (found.text, rest) == (dateline, "Testo.")


@pytest.mark.parametrize("paragraph", NONE)
def test_what_is_none_stays(paragraph: str) -> None:
    """A place in a sentence, a name before a dash and a label are left in the text."""
    assert take_dateline(paragraph) == (None, paragraph)


def test_emphasis_tells_a_place() -> None:
    """A place that the page sets in bold before a dash is a dateline though no table knows it."""
    found, rest = take_dateline("Savigliano - Testo.", "Savigliano")
    assert found is not None
    assert (found.text, rest) == ("Savigliano", "Testo.")


def test_impossible_date_is_no_published_date() -> None:
    """The 31st of February is said as it is written and becomes no date."""
    found, _ = take_dateline("Roma, 31 febbraio 2025 - Testo.")
    assert found is not None
    assert found.published is None


@pytest.mark.parametrize("opening", ["Belluno. Arriva al campo", "LODI Il cantiere è lì"])
def test_a_known_town_opens_a_report(opening: str) -> None:
    """A town before a full stop, or in capitals before a sentence as papers set it, is where a report was written."""
    dateline, rest = take_told_place(opening, "", "")
    assert dateline is not None
    assert dateline.text == opening.split(maxsplit=1)[0].strip(".").title()
    assert rest == opening.partition(" ")[2]


@pytest.mark.parametrize(
    "opening", ["Sapone. Arriva al campo", "NATO I ministri", "Roma ha deciso", "ROMA Capitale ha deciso"]
)
def test_what_is_no_town_opens_no_report(opening: str) -> None:
    """A thing before a full stop, an alliance in capitals and a town that is a subject stay in their sentence."""
    assert take_told_place(opening, "", "") == (None, opening)
