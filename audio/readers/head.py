"""The head of an article in plain text: occhiello, titolo, sommario, catenaccio and byline above the body."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audio.readers.dateline import (
    MONTH_STEMS,
    agency_of,
    are_lead_ins,
    dated_place,
    is_town,
    place_and_day,
    place_of,
    take_dateline,
)
from audio.readers.form import fields_of
from audio.readers.furniture import reason_to_drop
from audio.readers.kicker import CLOSERS, KICKER_CHARACTERS, SECTION, has_kicker, names_section

HEADLINE_CHARACTERS = 160
# A head of kicker, title, two lines of summary, byline and a spare one: more unstopped lines are no head but a list.
_HEAD_LINES, _STANDFIRST_CHARACTERS, _NAME_WORDS = 6, 350, 6
_NAME = r"[A-ZÀ-Þ][\w'’.-]+"
_TITLE = r"(?:(?i:don|suor|padre|fra|mons\.?|prof\.?(?:ssa)?|dott\.?(?:ssa)?|avv\.?) )?"
_NAMES = rf"{_TITLE}{_NAME}(?:(?:,?\s+|\s*[,/]\s*)(?:{_NAME}|de|di|del|della|e|ed)){{0,9}}"
_BYLINE = re.compile(
    rf"(?:(?i:di|by|(?:\w{{4,12}} )?a cura di|test[oi](?: e (?:ricerc\w+|intervist\w+|foto\w*|disegni))? di"
    r"|servizio di|articolo di|scritt[oa] da|risponde"
    rf"|da[li]?l?[ae]? nostr[oaie] (?:inviat|corrispondent)[oaie](?: a {_NAME}| da {_NAME})?,?(?: di)?)\s+{_NAMES}"
    rf"|(?i:intervista di)\s+{_NAMES}(?: a {_NAMES})?"
    rf"|(?i:da[li]?l?[ae]? nostr[oaie] (?:inviat|corrispondent)[oaie])"
    rf"|(?i:dal(?:l['’]|la |lo |l)?(?:inviat|corrispondent)[oae](?: a {_NAME})?(?: di)?)\s+{_NAMES})"
    rf"(?:, (?:[^.!?,]{{1,30}})| \([^().!?]{{1,24}}\)?)?"
    rf"(?:,?\s+(?i:(?:foto|fotografie|illustrazioni|disegni)(?: e (?:video|testo))? di)\s+{_NAMES})?"
)
# "Di Francesco, addio al Venezia" opens with a surname.
_SURNAME = re.compile(r"D[ei] [A-ZÀ-Þ][\w'’]+(?:,|$)")
_DESK = re.compile(
    r"(?:(?:la|a cura della|di|dalla|della) )?redazione(?: (?:online|web|cronaca|sport|economia|esteri))?\.?",
    re.IGNORECASE,
)
# With any name of its own behind it ("Redazione Valle Oggi").
_OF_DESK = re.compile(
    r"(?:a cura |by |di |dalla |della |la )*redazione(?: [^,;&]{1,40})?|(?:super )?(?:admin\w*|user)"
    r"|(?:staff|ufficio stampa|segreteria)(?: [^,;&]{1,40})?|redattor[ei](?: web)?(?: \d+)?",
    re.IGNORECASE,
)
# "Palazzo Te", "Piazza Duomo": names, but nobody's, nor is "LA STORIA".
_PLACES = (
    r"(?!(?:Il|IL|La|LA|Lo|LO|I(?= )|Gli|GLI|Le|LE"
    r"|Palazzo|Palazzina|Piazza|Piazzale|Via|Viale|Corso|Villa|Castello|Museo|Teatro|Parco|Galleri[ae]|Chiesa|Duomo"
    r"|Basilica|Torre|Porta|Ponte|Monte|Lago|Isola|Ospedale|Stadio|Cinema)\b)"
)
_SIGNATURE = re.compile(
    rf"{_PLACES}{_TITLE}{_NAME}(?:\s+(?:{_NAME}|de|di|del)){{1,2}}(?:, {_NAME})?|(?:[Dd]on|[Ss]uor|[Ff]ra) {_NAME}"
)
_SIGNATURES = re.compile(rf"{_NAME}(?: {_NAME}){{1,2}}(?:(?:,| e) {_NAME}(?: {_NAME}){{1,2}}){{1,2}}")
# "Pubblicato il 3 giugno 2024 da Michela Prandi — 17 commenti".
_PUBLISHED = r"(?:pubblicato|scritto|postato|inserito|inviato)"
_PUBLISHED_BY = re.compile(
    rf"{_PUBLISHED}(?: il| in data)? [^|]{{4,40}}? da (?P<name>[A-ZÀ-Þ][\w'’. ]{{2,40}})(?:\s+[|·•–—-]\s.{{0,60}})?"
    rf"|{_PUBLISHED} da (?P<author>[A-ZÀ-Þ][\w'’. ]{{2,40}}?),?"
    r" (?:(?:il|in|alle|-|–|\|) |(?=(?:lun|mar|mer|gio|ven|sab|dom)[a-zì]+ \d)).{4,60}"
    r"|by (?P<writer>[A-ZÀ-Þ][\w'’. ]{2,40}?) on \d.{0,40}",
    re.IGNORECASE,
)
# "Beatrice Dal Cin 11 Febbraio 2025 Nessun commento".
_NAME_AND_DAY = re.compile(
    rf"(?P<name>{_PLACES}{_NAME}(?: (?:{_NAME}|de|di|del)){{1,3}}),? \d{{1,2}} (?i:{MONTH_STEMS})\w* \d{{4}}"
    r"(?: .{0,60})?"
)
_BESIDE_NAMES = frozenset({"a reading time", "a publication date"})
_SIGNED = re.compile(rf"(?i:autore|autrice|firma)\s?:\s?(?P<name>{_NAMES})")
_COMPANY = re.compile(r"\b(?:srl|snc|spa|aps|ets|odv|onlus|coop)\b|\bs\.(?:r\.l|p\.a)\.", re.IGNORECASE)
_AND_PICTURES = re.compile(
    r",?\s*[|·–-]?\s*\b(?:foto|fotografie|illustrazioni|disegni)(?: e \w+)? di .*$", re.IGNORECASE
)
_WRITTEN_BY = re.compile(r"^(?:scritt[oa]|pubblicato|postato) da ", re.IGNORECASE)
_OFFICE = re.compile(r"(?:area|ufficio|servizio|settore|comune|il|lo|la|i|gli|le)\b|l['’]", re.IGNORECASE)
_PARTS = re.compile(r"\s*[|•·]\s*|\s+[–—-]\s+")
_DAY_BESIDE = re.compile(r"[\s,]+(?:(?:il|on) )?\d.*$")
_PUBLISHED_BESIDE = re.compile(
    r"\s+(?=(?:pubblicat|aggiornat)[oa]:? ?(?:il|alle)? ?\d|\d{1,2} [a-z]{3,9} \d{4}(?: alle|,? [-–|]) ?\d)",
    re.IGNORECASE,
)
_BARS = re.compile(r"\s+[|·•–-]\s+")


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above the body, and ``body``, the lines that remain."""

    kicker: str | None = None
    headline: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    dateline: str | None = None
    body: tuple[str, ...] = ()


