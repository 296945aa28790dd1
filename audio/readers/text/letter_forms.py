"""What only letters have around their text, beside the furniture of all pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

from audio.readers.lines import count_letters
from audio.readers.text.thread import LEAST_LETTERS

_INVITATION = re.compile(
    r"\W*(?:.{0,80}\bbrowser\b.{0,60}|(?:se non |non )?(?:riesci a |puoi )?(?:visualizz|legg|apr|ved)\w*\b.{0,60}"
    r"\b(?:browser|online|correttamente|qui)\b.*"
    r"|(?:leggi|continua|scopri|approfondisci)(?: a leggere| tutto| di più| l.articolo| ancora| su .{1,40})?"
    r"|inoltra (?:a|quest).{0,60}|-+\s*(?:messaggio (?:inoltrato|originale)|(?:forwarded|original) message)\b.*"
    r"|(?:da|from|mittente|data|date|inviato|sent|a|to|destinatari[oa]?|cc|oggetto|subject):\s.*"
    r"|(?:buongiorno|buonasera|ciao)(?: \w+| a tutt\w)?"
    r"|(?:car[eio]|gentil[ei]|egregi[oae]?|stimat[eio]) \w{3,24}"
    r"(?:(?: e|,) (?:(?:car[eio]|gentil[ei]) )?\w{3,24})?)\W*",
    re.IGNORECASE,
)
_INVITATION_CHARACTERS = 300
# What is said of it below, in fewer words that a story could hold as well.
_LAST_WORD = re.compile(
    r"\b(?:battute|refusi|whatsapp|fattura|partita iva)\b|^n\.?b\.?\s?:|\bse (?:devi|dovete|serve) taglia\w+"
    r"|\b(?:fammi|fatemi) sapere\b|\bditemi\b|\b(?:mi trovi|mi trovate|sentiamoci)\b|\b(?:unica|altra) foto\b"
    r"|^a dopo,|^scusate?\b",
    re.IGNORECASE,
)
# What a collaborator or a press office says of what it sends.
_TO_DESK = re.compile(
    r"\becco(?:ti|vi|l[oaei])\b|\becco (?:il|la|l['’]|un|qui)\b|\ballego\b|\bin (?:allegato|calce)\b|\bqui sotto\b"
    r"|\bdi seguito\b|\b[tv]i (?:mando|invio|giro|inoltro|passo|propongo|consegno)\b"
    r"|\bcome (?:d['’]accordo|concordato)\b|\b(?:mando|invio|inoltro|trasmetto|giro)\b"
    r"|\b(?:il|del|questo) (?:pezzo|comunicato|servizio)\b|\b(?:battute|righe|caratteri|refusi|embargo|whatsapp)\b"
    r"|\bfammi sapere\b|\btitolo (?:mio|è|provvisorio)\b|\bse serve\b|\bscrivo dal\b|\bda montare\b"
    r"|^n\.?b\.?\s?:|\bmi raccomando\b"
    r"|\b(?:ditemi|fatemi sapere|rileggete|correggete|cambiate\w*)\b"
    r"|\b(?:tagli[ao]|(?:devi|dovete|puoi|potete) tagliare|pubblicazione|disposizione)\b",
    re.IGNORECASE,
)
FOOTER = re.compile(
    r"\W*(?:hai ricevuto quest[ao]|ricevi quest[ao]"
    r"|quest[ao] (?:e-?mail|newsletter|messaggio) (?:è stat[ao] )?(?:inviat|ti arriva)"
    r"|per (?:non ricevere|cancellar|disiscriver|annullare|smettere)"
    r"(?=.{0,160}(?:mail\b|newsletter|iscri[vz]|ricever|messagg|clicca|comunicazion|rispond|https?:))"
    r"|(?:chi non vuole|se non vuoi|non vuoi) più ricever\w* .{0,60}"
    r"|(?:annulla|cancella) (?:l.)?iscrizione"
    r"|(?:quest[oa]|il presente|la presente) (?:messaggio|e-?mail)\b(?=.*\b(?:destinatari|errore|divulg))"
    r".{0,120}\b(?:riservat|confidenzial|destinat)"
    r"|(?:le informazioni|quanto|il contenuto|i dati) .{0,40}\b(?:quest[oa]|present[ei]) (?:messaggio|e-?mail)"
    r"|(?:ai sensi|in ottemperanza|in conformità) .{0,60}\b(?:gdpr|privacy|196/2003|679/2016|2016/679)"
    r"|quest[ao] (?:è un[ao]? )?(?:e-?mail|messaggio)\b.{0,80}\b(?:automaticamente|non rispondere)"
    r"|(?:si prega di )?non rispondere a quest[oa] (?:indirizzo|messaggio|e-?mail|casella)"
    r"|prima di stampare quest|rispetta l.ambiente\b.{0,60}\bstampa"
    r"|cancellati(?=\W*$| (?:qui|da quest|dalla (?:lista|newsletter)|in ogni|con un))"
    r"|[\w .-]{2,60} mailing list\W*$|disiscriviti|gestisci (?:le )?(?:tue )?(?:preferenze|iscrizion)|unsubscribe"
    r"|informativa (?:sulla )?privacy|privacy policy|(?:copyright )?©|tutti i diritti riservati)",
    re.IGNORECASE,
)
# The same within a cell that holds more, as its address.
FOOTER_WITHIN = re.compile(
    r"\b(?:ricevi|hai ricevuto|stai ricevendo) quest[oa] (?:e-?mail|messaggio|newsletter|comunicazione)\b"
    r"|\b(?:annulla|cancella) (?:l.)?iscrizione\b|\bdisiscriv|\bunsubscribe\b"
    r"|\bai sensi d.{0,40}\b(?:196/2003|2016/679|679/2016|gdpr)\b|\bpresente messaggio è (?:inviat|destinat)o\b",
    re.IGNORECASE,
)
# What footers speak of; a paragraph without any of it is the letter's.
_OF_FOOTERS = re.compile(
    r"iscri[vz]|ricev|privacy|dati personali|mail|messagg|destinatari|riservat|confidenzial|©|copyright|p\.? ?iva"
    r"|sede legale|cancell|preferenz|newsletter|https?:|browser|gdpr|redazione|\btel|editore",
    re.IGNORECASE,
)
# A rule of dashes or the like, on a line of its own.
DIVIDER = re.compile(r"^[ \t]*(?:[-=_*~#•–—][ \t]?){3,}[ \t]*$")
MORE = re.compile(r"^\W*(?:leggi|continua|scopri|approfondisci)\b.{0,40}$", re.IGNORECASE)
# What a mail program sets before the lines that it quotes.
QUOTATION = re.compile(r"^(?:> ?)+")
DAY = re.compile(r"\d{1,2}[°º]? [a-z]{3,9}\.?(?:,? \d{4})?|[a-z]{3,9}\.? \d{1,2}(?:,? \d{4})?", re.IGNORECASE)


def is_invitation(text: str) -> bool:
    """Tell whether a whole short paragraph invites to read on elsewhere, greets, or is a line of a letter's form."""
    # An office writes in capitals what its letter is about.
    return len(text) <= _INVITATION_CHARACTERS and bool(_INVITATION.fullmatch(text)) and not text.startswith("OGGETTO")


def speaks_to_desk(text: str) -> bool:
    """Tell whether a line above a story is said to the desk, of what is sent."""
    return bool(_TO_DESK.search(text))


def takes_up_again(text: str) -> bool:
    """Tell whether a line below a story goes on with what was said to the desk above it; a quotation never does."""
    return len(text) <= _INVITATION_CHARACTERS and "«" not in text and bool(_LAST_WORD.search(text))


def closes(said: int, below: Iterable[str]) -> bool:
    """Tell whether a footer's line closes the letter: so many letters were said, and no more than that stands below it.

    Paragraphs of the kind that footers hold do not count. A line of a footer at the top of a letter closes nothing.
    """
    left = count_letters(text for text in below if not _OF_FOOTERS.search(text))
    return said >= max(LEAST_LETTERS, left)
