"""From a source to Articles. The one door is ``read``; a new kind is one file or folder here and one row in the table.

Which reader takes a source is decided by its content, then by its ending (``sniff``). Every reader has
``parse(raw, source, content_type=None) -> tuple[Article, ...]`` and is imported only when its kind is met.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import TYPE_CHECKING

from audio.errors import SourceError
from audio.logins import without_login
from audio.model import Article, Dropped
from audio.readers.head import is_desk
from audio.readers.language import require_italian
from audio.readers.load import load_file, load_stream
from audio.readers.sniff import kind_of

if TYPE_CHECKING:
    from audio.readers.fetch import Fetcher

KINDS = {
    "text": "audio.readers.text",
    "markdown": "audio.readers.markdown",
    "html": "audio.readers.html",
    "feed": "audio.readers.feed",
    "epub": "audio.readers.epub",
    "mail": "audio.readers.mail",
    "pdf": "audio.readers.pdf",
    "docx": "audio.readers.docx",
}
# Our own rules read these; all others are taken apart by large libraries, in a process of their own.
_IN_PROCESS = frozenset({"text", "markdown"})

# "ftp://…" and the like, which nobody means as a file.
_OTHER_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+://", re.IGNORECASE)

# The longest addresses have two thousand characters. A number of as many digits takes twelve minutes to say.
_ENDLESS = re.compile(r"\S{2001}")

Lost = Callable[[str, str], None]


def lose(_source: str, _reason: str) -> None:
    """Tell nobody of what was lost."""


def public_web() -> Fetcher:
    """Return a client for public pages, without a cache."""
    from audio.readers.fetch import Fetcher  # noqa: PLC0415 - a network library, loaded when something is fetched

    return Fetcher()


def read(source: str, web: Callable[[], Fetcher] = public_web, on_lost: Lost = lose) -> tuple[Article, ...]:
    """Read one source: a path, an address on the web, or "-" for standard input. Most sources hold one article.

    ``web`` makes the client for pages when one is needed. A story of a feed that cannot be read is told to
    ``on_lost`` as (link, reason), and the others are returned. Raises SourceError when the source cannot be read,
    holds no words, or is not Italian.
    """
    raw, content_type, place = _load(source, web)
    return _understood(raw, source, web, on_lost, content_type=content_type, place=place)


def understand(
    raw: bytes, source: str, web: Callable[[], Fetcher] = public_web, on_lost: Lost = lose
) -> tuple[Article, ...]:
    """Do as ``read`` does with bytes loaded elsewhere, perhaps on another machine; ``source`` is their name."""
    return _understood(raw, source, web, on_lost, content_type=None, place=source)


def _understood(
    raw: bytes, source: str, web: Callable[[], Fetcher], on_lost: Lost, *, content_type: str | None, place: str
) -> tuple[Article, ...]:
    source = without_login(source)
    kind = kind_of(raw, place, content_type)
    if kind == "feed":
        return _read_feed(raw, place, content_type, web(), on_lost)
    return _kept(parse(kind, raw, source, content_type), source, on_lost)


def _read_feed(
    raw: bytes, source: str, content_type: str | None, fetcher: Fetcher, on_lost: Lost
) -> tuple[Article, ...]:
    """Return the stories of a feed, those it only sums up from their pages."""
    from audio.readers import feed, isolate  # noqa: PLC0415 - bring libraries that no other kind needs here

    articles: list[Article] = []
    lost: SourceError | None = None
    for entry in isolate.call(feed.entries, raw, source, content_type)[: fetcher.settings.feed_items]:
        try:
            stories = (entry.article,) if entry.article else feed.completed(_read_page(entry.link, fetcher), entry)
            articles.extend(_kept(stories, entry.link or source, on_lost))
        except SourceError as error:
            lost = error
            on_lost(without_login(entry.link or entry.title or source), error.message)
    if lost and not articles:
        raise lost
    return tuple(articles)


def _read_page(link: str | None, fetcher: Fetcher) -> tuple[Article, ...]:
    if link is None:
        raise SourceError("an item of the feed has neither a text nor a link")
    page = fetcher.get(link)
    kind = kind_of(page.body, page.url, page.content_type)
    if kind == "feed":
        raise SourceError(f"{link}: is a feed inside a feed")
    return parse(kind, page.body, without_login(link), page.content_type)


def parse(kind: str, raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:
    """Parse bytes already loaded with the reader of a kind, a key of ``KINDS``. Raises SourceError."""
    if kind in _IN_PROCESS:
        articles: tuple[Article, ...] = import_module(KINDS[kind]).parse(raw, source, content_type)
        return articles
    from audio.readers import isolate  # noqa: PLC0415 - a text needs no child process

    found = isolate.parse(KINDS[kind], raw, _named(source), content_type)
    return tuple(replace(article, source=source) for article in found) if source == "-" else found


def _load(source: str, web: Callable[[], Fetcher]) -> tuple[bytes, str | None, str]:
    """Return the bytes of a source, the content type its server told, and where it was found in the end."""
    if source.lower().startswith(("http://", "https://")):
        page = web().get(source)
        return page.body, page.content_type, page.url
    if _OTHER_SCHEME.match(source):
        raise SourceError(f"{source}: is no address on the web", hint="Only http and https are fetched.")
    return (load_stream(sys.stdin.buffer) if source == "-" else load_file(source)), None, source


def _kept(articles: tuple[Article, ...], source: str, on_lost: Lost) -> tuple[Article, ...]:
    """Return the articles that have words in Italian; where a source holds several, one that has not is lost alone."""
    kept: list[Article] = []
    reasons: list[SourceError] = []
    for article in _without_remains(articles):
        try:
            _require_words(article, _named(source))
            require_italian(article, _named(source))
            kept.append(_without_desk(article))
        except SourceError as error:
            reasons.append(error)
    if reasons and not kept:
        raise reasons[0]
    for reason in reasons:
        on_lost(source, reason.message)
    return tuple(kept)


def _without_remains(articles: tuple[Article, ...]) -> tuple[Article, ...]:
    """Return the articles without those of which all was left out, as a letter's masthead: the first one tells it."""
    stories = [article for article in articles if _has_words(article) or not article.dropped]
    if not any(map(_has_words, stories)):
        return articles
    left = [one for article in articles if not _has_words(article) for one in article.dropped]
    return (replace(stories[0], dropped=(*left, *stories[0].dropped)), *stories[1:])


def _without_desk(article: Article) -> Article:
    """Return an article without a byline that is only a desk's: who listens hears who wrote, or nobody."""
    if article.byline is None or not is_desk(article.byline):
        return article
    return replace(article, byline=None, dropped=(*article.dropped, Dropped(article.byline, "a desk, nobody's name")))


def _named(source: str) -> str:
    return "standard input" if source == "-" else source


def _said(article: Article) -> list[str]:
    return [article.headline or "", *(b.text for s in article.sections for b in s.blocks)]


def _has_words(article: Article) -> bool:
    """Tell whether there is a letter anywhere: a headline alone is a flash, and flashes are news."""
    return any(character.isalpha() for piece in _said(article) for character in piece)


def _require_words(article: Article, name: str) -> None:
    if any(map(_ENDLESS.search, _said(article))):
        raise SourceError(f"{name}: holds a word longer than any voice can say", hint="It is data, not text.")
    if not _has_words(article):
        raise SourceError(f"{name}: there is nothing in it to say", hint="The source holds no words.")
