"""What stands around an article is told from prose that only begins like it."""

import pytest

from audio.readers import furniture, wire

PROSE = [
    "Registrati quaranta casi di morbillo in una settimana",
    "Abbonati in crescita per i teatri di provincia",
    "Partita Iva, che cosa cambia nel 2026",
    "Torna alla Scala il Don Giovanni di Strehler",
    "Notizie dal fronte del porto",
    "Foto di famiglia al vertice di Taormina.",
    "Copyright, l'Europa cambia le regole",
    "Leggi Bassanini, trent'anni dopo",
    "Segui il denaro, diceva Falcone",
    "Vedi Napoli e poi muori",
    "Pubblicità in tv, calo del tre per cento",
    "Lettura ad alta voce in piazza",
    "La newsletter ha cambiato il mestiere del giornalista, dice il direttore.",
    "Il 6 novembre 2025 la giunta ha approvato il piano.",
    "I cookie sono finiti sotto la lente del Garante, che ha aperto un'istruttoria.",
    "Video e intelligenza artificiale, la nuova frontiera",
    "Scopri il male, diceva il medico",
    "Serve ad ascoltare il mare sotto Portofino.",
    "Grazie alla collaborazione dei cittadini i vigili hanno ritrovato il bambino.",
    "Certi comportamenti meritano attenzione, avverte la preside.",
    "L'acquisto dell'immobile è stato contestato dalla commissione bilancio.",
    "I servizi disponibili per gli abbonati ai treni regionali restano gli stessi.",
    "Ci sono voluti tre anni per leggere tutto il carteggio.",
    "Abbonati e incassi in crescita per il teatro Stabile.",
    "Registrati disagi anche alla posta di via Roma.",
    "Torna su Rai Uno la fiction del commissario",
    "Entra nel vivo il processo al gruppo di Castellammare",
    "Scarica la colpa sul figlio, arrestato",
    "Per approfondire il tema la Regione ha convocato un tavolo con i sindaci.",
    "- Leggi razziali, una mostra a Ferrara",
    "Se ricevete una email con un link, avvertono dalla banca, non apritela.",
    "La newsletter del Comune ha duemila iscritti, e da oggi arriva anche su WhatsApp.",
    "Il sindaco ha risposto su Facebook che il sito resterà chiuso fino a lunedì.",
    "Vuoi mettere la soddisfazione di arrivare in cima a piedi?",
    "Il canale Telegram da cui partivano gli insulti è stato oscurato dalla polizia postale.",
    "Gli abbonati al giornale sono cresciuti del sei per cento, ha detto l'editore.",
    "Hai voglia a spiegare che il ponte è sicuro.",
    "Questo articolo della Costituzione non è mai stato applicato.",
    "Generato da un incendio nel sottobosco, il fumo ha raggiunto Terni.",
    "Inviato da Roma con due camion, il materiale è arrivato ieri sera a Norcia.",
    "Salvato da due bagnini un ragazzo di Ancona.",
    "Esportata in Cina la ricetta della piadina",
    "Condiviso da tutti i gruppi, il testo passa al Senato.",
    "Il video del giorno dopo mostra la piazza vuota.",
    "Invita 3 amici a cena e li avvelena: arrestato a Lodi.",
    "Il sindaco ha invitato 300 persone alla festa del patrono.",
    "La pagina si aggiorna con una mano sola, dice il bibliotecario.",
    "Il giornalista ha dimenticato di citare la fonte, e il giudice lo ha condannato.",
    "Le notizie che arrivano da Gaza non permettono di citare una fonte certa.",
    "Con il sostegno di Bruxelles la diga sarà pronta nel 2030.",
    "In collaborazione con la Caritas il Comune apre tre mense.",
    "Offerta da record per il mediano del Lecce.",
    "Dona un rene alla figlia: «Non ci ho pensato un minuto».",
    "Conferma in appello per l'ex assessore.",
    "Gioca responsabilmente la carta dell'esperienza, il vecchio portiere.",
    "Il Bar Sport, via Roma 12, ha chiuso dopo settant'anni.",
    "La farmacia di turno è quella di via Garibaldi 8, a Cesena.",
    "Il numero da chiamare è lo 0721 000000, attivo giorno e notte.",
    "Fondata nel 1911, la Cartiera dà lavoro a 900 persone.",
    "La media è di 4,5 su 5, con 300 recensioni raccolte in un mese.",
    "A mercoledì prossimo, ha detto il giudice chiudendo l'udienza.",
    "Numeri utili a nessuno, secondo l'opposizione.",
    "Commenta a caldo il sindaco: «Una giornata storica».",
    "Inoltra la domanda chi ha meno di trent'anni.",
    "Passa a Premium il biglietto dei treni notturni.",
    "Il software è distribuito con licenza GPL e chiunque può leggerlo.",
    "Il 3 maggio 2024 il ministro ha scritto: «Non firmerò mai».",
    "Il sindaco, il 12 marzo, ha scritto al prefetto una lettera di due righe.",
    "Aggiungi tre volte la farina e lascia riposare.",
    "Valuta le conseguenze il questore, dopo gli scontri.",
    "Salta al contenuto della borsa l'occhio del finanziere.",
    "Emesso il 4 febbraio 2025 il mandato di cattura per il banchiere.",
    "La Rossi Spa, che produce tubi, ha chiuso lo stabilimento di Ivrea.",
    "Note per la cronaca: il sindaco dormiva, il vigile anche.",
    "Il biglietto costa 12 euro, il ridotto 8.",
    "Ventidue € al chilo: tanto costa oggi il pecorino.",
    "Con tre euro al mese si può tenerci in piedi un asilo.",
]
FURNITURE = [
    ("Leggi anche: La mappa dei cantieri", "a link to another page"),
    ("L'articolo Crema, il mercato torna a vivere proviene da La Gazzetta.", "a link to another page"),
    ("(Foto: archivio comunale)", "a picture credit"),
    ("Un momento della festa (foto di Vito Neri)", "a caption"),
    ("© RIPRODUZIONE RISERVATA", "a notice of rights"),
    ("Condividi su Facebook", "a share button"),
    ("Iscriviti alla newsletter", "a newsletter"),
    ("Contenuto riservato agli abbonati", "a paywall"),
    ("La notizia continua dopo la pubblicità", "an advertisement"),
    ("Pubblicato il 12 ottobre 2025 alle 18:40", "a publication date"),
    ("12 ottobre 2025 | Tempo di lettura: 2 minuti", "a publication date"),
    ("Home > Cronaca > Pescara", "a path of the site"),
    ("Cordiali saluti", "a letter's form"),
]


@pytest.mark.parametrize("line", PROSE)
def test_prose_stays(line: str) -> None:
    """A headline or a sentence that begins like a notice is read."""
    assert furniture.reason_to_drop(line) is None
    assert not wire.is_service(line)


@pytest.mark.parametrize(("line", "reason"), FURNITURE)
def test_furniture_goes_with_its_reason(line: str, reason: str) -> None:
    """A notice is dropped, and the reason says what it is."""
    assert furniture.reason_to_drop(line) == reason


@pytest.mark.parametrize(
    ("paragraph", "kept"),
    [
        ("La strada è riaperta. (AGI)RMZ/SIM", "La strada è riaperta."),
        ("La strada è riaperta. (ANSA).", "La strada è riaperta."),
        ("La strada è riaperta. (Rem/Adnkronos)", "La strada è riaperta."),
        ("La strada è riaperta (Anas).", "La strada è riaperta (Anas)."),
    ],
)
def test_sign_off_goes(paragraph: str, kept: str) -> None:
    """An agency's sign-off at the end of a paragraph is cut, a bracket of the text is not."""
    assert wire.trim(paragraph)[0] == kept
