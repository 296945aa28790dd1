"""Items of one event brought together, without any model: a file of tables, a few weights, and caution.

Two items tell one event when what is particular in them (who, where, when, how many) agrees and the matter is the
same. Where the particulars contradict each other – another province, another quarter, another number of dead – they
are two events, however alike the words: merging two events is a false report, a repeat is only tedious.
"""

from __future__ import annotations

import heapq
import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from audio.newsroom import words
from audio.newsroom.facts import Facts, capitals, facts_of

# What is in more items than this nominates no pair: it keeps the work linear in the number of items.
_MOST_IN_A_POSTING = 60
_MOST_CANDIDATES = 12
# A pair that shares less than this, in bits, is not worth a look.
_LEAST_SHARED = 6.0
# Weights of a logistic model fitted on the labelled set, rounded; see docs/daily.md. In the order of ``features``.
_BIAS = -6.8
_WEIGHTS: tuple[float, ...] = (5.6, 2.2, 4.5, -3.0, -3.9, -5.5, -12.5, 10.8)
# A little under even odds: across held-out families this gave the best F1 with fewer than 4 % of lookalikes merged.
_SAME = 0.43
# The place of the changed figures among the weights.
_FIGURES = 4
# Ages, shares and bare figures are many in one text; that they differ says nothing.
_NO_CONFLICT = frozenset({"", "%", "euro", "anni", "ora"})
_LARGE = 1e6
_SMOOTHING = 20
# So many words are alike in any two texts of this length.
_CHANCE_ALIKE = 0.25
# And so many only in copies and in templates.
_TEMPLATE = 0.5
# Log-odds of what cannot be.
_NEVER = -20.0
# A single shared detail is no agreement in all details.
_DETAIL_BITS = 4.0
_BITS_OF_A_BARE_FIGURE = 2.0
# "Oltre due miliardi e mezzo" is said of 2,56.
_ROUNDING = 0.04


@dataclass(frozen=True, slots=True)
class Text:
    """The words of one item that tell what it is about: its title and its lead."""

    title: str
    lead: str


@dataclass(frozen=True, slots=True)
class Weighed:
    """An item's facts with what is particular in them, all its parts, and their weights in bits.

    ``matter`` is the length of the word vector, as the cosine wants it.
    """

    facts: Facts
    details: frozenset[object]
    parts: frozenset[object]
    surface: frozenset[str]
    matter: float
    details_bits: float
    parts_bits: float


@dataclass(frozen=True, slots=True)
class Judged:
    """A day's items in comparable parts, with how telling each part is (bits)."""

    items: tuple[Weighed, ...]
    bits: Mapping[object, float]


def judge(texts: Sequence[Text]) -> Judged:
    """Read all items of a day, and of the days before where they matter, against each other."""
    taken = [(words.tokens(text.title), words.tokens(text.lead)) for text in texts]
    names = capitals(part for pair in taken for part in pair)
    facts = [facts_of(title, lead, names) for title, lead in taken]
    parts = [frozenset[object]().union(f.words, f.title, details_of(f)) for f in facts]
    count: Counter[object] = Counter()
    for one in parts:
        count.update(one)
    # Smoothed, so that in a handful of items a shared word still says something.
    total = len(facts) + _SMOOTHING
    bits = {part: math.log2(total / (n + 0.5)) for part, n in count.items()}
    return Judged(tuple(_weigh(f, part, bits) for f, part in zip(facts, parts, strict=True)), bits)


def details_of(facts: Facts) -> frozenset[object]:
    """Return what is particular in an item: who, where, when and how many."""
    return frozenset[object]().union(facts.names, facts.places, facts.figures, facts.periods)


def _weigh(facts: Facts, parts: frozenset[object], bits: Mapping[object, float]) -> Weighed:
    details = details_of(facts)
    matter = math.sqrt(_sum_of_squares(facts.words, bits))
    return Weighed(facts, details, parts, facts.surface, matter, _sum(details, bits), _sum(parts, bits))


