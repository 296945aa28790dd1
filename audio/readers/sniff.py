"""What kind of source some bytes are: their content decides, then their ending, then what a server said of them.

A page saved as ``articolo.txt`` is still a page, and a PDF behind ``/scarica.php`` still a PDF.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath
from urllib.parse import urlsplit

_HEAD_BYTES = 4096
_ENDINGS = {
    ".txt": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".rss": "feed",
    ".atom": "feed",
    ".rdf": "feed",
    ".epub": "epub",
    ".eml": "mail",
    ".pdf": "pdf",
    ".docx": "docx",
}
_MEDIA_TYPES = {
    "text/markdown": "markdown",
    "text/html": "html",
    "application/xhtml+xml": "html",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/rdf+xml": "feed",
    "message/rfc822": "mail",
}
_FEED_ROOT = re.compile(rb"<(?:rss|feed|(?:\w+:)?RDF)[\s>]")
_PAGE_ROOT = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
# A piece of a page, as content systems export it.
_PAGE_PIECE = re.compile(
    rb"<(?:!--|article|section|main|header|div|p|h[1-6]|meta|title|link|style|script|span|table|figure|img|strong|b|em"
    rb"|br|ul|ol|blockquote)\b",
    re.IGNORECASE,
)
_MAIL_FIELD = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
# Fields that a program writes and no reporter does.
_MAIL_SIGNS = re.compile(
    rb"^(?:MIME-Version|Message-ID|Received|Return-Path|DKIM-Signature):", re.IGNORECASE | re.MULTILINE
)


def kind_of(raw: bytes, source: str, content_type: str | None = None) -> str:
    """Return the kind of a source, a key of the table of readers.

    ``content_type`` is the HTTP header's value, where there was one.
    """
    ending = _ENDINGS.get(_ending(source))
    # Zeros go so that UTF-16 shows its marks too; a byte order mark and blanks may stand before anything.
    head = raw[:_HEAD_BYTES].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n\f")
    if raw.startswith(b"PK\x03\x04"):
        return _kind_of_archive(raw, ending)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"<"):
        return _kind_of_markup(head, ending)
    return _kind_of_prose(head, ending, (content_type or "").partition(";")[0].strip().lower())


def _ending(source: str) -> str:
    if re.match(r"https?://", source, re.IGNORECASE):
        try:
            return PurePosixPath(urlsplit(source).path).suffix.lower()
        except ValueError:
            return ""
    return PureWindowsPath(source).suffix.lower()


def _kind_of_archive(raw: bytes, ending: str | None) -> str:
    if b"application/epub+zip" in raw[:200] or b"META-INF/container.xml" in raw:
        return "epub"
    if b"word/document.xml" in raw:
        return "docx"
    return ending if ending in {"epub", "docx"} else "text"


def _kind_of_markup(head: bytes, ending: str | None) -> str:
    page = _PAGE_ROOT.search(head)
    feed = _FEED_ROOT.search(head)
    if feed and not (page and page.start() < feed.start()):
        return "feed"
    if page:
        return "html"
    if ending in {"markdown", "feed"}:
        return ending
    return "html" if _PAGE_PIECE.match(head) or ending == "html" else "text"


def _kind_of_prose(head: bytes, ending: str | None, media_type: str) -> str:
    fields = _MAIL_FIELD.match(head.replace(b"\r\n", b"\n"))
    if fields and _MAIL_SIGNS.search(fields[0]):
        return "mail"
    if ending not in {None, "text", "html"}:
        return str(ending)
    if b"<" not in head:
        return "text"
    return "html" if ending == "html" or _PAGE_ROOT.search(head) else _MEDIA_TYPES.get(media_type, "text")
