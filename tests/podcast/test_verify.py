"""Feeds, ours and others', checked as directories read them: by their words, and over real sockets."""

import datetime as dt
import http.server
import re
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from made_show import NOW, AddEpisode, serving

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
