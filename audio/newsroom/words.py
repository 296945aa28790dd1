"""News Italian in small pieces: tokens with their stem, their meaning and their figure.

Two newspapers tell one event in different words ("schianto", "scontro"; "32", "trentadue"; "Palazzo Chigi", "il
governo"). What they share shows only when words are brought to their meaning, so that is done here, by tables.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

import snowballstemmer

from audio.italian.numbers import cardinal

# Figures first, so that "2,6" and "9.14" stay whole; an apostrophe ends a word ("dell'A1" is two).
_TOKEN = re.compile(r"\d+(?:[.,:]\d+)*|[^\W\d_]+\d*|%|[.!?:;«»\"“”()–—]")
_ENDS = frozenset('.!?:;«»"“”()–—')
_MULTIPLIERS = {"mila": 1e3, "migliaia": 1e3, "milione": 1e6, "milioni": 1e6, "miliardo": 1e9, "miliardi": 1e9}
ONE = frozenset({"un", "uno", "una"})
_LARGEST_IN_WORDS = 1000
_THOUSANDS = re.compile(r"\d{1,3}(?:\.\d{3})+")


class Token(NamedTuple):
    """One word: ``plain`` is small and without accents; ``figure`` is its value where it is a number.

    ``opens`` tells the first word of a sentence, whose capital says nothing.
    """

    plain: str
    capital: bool
    opens: bool
    figure: float | None = None


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Return small letters without accents, with straight apostrophes.

    >>> plain("Perché l’Italia")
    "perche l'italia"
    """
    straight = text.replace("’", "'").replace("‘", "'")
    return "".join(c for c in unicodedata.normalize("NFD", straight.lower()) if not unicodedata.combining(c))


def tokens(text: str) -> list[Token]:
    """Take a text apart; figures in words and figures in digits come out alike.

    >>> [t.figure for t in tokens("due miliardi e 600 milioni") if t.figure]
    [2600000000.0]
    """
    found: list[Token] = []
    opens = True
    for match in _TOKEN.finditer(text):
        word = match.group()
        if word in _ENDS:
            opens = True
            continue
        small = plain(word)
        value = _value(small)
        size = _MULTIPLIERS.get(small)
        if size and found and (found[-1].figure is not None or found[-1].plain in ONE):
            _multiply(found, size)
            continue
        if small == "cento" and found and found[-1].plain == "per":
            value = None
        found.append(Token(small, word[0].isupper(), opens, value))
        opens = False
    return found


def _multiply(found: list[Token], size: float) -> None:
    """Multiply the last figure ("due miliardi"), and join it to a larger one before ("due miliardi e 600 milioni")."""
    last = found.pop()
    value = (last.figure or 1.0) * size
    before = found[-2].figure if len(found) > 1 and found[-1].plain == "e" else None
    if before is not None and before > value and before >= _MULTIPLIERS["milioni"]:
        found.pop()
        last, value = found.pop(), value + before
    found.append(Token(last.plain, last.capital, last.opens, value))


@lru_cache(maxsize=100_000)
def _value(word: str) -> float | None:
    if word[0].isdigit():
        if _THOUSANDS.fullmatch(word):
            return float(word.replace(".", ""))
        number = word.replace(",", ".").replace(":", ".")
        return float(number) if number.count(".") <= 1 else None
    for ending in ("enne", "enni", "mila", ""):
        value = _numerals().get(word.removesuffix(ending) if ending else word)
        if value is None and ending.startswith("enn"):  # "trentaquattrenne", "ventunenne": the vowel fell
            value = next((v for v in (_numerals().get(word.removesuffix(ending) + end) for end in "oiea") if v), None)
        if value is not None and (not ending or word.endswith(ending)):
            return value * 1000 if ending == "mila" else value
    return None


@cache
def _numerals() -> dict[str, float]:
    """Cardinals in words; "uno" is left out, as it is mostly an article."""
    return {plain(cardinal(number)): float(number) for number in range(2, _LARGEST_IN_WORDS)}


_STEMMER = snowballstemmer.stemmer("italian")


@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """Return a word without its ending, after Snowball's Italian rules."""
    return str(_STEMMER.stemWord(word))


def _lines(name: str) -> Iterator[str]:
    text = (resources.files("audio.newsroom.data") / name).read_text(encoding="utf-8")
    return (line for line in text.splitlines() if line and not line.startswith("#"))


# By first word: the most words a phrase has, and what each phrase means.
Phrases = dict[str, tuple[int, dict[tuple[str, ...], str]]]


def _phrases(rows: Iterator[tuple[str, str]]) -> Phrases:
    """Index phrases by their first word; words that tell nothing are no phrases by themselves."""
    found: dict[str, dict[tuple[str, ...], str]] = {}
    alone = {(word,) for word in common()}
    for meaning, listed in rows:
        for phrase in listed.split(","):
            key = tuple(token.plain for token in tokens(phrase))
            if key and key not in alone:
                found.setdefault(key[0], {})[key] = meaning
    return {first: (max(map(len, phrases)), phrases) for first, phrases in found.items()}


@cache
def meanings() -> Phrases:
    """Return the table of words that say the same."""
    return _phrases((key, words) for key, words in (line.split("\t") for line in _lines("words.tsv")))


@cache
def signs() -> Phrases:
    """Return the words and phrases of a story that has moved on."""
    return _phrases(("moved", line) for line in _lines("news.txt"))


@cache
def common() -> frozenset[str]:
    """Return the words that tell nothing about an event."""
    return frozenset(word for line in _lines("common.txt") for word in line.split())


def phrase_at(table: Phrases, words: Sequence[Token], index: int) -> tuple[str, int] | None:
    """Return (meaning, number of words) of the longest phrase of a table that begins at ``index``."""
    entry = table.get(words[index].plain)
    if entry is None:
        return None
    longest, phrases = entry
    for length in range(min(longest, len(words) - index), 0, -1):
        meaning = phrases.get(tuple([token.plain for token in words[index : index + length]]))
        if meaning is not None:
            return meaning, length
    return None


@cache
def places() -> tuple[Phrases, dict[str, str]]:
    """Return the phrases that point to a place, and the region of each province."""
    regions: dict[str, str] = {}
    rows: list[tuple[str, str]] = []
    for code, region, words in (line.split("\t") for line in _lines("places.tsv")):
        if region:
            regions[code] = region
        # A stem takes any ending: "brescian" is said of people, things and the land around.
        endings = ("", "o", "a", "i", "e", "he", "hi")
        inflected = (word.strip() + ending for word in words.split(",") if word.strip() for ending in endings)
        rows.append((code, ", ".join(inflected)))
    return _phrases(iter(rows)), regions


@cache
def municipalities() -> Phrases:
    """Return the municipalities, each with its province and its own name."""
    rows = (line.split("\t") for line in _lines("municipalities.tsv"))
    return _phrases((f"{province}/{name}", name) for name, province in rows)
