"""Numbers in Italian words: cardinals, ordinals, decimals, digits and letters.

Forms after the usage of Italian grammars and newsreaders: "centodiciotto", "ventitré", "un milione duecentomila",
"centodecimo", decimals with "virgola".
"""

from __future__ import annotations

import functools

from audio.italian.forms import Form

_UNITS = (
    "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici "
    "diciassette diciotto diciannove"
)
_SMALL = tuple(_UNITS.split())
_TENS_WORDS = "- - venti trenta quaranta cinquanta sessanta settanta ottanta novanta"
_TENS = tuple(_TENS_WORDS.split())
_GROUPS = (
    (10**15, "biliardo", "biliardi"),
    (10**12, "bilione", "bilioni"),
    (10**9, "miliardo", "miliardi"),
    (10**6, "milione", "milioni"),
)
_FIRST_WORDS = "zeresimo primo secondo terzo quarto quinto sesto settimo ottavo nono decimo"
_FIRST_ORDINALS = tuple(_FIRST_WORDS.split())
TENS = frozenset(str(number) for number in range(20, 100, 10))
_BEYOND = 10**18
_LONGEST = 18
# "ventun anni", "centotrentun giorni": only after a ten does the -o fall.
_APOCOPATE = tuple(f"{ten[:-1]}uno" for ten in _TENS[2:])
_LETTER_NAMES = {
    "a": "a",
    "b": "bi",
    "c": "ci",
    "d": "di",
    "e": "e",
    "f": "effe",
    "g": "gi",
    "h": "acca",
    "i": "i",
    "j": "i lunga",
    "k": "cappa",
    "l": "elle",
    "m": "emme",
    "n": "enne",
    "o": "o",
    "p": "pi",
    "q": "cu",
    "r": "erre",
    "s": "esse",
    "t": "ti",
    "u": "u",
    "v": "vu",
    "w": "vu doppia",
    "x": "ics",
    "y": "ipsilon",
    "z": "zeta",
}


_HUNDRED = 100


def cardinal(number: int, *, gender: str = "m", apocope: bool = False) -> str:
    """Return a whole number in words; beyond 10^18 digit by digit, as nobody reads such a number.

    ``gender`` is heard in "una" alone (compounds in -uno stay, Serianni I.158); ``apocope`` gives "un" and "ventun".

    >>> cardinal(118), cardinal(1_001_000), cardinal(-3), cardinal(21, apocope=True), cardinal(1, gender="f")
    ('centodiciotto', 'un milione mille', 'meno tre', 'ventun', 'una')
    """
    if number < 0:
        return f"meno {cardinal(-number, gender=gender, apocope=apocope)}"
    if number >= _BEYOND:
        return digits(str(number))
    if number == 1 and (apocope or gender == "f"):
        return "una" if gender == "f" else "un"
    parts: list[str] = []
    rest = number
    for size, one, many in _GROUPS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"un {one}" if count == 1 else f"{cardinal(count)} {many}")
    if rest or not parts:
        parts.append(_accented(_below_million(rest)))
    said = " ".join(parts)
    # "Ventun anni", but "centouno dalmati".
    return said[:-1] if apocope and number < _HUNDRED and said.endswith(_APOCOPATE) else said


def ordinal(number: int, *, gender: str = "m", plural: bool = False) -> str:
    """Return an ordinal in words, agreeing with its noun.

    >>> ordinal(21, gender="f"), ordinal(23), ordinal(110), ordinal(1000), ordinal(3, plural=True)
    ('ventunesima', 'ventitreesimo', 'centodecimo', 'millesimo', 'terzi')
    """
    endings = {("m", False): "o", ("f", False): "a", ("m", True): "i", ("f", True): "e"}
    return _ordinal(number)[:-1] + endings[gender, plural]


def digits(written: str) -> str:
    """Return each digit as a word; anything else is passed over."""
    return " ".join(_SMALL[int(c)] for c in written if c.isdecimal())


