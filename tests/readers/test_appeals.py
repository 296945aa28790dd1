"""A paper's own word to its reader is known by evidence, whatever its words."""

import pytest

from audio.readers import furniture
from audio.readers.furniture.appeals import cut_appeal, is_appeal

APPEALS = [
    "Vuoi ricevere le notizie sul tuo telefono? Unisciti al gruppo",
    "Il Domani è gratis grazie a chi lo sostiene. Abbonati",
    "Questo articolo è rilasciato con licenza Creative Commons.",
    "Hai una notizia da segnalarci? Scrivi a redazione@esempio.it",
    "Se questo racconto ti è piaciuto, condividilo.",
    "Il Riformatore vive grazie ai lettori: basta un caffè al mese",
    "Aggiungi La Voce alle tue fonti preferite su Google",
    "Questo articolo è uscito sul numero 1612, a pagina 40.",
]
STORIES = [
    "«Iscriviti alla newsletter e resta sempre aggiornato», diceva la truffa.",
    "Il canale Telegram da cui partivano gli insulti è stato oscurato dalla polizia postale.",
    "Gli abbonati al giornale sono cresciuti del sei per cento, ha detto l'editore.",
    "La newsletter del Comune ha duemila iscritti, e da oggi arriva anche su WhatsApp.",
    "Questo articolo della Costituzione è stato scritto da Calamandrei.",
    "Se ricevete una email con un link, avvertono dalla banca, non apritela.",
    "Hai voglia a spiegare che il ponte è sicuro.",
]


@pytest.mark.parametrize("line", APPEALS)
def test_appeal_is_known(line: str) -> None:
    """An invitation, an offer or a notice of the paper is no part of the story."""
    assert is_appeal(line)
    assert furniture.reason_to_drop(line)


@pytest.mark.parametrize("line", STORIES)
def test_story_about_the_same_things_stays(line: str) -> None:
    """A story about newsletters, channels and subscribers is read, and so is whatever a person says."""
    assert not is_appeal(line)


def test_an_appeal_at_the_end_of_a_paragraph_takes_nothing_with_it() -> None:
    """Of a paragraph that ends in an appeal the story is kept."""
    told = "La strada è stata riaperta alle sei, a senso unico alternato."
    appeal = "Seguici sul canale WhatsApp per restare sempre aggiornato"
    assert cut_appeal(f"{told} {appeal}") == (told, appeal)
    assert furniture.trim(f"{told} {appeal}") == (told, [(appeal, "an appeal to the reader")])
