"""What can be seen of a line: its words, form, place on the page, neighbours, and what it shares with the story.

A feature is a few plain words ("ends .", "place below", "word abbon"), so that the table of weights can be read.
Nothing here judges; how much each feature speaks for which label was learned.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from audio.readers.cohesion import stems_of
from audio.readers.furniture.company import is_prose
from audio.readers.head import byline_in, is_signature

# Words tell by their beginnings; of a long paragraph the first lines are enough.
_STEM, _READ_CHARACTERS = 5, 400
_TOKEN = re.compile(r"\w+|[^\w\s]")
_FULL_STOP = re.compile(r"[.…][\"»”')]*$|[»”\"]\.$")
_BULLET = re.compile(r"[-–—*•‣▪●◦·➡✔]\s|\d{1,2}[.)]\s")
_ENDINGS = {"?": "?", "!": "?", "»": '"', "”": '"', '"': '"', ":": ":", ";": ",", ",": ","}
_OPENINGS = {"«": '"', "“": '"', '"': '"'}
_HOLDS = {
    name: re.compile(form)
    for name, form in (
        ("an at sign", r"@"),
        ("an address", r"https?:|www\."),
        ("a bar", r"[|·•>»/]\s"),
        ("a copyright sign", r"©|\(c\)"),
        (
            "a date",
            r"\b\d{1,2}[/. -](?:\d{1,2}|gen|feb|mar|apr|mag|giu|lug|ago|set|ott|nov|dic)\w{0,6}[/. -]\d{2,4}",
        ),
        ("an hour", r"\b\d{1,2}[:.]\d{2}\b"),
        ("a price", r"€|euro"),
        ("a telephone number", r"\b0\d{1,3}[ ./-]?\d{4,}|\b3\d\d[ ./-]?\d{3}"),
        ("a hash", r"#\w"),
        ("a picture", "[\U0001f300-\U0001faff]"),
        ("a label", r"^[^:]{2,25}:\s"),
        ("a quotation", r"[«“\"]"),
        ("nothing but brackets", r"^\(.*\)$|^\[.*\]$"),
        ("who speaks", r"^(?:[DR]|Domanda|Risposta)(?:[.:]|\s[–-])\s"),
    )
}
# The edges of the classes into which figures fall; a figure is in the first class whose edge it does not pass.
_WORDS, _OF_DIGITS, _SHARED, _SHARE = (
    (1, 2, 3, 5, 8, 12, 18, 30, 60),
    (0, 0.05, 0.15, 0.3),
    (0, 1, 2, 3, 5),
    (0, 0.2, 0.35, 0.5, 0.7),
)
_NUMBER, _LINES_TO_STORY, _LINES_PAST, _TOLD = (
    (0, 1, 2, 4, 8, 16),
    (0, 1, 2, 3, 5, 9, 20),
    (-20, -5, -2, -1, 0, 1, 2, 4, 9, 20),
    (0, 0.25, 0.6, 0.9, 1),
)
_IN_BLOCK, _SHARE_NEAR = (1, 2, 3, 5, 9), (0, 0.2, 0.5)


@dataclass(frozen=True, slots=True)
class Unit:
    """A line, or a paragraph whose lines were joined, and the number of its block.

    ``item`` and ``heading``: its source marks it as one.
    """

    text: str
    block: int
    item: bool = False
    heading: bool = False


class _Seen(NamedTuple):
    """What is seen of a line by itself."""

    words: str
    ending: str
    form: list[str]
    prose: bool
    stems: frozenset[str]
    name: bool
    item: bool


def features_of(units: Sequence[Unit]) -> list[list[str]]:
    """Return the features of each unit of one source, in order; no text may be empty."""
    seen = [_see(unit) for unit in units]
    prose = [n for n, one in enumerate(seen) if one.prose]
    first, last = (prose[0], prose[-1]) if prose else (len(units), -1)
    story = Counter(stem for n in prose for stem in seen[n].stems)
    shared = [_shared(one, story) for one in seen]
    best = max((count for count, _ in shared[:first]), default=0)
    sizes = Counter(unit.block for unit in units)
    total = sum(len(units[n].text) for n in prose)
    told = 0
    features = []
    for n, (unit, one) in enumerate(zip(units, seen, strict=True)):
        place = "above" if n < first else "below" if n > last else f"within {bisect_left(_TOLD, told / total)}"
        told += len(unit.text) if one.prose else 0
        features.append(
            [
                *one.form,
                *_in_place(one, place),
                f"line {bisect_left(_NUMBER, n)}",
                f"line from the end {bisect_left(_NUMBER, len(units) - 1 - n)}",
                f"to the story {bisect_left(_LINES_TO_STORY, abs(first - n))} {place[:5]}",
                f"past the story {bisect_left(_LINES_PAST, n - last)}",
                *_in_common(one, shared[n], place, best=n < first and 0 < best == shared[n][0]),
                *_in_block(one, units, n, sizes[unit.block]),
                *_beside(seen, shared, n),
            ]
        )
    return features


def _see(unit: Unit) -> _Seen:
    text = unit.text
    tokens = [_stem(token) for token in _TOKEN.findall(text[:_READ_CHARACTERS])]
    words = f"words {bisect_left(_WORDS, len(text.split()))}"
    ending = f"ends {'.' if _FULL_STOP.search(text) else _ENDINGS.get(text[-1], 'bare')}"
    prose = is_prose(text)
    form = [
        *dict.fromkeys(f"word {token}" for token in tokens),
        *(f"{at} {tokens[n]}" for at, n in (("first", 0), ("last", -1)) if tokens),
    ]
    form += [words, ending, *_written(text), *(f"holds {name}" for name, sign in _HOLDS.items() if sign.search(text))]
    item = unit.item or bool(_BULLET.match(text))
    form += [what for what, true in (("prose", prose), ("bullet", item)) if true]
    named, signs = byline_in(text) is not None, is_signature(text)
    form += [f"is {what}" for what, true in (("a byline", named), ("a name", signs)) if true]
    return _Seen(words, ending, form, prose, stems_of(text), named or signs, item)


def _stem(token: str) -> str:
    return "0" if token.isdigit() else token.lower()[:_STEM]


def _written(text: str) -> Iterator[str]:
    """Yield how a line is written: capitals, figures."""
    words = [word for word in text.split() if word[0].isalpha()]
    if text.isupper():
        yield "capitals"
    yield f"large {4 * sum(word[0].isupper() for word in words) // len(words)}" if words else "wordless"
    opening = "A" if text[0].isupper() else "a" if text[0].islower() else "0" if text[0].isdigit() else "sign"
    yield f"opens {_OPENINGS.get(text[0], opening)}"
    yield f"digits {bisect_left(_OF_DIGITS, sum(map(str.isdigit, text)) / len(text))}"


def _shared(one: _Seen, story: Counter[str]) -> tuple[int, float]:
    """Return how many stems a line has in common with the other lines of the story, and their share of its own."""
    common = sum(story[stem] > one.prose for stem in one.stems)
    return common, common / max(1, len(one.stems))


def _in_place(one: _Seen, place: str) -> Iterator[str]:
    yield f"place {place}"
    yield f"{place}, {one.words}"
    yield f"{place}, {one.ending}"


def _in_common(one: _Seen, shared: tuple[int, float], place: str, *, best: bool) -> Iterator[str]:
    count, share = bisect_left(_SHARED, shared[0]), bisect_left(_SHARE, shared[1])
    yield f"shares {count}"
    yield f"share {share}"
    yield f"shares {count}, {place[:5]}, {one.ending}"
    yield f"share {share}, {place[:5]}, {one.words}"
    yield f"share {share}, {place[:5]}, {one.ending}"
    if best:
        yield "shares most above"
        yield f"shares most above, {one.words}"


def _in_block(one: _Seen, units: Sequence[Unit], n: int, size: int) -> Iterator[str]:
    opens = n == 0 or units[n - 1].block != units[n].block
    closes = n == len(units) - 1 or units[n + 1].block != units[n].block
    side = f"block {'[' if opens else ''}{']' if closes else ''}"
    yield side
    yield f"{side}, {one.ending}"
    yield f"{side}, {one.words}"
    yield f"block of {bisect_left(_IN_BLOCK, size)}"


def _beside(seen: Sequence[_Seen], shared: Sequence[tuple[int, float]], n: int) -> Iterator[str]:
    for side, m in (("before", n - 1), ("after", n + 1)):
        if not 0 <= m < len(seen):
            yield f"nothing {side}"
            continue
        yield f"{side}: {seen[m].words}"
        yield f"{side}: {seen[m].ending}"
        yield f"{side}: share {bisect_left(_SHARE_NEAR, shared[m][1])}"
        if seen[m].prose:
            yield f"{side}: prose"
        if seen[m].name:
            yield f"{side}: a name"
        if seen[m].item:
            yield f"{side}: an item"
