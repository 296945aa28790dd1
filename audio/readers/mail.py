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
import itertools
import re
from collections.abc import Sequence
from dataclasses import replace
from email.message import Message

from audio.errors import SourceError
from audio.model import Article, Dropped
from audio.readers import furniture
from audio.readers import text as plain_text
from audio.readers.charset import to_text
from audio.readers.decode import decode
from audio.readers.document import Paragraph, Rank, clean_line, to_articles
from audio.readers.head import HEADLINE_CHARACTERS, is_signature
from audio.readers.mail_forms import DAY, FOOTER, MORE, is_invitation
from audio.readers.markup import Piece, pieces_of
from audio.readers.thread import LEAST_LETTERS, reasons_to_skip

_ENCRYPTED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"}
_ANSWER = re.compile(r"\s*(?:r|re|aw|sv)\s*:", re.IGNORECASE)
# A bold line of this many words is a title.
_TITLE_WORDS = 4
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_QUOTATION = re.compile(r"^(?:> ?)+")
_DIVIDER = re.compile(r"^[ \t]*(?:[-=_*~#•–—][ \t]?){3,}[ \t]*$")
_LINK = re.compile(r"[<(\[]?\bhttps?://\S+[>)\]]?")


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read a letter. Raises SourceError where it is encrypted or holds no text."""
    # The old policy of the library: the new one takes headers apart by recursion, and hostile ones take it apart.
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()]
    if any(part.get_content_type() in _ENCRYPTED for part in message.walk()):
        raise SourceError(f"{source}: is encrypted", hint="Save it from a mail program that can open it.")
    subject = _header(message, "Subject")
    markup, written = _text(parts, "text/html"), _text(parts, "text/plain")
    answers = bool(_ANSWER.match(str(message.get("Subject", ""))))
    pieces = _marked(pieces_of(markup), answers=answers) if markup else []
    if not _letters(pieces) and not any(map(str.isalpha, written)):
        raise SourceError(f"{source}: there is no text in the letter", hint="It may be a picture, or an attachment.")
    if _letters(pieces) >= LEAST_LETTERS or not written:
        articles = _stories(pieces, subject, source)
    else:
        articles = _plain_stories(written, subject, source, answers=answers)
    published = _published(message)
    return tuple(replace(article, published=article.published or published) for article in articles)


# ------------------------------------------------------------------------------------------------- the envelope


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
    return re.sub(r"^(?:(?:r|re|i|fw|fwd)\s*:\s*)+", "", clean_line(text), flags=re.IGNORECASE)


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


# ------------------------------------------------------------------------------------------------- the HTML part


def _marked(pieces: Sequence[Piece], *, answers: bool) -> list[Piece]:
    """Mark what stands around the text, other letters, and all from the first word about unsubscribing on."""
    quoted = [piece.rank is Rank.QUOTE for piece in pieces]
    skipped = reasons_to_skip([piece.text for piece in pieces], quoted, answers=answers)
    pieces = [replace(piece, why_dropped=piece.why_dropped or why) for piece, why in zip(pieces, skipped, strict=True)]
    marked: list[Piece] = []
    footer = False
    said = 0
    for piece in pieces:
        # A letter may thank for the subscription at its top; the footer comes after something was said.
        if piece.why_dropped:
            marked.append(piece)
            continue
        signed = piece.text.startswith("-- ") or piece.text == "--"
        footer = footer or (said >= LEAST_LETTERS and (signed or bool(FOOTER.match(piece.text))))
        if footer or FOOTER.match(piece.text):
            marked.append(replace(piece, why_dropped="the letter's footer"))
        elif is_invitation(piece.text) or (piece.leads and not piece.level and piece.text[-1] not in ".!?…»”"):
            marked.append(replace(piece, why_dropped="an invitation"))
        else:
            marked.append(piece)
            said += sum(map(str.isalpha, piece.text))
    return marked


def _letters(pieces: Sequence[Piece]) -> int:
    return sum(sum(map(str.isalpha, piece.text)) for piece in pieces if not piece.why_dropped)


def _stories(pieces: Sequence[Piece], subject: str, source: str) -> tuple[Article, ...]:
    level = _story_level(pieces)
    titles = [piece for piece in pieces if piece.level == level and not piece.why_dropped] if level else []
    first = next((piece for piece in pieces if not piece.why_dropped), None)
    if len(titles) < 2:  # noqa: PLR2004 - one story is the letter itself
        pieces = _with_head(_with_standfirst(pieces))
        first = _title_of(pieces) or first
        own = first is not None and (first.level > 0 or _is_bold_title(first))
        pieces = pieces if own else _without_subject(pieces, subject)
        paragraphs = [piece.paragraph(Rank.TITLE if own and piece is first else None) for piece in pieces]
        if not own and subject:
            paragraphs.insert(0, Paragraph(Rank.TITLE, subject))
        return to_articles(paragraphs, source)
    at = pieces.index(titles[0])
    opening = [piece.paragraph() for piece in pieces[:at]]
    stories = [piece.paragraph(Rank.TITLE if piece in titles else None) for piece in pieces[at:]]
    greeting = [one for one in opening if one.rank is not Rank.HEADING and not one.why_dropped]
    left_out = tuple(
        Dropped(one.text, one.why_dropped or "the letter's masthead") for one in opening if one not in greeting
    )
    if sum(len(one.text) for one in greeting) >= LEAST_LETTERS:
        stories = [Paragraph(Rank.TITLE, subject or source), *greeting, *stories]
    else:
        left_out += tuple(Dropped(one.text, "the letter's masthead") for one in greeting)
    articles = to_articles(stories, source)
    return (replace(articles[0], dropped=(*left_out, *articles[0].dropped)), *articles[1:])


def _without_subject(pieces: Sequence[Piece], subject: str) -> list[Piece]:
    """Mark the line that says the subject again."""
    same = [clean_line(piece.text).casefold() == subject.casefold() for piece in pieces]
    return [
        replace(piece, why_dropped="the subject again") if again else piece
        for piece, again in zip(pieces, same, strict=True)
    ]


def _with_standfirst(pieces: Sequence[Piece]) -> list[Piece]:
    """Rank a heading right under the title as its standfirst where no other heading is of its level."""
    kept = [piece for piece in pieces if not piece.why_dropped]
    for title, below in itertools.pairwise(kept):
        if title.level == 1 and below.level > 1 and sum(piece.level == below.level for piece in kept) == 1:
            return [replace(piece, level=0, rank=Rank.STANDFIRST) if piece is below else piece for piece in pieces]
    return list(pieces)


def _title_of(pieces: Sequence[Piece]) -> Piece | None:
    """Return the one heading of the first level, if no sentence stands above it."""
    for piece in pieces:
        if piece.why_dropped or furniture.reason_to_drop(piece.text):
            continue
        if piece.level == 1 or _is_bold_title(piece):
            return piece
        if piece.text[-1] in ".!?…":
            return None
    return None


def _is_bold_title(piece: Piece) -> bool:
    """Tell whether a bold line has the form of a title, as over the releases of press offices."""
    words = len(piece.text.split())
    bold = piece.bold and piece.text[-1] not in ".,;:!"
    return bold and words >= _TITLE_WORDS and len(piece.text) <= HEADLINE_CHARACTERS


def _with_head(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark the day, and the name beside it, that stand in rows of their own between the title and the text."""
    marked = list(pieces)
    kept = [n for n, piece in enumerate(pieces) if not piece.why_dropped]
    title = next((n for n in kept if pieces[n].level == 1), None)
    if title is None:
        return marked
    head = list(itertools.takewhile(lambda n: pieces[n].text[-1] not in ".!?…:»”", (n for n in kept if n > title)))
    days = [n for n in head if DAY.fullmatch(pieces[n].text)]
    for n in head:
        named = is_signature(pieces[n].text) and any(abs(n - day) == 1 for day in days)
        if n in days or named:
            marked[n] = replace(pieces[n], level=0, why_dropped="who wrote, and when")
    return marked


