"""Quantities: a number with its sign, scale, currency, unit, rank or noun."""

from __future__ import annotations

import re

from audio.italian import degrees, gender, numbers
from audio.italian.forms import Form
from audio.italian.numbers import WRITTEN
from audio.italian.rules import CHAIN, NUMBER, SIGN, Hit, Rule, after, last_words
from audio.italian.units import Name, amount, each, measure, names, thousands

_SCALES = {
    **dict.fromkeys(("mln", "mln.", "mil.", "mio", "mio.", "ml", "milioni", "milione", "M"), ("milione", "milioni")),
    **dict.fromkeys(
        ("mld", "mld.", "mrd", "mrd.", "mdi", "mld", "miliardi", "miliardo", "bn"), ("miliardo", "miliardi")
    ),
    **dict.fromkeys(("mila", "k"), ("mila", "mila")),
    "m": ("milione", "milioni"),
    "b": ("miliardo", "miliardi"),
    **dict.fromkeys(("trilioni", "trilione", "tn"), ("trilione", "trilioni")),
}
_SCALE = Form(
    r" ?(?P<scale>(?:mln|mld|mrd|mil|mio)\.(?! [A-ZÀ-Þ]|$)|(?:mln|mld|mrd|mdi|bn|mio(?= di | euro| €| franchi)|milioni|milione|miliardi|miliardo|trilioni|mila)"
    r"(?![^\W\d_])|ml(?= (?:di )?(?:euro|€))|[Mk](?= ?[€$£])|(?<=\d)[kM](?!\w))(?P<di> di(?= [€$£]| [A-Z]{3}\b))?"
)
# After a currency, as English writes it: "£20m", "$1.2bn".
_ENGLISH_SCALE = Form(r"(?P<scale>bn|tn|[mbk])(?!\w)")
# "5M€", "5M di follower", but a "9M" of months.
_MILLIONS = Form(r" ?[€$£]| di [a-zà-ÿ]")
_BEFORE = (
    r"(?:(?:US|Us|A|C|HK)?\$|[€£¥₽₹₿₩₪₺₴]|(?:EUR|USD|GBP|CHF|JPY|Eur|Usd|Chf|CNY)(?=[ \d])|[Ee]uro(?= ?\d[\d.]*[.,]\d))"
)
_UNIT = Form(
    r" ?(?P<unit>p\.[pb]\.|c€|dB\(A\)|[%‰€$£¥₽₹₺₪₴₩₿¢]|(?:US|Us|A|C|HK)\$|[°º] ?[CF](?!\w)|[^\W\d_][^\W_]{0,8}(?:/[^\W_]{1,4})?[²³]?)(?P<dot>\.?)"
)
_PER = Form(
    r"(?:/|(?<=[€$]) ?/ ?)(?P<per>100 ?(?:km|gr?|ml)|\d{1,2} ?h|sett\.|ab\.|az\.|bar\.|[^\W\d_][^\W_]{0,7}[²³]?)(?!\w)"
)
_RANGE = Form(rf" ?(?P<mark>[-–/]) ?(?P<other>{WRITTEN})")
_SIGNS = {
    "+": "più",
    "-": "meno",
    "–": "meno",
    "±": "più o meno",
    "~": "circa",
    "≈": "circa",
    ">": "oltre",
    "<": "meno di",
    "≥": "almeno",
    "≤": "fino a",
}
# Units that are words as well: the verb, the civil code.
_WORDS_TOO = frozenset({"ha", "cc"})
_HECTARES = Form(
    r"$|[,.;:)]| in (?:fiamme|fumo|cenere|totale|tutto|loc|zona|contrada|agro)\b| a (?:bosco|vigneto|fuoco)| (?:di|e|per|nel|nella|lungo|complessivi|totali|bruciati|coltivati|boschivi)\b"
)
_HOUR_AFTER = Form(r"\.? \d{1,2}[.:]\d\d")
_NOUGHT_AFTER = Form(r" (?:0(?![\d.,]\d|\d)|zero\b)")
_NUMBER_AFTER = Form(r" ?\d")
_POST_AFTER = Form(r" ?\d{1,3}(?![\d.]|,\d{3})")
_ONE_BEFORE = frozenset("al il per ogni un del nel dal sul allo lo dello".split(" "))
# What a unit, a rank or a currency can begin with, besides a letter.
_OPENS_UNIT = frozenset(" %‰€$£¥₽₹₺₪₴₩₿¢°ºª")
_ENGLISH = Form(r"\d+\.\d{1,2}")
# What has a number for a name.
_LABEL_BEFORE = Form(r"(?<!')\b([^\W\d_]+) $")
_LABELS = frozenset(
    "gara quota numero punto fase gruppo lotto girone turno canale livello tipo scena reparto corsia linea binario sala "
    "padiglione allegato tavola figura parte comma articolo quadro opzione under over top zona italia rai formula classe step game level".split(
        " "
    )
)
# A decimal written the English way is read with a point only where it is a version ("2.0") or a name.
_POINT_BEFORE = frozenset(
    "versione release web industria industry transizione piano impresa fase vita windows ios android firmware gioco par paragrafo punto capitolo emendamento emendamenti v".split(
        " "
    )
)


