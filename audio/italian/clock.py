"""The clock and the stopwatch, in the forms of the press: hours, minutes of a match, lengths."""

from __future__ import annotations

import re

from audio.italian import gender, money, numbers
from audio.italian.forms import Form
from audio.italian.rules import SIGN, Hit, Rule, before, last_words

# Hours are due after these; between them and the hour nothing but another hour.
_BEFORE_HOUR = frozenset(
    "ore ora alle dalle delle le sulle all dall dell h mezzogiorno mezzanotte mattina mattino sera notte pomeriggio verso "
    "stasera stamattina stamani oggi domani dopodomani ieri fino orario inizio sorge tramonta tram leva cala alba tramonto "
    "partenza partenze arrivo arrivi".split(" ")
)
_BY = frozenset("entro verso prima dopo per tra".split(" "))
_CLOCK_ALONE = frozenset("ore alle dalle".split(" "))
# After these a point between two numbers opens decimals or a paragraph.
_BEFORE_POINT = frozenset(
    "versione release v art articolo par punto comma indice voto media magnitudo tasso cambio quota spread valore prezzo "
    "euro dollari capitolo paragrafo n numero pari punteggio".split(" ")
)
_CLOCK_AFTER = Form(r" ?[-–/] ?(?:[01]?\d|2[0-4])[.:][0-5]\d(?!\d)")
_CLOCK_JUST_BEFORE = Form(r"\d{1,2}[.:][0-5]\d ?[-–/] ?$")
# "le fasce 5.30-8.29 e 17-19.59": an hour without minutes before it, where the line has clocks.
_HOURS_BEFORE = Form(r"\d{1,2}[.:][0-5]\d(?!\d).*(?<![\d.,])(?:[01]?\d|2[0-4]) ?[-–] ?$")
# "7.12, 9.40": a row of a timetable, without a word.
_CLOCK_LISTED_AFTER = Form(r"[,;] (?:[01]?\d|2[0-3])\.[0-5]\d(?!\d)")
_CLOCK_LISTED_BEFORE = Form(r"(?<![\d.,])\d{1,2}\.[0-5]\d[,;] $")
_NO_CLOCK_AFTER = Form(r" (?:euro|milion|miliard|dollar|metri|punti|volte|sterlin|per cento|gradi|chilometri)")
_ORDINAL_MINUTE = Form(r"(?:\b(?:al|dal|nel|il|del) |l')$", re.IGNORECASE)
# "(54' Pulisic)", "12' Vlahovic": who scores, after a mark and not after a word.
_SCORER_BEFORE = Form(r"(?:^|[(,;:] ?)$")
_SCORER_AFTER = Form(r" (?:\(?(?:rig|aut)\.?\)? )?[A-ZÀ-Þ][a-zà-ÿ]")
# "2-1: Lautaro 23', Leao 41'": the same after the name, where the line has a score, or in brackets of minutes alone.
_NAME_BEFORE = Form(r"[A-ZÀ-Þ][\w'’.]+ $")
# "(8' e 52' Baldanzi": the first of a scorer's two.
_TWICE_AFTER = Form(r"(?:, | e )\d{1,3}' [A-ZÀ-Þ][a-zà-ÿ]")
_TWICE_BEFORE = Form(r"[(,;:] ?\d{1,3}'(?:, | e )$")
_LIST_AFTER = Form(r" ?(?:[,;)]|$|\(?(?:rig|aut)\b)")
_RESULT = Form(r"(?<![\w.-])\d{1,2}-\d{1,2}(?![\w-])")
_MINUTES_BEFORE = Form(r"(?:^|[\w:,.] ?)\((?:\d{1,3}'(?:\+\d)?(?:, ?| e ))*$")
_MINUTES_AFTER = Form(r"(?:(?:, ?| e )\d{1,3}'(?:\+\d)?'?)*\)")
_LONGEST_GAME = 120
_TIMES = (("ora", "ore"), ("minuto", "minuti"), ("secondo", "secondi"))
_HOUR, _MINUTE, _SECOND = _TIMES
# `0"161` has as many figures as its parts of a second.
_PARTS = (("decimo", "decimi"), ("centesimo", "centesimi"), ("millesimo", "millesimi"))
_QUOTED = Form(r"(?<!\w)'$")
_BEFORE_SECONDS = Form(
    r"(?:\d' e|(?:^|\s)(?:[ad]i?|in|da|per|con|dopo|entro|oltre|circa|ogni|soli|ultimi|primi)) [+-]?$"
)
_SCREENS = frozenset(
    "tv televisore televisori schermo monitor display tablet pannello notebook laptop portatile pc smartphone".split(
        " "
    )
)
_QUOTE_MARK = Form(r"(?<!\d)\"")
_HALF = Form(r" ?(?P<half>[12p]\.? ?t\.?|st)(?!\w)")
_HALVES = {"1": "primo", "p": "primo", "2": "secondo", "s": "secondo"}
# "7.00 Unomattina; 8.05 Radio anch'io": what is on, and when.
_LISTING, _TITLE_AFTER = Form(r"; \d{1,2}\.\d[05]$|^\d{1,2}\.00$"), Form(r" [«“\"]?[A-ZÀ-Þ]")
# A clock without any word that says so: two figures of hours, minutes of the kind that timetables print.
_TIMETABLE_HOURS, _TIMETABLE_STEP = range(6, 24), 5


