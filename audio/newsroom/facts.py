"""What an item of news says, as sets that can be compared: who, where, when, how many, and what happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from audio.italian.dates import MONTHS
from audio.newsroom import words
from audio.newsroom.words import Token

_WEEKDAYS = frozenset("lunedi martedi mercoledi giovedi venerdi sabato domenica".split())
_ORDINALS = {"primo": 1, "secondo": 2, "terzo": 3, "quarto": 4}
_QUARTER_STARTS = {"gennaio": 1, "aprile": 2, "luglio": 3, "ottobre": 4}
# "Scontro a Orte", "tra Orte e Attigliano", "casello di Orte": what stands before the name of a place.
_BEFORE_PLACES = frozenset(
    "a ad da di d in tra fra presso verso vicino e del dal nel al sull per nella della alla dalla fino".split()
)
_UNIT_REACH = 3
_MONTHS = frozenset(MONTHS)
# "32 persone in manette", "tre milioni di euro".
_BEFORE_UNITS = frozenset({"di", "persone", "altri", "altre"})
_BEFORE_CLOCKS = frozenset({"alle", "ore", "dalle", "le"})
_UNITS = {
    "%": "%",
    **dict.fromkeys(("euro", "dollari", "sterline", "franchi"), "euro"),
    **dict.fromkeys(("anni", "anno"), "anni"),
}
_COUNTED = frozenset({"morte", "ferito", "arresto", "gol", "isolato", "evacuazione", "sparizione", "indagine"})


@dataclass(frozen=True, slots=True)
class Facts:
    """An item in comparable parts.

    ``places`` holds countries, regions and provinces by code, towns as "PROVINCE/town". ``figures`` are (value, unit)
    with the unit "" where none follows. ``periods`` are quarters ("q3"), months, days of a month ("28 novembre") and
    matches ("inter-napoli"): the occasions that tell alike events apart. ``surface`` has all words as written.
    """

    words: frozenset[str]
    names: frozenset[str]
    places: frozenset[str]
    figures: frozenset[tuple[float, str]]
    periods: frozenset[str]
    title: frozenset[object]
    surface: frozenset[str]


def capitals(texts: Iterable[Sequence[Token]]) -> frozenset[str]:
    """Return the words that are names: more often written with a capital than without, where a capital speaks."""
    count: Counter[str] = Counter()
    for found in texts:
        for token in found:
            if not token.opens and token.figure is None:
                count[token.plain] += 1 if token.capital else -1
        # "Elena Zanin aveva": a capital that opens a sentence speaks where another follows it.
        for one, other in pairwise(found):
            if one.opens and one.capital and other.capital and not other.opens and one.plain not in words.common():
                count[one.plain] += 1
    return frozenset(word for word, surplus in count.items() if surplus > 0)


def facts_of(title: Sequence[Token], body: Sequence[Token], names: frozenset[str]) -> Facts:
    """Bring a title and a lead to what they say. ``names`` comes from ``capitals`` over the whole day."""
    reader = _Reader(names)
    reader.read(title)
    in_title = frozenset[object]().union(reader.words, reader.names, reader.places, reader.figures)
    reader.read(body)
    return Facts(
        frozenset(reader.words),
        frozenset(reader.names),
        frozenset(reader.places),
        frozenset(reader.figures),
        frozenset(reader.periods),
        in_title,
        frozenset(token.plain for part in (title, body) for token in part),
    )


class _Reader:
    """Walks over tokens once and sorts them into sets."""

    def __init__(self, names: frozenset[str]) -> None:
        self.known_names = names
        self.words: set[str] = set()
        self.names: set[str] = set()
        self.places: set[str] = set()
        self.figures: set[tuple[float, str]] = set()
        self.periods: set[str] = set()

    def read(self, found: Sequence[Token]) -> None:
        self.periods.update(_match(found))
        index = 0
        while index < len(found):
            index += self._take(found, index)

    def _take(self, found: Sequence[Token], index: int) -> int:
        """Sort the token at ``index`` and return how many were used up."""
        token = found[index]
        if token.figure is not None:
            self._figure(found, index)
            return 1
        if token.plain in words.ONE and index + 1 < len(found):
            counted = words.phrase_at(words.meanings(), found, index + 1)
            if counted and counted[0] in _COUNTED:
                self.figures.add((1.0, counted[0]))
            return 1
        if place := self._place(found, index):
            return place
        if meant := words.phrase_at(words.meanings(), found, index):
            self.words.add(f"={meant[0]}")
            if token.capital and meant[1] == 1 and token.plain in self.known_names:
                self.names.add(token.plain)
            return meant[1]
        self._word(found, index)
        return 1

    def _word(self, found: Sequence[Token], index: int) -> None:
        token = found[index]
        if token.plain in _MONTHS:
            self._month(found, index)
        elif token.plain == "trimestre" and index and found[index - 1].plain in _ORDINALS:
            self.periods.add(f"q{_ORDINALS[found[index - 1].plain]}")
        elif token.plain == "semestre":
            self.periods.add("semestre")
        elif token.plain in words.common() or len(token.plain) == 1:
            return
        elif token.capital and token.plain in self.known_names:
            self.names.add(token.plain)
        else:
            self.words.add(words.stem(token.plain))

    def _month(self, found: Sequence[Token], index: int) -> None:
        """Keep "28 novembre" as a day, "luglio-settembre" as a quarter, a month alone as a month."""
        month = found[index].plain
        before = found[index - 1] if index else None
        if before and before.figure is not None and before.figure <= 31:  # noqa: PLR2004 - days of a month
            self.periods.add(f"{before.figure:.0f} {month}")
        self.periods.add(month)
        later = [t.plain for t in found[index + 1 : index + 4]]
        if month in _QUARTER_STARTS and "settembre marzo giugno dicembre".split().count(later[0] if later else ""):
            self.periods.add(f"q{_QUARTER_STARTS[month]}")

    def _place(self, found: Sequence[Token], index: int) -> int:
        token = found[index]
        if meant := words.phrase_at(words.places()[0], found, index):
            self.places.add(meant[0])
            return meant[1]
        if not token.capital:
            return 0
        meant = words.phrase_at(words.municipalities(), found, index)
        if meant is None:
            return 0
        before = found[index - 1].plain if index else ""
        after = index + meant[1]
        # "Genova, domani scuole chiuse" begins with its place; "Messina: «…»" with a speaker.
        begins = index == 0 and after < len(found) and not found[after].opens
        if before in _BEFORE_PLACES or begins:
            province = meant[0].partition("/")[0]
            self.places.update({meant[0], province})
            return meant[1]
        return 0

    def _figure(self, found: Sequence[Token], index: int) -> None:
        value = found[index].figure
        assert value is not None  # noqa: S101 - for the type checker: the caller looked
        self.figures.add((value, _unit(found, index)))


def _match(found: Sequence[Token]) -> Iterator[str]:
    """Yield the match of a report that begins with it: "Inter-Napoli 2-1"."""
    if len(found) > 3:  # noqa: PLR2004 - two sides, two scores
        one, other, *score = found[:4]
        if one.capital and other.capital and all(token.figure is not None for token in score):
            yield "-".join(sorted((one.plain, other.plain)))


def _unit(found: Sequence[Token], index: int) -> str:
    """Return what a figure counts: a meaning, a stem, "%", "euro", "anni", "ora", or nothing."""
    if found[index].plain.endswith(("enne", "enni")):
        return "anni"
    if index and found[index - 1].plain in _BEFORE_CLOCKS:
        return "ora"
    for after in range(index + 1, min(index + 1 + _UNIT_REACH, len(found))):
        token = found[after]
        if token.opens or token.figure is not None:
            break
        unit = _unit_of(found, after)
        if unit or token.plain not in _BEFORE_UNITS:
            return unit
    return ""


def _unit_of(found: Sequence[Token], index: int) -> str:
    word = found[index].plain
    if word == "per" and index + 1 < len(found) and found[index + 1].plain == "cento":
        return "%"
    if word in _UNITS:
        return _UNITS[word]
    meant = words.phrase_at(words.meanings(), found, index)
    if meant:
        return meant[0]
    return "" if word in words.common() else words.stem(word)
