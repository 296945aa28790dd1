"""The one pass: a single alternation finds what is not plain words, and a handler for each kind reads it.

The most specific form comes first. A handler sees the match with the text around it and may decline with None; then
the text stays as it is, and the guard at the end spells what no rule could read.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from audio.italian import amounts, numbers, roman, words
from audio.italian.forms import NUMBER, cardinal_of, read_number
from audio.italian.lexicon import Lexicon
from audio.italian.tables import mapping, rows

_MONTHS = "gennaio|febbraio|marzo|aprile|maggio|giugno|luglio|agosto|settembre|ottobre|novembre|dicembre"
_MONTH_NAMES = tuple(_MONTHS.split("|"))
_MAX_DAY, _MAX_MONTH = 31, 12

Handler = Callable[["re.Match[str]"], "str | None"]


def _units() -> str:
    ordered = sorted((row[0] for row in rows("units")), key=len, reverse=True)
    return "|".join(re.escape(unit) + (r"(?!\w)" if unit[-1].isalpha() else r"") for unit in ordered)


def _table(name: str) -> str:
    ordered = sorted((row[0] for row in rows(name)), key=len, reverse=True)
    return "|".join(re.escape(written) for written in ordered)


@functools.cache
def _forms() -> tuple[tuple[str, str, Handler], ...]:
    """Return (name, pattern, handler), the most specific first."""
    return (
        ("url", r"(?:https?://|www\.)[^\s<>«»“”\"]{3,}[^\s<>«»“”\".,;:!?)]", words.url),
        ("email", r"(?<![\w.])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64})+", words.url),
        ("tag", r"(?<!\w)[@#]\w+", words.tag),
        ("date", rf"(?<![\w.,])(?:\d{{1,2}}|1[°º])(?= (?:{_MONTHS})\b)(?! ?\w*%)", _day),
        ("dotted date", r"(?<![\w.,/-])\d{1,2}([/.-])\d{1,2}\1(?:\d{4}|\d{2})(?![\w/-]|[.,]\d)", _dotted_date),
        ("time", r"(?<![\w.,:])(?:[01]?\d|2[0-4])[:.][0-5]\d(?![\w:]|[.,]\d)", _time),
        ("amount", amounts.PATTERN, amounts.read),
        ("measure", rf"(?<![\w.,])(?P<m_num>{NUMBER}) ?(?P<m_unit>{_units()})", amounts.measure),
        ("ordinal", r"(?<![\w.,])\d{1,4}[ºª°](?!\w)", _ordinal),
        ("span", r"(?<![\w.,-])(?:19|20)\d\d[-/–]\d\d(?:\d\d)?(?![\w-])", _pair),
        ("pair", r"(?<![\w.,-])\d{1,4}[-–]\d{1,4}(?![\w-]|[.,]\d)", _pair),
        ("fraction", r"(?<![\w.,/])\d{1,2}/\d{1,2}(?![\w/])", words.fraction),
        ("decade", r"(?<!\w)'\d\d(?!\w)", lambda m: numbers.cardinal(int(m[0][1:]))),
        ("code", r"(?<!\w)(?:[A-Z]{1,4}|[A-Z][a-z]+)-?\d{1,4}(?!\w)|(?<![\w.,])\d{1,2}G(?!\w)", words.code),
        ("thousands", rf"(?<![\w.,])(?P<k_num>{NUMBER}) ?mila(?!\w)", amounts.thousands),
        ("version", r"(?<![\w.,])(?!\d{1,3}(?:\.\d{3})+(?!\d))\d+(?:\.\d+)+(?!\w|,\d)", _version),
        ("number", rf"(?:(?<=\s)|(?<=^)|(?<=[(]))[-+−](?={NUMBER}){NUMBER}|{NUMBER}", _number),
        ("roman", r"(?<![\w'.])[IVXLCDM]+(?![\w.']|-\w)", roman.read),
        ("abbreviation", rf"(?<![\w.])(?:{_table('abbreviations')})(?!\w)", words.abbreviation),
        ("saint", r"(?<![\w.])(?:S|SS)\. ?(?=[A-Z][a-zà-ÿ])", words.saint),
        ("sigla", rf"(?<!\w)(?:{_table('acronyms')})(?![\w])(?!-\w)", lambda m: mapping("acronyms")[m[0]]),
        ("initials", r"(?<![\w.])(?:[A-Z]\. ?){1,3}(?=[A-Z][a-zà-ÿ])", lambda m: numbers.letters(m[0]) + " "),
        ("dotted sigla", r"(?<![\w.])(?:[A-Za-z]\.){2,}", lambda m: words.acronym(m[0].replace(".", ""))),
        ("name", rf"(?<!\w)(?:{_table('names')})(?!\w)", lambda m: mapping("names")[m[0]]),
        ("capitals", r"(?<![^\W\d_])[A-ZÀ-Þ]{2,}(?![^\W\d_])", words.capitals),
        ("accent", r"(?<!\w)[A-Za-zà-ÿ]*[aeiouAEIOU]'(?!\w)", words.accent),
    )


@functools.cache
def _compiled(lexicon: Lexicon | None) -> tuple[re.Pattern[str], dict[str, tuple[str, Handler]]]:
    parts: list[str] = []
    handlers: dict[str, tuple[str, Handler]] = {}
    if lexicon and lexicon.rows:
        said = dict(lexicon.rows)
        parts.append(f"(?P<g_lexicon>{lexicon.pattern()})")
        handlers["g_lexicon"] = ("lexicon", lambda m: said[m[0]])
    for index, (name, pattern, handler) in enumerate(_forms()):
        # Numbered references inside a form move with its place; the one form that has any names its group.
        parts.append(
            f"(?P<g_{index}>{pattern.replace('([/.-])', '(?P<sep>[/.-])').replace(chr(92) + '1', '(?P=sep)')})"
        )
        handlers[f"g_{index}"] = (name, handler)
    return re.compile("|".join(parts)), handlers


def rewrites(line: str, lexicon: Lexicon | None = None) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, what is said, rule) for each reading, from left to right, without overlaps."""
    pattern, handlers = _compiled(lexicon)
    for found in pattern.finditer(line):
        group = next(name for name in handlers if found.start(name) >= 0)
        rule, handler = handlers[group]
        said = handler(found)
        if said is not None and said != found[0]:
            yield found.start(), found.end(), said, rule


