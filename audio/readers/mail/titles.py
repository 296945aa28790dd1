"""Which lines of a letter's markup are the titles of its stories, or of its one."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from audio.readers import furniture
from audio.readers.furniture.company import is_prose, tells_sentence
from audio.readers.head import HEADLINE_CHARACTERS, byline_in, is_byline
from audio.readers.kicker import names_section
from audio.readers.lines import count_letters
from audio.readers.markup import Piece
from audio.readers.text.letter_forms import MORE, speaks_to_desk
from audio.readers.text.thread import LEAST_LETTERS

# A bold line of this many words is a title.
TITLE_WORDS = 4
# The levels of headings over a whole letter.
_LEVELS = frozenset({1, 2})


def titles_of(pieces: Sequence[Piece]) -> list[int]:
    """Return the numbers of the titles of several stories: headings of one level, or lines right above who wrote."""
    kept = [n for n, piece in enumerate(pieces) if not piece.why_dropped]
    if level := _story_level(pieces):
        shown = [pieces[n] for n in kept]
        heads = [n for at, n in enumerate(kept) if pieces[n].level == level and _tells(shown, at)]
        return sorted({*heads, *_like(pieces, kept, heads)})
    signed = {n for n, below in itertools.pairwise(kept) if _is_signed(pieces[n], pieces[below])}
    levels = {pieces[n].level for n in signed} - {0}
    like = [n for n in kept if n in signed or pieces[n].level in levels]
    return like if len(like) > 1 else []


def _like(pieces: Sequence[Piece], kept: Sequence[int], heads: Sequence[int]) -> list[int]:
    """Return headings of other levels that have over them, or under them, what all the titles have."""
    beside = [
        (n, pieces[n], pieces[above], pieces[below]) for above, n, below in zip(kept, kept[1:], kept[2:], strict=False)
    ]
    labelled = {n for n, _, above, _ in beside if _is_label(above)}
    signed = {n for n, one, _, below in beside if _is_signed(one, below)}
    shared = [marked for marked in (labelled, signed) if marked.issuperset(heads)]
    return [n for n in kept if pieces[n].level and any(n in marked for marked in shared)]


def _story_level(pieces: Sequence[Piece]) -> int | None:
    """Return the level of heading that begins a story, where the markup shows several.

    Two headings of the first level do; those of a lower level do where they are links, where a line is drawn
    above them, where "read more" follows as often, where a section's name stands over them, or, under no title of the
    whole, where each stands in a cell of its own with its text or has a button of its own.
    """
    kept = [piece for piece in pieces if not piece.why_dropped]
    for level in sorted({piece.level for piece in kept if piece.level}):
        heads = [piece for n, piece in enumerate(kept) if piece.level == level and _tells(kept, n)]
        if len(heads) < 2:  # noqa: PLR2004 - two make several
            continue
        more = _followed(pieces, heads)
        labelled = sum(_is_label(kept[n]) for n, below in enumerate(kept[1:]) if below in heads)
        signs = (
            *(sum(head.linked for head in heads), sum(head.ruled for head in heads), more, labelled),
            0 if _is_under_title(kept, level) else max(_boxed(kept, level), _buttoned(pieces, heads)),
        )
        return level if level == 1 or max(signs) >= max(len(heads) - 1, 2) else None
    return None


def _tells(pieces: Sequence[Piece], heading: int) -> bool:
    """Tell whether a sentence stands under a heading, and perhaps its summary, before the next one."""
    below = pieces[heading + 1 :]
    below = below[1:] if below and below[0].level else below
    own = itertools.takewhile(lambda piece: not piece.level, below)
    return any(tells_sentence(piece.text) for piece in own)


def _boxed(pieces: Sequence[Piece], level: int) -> int:
    """Return how many headings of a level open a cell of their own that holds their text too."""
    pairs = itertools.pairwise([None, *pieces])
    after = [*pieces[1:], None]
    return sum(
        one.level == level
        and (above is None or above.cell != one.cell)
        and below is not None
        and below.cell == one.cell
        for (above, one), below in zip(pairs, after, strict=True)
        if one
    )


def _is_under_title(pieces: Sequence[Piece], level: int) -> bool:
    """Tell whether the headings of a level part a story that a higher one began."""
    above = list(itertools.takewhile(lambda piece: piece.level != level, pieces))
    titled = next((n for n, piece in enumerate(above) if 0 < piece.level < level), None)
    return titled is not None and any(is_prose(piece.text) for piece in above[titled:])


def _followed(pieces: Sequence[Piece], heads: Sequence[Piece]) -> int:
    """Return below how many headings stands "read more", before the next one."""
    return sum(any(MORE.match(piece.text) for piece in own) for own in _under(pieces, heads))


def _buttoned(pieces: Sequence[Piece], heads: Sequence[Piece]) -> int:
    """Return below how many headings stands, after the text, something that only leads on: "Prenota la visita"."""
    return sum(any(piece.leads and not piece.level for piece in own[1:]) for own in _under(pieces, heads))


def _under(pieces: Sequence[Piece], heads: Sequence[Piece]) -> list[Sequence[Piece]]:
    """Return each of the headings with what stands under it."""
    starts = [n for n, piece in enumerate(pieces) if piece in heads]
    return [pieces[a:b] for a, b in itertools.pairwise([*starts, len(pieces)])]


def _is_label(piece: Piece) -> bool:
    """Tell whether a piece is the bare name of a section, as stands over each of several stories."""
    return not piece.level and names_section(piece.text)


def _is_signed(piece: Piece, below: Piece) -> bool:
    """Tell whether a piece is a title with who wrote it right below."""
    bare = piece.text[-1] not in ".,;:…" and len(piece.text) <= HEADLINE_CHARACTERS
    return bare and len(piece.text.split()) > 1 and not is_byline(piece.text) and byline_in(below.text) is not None


def is_titled(pieces: Sequence[Piece], subject: str) -> bool:
    """Tell whether one heading of the first level stands over the whole letter: the subject says it too."""
    tops = [piece.text for piece in pieces if piece.level == 1 and not piece.why_dropped]
    title, said = (tops[0].casefold() if len(tops) == 1 else ""), subject.casefold()
    return bool(title) and (title == said or (len(title.split()) >= TITLE_WORDS and title in said))


def title_of(pieces: Sequence[Piece], subject: str, *, noted: bool) -> Piece | None:
    """Return the one heading of the first level, the one that the subject says, or a bold title.

    Of several in a row the largest is. No sentence stands above it but in a note to the desk: a short one (``noted``),
    or one that speaks of what it sends.
    """
    kept = [
        piece
        for piece in pieces
        if not (piece.why_dropped or furniture.reason_to_drop(piece.text) or furniture.is_letterhead(piece.text))
    ]
    like = [n for n, piece in enumerate(kept) if _is_like_title(piece, subject)]
    if not like or not _is_note([one.text for one in kept[: like[0]]], kept[like[0] :], noted=noted):
        return None
    row = [n for place, n in enumerate(like) if n == like[0] + place]
    return max((kept[n] for n in row), key=lambda piece: piece.size)


def _is_like_title(piece: Piece, subject: str) -> bool:
    told = bool(piece.level) and len(piece.text.split()) >= TITLE_WORDS and piece.text in subject
    return piece.level in _LEVELS or told or is_bold_title(piece)


def _is_note(above: Sequence[str], below: Sequence[Piece], *, noted: bool) -> bool:
    """Tell whether what stands above a title holds no sentence, or is what who sends the letter says to the desk."""
    letters = count_letters(above)
    if not any(text[-1] in ".!?…" for text in above) or (noted and letters < LEAST_LETTERS):
        return True
    return any(map(speaks_to_desk, above)) and 2 * letters < count_letters(piece.text for piece in below)


def is_bold_title(piece: Piece) -> bool:
    """Tell whether a bold line has the form of a title, as over the releases of press offices."""
    words = len(piece.text.split())
    bold = piece.bold and piece.text[-1] not in ".,;:!"
    return bold and words >= TITLE_WORDS and len(piece.text) <= HEADLINE_CHARACTERS