def _quantity(found: re.Match[str]) -> Hit | None:
    line, end = found.string, found.end()
    signed, before, number = found.groups()
    sign = _SIGNS[signed.strip()] if signed else ""
    currency, first = _currency(before.strip()) if before else None, ""
    other = _RANGE.match(line, end)
    if other and _ranges(number, other, line):
        first, number, end = numbers.read(number), other["other"], other.end()
    quantity = counted(line, _with_comma(number), end, currency, ranged=bool(first or sign))
    if quantity.end == end and line[end : end + 1].isalpha():
        return None  # "5G", "3D": a name with digits
    said = quantity.said if before or quantity.end > end else _decimal(found, number) or quantity.said
    return Hit(" ".join(part for part in (sign, first, said) if part), quantity.end)


def _currency(written: str) -> Name | None:
    return names("currencies").get(written) or names("currencies").get(written.lower())


def _with_comma(number: str) -> str:
    """Return the number as Italian prints it: "3.5" of an agency is "3,5"."""
    return number.replace(".", ",") if _ENGLISH.fullmatch(number) else number


def _decimal(found: re.Match[str], number: str) -> str | None:
    """Read a bare decimal with a point: "2.0" is a version, "4.7" a figure of an agency."""
    if not _ENGLISH.fullmatch(number):
        return None
    is_version = (number.endswith(".0") and last_words(found, 1)[:1] != ["magnitudo"]) or bool(
        _POINT_BEFORE & set(last_words(found, 1))
    )
    return numbers.read(number) if is_version else None


def _scale_first(found: re.Match[str]) -> Hit:
    """Read "mln 3,5" of balance sheets."""
    one, many = _SCALES[found["s_scale"].strip()]
    return Hit(
        f"un {one}" if found["s_num"] == "1" else f"{numbers.read(found['s_num'], apocope=True)} {many}", found.end()
    )


def _ranges(first: str, other: re.Match[str], line: str) -> bool:
    """Tell "10-15 per cento" from a score or a code: a unit, scale or currency follows, and no third number."""
    end = other.end()
    follows = line[end : end + 1]
    if not (follows.isalpha() or follows in _OPENS_UNIT) or len(first) > len("100.000"):
        return False
    if other["mark"] == "/" and not re.match(r" ?[%€°]", line[end : end + 2]):
        return False
    if follows == "°" and not gender.counted(line, end + 1):
        return True  # "punte di 39-40° nell'entroterra"
    return counts(line, end)


def counts(line: str, end: int) -> bool:
    """Tell whether a unit, a scale or a currency stands here."""
    unit = _UNIT.match(line, end)
    return bool(_SCALE.match(line, end) or (unit and _lookup(unit, line)))


