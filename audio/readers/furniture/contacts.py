"""Addresses, telephones and salutes: what stands at the end of a release or a letter, line by line."""

from __future__ import annotations

import re

_CONTACT = re.compile(
    r"(?:(?:tel|cell|fax)\b\.?|(?:telefono|cellulare)\b).{0,3}[:\d+].{0,120}"
    r"|(?:mail|e-mail|pec|sito(?: web)?|web|centralino|indirizzo)\b.{0,3}[:\d+@].{0,120}"
    r"|.{0,80}\S+@\S+\.\w{2,}.{0,40}|.{0,60}\b(?:tel|cell|fax)\.?:?\s?\+?[\d\s/.-]{6,}.{0,60}|\+?[\d\s/.-]{8,40}|[^\d.!?:;]{3,40}\s0\d{1,4}[\s/.-]\d{4,8}|[^.!?]{2,80}[,–-]\s*\d{5}\s+[a-zà-ÿ][^.!?]{2,40}|(?:https?://|www\.)\S+",
    re.IGNORECASE,
)
_CONTACTS_OPEN = re.compile(
    r"(?:numeri utili(?=\W*$)|(?:fonti e contatti|contatti e fonti)(?=\W*$)|per (?:ulteriori |maggiori )?(?:informazioni|info|contatti)(?! (?:basta|occorre|serve|c['’]è|ci sono)\b)|(?:info|informazioni|contatti|riferimenti)(?: (?:stampa|e prenotazioni|per (?:la stampa|i media|i giornalisti)|media|utili))?(?=\W*$|\s*[:–-]|,? \+?\d)|ufficio stampa.{0,60}|(?:investor|media) relations?\b.{0,60}|(?:l['’])?addett[oa] stampa.{0,60})\s*:?.{0,80}",
    re.IGNORECASE,
)
_SALUTE = re.compile(
    r"(?:(?:e )?(?:per )?(?:oggi|questa settimana|stavolta) è tutto|(?:questo )?è tutto,? per (?:oggi|questa settimana))"
    r"(?:[.,!] ?(?:a (?:domani|presto|luned|marted|mercoled|gioved|venerd|sabato|domenica)|ci |buon|alla prossima|grazie).{0,40})?[.!]?"
    r"|(?:dalla residenza|dal palazzo|dalla casa) (?:municipale|comunale|di città)\b.{0,60}"
    r"|(?:la segreteria|le segreterie)\b[^.!?]{0,80}"
    r"|(?:il|la|l['’]) ?(?:sindac[oa]|president\w+|dirigente|assessor[ea]|segretari[oa]|direttor\w+|direttrice|prefett[oa]"
    r"|questore|comandante|responsabile|rettor[ei]|rettrice|preside|parroco|vescovo)(?: (?:di|del|della|dell['’]) ?[^.!?]{1,40}| scolastic[oa])?"
    r"(?:,? (?:(?:prof|dott|ing|avv|arch)\.?(?:ssa)?,? )?(?-i:[A-ZÀ-Þ][\w'’]+(?: [A-ZÀ-Þ][\w'’]+){1,2}))?"
    r"|(?:cordiali|distinti|cari|un cordiale|con i migliori|i migliori) salut[io]\b.{0,60}"
    r"|(?:a (?:domani|presto|dopodomani|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica)(?: prossim[oa])?"
    r"|alla prossima(?: settimana)?|buona (?:lettura|giornata|serata|domenica|settimana)|un (?:saluto|abbraccio))\s?[,.!]"
    r"|a (?:domani|luned[iì]|marted[iì]|mercoled[iì]|gioved[iì]|venerd[iì]|sabato|domenica)(?: prossim[oa])?, \w+",
    re.IGNORECASE,
)
_FAREWELL = re.compile(
    r".{0,30}\bè tutto\b|(?:cordiali|distinti|cari|un cordiale|con i migliori|i migliori) salut|a (?:domani|presto|dopodomani|luned"
    r"|marted|mercoled|gioved|venerd|sabato|domenica)|alla prossima|buona (?:lettura|giornata|serata|domenica|settimana)",
    re.IGNORECASE,
)
_LONGEST_LINE = 90


def is_contact(text: str) -> bool:
    """Tell whether a short line holds an address, a telephone or the like."""
    return len(text) <= _LONGEST_LINE and bool(_CONTACT.fullmatch(text))


def opens_contacts(text: str) -> bool:
    """Tell whether a short line announces contacts ("Per informazioni:")."""
    return len(text) <= 2 * _LONGEST_LINE and bool(_CONTACTS_OPEN.fullmatch(text))


def is_farewell(text: str) -> bool:
    """Tell whether a line can be nothing but the end of a letter, whatever stands below it ("A domani, Ada")."""
    return bool(_FAREWELL.match(text))


def is_salute(text: str) -> bool:
    """Tell whether a line takes leave, or is the office that signs ("Cordiali saluti", "Il sindaco")."""
    return bool(_SALUTE.fullmatch(text))
