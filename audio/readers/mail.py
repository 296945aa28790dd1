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
from audio.readers import text as plain_text
from audio.readers.charset import to_text
from audio.readers.decode import decode
from audio.readers.document import Paragraph, Rank, clean_line, to_articles
from audio.readers.markup import Piece, pieces_of

# A letter of this many letters has a text; less is a picture with a caption, and the other part is read.
_LEAST_LETTERS = 80
_ENCRYPTED = {"application/pkcs7-mime", "application/x-pkcs7-mime", "multipart/encrypted"}
# What only letters have around their text, beside the furniture of all pages: whole short paragraphs.
_LETTER_FURNITURE = re.compile(
    r"\W*(?:.{0,80}\bbrowser\b.{0,60}|(?:se non |non )?(?:riesci a |puoi )?(?:visualizz|legg|apr|ved)\w*\b.{0,60}"
    r"\b(?:browser|online|correttamente|qui)\b.*"
    r"|(?:leggi|continua|scopri|approfondisci)(?: a leggere| tutto| di più| l.articolo| ancora| su .{1,40})?"
    r"|inoltra (?:a|quest).{0,60}|-+\s*(?:messaggio (?:inoltrato|originale)|(?:forwarded|original) message)\b.*"
    r"|(?:da|from|data|date|inviato|sent|a|to|cc|oggetto|subject):\s.*"
    r"|(?:buongiorno|buonasera|ciao)(?: \w+| a tutt\w)?)\W*",
    re.IGNORECASE,
)
_FURNITURE_CHARACTERS = 300
_FOOTER = re.compile(
    r"\W*(?:hai ricevuto quest[ao]|ricevi quest[ao]"
    r"|quest[ao] (?:e-?mail|newsletter|messaggio) (?:è stat[ao] )?(?:inviat|ti arriva)"
    r"|per (?:non ricevere|cancellar|disiscriver|annullare|smettere)|(?:annulla|cancella) (?:l.)?iscrizione"
    r"|cancellati|disiscriviti|gestisci (?:le )?(?:tue )?(?:preferenze|iscrizion)|unsubscribe"
    r"|informativa (?:sulla )?privacy|privacy policy|(?:copyright )?©|tutti i diritti riservati)",
    re.IGNORECASE,
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_DIVIDER = re.compile(r"^[ \t]*(?:[-=_*~#•–—][ \t]?){3,}[ \t]*$")
_LINK = re.compile(r"[<(\[]?\bhttps?://\S+[>)\]]?")
_MORE = re.compile(r"^\W*(?:leggi|continua|scopri|approfondisci)\b.{0,40}$", re.IGNORECASE)


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read a letter. Raises SourceError where it is encrypted or holds no text."""
    # The old policy of the library: the new one takes headers apart by recursion, and hostile ones take it apart.
    message = email.message_from_bytes(raw, policy=email.policy.compat32)
    parts = [part for part in message.walk() if not part.is_multipart()]
    if any(part.get_content_type() in _ENCRYPTED for part in message.walk()):
        raise SourceError(f"{source}: is encrypted", hint="Save it from a mail program that can open it.")
    subject = _header(message, "Subject")
    markup, written = _text(parts, "text/html"), _text(parts, "text/plain")
    pieces = _marked(pieces_of(markup)) if markup else []
    if not _letters(pieces) and not any(map(str.isalpha, written)):
        raise SourceError(f"{source}: there is no text in the letter", hint="It may be a picture, or an attachment.")
    if _letters(pieces) >= _LEAST_LETTERS or not written:
        articles = _stories(pieces, subject, source)
    else:
        articles = _plain_stories(written, subject, source)
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


def _marked(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark what stands around the text, and all from the first word about unsubscribing on."""
    marked: list[Piece] = []
    footer = False
    said = 0
    for piece in pieces:
        # A letter may thank for the subscription at its top; the footer comes after something was said.
        footer = footer or (said >= _LEAST_LETTERS and bool(_FOOTER.match(piece.text)))
        if footer or _FOOTER.match(piece.text):
            marked.append(replace(piece, why_dropped="the letter's footer"))
        elif _is_furniture(piece.text) or (piece.leads and not piece.level and piece.text[-1] not in ".!?…»”"):
            marked.append(replace(piece, why_dropped="an invitation"))
        else:
            marked.append(piece)
            said += sum(map(str.isalpha, piece.text))
    return marked


def _is_furniture(text: str) -> bool:
    return len(text) <= _FURNITURE_CHARACTERS and bool(_LETTER_FURNITURE.fullmatch(text))


def _letters(pieces: Sequence[Piece]) -> int:
    return sum(sum(map(str.isalpha, piece.text)) for piece in pieces if not piece.why_dropped)


def _stories(pieces: Sequence[Piece], subject: str, source: str) -> tuple[Article, ...]:
    level = _story_level(pieces)
    titles = [piece for piece in pieces if piece.level == level and not piece.why_dropped] if level else []
    first = next((piece for piece in pieces if not piece.why_dropped), None)
    if len(titles) < 2:  # noqa: PLR2004 - one story is the letter itself
        pieces = _with_standfirst(pieces)
        first = _title_of(pieces) or first
        own = first is not None and first.level > 0
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
    if sum(len(one.text) for one in greeting) >= _LEAST_LETTERS:
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
        if piece.level == 1 and not piece.why_dropped:
            return piece
        if not piece.why_dropped and piece.text[-1] in ".!?…":
            return None
    return None


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
        more = sum(bool(_MORE.match(piece.text)) for piece in pieces)
        signs = (sum(head.linked for head in heads), sum(head.ruled for head in heads), more)
        return level if level == 1 or max(signs) >= len(heads) - 1 else None
    return None


# ------------------------------------------------------------------------------------------------- the plain part


def _plain_stories(written: str, subject: str, source: str) -> tuple[Article, ...]:
    """Read a plain letter; lines of dashes between blocks that each open with a headline divide stories."""
    lines = decode(_CONTROLS.sub("", written).encode("utf-8", "replace"), source).split("\n")
    kept: list[str] = []
    dropped: list[Dropped] = []
    for index, line in enumerate(lines):
        words = _LINK.sub("", line).strip()
        if line.rstrip() == "--" or (_FOOTER.match(words) and len("".join(kept)) >= _LEAST_LETTERS):
            dropped.extend(Dropped(one.strip(), "the letter's footer") for one in lines[index:] if one.strip())
            break
        if words != line.strip() and (not words or _MORE.match(words)):
            dropped.append(Dropped(line.strip(), "a link"))
        elif _is_furniture(words):
            dropped.append(Dropped(words, "an invitation"))
        else:
            kept.append(words if words != line.strip() else line)
    blocks = _blocks(kept)
    articles = [plain_text.read(block, source) for block in blocks]
    if len(articles) == 1 or not all(article.headline for article in articles[1:]):
        whole = plain_text.read("\n".join(line for line in kept if not _DIVIDER.match(line)), source)
        articles = [whole if whole.headline or not subject else replace(whole, headline=subject)]
    if not any(section.blocks for article in articles for section in article.sections):
        raise SourceError(f"{source}: there is nothing in it to say", hint="The letter may be a picture.")
    return (replace(articles[0], dropped=tuple(dropped)), *articles[1:])


def _blocks(lines: Sequence[str]) -> list[str]:
    blocks: list[list[str]] = [[]]
    for line in lines:
        if _DIVIDER.match(line):
            blocks.append([])
        else:
            blocks[-1].append(line)
    return [text for block in blocks if any(map(str.isalpha, text := "\n".join(block).strip("\n")))]
