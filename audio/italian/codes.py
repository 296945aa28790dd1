"""Numbers that count nothing: scores, fractions, telephones, names with digits, articles of law, addresses of the net."""

from __future__ import annotations

import re

from audio.italian import money, numbers
from audio.italian.rules import Rule, after, before
from audio.italian.tables import mapping

_PHONE_BEFORE = re.compile(
    r"\b(?:tel(?:efono)?|cell(?:ulare)?|fax|numero verde|centralino|chiam\w+|telefon\w+|whatsapp|sms|numero|al|allo|lo)\b\.?:? ?$",
    re.IGNORECASE,
)
_SPECIAL_FRACTIONS = {"2": ("mezzo", "mezzi"), "3": ("terzo", "terzi"), "4": ("quarto", "quarti")}
_BIGGEST_PART = 10
_SCORE_BEFORE = re.compile(
    r"\b(?:vin\w+|vitt\w+|batt\w+|perd\w*|pers[oa]|sconfi\w+|pareggi\w+|finisc\w+|finit\w+|termin\w+|risultat\w+|punteggi\w+|imposta\w*|"
    r"supera\w*|espugna\w*|travolg\w+|piega\w*|match|finale|semifinale|sul|partita|derby|gara|set|parziale)\b[^.;]{0,40}$",
    re.IGNORECASE,
)
_LAW_BEFORE = re.compile(
    r"(?:\bart(?:t|icol[oi])?\.?|\bcomm[ai]|\bl(?:egge)?\.?|\bd\.? ?l(?:gs)?\.?|\bdecret\w+(?: \w+)?|\bregolament\w+(?: \(?ue\)?)?|"
    r"\bdirettiv\w+|\bsentenz\w+|\bordinanz\w+|\bdeliber\w+|\bcircolar\w+|\bn(?:\.|r\.|umero)|\bdpr|\bdpcm|\bdm|\bddl|\bd\.p\.r\.|"
    r"\bproc\w*\.?|\bfascicol\w+|\b(?:ue|ce)\)?|\bprot\.?)(?: n(?:\.|umero))? ?$",
    re.IGNORECASE,
)
_NAMED_MARKS = {
    "/": "barra",
    ".": "punto",
    "@": "chiocciola",
    "-": "trattino",
    "_": "trattino basso",
    ":": "due punti",
}
_LATIN = "bis|ter|quater|quinquies|sexies|septies|octies|novies|decies"


def number(written: str) -> str:
    """Return the digits of a code as a number."""
    return numbers.read(written)


def _score(found: re.Match[str]) -> str | None:
    if money.counts(found.string, found.end()):
        return None  # "10-15 km": a quantity
    first, second = re.split(r" ?[-–] ?", found[0].strip())
    joint = " a " if _SCORE_BEFORE.search(before(found, 60)) and len(first) <= len("199") else " "
    return f"{number(first)}{joint}{number(second)}"


def _chain(found: re.Match[str]) -> str:
    return " ".join(number(part) for part in re.findall(r"\d+", found[0]))


def _law_year(found: re.Match[str]) -> str | None:
    if not _LAW_BEFORE.search(before(found)):
        return None
    first, second = found[0].split("/")
    if len(first) == len("2016") and len(second) != len("2016"):
        return f"{number(first)} {number(second)}"
    return f"{number(first)} del {number(second)}"


def _fraction(found: re.Match[str]) -> str:
    """Read "2/3" as "due terzi", and what is no fraction as its two numbers."""
    above, below = found["f_above"], found["f_below"]
    if below in {"0", "1"} or "0" in {above[0], below[0]} or int(above) >= int(below) or int(below) > _BIGGEST_PART:
        if above == below:
            return f"{number(above)} su {number(below)}"
        return f"{number(above)} {number(below)}"
    one, many = _SPECIAL_FRACTIONS.get(below) or (
        numbers.ordinal(int(below)),
        numbers.ordinal(int(below), plural=True),
    )
    return f"un {one}" if above == "1" else f"{numbers.cardinal(int(above))} {many}"


