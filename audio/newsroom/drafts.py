"""The day's chosen stories as a file: what a killed run goes on from, and what errata mend."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from audio.config import SourceSettings
from audio.files import remove, written_whole
from audio.logins import without_login
from audio.model import Article, Block, Role, Section
from audio.newsroom.choose import LeftOut, Story
from audio.newsroom.items import Item

# Longer than any episode is mended, short enough to stay small.
_KEPT = 14


def save(path: Path, stories: Sequence[Story], left: Sequence[LeftOut]) -> None:
    """Write a draft, whole; the oldest ones beside it go. Raises OutputError."""
    draft = {"stories": [_plain(story) for story in stories], "left_out": [asdict(one) for one in left]}
    with written_whole(path) as file:
        file.write(json.dumps(draft, ensure_ascii=False, default=str).encode())
    for old in sorted(path.parent.glob(f"*{path.suffix}"))[:-_KEPT]:
        remove(old)


def load(path: Path) -> tuple[list[Story], list[LeftOut]] | None:
    """Return the draft, or None where there is none that can be read."""
    try:
        draft = json.loads(path.read_bytes())
        return [_story(one) for one in draft["stories"]], [LeftOut(**one) for one in draft["left_out"]]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _plain(story: Story) -> dict[str, Any]:
    # The article read is that of the first item, so it need not stand twice.
    return {
        "items": [_plain_item(item) for item in story.items],
        "section": story.section,
        "worth": story.worth,
        "update": story.update,
        "why": story.why,
    }


def _plain_item(item: Item) -> dict[str, Any]:
    plain = asdict(item)
    # The settings hold the logins; a draft is no place for them, and goes on from the text that was read.
    for name in ("feed", "url"):
        if plain["source"][name]:
            plain["source"][name] = without_login(plain["source"][name])
    return plain


def _story(plain: dict[str, Any]) -> Story:
    items = tuple(_item(item) for item in plain.pop("items"))
    return Story(items[0].article, items, **plain)


def _item(plain: dict[str, Any]) -> Item:
    source = plain["source"]
    lists = {name: tuple(source[name]) for name in ("prefer", "exclude")}
    folder = Path(source["folder"]) if source["folder"] else None
    published = dt.datetime.fromisoformat(plain["published"]) if plain["published"] else None
    settings = SourceSettings(**{**source, **lists, "folder": folder})
    return Item(plain["key"], _article(plain["article"]), settings, plain["place"], published)


def _article(plain: dict[str, Any]) -> Article:
    sections = tuple(
        Section(section["heading"], tuple(Block(Role(b["role"]), b["text"]) for b in section["blocks"]))
        for section in plain["sections"]
    )
    return Article(**{**plain, "sections": sections})
