"""A feed gives its stories: whole items as they are, the others from their pages, and one lost is only one lost."""

from collections.abc import Callable

import pytest
from misbehaving_server import ARTICLE, MisbehavingServer, Page

from audio import readers
from audio.config import FetchSettings
from audio.errors import SourceError
from audio.model import Article
from audio.readers.feed import entries, parse
from audio.readers.fetch import Fetcher

WHOLE = (
    "<p>Il Consiglio ha approvato ieri il nuovo regolamento dei mercati, che entra in vigore a gennaio.</p>"
    "<p>I banchi saranno duecento, venti in più di oggi, e apriranno alle sei del mattino anche di domenica.</p>"
)
Read = Callable[..., tuple[Article, ...]]


def feed_of(*items: str) -> Page:
    body = (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">'
        f"<channel><title>Prova</title>{''.join(items)}</channel></rss>"
    )
    return Page(body.encode(), {"Content-Type": "application/rss+xml"})


def item(link: str, title: str = "Titolo della notizia", content: str = "", summary: str = "In breve…") -> str:
    return (
        f"<item><title>{title}</title><link>{link}</link><pubDate>Thu, 06 Nov 2025 00:30:00 +0100</pubDate>"
        f"<description><![CDATA[{summary}]]></description>"
        + (f"<content:encoded><![CDATA[{content}]]></content:encoded>" if content else "")
        + "</item>"
    )


@pytest.fixture
def lost() -> list[tuple[str, str]]:
    """What was told to be lost."""
    return []


@pytest.fixture
def read(lost: list[tuple[str, str]]) -> Read:
    """Read a source from this machine, as a run does."""

    def run(source: str, **settings: int) -> tuple[Article, ...]:
        fetcher = Fetcher(FetchSettings(allow_private=True, **settings), sleep=lambda _: None)
        return readers.read(source, lambda: fetcher, lambda link, reason: lost.append((link, reason)))

    return run


def test_whole_item_needs_no_page(server: MisbehavingServer, read: Read) -> None:
    """An item that holds its story is read as it is, and its page is not asked for."""
    server.pages["/feed"] = feed_of(item(f"{server.url}/a", "Mercati, si cambia", WHOLE))
    (article,) = read(f"{server.url}/feed")
    assert article.headline == "Mercati, si cambia"
    assert article.published == "2025-11-06T00:30:00+01:00"
    assert article.source == f"{server.url}/a"
    assert len(article.sections[0].blocks) == 2
    assert len(server.requests) == 1


def test_summary_leads_to_its_page(server: MisbehavingServer, read: Read) -> None:
    """An item that only sums up is read from its page, with the date of the item."""
    server.pages["/feed"] = feed_of(item("/storia", "Un altro titolo"))
    server.pages["/storia"] = Page(ARTICLE)
    (article,) = read(f"{server.url}/feed")
    assert article.headline == "Riapre il ponte di Pavia"
    assert article.published == "2025-11-06T00:30:00+01:00"
    assert article.source == f"{server.url}/storia"


def test_cut_content_is_no_whole_story(server: MisbehavingServer, read: Read) -> None:
    """Content that ends in dots or in "continua a leggere" is a summary, however long."""
    cut = (
        item("/a", content=WHOLE + "<p>E non è tutto [...]</p>"),
        item("/b", content=WHOLE + "<p>Continua a leggere</p>"),
    )
    server.pages["/feed"] = feed_of(*cut)
    server.pages["/a"] = server.pages["/b"] = Page(ARTICLE)
    assert [article.headline for article in read(f"{server.url}/feed")] == ["Riapre il ponte di Pavia"] * 2


def test_lost_item_does_not_lose_the_others(server: MisbehavingServer, read: Read, lost: list[tuple[str, str]]) -> None:
    """A page that is missing, broken, foreign, a feed or inside a network is named, and the others are read."""
    english = b"<html><body><article><h1>News</h1><p>" + (
        b"The minister said that the law would have been approved by the house and not by the lords of it. " * 4
    )
    server.pages["/feed"] = feed_of(
        *(item(link) for link in ("/missing", "/reset", "/english", "/feed2", "http://169.254.169.254/x", "/good"))
    )
    server.pages["/english"] = Page(english)
    server.pages["/feed2"] = feed_of(item("/a"))
    server.pages["/good"] = Page(ARTICLE)
    (article,) = read(f"{server.url}/feed")
    assert article.headline == "Riapre il ponte di Pavia"
    words = ["no such page", "broke", "not Italian", "feed inside a feed", "not a public address"]
    assert len(lost) == len(words)
    assert all(word in reason for (_, reason), word in zip(lost, words, strict=True))
    assert lost[0][0] == f"{server.url}/missing"