def _phone(found: re.Match[str]) -> str | None:
    written = found[0]
    groups = re.findall(r"\d+", written)
    total = sum(map(len, groups))
    known = written[0] == "+" or _PHONE_BEFORE.search(before(found))
    grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+", written)
    starts = written[0] in "0+" or re.match(r"3\d\d|800|899", written)
    if (
        not starts
        or (grouped and not known)
        or total < len("064567")
        or (not known and written[0] != "0" and len(groups) == 1)
    ):
        return None
    said = ", ".join(numbers.digits(group) for group in groups)
    return f"più {said}" if written[0] == "+" else said


def _times(found: re.Match[str]) -> str:
    return " per ".join(number(part) for part in re.findall(r"\d+(?:,\d+)?", found[0]))


def _versions(found: re.Match[str]) -> str | None:
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+", found[0]):
        return None
    return " punto ".join(number(part) for part in found[0].split("."))


def _ratio(found: re.Match[str]) -> str:
    return " a ".join(number(part) for part in re.split(" ?: ?", found[0]))


def _latin(found: re.Match[str]) -> str:
    return f"{number(found['l_num'])} {found['l_word'].lower()}"


def _code(found: re.Match[str]) -> str | None:
    """Read letters with digits: "G7" is "gi sette", "Covid-19" is "Covid diciannove", "AB123CD" letter by letter."""
    written = found[0]
    if not re.search(r"\d", written) or not re.search(r"[^\W\d_]", written):
        return None
    parts = [part for part in re.findall(r"[^\W\d_]+|\d+(?:[.,]\d+)?", written) if part]
    return " ".join(
        number(part) if part[0].isdecimal() else _word_of_code(part, alone=len(parts) == 1) for part in parts
    )


def _word_of_code(part: str, *, alone: bool) -> str:
    known = mapping("acronyms").get(part)
    if known and not alone:
        return known
    vowelless = not re.search(r"[aeiouAEIOUàèéìòù]", part)
    if (part.isupper() and len(part) <= len("ABCD")) or len(part) == 1 or (vowelless and len(part) <= len("abc")):
        return numbers.letters(part)
    return part.capitalize() if part.isupper() else part


def _hundreds(found: re.Match[str]) -> str:
    """Read "km 12+300" of roads and railways."""
    return f"{number(found['k_km'])} più {number(found['k_m'])}"


def _ranked_word(found: re.Match[str]) -> str | None:
    """Read "83esimo", "2a giornata", "5o posto"."""
    suffix = found["r_end"].lower()
    value = int(found["r_num"])
    if suffix in {"a", "o"}:  # noqa: SIM102 - read apart
        if not re.match(
            r" (?:edizion|giornat|puntat|fil|class|elementar|medi|superior|categori|post|pian|giro|tapp|sezion|volt|gara|turn|anno)",
            after(found),
        ):
            return None
    if suffix.startswith("enn"):  # "26enne": an age
        age = numbers.cardinal(value).replace("é", "e")
        return (age if age.endswith(("sei", "tre")) else age[:-1]) + suffix
    kind = suffix[-1]
    return numbers.ordinal(value, gender="f" if kind in "ae" else "m", plural=kind in "ie")


def _address(found: re.Match[str]) -> str:
    """Read an address: its parts as words, its marks by name."""
    written = re.sub(r"^https?://", "", found[0])
    said = []
    for part in re.findall(r"[^\W\d_]+|\d+|[^\w\s]|_", written.rstrip("/")):
        if part.isdecimal():
            said.append(number(part))
        elif part.isalpha():
            said.append(_part(part))
        else:
            said.append(_NAMED_MARKS.get(part, mapping("symbols").get(part, "")))
    return " ".join(" ".join(said).split())


def _part(part: str) -> str:
    low = part.lower()
    if low == "www":
        return "vu vu vu"
    if low in {"com", "org", "net", "gov", "info", "eu", "edu"}:
        return low
    # "http", "dl", "ssl": without a vowel nobody can say it as a word.
    return low if re.search("[aeiouy]", low) or len(low) > len("http") else numbers.letters(low)


