"""Files made to do harm, or merely broken: one line with exit code 66, in bounded time and memory."""

import functools
import io
import os
import random
import struct
import subprocess
import sys
import zipfile
import zlib
from collections.abc import Callable
from functools import partial
from importlib import import_module
from pathlib import Path

import pytest
from source_builders import docx, epub, package, pdf, scan

from audio.errors import SourceError
from audio.model import Article
from audio.readers import KINDS, parse

ROOT = Path(__file__).parent.parent.parent
WORDS = "Il ponte sul fiume riapre oggi dopo due anni di lavori, con una corsia per le biciclette. "
CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{}"/></rootfiles></container>'
)
LAUGHS = (
    "<!DOCTYPE l [<!ENTITY a 'ah'>"
    + "".join(f"<!ENTITY {chr(98 + i)} '{f'&{chr(97 + i)};' * 10}'>" for i in range(9))
    + "]>"
)
OUTSIDE = '<!DOCTYPE d [<!ENTITY f SYSTEM "file:///etc/hostname"><!ENTITY u SYSTEM "http://127.0.0.1:9/">]>'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def simple_epub(**more: object) -> bytes:
    return epub({"chapters": [{"file": "a.xhtml", "nav": "Uno", "html": f"<p>{WORDS * 3}</p>"}], **more})


def simple_pdf(**more: object) -> bytes:
    return pdf({"pages": [{"flow": [["title", "Il ponte"], ["body", WORDS * 5]]}], **more})


def flagged_encrypted(archive: bytes) -> bytes:
    """Set the bit that says encrypted on every member."""
    data = bytearray(archive)
    for sign, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(sign)
        while at >= 0:
            data[at + offset] |= 1
            at = data.find(sign, at + 4)
    return bytes(data)


@functools.cache
def text_bomb() -> bytes:
    """560 MB of PDF text, packed."""
    packer = zlib.compressobj(1)
    piece = b"(a) Tj " * 1_000_000
    return b"".join(packer.compress(piece) for _ in range(80)) + packer.flush()


def bomb(member: str, prefix: bytes, around: Callable[[dict[str, bytes | str]], bytes]) -> bytes:
    return around({member: prefix + b"a" * 25_000_000})


