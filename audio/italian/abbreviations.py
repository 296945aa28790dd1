"""Abbreviations, titles, saints and initials: what a dot in the middle of a sentence stands for."""

from __future__ import annotations

import functools
import re

from audio.italian import numbers
from audio.italian.evidence import OPENERS, bears_out
from audio.italian.forms import Form
from audio.italian.rules import Hit, Rule, after, before, last_words
from audio.italian.tables import rows

_SENTENCE = Form(r" (?![IVX]+(?!\w))[«“\"(]?[A-ZÀ-Þ]|$")
# An era closes a sentence only where another begins; a headline may end in one.
_CLOSES = {"end": _SENTENCE, "era": Form(r" [«“\"(]?[A-ZÀ-Þ]")}
_NEVER = Form(r"(?!)")
# The needs that little else meets are asked first: a colon, degrees, a price, a number ("cap. VII") before a name ("cap. Rossi").
_STRICT = (
    *("colon", "floor", "storey", "deg", "score", "half", "crowd", "office", "fee", "month", "price", "num", "of"),
    *("reg", "court", "date", "unit", "road", "bound"),
)
# A capital with a dot is an initial, but for these.
_CAPITALS_TOO = frozenset({"N.", "L.", "V.", "T."})
# "T.U." of "T.U.B." is half a sigla.
_GOES_ON = Form(r"[A-Z]\.[A-Z]\.")
# Saints whose name hides the gender of its ending.
_MEN_IN_A = frozenset("Luca Andrea Mattia Nicola Barnaba Isaia Elia Geremia Zaccaria Costa Sabba".split(" "))
_WOMEN = frozenset("Agnese Irene Adele Matilde Clotilde Beatrice Felicita Margherita Edvige".split(" "))
# Holy, but no saint's name.
_HOLY = {
    **dict.fromkeys(("Padre", "Sepolcro", "Natale", "Rosario"), "santo"),
    **dict.fromkeys(("Sede", "Croce", "Fede"), "santa"),
}
# "SS." of one: the Trinity and what else is most holy; of others it is the plural.
_MOST_HOLY = {
    **dict.fromkeys(
        ("Trinità", "Annunziata", "Concezione", "Vergine", "Sindone", "Eucaristia", "Addolorata"), "santissima"
    ),
    **dict.fromkeys(("Sacramento", "Crocifisso", "Redentore", "Rosario", "Cristo", "Nome", "Salvatore"), "santissimo"),
}
_BILLS = frozenset("ddl pdl atto atti senato camera".split(" "))
_QUAKE = Form(r"\b(?:terremot|scoss|sism)")
_MOST_INITIALS = 4
# What one capital letter with a dot may close instead of beginning a name.
_LETTERED = frozenset(
    "gruppo serie classe girone vitamina piano lettera tipo punto fascia zona epatite opzione linea".split(" ")
)
# An article is "of" its code.
_CODES = {
    "codice penale": "del",
    "codice civile": "del",
    "codice di procedura penale": "del",
    "codice di procedura civile": "del",
    "codice della strada": "del",
    "codice dei contratti pubblici": "del",
    "Costituzione": "della",
}
# A title after a plural article: "gli on. Rossi e Bianchi".
_MANY = {
    "onorevole": "onorevoli",
    "senatore": "senatori",
    "dottor": "dottori",
    "professor": "professori",
    "avvocato": "avvocati",
    "signor": "signori",
    "ingegner": "ingegneri",
    "generale": "generali",
}
# The same after a singular article of women: "la sen. Bianchi".
_LADY = {
    "senatore": "senatrice",
    "senatore a vita": "senatrice a vita",
    "dottor": "dottoressa",
    "professor": "professoressa",
    "professore": "professoressa",
    "avvocato": "avvocata",
    "deputato": "deputata",
    "ministro": "ministra",
    "sottosegretario": "sottosegretaria",
    "segretario": "segretaria",
    "consigliere": "consigliera",
    "signor": "signora",
    "direttore sanitario": "direttrice sanitaria",
    "direttore generale": "direttrice generale",
    "direttore artistico": "direttrice artistica",
    "direttore sportivo": "direttrice sportiva",
}
_LADY_BEFORE = Form(r"\b(?:la|alla|della|dalla|una|nella|sulla) $", re.IGNORECASE)
_MANY_BEFORE = Form(r"\b(?:i|gli|dei|degli|ai|agli|dai|dagli) $")
_ARTICLE = Form(r"(?:\d|\b(?:bis|ter|quater|quinquies|sexies)|comma \w+|lett\. \w\)?) $")


