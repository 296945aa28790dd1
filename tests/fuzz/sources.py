"""What any reader must hold: articles of clean text, or one printable line that says why there is none."""

from __future__ import annotations

import re
from collections.abc import Callable

import source_builders as build

from audio.errors import SourceError
from audio.model import Article
from audio.readers import docx as docx_reader
from audio.readers import epub as epub_reader
from audio.readers import feed as feed_reader
from audio.readers import html as html_reader
from audio.readers import mail as mail_reader
from audio.readers import markdown as markdown_reader
from audio.readers import pdf as pdf_reader
from audio.readers import text as text_reader
from audio.readers.decode import decode
from fuzz.material import is_clean

_Reader = Callable[[bytes, str], tuple[Article, ...]]
# A page of PDF whose content stream is the input: its object numbers are those of the table below.
_PDF_HEAD = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<<"
    b"/F1<</Type/Font/Subtype/Type1/BaseFont/Times-Roman/Encoding/WinAnsiEncoding>>"
    b"/F2<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>>>>>>>endobj\n"
)


def text(data: bytes) -> None:
    """Agency copy: clean, the same again, and every line stands in the article or in what was dropped."""
    for article in _read(text_reader.parse, data):
        if not article.dateline:  # an agency's name goes with its place
            _require_all_lines(decode(data, "x"), article)
        assert text_reader.parse(data, "x") == (article,)


def markdown(data: bytes) -> None:
    """Markdown: clean, and the same again."""
    for article in _read(markdown_reader.parse, data):
        assert markdown_reader.parse(data, "x") == (article,)


def front_matter(data: bytes) -> None:
    """A front matter, YAML or TOML by its first byte: clean whatever stands in it, and the body is never lost."""
    fence = b"+++" if data[:1] == b"+" else b"---"
    body = "Il ponte sul fiume riapre oggi."
    for article in _read(markdown_reader.parse, fence + b"\n" + data[1:] + b"\n" + fence + b"\n\n" + body.encode()):
        assert body in " ".join(block.text for section in article.sections for block in section.blocks)


def html(data: bytes) -> None:
    """A page of the web: clean."""
    _read(html_reader.parse, data)


def feed(data: bytes) -> None:
    """A feed: every entry's texts are clean, its identity is not empty twice, and its stories are clean articles."""
    try:
        entries = feed_reader.entries(data, "x")
    except SourceError as error:
        _require_one_line(error)
        return
    assert len({entry.guid for entry in entries}) == len(entries)
    for entry in entries:
        for piece in (entry.title, entry.summary):
            _require_line(piece)
        if entry.article:
            _require_clean(entry.article)


def mail(data: bytes) -> None:
    """A letter: clean."""
    _read(mail_reader.parse, data)


def epub(data: bytes) -> None:
    """A book; bytes that are no archive become a chapter, the label of its entry and its package's title."""
    if not data.startswith(b"PK"):
        parts = [part.decode("utf-8", "replace") for part in data.split(b"\0", 2)]
        chapter = {"file": "a.xhtml", "html": parts[0], "nav": parts[1] if parts[1:] else "Uno"}
        version = 2 if len(data) % 2 else 3
        data = build.epub({"chapters": [chapter], "title": parts[2] if parts[2:] else "x", "version": version})
    _read(epub_reader.parse, data, deep=True)


def docx(data: bytes) -> None:
    """A document of Word; bytes that are no archive become its body."""
    if not data.startswith(b"PK"):
        data = build.docx([], body=data.decode("utf-8", "replace"))
    _read(docx_reader.parse, data, deep=True)


def pdf(data: bytes) -> None:
    """A PDF; bytes that are none become what is drawn on a page."""
    if not data.startswith(b"%PDF"):
        stream = b"4 0 obj<</Length %d>>stream\n%b\nendstream endobj\ntrailer<</Root 1 0 R>>" % (len(data), data)
        data = _PDF_HEAD + stream
    _read(pdf_reader.parse, data)


def _read(parse: _Reader, data: bytes, *, deep: bool = False) -> tuple[Article, ...]:
    """Return clean articles, none where the source was refused. What is nested too deeply ends the reader's process."""
    try:
        articles = parse(data, "x")
    except SourceError as error:
        _require_one_line(error)
        return ()
    except RecursionError:
        assert deep
        return ()
    for article in articles:
        _require_clean(article)
    return articles


def _require_one_line(error: SourceError) -> None:
    assert error.message.isprintable(), error.message
    assert "x" in error.message


def _require_clean(article: Article) -> None:
    heads = (article.kicker, article.headline, article.standfirst, article.byline, article.dateline)
    more = (article.published, article.lang, *(section.heading for section in article.sections))
    for piece in (*heads, *more):
        assert piece is None or piece.strip()
        _require_line(piece or "")
    for section in article.sections:
        assert section.heading or section.blocks
        for block in section.blocks:
            assert block.text.strip()
            _require_line(block.text)


def _require_line(piece: str) -> None:
    assert is_clean(piece), ascii(piece)


def _require_all_lines(written: str, article: Article) -> None:
    """Each line's last word stands somewhere; the first may be a label ("Titolo:"), an agency or a place."""
    heads = (article.kicker, article.headline, article.standfirst, article.byline, article.dateline, article.published)
    blocks = [block.text for section in article.sections for block in section.blocks]
    kept = [*heads, *(section.heading for section in article.sections), *blocks, *(d.text for d in article.dropped)]
    found = _letters("".join(filter(None, kept)))
    for line in written.split("\n"):
        words = re.findall(r"[^\W\d_]+", line)
        assert not words or line.rstrip().endswith(":") or _letters(words[-1]) in found, line


def _letters(piece: str) -> str:
    return "".join(c for c in piece.casefold() if c.isalpha())
