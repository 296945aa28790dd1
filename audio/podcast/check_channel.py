"""What directories ask of a show."""

from __future__ import annotations

import re
import uuid
from email.utils import parsedate_to_datetime
from xml.etree.ElementTree import Element

from audio.categories import is_category
from audio.podcast.finding import ATOM, ITUNES, PODCAST, Findings, must, should, text_of

_MAX_DESCRIPTION_BYTES = 4000
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")
_MAX_FREQUENCY_CHARACTERS = 128
_WHERE = "channel"
_WEEKDAYS = "Mon Tue Wed Thu Fri Sat Sun".split()
_DATE = re.compile(
    rf"(?:({'|'.join(_WEEKDAYS)}), )?\d{{1,2}} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{{4}} "
    r"\d\d:\d\d(?::\d\d)? (?:[+-]\d{4}|GMT)$"
)


def check(channel: Element, url: str | None) -> Findings:
    """Yield what is wrong with the show's own tags; ``url`` is where the feed is served."""
    yield from _texts(channel, url)
    yield from _self(channel, url)
    yield from _itunes(channel)
    yield from _categories(channel)
    yield from _podcasting(channel)
    if text_of(channel, "generator") == "Notiziario":
        yield from _disclosure(channel)


def _texts(channel: Element, url: str | None) -> Findings:
    for tag in ("title", "description", "link", "language"):
        if not text_of(channel, tag):
            yield must(_WHERE, f"has no {tag}", f"Give it a {tag}.")
    if (size := len(text_of(channel, "description").encode())) > _MAX_DESCRIPTION_BYTES:
        yield must(_WHERE, f"description has {size} bytes", f"At most {_MAX_DESCRIPTION_BYTES}, accents count double.")
    if url and text_of(channel, "link") == url:
        yield must(_WHERE, "link is the feed", "Link the page where people read about the show.")
    if (language := text_of(channel, "language")) and not _LANGUAGE.match(language):
        yield must(_WHERE, f"language {language!r} is none", "Write it or it-IT.")
    if re.search(r"©|copyright|\b(19|20)\d\d\b", text_of(channel, "copyright"), re.IGNORECASE):
        yield should(_WHERE, "copyright has the word, the sign or a year", "Name only who holds the rights.")
    yield from _dates(channel)
    if (image := channel.find("image")) is not None:
        yield from _image(channel, image)


def _dates(channel: Element) -> Findings:
    for tag in ("pubDate", "lastBuildDate"):
        if (date := text_of(channel, tag)) and not is_date(date):
            yield must(_WHERE, f"{tag} {date!r} is no date", "Write Thu, 06 Nov 2025 06:30:00 +0100, in English.")


def _image(channel: Element, image: Element) -> Findings:
    for tag in ("url", "title", "link"):
        if not text_of(image, tag):
            yield must(_WHERE, f"image has no {tag}", "RSS wants url, title and link in it.")
    if any(text_of(image, tag) != text_of(channel, tag) for tag in ("title", "link")):
        yield should(_WHERE, "image has another title or link than the show", "Repeat the show's.")


def _self(channel: Element, url: str | None) -> Findings:
    links = [link for link in channel.findall(f"{ATOM}link") if link.get("rel") == "self"]
    if len(links) != 1:
        yield must(_WHERE, f"has {len(links)} atom:link rel=self", "Write exactly one, with the feed's own address.")
        return
    if links[0].get("type") != "application/rss+xml":
        yield should(_WHERE, "atom:link self has another type", "It is application/rss+xml.")
    if url and links[0].get("href") != url:
        yield must(_WHERE, f"says it stands at {links[0].get('href')}", f"It was read from {url}: let both agree.")
    moved = text_of(channel, f"{ITUNES}new-feed-url")
    if moved and moved != links[0].get("href"):
        yield should(_WHERE, f"moves to {moved}", "Right while it moves; the new feed must name itself so.")