@functools.cache
def table() -> dict[str, tuple[tuple[str, str], ...]]:
    """Return written, in small letters → its (spoken, needs), the strictest first, else in the order of the table."""
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for row in rows("abbreviations"):
        key = row[0].partition("#")[0].lower()
        found[key] = (*found.get(key, ()), (row[1], row[2]))
    return {key: tuple(sorted(readings, key=_strictness)) for key, readings in found.items()}


def _strictness(reading: tuple[str, str]) -> int:
    if ":" in reading[1]:  # the very words that stand beside it
        return -1
    return _STRICT.index(reading[1]) if reading[1] in _STRICT else len(_STRICT)


@functools.cache
def first_words() -> frozenset[str]:
    """Return every word, in small letters, that an abbreviation can begin with."""
    return frozenset(written.partition(".")[0].partition(" ")[0].strip("°º") for written in table()) | {"ss"}


@functools.cache
def words() -> frozenset[str]:
    """Return the words that need no dot to be an abbreviation ("mln", "bpd"), or the beginning of one ("per es.")."""
    phrases = {written.partition(" ")[0] for written in table() if " " in written}
    return frozenset(word for word in {*table(), *phrases} if word.isalpha())


def _abbreviation(found: re.Match[str]) -> Hit | None:
    """Expand an abbreviation where what follows bears it out: the longest that the table knows of a run of them."""
    line, start = found.string, found.start()
    for size in range(len(found[0]), 0, -1):
        end = start + size
        inside = (
            line[end - 1].isalnum()
            and line[end - 1] not in "°º"
            and (line[end : end + 1] == "." or line[end : end + 1].isalnum())
        ) or (line[end - 1] == "." and line[end : end + 1].islower())  # no "part." in "part.lle"
        if inside or line[end - 1].isspace() or _GOES_ON.match(line, end - 2):
            continue
        written = line[start:end]
        if len(written) == len("C.") and written[0].isupper() and written[1] == "." and written not in _CAPITALS_TOO:
            continue
        if written == "Max" and start and line[start - 1] == " " and line[start - 2] not in ".:;(":
            continue  # Max Verstappen, 737 Max 8
        for said, needs in table().get(written.lower(), ()):
            # "I C.C." are the Carabinieri, unless an article of law stands before.
            is_corps = written.isupper() and said in _CODES and not _ARTICLE.search(line[max(0, start - 24) : start])
            if bears_out(needs, line, start, end) and not is_corps:
                return Hit(_ending(said, needs, line, start, end), end)
    return None


def _ending(said: str, needs: str, line: str, start: int, end: int) -> str:
    """Return the reading; where the dot also ends the sentence it is kept."""
    if said in _MANY and _MANY_BEFORE.search(line[max(0, start - 8) : start]):
        said = _MANY[said]
    if said in _LADY and _LADY_BEFORE.search(line[max(0, start - 8) : start]):
        said = _LADY[said]
    if said in _CODES and _ARTICLE.search(line[max(0, start - 24) : start]):
        said = f"{_CODES[said]} {said}"
    closes = line[end - 1] == "." and bool(_CLOSES.get(needs, _NEVER).match(line, end))
    if not start and line[0].isupper():
        said = said[0].upper() + said[1:]
    return f"{said}." if closes else said


def _saint(found: re.Match[str]) -> Hit | None:
    """Read "S. Pietro" as "san", "S. Anna" as "sant'", "S. Lucia" as "santa"."""
    line, name = found.string, found["s_name"]
    if re.search(r"\b(?:[A-Z]\.|dott\.|sig\.|prof\.) ?$", before(found)):
        return None
    if found["s_many"]:
        said = _MOST_HOLY.get(name, "santi")
    elif name in _HOLY:
        said = _HOLY[name]
    elif name[0] in "AEIOU":
        return Hit("sant'", found.start("s_name"))
    elif name in _WOMEN or (name.endswith("a") and name not in _MEN_IN_A):
        said = "santa"
    else:
        said = "santo" if re.match(r"S[^aeiouàèéìòù]|Z", name) else "san"
    # "Via S. Croce" keeps its capital only where the line begins with it.
    return Hit(
        said if found.start() or not line else said.capitalize(),
        found.start("s_name") - 1 if line[found.start("s_name") - 1] == " " else found.start("s_name"),
    )


def _our_lady(_found: re.Match[str]) -> str:
    """Read "S. M. Novella", a church; "S. M. il re" is his majesty."""
    return "Santa Maria"


def _initials(found: re.Match[str]) -> Hit | None:
    """Read "J. D. Vance" by the names of the letters, and leave one letter that ends a sentence."""
    letters = re.findall(r"[A-ZÀ-Þ]", found["i_all"])
    if len(letters) == 1:
        left = last_words(found, 1)
        opens = re.match(r" ([^\W\d_]+)", after(found))
        if (left and left[0] in _LETTERED) or (opens and opens[1] in OPENERS and before(found)):
            return None
    return Hit(numbers.letters("".join(letters)), found.end("i_all"))