def _tag(found: re.Match[str]) -> str | None:
    """Read a hashtag or a handle as the words in it."""
    words = re.findall(r"[A-ZÀ-Þ]?[a-zà-ÿ]+|[A-ZÀ-Þ]+(?![a-zà-ÿ])|\d+", found[0])
    said = [number(word) if word.isdecimal() else _spell(word) for word in words]
    return " ".join(said) or None


def _spell(word: str) -> str:
    short = word.isupper() and len(word) > 1
    return numbers.letters(word) if short and not re.search("[AEIOU]", word) else word.capitalize() if short else word


def _room(found: re.Match[str]) -> str:
    """Read a letter that a list or a law puts in brackets: "lett. b)"."""
    return f"lettera {' '.join(numbers.letters(c) for c in found['x_let'])}"


RULES_FIRST = (
    Rule("address", r"(?:(?:https?://|www\.)[^\s<>«»“”\"]{2,}[^\s<>«»“”\".,;:!?)'])", _address),
    Rule("address", r"(?<![\w.@+-])[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,32})+", _address),
    Rule(
        "address",
        r"(?<![\w.@-])(?:[a-zA-Z0-9-]{2,40}\.){1,4}(?:it|com|org|net|eu|gov|info|tv|io)(?:/[^\s<>«»“”\",;:!?)]{0,200}[^\s<>«»“”\".,;:!?)])?(?![\w@]|\.\w)",
        _address,
    ),
    Rule("tag", r"(?<![\w&])[@#][^\W_]\w{0,80}", _tag),
)
RULES = (
    Rule("phone", r"(?<![\w.,/])(?:\+\d{1,3}[ .]?)?\d{2,4}(?:[ ./-]?\d{2,8}){1,5}(?![\w%€]|[.,]\d)", _phone),
    Rule("law", r"(?<![\w.,/])\d{1,5}/\d{2,4}(?![\w]|[.,/]\d)", _law_year),
    Rule("law", rf"(?<![\w.,])(?P<l_num>\d{{1,4}})[- ](?P<l_word>(?:{_LATIN}))\b", _latin),
    Rule("ratio", r"(?<![\w.,:])\d{1,3} ?: ?\d{1,4}(?![\w:]|[.,]\d)", _ratio),
    Rule("fraction", r"(?<![\w.,/])(?P<f_above>\d{1,3})/(?P<f_below>\d{1,4})(?![\w/]|[.,]\d)", _fraction),
    Rule("score", r"(?<![\w.,/–-])\d{1,4} ?[-–] ?\d{1,4}(?![\w%‰€$£°ºª]|[-–/]\w|[.,]\d| ?(?:per cento|[€%]))", _score),
    Rule("code", r"(?<![\w.,/])\d{1,4}(?:[-–]\d{1,4}){2,6}(?![\w]|[-–]\w)", _chain),
    Rule("code", r"(?<![\w.,])(?P<k_km>\d{1,4})\+(?P<k_m>\d{1,3})(?!\w)", _hundreds),
    Rule("times", r"(?<![\w.,])\d{1,4}(?:,\d+)?(?: ?[x×] ?\d{1,6}(?:,\d+)?)+(?!\w)", _times),
    Rule("ordinal", r"(?<![\w.,])(?P<r_num>\d{1,4})(?P<r_end>[a-z]?esim[oaie]|a|o|enn[ei])(?!\w|')", _ranked_word),
    Rule("version", r"(?<![\w.,])\d+(?:\.\d+){2,}(?!\w|,\d)|(?<![\w.,])\d+\.\d{3,}(?!\w|[,.]\d)", _versions),
)
RULES_LAST = (
    Rule(
        "code",
        r"(?<![\w])(?:[^\W\d_]{1,24}-?\d{1,6}(?:[-.]?[^\W_]{1,8}){0,3}|\d{1,6}(?:-?[^\W\d_]{1,3}\d{0,6}){1,3})(?!\w)",
        _code,
    ),
)
WORD_RULES = (Rule("letter", r"(?<!\w)(?:lett\.|lettera) ?(?P<x_let>[a-z]{1,2})\)", _room),)
