"""Datelines: the place and date an Italian report opens with, in the forms that papers and agencies use.

Place and date go to the article's ``dateline``; what cannot be recognised stays in the text, where nothing is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from audio.italian import tables

MONTHS = "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split()
AGENCIES = (
    "ANSA|AGI|AdnKronos|askanews|Italpress|LaPresse|DIRE|9Colonne|Il Sole 24 Ore Radiocor(?: Plus)?|Radiocor(?: Plus)?"
    "|Agenzia[ _]Nova|Nova|MF-NW|MF-DJ|Teleborsa|Agenparl|AgenSIR|SIR|Public Policy|Vista|Labitalia|Xinhua|EFE|dpa"
    "|Reuters|AFP|AP|Ansamed|ANSA-AFP|Omniroma|Omnimilano|Mi-Lorenteggio|Agr|Aise|Inform|Cittadino"
)
MONTH_STEMS = "|".join(month[:3] for month in MONTHS)
_MONTH = "|".join(f"{m[:3]}(?:{m[3:]}|t)?" if m == "settembre" else f"{m[:3]}(?:{m[3:]})?" for m in MONTHS)
_DATE = rf"(?:\d{{1,2}}|1[°º])\s+(?i:{_MONTH})\.?(?:\s+\d{{4}})?"
_NUMERIC = r"\d{1,2}\s?[-./]\s?\d{1,2}\s?[-./]\s?(?:20)?\d{2}"
_WEEKDAY = r"(?i:(?:luned|marted|mercoled|gioved|venerd)ì|sabato|domenica)\s+"
_CAPITAL = "A-ZÀ-ÖØ-ÞĂĄĆČĐĘĞİŁŃŐŚŞŠȘŢȚŰŹŻŽ"
_PROVINCE = r"(?: \([A-Za-z][A-Za-z ’'-]{1,24}\))"
# Up to four capitalised words, joined by the small words of Italian place names; a province in brackets; two places
# share a dateline with a slash or a dash.
_PLACE = (
    rf"[{_CAPITAL}][\w'’.-]*(?:[ /-](?:[{_CAPITAL}][\w'’.-]*|d[aei]l?l?a?|(?:d|dell|nell|sull|all)['’][{_CAPITAL}]\w+"
    rf"|in|sul?l?|di|a|al)){{0,4}}{_PROVINCE}?"
)
_CAPITALS = (
    rf"(?:(?:LA|IL|LE|LO) |L['’])?(?:[{_CAPITAL}]{{3,}}|[{_CAPITAL}]{{2}}(?=-))"
    rf"(?:[ '’/-](?:D['’]|A )?[{_CAPITAL}]{{2,}}){{0,4}}{_PROVINCE}?"
)
_DASH = r"\s*[–—-]+\s+"
# A name that says what it is need not be known ("MEDIAPRESS").
_AGENCY = rf"\((?i:{AGENCIES}|[a-z]{{2,20}}(?:press|news))(?:[/ -][\w. -]{{1,20}})?\)"
# Before or behind a place and its date, any name in brackets is an agency's.
_BRACKETED = rf"(?:{_AGENCY}|\((?:[{_CAPITAL}][\w’'. &/-]{{1,40}}|[a-z]{{2,24}})\))"
_UNBRACKETED = rf"(?:{AGENCIES})"
_WHEN = rf"(?:{_WEEKDAY})?(?P<date>{_DATE})(?:,?\s+(?:ore\s+)?\d{{1,2}}[:.]\d{{2}})?"
_FORMS = tuple(
    re.compile(form)
    for form in (
        rf"{_BRACKETED}(?:{_DASH}|\s+)(?P<place>{_PLACE}),\s+{_WHEN}(?:{_DASH}|\s+)",
        rf"(?P<place>{_PLACE}),\s+{_WHEN}\s*(?:{_DASH})?{_BRACKETED}(?:\s*[–—-]+\s*|\s+)",
        rf"(?:{_UNBRACKETED}{_DASH})?(?P<place>{_PLACE}),\s+{_WHEN}{_DASH}",
        rf"(?P<place>{_PLACE}),\s+{_WHEN}\.\s+(?=[«“\"{_CAPITAL}])",
        rf"(?P<place>{_PLACE})\s+{_AGENCY}\s*[–—-]+\s*",
        rf"{_AGENCY}{_DASH}(?P<place>{_CAPITALS}){_DASH}",
        rf"(?P<place>{_CAPITALS})\.?\s+[–—-]\s+",
        rf"(?P<place>{_CAPITALS})\.\s+(?=[«“\"{_CAPITAL}][^{_CAPITAL}])",
        rf"(?P<place>{_PLACE})\s+[–—-]\s+(?=[«“\"{_CAPITAL}])",
        rf"(?P<place>{_PLACE}),\s+(?P<date>{_NUMERIC})(?:{_DASH}|\.\s+|\s+(?=[«“\"{_CAPITAL}]))",
        rf"{_AGENCY}{_DASH}",
        rf"\([{_CAPITAL}][\w’'. &/-]{{2,40}}\)\s*[–—-]+\s+(?=[«“\"{_CAPITAL}])",
    )
)
# "Parma - Empoli finisce 2-1" names two teams, and "Bologna - Juventus è la partita" does with a club that is no town.
_CLUBS = frozenset(
    "Juventus Juve Inter Milan Lazio Atalanta Sampdoria Fiorentina Udinese Sassuolo Spezia Verona Real".split()
)
_PAIRED = re.compile(r"(?P<other>[A-ZÀ-Þ]\w+) [a-zà-ÿ]")
_RESULT = re.compile(
    r"[A-ZÀ-Þ][\w ]{2,20}(?: (?:finisce|termina|si chiude))?[:,]? \d{1,3}\s?[-–]\s?\d{1,3}\b"
    r"|[A-ZÀ-Þ]\w+ (?:finisce|termina)\b"
)
_ARTICLE = re.compile(r"(?:LA|IL|LE|LO) |L['’]")
_STOPPED_PLACE = re.compile(rf"(?P<place>{_PLACE}(?<!\.))\.\s+(?=[«“\"{_CAPITAL}])")
# "LODI Il cantiere è lì": behind the town a sentence opens with a small word, which "ROMA Capitale" does not.
_FIRST_WORDS = (
    "Il|Lo|La|I|Gli|Le|Un[ao]?|È|E|Non|Si|Per|D[aie]l?|Dall[aoe]|In|Ne[il]|Nell[aoe]|Sul?|Sull[aoe]|A[il]?|All[ae]|Con|Ha"
    "|Hanno|Sono|Era|Dopo|Prima|Ieri|Oggi|Quando|Chi|Che|[TF]ra|Più|Ci|Se|Ma|Come|Due|Tre|Quest[aeio]|Tutt[aeio]"
)
_RUN_IN = re.compile(
    rf"(?P<place>{_CAPITALS})\s+(?=[«“\"]|(?:{_FIRST_WORDS})\s|(?:L|Un|D|C|All|Nell|Dall|Sull|Quest)['’])"
)
_WHOLE = re.compile(rf"(?P<place>{_PLACE}),\s+(?:{_WEEKDAY})?(?P<date>{_DATE})")
# "Roma, 12 nov. - (di Ada Neri) - Undici euro e cinquanta …".
_BRACKETED_NAME = re.compile(r"\((?P<byline>(?:di|a cura di) [A-ZÀ-Þ][\w'’]+(?: [A-ZÀ-Þ][\w'’]+){1,3})\)\s*[–—-]+\s*")
_OF_AGENCY = (*_FORMS[:2], *_FORMS[4:6])
# What stands before each take of one story.
_OF_TAKES = (*_OF_AGENCY, _FORMS[10])
# The place alone in the last forms is betrayed by nothing else: it must be known, or stand out on the page.
_CAPITALS_AND_DASH, _CAPITALS_AND_STOP, _NAME_AND_DASH = 6, 7, 8
_CODE_LETTERS = 2
# No dateline is longer; the bound keeps the search linear on hostile lines.
_LONGEST = 120
# Cities abroad that Italian papers report from; at home the seats of provinces are known.
_ABROAD = frozenset(
    "Bruxelles Strasburgo Parigi Londra Berlino Madrid Lisbona Vienna Ginevra Zurigo Berna Atene Varsavia Praga"
    " Budapest Bucarest Sofia Belgrado Zagabria Lubiana Tirana Kiev Kyiv Mosca Istanbul Ankara Gerusalemme Gaza"
    " Beirut Damasco Teheran Baghdad Dubai Doha Riad Tunisi Tripoli Algeri Rabat Nairobi Khartoum Johannesburg"
    " Pechino Shanghai Tokyo Seul Sydney Washington Boston Chicago Miami Toronto Montreal Caracas Bogotà Lima"
    " Santiago Nizza Lugano Marsiglia Barcellona Monaco Francoforte Amburgo Stoccolma Oslo Copenaghen Helsinki"
    " Dublino Edimburgo L'Aja L’Aja Amsterdam Kabul Cesena Aosta".split()
) | {"New York", "New Delhi", "Tel Aviv", "Il Cairo", "Los Angeles", "San Francisco", "Buenos Aires"}
# Words in capitals before a full stop that name a subject and no town.
_SUBJECTS = frozenset(
    "SANITÀ SCUOLA CALCIO SPORT MALTEMPO LAVORO INCENDIO INCIDENTE RAPINA FURTO METEO TRAFFICO VIABILITÀ ECONOMIA"
    " CULTURA MUSICA CINEMA TEATRO LIBRI ELEZIONI AMBIENTE SALUTE UNIVERSITÀ TRASPORTI GOVERNO CAMERA SENATO"
    " POLITICA ESTERI CRONACA BASTA OGGI IERI DOMANI ATTENZIONE".split()
)

# "Cortina d'Ampezzo", "Reggio nell'Emilia".
_ELIDED = re.compile(r"^(?:D|Dell|Nell|Sull)(?=['’])")


@dataclass(frozen=True, slots=True)
class Dateline:
    """``text`` as it is said ("Bruxelles, 6 novembre 2025"), ``published`` as ISO date where the year is there."""

    text: str
    published: str | None


def take_dateline(paragraph: str, emphasis: str = "") -> tuple[Dateline | None, str]:
    """Split a paragraph into its dateline, if it opens with one, and the rest.

    ``emphasis`` is the beginning of the paragraph that a page sets in bold or italics: a place so set is one. An
    agency's name without a place is no dateline, and goes all the same.

    >>> take_dateline("SIENA - Il Palio si corre.")[1]
    'Il Palio si corre.'
    """
    head = paragraph[:_LONGEST]
    for index, form in enumerate(_FORMS):
        found = form.match(head)
        if not found or not paragraph[found.end() :].strip():
            continue
        parts = found.groupdict()
        place = parts.get("place")
        if place is None:
            return None, paragraph[found.end() :].lstrip()
        if (
            index == _CAPITALS_AND_STOP
            and (place in _SUBJECTS or len(place.split()) > 1)
            and emphasis.strip(". ") != place
        ):
            continue
        if _ARTICLE.match(place) and place.isupper() and not is_town(_said(place)):
            # "LA STORIA – …" names a subject, "LA SPEZIA – …" a town.
            continue
        rest = paragraph[found.end() :]
        if index == _NAME_AND_DASH and (_is_pair(rest) or not _is_place(place, rest, emphasis)):
            continue
        date = parts.get("date")
        return Dateline(f"{_said(place)}, {_in_words(date)}" if date else _said(place), _iso(date)), rest.lstrip()
    return None, paragraph


def take_byline(paragraph: str) -> tuple[str | None, str]:
    """Split off who wrote, in brackets behind the dateline."""
    found = _BRACKETED_NAME.match(paragraph)
    return (found["byline"], paragraph[found.end() :]) if found else (None, paragraph)


def are_lead_ins(paragraphs: Sequence[str]) -> bool:
    """Tell whether several paragraphs open with a word in capitals and a stop or a dash: subjects or players."""
    forms = (_FORMS[_CAPITALS_AND_STOP], _FORMS[_CAPITALS_AND_DASH])
    return any(sum(bool(form.match(paragraph[:_LONGEST])) for paragraph in paragraphs) > 1 for form in forms)


def take_told_place(paragraph: str, emphasis: str, said: str) -> tuple[Dateline | None, str]:
    """Split off a place before a stop or a dash: one in bold ("**Termoli.** Il cancello"), or that the text tells.

    ``said`` is the text: a place that is no known town counts where the text names it as one where something happens
    ("due punti persi a Forlimpopoli"), one in bold wherever it does. Of a known town capitals are enough.
    """
    opening = paragraph[:_LONGEST]
    stopped, run_in = _STOPPED_PLACE.match(opening), _RUN_IN.match(opening)
    for found in (_FORMS[_NAME_AND_DASH].match(opening), stopped):
        if found and re.search(rf"\b(?:a|ad|in) {re.escape(_said(found['place']))}\b", said):
            return Dateline(_said(found["place"]), None), paragraph[found.end() :]
    for found in (stopped, run_in):
        if found and is_town(_said(found["place"])):
            return Dateline(_said(found["place"]), None), paragraph[found.end() :]
    if stopped is None:
        return None, paragraph
    place = stopped["place"]
    # "Asciano (Siena). Per trent'anni …": a town and its province.
    province = place.partition(" (")[2].rstrip(")")
    set_apart = emphasis.strip(" .") == place and (place in _towns() or place in said)
    if not (set_apart or province in _towns() or (province.isupper() and len(province) == _CODE_LETTERS)):
        return None, paragraph
    return Dateline(_said(place), None), paragraph[stopped.end() :]


def dated_place(line: str, said: str = "") -> Dateline | None:
    """Return the dateline that a whole line is ("Roma, 7 ottobre 2025"), as offices write above a title, or None.

    ``said`` is the text around it: what that names as a place, in a letterhead too, counts as a town.
    """
    found = _WHOLE.fullmatch(line[:_LONGEST])
    if not found:
        return None
    place = found["place"].partition(" (")[0]
    named = rf"\b(?:a|ad|di|in|via [^,\n]{{3,40}},(?: \d{{5}})?|\d{{5}}) {re.escape(place)}\b"  # or "26845 Codogno"
    return place_and_day(line) if place in _towns() or re.search(named, said, re.IGNORECASE) else None


def place_and_day(line: str) -> Dateline | None:
    """Return where and when a whole line says that a text was written ("Monopoli, 4 giugno 2025"), or None."""
    found = _WHOLE.fullmatch(line[:_LONGEST])
    return found and Dateline(f"{_said(found['place'])}, {_in_words(found['date'])}", _iso(found["date"]))


def place_and_day_in(line: str) -> Dateline | None:
    """Return where and when an office's line says that it was written, behind a number ("Prot. 12 Gela, 3 maggio")."""
    found = _WHOLE.search(line[:_LONGEST])
    return found and place_and_day(found[0])


