"""The HTML part of a letter: what of it is text, and one story or several."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from audio.model import Article, Dropped
from audio.readers import furniture
from audio.readers.document import Paragraph, Rank, clean_line, to_articles
from audio.readers.furniture.company import is_prose
from audio.readers.head import HEADLINE_CHARACTERS, byline_in, is_byline, is_signature
from audio.readers.lines import count_letters
from audio.readers.markup import Piece
from audio.readers.text.letter_forms import DAY, FOOTER, FOOTER_WITHIN, MORE, closes, is_invitation
from audio.readers.text.thread import LEAST_LETTERS, reasons_to_skip

# A bold line of this many words is a title.
_TITLE_WORDS = 4
# A link that looks like a heading and asks for something.
_CALL = re.compile(r"(?:acquista|compra|prenota|abbonati|iscriviti|registrati|dona|partecipa|scarica)\b", re.IGNORECASE)
_NAME_AND_DAY = re.compile(rf"(?P<name>[^\d.!?]{{5,40}}) (?P<day>{DAY.pattern})", DAY.flags)
# A footer's cell is short; an advertisement fills a cell of a few lines.
_CELL, _CELL_PIECES = 400, 6


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
        elif is_invitation(piece.text) or (
            piece.leads and (not piece.level or _CALL.match(piece.text)) and piece.text[-1] not in ".!?…»”"
        ):
            marked.append(replace(piece, why_dropped="an invitation"))
        else:
            marked.append(piece)
            said += count_letters([piece.text])
    if all(piece.rank is Rank.QUOTE or piece.level for piece in marked if not piece.why_dropped):
        # A letter that is all in a box is no quotation.
        return [replace(piece, rank=Rank.PARAGRAPH) if piece.rank is Rank.QUOTE else piece for piece in marked]
    return marked


def _without_boxes(pieces: Sequence[Piece]) -> list[Piece]:
    """Mark what stands in one cell under the word that it is an advertisement."""
    first = {piece.box: number for number, piece in reversed(list(enumerate(pieces)))}
    size = Counter(piece.box for piece in pieces)
    ads = {
        box
        for box, number in first.items()
        if size[box] <= _CELL_PIECES and furniture.reason_to_drop(pieces[number].text) == "an advertisement"
    }
    return [
        replace(piece, level=0, why_dropped="an advertisement") if piece.box in ads and not piece.why_dropped else piece
        for piece in pieces
    ]


def stories_of(pieces: Sequence[Piece], subject: str, source: str, *, answers: bool) -> tuple[Article, ...]:
    """Return the letter as one story, or as the several that its headings begin. Raises SourceError."""
    titles = [] if _is_titled(pieces, subject) else _titles(pieces)
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
    first = _title_of(pieces, subject, noted=answers) or first
    own = first is not None and (first.level > 0 or _is_bold_title(first))
    pieces = _without_top(pieces, first, noted=answers) if own and first else pieces
    pieces = pieces if own else _without_subject(pieces, subject)
    paragraphs = [piece.paragraph(Rank.TITLE if own and piece is first else None) for piece in pieces]
    return to_articles(paragraphs, source, title=subject)


def _titles(pieces: Sequence[Piece]) -> list[int]:
    """Return the numbers of the titles of several stories: headings of one level, or lines right above who wrote."""
    kept = [n for n, piece in enumerate(pieces) if not piece.why_dropped]
    if level := _story_level(pieces):
        return [n for n in kept if pieces[n].level == level]
    signed = {n for n, below in itertools.pairwise(kept) if _is_signed(pieces[n], pieces[below])}
    levels = {pieces[n].level for n in signed} - {0}
    like = [n for n in kept if n in signed or pieces[n].level in levels]
    return like if len(like) > 1 else []


def _is_signed(piece: Piece, below: Piece) -> bool:
    """Tell whether a piece is a title with who wrote it right below."""
    bare = piece.text[-1] not in ".,;:…" and len(piece.text) <= HEADLINE_CHARACTERS
    return bare and len(piece.text.split()) > 1 and not is_byline(piece.text) and byline_in(below.text) is not None


def _is_titled(pieces: Sequence[Piece], subject: str) -> bool:
    """Tell whether one heading of the first level stands over the whole letter: the subject says it too."""
    tops = [piece.text for piece in pieces if piece.level == 1 and not piece.why_dropped]
    title, said = (tops[0].casefold() if len(tops) == 1 else ""), subject.casefold()
    return bool(title) and (title == said or (len(title.split()) >= _TITLE_WORDS and title in said))


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
        bare = below.text[-1] not in '.,;:!?…»”"' and len(below.text.split()) > _TITLE_WORDS and not below.leads
        if title.level == 1 and not below.level and bare and below.rank is Rank.PARAGRAPH and not is_byline(below.text):
            return [replace(piece, rank=Rank.STANDFIRST) if piece is below else piece for piece in pieces]
    return list(pieces)


def _title_of(pieces: Sequence[Piece], subject: str, *, noted: bool) -> Piece | None:
    """Return the one heading of the first level, the one that the subject says, or a bold title.

    No sentence stands above it; a note to the desk may (``noted``).
    """
    said = 0
    for piece in pieces:
        if piece.why_dropped or furniture.reason_to_drop(piece.text) or furniture.is_letterhead(piece.text):
            continue
        told = bool(piece.level) and len(piece.text.split()) >= _TITLE_WORDS and piece.text in subject
        if piece.level == 1 or told or _is_bold_title(piece):
            return piece
        said += count_letters([piece.text])
        if piece.text[-1] in ".!?…" and not (noted and said < LEAST_LETTERS):
            return None
    return None


def _without_top(pieces: Sequence[Piece], title: Piece, *, noted: bool) -> list[Piece]:
    """Mark what stands above the title of a letter: its masthead and sponsor, or the note to the desk."""
    at = next(n for n, piece in enumerate(pieces) if piece is title)
    return [
        replace(piece, why_dropped="above the title")
        if n < at and not piece.why_dropped and not is_byline(piece.text) and (noted or piece.text[-1] not in ".!?…»”")
        else piece
        for n, piece in enumerate(pieces)
    ]


def _is_bold_title(piece: Piece) -> bool:
    """Tell whether a bold line has the form of a title, as over the releases of press offices."""
    words = len(piece.text.split())
    bold = piece.bold and piece.text[-1] not in ".,;:!"
    return bold and words >= _TITLE_WORDS and len(piece.text) <= HEADLINE_CHARACTERS


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


def _followed(pieces: Sequence[Piece], heads: Sequence[Piece]) -> int:
    """Return below how many headings stands "read more", before the next one."""
    starts = [n for n, piece in enumerate(pieces) if piece in heads]
    return sum(
        any(MORE.match(piece.text) for piece in pieces[a:b]) for a, b in itertools.pairwise([*starts, len(pieces)])
    )


def _is_label(piece: Piece) -> bool:
    """Tell whether a piece is the bare name of a section, as stands over each of several stories."""
    return not piece.level and piece.text.isupper() and len(piece.text.split()) < _TITLE_WORDS


def _story_level(pieces: Sequence[Piece]) -> int | None:
    """Return the level of heading that begins a story, where the markup shows several.

    Two headings of the first level do; those of a lower level do where they are links, where a line is drawn
    above them, where "read more" follows as often, or where a section's name stands over them.
    """
    kept = [piece for piece in pieces if not piece.why_dropped]
    for level in sorted({piece.level for piece in kept if piece.level}):
        heads = [piece for piece in kept if piece.level == level]
        if len(heads) < 2:  # noqa: PLR2004 - two make several
            continue
        more = _followed(pieces, heads)
        labelled = sum(_is_label(kept[n]) for n, below in enumerate(kept[1:]) if below in heads)
        signs = (sum(head.linked for head in heads), sum(head.ruled for head in heads), more, labelled)
        return level if level == 1 or max(signs) >= max(len(heads) - 1, 2) else None
    return None