def take_head(lines: Sequence[str], title: str | None = None) -> Head:
    """Split the head off the lines of a text; ``title`` is the line that is known to be its headline, if one is.

    Every line is in one of the parts, none is lost.
    """
    return take_form(lines) or _unlabelled(lines, title)


def is_byline(line: str) -> bool:
    """Tell whether a line says who wrote ("di Mario Rossi", "dal nostro inviato", "Redazione")."""
    bare = _unbracketed(line)
    if _SURNAME.match(bare):
        return False
    return len(line) <= HEADLINE_CHARACTERS and bool(_BYLINE.fullmatch(bare) or _DESK.fullmatch(bare))


def _unbracketed(line: str) -> str:
    """Return a line without the brackets around all of it; those of a class or a paper at its end stay."""
    return line.strip("() ") if line[:1] == "(" else line.strip()


def is_desk(byline: str) -> bool:
    """Tell whether the name of who wrote is only that of a desk ("Redazione Valle Oggi")."""
    return bool(_OF_DESK.fullmatch(byline.replace("_", " ")))


def is_of_office(name: str) -> bool:
    """Tell whether a name is a desk's, a company's, an office's or a paper's ("La Soana")."""
    return is_desk(name) or bool(_COMPANY.search(name) or _OFFICE.match(name))


