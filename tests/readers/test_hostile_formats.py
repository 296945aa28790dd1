"""Files made to do harm, or merely broken: one line with exit code 66, in bounded time and memory."""

import os
import random
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from hostile_sources import HOSTILE, WORDS, simple_epub, simple_pdf
from source_builders import docx, epub

from audio.errors import SourceError
from audio.model import Article
from audio.readers import KINDS, parse

pytestmark = pytest.mark.usefixtures("unwatched_children")

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_file_is_one_line(name: str) -> None:
    """A file that is broken, locked or made to do harm is refused in one printable line that names it."""
    kind, make = HOSTILE[name]
    with pytest.raises(SourceError) as caught:
        parse(kind, make(), "cattivo.x")
    assert caught.value.message.startswith("cattivo.x: ")
    assert caught.value.message.isprintable()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("pdf-encrypted", "is encrypted"),
        ("pdf-scanned", "only pictures"),
        ("pdf-too-many-pages", "201 pages"),
        ("docx-ole", "encrypted, or of a Word older"),
        ("docx-encrypted", "is encrypted"),
        ("docx-bomb", "unpacks to more than"),
        ("epub-bomb", "unpacks to more than"),
        ("epub-drm", "protected against copying"),
        ("epub-many-members", "more than 10,000 files"),
        ("mail-encrypted", "is encrypted"),
        ("feed-empty", "no items"),
    ],
)
def test_reason_is_named(name: str, words: str) -> None:
    """The line says what is wrong with the file, not merely that something is."""
    kind, make = HOSTILE[name]
    with pytest.raises(SourceError, match=words):
        parse(kind, make(), "cattivo.x")


