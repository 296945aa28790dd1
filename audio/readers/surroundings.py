"""Which lines stand around an article, judged in their company: lists of links, boxes, contacts, what follows the end.

A line by itself is judged by ``furniture``; here it is judged by what stands above and below it. All readers share it.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from audio.readers import furniture
from audio.readers.contacts import is_contact, is_salute, opens_contacts
from audio.readers.head import is_signature, signature_in
from audio.readers.portraits import is_biography, is_portrait, opens_portrait, portrayed

_STOPS = '.!?…»”"'
# What stands under these headings is no part of the article, though it may stand in its column …
_BOXES = re.compile(
    r"(?:a cura di|contatti(?: (?:per la|con la|di|per i) (?:stampa|media))?|(?:informazioni su|about) .{1,60}|allegati|documenti(?: (?:correlati|allegati))?|commenti|lascia un commento"
    r"|tag|argomenti|condividi|newsletter|ulteriori informazioni|indice(?: della pagina)?|in quest[ao] (?:pagina|guida|articolo|numero)|highlights|evidenziazioni"
    r"|(?:informazioni sull['’])?l?['’]?(?:autor[ei]|autrice)|chi (?:è|siamo)|link utili|note|fonti|bibliografia"
    r"|quanto sono chiare.*|in evidenza|da leggere|galleria.*|dona\b.*|sostieni(?:ci)?\b.*|(?:hanno|dicono|parlano) (?:parlato )?di noi"
    r"|seguici\b.*|brand connect|consigliati(?: per te)?|raccomandati(?: per te)?|dal nostro (?:shop|negozio))\W*",
    re.IGNORECASE,
)
_INDEX = re.compile(r"(?:indice(?: della pagina)?|sommario|in questa pagina|contenuti)\W*", re.IGNORECASE)
# … nor are the data under these, but a paragraph of prose is …
_SHEETS = re.compile(
    r"(?:(?:il )?tabellino|(?:la )?classifica|(?:le )?formazioni|in breve|in sintesi|(?:i )?punti chiave)\W*",
    re.IGNORECASE,
)
_PROSE_CHARACTERS = 40
_TITLE_CHARACTERS = 80
# … and under these where they stand in a box of their own; in the column they are headings of the text.
_ASIDES = re.compile(
    r"(?:chi (?:è|sono) .{1,60}|sommario|contenuti|rassegna stampa|appuntamenti|necrologie|meteo|oroscopo|sondaggio"
    r"|segui\b.*|la parola ai lettori|nello stesso numero|(?:le )?quote(?: .{0,30})?|(?:la )?scheda|biglietteria|orari(?: e prezzi)?|resta in contatto)\W*",
    re.IGNORECASE,
)
_BOX_REASONS = frozenset(
    {
        "a paywall", "a newsletter", "a link to another page", "a share button", "readers' comments", "an advertisement",
        "an appeal to the reader",
    }
)  # fmt: skip
_LABEL = re.compile(
    r"(?:(?:leggi|vedi|guarda|scopri|ascolta) (?:anche|pure)|per approfondire|approfondisci|approfondiment[oi]|correlat[ie]"
    r"|(?:(?:ti|vi) )?(?:potrebbe(?:ro)?|può|possono)(?: anche)? (?:interessar|piacer)\w*(?: anche)?"
    r"|(?:le )?altre (?:notizie|news) d(?:i|a|al|el|alla|ella) .{1,40}|(?:gli |le )?(?:altr[ie] |ultim[ie] )?(?:articol[oi]|notizi[ae]|contenut[oi]|post|news)"
    r"(?: (?:correlat|simil|recent|consigliat|collegat|precedent|successiv|in evidenza|della settimana|del giorno)\w*"
    r"| (?:più|piu) (?:lett|vist)\w+| da .{1,40})?|i più (?:letti|visti|commentati)|più letti|le più lette|da non perdere"
    r"|prossim[oa] (?:articolo|notizia)|sullo stesso (?:tema|argomento)|dello stesso autore|altro (?:da|su) .{1,40}"
    r"|(?:un |il )?(?:messaggio|contenuto|annuncio) (?:dal|del|di|da|promozionale|sponsorizzat|pubblicitari)\w*.{0,40}"
    r"|(?:post|articolo) (?:precedente|successivo)|precedente|successivo|anche su .{1,30}|guarda anche)"
    r"\s?[:>»→]?",
    re.IGNORECASE,
)
# A few words without a figure; a name after a comma is whose letter it was ("Alla prossima settimana, Dario").
_BARE = re.compile(r"(?!.*, [A-ZÀ-Þ][\w'’]+$)[A-ZÀ-Þ«“][^\d\s]*(?: [^\d\s]+){0,5}(?<!;)|[a-zà-ÿ]+")
_ADDRESS = re.compile(
    r"[^.!?]{2,60}, (?:via|viale|piazza|corso|largo|vicolo) [^.!?]{2,40}\d[^.!?]{0,40}"
    r"|[^.!?]{2,60} (?:srl|spa|s\.r\.l\.|s\.p\.a\.|aps|ets|odv|onlus|coop)(?:[,–-] ?[^.!?]{2,40})?",
    re.IGNORECASE,
)
# Contacts and salutes stand among the last lines.
_CONTACT_LINES = 8
# A notice of rights ends an article of which this share stands above it.
_TOLD = 0.6
# A text is in sentences where this share of its lines, and as many of them, end like one.
_IN_SENTENCES, _LEAST_SENTENCES = 0.4, 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a text in its company.

    ``heading``: the source itself marks it as one; ``item``: it stands in a list; ``link``: it does nothing but lead
    elsewhere; ``box``: what it stands in, where that is not the text's own column.
    """

    text: str
    heading: bool = False
    item: bool = False
    link: bool = False
    box: Hashable | None = None

    @property
    def stopped(self) -> bool:
        """Whether it ends like a sentence."""
        return self.text[-1] in _STOPS


