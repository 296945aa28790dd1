"""Page furniture: lines that stand around an Italian article and are no part of it, each with the reason to drop it.

A reason is shown to the person who asks why a line is not read (``read --explain``). Every pattern is anchored and
bounded, so that prose which merely mentions a newsletter or a photograph stays, and a hostile line costs linear time.
"""

from __future__ import annotations

import functools
import re

from audio.readers.furniture.appeals import cut_appeal, is_appeal
from audio.readers.furniture.forms import reasons

# What is longer is a paragraph of prose whatever it begins with.
_LONGEST = 400
_FURNITURE = tuple(
    (reason, re.compile(rf"[(\[*]?\s?(?:{pattern})\W{{0,4}}", re.IGNORECASE | re.DOTALL))
    for reason, pattern in reasons()
)

# Forms of labels, buttons, captions and data: no sentence that tells something is one of them.
_LABELS = frozenset(
    {
        "a link to another page", "a call to a gallery", "a picture credit", "a caption", "a share button",
        "the mark of a program", "an advertisement", "a publication date", "a reading time", "a live badge",
        "tags", "a path of the site", "a running head", "a page number", "a press office's formula",
        "a page's own count", "a desk's note", "an embedded post", "a match sheet", "contacts",
    }
)  # fmt: skip
_STOPPED = re.compile(r"[.…][»”\"']*$|[»”\"]\.$")
_SENTENCE, _LONG_SENTENCE = 5, 9
# Forms of verbs that no noun has, and the commonest of those that some have.
_VERB = re.compile(
    r"\b(?:è|sono|era|erano|fu|furono|ha|hanno|aveva|avevano|sta|stanno|può|possono|deve|devono|vuole|va|vanno|fa|fanno"
    r"|dice|dicono|resta|restano|arriva|arrivano|c['’]è|ci sono|si \w+[ae])\b|\w{2,}(?:rà|ranno|rono|ò|avano|evano|ivano)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"[^:.!?«“\"]{2,28}:\s|[^.!?]{2,60}: (?:ascolta|guarda|leggi|clicca|scarica)|\W|(?:leggi|vedi|guarda|ascolta|scopri|clicca|continua|condividi|segui|iscriviti|abbonati|accedi|registrati"
    r"|scarica|torna|vai|invia|inoltra|foto|ph|credits?|video|per|se|non|hai|sei|vuoi|ti|vi|gentil\w+|car[eio]|si|con|da|testo|nell[ae] foto|not[ae] per"
    r"|quest[oaei]|l['’]articolo|figura|pubblicat[oa] (?:anche )?su(?:l|lla)?|grazie|buon\w+|ricevi|scrivi\w*|contatta\w*|info)\b",
    re.IGNORECASE,
)
# What a messaging channel sets before a line says nothing of the line.
_PICTURES = re.compile("^[\U0001f000-\U0001faff\u2600-\u27bf\ufe0f\u200d\\s]+(?=\\S)")
_BARS = re.compile(r"\s*[|·∙⋅]\s*|\s+[•–-]\s+")
# Without its year a day is furniture only beside other furniture.
_DAY_ALONE = re.compile(
    r"(?:(?:lun|mar|mer|gio|ven|sab|dom)[a-zì]* )?\d{1,2} [a-z]{3,9}|[a-z]{3} \d{1,2}", re.IGNORECASE
)
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
    ("a share button", re.compile(r"(?:(?<=[.!?»”\"])\s+|^)\d+ condivisioni\b.{0,24}$", re.IGNORECASE)),
    ("the initials of who wrote", re.compile(r"(?<=[.!?»”\"])\s*[♦◆■●▪]\s?(?:[a-z]{2,4}\.?)?$")),
    ("the number of a take", re.compile(r"\s*[(\[](?:segue|continua|fine)[)\]]\.?$", re.IGNORECASE)),
)
_LETTERHEAD_CHARACTERS = 90
_TELLING_LETTERS = 5
_OF_OFFICES = re.compile(
    r"(?:d?[dn]?ell[aeo]|degli|stampa|comunicazion|informazion|relazion|extern|estern|region|provincial|comunal|local|sanitari"
    r"|pubblic|civil|social|cultural|servizi|territorial|metropolitan|generale|stat[ai]l|nazional|italian)"
)
_NUMBER_SIGN = re.compile(r"\bn\.", re.IGNORECASE)
_LETTERHEAD = re.compile(
    r"(?:(?:(?:area|settore|servizio) (?:comunicazione|stampa|informazione)|ente|comune|provincia|regione|città|parrocchia|diocesi|unità pastorale|notiziario|pro loco|istituto|liceo|ministero|prefettura|questura|asl|università|azienda|camera|unione|fondazione|associazione|gruppo|consorzio|comunità|agenzia|ordine|federazione|sindacato|coordinamento|comitato|teatro|museo|biblioteca)\b[^.!?:,]{0,80})",
    re.IGNORECASE,
)


def reason_to_drop(line: str) -> str | None:
    """Return why a whole line is furniture, or None if it is text.

    >>> reason_to_drop("Leggi anche: La mappa dei cantieri")
    'a link to another page'
    """
    return _reason_of_short(line) if len(line) <= _LONGEST else None


@functools.lru_cache(maxsize=4096)
def _reason_of_short(line: str) -> str | None:
    return reason_by_form(line) or ("an appeal to the reader" if is_appeal(_PICTURES.sub("", line)) else None)


def reason_by_form(line: str) -> str | None:
    """Return why a line of a known form is furniture, or None; an instruction in a list is none."""
    if len(line) > _LONGEST:
        return None
    line = _PICTURES.sub("", line)
    whole = _reason(line)
    if whole or not _BARS.search(line):
        return whole
    # "12 ottobre 2025 | Tempo di lettura: 2 minuti": furniture in a row.
    parts = [part.strip() for part in _BARS.split(line) if part.strip()]
    reasons = [_reason(part) for part in parts if not part.isdigit() and not _DAY_ALONE.fullmatch(part)]
    return reasons[0] if reasons and all(reasons) else None


def _reason(line: str) -> str | None:
    told = tells(line)
    return next(
        (reason for reason, pattern in _FURNITURE if not (told and reason in _LABELS) and pattern.fullmatch(line)), None
    )


def tells(line: str) -> bool:
    """Tell whether a line is a sentence that tells something: stopped, of some words, no label and no request."""
    words = len(line.split())
    sentence = bool(_STOPPED.search(line)) and (
        words >= _LONG_SENTENCE or (words >= _SENTENCE and bool(_VERB.search(line)))
    )
    return sentence and not _LABELLED.match(line)


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
    line, appeal = cut_appeal(line)
    return line, [*cut, (appeal, "an appeal to the reader")] if appeal else cut


def is_letterhead(line: str) -> bool:
    """Tell whether a line is the name of an office, as stands over its releases."""
    if len(line) > _LETTERHEAD_CHARACTERS or not _LETTERHEAD.fullmatch(line):
        return False
    # Names are written large; a title has words that are not.
    small = [word for word in line.split()[1:] if word.islower() and len(word) >= _TELLING_LETTERS]
    return len([word for word in small if not _OF_OFFICES.match(word)]) <= 1


def opens_as_office(line: str) -> bool:
    """Tell whether a line begins as the name of an office does ("Istituto comprensivo n. 11 …"), whatever follows."""
    return bool(_LETTERHEAD.fullmatch(_NUMBER_SIGN.sub("n", line)))


def is_formula(line: str) -> bool:
    """Tell whether a line is a press office's formula ("COMUNICATO STAMPA")."""
    return reason_to_drop(line) == "a press office's formula"