def byline_in(line: str) -> str | None:
    """Return who wrote, if a line says that and nothing more but a date or the like beside it."""
    if found := _PUBLISHED_BY.fullmatch(line):
        return (found["name"] or found["author"] or found["writer"]).strip()
    if (found := _NAME_AND_DAY.fullmatch(line)) and not is_town(found["name"]):
        return found["name"]
    names, _, day = line.rpartition(", ")
    line = names if is_byline(names) and reason_to_drop(day) == "a publication date" else line
    whole = _BARS.split(_PUBLISHED_BESIDE.sub(" | ", line))
    parts = [part for part in whole if not reason_to_drop(part)]
    if len(parts) != 1:
        return None
    # "Ada Neri • 3 min di lettura": beside the time a bare name is that of who wrote.
    timed = any(reason_to_drop(part) in _BESIDE_NAMES for part in whole) and is_signature(parts[0])
    told = is_byline(parts[0]) or (timed and not is_town(parts[0]))
    return parts[0].removeprefix("By ") if told else None


def name_in(line: str) -> str | None:
    """Return the name in a line that is known to say who wrote, without its label and what stands beside it."""
    found = _SIGNED.fullmatch(line)
    name = found["name"] if found else _WRITTEN_BY.sub("", _DAY_BESIDE.sub("", _PARTS.split(line)[0]))
    told = name and len(name.split()) <= _NAME_WORDS and any(map(str.isupper, name)) and not is_of_office(name)
    return name if told and not any(map(str.isdigit, name)) else None


def is_signature(line: str) -> bool:
    """Tell whether a line could be the name alone of who wrote, as stands at the end of an article."""
    named = len(line) <= KICKER_CHARACTERS and _SIGNATURE.fullmatch(line) and not _COMPANY.search(line)
    return is_byline(line) or (bool(named) and line[:2].lower() not in {"l'", "l’"})


def signature_in(line: str) -> str | None:
    """Return the name alone of who wrote, behind a dash or not ("— Ada Neri"), or None."""
    name = line.lstrip("—–- ")
    return name if is_signature(name) else None


def are_signatures(line: str) -> bool:
    """Tell whether a line could be the names of those who wrote ("Ada Neri e Ugo Moro")."""
    return len(line) <= HEADLINE_CHARACTERS and bool(_SIGNATURE.fullmatch(line) or _SIGNATURES.fullmatch(line))


def join_standfirst(parts: Sequence[str]) -> str | None:
    """Return sommario and catenaccio as one text, each a sentence of its own."""
    ended = [part if part[-1] in ".!?…:" or n == len(parts) - 1 else f"{part}." for n, part in enumerate(parts)]
    return " ".join(ended) or None


def take_form(lines: Sequence[str]) -> Head | None:
    """Read a desk's form ("Titolo: …"); None where the first line bears no label and no title is labelled."""
    found, read = fields_of(lines)
    if "headline" not in found:
        return None
    single = {name: " ".join(found[name]) for name in ("kicker", "headline", "byline", "dateline") if name in found}
    body = (*found.get("text", ()), *lines[read:])
    return Head(**single, standfirst=join_standfirst(found.get("standfirst", ())), body=tuple(body))


