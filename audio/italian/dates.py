"""Days, months, years, decades and the clock, in the forms of the press."""

from __future__ import annotations

import re

from audio.italian import gender, numbers
from audio.italian.rules import Hit, Rule, after, before

MONTHS = tuple("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split())
_MONTH = "|".join(MONTHS)
_SHORT = "gen feb mar apr mag giu lug ago sett? ott nov dic"
_SHORT_MONTHS = {name[:3]: name for name in MONTHS}
_MAX_DAY, _MAX_MONTH = 31, 12
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"

# A slash between two numbers is a date where a day is due, else a fraction.
_DATE_BEFORE = re.compile(
    r"(?:\b(?:il|del|dal|al|entro il|fino al|nel|lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|scadenza)|"
    r"\b(?:l|dell|dall|all)') ?$",
    re.IGNORECASE,
)
_CLOCK_BEFORE = re.compile(
    r"(?:\bor[ae]|\b(?:alle|dalle|delle|le|sulle)|\b(?:all|dall|dell|l)'|\bh\.?|\bmezzogiorno|\bmezzanotte|"
    r"\bmattin[ao]|\bsera|\bnotte|\bpomeriggio)[ (,]*(?:[\d.:]{4,5} ?[-–/] ?)?$|\b\d{1,2}[.:][0-5]\d ?[-–] ?$",
    re.IGNORECASE,
)
_CLOCK_AFTER = re.compile(r" ?[-–] ?(?:[01]?\d|2[0-4])[.:][0-5]\d(?!\d)")
_NO_CLOCK_AFTER = re.compile(r" ?(?:euro|[€$£%]|milion|miliard|ml[nd]\b|dollar|metri|punti|volte|km\b|kg\b)")
_ORDINAL_MINUTE = re.compile(r"\b(?:al|dal|nel|il|del) $", re.IGNORECASE)


def day(number: str, *, elided: bool = False) -> str:
    """Return the day of a month: the first alone is a rank (but "l'uno", after an elided article)."""
    value = int(number)
    return "primo" if value == 1 and not elided else numbers.cardinal(value)


def year(written: str) -> str:
    """Return a year; two digits stay two, nobody said which century."""
    return numbers.read(written)


def _full(found: re.Match[str]) -> str | None:
    first, second, last = re.split(r"[./-]", found[0])
    if len(first) == len("2025"):
        first, last = last, first
    if not (1 <= int(first) <= _MAX_DAY and 1 <= int(second) <= _MAX_MONTH):
        return None
    return f"{day(first, elided=before(found).endswith(chr(39)))} {MONTHS[int(second) - 1]} {year(last)}"


def _with_month(found: re.Match[str]) -> Hit | None:
    elided = before(found).endswith("'")
    days = [day(part.rstrip("°º"), elided=elided) for part in re.split(r" ?[-–/] ?", found["d_days"])]
    if found["d_short"]:
        month = _SHORT_MONTHS[found["d_short"][:3].lower()]
        last = re.search(r"\d+$", found[0])
        tail = f" {month} {year(last[0])}" if last else f" {month}"
        return Hit(" ".join(days) + tail, found.end())
    return Hit(" ".join(days), found.end("d_days"))


def _span_of_days(found: re.Match[str]) -> str | None:
    return "primo" if found[0].startswith("1") else None


def _slashed(found: re.Match[str]) -> str | None:
    first, second = found[0].split("/")
    if not (1 <= int(first) <= _MAX_DAY and 1 <= int(second) <= _MAX_MONTH) or not _DATE_BEFORE.search(before(found)):
        return None
    return f"{day(first, elided=before(found).endswith(chr(39)))} {MONTHS[int(second) - 1]}"


def _years(found: re.Match[str]) -> str:
    return " ".join(year(part.strip("'")) for part in re.split(r" ?[-–/] ?", found[0]))


def _clock(found: re.Match[str]) -> str | None:
    dotted = found["t_sep"] == "."
    tail = after(found)
    if dotted and not (_CLOCK_BEFORE.search(before(found)) or _CLOCK_AFTER.match(tail)):
        return None
    if _NO_CLOCK_AFTER.match(tail):
        return None
    return clock(found["t_h"], found["t_m"])


def clock(hours: str, minutes: str) -> str:
    """Return a time of day: "18", "30" is "diciotto e trenta", "1", "00" is "una".

    >>> clock("20", "05"), clock("1", "15"), clock("00", "30")
    ('venti e cinque', 'una e quindici', 'zero e trenta')
    """
    said = "una" if int(hours) == 1 else numbers.cardinal(int(hours))
    return f"{said} e {numbers.cardinal(int(minutes))}" if int(minutes) else said


def _hour(found: re.Match[str]) -> str | None:
    if found[0][1:] == "24":
        return None  # open round the clock
    hours, minutes = found["h_h"], found["h_m"]
    return f"ore {clock(hours, minutes or '0')}"


def _french(found: re.Match[str]) -> str:
    return clock(found["hh_h"], found["hh_m"])


def _chronometer(found: re.Match[str]) -> str:
    parts = re.findall(r"\d+", found[0])
    return " ".join(
        numbers.cardinal(int(part)) if len(part) > 1 and part[0] != "0" else numbers.read(part) for part in parts
    )


def _minutes(found: re.Match[str]) -> str | None:
    """Read "al 35'" as a rank (sport), "dopo 20'" as a length."""
    value = int(found["n_m"])
    if found["n_plus"]:
        said = numbers.ordinal(value) if _ORDINAL_MINUTE.search(before(found)) else numbers.cardinal(value)
        return f"{said} più {numbers.cardinal(int(found['n_plus']))}"
    if found["n_s"]:
        seconds = numbers.cardinal(int(found["n_s"]))
        return f"{_count(value, 'minuto', 'minuti')} e {seconds}"
    if _ORDINAL_MINUTE.search(before(found)):
        return numbers.ordinal(value)
    return _count(value, "minuto", "minuti")


def _count(value: int, one: str, many: str) -> str:
    return f"{gender.one(one)[0]} {one}" if value == 1 else f"{numbers.cardinal(value)} {many}"


def _seconds(found: re.Match[str]) -> str:
    whole, _, rest = found[0].partition("''")
    return f"{_count(int(whole), 'secondo', 'secondi')}{' e ' + numbers.read(rest) if rest else ''}"


_SHORT_FORM = "|".join(_SHORT.split())
RULES = (
    Rule("date", r"(?<![\w.,/-])\d{4}-\d{2}-\d{2}(?![\w-])", _full),
    Rule("date", r"(?<![\w.,/-])\d{1,2}(?P<d_sep>[./-])\d{1,2}(?P=d_sep)(?:\d{4}|\d{2})(?![\w/-]|[.,]\d)", _full),
    Rule(
        "date",
        rf"(?<![\w.,/-])(?P<d_days>(?:{_DAY}|1[°º])(?: ?[-–/] ?{_DAY})?)(?!\d)"
        rf"(?:(?= ?(?i:{_MONTH})\b)|[ -](?P<d_short>(?i:{_SHORT_FORM}))(?:\.?[ -]\d{{4}}(?!\d)|\.(?= ?[a-z,;)(–-])))",
        _with_month,
    ),
    Rule("date", rf"(?<![\w.,/-])1[°º]?(?= (?:al|e il|e|o) {_DAY} (?i:{_MONTH})\b)", _span_of_days),
    Rule("date", r"(?<![\w.,/-])\d{1,2}/\d{1,2}(?![\w/]|[.,]\d)", _slashed),
    Rule("years", r"(?<![\w.,/-])(?:1\d|20)\d\d ?[-–/] ?'?(?:(?:1\d|20)\d\d|\d\d)(?![\w-]|[.,]\d)", _years),
    Rule("decade", r"(?<![\w'])'(?:\d\d(?: ?[-–/] ?'?\d\d)?|[2-9]00)(?![\w'])", _years),
    Rule("time", r"(?<![\w.,:'])\d{1,2}:[0-5]\d[.:,]\d{1,3}(?![\w:])", _chronometer),
    Rule("time", r"(?<![\w.,:])(?P<t_h>[01]?\d|2[0-4])(?P<t_sep>[:.])(?P<t_m>[0-5]\d)(?!\w|[:.,]\d)", _clock),
    Rule("time", r"(?<![\w.,])(?P<hh_h>[01]?\d|2[0-4])[hH](?P<hh_m>[0-5]\d)(?!\w)", _french),
    Rule("time", r"(?<![\w.,])\d{1,2}''(?:\d{1,2})?(?![\w'])", _seconds),
    Rule(
        "time",
        r"(?<![\w.,'])(?P<n_m>\d{1,3})'(?:(?P<n_s>\d{1,2})''|\+(?P<n_plus>\d{1,2})'?)?(?![\w'])",
        _minutes,
    ),
)
WORD_RULES = (
    Rule(
        "time",
        r"(?<![\w.])[hH]\.? ?(?P<h_h>[01]?\d|2[0-4])(?:[:.,](?P<h_m>[0-5]\d))?(?!\w|[.,:]\d)",
        _hour,
    ),
)
