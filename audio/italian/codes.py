"""Numbers that count nothing: telephones, names with digits, articles of law, ranks in letters, versions, kilometres."""

from __future__ import annotations

import re

from audio.italian import acronyms, dates, gender, net, numbers
from audio.italian.forms import Form
from audio.italian.rules import CHAIN, NUMBER, SIGN, Hit, Rule, after, before, last_words
from audio.italian.tables import mapping

FIRST_WORDS = frozenset(
    "ss sp sr x M Mw ML lun mer gio ven sab dom Lun Mer Gio Ven Sab Dom h H lettera lett per ad op p P a US Us A C HK EUR Eur Euro euro USD Usd GBP CHF Chf JPY CNY SS SP SR Ss Sp Sr mln mld dlgs".split(
        " "
    )
)
_PHONE = Form(r"(?:telefon|chiam|whatsapp|contatt|componen|digit)")
_PHONE_WORDS = frozenset(
    "tel cell fax verde centralino sms numero al allo lo recapito cellulare infoline info".split(" ")
)
_LAW = Form(r"(?:decret|regolament|direttiv|sentenz|ordinanz|deliber|circolar|proc|fascicol|risoluzion|protocoll)")
_LAW_WORDS = frozenset(
    "art artt articolo articoli comma commi l legge leggi dl dlgs lgs d n nr numero dpr dpcm dm ddl r p ue ce cee prot lr rgnr rg "
    "sent delib determina ord reg dir cass cost det".split(" ")
)
_UNELIDED = Form(r"[^\W\d_]+(?![\w'])")
_THE = frozenset("la della alla dalla nella sulla".split(" "))
_LATIN = "bis|ter|quater|quinquies|sexies|septies|octies|novies|decies"
_RANKED = Form(
    r" (?:edizion|giornat|puntat|fil|class|elementar|medi|superior|categori|post|pian|giro|tapp|sezion|volt|gara|turn|anno|liceo|classificat)"
)
_RANKED_BEFORE = Form(r"\b(?:class[ei]|categori[ae]|fasci[ae]|pian[oi]|sezion[ei])(?: \d{1,2}[aoei],?(?: e)?)* $")
_ARTICLES = frozenset("art artt articolo articoli".split(" "))
_CODES = {
    "cp": "del codice penale",
    "cc": "del codice civile",
    "cpp": "del codice di procedura penale",
    "cpc": "del codice di procedura civile",
    "cds": "del codice della strada",
}
_ROADS = {"ss": "strada statale", "sp": "strada provinciale", "sr": "strada regionale"}
_QUARTERS = {
    "N": "nord",
    "S": "sud",
    "E": "est",
    "O": "ovest",
    "W": "ovest",
    "NE": "nordest",
    "NO": "nordovest",
    "NW": "nordovest",
    "SE": "sudest",
    "SO": "sudovest",
    "SW": "sudovest",
}
_BLOWS = Form(
    r"\b(?:vent|raffic|brezz|corrent|mare|moto|onde)\w*\b(?:.*\b(?:da|di|verso|a)|(?: forte| debole| moderato)?) $"
)
_LIST_REACH = 60
_LISTED = Form(r"(?:^|[;,:(] )(\d{1,2})\. ?[A-ZÀ-Þ]")
_STREETS = frozenset("via viale v.le piazza p.za corso c.so largo vicolo piazzale civico numero n le so za".split(" "))
_VOWEL = Form("[aeiouAEIOUàèéìòù]")
_SHORTEST_PHONE = 6
_LONGEST_LETTERS, _LONGEST_SIGLA = 4, 5


