"""One client for everything: polite, patient within a limit, never led inside."""

from pathlib import Path

import pytest
from misbehaving_server import ARTICLE, FAULTS, MisbehavingServer, Page

from audio.config import FetchSettings
from audio.errors import SourceError
from audio.readers.fetch import Fetcher, shown
from audio.readers.fetch.http_cache import HttpCache

HOSTILE = (Path(__file__).parent / "hostile_urls.txt").read_text(encoding="utf-8").split("\n")[:-1]
GOOD_ENOUGH = {"/gzip", "/gzip-two", "/lying-length"}
NOTHING = {"/empty"}
REFUSED = sorted(set(FAULTS) - GOOD_ENOUGH - NOTHING)


class Clock:
    """Time that passes only by sleeping."""

    def __init__(self) -> None:
        self.slept: list[float] = []

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def __call__(self) -> float:
        return sum(self.slept)


@pytest.fixture
def clock() -> Clock:
    """A clock of the test's own."""
    return Clock()


def fetcher(
    clock: Clock, cache: HttpCache | None = None, *, allow_private: bool = True, total_seconds: float = 30
) -> Fetcher:
    settings = FetchSettings(allow_private=allow_private, total_seconds=total_seconds)
    return Fetcher(settings, cache, sleep=clock.sleep, clock=clock)


def test_hostile_addresses_are_many() -> None:
    """The list of addresses that lead inside holds at least seventy."""
    assert len(set(HOSTILE)) >= 70


