"""The feed: RSS 2.0 as Apple, PSP-1 and Podcasting 2.0 want it together, which no Python library writes.

Nothing in it depends on now: the same show makes the same bytes, and the dates are those of its newest episode.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from email.utils import format_datetime
from xml.sax.saxutils import escape, quoteattr

from audio.config import ShowSettings
from audio.podcast import address, chapters, notes
from audio.podcast.episode import Episode

# The namespace in which Podcasting 2.0 makes a show's identity of its first feed address.
PODCAST_NAMESPACE = uuid.UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
# The W3C's validator stops at 5 MB, and some clients do; older episodes stay on the pages.
MAX_BYTES = 4_500_000
_NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "psc": "http://podlove.org/simple-chapters",
}
_FREQUENCIES = {
    "daily": ("FREQ=DAILY", "Ogni giorno"),
    "weekdays": ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "Dal lunedì al venerdì"),
    "weekly": ("FREQ=WEEKLY", "Ogni settimana"),
}
_END = "</channel>\n</rss>\n"


def write(show: ShowSettings, guid: str, cover: str, episodes: Sequence[Episode], dated: frozenset[str]) -> bytes:
    """Return the feed of the episodes, newest first.

    ``guid`` is the show's podcast:guid, ``cover`` the file name of its picture; ``dated`` names the episodes that have
    a picture of their own.
    """
    head = "".join(_head(show, guid, cover, episodes))
    parts, size = [head], len(head.encode()) + len(_END)
    for episode in episodes:
        item = "".join(_item(show, episode, has_cover=episode.name in dated))
        size += len(item.encode())
        if size > MAX_BYTES:
            break
        parts.append(item)
    return "".join((*parts, _END)).encode()


def guid_of(feed_url: str) -> str:
    """Return the podcast:guid that a feed at this address gets when it is born; it keeps it wherever it moves.

    >>> guid_of("https://mp3s.nashownotes.com/pc20rss.xml")
    '917393e3-1b1e-5cef-ace4-edaa54e1f810'
    """
    return str(uuid.uuid5(PODCAST_NAMESPACE, feed_url.split("://", 1)[-1].rstrip("/")))


def _head(show: ShowSettings, guid: str, cover: str, episodes: Sequence[Episode]) -> Iterator[str]:
    title, link = chapters.clean(show.title), show.link or address.base(show)
    picture = address.base(show) + cover
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"'
    yield "".join(f"\n  xmlns:{prefix}={quoteattr(uri)}" for prefix, uri in _NAMESPACES.items())
    yield ">\n<channel>\n"
    yield _text("title", title)
    yield _text("link", link)
    yield _empty("atom:link", href=address.feed(show), rel="self", type="application/rss+xml")
    yield _text("description", notes.disclosed(chapters.line(show.description)))
    yield _text("language", show.language)
    if show.copyright:
        yield _text("copyright", chapters.clean(show.copyright))
    if episodes:
        newest = format_datetime(episodes[0].published)
        yield _text("pubDate", newest) + _text("lastBuildDate", newest)
    yield _text("generator", "Notiziario")
    yield f"<image>\n{_text('url', picture)}{_text('title', title)}{_text('link', link)}</image>\n"
    yield from _itunes(show, picture)
    yield from _podcasting(show, guid)


def _itunes(show: ShowSettings, picture: str) -> Iterator[str]:
    yield _text("itunes:author", chapters.clean(show.author))
    yield _empty("itunes:image", href=picture)
    category, *rest = show.category
    inside = "".join(_empty("itunes:category", text=name) for name in rest)
    yield f"<itunes:category text={quoteattr(category)}>\n{inside}</itunes:category>\n"
    yield _text("itunes:explicit", _bool(show.explicit)) + _text("itunes:type", "episodic")
    if show.email:
        owner = _text("itunes:name", chapters.clean(show.author)) + _text("itunes:email", show.email)
        yield f"<itunes:owner>\n{owner}</itunes:owner>\n"
    if show.private:
        yield _text("itunes:block", "Yes")
    if show.moved_to:
        yield _text("itunes:new-feed-url", show.moved_to)


def _podcasting(show: ShowSettings, guid: str) -> Iterator[str]:
    yield _text("podcast:guid", guid) + _text("podcast:medium", "podcast")
    # A lock without an address to ask would keep out the owner too.
    yield _text("podcast:locked", "yes", owner=show.email) if show.email else _text("podcast:locked", "no")
    if show.frequency in _FREQUENCIES:
        rule, words = _FREQUENCIES[show.frequency]
        yield _text("podcast:updateFrequency", words, rrule=rule)
    if show.private:
        yield _text("podcast:block", "yes")
    yield _text("podcast:person", "Voce sintetica", role="Narrator", group="Cast")
    yield _text("podcast:txt", "true", purpose="ai-content")


def _item(show: ShowSettings, episode: Episode, *, has_cover: bool) -> Iterator[str]:
    def url(suffix: str) -> str:
        return address.episode(show, episode.name, suffix)

    yield "<item>\n" + _text("title", episode.title) + _text("link", url(".html"))
    yield _text("guid", episode.guid, isPermaLink="false")
    yield _text("pubDate", format_datetime(episode.published))
    whole = notes.whole(episode)
    yield _text("description", notes.brief(episode, whole)) + _text("content:encoded", whole)
    yield _empty("enclosure", url=url(".mp3"), length=str(episode.audio_bytes), type="audio/mpeg")
    yield _text("itunes:duration", str(round(episode.seconds))) + _text("itunes:explicit", _bool(show.explicit))
    yield _text("itunes:episodeType", "full")
    if episode.number is not None:
        yield _text("itunes:episode", str(episode.number))
    if has_cover:
        yield _empty("itunes:image", href=url(".jpg"))
    yield _empty("podcast:transcript", url=url(".vtt"), type="text/vtt", language=show.language)
    captions = {"url": url(".srt"), "type": "application/x-subrip", "language": show.language, "rel": "captions"}
    yield _empty("podcast:transcript", **captions)
    yield _empty("podcast:chapters", url=url(".chapters.json"), type="application/json+chapters")
    yield _text("podcast:txt", "true", purpose="ai-content")
    yield chapters.to_psc(episode.marks) + "</item>\n"


def _text(name: str, value: str, **attributes: str) -> str:
    return f"<{name}{_attributes(attributes)}>{escape(value)}</{name}>\n"


def _empty(name: str, **attributes: str) -> str:
    return f"<{name}{_attributes(attributes)}/>\n"


def _attributes(attributes: dict[str, str]) -> str:
    return "".join(f" {name}={quoteattr(value)}" for name, value in attributes.items())


def _bool(value: bool) -> str:
    return str(value).lower()
