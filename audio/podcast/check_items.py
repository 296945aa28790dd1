"""What apps ask of episodes."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from email.utils import parsedate_to_datetime
from itertools import pairwise
from xml.etree.ElementTree import Element

from audio.podcast.check_channel import is_date
from audio.podcast.finding import CONTENT, ITUNES, PODCAST, PSC, Findings, must, should, text_of

_MAX_DESCRIPTION_BYTES = 4000
# AntennaPod takes a smaller length for none.
_LEAST_BYTES = 16_384
_AUDIO = re.compile(r"\.(mp3|m4a|mp4|m4v|mov|pdf|ogg|opus)$", re.IGNORECASE)
_TRANSCRIPTS = {"text/vtt", "application/x-subrip", "application/srt", "application/json", "text/html", "text/plain"}


def name_of(item: Element, number: int) -> str:
    """Return how a finding names an episode: its title, or its place."""
    return f"episode “{text_of(item, 'title')[:60]}”" if text_of(item, "title") else f"episode {number}"


def check(channel: Element, now: dt.datetime) -> Findings:
    """Yield what is wrong with the episodes, each by itself and together."""
    items = channel.findall("item")
    show = text_of(channel, "title")
    ours = text_of(channel, "generator") == "Notiziario"
    for number, item in enumerate(items, 1):
        where = name_of(item, number)
        yield from _texts(where, item, show)
        yield from _enclosure(where, item)
        yield from _identity(where, item)
        yield from _date(where, item, now)
        yield from _itunes(where, item)
        yield from _podcasting(where, item)
        if ours and not any(txt.get("purpose") == "ai-content" for txt in item.findall(f"{PODCAST}txt")):
            yield should(where, "has no podcast:txt of purpose ai-content", "Say true where a synthetic voice speaks.")
    yield from _together(items)


def _texts(where: str, item: Element, show: str) -> Findings:
    title, description = text_of(item, "title"), text_of(item, "description")
    encoded = text_of(item, f"{CONTENT}encoded")
    if not title:
        yield must(where, "has no title", "Give it one.")
    elif show and title.startswith(show) and title != show:
        yield should(where, "title begins with the show's name", "Apps show it above; begin with the news.")
    if re.search(r"</?(p|b|i|br|a|em|strong|span|div)\b", title):
        yield must(where, "title has HTML", "A title is plain text.")
    if not description:
        yield should(where, "has no description", "Say in a sentence what it is about.")
    if (size := len(description.encode())) > _MAX_DESCRIPTION_BYTES:
        yield must(
            where, f"description has {size} bytes", f"At most {_MAX_DESCRIPTION_BYTES}; the rest in content:encoded."
        )
    if encoded and len(encoded) < len(description):
        yield should(where, "content:encoded is shorter than description", "Put the whole notes there.")
    if not text_of(item, "link"):
        yield should(where, "has no link", "Link its page.")


def _enclosure(where: str, item: Element) -> Findings:
    enclosures = item.findall("enclosure")
    if len(enclosures) != 1:
        yield must(where, f"has {len(enclosures)} enclosures", "Name exactly one sound file.")
        return
    url, length, kind = (enclosures[0].get(name) or "" for name in ("url", "length", "type"))
    if not kind.startswith(("audio/", "video/", "application/pdf")):
        yield must(where, f"enclosure has type {kind!r}", "An MP3 is audio/mpeg.")
    elif ".mp3" in url.lower() and kind != "audio/mpeg":
        yield must(where, f"its MP3 has type {kind!r}", "An MP3 is audio/mpeg.")
    if not _AUDIO.search(url.split("?")[0]):
        yield must(where, "enclosure's address has no ending that tells its kind", "End it in .mp3.")
    if not length.isdigit() or int(length) < _LEAST_BYTES:
        yield must(where, f"enclosure has length {length!r}", "Write the file's size in bytes.")


def _identity(where: str, item: Element) -> Findings:
    guid = item.find("guid")
    if guid is None or not (guid.text or "").strip():
        yield must(where, "has no guid", "Give it one that never changes; without it apps load it again and again.")
    elif not (guid.text or "").strip().startswith(("http://", "https://")) and guid.get("isPermaLink") != "false":
        yield must(where, "guid is no address but does not say so", 'Write isPermaLink="false".')
    elif (guid.text or "").strip().startswith(("http://", "https://")):
        yield should(where, "guid is an address", "An opaque one (urn:uuid:…) survives a move.")


def _date(where: str, item: Element, now: dt.datetime) -> Findings:
    date = text_of(item, "pubDate")
    if not is_date(date):
        yield must(where, f"pubDate {date!r} is no date", "Write Thu, 06 Nov 2025 06:30:00 +0100, in English.")
    elif _moment(date) > now + dt.timedelta(minutes=5):
        yield must(where, "lies in the future", "Publish it when it is due: some apps drop it for ever.")


def _itunes(where: str, item: Element) -> Findings:
    duration = text_of(item, f"{ITUNES}duration")
    if not re.fullmatch(r"\d+|(\d+:)?\d{1,2}:\d{2}", duration):
        yield must(where, f"itunes:duration is {duration!r}", "Write whole seconds.")
    if (explicit := text_of(item, f"{ITUNES}explicit")) not in {"true", "false"}:
        level = must if explicit else should
        yield level(where, f"itunes:explicit is {explicit!r}", "Write true or false.")
    if (kind := text_of(item, f"{ITUNES}episodeType")) not in {"", "full", "trailer", "bonus"}:
        yield must(where, f"itunes:episodeType {kind!r} is none", "Write full, trailer or bonus.")
    for tag in ("episode", "season"):
        if (value := text_of(item, f"{ITUNES}{tag}")) and not re.fullmatch(r"[1-9]\d*", value):
            yield must(where, f"itunes:{tag} is {value!r}", "Write a whole number from 1.")
    for tag in ("keywords", "order", "isClosedCaptioned"):
        if item.find(f"{ITUNES}{tag}") is not None:
            yield should(where, f"has itunes:{tag}", "Leave it out: nothing reads it any more.")


def _podcasting(where: str, item: Element) -> Findings:
    transcripts = item.findall(f"{PODCAST}transcript")
    kinds = [transcript.get("type") or "" for transcript in transcripts]
    for transcript, kind in zip(transcripts, kinds, strict=True):
        if kind not in _TRANSCRIPTS or not transcript.get("url"):
            yield must(where, f"podcast:transcript has type {kind!r}", "Give it url and type, such as text/vtt.")
    if "text/vtt" not in kinds:
        yield should(where, "has no WebVTT transcript", "Apple, browsers and AntennaPod show it.")
    chapters = item.find(f"{PODCAST}chapters")
    if chapters is not None and chapters.get("type") != "application/json+chapters":
        yield must(where, f"podcast:chapters has type {chapters.get('type')!r}", "It is application/json+chapters.")
    starts = [seconds_of(chapter.get("start") or "") for chapter in item.iter(f"{PSC}chapter")]
    if starts and (starts[0] != 0 or any(b <= a for a, b in pairwise(starts))):
        yield must(where, "psc:chapters do not rise from 00:00:00", "Begin at 0 and go forward.")


def _together(items: list[Element]) -> Findings:
    dated = [(text_of(i, "title"), _moment(text_of(i, "pubDate"))) for i in items if is_date(text_of(i, "pubDate"))]
    if any(later > earlier for (_, earlier), (_, later) in pairwise(dated)):
        yield should("episodes", "are not in order", "Put the newest first.")
    values = {
        "guid": (must, [text_of(i, "guid") for i in items]),
        "enclosure": (must, [e.get("url") or "" for i in items for e in i.findall("enclosure")]),
        "pubDate": (should, [moment.isoformat() for _, moment in dated]),
        "itunes:episode": (should, [text_of(i, f"{ITUNES}episode") for i in items]),
        "title on one day": (must, [f"{title} ({moment:%Y-%m-%d})" for title, moment in dated]),
    }
    for what, (level, found) in values.items():
        for value, count in Counter(filter(None, found)).items():
            if count > 1:
                yield level(
                    "episodes", f"{count} share one {what}: {value[:80]}", "Apps take them for one: let them differ."
                )


def seconds_of(clock: str) -> float:
    """Return the seconds of a Podlove time (HH:MM:SS.mmm, or less); -1 for what is none."""
    if not re.fullmatch(r"(\d+:){0,2}\d+(\.\d+)?", clock):
        return -1.0
    total = 0.0
    for part in clock.split(":"):
        total = total * 60 + float(part)
    return total


def _moment(date: str) -> dt.datetime:
    moment = parsedate_to_datetime(date)
    return moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
