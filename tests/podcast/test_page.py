"""The pages, as a browser shows them: headless Chromium from the system, over a real socket, nothing from elsewhere."""

import datetime as dt
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from made_show import HOSTILE, NOW, AddEpisode, serving
from playwright.sync_api import Browser, Page, Request, Route, expect, sync_playwright

from audio.config import Config
from audio.model import Briefing
from audio.podcast import publish
from audio.podcast.episode import Episode, Source

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
needs_browser = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: apt-get install chromium")
# As root it needs the first; the others keep it from calling home.
FLAGS = ["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
FLAGS += ["--disable-component-update", "--autoplay-policy=no-user-gesture-required"]
DAY = dt.timedelta(days=1)


@dataclass
class Visit:
    """A page that was opened, with everything it said and asked for."""

    page: Page
    home: str
    episode: str
    said: list[str] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Run one Chromium for the module."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def show(config: Config, briefing: Briefing, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Episode]]:
    """Serve a show of three episodes, the newest with a title that attacks; give its address and that episode."""
    folder = tmp_path_factory.mktemp("show")
    hostile = replace(config, show=replace(config.show, title=HOSTILE, description=HOSTILE, author=HOSTILE))
    links = [[Source(HOSTILE, "https://esempio.it/?a=1&b='\"<x>"), Source("x", "javascript:alert(1)")]]
    episodes = [
        publish.add_episode(
            folder,
            hostile,
            replace(briefing, title=title),
            guid=f"urn:x:{number}",
            published=NOW.replace(day=4 + number),
            summary=HOSTILE,
            sources=links,
        )
        for number, title in enumerate(["Ieri l’altro", "Ieri", HOSTILE])
    ]
    publish.rebuild(folder, hostile)
    with serving(folder) as home:
        yield home, episodes[-1]


@pytest.fixture
def visit(browser: Browser, show: tuple[str, Episode]) -> Iterator[Visit]:
    """Open the newest episode in a fresh profile; afterwards nothing may have been said, or asked of another host."""
    home, episode = show
    context = browser.new_context(locale="it-IT")
    page = context.new_page()
    opened = Visit(page, home, f"{home}episodes/{episode.name}.html")
    page.on("console", lambda message: opened.said.append(message.text))
    page.on("pageerror", lambda error: opened.said.append(str(error)))
    page.on("dialog", lambda dialog: opened.said.append(dialog.message))
    page.on("request", lambda request: opened.asked.append(request.url))
    page.goto(opened.episode)
    yield opened
    context.close()
    assert opened.said == []
    assert [url for url in opened.asked if not url.startswith(home)] == []


def _heard(page: Page) -> float:
    """Wait until the sound runs and return where it is."""
    script = """new Promise(tell => {
        const audio = document.querySelector("audio");
        const look = () => !audio.paused && !audio.seeking && audio.readyState > 2 && tell(audio.currentTime);
        for (const kind of ["playing", "seeked", "timeupdate"]) audio.addEventListener(kind, look);
        look();
    })"""
    return float(page.evaluate(script))


@needs_browser
def test_it_plays_and_the_words_follow(visit: Visit) -> None:
    """Pressed, the button plays the sound, names itself anew, and the transcript marks the word that is said."""
    page = visit.page
    page.get_by_role("button", name="Ascolta", exact=True).click()
    expect(page.locator(".times .at")).to_have_text(re.compile("00:0[1-9]"))
    expect(page.locator(".w.now")).to_have_count(1)
    # In one look: the words go on, and the page with them.
    word, top, bottom = page.evaluate(
        """() => {
            const line = document.querySelector('.cue.now').getBoundingClientRect();
            return [document.querySelector('.w.now').getBoundingClientRect().top, line.top, line.bottom];
        }"""
    )
    assert top - 2 <= word <= bottom
    page.get_by_role("button", name="Ferma").click()
    assert page.evaluate("document.querySelector('audio').paused")


@needs_browser
def test_a_word_seeks_to_itself(visit: Visit) -> None:
    """A click on a word of the transcript plays from that word."""
    page = visit.page
    word = page.locator(".cue").nth(4).locator(".w").nth(2)
    word.click()
    heard = _heard(page)
    cue_start = int(page.locator(".cue").nth(4).get_attribute("data-s") or 0) / 1000
    offsets = (page.locator(".cue").nth(4).get_attribute("data-w") or "").split(",")
    expected = cue_start + [int(offset) for offset in offsets if offset][2] / 100
    assert expected - 0.05 <= heard <= expected + 3


@needs_browser
def test_a_chapter_seeks_to_its_start(visit: Visit) -> None:
    """A chapter's line plays from there and is marked as the current one."""
    page = visit.page
    chapter = page.locator(".chapters a[data-t]").nth(1)
    chapter.click()
    heard = _heard(page)
    start = float(chapter.get_attribute("data-t") or 0)
    assert start - 0.05 <= heard <= start + 3
    assert chapter.get_attribute("aria-current") == "true"


@needs_browser
def test_keys(visit: Visit) -> None:
    """Space plays and stops, arrows jump, N goes to the next chapter, < and > change the speed; they can be put off."""
    page = visit.page
    page.keyboard.press("n")
    second = float(page.locator(".chapters a[data-t]").nth(1).get_attribute("data-t") or 0)
    assert page.locator("input.seek").input_value() == str(int(second)) or _near(page, second)
    page.keyboard.press("ArrowLeft")
    assert _near(page, max(0, second - 15))
    page.keyboard.press(">")
    assert page.locator(".speed select").input_value() == "1.1"
    page.keyboard.press("Space")
    expect(page.locator(".playing")).to_have_count(1)
    page.keyboard.press("k")
    expect(page.locator(".playing")).to_have_count(0)
    page.locator(".keys summary").click()
    page.get_by_role("checkbox").uncheck()
    page.keyboard.press(">")
    assert page.locator(".speed select").input_value() == "1.1"


def _near(page: Page, seconds: float) -> bool:
    shown = page.locator(".times .at").inner_text()
    minutes, rest = shown.split(":")
    return abs(int(minutes) * 60 + int(rest) - seconds) <= 1.5


@needs_browser
def test_everything_is_reached_by_tab(visit: Visit) -> None:
    """The tab key reaches player, chapters and transcript, and what has the focus shows it."""
    page = visit.page
    reached = set()
    for _ in range(60):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.className || document.activeElement.tagName"))
    assert {"seek", "round play", "round back", "round forward", "SELECT", "at"} <= reached


@needs_browser
def test_the_position_is_remembered(visit: Visit) -> None:
    """Opened again, the page starts where the listener left, and says so; the chosen speed stays."""
    page = visit.page
    page.locator("input.seek").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    page.locator(".speed select").select_option("1.5")
    page.goto("about:blank")
    page.goto(visit.episode)
    assert _near(page, 6)
    assert "Si riprende da 00:06" in page.locator(".says").inner_text()
    assert page.locator(".speed select").input_value() == "1.5"


@needs_browser
def test_a_link_to_a_moment(visit: Visit) -> None:
    """An address that ends in #t=5 opens at that second."""
    visit.page.goto("about:blank")
    visit.page.goto(f"{visit.episode}#t=5")
    assert _near(visit.page, 5)


@needs_browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_accessible(browser: Browser, show: tuple[str, Episode], scheme: str, width: int) -> None:
    """Axe finds nothing on any page, by day and night, on a phone and a desk; nothing is wider than the screen."""
    home, episode = show
    context = browser.new_context(
        color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 800}
    )
    page = context.new_page()
    rules = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    for address in ("index.html", f"episodes/{episode.name}.html", "archivio-2025-11.html"):
        page.goto(home + address)
        found = Axe().run(page, options={"runOnly": rules})
        assert [(v["id"], [n["html"] for n in v["nodes"]]) for v in found.response["violations"]] == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), address
    context.close()