def _phone(found: re.Match[str]) -> str | None:
    written = found[0]
    groups = re.findall(r"\d+", written)
    total = sum(map(len, groups))
    words = last_words(found, 2)
    known = written[0] == "+" or any(word in _PHONE_WORDS or _PHONE.match(word) for word in words)
    starts = written[0] in "0+" or re.match(r"3\d\d|800|89[29]", written)
    whole = re.fullmatch(r"3\d{9}|0\d{8,10}|800\d{6}", "".join(groups))
    is_number = not known and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written)
    if not starts or is_number or total < _SHORTEST_PHONE:
        return None
    if not known and not whole and (written[0] != "0" or len(groups) == 1):
        return None
    said = ", ".join(numbers.digits(group) for group in groups)
    return f"più {said}" if written[0] == "+" else said


def _law_year(found: re.Match[str]) -> str | None:
    # "l'appello il 14/11" has an article, not a law.
    # "9,8 g/dl, PA 130/85" has a unit, not a decree.
    words = _UNELIDED.findall(before(found).lower().replace("/dl", ""))[:-4:-1]
    first, second = found[0].split("/")
    if words[:1] in (["il"], ["dal"], ["al"], ["entro"]) and dates.is_day(first, second):
        return None
    is_named = any(word in _LAW_WORDS or _LAW.match(word) for word in words)
    # "la 194/78" alone: no fraction is so great, and no law so old.
    if not is_named and not (words[:1] and words[0] in _THE and len(second) == len("78") and int(first) > int(second)):
        return None
    if _is_year(first) and not _is_year(second):  # how the Union numbers: year first
        return f"{numbers.read(first)} {numbers.read(second)}"
    # "d.lgs. 231/01": only years of this century begin with a nought.
    year = f"20{second}" if len(second) == len("01") and second[0] == "0" else second
    return f"{numbers.read(first)} del {numbers.read(year)}"


def _is_year(written: str) -> bool:
    return len(written) == len("2016") and written[:2] in {"19", "20"}


def _versions(found: re.Match[str]) -> str | None:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", found[0]):
        return None
    return " punto ".join(numbers.read(part) for part in found[0].split("."))


def _latin(found: re.Match[str]) -> str:
    return f"{numbers.read(found['l_num'])} {found['l_word'].lower()}"


def _code(found: re.Match[str]) -> str | None:
    """Read letters with digits: "G7" is "gi sette", "Covid-19" is "Covid diciannove", "AB123CD" letter by letter."""
    written = found[0]
    if not re.search(r"\d", written) or not re.search(r"[^\W\d_]", written):
        return None
    return _parts(written)


def _parts(written: str) -> str:
    parts = re.findall(r"[^\W\d_ªº]+|\d+(?:[.,]\d+)?", written)
    return " ".join(_number_of_code(part) if part[0].isdecimal() else _word_of_code(part) for part in parts)


def _number_of_code(part: str) -> str:
    return numbers.read(part.replace(".", ",") if re.fullmatch(r"\d\.\d", part) else part)


def _word_of_code(part: str) -> str:
    known = acronyms.say(part) or mapping("names").get(part)
    if known:
        return known
    if (part.isupper() and len(part) <= _LONGEST_LETTERS) or len(part) == 1:
        return acronyms.by_shape(part)
    if not _VOWEL.search(part) and len(part) <= _LONGEST_SIGLA:
        return numbers.letters(part)
    return part.capitalize() if part.isupper() else part


def _hundreds(found: re.Match[str]) -> str:
    """Read "km 12+300" of roads and railways."""
    return f"{numbers.read(found['k_km'])} più {numbers.read(found['k_m'])}"


def _ranked_word(found: re.Match[str]) -> str | None:
    """Read "83esimo", "2a giornata", "5o posto", "26enne"."""
    suffix = found["r_end"].lower()
    value = int(found["r_num"])
    if suffix in {"a", "o", "e", "i"} and not _is_rank(found, suffix):
        return None
    if suffix.startswith("enn"):
        age = numbers.cardinal(value).replace("é", "e")
        return (age if age.endswith(("sei", "tre")) else age[:-1]) + suffix
    kind = suffix[-1]
    return numbers.ordinal(value, gender="f" if kind in "ae" else "m", plural=kind in "ie")


