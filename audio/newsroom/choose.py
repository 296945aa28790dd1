"""From a day's items to the stories of an edition: each event once, the fullest text of it, in order of importance."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from audio.model import Article
from audio.newsroom import sequels, stories
from audio.newsroom.items import Item
from audio.newsroom.sequels import Past, Standing
from audio.newsroom.words import plain

# A feed's first story outweighs its tenth by this much; its editors know best.
_PLACE_WORTH = 0.5
# A story told by several outlets is the day's story.
_OUTLET_WORTH = 0.8
_PREFERRED = 2.0
# News loses half of its weight in so many hours.
_HALF_LIFE_HOURS = 18.0


@dataclass(frozen=True, slots=True)
class Story:
    """An event as the edition will tell it: the article to read, and all items that tell it, the read one first."""

    article: Article
    items: tuple[Item, ...]
    section: str
    worth: float
    update: bool = False
    why: str = ""

    @property
    def title(self) -> str:
        """The headline, or the first words."""
        text = self.items[0].text
        return self.article.headline or " ".join(text.lead.split()[:12])


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An item that the edition does not tell, and why."""

    item: str
    why: str


def choose(
    items: Sequence[Item], past: Sequence[Past], aired: Mapping[str, str], now: dt.datetime
) -> tuple[list[Story], list[LeftOut]]:
    """Return the day's stories, the most important first, and what is left out.

    ``past`` are the stories aired of late, ``aired`` the names of their items with their dates.
    """
    left: list[LeftOut] = []
    fit = [item for item in items if not _unfit(item, now, left)]
    verdicts = sequels.verdicts([item.text for item in fit], past)
    fresh: list[tuple[Item, Standing]] = []
    for item, verdict in zip(fit, verdicts, strict=True):
        same = item.name in aired and verdict.standing is not Standing.UPDATE
        if same or verdict.standing is Standing.REPEAT:
            when = aired.get(item.name) or (verdict.key or "")[:10]
            left.append(LeftOut(item.key, f"aired on {when}"))
        else:
            fresh.append((item, verdict.standing))
    groups = stories.group([item.text for item, _ in fresh])
    told = [_story([fresh[index] for index in group], now) for group in groups]
    told.sort(key=lambda story: (-story.worth, story.items[0].key))
    return _within_quotas(told, left), left


def _unfit(item: Item, now: dt.datetime, left: list[LeftOut]) -> bool:
    """Tell whether an item is too old or unwanted, and note it."""
    source = item.source
    if item.published is not None and now - item.published > dt.timedelta(hours=source.max_age_hours):
        left.append(LeftOut(item.key, f"older than {source.max_age_hours:g} hours"))
        return True
    unwanted = next(_mentioned(source.exclude, item), None)
    if unwanted is not None:
        left.append(LeftOut(item.key, f"mentions {unwanted!r}"))
    return unwanted is not None


def _mentioned(wanted: Iterable[str], item: Item) -> Iterator[str]:
    text = plain(f"{item.text.title} {item.text.lead}")
    return (word for word in wanted if re.search(rf"\b{re.escape(plain(word))}\b", text))


def _story(members: Sequence[tuple[Item, Standing]], now: dt.datetime) -> Story:
    """Make a story of one event's items. The fullest text is read, among those with news if it is an update."""
    update = any(standing is Standing.UPDATE for _, standing in members)
    telling = [item for item, standing in members if not update or standing is Standing.UPDATE]
    read = max(telling, key=lambda item: (_characters(item.article), item.source.weight, item.key))
    items = [read, *sorted((item for item, _ in members if item is not read), key=lambda item: item.key)]
    outlets = {item.outlet for item in items}
    preferred = sorted({word for item in items for word in _mentioned(item.source.prefer, item)})
    worth = max(_worth(item, now) for item in items) * (1 + _OUTLET_WORTH * math.log2(len(outlets)))
    why = [f"{len(outlets)} outlets" if len(outlets) > 1 else f"from {read.outlet}"]
    if preferred:
        worth *= _PREFERRED
        why.append(f"mentions {', '.join(preferred)}")
    if update:
        why.append("has news")
    return Story(read.article, tuple(items), read.source.section, worth, update, ", ".join(why))


def _characters(article: Article) -> int:
    return sum(len(block.text) for section in article.sections for block in section.blocks)


def _worth(item: Item, now: dt.datetime) -> float:
    age: float = max(0.0, (now - item.published).total_seconds() / 3600) if item.published else _HALF_LIFE_HOURS / 2
    fresh: float = 0.5 ** (age / _HALF_LIFE_HOURS)
    return item.source.weight * (1 + _PLACE_WORTH / (1 + item.place)) * fresh


def _within_quotas(told: Sequence[Story], left: list[LeftOut]) -> list[Story]:
    """Keep no more stories of a source than its quota, the most important ones."""
    count: dict[int, int] = {}
    kept = []
    for story in told:
        source = story.items[0].source
        if count.get(id(source), 0) >= source.quota:
            left += [LeftOut(item.key, f"its source has a quota of {source.quota}") for item in story.items]
            continue
        count[id(source)] = count.get(id(source), 0) + 1
        kept.append(story)
    return kept
