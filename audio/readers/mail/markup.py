"""The HTML part of a letter: what of it is text, and one story or several."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from audio.model import Article, Dropped
from audio.readers import furniture
from audio.readers.dateline import place_and_day
from audio.readers.document import Paragraph, Rank, clean_line, to_articles
from audio.readers.furniture.company import SENTENCE_END, is_prose
from audio.readers.furniture.surroundings import is_box
from audio.readers.head import byline_in, is_byline, is_signature
from audio.readers.lines import count_letters
from audio.readers.mail.titles import TITLE_WORDS, is_bold_title, is_titled, title_of, titles_of
from audio.readers.markup import Piece
from audio.readers.text.letter_forms import (
    DAY,
    FOOTER,
    FOOTER_WITHIN,
    closes,
    is_invitation,
    speaks_to_desk,
    takes_up_again,
)
from audio.readers.text.thread import LEAST_LETTERS, reasons_to_skip

# A link that looks like a heading and asks for something.
_CALL = re.compile(r"(?:acquista|compra|prenota|abbonati|iscriviti|registrati|dona|partecipa|scarica)\b", re.IGNORECASE)
_NAME_AND_DAY = re.compile(rf"(?P<name>[^\d.!?]{{5,40}}) (?P<day>{DAY.pattern})", DAY.flags)
# A footer's cell is short; an advertisement fills a cell of a few lines.
_CELL, _CELL_PIECES = 400, 6
_LAST_PIECES = 5


def mark(pieces: Sequence[Piece], *, answers: bool) -> list[Piece]:
    """Mark what stands around the text, other letters, and all from the first word about unsubscribing on."""
    pieces = _without_boxes(pieces)
    quoted = [piece.rank is Rank.QUOTE for piece in pieces]
    skipped = reasons_to_skip([piece.text for piece in pieces], quoted, answers=answers)
    pieces = [replace(piece, why_dropped=piece.why_dropped or why) for piece, why in zip(pieces, skipped, strict=True)]
    marked: list[Piece] = []
    footer = False
    said = 0
    for number, piece in enumerate(pieces):
        if piece.why_dropped:
            marked.append(piece)
            continue
        ends = bool(FOOTER.match(piece.text)) or (len(piece.text) <= _CELL and bool(FOOTER_WITHIN.search(piece.text)))
        # A letter may thank for the subscription at its top; the footer comes after something was said.
        if not footer and (ends or piece.text.startswith("-- ") or piece.text == "--"):
            footer = closes(said, (one.text for one in pieces[number + 1 :] if not one.why_dropped))
        if footer or ends:
            marked.append(replace(piece, why_dropped="the letter's footer"))
        elif is_invitation(piece.text) or _leads_on(piece):
            marked.append(replace(piece, why_dropped="an invitation"))
        else:
            marked.append(piece)
            said += count_letters([piece.text])
    marked = _without_small_print(marked)
    if all(piece.rank is Rank.QUOTE or piece.level for piece in marked if not piece.why_dropped):
        # A letter that is all in a box is no quotation.
        return [replace(piece, rank=Rank.PARAGRAPH) if piece.rank is Rank.QUOTE else piece for piece in marked]
    return marked


def _leads_on(piece: Piece) -> bool:
    """Tell whether a piece is nothing but a link that is no title: "Continua sul sito »"."""
    asks = not piece.level or bool(_CALL.match(piece.text))
    return piece.leads and asks and piece.text.removesuffix(" »")[-1] not in ".!?…»”"


def _without_last_word(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark what who spoke to the desk above the title says to it below the article."""
    noted = any(piece.why_dropped == "above the title" and speaks_to_desk(piece.text) for piece in pieces)
    kept = [n for n, piece in enumerate(pieces) if not piece.why_dropped][-_LAST_PIECES:] if noted else []
    said = next((n for n in kept if takes_up_again(pieces[n].text)), len(pieces))
    return [
        replace(piece, level=0, why_dropped=piece.why_dropped or "a note to the desk") if n >= said else piece
        for n, piece in enumerate(pieces)
    ]