def reasons_to_drop(lines: Sequence[Line], byline: str | None = None) -> list[str | None]:
    """Return for each line why it is no part of the article, or None if it is text; no line may be empty."""
    alone = [_alone(line) for line in lines]
    reasons = [own or boxed for own, boxed in zip(alone, _boxed(lines, alone), strict=True)]
    contacts, end = _contacts(lines), _end(lines, alone)
    for number, line in enumerate(lines):
        if number >= contacts or (number and not line.heading and is_contact(line.text)):
            reasons[number] = reasons[number] or "contacts"
        elif number > end:
            reasons[number] = reasons[number] or "after the end"
    for number in (*_bare_boxes(lines, reasons), *_tail(lines, reasons)):
        reasons[number] = "a label"
    for number in _below_signature(lines, reasons):
        reasons[number] = reasons[number] or "below the signature"
    for number in (*_portraits(lines, reasons), *_self_portrait(lines, reasons)):
        reasons[number] = "about who sends it"
    for number in _empty_headings(lines, reasons):
        reasons[number] = "a heading with nothing under it"
    last = max((n for n, reason in enumerate(reasons) if reason is None), default=0)
    if byline and last and is_biography(lines[last].text, byline):
        reasons[last] = "about the author"
    return reasons


def is_label(text: str) -> bool:
    """Tell whether a line is nothing but the label of links to come ("Leggi anche", "Articoli più letti:").

    >>> is_label("Leggi anche:"), is_label("Leggi anche: la mappa")
    (True, False)
    """
    return bool(_LABEL.fullmatch(text))


def is_box(text: str) -> bool:
    """Tell whether a line is the heading of a box beside a text ("Chi è Ada Neri", "Informazioni sull'autore")."""
    return bool(_BOXES.fullmatch(text) or _ASIDES.fullmatch(text))