def _itunes(channel: Element) -> Findings:
    explicit = text_of(channel, f"{ITUNES}explicit")
    if explicit not in {"true", "false"}:
        yield must(_WHERE, f"itunes:explicit is {explicit!r}", "Write true or false; yes, no and clean are refused.")
    image = channel.find(f"{ITUNES}image")
    if image is None or not image.get("href"):
        yield must(_WHERE, "has no itunes:image", "Name a square JPEG or PNG of 1400 to 3000 pixels in its href.")
    elif not re.search(r"\.(jpe?g|png)$", image.get("href", ""), re.IGNORECASE):
        yield must(_WHERE, "itunes:image is named neither .jpg nor .png", "Give the file its right ending.")
    if not text_of(channel, f"{ITUNES}author"):
        yield must(_WHERE, "has no itunes:author", "Name who makes the show.")
    if not text_of(channel, f"{ITUNES}owner/{ITUNES}email"):
        yield should(_WHERE, "has no owner's address", "Spotify verifies the owner by it: set show.email.")
    if (kind := text_of(channel, f"{ITUNES}type")) not in {"", "episodic", "serial"}:
        yield must(_WHERE, f"itunes:type {kind!r} is none", "Write episodic or serial.")
    if (block := text_of(channel, f"{ITUNES}block")) not in {"", "Yes"}:
        yield must(_WHERE, f"itunes:block {block!r} does nothing", "Only Yes hides a show; else leave it out.")
    if channel.find(f"{ITUNES}keywords") is not None:
        yield should(_WHERE, "has itunes:keywords", "Leave them out: nothing reads them any more.")


def _categories(channel: Element) -> Findings:
    categories = channel.findall(f"{ITUNES}category")
    if not categories:
        yield must(_WHERE, "has no itunes:category", "News with Daily News inside suits a bulletin.")
    for category in categories:
        name = category.get("text") or ""
        inner = [sub.get("text") or "" for sub in category.findall(f"{ITUNES}category")]
        paths: list[tuple[str, ...]] = [(name, sub) for sub in inner]
        for path in paths or [(name,)]:
            if not is_category(path):
                yield must(
                    _WHERE, f"category {' > '.join(path)!r} is not in Apple's list", "Write it as the list does."
                )


def _podcasting(channel: Element) -> Findings:
    guid = text_of(channel, f"{PODCAST}guid")
    if not guid:
        yield should(_WHERE, "has no podcast:guid", "It keeps the show the same when it moves.")
    elif not _is_uuid(guid):
        yield must(_WHERE, f"podcast:guid {guid!r} is no UUID", "Make it once from the feed's first address (UUIDv5).")
    if (locked := text_of(channel, f"{PODCAST}locked")) not in {"", "yes", "no"}:
        yield must(_WHERE, f"podcast:locked {locked!r} is none", "Write yes or no.")
    if len(text_of(channel, f"{PODCAST}updateFrequency")) > _MAX_FREQUENCY_CHARACTERS:
        yield must(_WHERE, "podcast:updateFrequency is too long", f"At most {_MAX_FREQUENCY_CHARACTERS} characters.")


def _disclosure(channel: Element) -> Findings:
    if "sintetic" not in text_of(channel, "description").lower():
        yield should(_WHERE, "description does not say that the voice is synthetic", "Apple asks for it.")
    if not any(txt.get("purpose") == "ai-content" for txt in channel.findall(f"{PODCAST}txt")):
        yield should(_WHERE, "has no podcast:txt of purpose ai-content", "Say true where a synthetic voice speaks.")


def is_date(text: str) -> bool:
    """Tell whether a text is a date as e-mail writes it, with English names, the right weekday and a numeric zone."""
    if not (match := _DATE.match(text)):
        return False
    try:
        moment = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return False
    return match[1] is None or _WEEKDAYS[moment.weekday()] == match[1]


def _is_uuid(text: str) -> bool:
    try:
        return str(uuid.UUID(text)) == text.lower()
    except ValueError:
        return False