def _without_small_print(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark what is set smaller than the text: lines under pictures, and sentences below it, of who sends the letter."""
    sizes = Counter(piece.size for piece in pieces if not piece.why_dropped and is_prose(piece.text)).most_common(1)
    common = sizes[0][0] if sizes else 0.0
    last = max((n for n, piece in enumerate(pieces) if piece.size >= common and is_prose(piece.text)), default=0)
    why: dict[int, str] = {}
    for n, piece in enumerate(pieces):
        if piece.size >= common:
            continue
        ends = bool(SENTENCE_END.search(piece.text))
        titles = any(one.level for one in pieces[n : n + 2])
        if ends and n > last:
            why[n] = "small print"
        elif piece.pictured and not (ends or titles) and byline_in(piece.text) is None:
            why[n] = "a caption"
    return [replace(piece, why_dropped=piece.why_dropped or why.get(n)) for n, piece in enumerate(pieces)]


def _without_boxes(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark what stands in one cell under the word that it is an advertisement, or under the name of a box."""
    first = {piece.box: number for number, piece in reversed(list(enumerate(pieces)))}
    size = Counter(piece.box for piece in pieces)
    reasons = {box: _why_boxed(pieces[n].text) for box, n in first.items() if size[box] <= _CELL_PIECES}
    return [
        replace(piece, level=0, why_dropped=why) if (why := reasons.get(piece.box)) and not piece.why_dropped else piece
        for piece in pieces
    ]


def _why_boxed(text: str) -> str | None:
    if furniture.reason_to_drop(text) == "an advertisement":
        return "an advertisement"
    return "a box beside the stories" if is_box(text) else None


def stories_of(pieces: Sequence[Piece], subject: str, source: str, *, answers: bool) -> tuple[Article, ...]:
    """Return the letter as one story, or as the several that its headings begin. Raises SourceError."""
    titles = [] if is_titled(pieces, subject) else titles_of(pieces)
    if not titles:
        return _story(pieces, subject, source, answers=answers)
    opening = [piece.paragraph() for piece in pieces[: titles[0]]]
    starts = set(titles)
    stories = [piece.paragraph(Rank.TITLE if n in starts else None) for n, piece in enumerate(pieces)][titles[0] :]
    greeting = [one for one in opening if one.rank is not Rank.HEADING and not one.why_dropped]
    left_out = tuple(
        Dropped(one.text, one.why_dropped or "the letter's masthead") for one in opening if one not in greeting
    )
    if sum(len(one.text) for one in greeting if is_prose(one.text)) >= LEAST_LETTERS:
        stories = [Paragraph(Rank.TITLE, subject or source), *greeting, *stories]
    else:
        left_out += tuple(Dropped(one.text, "the letter's masthead") for one in greeting)
    articles = to_articles(stories, source)
    return (replace(articles[0], dropped=(*left_out, *articles[0].dropped)), *articles[1:])


def _story(pieces: Sequence[Piece], subject: str, source: str, *, answers: bool) -> tuple[Article, ...]:
    """Return the one story that a letter is; its subject is the title where nothing in it looks like one."""
    first = next((one for one in pieces if not (one.why_dropped or furniture.is_letterhead(one.text))), None)
    pieces = _with_head(_with_standfirst(pieces))
    first = title_of(pieces, subject, noted=answers) or first
    own = first is not None and (first.level > 0 or is_bold_title(first))
    pieces = _without_last_word(_without_top(pieces, first)) if own and first else pieces
    pieces = pieces if own else _without_subject(pieces, subject)
    paragraphs = [piece.paragraph(Rank.TITLE if own and piece is first else None) for piece in pieces]
    return to_articles(paragraphs, source, title=subject)


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
        bare = below.text[-1] not in '.,;:!?…»”"' and len(below.text.split()) > TITLE_WORDS and not below.leads
        if title.level == 1 and not below.level and bare and below.rank is Rank.PARAGRAPH and not is_byline(below.text):
            return [replace(piece, rank=Rank.STANDFIRST) if piece is below else piece for piece in pieces]
    return list(pieces)


def _without_top(pieces: Sequence[Piece], title: Piece) -> list[Piece]:
    """Mark what stands above the title of a letter: its masthead and sponsor, or the note to the desk."""
    at = next(n for n, piece in enumerate(pieces) if piece is title)
    return [
        replace(piece, level=0, why_dropped="above the title")
        if n < at and not piece.why_dropped and not (is_byline(piece.text) or place_and_day(piece.text))
        else piece
        for n, piece in enumerate(pieces)
    ]


def _with_head(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark the day, and rank the name beside it, that stand in rows of their own between the title and the text."""
    pieces = [one for piece in pieces for one in _parted(piece)]
    marked = list(pieces)
    # Who wrote may be a link to a page of hers.
    kept = [n for n, piece in enumerate(pieces) if not piece.why_dropped or is_signature(piece.text)]
    title = next((n for n in kept if pieces[n].level == 1), None)
    if title is None:
        return marked
    head = list(itertools.takewhile(lambda n: _is_of_head(pieces[n]), (n for n in kept if n > title)))
    days = [n for n in head if DAY.fullmatch(pieces[n].text)]
    for n in head:
        named = is_signature(pieces[n].text) and any(abs(n - day) == 1 for day in days)
        if named:
            marked[n] = replace(pieces[n], level=0, rank=Rank.BYLINE, why_dropped=None)
        elif n in days:
            marked[n] = replace(pieces[n], level=0, why_dropped="when it was sent")
    return marked


def _is_of_head(piece: Piece) -> bool:
    return piece.level > 0 or piece.rank is Rank.STANDFIRST or piece.text[-1] not in ".!?…:»”"


def _parted(piece: Piece) -> Sequence[Piece]:
    """Part a cell that holds a name and the day ("Bruno Tessari 26 gen")."""
    found = _NAME_AND_DAY.fullmatch(piece.text)
    if not found or piece.level or not is_signature(found["name"]):
        return (piece,)
    return (replace(piece, text=found["name"]), replace(piece, text=found["day"]))
