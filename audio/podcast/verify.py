"""A whole check: a feed by its rules, and what it names, in the folder or on the web."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from audio.config import Config
from audio.errors import SourceError
from audio.podcast import address, check, check_items, check_links, store, web
from audio.podcast.finding import ITUNES, PODCAST, Finding, Findings, must

# A byte more than the largest feed that a reader takes, so that the check sees it.
_MAX_FEED_BYTES = 20_000_000


def examine(feed: str | None, config: Config, now: dt.datetime) -> tuple[Finding, ...]:
    """Check a feed: at an address with all it names, in a file by itself, or by None the show's own with its folder.

    Raises SourceError where there is none to read.
    """
    if feed is None:
        return _own(config, now)
    if feed.startswith(("http://", "https://")):
        return _served(feed, now)
    return check.check_feed(_read(Path(feed)), None, now)[1]


def public(config: Config, now: dt.datetime) -> tuple[Finding, ...]:
    """Check the show as the public finds it; what cannot be reached is a finding too."""
    url = address.feed(config.show)
    try:
        return _served(url, now)
    except SourceError as error:
        return (must("feed", error.message, "Publish the folder there, or mend show.base_url."),)


def _own(config: Config, now: dt.datetime) -> tuple[Finding, ...]:
    folder = config.publish.folder
    channel, found = check.check_feed(_read(folder / store.FEED), address.feed(config.show), now)
    return (*found, *(_in_folder(channel, folder, address.base(config.show)) if channel is not None else ()))


def _served(url: str, now: dt.datetime) -> tuple[Finding, ...]:
    try:
        private = web.is_private(url)
        answer = web.ask(url, headers=check_links.ORIGIN, most=_MAX_FEED_BYTES, private=private)
        if answer.status != 200:  # noqa: PLR2004
            raise SourceError(f"{url}: answers {answer.status}", hint="Is that the feed's address?")
        channel, found = check.check_feed(answer.body, answer.url, now)
        found += tuple(check_links.check_feed_answer(url, answer, private=private))
        if channel is not None:
            found += tuple(check_links.check_files(channel, private=private))
    except web.UnreachableError as error:
        raise SourceError(f"{url}: {error}", hint="Is that the feed's address?") from error
    return found


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(_MAX_FEED_BYTES)
    except OSError as error:
        raise SourceError(
            f"{path}: cannot be read: {error.strerror}", hint="`notiziario publish` writes it."
        ) from error


def _in_folder(channel: Element, folder: Path, base: str) -> Findings:
    for where, url, length in _named(channel):
        if not url.startswith(base):
            continue
        path = folder / url.removeprefix(base)
        if not path.is_file():
            yield must(where, f"names {url}, and there is no such file", "Run `notiziario publish`.")
        elif length and path.stat().st_size != int(length):
            says = f"says {length} bytes where the file has {path.stat().st_size}"
            yield must(where, says, "Make the episode again, with --publish.")


def _named(channel: Element) -> Iterator[tuple[str, str, str]]:
    """Yield (where, address, length or nothing) of each file that a feed names."""
    for image in channel.findall(f"{ITUNES}image"):
        yield "channel", image.get("href") or "", ""
    for number, item in enumerate(channel.findall("item"), 1):
        where = check_items.name_of(item, number)
        for enclosure in item.findall("enclosure"):
            yield where, enclosure.get("url") or "", enclosure.get("length") or ""
        for tag in ("transcript", "chapters"):
            for one in item.findall(f"{PODCAST}{tag}"):
                yield where, one.get("url") or "", ""