def _clock(found: re.Match[str]) -> str | None:
    if _NO_CLOCK_AFTER.match(found.string, found.end()) or money.counts(found.string, found.end()):
        return None
    mark = found["t_sep"]
    if mark == ":" and found["t_h"] == "1" and not _BEFORE_HOUR & set(last_words(found, 1)):
        return None  # "in scala 1:43"
    return clock(found["t_h"], found["t_m"]) if mark == ":" or _is_hour(found, mark) else None


def _is_hour(found: re.Match[str], mark: str) -> bool:
    """Tell "alle 10.30" from a decimal or a paragraph."""
    words = last_words(found, 2)
    last = words[0] if words else ""
    if mark == ",":
        return last in _CLOCK_ALONE or (last == "le" and bool(_BY & set(words)))
    left = before(found, 8)
    if (
        _HOURS_BEFORE.search(before(found, 60))
        or last in _BEFORE_HOUR
        or _CLOCK_AFTER.match(found.string, found.end())
        or _CLOCK_JUST_BEFORE.search(left)
    ):
        return True
    if not words and (_CLOCK_LISTED_AFTER.match(found.string, found.end()) or _CLOCK_LISTED_BEFORE.search(left)):
        return True
    if _LISTING.search(left + found[0]) and _TITLE_AFTER.match(found.string, found.end()):
        return True
    if last == "e" and _CLOCK_ALONE & set(last_words(found, 5)):
        return True
    is_timetable = len(found["t_h"]) > 1 and int(found["t_h"]) in _TIMETABLE_HOURS
    return is_timetable and not int(found["t_m"]) % _TIMETABLE_STEP and not _BEFORE_POINT & set(words)


def clock(hours: str, minutes: str) -> str:
    """Return a time of day: "18", "30" is "diciotto e trenta", "1", "00" is "una".

    >>> clock("20", "05"), clock("1", "15"), clock("00", "30")
    ('venti e cinque', 'una e quindici', 'zero e trenta')
    """
    said = "una" if int(hours) == 1 else numbers.cardinal(int(hours))
    return f"{said} e {numbers.cardinal(int(minutes))}" if int(minutes) else said


def _hour(found: re.Match[str]) -> str | None:
    if found[0][1:].strip() == "24" and last_words(found, 1)[:1] != ["alle"]:
        return None  # open round the clock
    hours, minutes = found["h_h"], found["h_m"]
    said = clock(hours, minutes or "0")
    return said if last_words(found, 1)[:1] in (["ore"], ["alle"], ["dalle"]) else f"ore {said}"


def _french(found: re.Match[str]) -> str:
    """Read "14h30" as a time, "1h45'" as a length."""
    hours, minutes = found["hh_h"], found["hh_m"]
    if len(hours) == 1:
        return f"{_count(int(hours), _HOUR)} e {numbers.cardinal(int(minutes))}"
    return clock(hours, minutes)


