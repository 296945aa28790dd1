"""Roman numerals, by evidence only: an I is an article in some dialects, an MI is a province, a CD is a disc."""

from __future__ import annotations

import functools
import re

from audio.italian import numbers
from audio.italian.dates import MONTHS
from audio.italian.rules import Rule

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_CANONICAL = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_MASCULINE = (
    "secolo|secoli|sec\\.|millennio|trimestre|semestre|quadrimestre|bimestre|congresso|municipio|municipi|reggimento|battaglione|"
    "capitolo|titolo|canto|atto|governo|festival|concilio|distretto|corpo|raggruppamento|lotto|turno|arrondissement|reich|"
    "premio|anniversario|comma|grado|girone|torneo|campionato|stormo|gruppo|vertice|convegno|forum|rapporto|piano"
)
_FEMININE = (
    "legislatura|legislature|edizione|guerra|sezione|circoscrizione|commissione|repubblica|olimpiade|giornata|divisione|brigata|"
    "armata|zona|internazionale|dinastia|assemblea|fase|classe|serie|parte|campagna|crociata|municipalità|conferenza|"
    "sessione|coorte|legione|elementare|media|squadra|domenica|settimana|corte|flotta"
)
_LEFT_MASCULINE = "capitolo|titolo|atto|canto|secolo|libro|allegato|concilio vaticano|vaticano|tomo|volume|livello|municipio|capo|grado|girone"
_LEFT_FEMININE = "parte|sezione|fase|tabella|classe|fascia|categoria|serie|legislatura"
_KINGS = (
    "Giovanni|Paolo|Pio|Benedetto|Leone|Clemente|Gregorio|Innocenzo|Urbano|Bonifacio|Alessandro|Giulio|Celestino|Callisto|"
    "Sisto|Carlo|Luigi|Enrico|Giorgio|Edoardo|Guglielmo|Filippo|Federico|Francesco|Ferdinando|Umberto|Emanuele|Alberto|"
    "Amedeo|Felice|Napoleone|Ottone|Pietro|Nicola|Ivan|Felipe|Harald|Abdullah|Hassan|Mohammed|Muhammad|Ramses|Tolomeo|Cosimo|"
    "Costantino|Teodosio|Riccardo|Giacomo|Gustavo|Carlo Gustavo|Haakon|Baldovino|Hussein|Farouk|Vittorio|Massimiliano|Murad|"
    "Mehmet|Tito|Artaserse|Dario|Adriano|Gelasio|Silvestro|Stefano|Martino|Nicolò|Eugenio|Bartolomeo|Kirill|Tawadros|Teofilo|Aristobulo|Juan Carlos|Charles"
)
_QUEENS = "Elisabetta|Caterina|Margherita|Maria|Giovanna|Cristina|Isabella|Cleopatra|Anna"
_STREETS = "via|viale|piazza|corso|largo|piazzale|lungotevere"
_JOINED = r"(?: ?(?:e|ed|-|–|/|o|al|dal) ?(?:(?:il|la|al|alla|l'|nel|nella) ?)?[IVXLCDM]+){1,3}"
_ERA = re.compile(r" (?:a\.? ?C\.|d\.? ?C\.)")
_MONTH = re.compile(rf" (?:{'|'.join(MONTHS)})\b", re.IGNORECASE)
_STREET = re.compile(rf"\b(?:{_STREETS}) $", re.IGNORECASE)
_SCHOOL = re.compile(r" ?[A-H](?!\w)")
_SCHOOL_LEFT = re.compile(r"\b(?:classe|della|la|in|alla) $")
_ARTICLE_LEFT = re.compile(
    r"\b(?:il|del|nel|al|dal|sul|lo|la|della|nella|alla|dalla|dell'|l'|nell'|all'|dall'|sull'|un|una|i|dei) ?$",
    re.IGNORECASE,
)
_LOOK_BACK, _LONG = 40, 3
_CARDINAL_LEFT = re.compile(r"\b(?:allegato|volume|tomo|livello|fascia|tabella|categoria|serie) $", re.IGNORECASE)


def value(written: str) -> int | None:
    """Return the number, or None for letters that are no canonical numeral.

    >>> value("XIV"), value("IIII")
    (14, None)
    """
    if not written or not _CANONICAL.fullmatch(written):
        return None
    total = 0
    for one, following in zip(written, [*written[1:], ""], strict=True):
        worth = _VALUES[one]
        total += -worth if following and _VALUES[following] > worth else worth
    return total


# Long forms, compiled when the first numeral is met.
@functools.cache
def _right() -> re.Pattern[str]:
    return re.compile(rf"(?:{_JOINED})? (?i:(?P<m>{_MASCULINE})|(?P<f>{_FEMININE})|(?P<p>giochi))(?!\w)")


@functools.cache
def _left() -> re.Pattern[str]:
    return re.compile(
        rf"(?:\b(?P<m>(?i:{_LEFT_MASCULINE})|{_KINGS}|{_KINGS.upper()})|\b(?P<f>(?i:{_LEFT_FEMININE})|{_QUEENS}|{_QUEENS.upper()})"
        r"|\b(?P<s>(?:sec|cap|tit|vol|all)\.)|(?P<j>[IVXLCDM]{2,} (?:e|-|o) (?:il |al )?|[IVXLCDM]{2,}[-–/]))(?: (?:n\.|numero))? ?$"
    )


def _read(found: re.Match[str]) -> str | None:
    """Read a numeral that has a head (a century, a pope, a street); anything else is left to the rules of sigle."""
    number = value(found["rom"])
    line = found.string
    before = line[max(0, found.start() - _LOOK_BACK) : found.start()]
    if number is None or found["rom"] in set("CDLM"):
        return None  # serie C, vitamina D
    if found["rom_mark"]:
        return numbers.ordinal(number, gender="f" if found["rom_mark"] == "ª" else "m")
    if _STREET.search(before) and _MONTH.match(line, found.end()):
        return numbers.cardinal(number)
    if head := _right().match(line, found.end()):
        return numbers.ordinal(number, gender="f" if head["f"] else "m", plural=bool(head["p"]))
    if head := _left().search(before):
        return _by_left(number, head, before, len(found["rom"]))
    return _by_shape(found, number, before)


def _by_left(number: int, head: re.Match[str], before: str, length: int) -> str | None:
    if head["j"]:  # "dal XII al XIII": the second of a pair
        return numbers.ordinal(number) if length > 1 else None
    if _CARDINAL_LEFT.search(before):
        return numbers.cardinal(number)
    return numbers.ordinal(number, gender="f" if head["f"] else "m")


def _by_shape(found: re.Match[str], number: int, before: str) -> str | None:
    written = found["rom"]
    # "nel XIX e XX": long numerals after an article are centuries or editions; CD, MI, DC, MM are not.
    if len(written) >= _LONG and set(written) <= set("IVX") and _ARTICLE_LEFT.search(before):
        return numbers.ordinal(number)
    if len(written) > 1 and set(written) <= set("IVX") and _ERA.match(found.string, found.end()):
        return numbers.ordinal(number)
    school = _SCHOOL.match(found.string, found.end()) and _SCHOOL_LEFT.search(before)
    if school and number <= len("IVXLCDM"):
        return numbers.ordinal(number, gender="f")
    return None


RULES = (Rule("roman", r"(?<![\w.])(?P<rom>[IVXLCDM]+)(?P<rom_mark>[°ºª]?)(?![\w']|\.\w|-[a-zà-ÿ])", _read),)
