"""Newsletters and other letters (.eml, RFC 5322): one Article, or one for each story that the markup shows.

The HTML part is read where there is one, for it has the headings; the plain part else. The invitation to open the
letter in a browser, "read more", and all from the first word about unsubscribing on are left out.
"""

from __future__ import annotations

import email
import email.errors
import email.header
import email.policy
import email.utils
import re
from collections.abc import Sequence
from dataclasses import replace
from email.message import Message

from audio.errors import SourceError
from audio.model import Article
from audio.readers.charset import to_text
from audio.readers.document import clean_line
from audio.readers.lines import count_letters
from audio.readers.mail.markup import mark, stories_of
from audio.readers.mail.plain import plain_stories
from audio.readers.markup import pieces_of
from audio.readers.text.thread import LEAST_LETTERS

_ENCRYPTED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"}
_ANSWER = re.compile(r"\s*(?:r|re|aw|sv)\s*:", re.IGNORECASE)
# An agency's desk, or the name of a list, before the subject of a take.
_DESK = re.compile(r"^\((?!ANSA\b)[A-Z]{2,4}\) (?=\S)|^\[[^\[\]]{2,40}\] (?=\S)")


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read a letter. Raises SourceError where it is encrypted or holds no text."""
    # The old policy of the library: the new one takes headers apart by recursion, and hostile ones take it apart.
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    message = _original(message)
    parts = [part for part in message.walk() if not part.is_multipart()]
    if any(part.get_content_type() in _ENCRYPTED for part in message.walk()):
        raise SourceError(f"{source}: is encrypted", hint="Save it from a mail program that can open it.")
    subject = _header(message, "Subject")
    markup, written = _text(parts, "text/html"), _text(parts, "text/plain")
    answers = bool(_ANSWER.match(str(message.get("Subject", ""))))
    pieces = mark(pieces_of(markup), answers=answers) if markup else []
    letters = count_letters(piece.text for piece in pieces if not piece.why_dropped)
    if not letters and not any(map(str.isalpha, written)):
        raise SourceError(f"{source}: there is no text in the letter", hint="It may be a picture, or an attachment.")
    if letters >= LEAST_LETTERS or not written:
        articles = stories_of(pieces, subject, source, answers=answers)
    else:
        articles = plain_stories(written, subject, source, answers=answers)
    published = _published(message)
    return tuple(replace(article, published=article.published or published) for article in articles)


# ------------------------------------------------------------------------------------------------- the envelope


def _original(message: Message) -> Message:
    """Return the letter that a certified one carries (PEC, D.P.R. 68/2005: "postacert.eml"), or the letter itself."""
    if str(message.get("X-Trasporto", "")).strip() != "posta-certificata":
        return message
    enclosed = (part.get_payload() for part in message.walk() if part.get_content_type() == "message/rfc822")
    return next((inner[0] for inner in enclosed if isinstance(inner, list) and isinstance(inner[0], Message)), message)


def _header(message: Message, name: str) -> str:
    """Return a header decoded, without the marks of an answer; "" where it is missing."""
    value = message.get(name, "")
    try:
        parts = email.header.decode_header(value)
    except (email.errors.HeaderParseError, ValueError):  # encoded words that are none
        parts = [(str(value), None)]
    text = "".join(
        to_text(part, f"charset={charset or ''}") if isinstance(part, bytes) else part for part, charset in parts
    )
    bare = re.sub(r"^(?:(?:r|re|i|fw|fwd)\s*:\s*)+", "", clean_line(text), flags=re.IGNORECASE)
    return _DESK.sub("", bare)


def _published(message: Message) -> str | None:
    try:
        return email.utils.parsedate_to_datetime(_header(message, "Date")).isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _text(parts: Sequence[Message], kind: str) -> str:
    """Return the first part of a kind that is no attachment, as text whatever it says of its characters."""
    for part in parts:
        if part.get_content_type() == kind and part.get_content_disposition() != "attachment":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes):
                return to_text(payload, str(part.get("Content-Type", "")))
    return ""
