"""A feed read as directories and apps read it: what they would refuse, and what would serve listeners better.

The rules are those of Apple, PSP-1, Podcasting 2.0 and RSS 2.0, and of clients whose behaviour is known; each finding
says what to do. Nothing is fetched here.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from audio.podcast import check_channel, check_items
from audio.podcast.finding import CONTENT, Finding, Findings, must, should

# The W3C's validator refuses more, as do some clients.
_MAX_BYTES = 5_000_000
_NAMESPACES = {
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "atom": "http://www.w3.org/2005/Atom",
}
# UTF-8 that was once read as Latin letters: "perchÃ©", "â€™".
_MOJIBAKE = re.compile(r"Ã[\u0080-\u00bf©¨¬²¹ ]|â€[™œ\u009d“”¦]|�")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
_URL_TAGS = ("link", "url")
# Values that a screen shows on one line; descriptions have their own limit.
_LONGEST_PLAIN = 255
_NOTES = {"description", f"{CONTENT}encoded"}
_TAGS_IN_NOTES = {"p", "ol", "ul", "li", "a", "b", "i", "strong", "em", "br"}


def check_feed(data: bytes, url: str | None, now: dt.datetime) -> tuple[ET.Element | None, tuple[Finding, ...]]:
    """Return the feed's channel and what is to be said about it; the channel is None where nothing can be read.

    ``url`` is where the feed is served, if it is known; ``now`` tells what lies in the future.
    """
    text, found = _decode(data)
    root, broken = _parse(text) if text is not None else (None, [])
    found += broken
    if root is None:
        return None, tuple(found)
    channels = root.findall("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or len(channels) != 1:
        found.append(
            must("feed", "is not RSS 2.0 with one channel", "Write one <rss version='2.0'> with one <channel>.")
        )
        return None, tuple(found)
    channel = channels[0]
    found += [*_document(text or "", channel, url), *check_channel.check(channel, url)]
    found += check_items.check(channel, now)
    return channel, tuple(found)


def _decode(data: bytes) -> tuple[str | None, list[Finding]]:
    found = []
    if len(data) > _MAX_BYTES:
        found.append(must("feed", f"has {len(data):,} bytes", "Keep it under 5 MB: list fewer episodes."))
    if data.startswith(b"\xef\xbb\xbf"):
        found.append(must("feed", "begins with a byte order mark", "Save it as UTF-8 without BOM."))
        data = data[3:]
    if not data.startswith(b"<?xml"):
        found.append(must("feed", "does not begin with <?xml", "Put the declaration at the first byte."))
    try:
        return data.decode("utf-8"), found
    except UnicodeDecodeError:
        return None, [*found, must("feed", "is not UTF-8", "Save it as UTF-8; Apple takes nothing else.")]


def _parse(text: str) -> tuple[ET.Element | None, list[Finding]]:
    prolog = text.split("<rss", 1)[0]
    if "<!DOCTYPE" in prolog:  # what it could declare would be expanded without end
        return None, [must("feed", "has a DOCTYPE", "Remove it; readers refuse it for safety.")]
    try:
        return ET.fromstring(text), []  # noqa: S314 - no DOCTYPE, so no entity of its own
    except ET.ParseError as error:
        return None, [must("feed", f"is not well-formed XML: {error}", "Escape & and < in texts, close each tag.")]
    except ValueError as error:
        return None, [must("feed", f"cannot be read: {error}", "Declare UTF-8 and save it so.")]


def _document(text: str, channel: ET.Element, url: str | None) -> Findings:
    head = re.search(r"<rss\b[^>]*>", text)
    declared = head[0] if head else ""
    for prefix, uri in _NAMESPACES.items():
        if f"xmlns:{prefix}=" not in declared:
            says = f"has no namespace {prefix} on <rss>"
            level = must if prefix == "itunes" else should
            yield level("feed", says, f'Declare xmlns:{prefix}="{uri}".')
        elif uri not in declared:
            yield must("feed", f"binds {prefix} to another address", f'It is exactly "{uri}", capital letters too.')
    for where, parent in (("channel", channel), *_items(channel)):
        yield from _values(where, parent)
        yield from _urls(where, parent, secure=(url or "").startswith("https://"))
        yield from _doubles(where, parent)


def _items(channel: ET.Element) -> Iterator[tuple[str, ET.Element]]:
    return ((check_items.name_of(item, number), item) for number, item in enumerate(channel.findall("item"), 1))


def _values(where: str, parent: ET.Element) -> Findings:
    for child in parent:
        value, tag = child.text or "", _short(child.tag)
        if child.tag in _NOTES:
            strange = set(re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", value)) - _TAGS_IN_NOTES
            if strange:
                yield should(
                    where, f"{tag} has <{min(strange)}>", "Apple shows only p, ol, ul, li, a, b, i, em, strong."
                )
        elif len(value) > _LONGEST_PLAIN:
            yield should(where, f"{tag} has {len(value)} characters", f"Keep it within {_LONGEST_PLAIN}.")
        elif value.strip() and value != value.strip() and not len(child):
            yield should(where, f"{tag} has blanks around its value", "Remove them; some readers keep them.")
        if _MOJIBAKE.search(value):
            yield must(where, f"{tag} shows wrong letters", "Its text was encoded twice; read and write it as UTF-8.")
        if _CONTROLS.search(value):
            yield must(where, f"{tag} holds control characters", "Remove them.")
        if re.search(r"&(amp|lt|gt|quot|#\d+);", value) and child.tag not in _NOTES:
            yield should(where, f"{tag} is escaped twice", "Escape a text once, when it is written.")
        if value != unicodedata.normalize("NFC", value):
            yield should(where, f"{tag} has letters apart from their accents", "Write composed letters (NFC).")


def _urls(where: str, parent: ET.Element, *, secure: bool) -> Findings:
    urls = [(_short(child.tag), child.text or "") for child in parent if child.tag in _URL_TAGS]
    urls += [
        (_short(child.tag), child.get(name) or "") for child in parent for name in ("url", "href") if child.get(name)
    ]
    for tag, url in urls:
        if not re.match(r"https?://[^/\s]", url.strip()):
            yield must(where, f"{tag} is no absolute address: {url[:80]!r}", "Begin it with https:// and the host.")
        elif not url.isascii() or re.search(r"\s", url.strip()):
            yield must(where, f"{tag} has signs that no address may have", "Percent-encode them.")
        elif secure and tag != "link" and url.startswith("http://"):
            yield must(where, f"{tag} is http in an https feed", "Serve it by https too; apps block the mixture.")


_MANY = {"item", "category", "person", "transcript", "txt", "link", "block"}


def _doubles(where: str, parent: ET.Element) -> Findings:
    for tag, count in Counter(child.tag for child in parent).items():
        if count > 1 and _short(tag).split(":")[-1] not in _MANY:
            yield must(where, f"has {count} times {_short(tag)}", "Write it once; clients take any of them.")


def _short(tag: str) -> str:
    """Return a tag as a person writes it."""
    prefixes = {**_NAMESPACES, "content": CONTENT.strip("{}")}
    uri, _, name = tag.lstrip("{").rpartition("}")
    return next((f"{prefix}:{name}" for prefix, known in prefixes.items() if known == uri), name)
