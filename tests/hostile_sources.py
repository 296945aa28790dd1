"""Files of each format made to do harm, or merely broken: none of them is an article."""

import functools
import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from source_builders import docx, epub, package, pdf, scan

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