def _is_rank(found: re.Match[str], ending: str) -> bool:
    """Tell whether "2a" is a rank: by what has ranks, by a determiner that agrees, or as one of a row: "4e e 5e classi"."""
    following = after(found)
    if _RANKED.match(following) or _RANKED_BEFORE.search(before(found)):
        return True
    if following[:1] != " " or not gender.counted(found.string, found.end()):
        row = re.match(rf"(?:, | [eo] )(?:[^\W\d_]{{1,5}} )?\d{{1,4}}{ending}(?= )", following)
        return bool(row and gender.agrees(found.string, found.start(), ending))
    return gender.agrees(found.string, found.start(), ending)


def _class(found: re.Match[str]) -> str:
    """Read "2ªB", "2^B" or "classe 3A", a class of a school."""
    return f"{numbers.ordinal(int(found['c_num'] or found['c_bare']), gender='f')} {numbers.letters(found['c_let'])}"


def _slashed_letter(found: re.Match[str]) -> str | None:
    """Read "12/a giornata" and "3/o", ranks of the wire, and "via Roma 15/A", a door."""
    number, letter = found[0].split("/")
    is_rank = letter in {"a", "o"} and not any(word in _STREETS for word in last_words(found, 5))
    if is_rank:
        return numbers.ordinal(int(number), gender="f" if letter == "a" else "m")
    return f"{numbers.read(number)} {numbers.letters(letter)}"


def _room(found: re.Match[str]) -> str:
    """Read a letter that a list or a law puts in brackets: "lett. b)"."""
    return f"lettera {' '.join(numbers.letters(c) for c in found['x_let'])}"


def _code_of_law(found: re.Match[str]) -> str | None:
    """Read "art. 575 cp": the code without its dots."""
    return _CODES[found[0].lower()] if _ARTICLES & set(last_words(found, 5)) else None


def _lineage(found: re.Match[str]) -> str:
    """Read "B.1.1.7", a variant of a virus."""
    first, *rest = found[0].split(".")
    return " punto ".join([numbers.letters(first), *map(numbers.read, rest)])


def _wind(found: re.Match[str]) -> str | None:
    """Read "venti da NE" as the quarter it blows from."""
    return (
        " ".join(_QUARTERS[part] for part in re.split("[-/]", found[0]))
        if _BLOWS.search(before(found, 50).lower())
        else None
    )


def _part_of_year(found: re.Match[str]) -> str:
    """Read "Q4 2025" and "H1 2026" of balance sheets."""
    part = "trimestre" if found["y_kind"] == "Q" else "semestre"
    return f"{numbers.ordinal(int(found['y_part']))} {part}"


def _dust(_found: re.Match[str]) -> str:
    """Read "Pm2,5", fine dust, which Italian writes with its comma too."""
    return "pi emme due virgola cinque"


def _place(found: re.Match[str]) -> Hit | None:
    """Read "1. Bezzecchi, 2. Bagnaia, 6. Marquez" as ranks: its neighbour in the list, or one before, must be there."""
    place, line = int(found["l_place"]), found.string
    left, right = (
        line[max(0, found.start() - _LIST_REACH) : found.start()],
        line[found.end() : found.end() + _LIST_REACH],
    )
    following = r"\d{1,2}" if place == 1 else str(place + 1)
    is_listed = re.search(rf"(?<![\w.,]){following}\. ?[A-ZÀ-Þ]", right) or re.search(
        rf"(?<![\w.,]){place - 1}\. ?[A-ZÀ-Þ]", left
    )
    is_later = any(int(rank[1]) < place or place == 1 for rank in _LISTED.finditer(left))
    return Hit(numbers.ordinal(place), found.end()) if (is_listed or is_later) and place else None


def _road(found: re.Match[str]) -> Hit:
    """Read "SS 106", the state road."""
    return Hit(_ROADS[found["o_kind"].lower()], found.end())


def _rest(found: re.Match[str]) -> str:
    """Read a number with its letters that no other rule would have: still a number, never a row of digits."""
    return _parts(found[0])