def _story_level(pieces: Sequence[Piece]) -> int | None:
    """Return the level of heading that begins a story, where the markup shows several.

    Two headings of the first level do; those of a lower level do where they are links, where a line is drawn above
    them, or where "read more" follows as often.
    """
    kept = [piece for piece in pieces if not piece.why_dropped]
    for level in sorted({piece.level for piece in kept if piece.level}):
        heads = [piece for piece in kept if piece.level == level]
        if len(heads) < 2:  # noqa: PLR2004 - two make several
            continue
        more = sum(bool(MORE.match(piece.text)) for piece in pieces)
        signs = (sum(head.linked for head in heads), sum(head.ruled for head in heads), more)
        return level if level == 1 or max(signs) >= len(heads) - 1 else None
    return None


# ------------------------------------------------------------------------------------------------- the plain part


def _plain_stories(written: str, subject: str, source: str, *, answers: bool) -> tuple[Article, ...]:
    """Read a plain letter; lines of dashes between blocks that each open with a headline divide stories."""
    lines, dropped = _own_lines(decode(_CONTROLS.sub("", written).encode("utf-8", "replace"), source), answers=answers)
    kept: list[str] = []
    for index, line in enumerate(lines):
        words = _LINK.sub("", line).strip()
        if line.rstrip() == "--" or (FOOTER.match(words) and len("".join(kept)) >= LEAST_LETTERS):
            dropped.extend(Dropped(one.strip(), "the letter's footer") for one in lines[index:] if one.strip())
            break
        if words != line.strip() and (not words or MORE.match(words)):
            dropped.append(Dropped(line.strip(), "a link"))
        elif is_invitation(words):
            dropped.append(Dropped(words, "an invitation"))
        else:
            kept.append(words if words != line.strip() else line)
    blocks, masthead = _without_masthead(_blocks(kept), subject)
    dropped += masthead
    kept = kept if not masthead else "\n\n".join(blocks).split("\n")
    articles = [plain_text.read(block, source) for block in blocks]
    if len(articles) == 1 or not all(article.headline for article in articles[1:]):
        whole = plain_text.read("\n".join(line for line in kept if not _DIVIDER.match(line)), source)
        articles = [whole if whole.headline or not subject else replace(whole, headline=subject)]
    if not any(section.blocks for article in articles for section in article.sections):
        raise SourceError(f"{source}: there is nothing in it to say", hint="The letter may be a picture.")
    return (replace(articles[0], dropped=tuple(dropped)), *articles[1:])