def overlapping(member: str, count: int) -> bytes:
    """An archive whose directory names one block of data many times."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(member, b"<a>" + b" " * 15_000_000)
    raw = file.getvalue()
    start = raw.index(b"PK\x01\x02")
    entry = raw[start : raw.index(b"PK\x05\x06")]
    directory = entry * count
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, count, count, len(directory), start, 0)
    return raw[:start] + directory + end


HOSTILE: dict[str, tuple[str, Callable[[], bytes]]] = {
    "pdf-empty": ("pdf", lambda: b""),
    "pdf-only-sign": ("pdf", lambda: b"%PDF-1.7\n"),
    "pdf-truncated": ("pdf", lambda: simple_pdf()[:200]),
    "pdf-encrypted": ("pdf", lambda: simple_pdf(password="segreta")),
    "pdf-scanned": ("pdf", scan),
    "pdf-no-pages": ("pdf", lambda: pdf({"pages": [{"flow": []}]})),
    "pdf-too-many-pages": ("pdf", lambda: pdf({"pages": [{"flow": [["body", "Testo."]]}] * 201})),
    "pdf-bomb": (
        "pdf",
        lambda: (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R>>endobj\n"
            b"4 0 obj<</Filter/FlateDecode/Length "
            + str(len(text_bomb())).encode()
            + b">>stream\n"
            + text_bomb()
            + b"\nendstream endobj\ntrailer<</Root 1 0 R>>"
        ),
    ),
    "pdf-loop-of-pages": (
        "pdf",
        lambda: (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[2 0 R]/Count 9>>endobj\n"
            b"trailer<</Root 1 0 R>>"
        ),
    ),
    "docx-not-zip": ("docx", lambda: b"PK\x03\x04" + b"x" * 500),
    "docx-ole": ("docx", lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "docx-encrypted": ("docx", lambda: flagged_encrypted(docx([["", WORDS]]))),
    "docx-truncated": ("docx", lambda: docx([["", WORDS]])[:-60]),
    "docx-no-document": ("docx", lambda: package({"word/styles.xml": "<a/>"})),
    "docx-no-words": ("docx", lambda: docx([["", "…"], ["", "1"]])),
    "docx-laughs": (
        "docx",
        lambda: package(
            {"word/document.xml": f"{LAUGHS}<w:document {W}><w:p><w:r><w:t>&i;</w:t></w:r></w:p></w:document>"}
        ),
    ),
    "docx-outside": (
        "docx",
        lambda: package(
            {"word/document.xml": f"{OUTSIDE}<w:document {W}><w:p><w:r><w:t>&f;&u;</w:t></w:r></w:p></w:document>"}
        ),
    ),
    "docx-deep": ("docx", lambda: package({"word/document.xml": f"<w:document {W}>" + "<w:p>" * 100_000})),
    "docx-bomb": ("docx", lambda: bomb("word/document.xml", b"<a>", package)),
    "docx-huge-text": ("docx", lambda: docx([["", WORDS * 100]] * 200)),
    "docx-strict": (
        "docx",
        lambda: package({"word/document.xml": '<d xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>'}),
    ),
    "epub-no-container": ("epub", lambda: package({"mimetype": "application/epub+zip"})),
    "epub-empty-container": ("epub", lambda: package({"META-INF/container.xml": ""})),
    "epub-points-outside": (
        "epub",
        lambda: package({"META-INF/container.xml": CONTAINER.format("../../../../etc/passwd")}),
    ),
    "epub-drm": (
        "epub",
        lambda: simple_epub(
            extra={
                "META-INF/encryption.xml": '<encryption><EncryptedData xmlns="http://www.w3.org/2001/04/xmlenc#">'
                '<CipherData><CipherReference URI="OEBPS/a.xhtml"/></CipherData></EncryptedData></encryption>'
            }
        ),
    ),
    "epub-encrypted": ("epub", lambda: flagged_encrypted(simple_epub())),
    "epub-bomb": ("epub", lambda: bomb("META-INF/container.xml", b"<a>", package)),
    "epub-overlapping": ("epub", lambda: overlapping("META-INF/container.xml", 100)),
    "epub-many-members": ("epub", lambda: package({f"f{i}": "" for i in range(10_001)})),
    "epub-many-large-chapters": (
        "epub",
        lambda: epub(
            {"chapters": [{"file": f"{i}.xhtml", "html": "<p>" + "a " * 9_000_000 + "</p>"} for i in range(8)]}
        ),
    ),
    "epub-pictures-only": ("epub", lambda: epub({"chapters": [{"file": "a.xhtml", "html": "<img src='a.png'/>"}]})),
    "mail-empty-body": ("mail", lambda: b"Subject: Ciao\nMIME-Version: 1.0\n\n"),
    "mail-encrypted": ("mail", lambda: b"Subject: x\nMIME-Version: 1.0\nContent-Type: application/pkcs7-mime\n\nMIAG"),
    "mail-attachment-only": (
        "mail",
        lambda: (
            b"Subject: x\nMIME-Version: 1.0\nContent-Type: text/plain\nContent-Disposition: attachment\n\n"
            + WORDS.encode()
        ),
    ),
    "mail-deep": (
        "mail",
        lambda: (
            b"MIME-Version: 1.0\n"
            + b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (i, i) for i in range(3000))
        ),
    ),
    "feed-empty": ("feed", lambda: b'<rss version="2.0"><channel><title>x</title></channel></rss>'),
    "feed-not": ("feed", lambda: b"<rss"),
    "feed-laughs": (
        "feed",
        f"{LAUGHS}<rss version='2.0'><channel><item><title>&i;</title></item></channel></rss>".encode,
    ),
    "feed-outside": (
        "feed",
        f"{OUTSIDE}<rss version='2.0'><channel><item><title>&f;&u;</title></item></channel></rss>".encode,
    ),
    "feed-bad-namespace": (
        "feed",
        lambda: b'<rss version="2.0" xmlns:="u"><channel><item><title>a</title></item></channel></rss>',
    ),
}


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
        "<p hidden='hidden'>nascosto</p><iframe>cornice</iframe><p onclick='male()'>fine del testo</p>"
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
    assert "fine del testo" in said
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


# ------------------------------------------------------------------------------------------------- damage at random


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