def counted(line: str, number: str, end: int, currency: Name | None, *, ranged: bool) -> Hit:
    """Return a number with all that belongs to it: a scale, a currency, a rank, a unit, a noun."""
    follows = line[end : end + 1]
    if currency is None and not (follows.isalpha() or follows in _OPENS_UNIT):
        return Hit(numbers.read(number), end)
    scale = _SCALE.match(line, end) or (_ENGLISH_SCALE.match(line, end) if currency else None)
    if scale and not (currency is None and scale["scale"] == "M" and not _MILLIONS.match(line, scale.end())):
        return _scaled(line, number, scale, currency)
    if currency:
        per = _PER.match(line, end)
        by = each(per["per"]) if per else ""
        return Hit(f"{amount(number, currency)} {by}".strip(), per.end() if per and by else end)
    if rank := degrees.RANK.match(line, end):
        return degrees.ranked(line, number, rank, signed=ranged)
    unit = _UNIT.match(line, end)
    name = _lookup(unit, line) if unit else None
    if unit and name:
        end = unit.start("unit") + len(name[0])
        per = _PER.match(line, end)
        said = amount(number, name[1]) if name[0] in names("currencies") else measure(number, name[1])
        tail = each(per["per"]) if per else ""
        return Hit(f"{said} {tail}".strip(), per.end() if per and tail else end)
    return _bare(line, number, end)


def _lookup(unit: re.Match[str], line: str) -> tuple[str, Name] | None:
    """Return the longest known unit or currency that stands here, whole."""
    written = unit["unit"].replace("º", "°")
    for candidate in (written + unit["dot"], written, written.partition("/")[0]):
        name = names("currencies").get(candidate) or names("units").get(candidate)
        stop = unit.start("unit") + len(candidate)
        follows = line[stop : stop + 1]
        if not name or (candidate[-1].isalpha() and (follows.isalnum() or follows == "'")):
            continue
        if candidate == "h" and _HOUR_AFTER.match(line, stop):
            return None  # "su Rai 1 h 21.15"
        if candidate in _WORDS_TOO and not _is_unit(candidate, line, unit.start(), stop):
            return None
        # An abbreviation's dot at the end of a sentence is the sentence's as well.
        closes = candidate.endswith(".") and re.match(r" [A-ZÀ-Þ]|$", line[stop : stop + 2])
        return (candidate[:-1] if closes else candidate), name
    return None


def _is_unit(written: str, line: str, start: int, end: int) -> bool:
    """Tell "2 ha di bosco" from "il 118 ha soccorso", "50 cc" from "l'articolo 2043 cc"."""
    if written == "ha":
        return bool(_HECTARES.match(line, end))
    return not re.search(r"\b[aA]rt", line[max(0, start - 30) : start])


def _alone_unit(found: re.Match[str]) -> Hit | str:
    """Read a unit without its number: "al km 12", "migliaia di kWh", "miliardi di mc/anno"."""
    if per := _PER.match(found.string, found.end()):
        return Hit(f"{names('units')[found[0]].many} {each(per['per'])}".strip(), per.end())
    name, words = names("units")[found[0].rstrip(".")], last_words(found, 1)
    if found[0].startswith("km") and words[:1] not in (["i"], ["tra"], ["dei"]) and _POST_AFTER.match(after(found)):
        return name.one  # "(km 167)"
    if _NOUGHT_AFTER.match(after(found)):
        return name.one  # "a chilometro zero"
    is_before_number = (
        found[0].endswith(("q", "m")) and not found[0].endswith("km") and _NUMBER_AFTER.match(after(found))
    )
    if is_before_number:
        return name.many  # "Mq 85" of an estate agent
    return name.one if not words or words[0] in _ONE_BEFORE else name.many


