"""Who wrote a page: a line at its headline, or a name that the page marks anywhere but among other stories."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import islice

from audio.readers import furniture
from audio.readers.dateline import is_town
from audio.readers.head import byline_in, is_byline, is_of_office, is_signature
from audio.readers.html.body import is_prose
from audio.readers.html.entries import boxes_below_title
from audio.readers.html.pieces import Piece
from audio.readers.html.tree import Element, is_titled, names_of

_NAMES_OF_BYLINE = frozenset(
    "author autore autrice firma firme byline signature autor auth writer vcard by fn redattore autori authors".split()
)
_PREFIX = re.compile(
    r"^(?:pubblicato da|scritto da|written by|articolo di|autore|autrice|servizio di|risponde|di|da|by|a cura di)[:\s]+"
    r"(?=[A-ZÀ-Þ])",
    re.IGNORECASE,
)
_TEXT_BY = re.compile(r"^(?:testo|testi|parole)(?: di)?[\s|]+(?=[A-ZÀ-Þ])", re.IGNORECASE)
_ADDRESS = re.compile(r"[\s,(–—-]*\S+@\S+\.\w+\)?$")
_DATE_AFTER = re.compile(r"[\s,]+(?:il )?\d{1,2}[\s/.:-].*$")
_AFTER_NAME = re.compile(
    r"\s*(?:[|•·,–—-]\s*)?(?:(?:pubblicato|aggiornato|scrivi|segui|il|alle|su)\b.*|\d{1,2}[\s/.:].*)?$", re.IGNORECASE
)
_OFFICE = re.compile(
    r"[\s,–—-]+(?:giornalista|redattor[ei]|redattrice|collaborator[ei]|collaboratrice|direttor[ei]|direttrice|inviat[oa]"
    r"|corrispondente|caporedattor[ei]|caporedattrice|editorialista|blogger|autor[ei]|autrice)\b.*$",
    re.IGNORECASE,
)
# "Ada NeriDom, 02/03/2025": two boxes that a page set side by side.
_MET = re.compile(r"(?<=[a-zà-ù])(?=(?:Lun|Mar|Mer|Gio|Ven|Sab|Dom)[a-zì]*,? \d)")
BARS = re.compile(r"\s*[|·]\s*|\s+[•–—-]\s+")
_AUTHOR_PAGE = re.compile(
    r"/(?:autor[ei]|autrice|authors?|firm[ae]|giornalist[aei]|redattor[ei]|profilo|users?)/(?!login|regist|logout|password)",
    re.IGNORECASE,
)
_BY = frozenset(
    {
        "di",
        "by",
        "da",
        "scritto da",
        "pubblicato da",
        "a cura di",
        "articolo di",
        "autore",
        "autrice",
        "testo di",
        "testi di",
        "written by",
    }
)
_NAME_CHARACTERS, _NAME_WORDS = 100, 6
_NAMES_OF_OTHERS = frozenset(
    "comment comments commento commenti related correlati teaser sidebar bio card mostread trending powered".split()
)
# How far above a name the box of its entry is looked for.
_ENTRY_LEVELS = 4


def byline_of(piece: Piece) -> str | None:
    """Return who wrote, if a piece says that and nothing more but the date."""
    piece = replace(piece, text=_MET.sub(" | ", piece.text))
    if piece.text[:1] in "PpSsIi" and not is_byline(piece.text) and (told := byline_in(piece.text)):
        return told
    parts = [part for part in BARS.split(piece.text.rstrip(" —–|")) if furniture.reason_to_drop(part) is None]
    if len(parts) != 1 or is_prose(piece):
        return None
    alone = _ADDRESS.sub("", parts[0])
    beside = len(parts) < len(BARS.split(piece.text)) or alone != parts[0]
    if beside and is_signature(alone) and not is_town(alone):
        # A name beside a date or an address.
        return _PREFIX.sub("", alone)
    undated = _DATE_AFTER.sub("", parts[0])
    if is_byline(parts[0]) or is_byline(undated):
        return _PREFIX.sub("", undated if is_byline(undated) else parts[0])
    if piece.names & _NAMES_OF_BYLINE and len(parts[0]) <= _NAME_CHARACTERS:
        name = _name(parts[0])
        return name if name and name[0].isupper() and name.casefold() not in _BY else None
    return None


def signature_of(tree: Element) -> str | None:
    """Return who wrote, as the whole page marks it anywhere but among comments and other stories."""
    for element in tree.iter("a", "span", "p", "div", "cite", "address", "b", "strong"):
        names = names_of(element)
        told = bool(names & _NAMES_OF_BYLINE or _AUTHOR_PAGE.search(element.get("href") or ""))
        told = told or "Person" in (element.get("typeof") or "")
        told = told or ("credits" in names and bool(_TEXT_BY.match(_parted(element))))
        if not told or names & _NAMES_OF_OTHERS:
            continue
        if any(_is_of_others(above) for above in element.iterancestors()):
            continue
        if in_an_entry(element):
            continue
        if name := name_in(_parted(element)):
            return name
    return None


def name_in(text: str) -> str | None:
    """Return the name in a line that is known to say who wrote, or None where no name of a person's form is in it."""
    name = _name(text) if len(text) <= _NAME_CHARACTERS else ""
    capitals = sum(word[0].isupper() for word in name.split())
    told = name and name[0].isupper() and name.casefold() not in _BY and 1 < capitals <= _NAME_WORDS
    return name if told and not is_of_office(name) else None


def _is_of_others(box: Element) -> bool:
    """Tell whether a box holds other stories or comments; the page itself may say that it has such boxes."""
    named = box.tag not in {"html", "body", "main", "article"} and bool(names_of(box) & _NAMES_OF_OTHERS)
    return named or box.tag in {"nav", "aside"}


def _parted(element: Element) -> str:
    """Return the text of an element with a bar where two of its parts meet without a blank."""
    parts = [text for text in element.itertext() if text.strip()]
    return " ".join(
        "".join(
            f"{' ' if parts[n - 1].strip(': ').casefold() in _BY else '|'}{part}"
            if n and part[0].isupper() and parts[n - 1][-1].isalnum()
            else part
            for n, part in enumerate(parts)
        ).split()
    )


def _name(text: str) -> str:
    """Return the name in a line that says who wrote, without the date, the office or what else follows it."""
    name = _AFTER_NAME.sub("", _TEXT_BY.sub("", _PREFIX.sub("", text))).strip(" |•·,–—-").partition("|")[0]
    return _OFFICE.sub("", name).strip(" ,–—-")


def in_an_entry(element: Element) -> bool:
    """Tell whether an element stands in one of several boxes alike, each with a heading: a live page's entries."""
    around = element.getparent()
    near_boxes = islice(boxes_below_title(around), _ENTRY_LEVELS) if around is not None else ()
    if (box := next(filter(is_titled, near_boxes), None)) is None:
        return False
    form = box.tag, box.get("class")
    return any(
        other is not None and (other.tag, other.get("class")) == form for other in (box.getnext(), box.getprevious())
    )