def _day(found: re.Match[str]) -> str | None:
    day = int(found[0].rstrip("°º"))
    if not 1 <= day <= _MAX_DAY:
        return numbers.cardinal(day)
    return "primo" if day == 1 else numbers.cardinal(day)


def _dotted_date(found: re.Match[str]) -> str | None:
    day, month, year = re.split(r"[/.-]", found[0])
    if not (1 <= int(day) <= _MAX_DAY and 1 <= int(month) <= _MAX_MONTH):
        return " ".join(cardinal_of(part) for part in (day, month, year))
    spoken_day = "primo" if int(day) == 1 else numbers.cardinal(int(day))
    return f"{spoken_day} {_MONTH_NAMES[int(month) - 1]} {cardinal_of(year)}"


def _time(found: re.Match[str]) -> str | None:
    written = found[0]
    before = found.string[max(0, found.start() - 12) : found.start()].lower()
    hours, minutes = re.split(r"[:.]", written)
    # A full stop makes a time only after a word of time: 3.15 elsewhere may be a version or a price.
    if "." in written and not re.search(r"\b(?:ore|alle|dalle|delle|le)(?: ore)? $", before):
        return None if len(minutes) != 2 else f"{numbers.cardinal(int(hours))} punto {numbers.digits(minutes)}"  # noqa: PLR2004
    if int(minutes) == 0:
        return numbers.cardinal(int(hours))
    said = cardinal_of(minutes) if minutes[0] == "0" else numbers.cardinal(int(minutes))
    return f"{numbers.cardinal(int(hours))} e {said}"


def _ordinal(found: re.Match[str]) -> str | None:
    value, mark = int(found[0][:-1]), found[0][-1]
    if value == 0:
        return "zero gradi"
    return numbers.ordinal(value, feminine=mark == "ª")


def _version(found: re.Match[str]) -> str | None:
    return " punto ".join(cardinal_of(part) for part in found[0].split("."))


def _pair(found: re.Match[str]) -> str | None:
    first, second = re.split(r"[-/–]", found[0])
    return f"{cardinal_of(first)} {cardinal_of(second)}"


def _number(found: re.Match[str]) -> str | None:
    written = found[0]
    sign = {"-": "meno ", "−": "meno ", "+": "più "}.get(written[0], "")
    written = written.lstrip("-+−")
    following = found.string[found.end() : found.end() + 20]
    if written == "1" and (noun := re.match(r" ([a-zà-ÿ]+)", following)):
        return sign + words.one(noun[1])
    return sign + read_number(written)
