"""Roman numerals, by evidence only: an I is an article in some dialects, an MI is a province, a CD is a disc."""

from __future__ import annotations

import re

from audio.italian import numbers

_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
_CANONICAL = re.compile(r"M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})")
_MASCULINE = (
    "secolo|millennio|trimestre|semestre|quadrimestre|congresso|municipio|reggimento|battaglione|capitolo|titolo|canto|"
    "atto|governo|festival|concilio|distretto|corpo|raggruppamento|lotto|turno|arrondissement|reich|piano|premio"
)
_FEMININE = (
    "legislatura|edizione|guerra|sezione|circoscrizione|commissione|repubblica|olimpiade|giornata|divisione|brigata|"
    "armata|zona|internazionale|dinastia|assemblea|fase|classe|serie|parte|campagna|crociata"
)
_LEFT_MASCULINE = "capitolo|titolo|atto|canto|secolo|libro|allegato|concilio vaticano|vaticano|tomo"
_LEFT_FEMININE = "parte|sezione|fase|tabella|classe"
_KINGS = (
    "Giovanni|Paolo|Giovanni Paolo|Pio|Benedetto|Leone|Clemente|Gregorio|Innocenzo|Urbano|Bonifacio|Alessandro|Giulio|"
    "Sisto|Carlo|Luigi|Enrico|Giorgio|Edoardo|Guglielmo|Filippo|Federico|Francesco|Ferdinando|Umberto|Emanuele|Alberto|"
    "Amedeo|Felice|Napoleone|Ottone|Pietro|Nicola|Ivan|Felipe|Harald|Abdullah|Hassan|Mohammed|Ramses|Tolomeo|Cosimo"
)
_QUEENS = "Elisabetta|Caterina|Margherita|Maria|Giovanna|Cristina|Isabella"
_STREETS = "via|viale|piazza|corso|largo|piazzale"
_MONTHS = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
_JOINED = r"(?: ?(?:e|-|–|o|al) ?(?:il )?[IVXLCDM]+){0,3}"
_RIGHT = re.compile(rf"{_JOINED} (?:(?P<m>{_MASCULINE})|(?P<f>{_FEMININE}))\b", re.IGNORECASE)
_MONTH = re.compile(rf" (?:{_MONTHS})\b", re.IGNORECASE)
_LEFT = re.compile(
    rf"(?:\b(?P<m>(?i:{_LEFT_MASCULINE})|{_KINGS})|\b(?P<f>(?i:{_LEFT_FEMININE})|{_QUEENS})|\b(?P<s>sec\.)) $"
)
_STREET = re.compile(rf"\b(?:{_STREETS}) $", re.IGNORECASE)
_LOOK_BACK = 40


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


def read(found: re.Match[str]) -> str | None:
    """Read a numeral that has a head (a century, a pope, a street); anything else is left to the rules of sigle."""
    number = value(found[0])
    before = found.string[max(0, found.start() - _LOOK_BACK) : found.start()]
    if number is not None:
        if _STREET.search(before) and _MONTH.match(found.string, found.end()):
            return numbers.cardinal(number)
        head = _RIGHT.match(found.string, found.end()) or _LEFT.search(before)
        if head:
            return numbers.ordinal(number, feminine=bool(head.groupdict().get("f")))
    return _sigla(found)


def _sigla(found: re.Match[str]) -> str | None:
    """Read capitals that turned out to be no numeral; a single letter stays, the voice names it."""
    from audio.italian import words  # noqa: PLC0415 - words reads numerals nowhere, this is its only way back

    return words.capitals(found) if len(found[0]) > 1 else None