def _race(found: re.Match[str]) -> str:
    """Read `2h04'31"` and `1h21'08"429`, the time of a race."""
    *values, rest = found.groups()
    said = [_count(int(value), name) for value, name in zip(values, _TIMES, strict=True)]
    return _together([*said, numbers.read(rest)] if rest else said)


def _length(found: re.Match[str]) -> str:
    """Read "1h 40m", which is a length whatever the hour."""
    return _together([_count(int(found["hm_h"]), _HOUR), _count(int(found["hm_m"]), _MINUTE)])


def _chronometer(found: re.Match[str]) -> str | None:
    """Read "2:04:15" in hours, minutes and seconds, "1:02.34" in minutes and seconds."""
    if found[0].endswith(".000"):
        return None  # the scale of a map
    clock_part, _, hundredths = found[0].replace(",", ".").partition(".") if ":" in found[0] else (found[0], "", "")
    values = [int(part) for part in re.split("[:.]", clock_part)]
    names = _TIMES[-len(values) :]
    said = [_count(value, name) for value, name in zip(values, names, strict=True) if value]
    if hundredths:
        said.append(numbers.read(hundredths))
    return _together(said) if said else "zero"


def _together(parts: list[str]) -> str:
    """Join what is said: commas, and an "e" before the last."""
    return " e ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))


def _minutes(found: re.Match[str]) -> Hit | None:
    """Read "al 35'" as a rank (sport), "dopo 20'" as a length; "st" after it is the second half."""
    value, end = int(found["n_m"]), found.end()
    if found[0] == f"{value}'" and _QUOTED.search(before(found, 2)):
        return None
    if found["n_s"] and not int(found["n_s"]) and not found["n_c"]:
        return Hit(_count(value, _MINUTE), end)
    if found["n_s"] and found["n_c"]:
        return Hit(
            _together([_count(value, _MINUTE), _count(int(found["n_s"]), _SECOND), numbers.read(found["n_c"])]), end
        )
    if found["n_s"]:
        rest = numbers.cardinal(int(found["n_s"]))
        return Hit(f"{_count(value, _MINUTE)} e {rest}", end)
    half = _HALF.match(found.string, end)
    tail, end = (f" del {_HALVES[half['half'][0]]} tempo", half.end()) if half else ("", end)
    if found["n_plus"]:
        tail = f" più {numbers.cardinal(int(found['n_plus']))}{tail}"
    is_scorer = _is_scorer(found, end)
    is_rank = half or is_scorer or _ORDINAL_MINUTE.search(before(found, 5))
    if is_rank or found["n_plus"]:
        return Hit((numbers.ordinal(value) if is_rank else numbers.cardinal(value)) + tail, end)
    return Hit(_count(value, _MINUTE), end)


def _is_scorer(found: re.Match[str], end: int) -> bool:
    """Tell the minute of a goal: beside the scorer's name, or alone in brackets after it."""
    line, left = found.string, before(found, 24)
    if int(found["n_m"]) > _LONGEST_GAME:
        return False
    is_first = _SCORER_BEFORE.search(left[-3:])
    if (is_first or _TWICE_BEFORE.search(left)) and _SCORER_AFTER.match(line, end):
        return True
    if is_first and _TWICE_AFTER.match(line, end) and left:
        return True
    if _MINUTES_BEFORE.search(left) and _MINUTES_AFTER.match(line, end):
        return True
    listed = _NAME_BEFORE.search(left) and _LIST_AFTER.match(line, end)
    return bool(listed and _RESULT.search(before(found, 100)))


def _count(value: int, name: tuple[str, str]) -> str:
    one, many = name
    if value == 1:
        word, elided = gender.one(one)
        return f"{word}{one}" if elided else f"{word} {one}"
    return f"{numbers.cardinal(value)} {many}"


def _is_screen(found: re.Match[str]) -> bool:
    return bool(_SCREENS & set(last_words(found, 4)))


def _seconds_or_inches(found: re.Match[str]) -> str:
    """Read `8,9"` as seconds, or as inches of a screen."""
    return f"{numbers.read(found[0][:-1].replace('.', ','))} {'pollici' if _is_screen(found) else 'secondi'}"


