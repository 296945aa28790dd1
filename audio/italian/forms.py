"""How a number is written in Italian, and its plain reading."""

from __future__ import annotations

from audio.italian import numbers

# Points group thousands, a comma opens the decimals; a number never begins or ends inside another. The possessive
# forms keep a long run of digits from being tried at each of its places.
NUMBER = r"(?<![\d])(?:\d{1,3}(?:\.\d{3})+(?!\d)(?:,\d+)?|\d+(?:,\d+)?)(?!\d)"


def read_number(written: str) -> str:
    """Read "1.234.567,89" or "2025".

    >>> read_number("1.234.567"), read_number("18,7"), read_number("007")
    ('un milione duecentotrentaquattromilacinquecentosessantasette', 'diciotto virgola sette', 'zero zero sette')
    """
    whole, _, fraction = written.replace(".", "").partition(",")
    return numbers.decimal(whole, fraction) if fraction else cardinal_of(whole)


def cardinal_of(written: str) -> str:
    """Read plain digits as a number; leading zeros make it a code, said digit by digit."""
    if len(written) > 1 and written[0] == "0":
        return numbers.digits(written)
    return numbers.cardinal(int(written))
