"""Feeds (RSS 2.0, Atom, RDF): items that hold the whole story as they are, the others by the page they link to.

The library gets text that was decoded and mended here, in the child process: one impossible character reference makes
it lose a whole feed, and its own downloads have no deadline.
"""

from __future__ import annotations

import calendar
import contextlib
import datetime as dt
import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from audio.errors import SourceError
from audio.model import Article
from audio.readers.charset import to_xml
from audio.readers.document import Paragraph, Rank, clean_line, to_articles
from audio.readers.furniture.company import SENTENCE_END, is_prose
from audio.readers.head import is_of_office
from audio.readers.lines import count_letters
from audio.readers.markup import Piece, pieces_of, plain

# A feed lists fifty items; what lists more is an archive.
_MOST_ITEMS = 500
# Content meant to be whole is taken from a brief on; a summary only when no newspaper would write one so long.
_WHOLE_CONTENT_LETTERS, _WHOLE_SUMMARY_LETTERS = 120, 1000
_BESIDE_TITLE = 60
_ADDRESS = re.compile(r"\S+@\S+")
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\b(?:continua|leggi tutto|read more)\W{0,4}(?:a leggere\W*)?)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Entry:
    """An item of a feed, its texts plain. ``article`` is the whole story where the feed holds it, else None.

    ``guid`` is the feed's own name for it, or its link; ``published`` is ISO 8601 with its zone.
    """

    guid: str
    title: str
    link: str | None = None
    published: str | None = None
    summary: str = ""
    article: Article | None = None


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:
    """Read the items whose whole story is in the feed. Raises SourceError where there is none."""
    articles = tuple(entry.article for entry in entries(raw, source, content_type) if entry.article)
    if not articles:
        raise SourceError(f"{source}: its items are only summaries", hint="Read the feed by its address.")
    return articles


def entries(raw: bytes, source: str, content_type: str | None = None) -> tuple[Entry, ...]:
    """Return the items of a feed in its order, each once. Raises SourceError where there is none."""
    import feedparser  # noqa: PLC0415 - loaded where a feed is met

    # No address is given to it, so it cannot fetch one.
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": _base(source)}
    try:
        # Unsanitised: what the library would remove of hidden text are the marks that it is hidden.
        found = feedparser.parse(to_xml(raw, content_type), response_headers=headers, sanitize_html=False)
    except ValueError as error:  # namespaces that are no names, and the like
        raise SourceError(f"{source}: is no feed that can be read", hint="It is broken; name another.") from error
    if not found.entries:
        what = "has no items in it" if found.get("version") else "is no feed that can be read"
        raise SourceError(f"{source}: {what}", hint="The feed may be empty or broken; name another.")
    unique = {_guid(item): item for item in reversed(found.entries[:_MOST_ITEMS])}
    return tuple(_entry(guid, item, source) for guid, item in reversed(unique.items()))


def completed(articles: tuple[Article, ...], entry: Entry) -> tuple[Article, ...]:
    """Return the articles of an item's page with the headline and date of the item where they have none."""
    return tuple(
        replace(
            article, headline=article.headline or entry.title or None, published=article.published or entry.published
        )
        for article in articles
    )


def _base(source: str) -> str:
    return source if re.match(r"https?://", source, re.IGNORECASE) else ""


def _guid(item: dict[str, Any]) -> str:
    return str(item.get("id") or item.get("link") or item.get("title") or "")


def _entry(guid: str, item: dict[str, Any], source: str) -> Entry:
    title = clean_line(plain(str(item.get("title", ""))))
    link = str(item.get("link", "")) or None
    published = _moment(item)
    content = max((str(part.get("value", "")) for part in item.get("content", ())), key=len, default="")
    summary = pieces_of(_marked(str(item.get("summary", ""))))
    body = pieces_of(_marked(content))
    whole = body if _is_whole(body, _WHOLE_CONTENT_LETTERS if link else 1) else []
    whole = whole or (summary if _is_whole(summary, _WHOLE_SUMMARY_LETTERS if link else 1) else [])
    return Entry(
        guid=guid,
        title=title,
        link=link,
        published=published,
        summary=clean_line(" ".join(piece.text for piece in summary)),
        article=_article(title, whole, item, link or source, published) if whole else None,
    )


def _marked(text: str) -> str:
    """Return markup; in plain text each line is a paragraph."""
    return text if "<" in text or "\n" not in text.strip() else text.strip().replace("\n", "<p>")


def _moment(item: dict[str, Any]) -> str | None:
    """Return when an item was published; a date that no calendar has is no date."""
    written = str(item.get("published") or item.get("updated") or "")
    for reader in (dt.datetime.fromisoformat, email.utils.parsedate_to_datetime):
        with contextlib.suppress(ValueError, TypeError, IndexError, OverflowError):
            moment = reader(written)
            if moment.tzinfo:  # the zone it was written in, for its day is the listener's
                return moment.isoformat()
    # Asked as a plain dictionary: the library's own look-up stands in for what is not there, and warns of it.
    parsed = dict.get(item, "published_parsed") or dict.get(item, "updated_parsed")
    try:
        return dt.datetime.fromtimestamp(calendar.timegm(parsed), dt.UTC).isoformat() if parsed else None
    except (ValueError, TypeError, OverflowError, OSError):
        return None


def _is_whole(pieces: list[Piece], least_letters: int) -> bool:
    letters = count_letters(piece.text for piece in pieces)
    # Nobody sums up in two paragraphs.
    told = letters >= least_letters or sum(is_prose(piece.text) for piece in pieces) > 1
    return told and not _CUT.search(pieces[-1].text)


def _article(title: str, pieces: list[Piece], item: dict[str, Any], source: str, published: str | None) -> Article:
    article = to_articles(_paragraphs(title, pieces), source)[0]
    # "Ada Neri (noreply@esempio.it)" and "ada@esempio.it (Ada Neri)" hold a name, "redazione@esempio.it" does not.
    author = _ADDRESS.sub("", clean_line(str(item.get("author", "")))).strip(" ()")
    byline = article.byline or (author if author and not is_of_office(author) else None)
    return replace(article, byline=byline, published=published)


def _paragraphs(title: str, pieces: list[Piece]) -> Iterator[Paragraph]:
    """Yield a story's paragraphs under its title, which its text may repeat."""
    if title:
        yield Paragraph(Rank.TITLE, title)
    for index, piece in enumerate(pieces):
        again = bool(title) and not index and _says_title(piece.text, title)
        yield replace(piece.paragraph(), why_dropped="the title again") if again else piece.paragraph()


def _says_title(text: str, title: str) -> bool:
    """Tell whether a line says the title, and beside it at most who put it into the site, and when."""
    if text.casefold() == title.casefold():
        return True
    begins = text.casefold().startswith(title.casefold()) and len(text) <= len(title) + _BESIDE_TITLE
    return begins and not SENTENCE_END.search(text)