def _seconds_alone(found: re.Match[str]) -> str | None:
    """Read `55"` where a screen is spoken of, `a 12"` as a gap in a race; the mark may end a quotation instead."""
    if _is_screen(found):
        return f"{numbers.read(found[0][:-1])} pollici"
    closes = len(_QUOTE_MARK.findall(before(found, 200))) % 2
    is_length = not closes and _BEFORE_SECONDS.search(before(found, 12))
    return _count(int(found[0][:-1]), _SECOND) if is_length else None


def _seconds(found: re.Match[str]) -> str:
    whole, rest = re.split("''|\"", found[0])
    if not rest and _is_screen(found):
        return f"{numbers.cardinal(int(whole))} pollici"
    if rest and not int(whole):
        return _count(int(rest), _PARTS[len(rest) - 1])
    return f"{_count(int(whole), _SECOND)}{' e ' + numbers.read(rest) if rest else ''}"


def _gap(found: re.Match[str]) -> str:
    """Read `+1'12"3`, how far behind the winner."""
    minutes, seconds, rest = found["g_m"], int(found["g_s"]), found["g_c"]
    said = [_count(int(minutes), _MINUTE)] if minutes else []
    said += [_count(seconds, _SECOND) if not minutes else numbers.cardinal(seconds)]
    said += [numbers.read(rest)] if rest else []
    return f"{'più' if found[0][0] == '+' else 'meno'} {' e '.join(said)}"


RULES = (
    Rule(
        "time",
        r"(?<![\w.,])[+-](?:(?P<g_m>\d{1,2})' ?)?(?P<g_s>[0-5]?\d)(?:''|\")(?P<g_c>\d{1,3})?(?![\w'\"])",
        _gap,
        SIGN,
    ),
    Rule(
        "time",
        r"(?<![\w.,:'])\d{1,2}[:.][0-5]\d[:.][0-5]\d(?:[.,]\d{1,3})?(?![\w:.])|(?<![\w.,:'])\d{1,2}:[0-5]\d[.,]\d{1,3}(?![\w:])",
        _chronometer,
        ":.",
    ),
    Rule(
        "time",
        r"(?<![\w.,:])(?P<t_h>[01]?\d|2[0-4])(?P<t_sep>[:.,])(?P<t_m>[0-5]\d)(?![\w%€$°]|[:.,]\d)",
        _clock,
        ":.,",
    ),
    Rule(
        "time",
        r"(?<![\w.,])(\d{1,2}) ?h ?([0-5]?\d)' ?([0-5]?\d)(?:\"|'')?(?:(?<=[\"'])(\d{1,3}))?(?![\w'\"])",
        _race,
        "al",
    ),
    Rule("time", r"(?<![\w.,])\d{1,3}\"(?![\w'\"])", _seconds_alone, "'"),
    Rule("time", r"(?<![\w.,])(?P<hm_h>\d{1,2}) ?h ?(?P<hm_m>[0-5]?\d) ?(?:m|min\.?)(?![\w'])", _length, "al"),
    Rule("time", r"(?<![\w.,])(?P<hh_h>[01]?\d|2[0-4])[hH](?P<hh_m>[0-5]\d)(?!\w)'?", _french, "l"),
    Rule("time", r"(?<![\w.,])\d{1,3}[.,]\d{1,2}\"(?![\w'\"])", _seconds_or_inches, ",."),
    Rule("time", r"(?<![\w.,])\d{1,2}(?:''(?:\d{1,3})?|\"\d{1,3})(?![\w'\"])", _seconds, "'"),
    Rule(
        "time",
        r"(?<![\w.,])(?<!\d')(?P<n_m>\d{1,3})'(?: ?(?P<n_s>\d{1,2})(?:''|\")(?P<n_c>\d{1,3})?|\+(?P<n_plus>\d{1,2})'?)?(?![\w'])",
        _minutes,
        "'",
    ),
    Rule(
        "time",
        r"(?<![\w.])[hH]\.? ?(?P<h_h>[01]?\d|2[0-4])(?:[:.,](?P<h_m>[0-5]\d))?(?!\w|[.,:]\d| (?:19|20)\d\d(?!\d))",
        _hour,
        "WDN",
        "hH",
    ),
)