@needs_browser
def test_without_javascript(browser: Browser, show: tuple[str, Episode]) -> None:
    """Without JavaScript the browser's own player stands there, chapters lead into the file, and all can be read."""
    home, episode = show
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{home}episodes/{episode.name}.html")
    assert page.locator("audio[controls]").is_visible()
    assert not page.locator(".panel").is_visible()
    link = page.locator(".chapters a").nth(0)
    assert re.search(r"\.mp3#t=0\.0$", link.get_attribute("href") or "")
    assert "Il mare è calmo oggi a Rimini & dintorni." in page.locator(".transcript").inner_text()
    context.close()


@needs_browser
def test_a_title_that_attacks_is_text(visit: Visit) -> None:
    """Markup in titles, notes and sources is shown as it was written; no address of a script becomes a link."""
    page = visit.page
    for address in (visit.episode, visit.home, f"{visit.home}archivio-2025-11.html"):
        page.goto(address)
        assert page.locator("script").count() == 1
        assert HOSTILE in page.locator("body").inner_text()
        assert page.locator('a[href^="javascript"]').count() == 0


@needs_browser
def test_what_gets_into_a_page_does_not_run(browser: Browser, show: tuple[str, Episode]) -> None:
    """Even markup that stands in the page unescaped runs nothing: the browser reports it and goes on."""
    home, episode = show
    context = browser.new_context()
    page = context.new_page()
    address = f"{home}episodes/{episode.name}.html"

    def inject(route: Route) -> None:
        answer = route.fetch()
        attack = "<script>document.title='preso'</script><img src=x onerror=\"document.title='preso'\"></body>"
        route.fulfill(response=answer, body=answer.text().replace("</body>", attack))

    violations: list[str] = []
    page.on("console", lambda message: violations.append(message.text))
    page.route(address, inject)
    page.goto(address, wait_until="networkidle")
    assert page.locator("img[src=x]").count() == 1
    assert page.title() != "preso"
    assert sum("Content Security Policy" in said for said in violations) >= 2
    context.close()


