"""What a text says of who wrote or who sends it: the author's life, a company's portrait below its release."""

from __future__ import annotations

import re

_BIOGRAPHY = re.compile(
    r"\b(?:giornalist\w+|nat[oa] (?:a|nel)|scriv\w+|si occup\w+|collabor\w+|laureat\w+|autor[ei]|autrice|direttor\w+"
    r"|direttrice|fondat\w+|lavora|insegna|vive|cur[ao]|docente|ricercat\w+|fotograf[oa])\b",
    re.IGNORECASE,
)
_OF_AUTHOR = re.compile(
    r"(?:l['’](?:autore|autrice)) (?:è (?:nat[oa]|giornalist|docente|professor|autor|uno|una)"
    r"|vive|insegna|lavora|collabora|ha pubblicato|si occupa|dirige)\b",
    re.IGNORECASE,
)
_BY = re.compile(r"(?:a cura di|testo di|testi di|scritto da|intervista di|di|by) ", re.IGNORECASE)
_COMPANY = re.compile(r",? (?:s\.? ?p\.? ?a\.?|s\.? ?r\.? ?l\.?|soc\. coop\..*|onlus|ets)$", re.IGNORECASE)
_PORTRAIT_OF = re.compile(r"(?:informazioni su|profilo (?:di|del|della)|about|chi è) ", re.IGNORECASE)
_OVER_LIFE = re.compile(
    r"(?:(?:informazioni sull['’])?l?['’]?(?:autor[ei]|autrice)|a cura di|chi scrive|bio(?:grafia)?"
    r"|chi è (?-i:[A-ZÀ-Þ]).{2,40})\W*",
    re.IGNORECASE,
)
_OVER_PORTRAIT = re.compile(
    r"(?:informazioni su|profilo (?:di|del|della)|about|chi è|note su) [^.!?]{2,60}|[^.!?]{2,60} in breve"
    r"|(?:il gruppo|la società|l['’]azienda|la fondazione|chi siamo)",
    re.IGNORECASE,
)
_PORTRAIT = re.compile(
    r"\b(?:fondat[oa]|nat[oa] nel|con sede|fatturato|ricavi|dipendenti|leader|attiv[oa] (?:in|nel|dal)|dal \d{4}"
    r"|quotat[oa])\b",
    re.IGNORECASE,
)

# "Fondata nel 1884, Molini Battaglino produce …": how a release closes on who sends it.
_PROFILE = re.compile(
    r"(?:fondat|nat|costituit|attiv)[ao]\b[^.:]{0,60}?\b(?:nel|dal) (?:1[6-9]|20)\d\d\b", re.IGNORECASE
)
_LEAST_OF_PROFILE = 2


def is_profile(text: str) -> bool:
    """Tell whether the last paragraph of a release is the portrait of who sends it, by its opening and its figures."""
    return bool(_PROFILE.match(text)) and len(_PORTRAIT.findall(text)) >= _LEAST_OF_PROFILE


def is_biography(text: str, byline: str) -> bool:
    """Tell whether the last paragraph of a text is about who wrote it ("Ada Neri vive a Bari, dove insegna…")."""
    name = _BY.sub("", byline).casefold()
    # Nobody ends a story with a sentence about himself, by first and last name.
    return text.casefold().startswith(name) and (" " in name or bool(_BIOGRAPHY.search(text[len(name) :])))


def is_of_author(text: str) -> bool:
    """Tell whether a last paragraph is about who wrote, without a name ("L'autrice insegna a Mantova…")."""
    return bool(_OF_AUTHOR.match(text))


def opens_life(text: str) -> bool:
    """Tell whether a line stands over the life of who wrote ("L'autrice", "Chi è Ada Neri")."""
    return bool(_OVER_LIFE.fullmatch(text))


def opens_portrait(text: str) -> bool:
    """Tell whether a line stands over the portrait of who sends a release ("Informazioni su …", "… in breve")."""
    return bool(_OVER_PORTRAIT.fullmatch(text))


def is_portrait(text: str) -> bool:
    """Tell whether a paragraph says what a company's portrait does: since when, where, with how many."""
    return bool(_PORTRAIT.search(text))


def portrayed(heading: str) -> str:
    """Return the name in the heading of a portrait.

    >>> portrayed("Informazioni su Cartiera Nervi")
    'Cartiera Nervi'
    """
    return _COMPANY.sub("", _PORTRAIT_OF.sub("", heading))