def _bill(found: re.Match[str]) -> Hit | None:
    """Read "ddl S. 1236", a bill of the Senate."""
    left = last_words(found, 1)
    return Hit(numbers.letters(found[0][0]), found.end()) if left and left[0] in _BILLS else None


def _dotted(found: re.Match[str]) -> Hit | str | None:
    """Read "U.S.A." and "F.C." as the sigla without dots; the last dot may end the sentence."""
    from audio.italian import acronyms  # noqa: PLC0415 - the sigla's own rules read what is left of the dots

    written = found[0].replace(".", "").replace(" ", "")
    if " " in found[0] or len(written) == len("MR"):  # "M. R.", "M.R.": a person the law protects
        return numbers.letters(written)
    said = acronyms.say(written.upper()) if written.upper() in acronyms.table() else None
    said = said or acronyms.by_shape(written.upper())
    closes = found[0].endswith(".") and _SENTENCE.match(after(found))
    return f"{said}." if closes else said


def _both(found: re.Match[str]) -> str | None:
    """Read "impiegato/a" as "impiegato o impiegata" and "tutti/e" as "tutti e tutte"."""
    word, _, ending = found[0].partition("/")
    if word.endswith(("tore", "sore")):  # "direttore/a" has no such woman
        return word
    joint = {"oa": "o", "ea": "o", "ie": "e"}.get(word[-1] + ending)
    return f"{word} {joint} {word[:-1]}{ending}" if joint else None


def _magnitude(found: re.Match[str]) -> str | None:
    """Read the M of "terremoto M 4.1", and the letters of "magnitudo Ml 4.1"."""
    left = before(found, 60).lower()
    if left.endswith("magnitudo "):
        return numbers.letters(found[0])
    return "magnitudo" if _QUAKE.search(left) else None


RULES = (
    Rule("abbreviation", r"(?<!\w)M[LlWw]?(?= ?\d[.,]\d)", _magnitude, "WN", "M"),
    Rule(
        "abbreviation",
        r"(?<![\w.])(?:[pP]er es\.|[aA]d es\.|[cC]orte (?:[cC]ost|[aA]pp)\.|a c\. di\b|[aA]tti parl\.|[dD]dl cost\.|[lL]egge cost\.|[gG]uardia [cC]ost\.|[vV]ice [iI]sp\.)",
        _abbreviation,
        "W",
        "pPaAcCdDlLgGvV",
    ),
    Rule(
        "abbreviation",
        r"(?<![\w.])[^\W\d_]{1,10}\.(?: ?[^\W\d_]{1,6}\.){0,3}(?:[^\W\d_]{1,4}(?!\w))?(?: [^\W\d_]{1,9}(?!\w)\.?){0,2}",
        _abbreviation,
        "D",
    ),
    Rule("abbreviation", r"(?<![\w.])(?:[nNmM]\.?[°º]|[a-z]/[a-z]{1,3}(?!\w)|km/h(?!\w))", _abbreviation, "DJ"),
    Rule("abbreviation", r"(?<![\w.])[A-Za-z]{2,5}(?![\w'])", _abbreviation, "WJ"),
    Rule("both", r"(?<!\w)[^\W\d_]{4,24}/[ae](?!\w)", _both, "J"),
    Rule("bill", r"(?<!\w)[SC]\.(?= ?\d)", _bill, "D", "SC"),
    Rule("saint", r"(?<![\w.])S\. ?M\.(?= (?!il |la |l')[^\W\d_])", _our_lady, "D", "S"),
    Rule("saint", r"(?<![\w.])(?:S\.|(?P<s_many>SS\.|Ss\.)) ?(?P<s_name>[A-Z][a-zà-ÿ]+)", _saint, "D", "S"),
    Rule(
        "initials",
        rf"(?<![\w.])(?P<i_all>[A-ZÀ-Þ]\.(?:[ -]?[A-ZÀ-Þ]\.){{0,{_MOST_INITIALS}}})(?= ?[A-ZÀ-Þ][a-zà-ÿ])",
        _initials,
        "D",
    ),
    Rule(
        "dotted sigla",
        r"(?<![\w.])(?:[A-Z]\. ){1,3}[A-Z]\.(?=[,;:)]| [a-zà-ÿ]|$)|(?<![\w.])(?:[A-Za-z]\.){2,8}(?![a-zà-ÿ])|(?<![\w.])(?:[A-Z]\.){1,8}[A-Z](?![\w.])",
        _dotted,
        "D",
    ),
)
