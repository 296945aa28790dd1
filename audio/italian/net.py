"""Addresses of the net, hashtags and handles: their parts as words, their marks by name."""

from __future__ import annotations

import re

from audio.italian import numbers
from audio.italian.forms import Form
from audio.italian.rules import NET, Rule, last_words
from audio.italian.tables import mapping

_NAMED_MARKS = {
    "/": "barra",
    ".": "punto",
    "@": "chiocciola",
    "-": "trattino",
    "_": "trattino basso",
    ":": "due punti",
    "?": "punto interrogativo",
    "=": "uguale",
    "#": "cancelletto",
    "'": "",
}
_KEYS = {"#": "cancelletto", "*": "asterisco"}
_BEFORE_KEY = ("tast", "prem", "digit", "simbol", "caratter", "codic")
_VOWEL = Form("[aeiouyAEIOUYàèéìòù]")
# The longest part of an address that is spelled where it has no vowel: "http", "rtbf".
_LONGEST_SPELLED = 4
_TOP = "it|com|org|net|eu|gov|info|tv|io|edu|uk|fr|de|ch|sm|pdf|docx|xlsx|zip"


def _address(found: re.Match[str]) -> str:
    """Read an address: its parts as words, its marks by name."""
    written = re.sub(r"^https?://", "", found[0])
    said = []
    for part in re.findall(r"[^\W\d_]+|\d+|[^\w\s]|_", written.rstrip("/")):
        if part.isdecimal():
            said.append(numbers.read(part))
        elif part.isalpha():
            said.append(_part(part))
        else:
            said.append(_NAMED_MARKS.get(part, mapping("symbols").get(part, "")))
    return " ".join(" ".join(said).split())


def _part(part: str) -> str:
    low = part.lower()
    if low == "www":
        return "vu vu vu"
    return low if _VOWEL.search(low) or len(low) > _LONGEST_SPELLED else numbers.letters(low)


def _domain(found: re.Match[str]) -> str:
    """Read ".it", a domain by itself."""
    return f"punto {_part(found[0][1:])}"


def _key(found: re.Match[str]) -> str | None:
    """Read "il tasto #", a key and no hashtag."""
    return _KEYS[found[0]] if any(word.startswith(_BEFORE_KEY) for word in last_words(found, 2)) else None


def _tag(found: re.Match[str]) -> str | None:
    """Read a hashtag or a handle as the words in it."""
    words = re.findall(r"[A-ZÀ-Þ]?[a-zà-ÿ]+|[A-ZÀ-Þ]+(?![a-zà-ÿ])|\d+", found[0])
    return " ".join(numbers.read(word) if word.isdecimal() else _word(word) for word in words) or None


def _word(word: str) -> str:
    known = mapping("names").get(word)
    if known:
        return known
    if not word.isupper() or len(word) == 1:
        return word
    return word.capitalize() if _VOWEL.search(word) else numbers.letters(word)


RULES = (
    Rule("address", r"(?<![\w@])(?:https?://|www\.)[^\s<>«»“”\"]{2,2000}(?<![.,;:!?)'])", _address, "DJ", "hw"),
    Rule("address", r"(?<![\w.@+-])[\w.+-]{1,64}+@[\w-]{1,64}+(?:\.[\w-]{1,32}){1,5}(?!@)", _address, "DHNJl.-"),
    Rule(
        "address",
        rf"(?<![\w.@-])(?:(?:[a-zA-Z0-9-]{{2,40}}+\.){{1,4}}(?:{_TOP})|x\.com|t\.me)(?:/[^\s<>«»“”\",;:!?)]{{0,200}}(?<![.']))?(?![\w@]|\.\w)",
        _address,
        "DHNl.-",
    ),
    Rule("address", rf"(?<![^\s(«“\"])\.(?:{_TOP})(?!\w)", _domain, NET),
    Rule("key", r"(?<!\w)[#*](?!\w)", _key, NET),
    Rule("tag", r"(?<![\w&])[@#][^\W_]\w{0,80}", _tag, NET),
)
