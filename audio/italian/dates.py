"""Days, months, years and decades, in the forms of the press."""

from __future__ import annotations

import re

from audio.italian import numbers
from audio.italian.forms import Form
from audio.italian.rules import SIGN, Hit, Rule, after, before, last_words

MONTHS = tuple("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre".split())
_MONTH = "|".join(MONTHS)
# "28 sett. di gestazione", "6 sett. consecutive" are weeks.
_SHORT = r"genn? febb?r? mar apr magg? giu lug ago sett?(?!\.\s(?:di\s(?:gest|grav|vita|stop)|consec|fa\b)) ott nov dic"
_SHORT_FORM = "|".join(_SHORT.split())
_SHORT_MONTHS = {name[:3]: name for name in MONTHS}
_MAX_DAY, _MAX_MONTH = 31, 12
_DAY = r"(?:[12]\d|3[01]|0?[1-9])"

# A slash between two numbers is a date where a day is due, else a fraction.
_BEFORE_DAY = frozenset(
    "il del dal al entro nel lunedì martedì mercoledì giovedì venerdì sabato domenica scadenza scad l dell dall all nato nata "
    "lun mar mart mer merc gio giov ven sab dom da oggi ieri domani inizio lez termine fine lezioni cedola natale pasqua stacco".split(
        " "
    )
)
_ROW_OF_DAYS = Form(r"(?<![\w/])(?:\d{1,2}/\d{1,2}(?:, | e )){1,6}\d{1,2}/\d{1,2}(?![\w/])")
_LONGEST_ROW = 48
_OF = Form(r" (?:dei|degli|delle|della|dell'|del|dello|di)\b")
_MARK_BEFORE = Form(r"(?:^|[:;,(]) ?$")
_TOWN_AFTER = Form(r" [A-ZÀ-Þ]|[,;)]|$")
_UNTIL = Form(r"\b(?:fino al|sino al|entro il|[sS]cade il) ?$")
# "dal 21.1 (ore 8) al 10.2".
_FROM, _TO = Form(r"\bdal $"), Form(r"[^.;]{0,16} al \d{1,2}\.\d{1,2}(?!\d)")
_SPAN_BEFORE = Form(r"\bdal \d{1,2}\.\d{1,2}\b[^.;]{0,16} al $")
_MEASURED = Form(r" ?(?:[%‰€$°]|per |milion|miliard|mila|euro|dollar|punt|grad|metr|chil|volte)")
_FOR = Form(r"\b(?:x|per|da|in|dopo|oltre|circa|quasi|almeno|altre|ogni|tra|fra) $")
_WEEK = dict(
    zip(
        "lun mar mer gio ven sab dom".split(),
        "lunedì martedì mercoledì giovedì venerdì sabato domenica".split(),
        strict=True,
    )
)
_SHORT_DAY = "lun|mar|mer|gio|ven|sab|dom"


def day(number: str, *, elided: bool = False) -> str:
    """Return the day of a month: the first alone is a rank (but "l'uno", after an elided article)."""
    value = int(number)
    return "primo" if value == 1 and not elided else numbers.cardinal(value)


def year(written: str) -> str:
    """Return a year; two digits stay two, nobody said which century."""
    return numbers.read(written)


def is_day(number: str, month: str) -> bool:
    """Say whether two short numbers can be a day and its month."""
    return max(len(number), len(month)) <= len("31") and 1 <= int(number) <= _MAX_DAY and 1 <= int(month) <= _MAX_MONTH


def _full(found: re.Match[str]) -> str | None:
    first, second, last = re.split(r"[./-]", re.sub("[°º']", "", found[0]))
    if len(first) == len("2025"):
        first, last = last, first
    if not (1 <= int(first) <= _MAX_DAY and 1 <= int(second) <= _MAX_MONTH):
        return None
    return f"{day(first, elided=before(found).endswith(chr(39)))} {MONTHS[int(second) - 1]} {year(last)}"


def _with_month(found: re.Match[str]) -> Hit | None:
    elided = before(found).endswith("'")
    days = [day(part.rstrip("°ºo"), elided=elided) for part in re.split(r" ?[-–/] ?", found["d_days"])]
    if found["d_short"] and found["d_short"].startswith("set") and _FOR.search(before(found, 10)):
        return None  # "cig per 12 sett."
    if found["d_short"]:
        month = _SHORT_MONTHS[found["d_short"][:3].lower()]
        last = re.search(r"\d+$", found[0])
        tail = f" {month} {year(last[0])}" if last else f" {month}"
        return Hit(" ".join(days) + tail, found.end())
    return Hit(" ".join(days), found.end("d_days"))


def _span_of_days(found: re.Match[str]) -> str:
    return day("1", elided=before(found).endswith("'"))


def _slashed(found: re.Match[str]) -> str | None:
    written, second = found[0].split("/")
    first = written.rstrip("°º")
    if not is_day(first, second) or _OF.match(after(found)):
        return None
    words = last_words(found, 1)
    if written == first and (not words or words[0] not in _BEFORE_DAY) and not _is_listed(found):
        return None
    return f"{day(first, elided=before(found).endswith(chr(39)))} {MONTHS[int(second) - 1]}"


