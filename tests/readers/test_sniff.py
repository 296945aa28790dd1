"""What a source is shows in its content, whatever its name says."""

import pytest

from audio.readers.sniff import kind_of

KINDS = [
    (b"Il governo vara la manovra\nTesto.", "a.txt", None, "text"),
    (b"# Titolo\n", "a.md", None, "markdown"),
    (b"<!-- nota -->\n# Titolo\n", "a.md", None, "markdown"),
    (b"<!DOCTYPE html><html><p>Testo", "articolo.txt", None, "html"),
    ("\ufeff<html><p>Perché".encode("utf-16"), "articolo.txt", None, "html"),
    (b"\xef\xbb\xbf\n <html>", "-", None, "html"),
    (b"<div class='x'><p>Testo</p></div>", "esporta.txt", None, "html"),
    (b"<Vedi> il testo di prima", "a.txt", None, "text"),
    (b"Solo testo", "a.html", None, "text"),
    (b"", "a.html", None, "text"),
    (b'<?xml version="1.0"?><rss version="2.0">', "notizie.html", None, "feed"),
    (b'<feed xmlns="http://www.w3.org/2005/Atom">', "https://esempio.it/feed", "text/html", "feed"),
    (b'<?xml version="1.0"?><!DOCTYPE html><html><body><rss >', "a.xml", None, "html"),
    (b"%PDF-1.7 ...", "a.txt", None, "pdf"),
    (b"PK\x03\x04" + b"\0" * 26 + b"mimetypeapplication/epub+zip", "libro.zip", None, "epub"),
    (b"PK\x03\x04...word/document.xml", "a", None, "docx"),
    (b"Return-Path: <a@b.it>\r\nSubject: x\r\n y\r\n\r\nTesto", "posta", None, "mail"),
    (b"ROMA: il sindaco\nMILANO: la giunta\n", "a.txt", None, "text"),
    (b"Testo <b>forte</b>", "https://esempio.it/x", "text/html; charset=utf-8", "html"),
    (b"Testo", "https://[rotto/x", "text/plain", "text"),
]


@pytest.mark.parametrize(("raw", "source", "content_type", "kind"), KINDS)
def test_kind_is_told_by_content(raw: bytes, source: str, content_type: str | None, kind: str) -> None:
    """Content decides the kind, then the ending, then the server's word."""
    assert kind_of(raw, source, content_type) == kind