def is_town(name: str) -> bool:
    """Tell whether a name is that of a provincial capital, or of a city that papers report from."""
    return name.partition(" (")[0].replace("’", "'") in _towns()


def place_of(line: str) -> str | None:
    """Return the place that a whole line names in capitals, as stands over a story in some papers, or None."""
    place = _said(line)
    return place if line.isupper() and place.partition(" (")[0] in _towns() else None


def agency_of(paragraph: str) -> bool:
    """Tell whether a paragraph opens as an agency's take."""
    return any(form.match(paragraph[:_LONGEST]) for form in _OF_AGENCY)


def take_opening(paragraph: str) -> tuple[str, str]:
    """Split what an agency opens each of its takes with from a paragraph; empty where nothing of the kind is there.

    >>> take_opening("(AGI) - Nuoro, 14 lug. - La strada e' chiusa.")
    ('(AGI) - Nuoro, 14 lug. -', "La strada e' chiusa.")
    """
    found = next(filter(None, (form.match(paragraph[:_LONGEST]) for form in _OF_TAKES)), None)
    return (found[0].strip(), paragraph[found.end() :]) if found else ("", paragraph)


def _said(place: str) -> str:
    # A place in capitals is written as a name; small words of names stay small.
    if not re.sub(r"\(.*?\)", "", place).isupper():
        return place
    town, bracket, province = place.partition(" (")
    small = set("Di Del Dei Degli Della Delle A Al Ai Alla Alle Da Dal Dalla In Nel Nella Sul Sulla E Ed Con".split())
    words = re.sub(r"['’][a-zà-ÿ]", lambda m: m[0].upper(), town.title()).split(" ")
    words = [w.lower() if w in small and n else w for n, w in enumerate(words)]
    words = [_ELIDED.sub(lambda m: m[0].lower(), w) if n else w for n, w in enumerate(words)]
    # Two letters are a province's code, more of them a name.
    return " ".join(words) + bracket + (province.title() if len(province.rstrip(")")) > _CODE_LETTERS else province)