def _own_lines(written: str, *, answers: bool) -> tuple[list[str], list[Dropped]]:
    """Return the lines that the letter says, without the marks of quotations, and what it only encloses."""
    lines = written.split("\n")
    reasons = reasons_to_skip(lines, [line.startswith(">") for line in lines], answers=answers)
    pairs = list(zip(lines, reasons, strict=True))
    own = [_QUOTATION.sub("", line) for line, reason in pairs if reason is None]
    return own, [Dropped(line.strip(), reason) for line, reason in pairs if reason and line.strip()]


def _without_masthead(blocks: list[str], subject: str) -> tuple[list[str], list[Dropped]]:
    """Split the name of a newsletter off, set between lines of dashes above a block that has its own headline."""
    rows = [row.strip() for row in blocks[0].split("\n") if row.strip()] if len(blocks) > 1 else []
    titled = bool(rows) and plain_text.read(blocks[1], "").headline is not None
    if not titled or any(row[-1] in ".!?:»”" or row.casefold() in subject.casefold().split(" - ") for row in rows):
        return blocks, []
    return blocks[1:], [Dropped(row, "the letter's masthead") for row in rows]


def _blocks(lines: Sequence[str]) -> list[str]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if _DIVIDER.match(line):
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [text for block in blocks if any(map(str.isalpha, text := "\n".join(block).strip("\n")))]
