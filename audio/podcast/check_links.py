"""What a feed names, asked for on the web: does every file come as apps need it?"""

from __future__ import annotations

import io
import json
import warnings
from collections.abc import Callable, Mapping
from itertools import pairwise
from xml.etree.ElementTree import Element

from PIL import Image

from audio.podcast import check_items, transcript, web
from audio.podcast.finding import ITUNES, PODCAST, Findings, must, should

# The newest episodes stand for all: they are what apps load, and old hosts are not flooded.
_EPISODES = 3
_OK, _PART, _SAME = 200, 206, 304
_FIRST_BYTE = {"Range": "bytes=0-0"}
_MAX_PICTURE, _MAX_TEXT = 5_000_000, 3_000_000
# As a player in a browser asks, on somebody else's page.
ORIGIN = {"Origin": "https://player.example"}


def check_feed_answer(url: str, answer: web.Answer, *, private: bool) -> Findings:
    """Yield what is wrong with how the feed itself is served; ``answer`` is what a browser's GET gave."""
    if answer.media_type not in {"application/rss+xml", "application/xml", "text/xml"}:
        yield must("feed", f"is served as {answer.media_type or 'nothing'}", "Serve it as application/rss+xml.")
    elif answer.media_type != "application/rss+xml":
        yield should("feed", f"is served as {answer.media_type}", "Serve it as application/rss+xml.")
    head = web.ask(url, method="HEAD", private=private)
    if head.status != _OK:
        yield must("feed", f"answers HEAD with {head.status}", "Apple asks so first: allow HEAD.")
    known = {"If-None-Match": answer.headers.get("etag"), "If-Modified-Since": answer.headers.get("last-modified")}
    conditions = {name: value for name, value in known.items() if value}
    if not conditions:
        yield should("feed", "has neither ETag nor Last-Modified", "Without them every app loads it whole each time.")
    elif web.ask(url, headers=conditions, private=private).status != _SAME:
        yield should("feed", "is sent again though it did not change", "Answer 304 to If-None-Match.")
    yield from _may_read("feed", answer.headers)


def check_files(channel: Element, *, private: bool) -> Findings:
    """Yield what is wrong with cover, sound, transcripts and chapters of the newest episodes, as they are served."""
    picture = channel.find(f"{ITUNES}image")
    if picture is not None and picture.get("href"):
        yield from _guarded("cover", picture.get("href") or "", _cover, private=private)
    for number, item in enumerate(channel.findall("item")[:_EPISODES], 1):
        where = check_items.name_of(item, number)
        for enclosure in item.findall("enclosure"):
            length = enclosure.get("length") or ""
            yield from _guarded(f"{where}: sound", enclosure.get("url") or "", _sound, private=private, length=length)
        for one in item.findall(f"{PODCAST}transcript"):
            kind = one.get("type") or ""
            yield from _guarded(f"{where}: transcript", one.get("url") or "", _transcript, private=private, kind=kind)
        for one in item.findall(f"{PODCAST}chapters"):
            yield from _guarded(f"{where}: chapters", one.get("url") or "", _chapters, private=private)


def _guarded(where: str, url: str, check: Callable[..., Findings], *, private: bool, **more: str) -> Findings:
    """Yield what a check finds, or that there is nothing to check."""
    try:
        yield from check(where, url, private=private, **more)
    except web.UnreachableError as error:
        yield must(where, f"{url}: {error}", "Put the file there, or mend its address.")


def _sound(where: str, url: str, *, private: bool, length: str) -> Findings:
    head = web.ask(url, method="HEAD", headers=ORIGIN, private=private)
    if head.status != _OK:
        yield must(where, f"answers HEAD with {head.status}", "Apple and most apps ask so first.")
        return
    if head.media_type != "audio/mpeg" and ".mp3" in url:
        yield must(where, f"is served as {head.media_type or 'nothing'}", "Serve MP3 as audio/mpeg.")
    if head.headers.get("content-length") != length:
        says = f"has {head.headers.get('content-length', 'no')} bytes where the feed says {length}"
        yield must(where, says, "Upload it again, or build the feed again: apps take it for broken.")
    if head.headers.get("content-encoding"):
        yield must(where, f"is sent as {head.headers['content-encoding']}", "Switch compression off for sound.")
    part = web.ask(url, headers=_FIRST_BYTE, most=1, private=private)
    if part.status != _PART or not part.headers.get("content-range", "").startswith("bytes 0-0/"):
        yield must(where, "cannot be sent in parts", "Allow Range: without it iPhones do not play, and nothing seeks.")
    yield from _may_read(where, head.headers)