def _scaled(line: str, number: str, scale: re.Match[str], currency: Name | None) -> Hit:
    one, many = _SCALES[scale["scale"]]
    end = scale.end()
    if currency is None and (unit := _UNIT.match(line, end)) and (name := _lookup(unit, line)):  # noqa: SIM102 - read apart
        if not (scale["scale"][-1] == "." and name[0][0].isalpha() and name[0] not in names("currencies")):
            currency, end = name[1], unit.start("unit") + len(name[0])
    per = _PER.match(line, end) if currency else None
    by = each(per["per"]) if per else ""
    tail, end = (f" {by}", per.end()) if per and by else ("", end)
    if many == "mila":
        said = thousands(number)
        return Hit(f"{said} {currency.many}{tail}" if currency else said, end)
    said = f"un {one}" if number == "1" else f"{numbers.read(number, apocope=True)} {many}"
    return Hit(f"{said} di {currency.many}{tail}" if currency else said, end)


def _bare(line: str, number: str, end: int) -> Hit:
    noun = gender.counted(line, end)
    if noun is None:
        return Hit(numbers.read(number), end)
    label = _LABEL_BEFORE.search(line, max(0, end - len(number) - 20), end - len(number))
    if label and label[1].lower() in _LABELS:
        return Hit(numbers.read(number), end)  # "gara 1 va a Bulega", "l'under 21 vince"
    if number == "1":
        word, elided = gender.one(noun)
        return Hit(word, end + 1 if elided else end)
    if noun == "anni" and number in numbers.TENS:
        return Hit(f"{numbers.read(number)[:-1]}'", end + 1)  # "vent'anni"
    return Hit(numbers.read(number, apocope=gender.shortens(noun)), end)


def _alone(found: re.Match[str]) -> str:
    """Read a number that nothing belongs to."""
    return numbers.read(found[0])


def _for_each(found: re.Match[str]) -> str | None:
    """Read "2 volte/die", "euro netti/mese", and what counts heads: "litri/ab."."""
    if found["d_what"] in {"giorno", "mese", "minimo", "medio"}:
        return None  # the fields of a form
    return f"{found['d_what']} {each(found['d_per'])}"


_QUANTITY = rf"(?P<q_num>{WRITTEN})(?![\d])"

RULES = (
    Rule(
        "unit",
        r"(?<!\w)(?P<d_what>[^\W\d_]{3,20})/(?P<d_per>die|ab\.|abitante|s|mese|anno|giorno|ora|notte|persona)(?![\w/])",
        _for_each,
        "J",
    ),
    Rule(
        "unit",
        r"(?<!\w)(?:[kK]m|[kK]g|[kKMG][wW]h|[MGk]W|mq|kmq|k?m[²³]|(?<=di )mc|[ck]?m[23]|(?:[mM]q|mm|cm)(?= \d)|(?<=[iI] )[cm]m(?= [a-z]))(?:(?![\w/'²³.])|(?=/(?:anno|giorno|mese|ora|abitante)(?!\w))|(?![\w/'²³])(?!\. ?\d)|\.(?= ?\d))",
        _alone_unit,
        "wWDJN",
        "kKMGmc",
    ),
    Rule("number", r"(?<![\w,])(?<!\w\.)\d+(?![\w,.]\d)", _alone, "nd"),
    Rule(
        "quantity",
        rf"(?<!\w)(?P<s_scale>ml[nd]\.?) ?(?P<s_num>{WRITTEN})(?! ?(?:ml[nd]|mil))",
        _scale_first,
        "WDN",
        "m",
    ),
    Rule(
        "quantity",
        rf"(?<![\w,])(?<!\w\.)(?P<q_sign>(?<![\w)%])(?:[+-]|[–](?=\d)|[±~≈] ?|(?<!\d )[><≥≤] ?))?(?P<q_cur>{_BEFORE} ?)?{_QUANTITY}",
        _quantity,
        NUMBER + CHAIN + SIGN + "WNJ",
    ),
)