def test_nothing_outside_is_read_or_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Names that climb out of an archive are only names: nothing is unpacked, and no file of the system is read."""
    monkeypatch.chdir(tmp_path)
    book = simple_epub(extra={"../../fuori.txt": "fuori", "/tmp/fuori.txt": "fuori", "OEBPS/../../x": "fuori"})
    (article,) = parse("epub", book, "libro.epub")
    assert article.headline == "Uno"
    chapter = {"file": "a.xhtml", "href": "../../../../etc/passwd", "html": f"<p>{WORDS}</p>"}
    with pytest.raises(SourceError):
        parse("epub", epub({"chapters": [chapter]}), "libro.epub")
    assert not list(tmp_path.iterdir())


def test_scrambled_fonts_are_no_protection() -> None:
    """A book whose fonts alone are scrambled is open."""
    data = (
        '<encryption><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#"><EncryptionMethod '
        'Algorithm="http://www.idpf.org/2008/embedding"/><CipherData><CipherReference URI="OEBPS/f.otf"/></CipherData>'
        "</EncryptedData></encryption>"
    )
    assert parse("epub", simple_epub(extra={"META-INF/encryption.xml": data}), "x")[0].headline == "Uno"


@pytest.mark.parametrize("kind", ["epub", "mail", "feed"])
def test_scripts_and_markup_are_never_text(kind: str) -> None:
    """Scripts and styles vanish, and markup that was escaped to look like text stays text, with no control in it."""
    markup = (
        f"<p>{WORDS * 3}</p><script>alert('male')</script><style>p{{}}</style><p>Scrive "
        "&lt;b&gt;forte&lt;/b&gt; \x1b[31m.</p>"
        "<p hidden='hidden'>nascosto</p><iframe>cornice</iframe><p onclick='male()'>È la fine del testo.</p>"
    )
    making: dict[str, Callable[[], bytes]] = {
        "epub": lambda: epub({"chapters": [{"file": "a.xhtml", "nav": "Uno", "html": markup}]}),
        "mail": lambda: (
            b"Subject: Uno\nMIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n" + markup.encode()
        ),
        "feed": (
            '<rss version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><channel><item><title>Uno</title>'
            f"<c:encoded><![CDATA[{markup}]]></c:encoded></item></channel></rss>"
        ).encode,
    }
    (article,) = parse(kind, making[kind](), "x")
    said = " ".join(block.text for section in article.sections for block in section.blocks)
    assert "È la fine del testo." in said
    assert not any(word in said for word in ("alert", "male", "nascosto", "cornice", "\x1b", "p{"))


def test_feed_gives_its_library_no_address() -> None:
    """A feed cannot make its library fetch: what it is given is bytes, whatever stands in them."""
    with pytest.raises(SourceError):
        parse("feed", b"http://127.0.0.1:9/feed.xml", "x")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps the limit on memory")
def test_memory_stays_in_its_bounds(tmp_path: Path) -> None:
    """The child never grows beyond 500 MB, whatever a file unpacks to."""
    bombs = ("pdf-bomb", "docx-bomb", "epub-bomb", "epub-many-large-chapters", "docx-deep", "feed-laughs")
    for name in bombs:
        (tmp_path / name).write_bytes(HOSTILE[name][1]())
    # In a process of its own, for a child's memory counts that of its parent when it began.
    code = (
        "import pathlib, resource, sys\n"
        "from audio.errors import SourceError\n"
        "from audio.readers import isolate, parse\n"
        "for name in sys.argv[1:]:\n"
        "    try: parse(name.partition('-')[0], pathlib.Path(name).read_bytes(), name)\n"
        "    except SourceError: pass\n"
        "isolate._parser.close()\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    command = [sys.executable, "-c", code, *bombs]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=300
    )
    assert int(run.stdout) <= 500_000


# ------------------------------------------------------------------------------------------------- saved fuzz corpus


def outcome(read: Callable[[], tuple[Article, ...]]) -> str:
    """Return the one line a reader refuses with, or "" when its articles are clean."""
    try:
        articles = read()
    except SourceError as error:
        return error.message
    for article in articles:
        texts = [article.kicker, article.headline, article.standfirst, article.byline, article.dateline]
        texts += [s.heading for s in article.sections] + [b.text for s in article.sections for b in s.blocks]
        for text in texts:
            assert text is None or (text.strip() and not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 for c in text))
    return ""


@pytest.mark.parametrize("kind", ["pdf", "docx", "epub", "mail", "feed"])
def test_damaged_at_random_breaks_nothing(kind: str) -> None:
    """Any file cut, doubled or overwritten somewhere gives clean articles or one line, the same damage every time."""
    reader = import_module(KINDS[kind]).parse
    making: dict[str, Callable[[], bytes]] = {
        "pdf": simple_pdf,
        "docx": lambda: docx([["Titolo", "Il ponte"], ["", WORDS * 3]]),
        "epub": simple_epub,
        "mail": lambda: (
            b"Subject: =?utf-8?Q?Perch=C3=A9?=\nMIME-Version: 1.0\nContent-Type: text/html\n\n<h1>a</h1><p>"
            + WORDS.encode() * 3
        ),
        "feed": lambda: (
            b'<rss version="2.0"><channel><item><title>a</title><description>'
            + WORDS.encode() * 20
            + b"</description></item></channel></rss>"
        ),
    }
    made = making[kind]()
    chance = random.Random(4)  # noqa: S311 - the same damage in every run
    for _ in range(150):
        data = bytearray(made)
        at, length = chance.randrange(len(data)), chance.choice([1, 5, 50])
        match chance.randrange(4):
            case 0:
                del data[at : at + length]
            case 1:
                data[at:at] = data[at : at + length] * 3
            case 2:
                data[at] = chance.randrange(256)
            case _:
                data[at:at] = chance.choice([b"&#xD800;", b"\x00", b"<", b"]]>", b"\xff", b"charset=x", b"%"])
        assert outcome(partial(reader, bytes(data), "x")).isprintable()


def test_pages_of_a_book_about_itself_are_told() -> None:
    """What a book says of itself is no article, and every line of it is told as dropped."""
    chapters = [
        {"file": "a.xhtml", "nav": "Colophon", "html": "<p>Stampato a Cuneo nel mese di marzo.</p>"},
        {"file": "b.xhtml", "nav": "Uno", "html": f"<p>{WORDS * 3}</p>"},
    ]
    (article,) = parse("epub", epub({"chapters": chapters}), "x")
    assert "Stampato a Cuneo nel mese di marzo." in {one.text for one in article.dropped}