def _alone(line: Line) -> str | None:
    judge = furniture.reason_by_form if line.item else furniture.reason_to_drop
    return judge(line.text) or ("a link to another page" if line.link else None)


def _boxed(lines: Sequence[Line], alone: Sequence[str | None]) -> list[str | None]:
    """Return the reasons of what stands under a label of links or the heading of a box."""
    reasons: list[str | None] = [None] * len(lines)
    marked = any(line.heading for line in lines)
    column = any(line.box is None and line.stopped for line in lines)
    last = max((number for number, line in enumerate(lines) if line.stopped), default=-1)
    opened: Line | None = None
    # A bare word above the text is its section ("APPROFONDIMENTI"), below it a label.
    links = sheet = told = False
    for number, line in enumerate(lines):
        told = told or line.stopped
        label = number > 0 and is_label(line.text) and (told or line.heading or " " in line.text)
        first = line.box is not None and (number == 0 or lines[number - 1].box is not line.box)
        if label or (line.heading and _opens_box(line, alone[number])) or (first and alone[number] in _BOX_REASONS):
            opened, links = line, label or alone[number] in _BOX_REASONS or bool(_INDEX.fullmatch(line.text))
            sheet = bool(_SHEETS.fullmatch(line.text))
            reasons[number] = alone[number] or "a box in the article"
        elif (
            opened
            and alone[number] is None
            and (_closes(line, opened, links=links, column=column) or (sheet and _is_paragraph(line)))
        ):
            if sheet and opened is lines[number - 1]:
                # Prose right under it: a heading like any other.
                reasons[number - 1] = alone[number - 1]
            opened = None
        elif opened:
            reasons[number] = "a link to another page" if links else "a box in the article"
            if links and not marked and number < last:
                # Nothing tells the next title from a heading of the text.
                opened = None
    return reasons


def _opens_box(line: Line, reason: str | None) -> bool:
    aside = line.box is not None and _ASIDES.fullmatch(line.text)
    return (
        reason in _BOX_REASONS
        or bool(aside or _BOXES.fullmatch(line.text) or _SHEETS.fullmatch(line.text))
        or opens_contacts(line.text)
    )


def _closes(line: Line, opened: Line, *, links: bool, column: bool) -> bool:
    """Tell whether a line is text again: it stands in the text's column, is a heading, or a sentence among links."""
    if opened.box is not None and (line.box is opened.box or not opened.heading):
        return line.box is not opened.box
    if opened.box is not None and column:
        return line.box is None and (line.stopped or line.heading)
    return (line.heading and not line.link) or (links and line.stopped and not line.link)


def _is_paragraph(line: Line) -> bool:
    """Tell prose from a row of data."""
    return line.stopped and not line.item and len(line.text) >= _PROSE_CHARACTERS and ";" not in line.text


def _contacts(lines: Sequence[Line]) -> int:
    """Return where the contacts at the end begin; a salute above more than it ends is that of a covering note."""
    for number in range(max(1, len(lines) - _CONTACT_LINES), len(lines)):
        after = lines[number + 1 :]
        if _told(after) > _told(lines[:number]):
            continue
        told = opens_contacts(lines[number].text) and (
            is_contact(lines[number].text) or not after or any(is_contact(line.text) for line in after)
        )
        if told or is_salute(lines[number].text):
            return number
    return len(lines)


def _told(lines: Sequence[Line]) -> int:
    """Return how many characters stand in sentences."""
    return sum(len(line.text) for line in lines if line.stopped)


def _end(lines: Sequence[Line], alone: Sequence[str | None]) -> int:
    """Return the number of the notice of rights, or of the first comment, that ends the text, or that of the last line."""
    told = [len(line.text) if line.stopped and reason is None else 0 for line, reason in zip(lines, alone, strict=True)]
    for number, reason in enumerate(alone):
        if (
            reason in {"a notice of rights", "readers' comments", "the end of a release"}
            and sum(told[:number]) >= _TOLD * sum(told) > 0
        ):
            return number
    return len(lines)