# How numbers are printed: points group thousands, a comma opens the decimals; a lone point is an English decimal.
WRITTEN = r"(?:\d{1,3}(?:\.\d{3})+(?![\d])(?:,\d+)?|\d+(?:,\d+|\.\d{1,2}(?!\d|\.\d))?)"
_GROUPED = Form(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_LONGEST_FRACTION = 2


def parts(written: str) -> tuple[str, str]:
    """Return the whole and the decimal digits of a printed number.

    >>> parts("1.234,05"), parts("3.5")
    (('1234', '05'), ('3', '5'))
    """
    if "," not in written and "." in written and not _GROUPED.fullmatch(written):
        whole, _, fraction = written.partition(".")
    else:
        whole, _, fraction = written.replace(".", "").partition(",")
    return whole, fraction


@functools.lru_cache(maxsize=4096)
def read(written: str, *, gender: str = "m", apocope: bool = False) -> str:
    """Read a printed number. Leading zeros make it a code, said digit by digit.

    >>> read("1.234,05"), read("007"), read("2.0")
    ('milleduecentotrentaquattro virgola zero cinque', 'zero zero sette', 'due punto zero')
    """
    whole, fraction = parts(written)
    coded = len(whole) > 1 and whole[0] == "0"
    if coded or len(whole) > _LONGEST:
        said = digits(whole)
    else:
        said = cardinal(int(whole), gender=gender, apocope=apocope and not fraction)
    if not fraction:
        return said
    significant = fraction.lstrip("0")
    zeros = ["zero"] * (len(fraction) - len(significant))
    # Two decimals are one number to the ear; more are said one by one, which nobody can mishear.
    spelled = len(fraction) > _LONGEST_FRACTION or not significant
    tail = digits(significant) if spelled else cardinal(int(significant))
    mark = "virgola" if "," in written or _GROUPED.fullmatch(written) else "punto"
    return " ".join([said, mark, *zeros, *([tail] if tail else [])])


def letters(written: str) -> str:
    """Return the names of the letters: "BCE" is "bi ci e"."""
    return " ".join(_LETTER_NAMES.get(c, c) for c in written.lower() if c.isalpha())


def _below_million(number: int) -> str:
    thousands, rest = divmod(number, 1000)
    head = "mille" if thousands == 1 else f"{_below_thousand(thousands)}mila" if thousands else ""
    return head + (_below_thousand(rest) if rest or not thousands else "")


def _below_thousand(number: int) -> str:
    hundreds, rest = divmod(number, 100)
    head = "" if not hundreds else "cento" if hundreds == 1 else f"{_SMALL[hundreds]}cento"
    if not rest and hundreds:
        return head
    # centottanta, duecentotto: of the two vowels that meet, one is said.
    if rest == 8 or rest // 10 == 8:  # noqa: PLR2004 - eight and eighty
        head = head.removesuffix("o")
    if rest < 20:  # noqa: PLR2004 - the words of their own end here
        return head + _SMALL[rest]
    tens, unit = divmod(rest, 10)
    word = _TENS[tens]
    if not unit:
        return head + word
    # ventuno, ventotto: the ten loses its vowel before one.
    return head + (word[:-1] if unit in {1, 8} else word) + _SMALL[unit]


def _accented(word: str) -> str:
    return word[:-1] + "é" if word.endswith("tre") and word != "tre" else word


def _ordinal(number: int) -> str:
    if number <= 10:  # noqa: PLR2004 - the ordinals of their own end here
        return _FIRST_ORDINALS[number]
    if number % 100 == 10:  # noqa: PLR2004 - 110 is centodecimo
        return cardinal(number - 10) + "decimo"
    word = cardinal(number).replace(" ", "")
    if number % 1_000_000 == 0 and word.startswith("un"):
        word = word.removeprefix("un")
    if number % 10 in {3, 6} and number % 100 not in {13, 16}:
        return word.replace("é", "e") + "esimo"
    if word.endswith("mila"):
        return word[:-4] + "millesimo"
    return word[:-1] + "esimo"
