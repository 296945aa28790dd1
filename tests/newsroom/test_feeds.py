"""The daily edition of feeds on the web that change between runs, served on this machine."""

from dataclasses import replace
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
from daily_show import FRANA, FRANA_RIAPERTA, NOW, SINNER, TARTUFO, Show
from misbehaving_server import MisbehavingServer, Page

from audio.config import FetchSettings, SourceSettings
from audio.newsroom.daily import Order

# A feed that sums up its stories would send the reader to their pages.
PAD = "<p>Seguono aggiornamenti nelle prossime ore, dalla redazione e dagli inviati sul posto, per tutti.</p>" * 2
DATE = "Wed, 25 Nov 2026 05:00:00 +0100"


def _feed(server: MisbehavingServer, **articles: str) -> Page:
    """Return a feed whose items carry their whole text."""
    items = "".join(
        f"<item><title>{escape(text.partition(chr(10))[0])}</title><link>{server.url}/{name}</link>"
        f"<guid>{server.url}/{name}</guid><pubDate>{DATE}</pubDate>"
        f"<content:encoded>{escape('<p>' + text.partition(chr(10))[2].strip() + '</p>' + PAD)}</content:encoded></item>"
        for name, text in articles.items()
    )
    text = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Prova</title>'
        f"<link>{server.url}</link><description>x</description><language>it</language>{items}</channel></rss>"
    )
    return Page(text.encode(), {"Content-Type": "application/rss+xml"})


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Show:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "pages"))
    return Show(tmp_path)


def test_feeds_that_change_between_runs(show: Show) -> None:
    """Day one tells what the feeds hold; on day two repeats are dropped, the update is told, a dead feed is lost."""
    with MisbehavingServer() as server:
        server.pages["/esteri"] = _feed(server, frana=FRANA, tartufo=TARTUFO)
        server.pages["/sport"] = _feed(server, sinner=SINNER)
        sources = tuple(
            SourceSettings(feed=f"{server.url}/{name}", section=name.capitalize()) for name in ("esteri", "sport")
        )
        edition = replace(show.config.edition, target_minutes=5)
        config = replace(show.config, sources=sources, edition=edition, fetch=FetchSettings(allow_private=True))
        first = show.make(0, config=config)
        assert first.rundown is not None
        keys = {item.key.rsplit("/", 1)[-1] for story in first.rundown.stories for item in story.items}
        assert keys == {"frana", "tartufo", "sinner"}
        assert {source.url for mark in first.episode.marks for source in mark.sources} == {
            f"{server.url}/{key}" for key in keys
        }
        server.pages["/esteri"] = _feed(server, frana=FRANA, tartufo=TARTUFO, riaperta=FRANA_RIAPERTA)
        server.pages["/sport"] = Page(b"", status=503)
        second = show.make(1, config=config)
        assert second.rundown is not None
        assert [(s.items[0].key.rsplit("/", 1)[-1], s.update) for s in second.rundown.stories] == [("riaperta", True)]
        assert [source for source, _ in second.lost] == [f"{server.url}/sport"]
        assert len(show.feed()) == 2
        assert show.make(1, config=config, order=Order(NOW)).rundown is None