@pytest.mark.parametrize("url", HOSTILE)
def test_hostile_address_is_refused(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address that leads to this machine, its network or no web at all is refused before anything is sent."""
    monkeypatch.setattr("socket.socket.connect", lambda *_: pytest.fail("a connection was tried"))
    with pytest.raises(SourceError) as caught:
        Fetcher(FetchSettings(total_seconds=10)).get(url)
    assert "\n" not in caught.value.message
    assert caught.value.exit_code == 66


def test_page_is_fetched_with_an_honest_name(server: MisbehavingServer, clock: Clock) -> None:
    """A page comes with its type and final address, and the server is told which program asks."""
    server.pages["/a?b=%C3%A8"] = Page(ARTICLE)
    found = fetcher(clock).get(f"{server.url}/a?b=è#parte")
    assert (found.body, found.content_type) == (ARTICLE, "text/html; charset=utf-8")
    assert found.url.startswith(f"{server.url}/a?b=%C3%A8")
    assert "User-Agent: Notiziario (reads news articles aloud)" in server.requests[0]
    assert "#" not in server.requests[0].split()[1]


@pytest.mark.parametrize("path", REFUSED)
@pytest.mark.usefixtures("public_loopback")
def test_fault_is_one_line(server: MisbehavingServer, clock: Clock, path: str) -> None:
    """Whatever a server does, one printable line names the address and says what happened, in time."""
    slow = "hang" in path or "drip" in path
    with pytest.raises(SourceError) as caught:
        fetcher(clock, allow_private=False, total_seconds=1 if slow else 30).get(server.url + path)
    assert caught.value.message.startswith(f"{server.url}{path}: ")
    assert caught.value.message.isprintable()
    assert ("within 1 s" in caught.value.message) == slow


@pytest.mark.parametrize("path", sorted(GOOD_ENOUGH))
def test_odd_but_whole_answer_is_taken(server: MisbehavingServer, clock: Clock, path: str) -> None:
    """Packed pages are unpacked, in one piece or several; a length that is no number is overlooked."""
    assert fetcher(clock).get(server.url + path).body == ARTICLE


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/to-meta", "leads to http://169.254.169.254/latest/meta-data/: 169.254.169.254 is not a public address"),
        ("/to-neighbour", "leads to http://10.0.0.1/: 10.0.0.1 is not a public address"),
        ("/to-file", "leads to file:///etc/passwd: is no address on the web"),
        ("/to-itself", "more than 5 times"),
        ("/gzip-bomb", "larger than 20 MB"),
        ("/short", "broke"),
        ("/gzip-cut", "cut short"),
        ("/picture", "a picture"),
    ],
)
@pytest.mark.usefixtures("public_loopback")
def test_fault_is_named(server: MisbehavingServer, clock: Clock, path: str, words: str) -> None:
    """The line says which fault it was, and where a redirect led."""
    with pytest.raises(SourceError, match=words):
        fetcher(clock, allow_private=False).get(server.url + path)


@pytest.mark.usefixtures("public_loopback")
def test_redirect_to_this_machine_is_refused(server: MisbehavingServer, clock: Clock) -> None:
    """A public page that sends on to localhost gets nothing from there."""
    server.pages["/via"] = Page(b"", {"Location": f"http://[::1]:{server.port}/segreto"}, 301)
    with pytest.raises(SourceError, match="::1 is not a public address"):
        fetcher(clock, allow_private=False).get(f"{server.url}/via")


def test_private_address_needs_permission(server: MisbehavingServer, clock: Clock) -> None:
    """Without permission a page on this machine is refused, and the hint names the option."""
    with pytest.raises(SourceError) as caught:
        fetcher(clock, allow_private=False).get(f"{server.url}/gzip")
    assert "--allow-private" in caught.value.hint
    assert not server.requests


def test_redirects_are_followed_within_a_bound(server: MisbehavingServer, clock: Clock) -> None:
    """Five redirects are followed, relative ones and those with raw UTF-8 too; the sixth is one too many."""
    for hop in range(6):
        server.pages[f"/{hop}"] = Page(b"", {"Location": f"/{hop + 1}"}, 302)
    server.pages["/6"] = Page(ARTICLE)
    assert fetcher(clock).get(f"{server.url}/1").url == f"{server.url}/6"
    with pytest.raises(SourceError, match="more than 5 times"):
        fetcher(clock).get(f"{server.url}/0")
    server.pages["/utf8"] = Page(b"", {"Location": "/città nuova".encode().decode("latin-1")}, 308)
    server.pages["/citt%C3%A0%20nuova"] = Page(ARTICLE)
    assert fetcher(clock).get(f"{server.url}/utf8").body == ARTICLE


@pytest.mark.parametrize(
    ("status", "words"),
    [
        *((401, "login"), (402, "money"), (403, "no programs"), (404, "no such page"), (410, "taken away")),
        *((429, "too many"), (451, "withheld"), (500, "out of order"), (503, "out of order"), (204, "no page")),
        *((418, "no page"), (206, "no page")),
    ],
)
def test_status_is_told_in_words(server: MisbehavingServer, clock: Clock, status: int, words: str) -> None:
    """A status that is no page becomes words, and the number for those who know it."""
    server.pages["/a"] = Page(b"", status=status)
    with pytest.raises(SourceError, match=words) as caught:
        fetcher(clock).get(f"{server.url}/a")
    assert str(status) in caught.value.message


def test_broken_connection_is_tried_once_more(server: MisbehavingServer, clock: Clock) -> None:
    """A connection that breaks off is made a second time, after a pause, and not a third."""
    with pytest.raises(SourceError):
        fetcher(clock).get(f"{server.url}/drop")
    assert (server.asked("/drop"), clock.slept) == (2, [1.0])


def test_busy_server_gets_the_pause_it_asks_for(server: MisbehavingServer, clock: Clock) -> None:
    """Retry-After is kept to when it is short, and the page then comes."""
    answers = iter([Page(b"", {"Retry-After": "3"}, 429), Page(ARTICLE)])
    server.pages["/a"] = lambda _: next(answers)
    assert fetcher(clock).get(f"{server.url}/a").body == ARTICLE
    assert clock.slept == [3.0]


def test_long_pause_is_told_and_kept_for_all_pages_of_a_server(server: MisbehavingServer, clock: Clock) -> None:
    """A server that asks for half an hour is not asked again, not for another page either."""
    server.pages["/a"] = Page(b"", {"Retry-After": "1800"}, 503)
    server.pages["/b"] = Page(ARTICLE)
    patient = fetcher(clock)
    for path in ("/a", "/b"):
        with pytest.raises(SourceError, match="asks for a pause") as caught:
            patient.get(server.url + path)
        assert "30 min" in caught.value.hint
    assert len(server.requests) == 1


def test_pause_may_be_a_moment(server: MisbehavingServer, clock: Clock) -> None:
    """Retry-After as a date counts from the server's own clock."""
    dates = {"Date": "Thu, 06 Nov 2025 06:00:00 GMT", "Retry-After": "Thu, 06 Nov 2025 06:00:05 GMT"}
    answers = iter([Page(b"", dates, 503), Page(ARTICLE)])
    server.pages["/a"] = lambda _: next(answers)
    fetcher(clock).get(f"{server.url}/a")
    assert clock.slept == [5.0]


def test_silent_server_is_asked_once(server: MisbehavingServer, clock: Clock) -> None:
    """A server that let the time run out is not waited for again, so that one dead site cannot stop a run."""
    impatient = fetcher(clock, total_seconds=1)
    with pytest.raises(SourceError, match="within 1 s"):
        impatient.get(f"{server.url}/hang")
    with pytest.raises(SourceError, match="did not answer before"):
        impatient.get(f"{server.url}/gzip")
    assert len(server.requests) == 1


def test_unchanged_page_is_not_sent_again(server: MisbehavingServer, clock: Clock, tmp_path: Path) -> None:
    """A page that was fetched before is asked for with its marks, and "unchanged" gives what is kept."""
    marks = {"ETag": '"v1"', "Content-Type": "text/html"}

    def answer(request: str) -> Page:
        return Page(b"", marks, 304) if 'If-None-Match: "v1"' in request else Page(ARTICLE, marks)

    server.pages["/a"] = answer
    for _ in range(2):
        found = fetcher(clock, HttpCache(tmp_path)).get(f"{server.url}/a")
        assert (found.body, found.content_type) == (ARTICLE, "text/html")
    assert "If-None-Match" not in server.requests[0]
    assert "If-None-Match" in server.requests[1]


def test_unchanged_without_a_page_is_refused(server: MisbehavingServer, clock: Clock) -> None:
    """A server that says "unchanged" of a page nobody has gives no page."""
    server.pages["/a"] = Page(b"", status=304)
    with pytest.raises(SourceError, match="304"):
        fetcher(clock).get(f"{server.url}/a")


def test_login_goes_to_its_own_server_only(server: MisbehavingServer, clock: Clock, tmp_path: Path) -> None:
    """A name and password in an address are sent to its server, not on by redirect, not kept and not shown."""
    with MisbehavingServer() as other:
        other.pages["/b"] = Page(ARTICLE)
        server.pages["/a"] = Page(b"", {"Location": f"{other.url}/b"}, 302)
        own = server.url.replace("//", "//ada:segreta@")
        found = fetcher(clock, HttpCache(tmp_path)).get(f"{own}/a")
        assert found.url == f"{other.url}/b"
        assert "Authorization: Basic" in server.requests[0].title().replace("basic", "Basic")
        assert "authorization" not in other.requests[0].lower()
        with pytest.raises(SourceError) as caught:
            fetcher(clock).get(f"{own}/no")
        assert "segreta" not in caught.value.message


def test_address_is_shown_without_secrets_or_tricks() -> None:
    """An address in a message has no password, no control character and an end."""
    assert shown("https://ada:pw@esempio.it/a@b") == "https://esempio.it/a@b"
    assert shown("http://a/\x1b[31m\u202ex") == "http://a/[31mx"
    assert len(shown("http://a/" + "b" * 9000)) < 220
