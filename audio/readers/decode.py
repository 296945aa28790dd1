"""Bytes to clean text: the ladder of encodings that Italian sources come in, and the removal of what nobody reads.

Order: a byte order mark decides; then strict UTF-8; then UTF-16 betrayed by its zeros; then Windows-1252, which
is what old Italian systems write (plain Latin-1 would turn their quotes into control characters).
"""

from __future__ import annotations

import codecs
import html
import re
import unicodedata

from audio.errors import SourceError

# One source is one article: half a million characters are eight hours of speech.
MAX_CHARACTERS = 500_000

# A page's markup weighs ten times its text.
MAX_PAGE_CHARACTERS = 5_000_000

_CHARSET = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
# What pages call Latin-1 is Windows-1252 in every browser.
_WEB_NAMES = dict.fromkeys(("iso-8859-1", "latin1", "latin-1", "iso8859-1", "us-ascii", "ascii"), "cp1252")

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# UTF-8 read as Windows-1252 shows as Ã¨ or â€œ; three of them are no accident.
_MOJIBAKE = re.compile("[ÂÃ][\u0080-\u00bf\u0152-\u2122]|â€[\u0080-\u00ff\u0152-\u2122]|â\u0080[\u0080-\u00bf]")
_MOJIBAKE_LEAST = 3
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
# Soft hyphen, zero-width characters, bidirectional controls, BOM in mid-text, object marks, tags, what is
# no character.
_UNSEEN = re.compile(
    "[\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufdd0-\ufdef\ufeff\ufff9-\ufffc\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")
_BREAKS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
# What markup writes for a sign, left in a text that was taken out of it; "&lt;" would begin markup again.
_ENTITY = re.compile(r"&(?!lt;|gt;)(?:#\d{2,6}|#x[0-9a-f]{2,5}|[a-z]{2,8}\d?);", re.IGNORECASE)
# More than one control character in a hundred: a picture or a program, not prose.
_CONTROL_SHARE = 0.01


def decode(raw: bytes, name: str) -> str:
    """Return the text in ``raw``: NFC, lines ended by a newline alone, no control or invisible character.

    ``name`` is for the message. Raises SourceError for what is not text or is too long.
    """
    text = _by_ladder(raw, name)
    if len(CONTROLS.sub("", text[:100_000])) < len(text[:100_000]) * (1 - _CONTROL_SHARE):
        raise _not_text(name)
    if len(_MOJIBAKE.findall(text)) >= _MOJIBAKE_LEAST:
        text = _repair(text)
    if len(text) > MAX_CHARACTERS:
        raise SourceError(
            f"{name}: is {len(text):,} characters long, more than any article ({MAX_CHARACTERS:,})",
            hint="Split it into articles; several sources make one bulletin.",
        )
    text = _BREAKS.sub("\n", _ENTITY.sub(lambda sign: html.unescape(sign[0]), text))
    text = _SPACES.sub(" ", _UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", CONTROLS.sub("", text).replace("\t", " "))


def decode_page(raw: bytes, name: str, content_type: str | None = None) -> str:
    """Return the text of a page of the web, unsqueezed: the server's charset and the page's own are asked too.

    What is valid UTF-8 is UTF-8, whatever was declared: pages are converted more often than their declarations.
    """
    declared = _CHARSET.search(content_type or "") or _CHARSET.search(raw[:4096].decode("ascii", "ignore"))
    encoding = _WEB_NAMES.get(declared[1].lower(), declared[1]) if declared else "cp1252"
    marked = any(raw.startswith(mark) for mark, _ in _MARKS) or b"\0" in raw[:4096]
    text = None if marked else (_strictly(raw, "utf-8") or _strictly(raw, encoding))
    if text is None:
        # Cut in mid-character, or a stray byte: a page is read for its words, and a letter lost is a letter.
        text = _by_ladder(raw, name) if marked else raw.decode("utf-8" if _is_mostly_utf8(raw) else "cp1252", "replace")
    if len(text) > MAX_PAGE_CHARACTERS:
        raise SourceError(
            f"{name}: is longer than {MAX_PAGE_CHARACTERS} characters",
            hint="No page of news is so long; save its text.",
        )
    if len(_MOJIBAKE.findall(text)) >= _MOJIBAKE_LEAST:
        text = _repair(text)
    text = _SPACES.sub(" ", _UNSEEN.sub("", _BREAKS.sub("\n", text)))
    return unicodedata.normalize("NFC", CONTROLS.sub("", text))


def _strictly(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _is_mostly_utf8(raw: bytes) -> bool:
    """Tell whether text that is not quite valid UTF-8 was meant to be: more sequences are whole than broken."""
    broken = raw.decode("utf-8", "replace").count("\ufffd")
    return broken * 2 < sum(byte >= 0xC2 for byte in raw)  # noqa: PLR2004 - the first byte of a sequence


def _by_ladder(raw: bytes, name: str) -> str:
    encodings = [encoding for mark, encoding in _MARKS if raw.startswith(mark)][:1]
    if not encodings:
        zeros = (raw[:4000:2].count(0), raw[1:4000:2].count(0))
        half = min(len(raw), 4000) // 2
        # A third is enough: every second byte of Latin text in UTF-16 is zero, none is in any other.
        if half and max(zeros) * 3 > half > min(zeros) * 10:
            encodings = ["utf-16-be" if zeros[0] > zeros[1] else "utf-16-le"]
        elif b"\0" in raw:
            raise _not_text(name)
        else:
            encodings = ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _not_text(name)


def _repair(text: str) -> str:
    """Undo UTF-8 that was read as another encoding, in the lines that show it; the others are nobody's mistake."""
    import ftfy  # noqa: PLC0415 - for the one file in a hundred that needs it

    return "\n".join(ftfy.fix_encoding(line) if _MOJIBAKE.search(line) else line for line in text.split("\n"))


def _not_text(name: str) -> SourceError:
    return SourceError(
        f"{name}: is not a text file", hint="Text and Markdown can be read; save the article as UTF-8 text."
    )