def _is_pair(rest: str) -> bool:
    """Tell whether what stands behind a place and a dash is another place, or the other team."""
    other = _PAIRED.match(rest)
    return bool(_RESULT.match(rest) or (other and (other["other"] in _CLUBS or is_town(other["other"]))))


def _is_place(place: str, rest: str, emphasis: str) -> bool:
    if emphasis.strip(" –—-.,:") == place:
        return True
    name = place.partition(" (")[0]
    # "Roma - la squadra - gioca": a pair of dashes in the first clause is an aside.
    aside = re.match(r"[^.,;:]{0,60}?\s[–—-]\s", rest)
    return (name in _towns() or place != name) and not aside


@cache
def _towns() -> frozenset[str]:
    return _ABROAD | frozenset(tables.mapping("provinces").values())


def _in_words(date: str) -> str:
    date = _spelled(date)
    day, month, *year = date.replace(".", " ").split()
    name = next(m for m in MONTHS if m[:3] == month[:3].lower())
    return " ".join([day.lstrip("0") or day, name, *year])


def _spelled(date: str) -> str:
    """Return a date in figures ("30-08-25") with its month as a word; any other as it is."""
    figures = re.fullmatch(r"(\d{1,2})\s?[-./]\s?(\d{1,2})\s?[-./]\s?(?:20)?(\d{2})", date)
    if not figures or not 1 <= int(figures[2]) <= len(MONTHS):
        return date
    return f"{figures[1]} {MONTHS[int(figures[2]) - 1]} 20{figures[3]}"


def _iso(date: str | None) -> str | None:
    date = _spelled(date or "")
    parts = re.fullmatch(r"(\d{1,2})[°º]?\s+(\w{3})\w*\.?\s+(\d{4})", date or "")
    if not parts:
        return None
    month = [m[:3] for m in MONTHS].index(parts[2].lower()) + 1
    day = int(parts[1])
    # The 31st of February is somebody's slip: it stays text and becomes no date.
    longest = 29 if month == 2 else 30 if month in {4, 6, 9, 11} else 31  # noqa: PLR2004
    return f"{parts[3]}-{month:02}-{day:02}" if 1 <= day <= longest else None