def _unlabelled(lines: Sequence[str], title: str | None) -> Head:
    signed = next((n for n, line in enumerate(lines[:_HEAD_LINES]) if _SIGNED.fullmatch(line)), None)
    if signed is not None and (name := _SIGNED.fullmatch(lines[signed])):
        others = _unlabelled([*lines[:signed], *lines[signed + 1 :]], title)
        return others if others.byline else replace(others, byline=name["name"])
    end = _first_of_body(lines) or int(lines[:1] == [title])
    head = list(lines[:end])
    byline = next((line for line in head if is_byline(line)), None)
    if byline is None and head[1:] and are_signatures(head[-1]) and not any(map(are_signatures, lines[end:-1])):
        # A bare name below a title is who wrote it, unless more of them follow, each over a paragraph.
        byline = head[-1]
    rest = lines[end:]
    if byline is not None:
        head.remove(byline)
    elif rest and is_byline(rest[0]):
        byline, rest = rest[0], rest[1:]
    elif len(rest) > 2 and head and len(rest[0]) <= _STANDFIRST_CHARACTERS and is_byline(rest[1]):  # noqa: PLR2004
        # What stands between a title and who wrote sums up.
        head, byline, rest = [*head, rest[0]], rest[1], rest[2:]
    byline = _WRITTEN_BY.sub("", _AND_PICTURES.sub("", _unbracketed(byline))) if byline else None
    said = "\n".join(head)
    # Right above the text, under a title, no town need be known.
    last = head[-1:] if len(head) > 1 else []
    days = {line: place_and_day(line) if line in last else dated_place(line, said) for line in head}
    dated = next(filter(None, days.values()), None)
    head = [line for line in head if not days[line]]
    dateline = dated.text if dated else place_of(head[-1]) if len(head) > 1 else None
    if dateline and not dated:
        head.pop()
    if len(head) > 1 and names_section(head[-1]) and not head[0].isupper():
        # "SITUAZIONE" under a title is the first heading of the text.
        rest = [head.pop(), *rest]
    kickers = [head.pop(0)] if head[:1] != [title] and has_kicker(head) else []
    while len(head) > 1 and head[0] != title and SECTION.fullmatch(head[0]):
        kickers.append(head.pop(0))
    headline = _take_headline(head)
    return Head(" – ".join(kickers) or None, headline, join_standfirst(head), byline, dateline, tuple(rest))


def _take_headline(head: list[str]) -> str | None:
    """Take the headline from the top of a head, with the line that goes on with it or says it again."""
    headline = head.pop(0) if head else None
    if headline and head and headline[-1] in ":," and head[0][0].islower():
        headline = f"{headline} {head.pop(0)}"
    if headline and head and (head[0].startswith(headline) or headline.endswith(f"-{head[0]}")):
        # askanews gives the title twice, short and whole; LaPresse with and without the name of a service.
        headline = max(headline, head.pop(0), key=len)
    return headline


def _first_of_body(lines: Sequence[str]) -> int:
    """Return how many lines make the head: those before a dateline, or before the first sentence."""
    near = lines[: _HEAD_LINES - 1]
    dated = None if are_lead_ins(near) else next((n for n, line in enumerate(near) if _is_dated(line)), None)
    if dated is not None and all(_fits_head(line, n) for n, line in enumerate(lines[:dated])):
        return dated
    # Under the name of a column, and of who writes it, the title may be a question.
    column = len(list(itertools.takewhile(lambda line: SECTION.fullmatch(line) or is_byline(line), near)))
    end = next((n for n, line in enumerate(lines[: _HEAD_LINES + 1]) if _is_body(line, max(0, n - column))), None)
    if end is None:
        # No sentence in sight: verses, a table, or a headline alone. One line and what follows it, at most.
        end = 1 if len(lines) > 1 else 0
    return end


def _is_dated(line: str) -> bool:
    """Tell whether a line opens with a dateline; a title may open with a place too, but no sentence ends it."""
    dateline, _ = take_dateline(line)
    stopped = line.rstrip(CLOSERS)[-1:] in {".", "!", "?", "…", ":", ";", ","}
    return agency_of(line) or (dateline is not None and (stopped or any(map(str.isdigit, dateline.text))))


def _fits_head(line: str, index: int) -> bool:
    return len(line) <= (_STANDFIRST_CHARACTERS if index else HEADLINE_CHARACTERS) and not _is_dialogue(line)


def _is_body(line: str, index: int) -> bool:
    if is_byline(line):
        return False
    end = line.rstrip(CLOSERS)[-1:] or line[-1]
    stops = ".,;:…" if index == 0 else ".,;:…?!"
    return (
        len(line) > (HEADLINE_CHARACTERS if index == 0 else _STANDFIRST_CHARACTERS)
        or end in stops
        or _is_dialogue(line)
        or bool(re.match(r"[-*•‣▪–—]\s|\d{1,2}[.)]\s", line))
    )


def _is_dialogue(line: str) -> bool:
    return bool(re.match(r"[DR][.:]\s|(?:Domanda|Risposta)[.:]\s", line))
