"""Units and currencies in words: their number, their gender, their cents."""

from __future__ import annotations

import functools
from typing import NamedTuple

from audio.italian import gender, numbers
from audio.italian.tables import rows

_PER_NOUNS = {
    "litro": "litro",
    "ora": "ora",
    "mese": "mese",
    "anno": "anno",
    "giorno": "giorno",
    "kg": "chilo",
    "l": "litro",
    "notte": "notte",
    "persona": "persona",
    "settimana": "settimana",
    "sett": "settimana",
    "die": "giorno",
    "sett.": "settimana",
    "az.": "azione",
    "bar.": "barile",
    "pasto": "pasto",
    "s": "secondo",
    "oncia": "oncia",
    "barile": "barile",
    "b": "barile",
    "bbl": "barile",
    "tonnellata": "tonnellata",
    "metro": "metro",
}
_CENTS = 2
# What counts heads.
_HEADS = frozenset({"ab", "ab.", "abitante"})
# Currencies whose hundredth part is a "centesimo" to the Italian ear.
_CENTESIMAL = frozenset({"euro", "dollari"})
# Those in which shops of the news set prices; of the others two decimals are a rate ("178,35 yen").
_PRICED = ("euro", "dollari", "sterline", "franchi")


class Name(NamedTuple):
    """A unit's or a currency's words."""

    one: str
    many: str
    gender: str


@functools.cache
def names(table: str) -> dict[str, Name]:
    """Return written → words, of units or currencies."""
    return {
        written.replace("\u00b5", "\u03bc"): Name(said.partition("|")[0], said.partition("|")[2], kind)
        for written, said, kind, *_ in rows(table)
    }


def each(written: str) -> str:
    """Return what "/h" or "/MWh" is after a unit: "all'ora", "al megawattora"."""
    if written[0].isdecimal():
        return _of_so_much(written)
    if written in _HEADS:
        return "per abitante"
    name = names("units").get(written)
    one = name.one if name else _PER_NOUNS.get(written, "")
    if not one:
        return ""
    if one[0] in "aeiou":
        return f"all'{one}"
    if (name.gender if name else gender.of(one)) == "f":
        return f"alla {one}"
    return f"{'allo' if gender.one(one)[0] == 'uno' else 'al'} {one}"


def _of_so_much(written: str) -> str:
    """Return what "/100 km" and "/24h" are: "per cento chilometri", "in ventiquattro ore"."""
    if written.startswith("100"):
        return f"per cento {names('units')[written[3:].strip()].many}"
    return f"in {measure(written.rstrip('h '), names('units')['h'])}"


def thousands(number: str) -> str:
    """Return a number of thousands: "15" is "quindicimila", "1,5" is "millecinquecento".

    >>> thousands("15"), thousands("1,5"), thousands("1")
    ('quindicimila', 'millecinquecento', 'mille')
    """
    whole, fraction = numbers.parts(number)
    if len(fraction) > len("000") or len(whole) > len("000000"):
        return f"{numbers.read(number)} mila"
    return numbers.cardinal(int(whole) * 1000 + int(fraction.ljust(3, "0") or "0"))


def amount(number: str, name: Name) -> str:
    """Return money: two decimals are cents, more are a price as traders write it.

    >>> amount("3,50", Name("euro", "euro", "m")), amount("1", Name("sterlina", "sterline", "f"))
    ('tre euro e cinquanta', 'una sterlina')
    """
    whole, fraction = numbers.parts(number)
    if whole.isdecimal() and int(whole) and int(whole) % 1_000_000 == 0:
        return measure(number, Name(name.one, f"di {name.many}", name.gender))  # cento milioni di euro
    is_rate = (whole == "1" and name.many != "euro") or not name.many.startswith(_PRICED)  # "1,08 dollari"
    if len(fraction) != _CENTS or is_rate:
        return measure(number, name)
    if not whole.strip("0"):
        cents = int(fraction)
        if name.many not in _CENTESIMAL or not cents:
            return measure(number, name)
        return "un centesimo" if cents == 1 else f"{numbers.cardinal(cents)} centesimi"
    said, cents = measure(whole, name), int(fraction)
    if not cents:
        return said
    # "sedici euro e nove" would be ninety.
    tail = " centesimi" if fraction[0] == "0" and cents > 1 and name.many in _CENTESIMAL else ""
    return f"{said} e {'un centesimo' if cents == 1 else numbers.cardinal(cents)}{tail}"


def measure(number: str, name: Name) -> str:
    """Return a number with its unit.

    >>> measure("1", Name("ora", "ore", "f")), measure("38,5", Name("grado", "gradi", "m"))
    ("un'ora", 'trentotto virgola cinque gradi')
    """
    if number == "1" and name.one in {"per cento", "per mille"}:
        return f"uno {name.one}"
    if number == "1":
        word, elided = gender.one(name.one) if gender.of(name.one) == name.gender else ("un", False)
        return f"{word}{name.one}" if elided else f"{word} {name.one}"
    return (
        f"{numbers.read(number, apocope=not name.many.startswith('per ') and gender.shortens(name.many))} {name.many}"
    )