RULES_FIRST = (
    *net.RULES,
    Rule("law", r"(?<![\w.,/-])\d{1,5}/\d{2,4}(?![\w]|[.,/]\d)", _law_year, "/"),
)
RULES = (
    Rule(
        "phone",
        r"(?<![\w.,/-])(?:\+\d{1,3}[ .]?)?\d{2,12}(?:[ ./-]\d{2,8}){0,5}(?:\.\d)?(?![\w%€/-]|[.,]\d)",
        _phone,
        "nd-./a" + SIGN,
    ),
    Rule("law", rf"(?<![\w.,])(?P<l_num>\d{{1,4}})[- ](?P<l_word>(?:{_LATIN}))\b", _latin, "a-"),
    Rule("code", r"(?<![\w.,])(?P<k_km>\d{1,4})\+(?P<k_m>\d{1,3})(?!\w)", _hundreds, "+"),
    Rule(
        "ordinal",
        r"(?<![\w.,])(?P<r_num>\d{1,4})(?P<r_end>[a-z]?esim[oaie]|[mvt][oaie]|[aoei]|enn[ei])(?!\w|')",
        _ranked_word,
        "l",
    ),
    Rule("version", r"(?<![\w.,])\d+(?:\.\d+){2,}(?!\w|,\d)|(?<![\w.,])\d+\.\d{3,}(?!\w|[,.]\d)", _versions, "."),
    Rule(
        "letter", r"(?<!\w)(?:lett\.|lettera) ?(?P<x_let>[a-z]{1,2})(?:\)|(?<=lett\. \w)(?![\w'.]))", _room, "WD", "l"
    ),
    Rule("law", r"(?<=[\ds] |r )(?:c(?:pp|pc|p|c|ds)|C(?:pp|pc|p|c|[dD][sS]))(?!\w)", _code_of_law, first="cC"),
    Rule("code", r"(?<!\w)[A-Z]{1,3}(?:\.\d{1,3}){2,4}(?![\w]|\.\d)", _lineage, "D"),
    Rule("code", r"(?<![\w'])(?P<y_kind>[QH])(?P<y_part>[1-4])(?= ?(?:19|20)\d\d(?!\d))", _part_of_year, "WN", "QH"),
    Rule("code", r"(?<!\w)(?:PM|Pm|pm) ?2[.,]5(?!\w|[.,]\d)", _dust, "WN", "Pp"),
    Rule("wind", r"(?<=[a-z] )(?:[NS][EOW]?|[EOW])(?:[-/](?:[NS][EOW]?|[EOW])){0,2}(?![\w'.])", _wind, "wWHJ", "NSEOW"),
    Rule("place", r"(?<![\w.,])(?P<l_place>\d{1,2})\.(?= ?(?:[A-ZÀ-Þ]\. ?)?[A-ZÀ-Þ][a-zà-ÿ])", _place, NUMBER),
    Rule("road", r"(?<!\w)(?P<o_kind>S[SPRspr]|s[spr])\.?(?= ?(?:n\. ?)?\d)", _road, "WND", "Ss"),
    Rule(
        "ordinal",
        r"(?:(?<![\w.,])(?P<c_num>[1-5])ª|(?<=classe )(?P<c_bare>[1-5]))(?P<c_let>[A-Z])(?!\w)",
        _class,
        NUMBER,
    ),
    Rule("ordinal", r"(?<![\w.,/-])\d{1,4}/[A-Za-z](?![\w/'])", _slashed_letter, "/"),
)
RULES_LAST = (
    Rule(
        "code",
        r"(?<![\w])(?:[^\W\d_]{1,24}-?\d{1,6}(?:[-.]?[^\W_]{1,8}){0,3}|\d{1,6}(?:-?[^\W\d_]{1,3}\d{0,6}){1,3})(?!\w)",
        _code,
        "HNJl-",
    ),
    Rule("code", r"\d+[^\W_]*", _rest, NUMBER + CHAIN),
)
