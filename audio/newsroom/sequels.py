"""A story that was aired before: does today's item repeat it, or does it bring news?

Independent wording makes every rewrite look new word by word. What tells an update is that the story has moved on:
somebody is arrested, resigns, replies; a road opens again; figures and names appear that were not there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from audio.newsroom import stories, words
from audio.newsroom.stories import Judged, Text

# In log-odds: what repeats an aired story is as near to it as the stories of one day are to each other; what moves it
# on has other words by nature.
_LINKED, _LINKED_BY_NEWS = -0.5, -1.8
# Fitted on the labelled set: share of new words, share of new particulars, signs of movement in the
# text, the same in the title, weight of the new words.
_BIAS = -4.4
_WEIGHTS = (1.5, 0.4, 1.6, 1.4, 1.5)
_MOST_SIGNS, _MOST_TITLE_SIGNS = 3, 2
_WORD_BITS = 40.0
# A rewrite brings new words, and a name or two; one that is mostly new is another story.
_MOST_NEW_IN_A_REPEAT = 0.6


class Standing(StrEnum):
    """What an item is to the audience."""

    NEW = "new"
    UPDATE = "update"
    REPEAT = "repeat"


@dataclass(frozen=True, slots=True)
class Past:
    """A story as aired: its key in the ledger and the texts of all its items."""

    key: str
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """An item's standing, and the key of the aired story it belongs to (None for a new one)."""

    standing: Standing
    key: str | None = None


def verdicts(today: Sequence[Text], past: Sequence[Past]) -> list[Verdict]:
    """Return the standing of each of today's items against what was aired."""
    if not past:
        return [Verdict(Standing.NEW)] * len(today)
    texts = [*today, *(text for story in past for text in story.texts)]
    judged = stories.judge(texts)
    members: dict[str, list[int]] = {}
    home: dict[int, str] = {}
    index = len(today)
    for story in past:
        for _ in story.texts:
            members.setdefault(story.key, []).append(index)
            home[index] = story.key
            index += 1
    near: dict[int, set[str]] = {}
    for a, b in stories.candidates(judged):
        if a < len(today) <= b:
            near.setdefault(a, set()).add(home[b])
    return [
        _verdict(judged, texts, item, {key: members[key] for key in near.get(item, ())}) for item in range(len(today))
    ]


def _verdict(judged: Judged, texts: Sequence[Text], item: int, near: Mapping[str, Sequence[int]]) -> Verdict:
    """Find the aired story an item belongs to. To drop it as a repeat takes more than to call it an update."""
    links = {key: _link(judged, item, past, later=True) for key, past in near.items()}
    best = max(sorted(links), key=lambda key: links[key], default=None)
    if best is None or links[best] < _LINKED_BY_NEWS:
        return Verdict(Standing.NEW)
    new_words, new_details, *signs = _measures(judged, texts, item, near[best])
    if _BIAS + sum(w * x for w, x in zip(_WEIGHTS, (new_words, new_details, *signs), strict=True)) > 0:
        return Verdict(Standing.UPDATE, best)
    strict = _link(judged, item, near[best], later=False)
    if strict < _LINKED or (new_words + new_details) / 2 > _MOST_NEW_IN_A_REPEAT:
        # Another number of dead, other names, and no sign of a second day: another event.
        return Verdict(Standing.NEW)
    return Verdict(Standing.REPEAT, best)


def _link(judged: Judged, item: int, past: Sequence[int], *, later: bool) -> float:
    """Return the log-odds that an item belongs to a story: half by its nearest text, half by all."""
    odds = [stories.odds(judged, one, item, later=later) for one in past]
    return (max(odds) + sum(odds) / len(odds)) / 2


def _measures(judged: Judged, texts: Sequence[Text], item: int, past: Sequence[int]) -> tuple[float, ...]:
    """Return what is new in an item against an aired story, in the order of the weights."""
    facts, bits = judged.items[item].facts, judged.bits
    known = [judged.items[index].facts for index in past]
    old_words = frozenset().union(*(one.words for one in known))
    old_details = frozenset().union(*(stories.details_of(one) for one in known))
    old_signs = {sign for index in past for sign in _signs(f"{texts[index].title}. {texts[index].lead}")}
    details, signs = stories.details_of(facts), _signs(f"{texts[item].title}. {texts[item].lead}") - old_signs
    return (
        _share(facts.words - old_words, facts.words, bits),
        _share(details - old_details, details, bits),
        min(_MOST_SIGNS, len(signs)),
        min(_MOST_TITLE_SIGNS, len(signs & _signs(texts[item].title))),
        sum(bits[word] for word in facts.words - old_words) / _WORD_BITS,
    )


def _share(part: Iterable[object], whole: Iterable[object], bits: Mapping[object, float]) -> float:
    total = sum(bits[one] for one in whole)
    return sum(bits[one] for one in part) / total if total else 0.0


def _signs(text: str) -> set[tuple[str, ...]]:
    """Return the words and phrases of a text that tell a story's second day."""
    found = words.tokens(text)
    signs = set()
    for index in range(len(found)):
        if hit := words.phrase_at(words.signs(), found, index):
            signs.add(tuple(token.plain for token in found[index : index + hit[1]]))
    return signs