def _cover(where: str, url: str, *, private: bool) -> Findings:
    answer = web.ask(url, most=_MAX_PICTURE, private=private)
    if answer.status != _OK:
        yield must(where, f"{url} answers {answer.status}", "Put the picture there.")
        return
    if answer.media_type not in {"image/jpeg", "image/png"}:
        yield must(where, f"is served as {answer.media_type or 'nothing'}", "Serve it as image/jpeg or image/png.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(answer.body), formats=("JPEG", "PNG"))
    except (OSError, Image.DecompressionBombError, Image.DecompressionBombWarning):
        yield must(where, "is neither a JPEG nor a PNG picture", "Make one of 1400 to 3000 pixels a side.")
        return
    if picture.width != picture.height or not 1400 <= picture.width <= 3000:  # noqa: PLR2004 - as the words below say
        says = f"has {picture.width} × {picture.height} pixels"
        yield must(where, says, "Directories want a square of 1400 to 3000 pixels.")
    if picture.mode not in {"RGB", "L"}:
        yield must(where, f"has colours of kind {picture.mode}", "Save it as RGB without transparency.")


def _transcript(where: str, url: str, *, private: bool, kind: str) -> Findings:
    answer = web.ask(url, most=_MAX_TEXT, headers=ORIGIN, private=private)
    yield from _text_answer(where, answer, {kind})
    if kind == "text/vtt" and answer.status == _OK:
        text = answer.body.decode("utf-8", "replace")
        starts = [line.start_ms for line in transcript.from_vtt(text)]
        if not text.startswith("WEBVTT"):
            yield must(where, "does not begin with WEBVTT", "Write WebVTT, or give it its own type.")
        elif any(b < a for a, b in pairwise(starts)):
            yield must(where, "goes back in time", "Put its cues in their order.")


def _chapters(where: str, url: str, *, private: bool) -> Findings:
    answer = web.ask(url, most=_MAX_TEXT, headers=ORIGIN, private=private)
    yield from _text_answer(where, answer, {"application/json+chapters"})
    if answer.status != _OK:
        return
    try:
        document = json.loads(answer.body)
        starts = [chapter["startTime"] for chapter in document["chapters"]]
    except (ValueError, KeyError, TypeError, RecursionError):
        yield must(where, "are no JSON chapters", "Write version and chapters with startTime and title.")
        return
    if not all(isinstance(start, int | float) for start in starts):
        yield must(where, "startTime is no number", "Write seconds as a number, without quotes.")
    elif any(b <= a for a, b in pairwise(starts)) or starts[:1] not in ([], [0]):
        yield must(where, "do not rise from 0", "Begin at 0 and go forward.")
    if not isinstance(document.get("version"), str):
        yield must(where, "version is no text", 'Write "version": "1.2.0".')


def _text_answer(where: str, answer: web.Answer, kinds: set[str]) -> Findings:
    if answer.status != _OK:
        yield must(where, f"{answer.url} answers {answer.status}", "Put the file there.")
        return
    if answer.media_type not in kinds:
        says = f"is served as {answer.media_type or 'nothing'}"
        yield should(where, says, f"Serve it as {' or '.join(sorted(kinds))}.")
    yield from _may_read(where, answer.headers)


def _may_read(where: str, headers: Mapping[str, str]) -> Findings:
    if headers.get("access-control-allow-origin") not in {"*", ORIGIN["Origin"]}:
        yield should(where, "cannot be read by players in browsers", "Send Access-Control-Allow-Origin: *.")