def _bare_boxes(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of lines in boxes that hold several bare lines and no sentence: goods, data, buttons."""
    held: dict[Hashable, list[int]] = {}
    for number, line in enumerate(lines):
        if line.box is not None and not line.heading and reasons[number] is None:
            held.setdefault(line.box, []).append(number)
    bare = [box for box in held.values() if len(box) > 1 and not any(lines[n].stopped or lines[n].item for n in box)]
    return [number for box in bare for number in box]


def _below_signature(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of bare lines below the name that signs a text: a town, hours, where to write."""
    told = (n for n, line in enumerate(lines) if reasons[n] is None and (line.stopped or line.item))
    last = max(told, default=len(lines))
    signed = [n for n in range(last + 1, len(lines)) if signature_in(lines[n].text) and not lines[n].text.isupper()]
    # A list of names is no foot.
    if len(signed) != 1 or lines[signed[0]].heading or _told(lines[: signed[0]]) < _TOLD * _told(lines):
        return []
    return list(range(signed[0] + 1, len(lines)))


def _portraits(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of what is said of the sender below a release: its name, and a life under it."""
    total = _told(lines)
    found: list[int] = []
    for n, line in enumerate(lines[:-1]):
        if reasons[n] is not None or len(line.text) > _TITLE_CHARACTERS or not is_portrait(lines[n + 1].text):
            continue
        rest = list(zip(lines, reasons, strict=True))[n + 2 :]
        # A name alone is the sender's where nothing but contacts follows.
        closing = any(why for _, why in rest) and not any(other.stopped and why is None for other, why in rest)
        named = any(portrayed(line.text).casefold() in other.text.casefold() for other in lines[:n])
        if (opens_portrait(line.text) or (closing and named)) and _told(lines[:n]) >= _TOLD * total:
            found += [n, n + 1]
    return found


def _self_portrait(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of what a company says of itself below its release: its name, and a life under it."""
    told = [n for n, reason in enumerate(reasons) if reason is None]
    heads = [n for n in told if lines[n].heading]
    if not heads or {"contacts", "a box in the article"}.isdisjoint(reasons[heads[-1] :]):
        return []
    name = portrayed(lines[heads[-1]].text).casefold()
    under = [n for n in told if n > heads[-1]]
    own = bool(under) and all(name in lines[n].text.casefold() for n in under)
    above = any(name in line.text.casefold() for line in lines[: heads[-1]])
    return [heads[-1], *under] if own and above and any(is_portrait(lines[n].text) for n in under) else []


def _empty_headings(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of headings of which all that stood under them, or with them in their box, is dropped."""
    empty = []
    for number, line in enumerate(lines):
        if not line.heading or reasons[number] is not None or line.link or is_signature(line.text):
            continue
        end = next((n for n in range(number + 1, len(lines)) if lines[n].heading), len(lines))
        under = [n for n in range(number + 1, end) if line.box is None or lines[n].box is line.box]
        if under and all(reasons[n] is not None for n in under):
            empty.append(number)
    return empty


def _tail(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of bare lines below the last sentence of a text in sentences; who wrote may stand there."""
    told = [n for n, reason in enumerate(reasons) if reason is None]
    kept = [n for n in told if not lines[n].heading and not lines[n].item]
    stopped = [n for n in kept if lines[n].stopped]
    if len(stopped) < _LEAST_SENTENCES or len(stopped) < _IN_SENTENCES * len(kept):
        return []
    below = [n for n in kept if n > stopped[-1]]
    bare = {n for n in below if _BARE.fullmatch(lines[n].text) or _ADDRESS.fullmatch(lines[n].text)}
    # A colon announces what follows; where nothing does, it is a label.
    rest = max((n for n in told if n not in bare), default=-1)
    return [n for n in bare if (lines[n].text[-1] != ":" or n > rest) and not signature_in(lines[n].text)]