def features(judged: Judged, a: int, b: int) -> tuple[float, ...]:
    """Return how two items agree and disagree, in the order of the weights."""
    mine, theirs, bits = judged.items[a], judged.items[b], judged.bits
    one, other = mine.facts, theirs.facts
    matter = _cosine(one.words & other.words, mine.matter * theirs.matter, bits)
    shared = _sum(mine.details & theirs.details, bits)
    least = min(mine.details_bits, theirs.details_bits)
    near = {v for v, _ in one.figures} & {v for v, _ in other.figures}
    evidence = _saturating(shared + _BITS_OF_A_BARE_FIGURE * len(near))
    return (
        matter,
        math.sqrt(matter * evidence),
        shared / (least + _DETAIL_BITS),
        _elsewhere(one.places, other.places),
        min(2.0, _other_figures(one.figures, other.figures)),
        _other_time(one.periods, other.periods),
        _refilled(mine, theirs, bits),
        (_covered(mine, theirs, bits) + _covered(theirs, mine, bits)) / 2,
    )


def _covered(mine: Weighed, theirs: Weighed, bits: Mapping[object, float]) -> float:
    """Return how much of one item's title is anywhere in the other (0 to 1)."""
    whole = _sum(mine.facts.title, bits)
    return _sum(mine.facts.title & theirs.parts, bits) / whole if whole else 0.0


def _refilled(mine: Weighed, theirs: Weighed, bits: Mapping[object, float]) -> float:
    """Return how much two items look like one template filled in twice: the same small words, other parts.

    Copies of one text have hardly another part, independent texts have few words alike: both give about 0.
    """
    words_alike = _words_alike(mine, theirs)
    if words_alike <= _CHANCE_ALIKE:
        return 0.0
    shared = _sum(mine.parts & theirs.parts, bits)
    whole = mine.parts_bits + theirs.parts_bits - shared
    return (words_alike - _CHANCE_ALIKE) * (1 - shared / whole)


def _sum(parts: Iterable[object], bits: Mapping[object, float]) -> float:
    return sum(bits[part] for part in parts)


def _words_alike(mine: Weighed, theirs: Weighed) -> float:
    return len(mine.surface & theirs.surface) / max(1, min(len(mine.surface), len(theirs.surface)))


def _sum_of_squares(parts: Iterable[str], bits: Mapping[object, float]) -> float:
    return sum(bits[part] ** 2 for part in parts)


def _cosine(shared: frozenset[str], lengths: float, bits: Mapping[object, float]) -> float:
    return _sum_of_squares(shared, bits) / lengths if shared else 0.0


def _saturating(bits: float) -> float:
    """One rare part says much, a second one less."""
    return 1 - math.exp(-bits / 8)


def _elsewhere(a: frozenset[str], b: frozenset[str]) -> float:
    """Return 1 where both are in Italy but in no common region, less for other provinces or towns of one region."""
    regions = words.places()[1]
    provinces = [{code for code in places if code in regions} for places in (a, b)]
    around = [
        {regions[c] for c in inside} | {c for c in places if c in _regions()}
        for inside, places in zip(provinces, (a, b), strict=True)
    ]
    if not around[0] or not around[1]:
        return 0.0
    if not around[0] & around[1]:
        return 1.0
    if provinces[0] and provinces[1] and not provinces[0] & provinces[1]:
        return 0.7
    towns = [{code for code in places if "/" in code} for places in (a, b)]
    return 0.3 if towns[0] and towns[1] and not towns[0] & towns[1] else 0.0


@cache
def _regions() -> frozenset[str]:
    return frozenset(words.places()[1].values())


def _other_figures(a: frozenset[tuple[float, str]], b: frozenset[tuple[float, str]]) -> float:
    """Count what both count and find different: the dead, the arrested; and sums of money in the millions."""
    conflicts = 0.0
    for unit in {u for _, u in a} & {u for _, u in b}:
        if unit in _NO_CONFLICT:
            continue
        conflicts += _disjoint({v for v, u in a if u == unit}, {v for v, u in b if u == unit})
    large = [{v for v, u in figures if v >= _LARGE and u in {"", "euro"}} for figures in (a, b)]
    return conflicts + 0.5 * bool(large[0] and large[1] and _disjoint(*large))


