"""Feeds, ours and others', checked as directories read them: by their words, and over real sockets."""

import datetime as dt
import http.server
import io
import json
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from loopback_http import Answer, Loopback, Request
from made_show import NOW, AddEpisode, serving
from PIL import Image

from audio.config import Config
from audio.errors import SourceError
from audio.model import Briefing
from audio.podcast import check, publish, store, verify, web

DAY_LATER = NOW.replace(day=7)


@pytest.fixture(scope="module")
def built(config: Config, briefing: Briefing, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a show without a mistake, of yesterday and today."""
    folder = tmp_path_factory.mktemp("checked")
    for day, title in enumerate(["Oggi", "Ieri"]):
        made, moment = replace(briefing, title=title), NOW - dt.timedelta(days=day)
        publish.add_episode(folder, config, made, guid=f"urn:x-test:{day}", published=moment, summary="Un ponte.")
    publish.rebuild(folder, config)
    return folder


@pytest.fixture
def feed(built: Path) -> str:
    """Give the text of its feed."""
    return (built / "feed.xml").read_text(encoding="utf-8")


# (what is done to a good feed, the level and words of what must be found)
BROKEN: dict[str, tuple[Callable[[str], str], str, str]] = {
    "blank first": (lambda t: "\n" + t, "must", "does not begin with <?xml"),
    "entity bomb": (lambda t: t.replace("<rss", '<!DOCTYPE x [<!ENTITY a "b">]>\n<rss', 1), "must", "DOCTYPE"),
    "open tag": (lambda t: t.replace("</channel>", ""), "must", "not well-formed"),
    "atom": (lambda t: t.replace("<rss", "<feed").replace("</rss", "</feed"), "must", "not RSS 2.0"),
    "itunes namespace": (lambda t: t.replace("podcast-1.0.dtd", "Podcast-1.0.dtd"), "must", "itunes to another"),
    "no title": (lambda t: t.replace("<title>Il Notiziario</title>", "", 1), "must", "has no title"),
    "long description": (
        lambda t: re.sub(r"<description>", "<description>" + "è" * 2001, t, count=1),
        "must",
        "description has",
    ),
    "link to feed": (
        lambda t: t.replace("podcast/</link>", "podcast/feed.xml</link>", 1),
        "must",
        "link is the feed",
    ),
    "language": (lambda t: t.replace(">it<", ">Italiano<"), "must", "language 'Italiano'"),
    "no self": (lambda t: re.sub(r"<atom:link[^>]*>", "", t), "must", "0 atom:link"),
    "other self": (lambda t: t.replace('podcast/feed.xml" rel', 'x/feed.xml" rel'), "must", "says it stands at"),
    "cover's ending": (lambda t: re.sub(r"(cover-\w+)\.jpg", r"\1.webp", t), "must", "neither .jpg nor .png"),
    "category": (lambda t: t.replace("Daily News", "daily news"), "must", "not in Apple's list"),
    "explicit": (lambda t: t.replace(">false</itunes:explicit>", ">clean</itunes:explicit>", 1), "must", "'clean'"),
    "no owner": (
        lambda t: re.sub(r"<itunes:owner>.*?</itunes:owner>", "", t, flags=re.DOTALL),
        "should",
        "owner's address",
    ),
    "podcast guid": (lambda t: re.sub(r"<podcast:guid>.", "<podcast:guid>z", t), "must", "is no UUID"),
    "no disclosure": (lambda t: t.replace("ai-content", "altro"), "should", "ai-content"),
    "copyright": (
        lambda t: t.replace("<language>", "<copyright>© 2025 Noi</copyright><language>"),
        "should",
        "copyright has",
    ),
    "italian date": (lambda t: t.replace("Thu, 06 Nov", "gio, 06 nov"), "must", "is no date"),
    "wrong weekday": (lambda t: t.replace("Thu, 06 Nov", "Fri, 06 Nov"), "must", "is no date"),
    "future": (
        lambda t: t.replace("2025", "2026").replace("Thu, 06", "Fri, 06").replace("Wed, 05", "Thu, 05"),
        "must",
        "future",
    ),
    "same guid": (lambda t: t.replace("urn:x-test:1", "urn:x-test:0"), "must", "share one guid"),
    "no guid": (lambda t: t.replace("<guid", "<other").replace("</guid", "</other"), "must", "has no guid"),
    "permalink": (lambda t: t.replace(' isPermaLink="false"', ""), "must", "guid is no address"),
    "same day and title": (
        lambda t: t.replace("<title>Ieri<", "<title>Oggi<").replace("Wed, 05 Nov", "Thu, 06 Nov"),
        "must",
        "title on one day",
    ),
    "order": (lambda t: t.replace("Wed, 05 Nov", "Fri, 07 Nov"), "should", "not in order"),
    "no sound": (lambda t: re.sub(r"<enclosure[^>]*>", "", t), "must", "0 enclosures"),
    "sound's type": (lambda t: t.replace('"audio/mpeg"', '"audio/mp3"'), "must", "audio/mp3"),
    "sound's length": (lambda t: re.sub(r'length="\d+"', 'length="0"', t), "must", "length '0'"),
    "duration": (lambda t: re.sub(r"(<itunes:duration>)\d+", r"\1mezz'ora", t), "must", "itunes:duration"),
    "keywords": (
        lambda t: t.replace("<guid", "<itunes:keywords>a</itunes:keywords><guid"),
        "should",
        "itunes:keywords",
    ),
    "no transcript": (lambda t: re.sub(r"<podcast:transcript[^>]*>", "", t), "should", "no WebVTT"),
    "chapters' type": (lambda t: t.replace("json+chapters", "json"), "must", "podcast:chapters has type"),
    "chapters back": (lambda t: t.replace('start="00:00:00.000"', 'start="09:00:00.000"'), "must", "psc:chapters"),
    "http": (lambda t: t.replace('url="https', 'url="http'), "must", "http in an https feed"),
    "relative": (lambda t: t.replace('url="https://esempio.it', 'url="'), "must", "no absolute address"),
    "mojibake": (lambda t: t.replace("Oggi", "PerchÃ©"), "must", "wrong letters"),
    "twice": (lambda t: t.replace("Oggi", "Oggi &amp;amp; domani"), "should", "escaped twice"),
    "doubled": (lambda t: t.replace("<language>", "<language>en</language><language>"), "must", "2 times language"),
    "html in title": (lambda t: t.replace("Oggi", "&lt;b&gt;Oggi&lt;/b&gt;"), "must", "title has HTML"),
    "blanks": (lambda t: t.replace("<title>Oggi<", "<title> Oggi <"), "should", "blanks around"),
    "apart accents": (lambda t: t.replace("Oggi", "Perche\u0301"), "should", "apart from their accents"),
    "show's name": (lambda t: t.replace("<title>Oggi", "<title>Il Notiziario: oggi"), "should", "show's name"),
    "no link": (
        lambda t: re.sub(r"<item>(.*?)<link>[^<]*</link>", r"<item>\1", t, flags=re.DOTALL),
        "should",
        "has no link",
    ),
    "no words": (
        lambda t: re.sub(r"(<item>.*?)<description>.*?</description>", r"\1", t, flags=re.DOTALL),
        "should",
        "has no description",
    ),
    "long notes": (
        lambda t: re.sub(r"(<item>.*?<description>)", lambda m: m[1] + "è" * 2001, t, count=1, flags=re.DOTALL),
        "must",
        "description has",
    ),
    "unknown sound": (lambda t: t.replace('type="audio/mpeg"', 'type="text/plain"'), "must", "enclosure has type"),
    "no ending": (lambda t: re.sub(r"(<enclosure[^>]*?)\.mp3", r"\1", t), "must", "no ending"),
    "guid's address": (
        lambda t: re.sub(r"<guid[^>]*>[^<]*0</guid>", "<guid>https://esempio.it/0</guid>", t),
        "should",
        "guid is an address",
    ),
    "episode's kind": (
        lambda t: t.replace("<guid", "<itunes:episodeType>intero</itunes:episodeType><guid", 1),
        "must",
        "'intero' is none",
    ),
    "season": (lambda t: t.replace("<guid", "<itunes:season>uno</itunes:season><guid", 1), "must", "itunes:season"),
    "transcript's type": (lambda t: t.replace('type="text/vtt"', 'type="text/x"'), "must", "podcast:transcript has"),
    "no email": (lambda t: re.sub(r"<itunes:author>[^<]*</itunes:author>", "", t), "must", "no itunes:author"),
    "show's kind": (lambda t: re.sub(r"<itunes:type>[^<]*<", "<itunes:type>a caso<", t), "must", "'a caso' is none"),
    "blocked": (lambda t: t.replace("<language>", "<itunes:block>no</itunes:block><language>"), "must", "does nothing"),
    "no category": (
        lambda t: re.sub(r"<itunes:category.*</itunes:category>", "", t, flags=re.DOTALL),
        "must",
        "no itunes:category",
    ),
    "locked": (
        lambda t: re.sub(r"<podcast:locked[^>]*>[^<]*</podcast:locked>", "", t).replace(
            "<language>", "<podcast:locked>forse</podcast:locked><language>"
        ),
        "must",
        "podcast:locked",
    ),
    "no show guid": (lambda t: re.sub(r"<podcast:guid>[^<]*</podcast:guid>", "", t), "should", "no podcast:guid"),
    "moving": (
        lambda t: t.replace("<language>", "<itunes:new-feed-url>https://x.it/f</itunes:new-feed-url><language>"),
        "should",
        "moves to",
    ),
    "self's type": (lambda t: t.replace('type="application/rss+xml"', 'type="text/xml"'), "should", "another type"),
    "show's keywords": (
        lambda t: t.replace("<language>", "<itunes:keywords>a</itunes:keywords><language>"),
        "should",
        "has itunes:keywords",
    ),
    "build date": (
        lambda t: re.sub(r"<lastBuildDate>[^<]*", "<lastBuildDate>ieri", t),
        "must",
        "lastBuildDate 'ieri'",
    ),
    "script in notes": (lambda t: t.replace("&lt;p&gt;", "&lt;div&gt;"), "should", "has <div>"),
}


@pytest.mark.parametrize(("mend", "level", "says"), BROKEN.values(), ids=list(BROKEN))
def test_each_mistake_is_found(feed: str, mend: Callable[[str], str], level: str, says: str) -> None:
    """A good feed has nothing to mend; with one mistake exactly that is found, by its weight and with a remedy."""
    url = "https://esempio.it/podcast/feed.xml"
    assert check.check_feed(feed.encode(), url, DAY_LATER)[1] == ()
    broken = mend(feed)
    assert broken != feed
    _, found = check.check_feed(broken.encode(), url, DAY_LATER)
    assert [f for f in found if f.level == level and says in f.says], found
    assert all(f.remedy and f.where for f in found)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\xef\xbb\xbf<?xml version='1.0'?><rss version='2.0'><channel/></rss>", "byte order mark"),
        ("<?xml version='1.0'?><rss version='2.0'><channel/></rss>".encode("utf-16"), "not UTF-8"),
        (b"<?xml version='1.0'?><rss version='2.0'><channel/><channel/></rss>", "one channel"),
        (b"", "not well-formed"),
        (b"<?xml version='1.0'?>" + b" " * 5_000_000, "5,000,021 bytes"),
        (b"<?xml version='1.0'?><rss version='2.0'>" + b"<a>" * 100_000, "not well-formed"),
    ],
)
def test_what_is_hardly_a_feed(data: bytes, says: str) -> None:
    """Anything at all is answered with words, never with an accident."""
    assert says in " ".join(f.says for f in check.check_feed(data, None, NOW)[1])


def test_a_foreign_feed_owes_no_disclosure(feed: str) -> None:
    """A feed that this program did not make is not asked whether a synthetic voice speaks in it."""
    other = feed.replace("<generator>Notiziario<", "<generator>Altro<").replace("ai-content", "altro")
    assert check.check_feed(other.encode(), None, DAY_LATER)[1] == ()


def test_the_folder_is_held_against_the_feed(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """A file that the feed names and that is missing, or has another size, is found."""
    today, yesterday = add(0, title="Oggi"), add(1, title="Ieri")
    publish.rebuild(tmp_path, config)
    here = replace(config, publish=replace(config.publish, folder=tmp_path))
    store.path_of(tmp_path, today.name, ".vtt").unlink()
    store.path_of(tmp_path, yesterday.name, ".mp3").write_bytes(b"x")
    found = verify.examine(None, here, NOW)
    assert ["no such file" in f.says for f in found] == [True, False]
    assert "says" in found[1].says


@pytest.fixture
def own(tmp_path: Path, config: Config, add: AddEpisode) -> Iterator[Config]:
    """Serve a show at the address that its feed names."""
    listening = socket.create_server(("127.0.0.1", 0))
    base = f"http://127.0.0.1:{listening.getsockname()[1]}/"
    served = replace(config, show=replace(config.show, base_url=base), publish=replace(config.publish, folder=tmp_path))
    add(config=served)
    publish.rebuild(tmp_path, served)
    with serving(tmp_path, listening=listening):
        yield served


def test_our_own_server_passes(own: Config) -> None:
    """A show served by `notiziario serve` at its own address has nothing to mend and nothing to improve."""
    assert verify.public(own, NOW) == ()


def test_a_plain_web_server_is_found_out(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """A server without ranges, types and headers is told in words what iPhones and players will miss."""

    class Quiet(http.server.SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        base = f"http://127.0.0.1:{server.server_port}/"
        plain = replace(config, show=replace(config.show, base_url=base))
        episode = add(config=plain)
        publish.rebuild(tmp_path, plain)
        store.path_of(tmp_path, episode.name, ".srt").unlink()
        found = verify.public(plain, NOW)
        server.shutdown()
        thread.join()
    said = " ".join(f"{f.where}: {f.says}" for f in found)
    for words in (
        "cannot be sent in parts",
        "cannot be read by players",
        "transcript: ",
        "answers 404",
        "is served as",
    ):
        assert words in said


# (the file's ending, what becomes of a good answer to it, the words of what must be found)
SERVED: dict[str, tuple[str, Callable[[Answer], Answer], str]] = {
    "feed as text": (".xml", lambda a: _typed(a, "text/plain"), "is served as text/plain"),
    "feed as xml": (".xml", lambda a: _typed(a, "text/xml"), "is served as text/xml"),
    "sound as bytes": (".mp3", lambda a: _typed(a, "application/octet-stream"), "Serve MP3 as audio/mpeg"),
    "sound packed": (".mp3", lambda a: _with(a, {"Content-Encoding": "br"}), "is sent as br"),
    "sound cut": (".mp3", lambda a: _with(a, {"Content-Length": "7"}), "has 7 bytes where the feed says"),
    "sound gone": (".mp3", lambda _: Answer(410), "answers HEAD with 410"),
    "cover gone": (".jpg", lambda _: Answer(404), "answers 404"),
    "cover as text": (".jpg", lambda a: _typed(replace(a, body=b"<html>"), "text/html"), "neither a JPEG nor a PNG"),
    "cover small": (".jpg", lambda a: replace(a, body=_picture("RGB", 300, 300)), "300 × 300 pixels"),
    "cover oblong": (".jpg", lambda a: replace(a, body=_picture("RGB", 1500, 1400)), "1500 × 1400 pixels"),
    "cover for print": (".jpg", lambda a: replace(a, body=_picture("CMYK", 1500, 1500)), "colours of kind CMYK"),
    "captions as text": (".vtt", lambda a: _typed(a, "text/plain"), "is served as text/plain"),
    "captions of another kind": (".vtt", lambda a: replace(a, body=b"1\nciao"), "does not begin with WEBVTT"),
    "captions gone": (".vtt", lambda _: Answer(500), "answers 500"),
    "captions back in time": (
        ".vtt",
        lambda a: replace(a, body=b"WEBVTT\n\n00:09.000 --> 00:10.000\nuno\n\n00:01.000 --> 00:02.000\ndue\n"),
        "goes back in time",
    ),
    "chapters of another kind": (".chapters.json", lambda a: replace(a, body=b"[]"), "are no JSON chapters"),
    "chapters in words": (".chapters.json", lambda a: replace(a, body=_chapters("0:00")), "startTime is no number"),
    "chapters back in time": (".chapters.json", lambda a: replace(a, body=_chapters(0, 9, 3)), "do not rise from 0"),
    "chapters of no version": (
        ".chapters.json",
        lambda a: replace(a, body=_chapters(0).replace(b'"1.2.0"', b"1.2")),
        "version is no text",
    ),
    "nothing answers": (".vtt", lambda _: Answer(how="drop"), "nothing answers there"),
    "leads on": (".vtt", lambda _: Answer(302, headers={"Location": "/ancora.vtt"}), "leads on and on"),
}


def _typed(answer: Answer, kind: str) -> Answer:
    return _with(answer, {"Content-Type": kind})


def _with(answer: Answer, headers: dict[str, str]) -> Answer:
    return replace(answer, headers={**answer.headers, **headers})


def _picture(mode: str, width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (width, height)).save(out, "JPEG")
    return out.getvalue()


def _chapters(*starts: object) -> bytes:
    chapters = [{"startTime": start, "title": "x"} for start in starts]
    return json.dumps({"version": "1.2.0", "chapters": chapters}).encode()


_TYPES = {
    ".xml": "application/rss+xml",
    ".mp3": "audio/mpeg",
    ".jpg": "image/jpeg",
    ".vtt": "text/vtt",
    ".srt": "application/x-subrip",
    ".json": "application/json+chapters",
}


@pytest.mark.parametrize(("ending", "alter", "says"), SERVED.values(), ids=list(SERVED))
def test_each_fault_of_a_server_is_found(
    built: Path, feed: str, config: Config, ending: str, alter: Callable[[Answer], Answer], says: str
) -> None:
    """A server that serves one kind of file wrongly is told so, in words and with a remedy."""

    def answer(request: Request) -> Answer:
        path = request.path.split("?")[0]
        name = path.rsplit("/", 1)[-1]
        body = text.encode() if name == "feed.xml" else _body(built, name)
        if request.headers.get("if-none-match"):
            return Answer(304)
        headers = {"Content-Type": _TYPES.get(Path(name).suffix, "text/html"), "ETag": '"1"'}
        headers["Access-Control-Allow-Origin"] = "*"
        good = Answer(200, body, headers)
        if request.headers.get("range"):
            good = _with(Answer(206, body[:1], headers), {"Content-Range": f"bytes 0-0/{len(body)}"})
        return alter(good) if path.endswith(ending) else good

    with Loopback(answer) as server:
        text = feed.replace("https://esempio.it/podcast/", f"{server.url}/")
        found = verify.examine(f"{server.url}/feed.xml", config, DAY_LATER)
    assert [f for f in found if says in f"{f.where}: {f.says} {f.remedy}"], found


def _body(built: Path, name: str) -> bytes:
    return next((path.read_bytes() for path in built.rglob(name)), b"")


def test_nobody_there(config: Config) -> None:
    """Where nothing answers, a published show hears it as a finding, a person who asked as an error."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        url = f"http://127.0.0.1:{probe.getsockname()[1]}/feed.xml"
    away = replace(config, show=replace(config.show, base_url=url.removesuffix("feed.xml")))
    (finding,) = verify.public(away, NOW)
    assert finding.level == "must"
    with pytest.raises(SourceError):
        verify.examine(url, config, NOW)


def test_private_addresses_are_left_alone() -> None:
    """What a public feed names on a private network is not asked for."""
    with pytest.raises(web.UnreachableError, match="private"):
        web.ask("http://127.0.0.1:9/x", private=False)
    with pytest.raises(web.UnreachableError, match="only http"):
        web.ask("file:///etc/passwd")


def test_a_file(tmp_path: Path, config: Config, feed: str) -> None:
    """A feed in a file is checked by itself; one that is not there is an error that names it."""
    path = tmp_path / "altrui.xml"
    path.write_text(feed.replace("<title>Oggi", "<title>"), encoding="utf-8")
    assert ["has no title" in f.says for f in verify.examine(str(path), config, NOW)] == [True]
    with pytest.raises(SourceError, match=r"manca\.xml"):
        verify.examine(str(tmp_path / "manca.xml"), config, NOW)
