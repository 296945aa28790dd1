"""Numbers in Italian words: cardinals, ordinals, decimals, digits and letters.

Forms after the usage of Italian grammars and newsreaders: "centodiciotto", "ventitré", "un milione duecentomila",
"centodecimo", decimals with "virgola".
"""

from __future__ import annotations

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
_BEYOND = 10**18
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
    "w": "doppia vu",
    "x": "ics",
    "y": "ipsilon",
    "z": "zeta",
}


def cardinal(number: int) -> str:
    """Return a whole number in words, masculine; beyond 10^18 digit by digit, as nobody reads such a number.

    >>> cardinal(118), cardinal(1_001_000), cardinal(-3)
    ('centodiciotto', 'un milione mille', 'meno tre')
    """
    if number < 0:
        return f"meno {cardinal(-number)}"
    if number >= _BEYOND:
        return digits(str(number))
    parts: list[str] = []
    rest = number
    for size, one, many in _GROUPS:
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"un {one}" if count == 1 else f"{cardinal(count)} {many}")
    if rest or not parts:
        parts.append(_accented(_below_million(rest)))
    return " ".join(parts)


def ordinal(number: int, *, feminine: bool = False) -> str:
    """Return an ordinal in words.

    >>> ordinal(21, feminine=True), ordinal(23), ordinal(110), ordinal(1000)
    ('ventunesima', 'ventitreesimo', 'centodecimo', 'millesimo')
    """
    word = _ordinal(number)
    return word[:-1] + "a" if feminine else word


def digits(written: str) -> str:
    """Return each digit as a word; anything else is passed over."""
    return " ".join(_SMALL[int(c)] for c in written if c.isdecimal())


def decimal(whole: str, fraction: str) -> str:
    """Return "3" and "05" as "tre virgola zero cinque": leading zeros are said, long fractions digit by digit.

    >>> decimal("18", "75"), decimal("0", "05"), decimal("3", "1416")
    ('diciotto virgola settantacinque', 'zero virgola zero cinque', 'tre virgola uno quattro uno sei')
    """
    significant = fraction.lstrip("0")
    zeros = " ".join(["zero"] * (len(fraction) - len(significant)))
    spelled = len(significant) > 2  # noqa: PLR2004 - a newsreader groups two decimals and spells the rest
    said = digits(significant) if spelled or not significant else cardinal(int(significant))
    return f"{cardinal(int(whole))} virgola {' '.join(filter(None, (zeros, said)))}"


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
    if number % 10 in {3, 6} and number % 100 not in {13, 16}:
        return word.replace("é", "e") + "esimo"
    if word.endswith("mila"):
        return word[:-4] + "millesimo" if number % 1_000_000 else word + "esimo"
    if word == "mille" or word.endswith("mille"):
        return word[:-1] + "simo"
    return word[:-1] + "esimo"