def _disjoint(values: set[float], others: set[float]) -> bool:
    return not any(abs(v - w) <= _ROUNDING * max(v, w) for v in values for w in others)


def _other_time(a: frozenset[str], b: frozenset[str]) -> float:
    if _matches(a) and _matches(b) and not _matches(a) & _matches(b):
        return 1.0
    quarters = [{p for p in periods if p[0] == "q" and p[1:].isdigit()} for periods in (a, b)]
    if quarters[0] and quarters[1] and not quarters[0] & quarters[1]:
        return 1.0
    days = [{p for p in periods if p[0].isdigit()} for periods in (a, b)]
    if days[0] and days[1] and not days[0] & days[1]:
        return 0.5
    return 0.0


def _contradict(mine: Weighed, theirs: Weighed) -> bool:
    """Tell whether two items cannot be one event: another quarter or match, or one template in two places."""
    one, other = mine.facts, theirs.facts
    if _other_time(one.periods, other.periods) == 1:
        return True
    return _elsewhere(one.places, other.places) > 0 and _words_alike(mine, theirs) > _TEMPLATE


def _matches(periods: frozenset[str]) -> set[str]:
    return {period for period in periods if "-" in period}


def odds(judged: Judged, a: int, b: int, *, later: bool = False) -> float:
    """Return the log-odds that two items tell one event; ``later`` forgives figures that have changed since."""
    if _contradict(judged.items[a], judged.items[b]):
        return _NEVER
    measures = features(judged, a, b)
    score = _BIAS + sum(w * x for w, x in zip(_WEIGHTS, measures, strict=True))
    return score - _WEIGHTS[_FIGURES] * measures[_FIGURES] if later else score


def likeness(judged: Judged, a: int, b: int) -> float:
    """Return how likely two items tell one event (0 to 1)."""
    return 1 / (1 + math.exp(-odds(judged, a, b)))


def candidates(judged: Judged) -> list[tuple[int, int]]:
    """Return the pairs worth a look: those that share what few items have."""
    postings: dict[object, list[int]] = defaultdict(list)
    for index, item in enumerate(judged.items):
        for part in item.parts:
            postings[part].append(index)
    pairs: set[tuple[int, int]] = set()
    for index, item in enumerate(judged.items):
        shared: dict[int, float] = defaultdict(float)
        for part in item.parts:
            found = postings[part]
            if 1 < len(found) <= _MOST_IN_A_POSTING:
                bits = judged.bits[part]
                for other in found:
                    shared[other] += bits
        shared.pop(index, None)
        best = [(bits, -other) for other, bits in shared.items() if bits >= _LEAST_SHARED]
        if len(best) > _MOST_CANDIDATES:
            best = heapq.nlargest(_MOST_CANDIDATES, best)
        pairs.update((min(index, -other), max(index, -other)) for _, other in best)
    return sorted(pairs)


def group(texts: Sequence[Text]) -> list[list[int]]:
    """Return the stories of a day as lists of indices, each in order, the stories in order of their first item.

    Stories join while, on average, each item of one is likely the event of each item of the other.
    """
    judged = judge(texts)
    known: dict[tuple[int, int], float] = {}

    def like(a: int, b: int) -> float:
        pair = (min(a, b), max(a, b))
        if pair not in known:
            known[pair] = likeness(judged, *pair)
        return known[pair]

    members = {index: [index] for index in range(len(texts))}
    home = list(range(len(texts)))
    queue = [(-like(a, b), a, b) for a, b in candidates(judged)]
    for _, a, b in sorted(edge for edge in queue if -edge[0] >= _SAME):
        one, other = members[home[a]], members[home[b]]
        if one is other:
            continue
        if sum(like(x, y) for x in one for y in other) >= _SAME * len(one) * len(other):
            into, gone = sorted((home[a], home[b]))
            members[into] = sorted(members[into] + members.pop(gone))
            for index in members[into]:
                home[index] = into
    return [members[index] for index in sorted(members)]


def pairs_of(groups: Iterable[Sequence[int]]) -> set[tuple[int, int]]:
    """Return all pairs that stand in one group."""
    return {pair for members in groups for pair in combinations(sorted(members), 2)}