def test_feed_with_nothing_left_is_refused(server: MisbehavingServer, read: Read) -> None:
    """Where every item is lost, the feed is refused with the last reason."""
    server.pages["/feed"] = feed_of(item("/a"), item("/b"))
    with pytest.raises(SourceError, match="no such page"):
        read(f"{server.url}/feed")


def test_number_of_pages_is_bounded(server: MisbehavingServer, read: Read) -> None:
    """No more stories are taken than the settings allow, the first ones."""
    server.pages["/feed"] = feed_of(*(item(f"/{n}") for n in range(9)))
    for n in range(9):
        server.pages[f"/{n}"] = Page(ARTICLE)
    assert len(read(f"{server.url}/feed", feed_items=3)) == 3
    assert [request.split()[1] for request in server.requests] == ["/feed", "/0", "/1", "/2"]


def test_page_that_is_a_pdf_or_text_is_read_as_what_it_is(server: MisbehavingServer, read: Read) -> None:
    """What an address leads to decides how it is read, not how the address looks."""
    server.pages["/nota.html"] = Page(
        "Ponte chiuso a Siena\n\nSIENA - Il ponte è chiuso da ieri per lavori urgenti. Riapre domenica.\n".encode(),
        {"Content-Type": "text/plain"},
    )
    (article,) = read(f"{server.url}/nota.html")
    assert (article.headline, article.dateline) == ("Ponte chiuso a Siena", "Siena")


@pytest.mark.parametrize(
    ("declared", "header", "encoding"),
    [
        ("utf-8", None, "utf-8"),
        ("iso-8859-1", None, "cp1252"),
        ("undefined", None, "utf-8"),
        ("utf-8", "text/xml; charset=windows-1252", "cp1252"),
        ("utf-16", None, "utf-16"),
        ("utf-16", None, "utf-8"),
        ("iso-8859-15", None, "iso-8859-15"),
    ],
)
def test_characters_survive_any_declaration(declared: str, header: str | None, encoding: str) -> None:
    """Accents and quotes come out right whether a feed tells its encoding, tells a wrong one, or its server does."""
    raw = (
        f'<?xml version="1.0" encoding="{declared}"?><rss version="2.0"><channel><item>'
        "<title>Perché l’età è “così”</title></item></channel></rss>"
    )
    if encoding == "iso-8859-15":
        raw = raw.replace("’", "'").replace("“", '"').replace("”", '"')
    (entry,) = entries(raw.encode(encoding), "x", header)
    assert entry.title in {"Perché l’età è “così”", 'Perché l\'età è "così"'}


def test_item_without_text_and_link_is_lost(lost: list[tuple[str, str]], read: Read, server: MisbehavingServer) -> None:
    """An item that has neither a story nor an address is named as lost."""
    server.pages["/feed"] = feed_of("<item><title>Solo un titolo</title></item>", item("/a", content=WHOLE))
    assert len(read(f"{server.url}/feed")) == 1
    assert lost == [("Solo un titolo", "an item of the feed has neither a text nor a link")]


def test_an_author_in_brackets_is_who_wrote() -> None:
    """Beside an address a feed names a person, whose name is said; an office is nobody."""
    item = "<item><title>Uno</title><description><![CDATA[<p>{0}</p><p>{0}</p>]]></description>{1}</item>"
    told = "Il ponte sul fiume riapre oggi dopo due anni di lavori, con una corsia per le biciclette."
    authors = ("<author>noreply@b.example (Ada Neri)</author>", "<author>web@b.example (Redattore Web 2)</author>")
    for author, byline in zip(authors, ("Ada Neri", None), strict=True):
        raw = f'<rss version="2.0"><channel>{item.format(told, author)}</channel></rss>'
        assert parse(raw.encode(), "x")[0].byline == byline


@pytest.mark.parametrize("title", ["Riapre il ponte", ""])
def test_a_first_sentence_is_read_though_it_says_the_title(title: str) -> None:
    """Only a bare line that says the title again is left out, and that is told; a sentence is the story's."""
    text = f"<p>Riapre il ponte sul fiume.</p>{WHOLE}"
    raw = (
        f'<rss version="2.0"><channel><item><title>{title}</title><description><![CDATA[{text}]]></description></item>'
    )
    (article,) = parse(f"{raw}</channel></rss>".encode(), "x")
    assert article.sections[0].blocks[0].text == "Riapre il ponte sul fiume."


def test_the_title_again_is_told() -> None:
    """What an item says of itself above its story is dropped with a reason."""
    text = f"<span>Riapre il ponte</span> <span>Web 2</span>{WHOLE}"
    raw = (
        f'<rss version="2.0"><channel><item><title>Riapre il ponte</title><description><![CDATA[{text}]]></description>'
    )
    (article,) = parse(f"{raw}</item></channel></rss>".encode(), "x")
    assert [(one.text, one.reason) for one in article.dropped] == [("Riapre il ponte Web 2", "the title again")]
