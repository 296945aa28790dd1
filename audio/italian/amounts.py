"""Money, scaled numbers, units of measure: whatever stands beside a number and is said with it."""

from __future__ import annotations

import re

from audio.italian import numbers
from audio.italian.forms import NUMBER, read_number
from audio.italian.tables import rows

_CURRENCIES = {
    "€": ("euro", "euro"),
    "EUR": ("euro", "euro"),
    "euro": ("euro", "euro"),
    "$": ("dollaro", "dollari"),
    "US$": ("dollaro", "dollari"),
    "USD": ("dollaro", "dollari"),
    "£": ("sterlina", "sterline"),
    "GBP": ("sterlina", "sterline"),
    "CHF": ("franco svizzero", "franchi svizzeri"),
    "¥": ("yen", "yen"),
}
_SCALES = {
    "mln": ("milione", "milioni"),
    "mil.": ("milione", "milioni"),
    "mld": ("miliardo", "miliardi"),
    "mrd": ("miliardo", "miliardi"),
    "milioni": ("milione", "milioni"),
    "milione": ("milione", "milioni"),
    "miliardi": ("miliardo", "miliardi"),
    "miliardo": ("miliardo", "miliardi"),
    "mila": ("mila", "mila"),
}
_SYMBOL = r"(?:US)?\$|€|£|¥|(?:EUR|USD|GBP|CHF)(?!\w)"
_SCALE = r"(?:mln|mld|mrd|milioni|milione|miliardi|miliardo|mila)(?!\w)"
PATTERN = (
    rf"(?P<a_before>{_SYMBOL}) ?(?P<a_num1>{NUMBER})(?: ?(?P<a_scale1>{_SCALE}))?"
    rf"|(?<![\w.,])(?P<a_num2>{NUMBER}) ?(?:(?P<a_scale2>{_SCALE}) ?(?:di )?)?(?P<a_after>{_SYMBOL}|euro(?!\w))"
    rf"|(?<![\w.,])(?P<a_num3>{NUMBER}) ?(?P<a_scale3>(?!mila){_SCALE})"
)
_CENTS = 2


def read(found: re.Match[str]) -> str:
    """Read an amount: "€ 3,5 mld" is "tre virgola cinque miliardi di euro"."""
    number = found["a_num1"] or found["a_num2"] or found["a_num3"]
    scale = found["a_scale1"] or found["a_scale2"] or found["a_scale3"]
    symbol = (found["a_before"] or found["a_after"] or "").strip()
    currency = _CURRENCIES.get(symbol)
    if scale == "mila":
        return f"{scaled_thousands(number)} {currency[1] if currency else ''}".strip()
    if scale:
        one, many = _SCALES[scale]
        said = f"un {one}" if number == "1" else f"{read_number(number)} {many}"
        return f"{said} di {currency[1]}" if currency else said
    return _money(number, *(currency or ("", "")))


def measure(found: re.Match[str]) -> str | None:
    """Read a number with its unit: "1 kg" is "un chilo", "38 °C" is "trentotto gradi"."""
    number, unit = found["m_num"], found["m_unit"]
    # "1°" and "3°" are ordinals as often as temperatures: without a C, and without a word of weather, first the rank.
    if unit == "°" and not re.search(r"(?:temperatur|gradi|minim|massim)\w* .{0,20}$", found.string[: found.start()]):
        return _rank(found)
    one, many = next((row[1], row[2]) for row in rows("units") if row[0] == unit)
    if number == "1" and one != many:
        return f"{'una' if one.split()[0].endswith('a') else 'un'} {one}"
    return f"{read_number(number)} {many}"


def thousands(found: re.Match[str]) -> str:
    """Read "15mila" as one word."""
    return scaled_thousands(found["k_num"])


def scaled_thousands(number: str) -> str:
    """Read a number of thousands: "15" is "quindicimila", "1,5" is "millecinquecento"."""
    whole, _, fraction = number.replace(".", "").partition(",")
    if len(fraction) > 3:  # noqa: PLR2004 - more decimals than a thousand has
        return f"{read_number(number)} mila"
    return numbers.cardinal(int(whole) * 1000 + int(fraction.ljust(3, "0") or "0"))


def _rank(found: re.Match[str]) -> str:
    value = found["m_num"]
    if not value.isdecimal() or value == "0" or int(value) > 100:  # noqa: PLR2004 - nobody ranks so far down with a sign
        return f"{read_number(value)} gradi"
    return numbers.ordinal(int(value))


def _money(number: str, one: str, many: str) -> str:
    whole, _, fraction = number.replace(".", "").partition(",")
    if whole == "1" and not fraction:
        return f"{'una' if one.endswith('a') else 'un'} {one}"
    if len(fraction) != _CENTS or many == "yen":
        return f"{read_number(number)} {many}"
    # A whole number of millions takes "di" before its currency; cents are said after it.
    said = f"{'un' if whole == '1' else numbers.cardinal(int(whole))} {one if whole == '1' else many}"
    if one.endswith("a") and whole == "1":
        said = f"una {one}"
    return said if fraction == "00" else f"{said} e {numbers.cardinal(int(fraction))}"
