"""Page furniture: lines that stand around an Italian article and are no part of it, each with the reason to drop it.

A reason is shown to the person who asks why a line is not read (``read --explain``). Every pattern is anchored and
bounded, so that prose which merely mentions a newsletter or a photograph stays, and a hostile line costs linear time.
"""

from __future__ import annotations

import re

from audio.readers.furniture_forms import PATTERNS

# What is longer is a paragraph of prose whatever it begins with.
_LONGEST = 400
_FURNITURE = tuple(
    (reason, re.compile(rf"(?:{pattern})\W{{0,4}}", re.IGNORECASE | re.DOTALL)) for reason, pattern in PATTERNS
)

# What a messaging channel sets before a line says nothing of the line.
_PICTURES = re.compile("^[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d\\s]+(?=\\S)")
_BARS = re.compile(r"\s*[|·]\s*|\s+[•–-]\s+")
# At the end of a paragraph.
_TAILS = (
    (
        "a notice of rights",
        re.compile(r"\s*[(\[–-]?\s*(?:©\s?)?(?:copyright\s)?\s?riproduzione (?:è )?riservata\b.{0,40}$", re.IGNORECASE),
    ),
    (
        "a link to another page",
        re.compile(r"\s*[(\[–-]?\s*(?:leggi|vedi|guarda) anche\s?[:>»–-].{0,200}$", re.IGNORECASE),
    ),
    (
        "a link to another page",
        re.compile(
            r"\s*(?:\.{3}|…)?\s*[(\[]?(?:continua a leggere|leggi tutto|read more|continua)\s?[\])»→>…]+$",
            re.IGNORECASE,
        ),
    ),
    (
        "a picture credit",
        re.compile(
            r"(?<=[.!?»”\"])\s*[(\[](?:foto|ph\.?|credits?|in foto|nella foto|fonte)\b[^()\[\]]{0,80}[)\]]\.?$",
            re.IGNORECASE,
        ),
    ),
    ("the number of a take", re.compile(r"\s*[(\[](?:segue|continua|fine)[)\]]\.?$", re.IGNORECASE)),
)
_CONTACT = re.compile(
    r"(?:tel(?:efono)?|cell(?:ulare)?|fax|mail|e-mail|pec|sito(?: web)?|web|centralino|indirizzo)\b.{0,3}[:.\d+@].{0,120}"
    r"|.{0,80}\S+@\S+\.\w{2,}.{0,40}|.{0,60}\b(?:tel|cell|fax)\.?:?\s?\+?[\d\s/.-]{6,}.{0,60}|\+?[\d\s/.-]{8,20}|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
_CONTACTS_OPEN = re.compile(
    r"(?:per (?:ulteriori |maggiori )?(?:informazioni|info|contatti)|(?:info|informazioni|contatti|riferimenti)(?: (?:stampa|e prenotazioni|per (?:la stampa|i media|i giornalisti)|media|utili))?|ufficio stampa.{0,60}|(?:l['’])?addett[oa] stampa.{0,60})\s*:?.{0,80}",
    re.IGNORECASE,
)
_SALUTE = re.compile(
    r"(?:cordiali|distinti|cari|un cordiale|con i migliori|i migliori) salut[io]\b.{0,60}"
    r"|(?:a (?:domani|presto|dopodomani|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica)(?: prossim[oa])?"
    r"|alla prossima(?: settimana)?|buona (?:lettura|giornata|serata|domenica|settimana)|un (?:saluto|abbraccio))\s?[,.!]",
    re.IGNORECASE,
)
_LABEL = re.compile(
    r"(?:(?:leggi|vedi|guarda|scopri|ascolta) (?:anche|pure)|per approfondire|approfondisci|approfondimenti|correlati"
    r"|(?:(?:ti|vi) )?(?:potrebbe(?:ro)?|può|possono)(?: anche)? (?:interessar|piacer)\w*(?: anche)?"
    r"|(?:altr[ie] |ultim[ie] )?(?:articoli|notizie|contenuti|post|news)(?: (?:correlat|simil|recent|consigliat|collegat)\w+"
    r"| (?:più|piu) (?:lett|vist)\w+)?|i più (?:letti|visti|commentati)|più letti|le più lette|da non perdere|sullo stesso (?:tema|argomento))"
    r"\s?[:>»→]?",
    re.IGNORECASE,
)
_CONTACT_LINE = 90
_LETTERHEAD = re.compile(
    r"(?:(?:comune|provincia|regione|città|ministero|prefettura|questura|asl|università|azienda|camera|unione|fondazione|associazione|gruppo|consorzio)\b[^.!?:,]{0,80})",
    re.IGNORECASE,
)


def reason_to_drop(line: str) -> str | None:
    """Return why a whole line is furniture, or None if it is text.

    >>> reason_to_drop("Leggi anche: La mappa dei cantieri")
    'a link to another page'
    """
    if len(line) > _LONGEST:
        return None
    line = _PICTURES.sub("", line)
    whole = _reason(line)
    if whole or not _BARS.search(line):
        return whole
    # "12 ottobre 2025 | Tempo di lettura: 2 minuti": furniture in a row.
    reasons = [_reason(part) for part in _BARS.split(line) if part.strip() and not part.strip().isdigit()]
    return reasons[0] if reasons and all(reasons) else None


def _reason(line: str) -> str | None:
    return next((reason for reason, pattern in _FURNITURE if pattern.fullmatch(line)), None)


def without_pictures(line: str) -> str:
    """Return a line without the emoji before it.

    >>> without_pictures("🔴 Frana sulla statale")
    'Frana sulla statale'
    """
    return _PICTURES.sub("", line)


def trim(line: str) -> tuple[str, list[tuple[str, str]]]:
    """Return a paragraph without the furniture glued to its end, and (text, reason) of what was cut."""
    cut: list[tuple[str, str]] = []
    for reason, pattern in _TAILS:
        # Only the end is searched: no tail is longer, and the search stays linear.
        start = max(0, len(line) - _LONGEST)
        found = pattern.search(line, start)
        if found and found.start() > 0:
            cut.append((line[found.start() :].strip(), reason))
            line = line[: found.start()].rstrip()
    return line, cut


def is_label(line: str) -> bool:
    """Tell whether a line is nothing but the label of links to come ("Leggi anche", "Articoli più letti:").

    >>> is_label("Leggi anche:"), is_label("Leggi anche: la mappa")
    (True, False)
    """
    return bool(_LABEL.fullmatch(line))


def is_contact(line: str) -> bool:
    """Tell whether a short line holds an address, a telephone or the like."""
    return len(line) <= _CONTACT_LINE and bool(_CONTACT.fullmatch(line))


def opens_contacts(line: str) -> bool:
    """Tell whether a short line announces contacts ("Per informazioni:")."""
    return len(line) <= _CONTACT_LINE and bool(_CONTACTS_OPEN.fullmatch(line))


def closes_letter(line: str) -> bool:
    """Tell whether a line is the salute at the end of a letter; after it comes the sender."""
    return bool(_SALUTE.fullmatch(line))


def is_letterhead(line: str) -> bool:
    """Tell whether a line is the name of an office, as stands over its releases."""
    return len(line) <= _CONTACT_LINE and bool(_LETTERHEAD.fullmatch(line))


def is_formula(line: str) -> bool:
    """Tell whether a line is a press office's formula ("COMUNICATO STAMPA")."""
    return reason_to_drop(line) == "a press office's formula"