def _is_listed(found: re.Match[str]) -> bool:
    """Tell one of several days in a row, some day of which is no month: "in tre rate: 30/4, 31/7 e 2/12"."""
    rows = _ROW_OF_DAYS.finditer(found.string, max(0, found.start() - _LONGEST_ROW))
    row = next((row[0] for row in rows if row.start() <= found.start() < row.end()), "")
    pairs = [pair.split("/") for pair in re.findall(r"\d+/\d+", row)]
    return all(is_day(*pair) for pair in pairs) and any(int(first) > _MAX_MONTH for first, _ in pairs)


def _span_slashed(found: re.Match[str]) -> str | None:
    """Read "il 27-30/11", days of one month."""
    first, second, month = re.split(r" ?[-–] ?|/", found[0])
    words = last_words(found, 1)
    # "in tour: 11-12/6 Torino, 16-17/6 Bologna".
    is_listed = _MARK_BEFORE.search(before(found, 3)) and _TOWN_AFTER.match(after(found, 3))
    if int(first) >= int(second) or not (is_listed or (words and words[0] in _BEFORE_DAY)):
        return None
    return f"{day(first, elided=before(found).endswith(chr(39)))} {day(second)} {MONTHS[int(month) - 1]}"


def _pointed(found: re.Match[str]) -> str | None:
    """Read "fino al 12.1" as a day and its month."""
    first, second = found[0].split(".")
    is_span = (_FROM.search(before(found, 6)) and _TO.match(after(found))) or _SPAN_BEFORE.search(before(found, 30))
    is_due = (
        is_day(first, second) and (_UNTIL.search(before(found, 12)) or is_span) and not _MEASURED.match(after(found))
    )
    return f"{day(first)} {MONTHS[int(second) - 1]}" if is_due else None


def _years(found: re.Match[str]) -> str:
    first, *last = (part.strip("'") for part in re.split(r" ?[-–/] ?", found[0]))
    # "1202-04" ends in no nought.
    whole = [f"{first[:-2]}{part}" if part[0] == "0" and len(first) > len(part) else part for part in last]
    return " ".join(map(year, (first, *whole)))


def _days_of_week(found: re.Match[str]) -> str:
    """Read "lun-ven" and the "sab" of "sab 9-13"."""
    return " ".join(_WEEK[part.lower()] for part in re.findall(r"[^\W\d_]+", found[0]))


RULES = (
    Rule("date", r"(?<![\w.,/-])\d{4}-\d{2}-\d{2}(?![\w-])", _full, "-"),
    Rule(
        "date",
        r"(?<![\w.,/-])(?:\d{1,2}|1[°º])(?P<d_sep>[./-])\d{1,2}(?P=d_sep)(?:\d{4}|'?\d{2})(?![\w/-]|[.,]\d)",
        _full,
        "/-.%",
    ),
    Rule(
        "date",
        rf"(?<![\w.,/-])(?P<d_days>(?:{_DAY}|1[°ºo])(?: ?[-–/] ?{_DAY})?)(?!\d)"
        rf"(?:(?= ?(?i:{_MONTH})\b)|[ -](?P<d_short>(?i:{_SHORT_FORM}))(?:\.?[ -]\d{{4}}(?!\d)|\.(?= ?[a-z,;)(–-]|$| '\d\d)|(?<!\D[1-5] set)(?=,| [-–] )))",
        _with_month,
        "a-/%.l",
    ),
    Rule("date", rf"(?<![\w.,/-])1[°º]?(?= (?:al|e il|e|o) {_DAY} (?i:{_MONTH})\b)", _span_of_days, "a%"),
    Rule("date", r"(?<![\w.,/-])(?:\d{1,2}|1[°º])/\d{1,2}(?![\w/]|[.,]\d)", _slashed, "/%"),
    Rule("date", r"(?<![\w.,/-])\d{1,2}\.\d{1,2}(?![\w/-]|[.,:]\d)", _pointed, "."),
    Rule("date", rf"(?<![\w.,/-]){_DAY} ?[-–] ?{_DAY}/(?:1[0-2]|0?[1-9])(?![\w/]|[.,]\d)", _span_slashed, "-"),
    Rule("years", r"(?<![\w.,/-])(?:1\d|20)\d\d ?[-–/] ?'?(?:(?:1\d|20)\d\d|\d\d)(?![\w-]|[.,]\d)", _years, "-/"),
    Rule("decade", r"(?<![\w'])'(?:\d\d(?: ?[-–/] ?'?\d\d)?|[2-9]00)(?![\w'])", _years, SIGN),
    Rule(
        "date",
        rf"(?<!\w)(?i:{_SHORT_DAY})\.? ?[-–/] ?(?i:{_SHORT_DAY})(?!\w)\.?",
        _days_of_week,
        "wWHJD",
        "lmgvsdLMGVSD",
    ),
    Rule(
        "date",
        r"(?<!\w)(?i:lun|mer|gio|ven|sab|dom)(?= \d{1,2}(?:[.:]\d\d)? ?[-–])",
        _days_of_week,
        "wW",
        "lmgvsdLMGVSD",
    ),
)
