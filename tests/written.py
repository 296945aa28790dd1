"""What is written in a source, found in another way than the product's: the least that can be read of each kind."""

import email
import email.policy
import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import feedparser
import pypdfium2
from lxml import etree, html
from markdown_it import MarkdownIt

from audio.readers.charset import to_text
from audio.readers.decode import decode

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
UNREAD = {"script", "style", "head", "noscript", "template", "svg", "iframe", "select", "sup"}
LINES = set(
    "p div li h1 h2 h3 h4 h5 h6 td th tr br hr blockquote section article footer header nav figcaption title "
    "dt dd pre ul ol table caption button main form".split()
)
FRONT = re.compile(r"\A(---|\+\+\+)\n.*?\n\1\n", re.DOTALL)
# A note's mark, a shortcode, a comment of the writer, the name of a block, a link to a note: not of the text.
MARKS = re.compile(
    r"\[\^[^\]\n]+\]:?|\{[{%].*?[%}]\}|%%.*?%%|\s\^[\w-]+$|\[\[[^\]|\n]*\||\{[:#.][^{}\n]*\}", re.MULTILINE
)


# The address or the number behind a link, the letter of a remark, a word cut at the line's end.
REFERENCES = re.compile(r" ?<https?://[^>\s]+>|\[(?:\d{1,2}|[a-z])\]|(?<=[a-zà-ù])-\n\s*(?=[a-zà-ù])")
SCRIPT = re.compile(r"<script[^>]*>(.*?)</script>", re.DOTALL)
DECLARED = re.compile(r"^\s*<\?xml[^>]*>")


def lines_of(source: Path) -> list[str]:
    """Return the lines of text that a source of any kind holds, in its order."""
    raw = source.read_bytes()
    lines = (REFERENCES.sub("", line) for line in KINDS[source.suffix](raw))
    return [line for line in map(" ".join, map(str.split, lines)) if line]


def of_text(raw: bytes) -> list[str]:
    return REFERENCES.sub("", decode(raw, "x")).split("\n")


def of_markdown(raw: bytes) -> list[str]:
    body = FRONT.sub("", decode(raw, "x"))
    return of_markup(f"<div>{MarkdownIt('commonmark').enable('table').render(MARKS.sub('', body))}</div>")


def of_page(raw: bytes) -> list[str]:
    """Return the lines of a page, and what its scripts hold, for some pages have their story only there."""
    page = to_text(raw)
    return [*of_markup(page), html.fromstring(f"<p>{' '.join(SCRIPT.findall(page))}</p>").text_content()]


def of_markup(markup: str) -> list[str]:
    page = html.document_fromstring(DECLARED.sub("", markup), parser=html.HTMLParser(huge_tree=True))
    return "".join(words_of(page)).split("\n")


def words_of(element: etree._Element) -> Iterator[str]:
    """Yield the text that an element shows, with line breaks between blocks."""
    style = (element.get("style") or "").replace(" ", "")
    reference = element.get("epub:type") == "noteref" or element.get("role") == "doc-noteref"
    if not isinstance(element.tag, str) or element.tag in UNREAD or "display:none" in style or reference:
        return
    apart = "\n" if element.tag in LINES else ""
    yield apart + " ".join((element.text or "").split("\n"))
    for child in element:
        yield from words_of(child)
        yield " ".join((child.tail or "").split("\n"))
    yield apart


def of_word(raw: bytes) -> list[str]:
    document = etree.fromstring(zipfile.ZipFile(io.BytesIO(raw)).read("word/document.xml"))
    for box in [*document.iter(f"{WORD}txbxContent")]:
        box.clear()
    texts = (
        [(t.text or "") if t.tag == f"{WORD}t" else " " for t in p.iter(f"{WORD}t", f"{WORD}tab", f"{WORD}br")]
        for p in document.iter(f"{WORD}p")
    )
    return ["".join(text) for text in texts]


def of_book(raw: bytes) -> list[str]:
    book = zipfile.ZipFile(io.BytesIO(raw))
    package = next(name for name in book.namelist() if name.endswith(".opf"))
    tree = etree.fromstring(book.read(package))
    pages = {item.get("id"): item.get("href") for item in tree.iter("{*}item")}
    folder = package.rpartition("/")[0]
    found = (pages.get(ref.get("idref")) for ref in tree.iter("{*}itemref"))
    names = [f"{folder}/{page}".lstrip("/") for page in found if page]
    return [line for name in names if name in book.namelist() for line in of_page(book.read(name))]


def of_pdf(raw: bytes) -> list[str]:
    pages = [page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(raw)]
    return re.sub(r"(?:\ufffe|\xad|(?<=\w)-)\s*(?=[a-zà-ù])", "", "\n".join(pages)).splitlines()


def of_letter(raw: bytes) -> list[str]:
    message = email.message_from_bytes(raw, policy=email.policy.default)
    enclosed = [part.get_content() for part in message.walk() if part.get_content_type() == "message/rfc822"]
    part = (enclosed[0] if enclosed else message).get_body(("html", "plain"))
    written = part.get_content() if part else ""
    return of_markup(written) if part and part.get_content_type() == "text/html" else of_text(written.encode())


def of_feed(raw: bytes) -> list[str]:
    items = feedparser.parse(raw).entries
    texts = [text for item in items for text in [c.value for c in item.get("content", [])] or [item.get("summary", "")]]
    return [line for text in texts for line in of_markup(f"<div>{text}</div>")]


KINDS = {
    ".txt": of_text,
    ".md": of_markdown,
    ".html": of_page,
    ".docx": of_word,
    ".epub": of_book,
    ".pdf": of_pdf,
    ".eml": of_letter,
    ".xml": of_feed,
    ".rss": of_feed,
    ".atom": of_feed,
}
