"""From the sources of the settings to a day's items, and what could not be read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from audio.config import SourceSettings
from audio.errors import NotiziarioError, RefusedError, SourceError
from audio.events import OnEvent, SourceLost, ignore
from audio.logins import without_login
from audio.model import Article
from audio.newsroom.stories import Text

# At boot the network comes up a little after the timer fires; after these waits a source is lost for today.
RETRY_WAITS_SECONDS = (5.0, 20.0, 60.0)
# What an item is about stands in its first lines; the rest of a long article would only dilute it.
_LEAD_CHARACTERS = 500
_ARTICLES = frozenset({".txt", ".md", ".markdown", ".html", ".htm", ".epub", ".pdf", ".docx", ".eml", ".xml"})

Read = Callable[[str], Sequence[Article]]


@dataclass(frozen=True, slots=True)
class Item:
    """One article as it came from a source. ``key`` names it for good: its link, or its file.

    ``place`` is its position in the source (from 0), ``published`` has a zone or is None.
    """

    key: str
    article: Article
    source: SourceSettings
    place: int = 0
    published: dt.datetime | None = None

    @property
    def name(self) -> str:
        """The key as every run knows it, wherever it was started."""
        return name_of(self.key)

    @property
    def text(self) -> Text:
        """What the item is about, for comparison."""
        return text_of(self.article)

    @property
    def outlet(self) -> str:
        """Who published it: a host, or a folder."""
        return urlsplit(self.key).hostname or str(Path(self.key).parent)


def name_of(key: str) -> str:
    """Return a link as it is, and a file by its absolute path."""
    return key if _is_remote(key) else str(Path(key).resolve())


def text_of(article: Article) -> Text:
    """Return the title and the lead of an article, without its first sentence twice."""
    body = " ".join(block.text for section in article.sections for block in section.blocks)
    return text_of_words(article.headline or "", f"{article.standfirst or ''} {body}".strip())


def text_of_words(title: str, said: str) -> Text:
    """Return a title with the first words of what is said under it."""
    return Text(title, said if len(said) <= _LEAD_CHARACTERS else said[:_LEAD_CHARACTERS].rsplit(" ", 1)[0])


def collect(
    sources: Sequence[SourceSettings],
    now: dt.datetime,
    wait: Callable[[float], None],
    read: Read,
    *,
    on_event: OnEvent = ignore,
) -> tuple[tuple[Item, ...], tuple[tuple[str, str], ...]]:
    """Return the items of all sources, each key once, and what was lost as (source, reason).

    ``read`` reads one address; those on the web that did not refuse are tried again after ``wait`` has waited as
    long as it is told. Raises SourceError when all are lost.
    """
    found: dict[str, Item] = {}
    lost: dict[str, str] = {}
    pending = [(address, source) for source in sources for address in _addresses(source, lost)]
    for seconds in (0.0, *RETRY_WAITS_SECONDS):
        if not pending:
            break
        if seconds:
            wait(seconds)
        again = []
        for address, source in pending:
            name = without_login(address)
            try:
                for place, article in enumerate(read(address)):
                    item = _item(article, address, source, place, now)
                    found.setdefault(item.key, item)
                lost.pop(name, None)
            except SourceError as error:
                lost[name] = error.message
                if _is_remote(address) and not isinstance(error, RefusedError):
                    again.append((address, source))
        pending = again
    for address, reason in lost.items():
        on_event(SourceLost(address, reason))
    if not found and (lost or not sources):
        hint = next(iter(lost.values()), "List feeds or folders under `sources` in notiziario.yaml.")
        raise SourceError("none of the sources could be read", hint=hint)
    return tuple(found.values()), tuple(lost.items())


def _addresses(source: SourceSettings, lost: dict[str, str]) -> Iterator[str]:
    if source.folder is None:
        yield source.feed or source.url or ""
        return
    try:
        files = sorted(path for path in source.folder.iterdir() if path.suffix.lower() in _ARTICLES)
    except OSError as error:
        lost[str(source.folder)] = f"{source.folder}: cannot be read: {error.strerror}"
        return
    yield from (str(path) for path in files if not path.name.startswith("."))


def _is_remote(address: str) -> bool:
    return address.lower().startswith(("http://", "https://"))


def _item(article: Article, address: str, source: SourceSettings, place: int, now: dt.datetime) -> Item:
    key = without_login(article.source or address)
    # A file's own time is no date of its news: it changes with every copy.
    return Item(key, article, source, place, moment_of(article.published, now.tzinfo))


def moment_of(published: str | None, zone: dt.tzinfo | None) -> dt.datetime | None:
    """Return the moment an article names; a mere date counts to its end, as nobody knows the hour."""
    try:
        moment = dt.datetime.fromisoformat(published or "")
    except ValueError:
        return None
    if len(published or "") <= len("2025-11-06"):
        moment += dt.timedelta(hours=23, minutes=59)
    return moment if moment.tzinfo else moment.replace(tzinfo=zone)


def reread(item: Item, read: Read) -> Item:
    """Return the item with its text as it stands now at its own address, or as it was if it cannot be read there."""
    try:
        articles = read(item.key)
    except NotiziarioError:
        return item
    same = [article for article in articles if (article.source or item.key) == item.key]
    if len(same) != 1:
        return item
    return Item(item.key, same[0], item.source, item.place, item.published)
