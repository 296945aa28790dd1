"""Bytes to text where somebody said how: a header or a document's own line first, the ladder of decode.py after it."""

from __future__ import annotations

import codecs
import contextlib
import re

# Latin-1 and ASCII are what old programs declare and Windows-1252 is what they write; the ladder knows.
_NOT_BELIEVED = {"iso8859-1", "ascii", "cp1252"}
_PARAMETER = re.compile(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", re.IGNORECASE)
_OWN_WORD = re.compile(
    rb"""(?:<\?xml[^>]{0,200}encoding|<meta[^>]{0,200}charset)\s*=\s*["']?([\w.:-]{1,40})""", re.IGNORECASE
)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>")
_REFERENCE = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,40})|([0-9]{1,40}));?")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LAST_CHARACTER = 0x10FFFF
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_HEAD_BYTES = 2048


def to_xml(raw: bytes, content_type: str | None = None) -> bytes:
    """Return a document as UTF-8 without a declaration, and without what XML has not: one such thing loses it all."""
    text = without_impossible(_DECLARATION.sub("", to_text(raw, content_type).lstrip("\ufeff")))
    return text.encode("utf-8", "replace")


def without_impossible(markup: str) -> str:
    """Return markup without the characters, and the references to characters, that XML 1.0 has not.

    >>> without_impossible("sì &#xD800;&#1114112;&#232;")
    'sì &#232;'
    """
    return _REFERENCE.sub(_possible, _FORBIDDEN.sub("", markup))


def _possible(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    return "" if code > _LAST_CHARACTER or _FORBIDDEN.match(chr(code)) else reference[0]


def to_text(raw: bytes, content_type: str | None = None) -> str:
    """Return the text of a page or feed; never fails, what is no character becomes a replacement mark."""
    if raw.startswith(_MARKS):
        return raw.decode("utf-8-sig" if raw.startswith(codecs.BOM_UTF8) else "utf-16", "replace")
    header = _PARAMETER.search(content_type or "")
    own = _OWN_WORD.search(raw[:_HEAD_BYTES])
    own_word = own[1].decode("ascii", "replace") if own else ""
    # A declaration that could be read as ASCII is in no such encoding.
    for said in (header and header[1], "" if re.match("(?i)utf.?(?:16|32)", own_word) else own_word):
        with contextlib.suppress(LookupError, UnicodeError):
            if said and codecs.lookup(said).name not in _NOT_BELIEVED:
                return raw.decode(said)
    # Every second byte of Latin text in UTF-16 is zero; half of them are enough to tell.
    zeros = raw[1:_HEAD_BYTES:2].count(0) * 4 > len(raw[:_HEAD_BYTES])
    for encoding in ("utf-16-le" if zeros else "utf-8", "cp1252"):
        with contextlib.suppress(UnicodeError):
            return raw.decode(encoding)
    return raw.decode("cp1252", "replace")