@needs_browser
def test_first_load_is_light(browser: Browser, show: tuple[str, Episode]) -> None:
    """Index and episode load at most 100 kB without the sound, which nothing loads before it is asked for."""
    home, episode = show
    for address in ("", f"episodes/{episode.name}.html"):
        context = browser.new_context()
        page = context.new_page()
        sizes = _weigh(page, home + address)
        assert not [url for url in sizes if url.endswith(".mp3")]
        assert 5_000 < sum(sizes.values()) <= 100_000
        context.close()


def _weigh(page: Page, address: str) -> dict[str, int]:
    """Open a page and return the bytes of each file it loads."""
    loaded: list[Request] = []
    page.on("requestfinished", lambda request: loaded.append(request))  # noqa: PLW0108 - a method takes no mark
    page.goto(address, wait_until="networkidle")
    return {request.url: request.sizes()["responseBodySize"] for request in loaded}


@needs_browser
def test_print(visit: Visit) -> None:
    """On paper stand title and transcript, without player, keys and the times in the margin."""
    page = visit.page
    page.emulate_media(media="print")
    assert page.locator(".transcript p").first.is_visible()
    for gone in (".player", ".extras", ".part > .at"):
        assert not page.locator(gone).first.is_visible()


@needs_browser
def test_the_feed_can_be_copied(visit: Visit) -> None:
    """The button copies the feed's address and says so; each app's button carries it."""
    page = visit.page
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(visit.home)
    page.get_by_role("button", name="Copia").click()
    expect(page.locator(".copied")).to_have_text("Copiato.")
    assert page.evaluate("navigator.clipboard.readText()") == "https://esempio.it/podcast/feed.xml"
    addresses = [link.get_attribute("href") or "" for link in page.locator(".apps a").all()]
    assert all("esempio.it" in address for address in addresses)
    assert addresses[0] == "podcast://esempio.it/podcast/feed.xml"


def test_pages_ask_only_their_own_host(tmp_path: Path, config: Config, add: AddEpisode) -> None:
    """No page loads anything from elsewhere, has a script or style inside, or lets another run."""
    episode = add(title=HOSTILE)
    publish.rebuild(tmp_path, config)
    for page in (tmp_path / "index.html", tmp_path / "episodes" / f"{episode.name}.html"):
        text = page.read_text(encoding="utf-8")
        loaded = re.findall(r'<(?:script|link|img|audio|source)[^>]*?(?:src|href)="([^"]+)"', text)
        assert loaded
        assert not [url for url in loaded if "://" in url]
        assert "default-src 'none'" in text
        assert "unsafe" not in text
        assert not re.search(r"<script(?! src)|<style|\son\w+=|\sstyle=", text)


def test_the_index_of_a_long_show(tmp_path: Path, config: Config, briefing: Briefing) -> None:
    """The index lists a month of episodes; older ones stand in the archive, a page for each month."""
    for day in range(40):
        publish.add_episode(
            tmp_path, config, replace(briefing, title=f"Giorno {day}"), guid=f"urn:{day}", published=NOW - day * DAY
        )
    publish.rebuild(tmp_path, config)
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert ("Giorno 29" in index, "Giorno 30" in index) == (True, False)
    assert {p.name for p in tmp_path.glob("archivio-*.html")} == {
        "archivio-2025-09.html",
        "archivio-2025-10.html",
        "archivio-2025-11.html",
    }
    assert "Giorno 39" in (tmp_path / "archivio-2025-09.html").read_text(encoding="utf-8")
