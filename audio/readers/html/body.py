"""Which pieces of a page are the article: trafilatura bears witness, and neighbours are judged by their company.

Here is the door to trafilatura. Its text is evidence rather than the result: it flattens what it keeps and at times
drops a short paragraph, so a piece that stands among witnessed ones is kept, in the page's own order and form.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import trafilatura

from audio.readers import furniture
from audio.readers.cohesion import key_of
from audio.readers.html.entries import boxed_with, is_within, kind_of
from audio.readers.html.pieces import Piece
from audio.readers.html.tree import Element, copy_of
from audio.readers.lines import heading_like

# Shorter texts ("Le reazioni") occur anywhere; they count where the witness has the same line.
_TELLING = 25
# A sentence of three words ("Poi il silenzio.") is the shortest that no label is.
_PROSE_CHARACTERS, _PROSE_WORDS = 12, 3
_HALF_LINKS, _MOSTLY_LINKS, _ALL_LINKS = 0.5, 0.6, 0.9
# The share of a page's sentences that makes a cell its column of text.
_COLUMN = 0.8
# The share of sentences that makes the box around headline and text the article's.
_BOXED = 0.6
# A place with this share of a body's sentences is a column of the text and no box in it.
_OWN_COLUMN = 0.25
_LABEL_WORDS, _ROW_WORDS = 4, 10
_STOPS = '.!?…»”":'
_HOUR = re.compile(r"(?:ore )?\d{1,2}[.:]\d{2}", re.IGNORECASE)
# A box's tag and class, and what it stands in.
_Row = tuple[str, str | None, Element]

# It tells of every page it finds poor; that is ours to judge.
logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Evidence:
    """``text`` is the key of all that was witnessed, ``lines`` the keys of its lines."""

    text: str
    lines: frozenset[str]

    def vouches(self, piece: Piece) -> bool:
        """Tell whether a piece was witnessed."""
        key = piece.key
        return key in self.text if len(key) >= _TELLING else key in self.lines


def witness(tree: Element, declared: str | None) -> Evidence:
    """Ask trafilatura, and the text that the page declares of itself, which words are the article."""
    document = trafilatura.bare_extraction(
        copy_of(tree), fast=True, include_comments=False, include_tables=True, with_metadata=False, deduplicate=False
    )
    # An lxml body where something was found; the declared types allow a mapping too.
    body = getattr(document, "body", None)
    lines = (
        ["".join(part.itertext()) for part in body.iter("p", "head", "item", "quote", "cell")]
        if body is not None
        else []
    )
    text = "".join(body.itertext()) if body is not None else ""
    return Evidence(key_of(text) + "\0" + key_of(declared or ""), frozenset(map(key_of, lines)))


def is_prose(piece: Piece) -> bool:
    """Tell whether a piece is a sentence rather than a label, a menu or a link."""
    return (
        not piece.is_heading
        and len(piece.text) >= _PROSE_CHARACTERS
        and len(piece.text.split()) >= _PROSE_WORDS
        and piece.text[-1] in _STOPS
        and piece.links < _MOSTLY_LINKS
    )


def is_title(piece: Piece) -> bool:
    """Tell whether a piece is a heading, by its tag or by being short, bold and unstopped."""
    return piece.is_heading or (piece.bold and heading_like(piece.text))


def is_hour(piece: Piece) -> bool:
    """Tell whether a piece is an hour alone: the heading of a live page's entry where that has no other."""
    return bool(_HOUR.fullmatch(piece.text))


def is_link(piece: Piece) -> bool:
    """Tell whether a piece does nothing but lead elsewhere."""
    return piece.links >= _ALL_LINKS


def leads_elsewhere(piece: Piece) -> bool:
    """Tell whether a piece is no sentence, and half of it or more a link: the title of another story and its label."""
    return piece.tag == "p" and piece.links >= _HALF_LINKS and piece.text[-1] not in _STOPS


def is_label(piece: Piece) -> bool:
    """Tell whether a piece is a word or two that are neither a sentence nor marked as a heading, a row or an item."""
    return (
        piece.tag == "p"
        and len(piece.text.split()) <= (_ROW_WORDS if "|" in piece.text else _LABEL_WORDS)
        and not piece.bold
        and not piece.slanted
        and piece.text[-1] not in _STOPS + ";"
        and "," not in piece.text
    )


def body_of(pieces: Sequence[Piece], evidence: Evidence) -> list[int]:
    """Return the numbers of the pieces that are the article's body, headings in it included, in order.

    Without any evidence every sentence is its own witness.
    """
    told = [n for n, piece in enumerate(pieces) if is_prose(piece)]
    vouched = [n for n in told if evidence.vouches(pieces[n])] or told
    if not vouched:
        return [n for n, piece in enumerate(pieces) if not piece.is_heading and not is_link(piece)]
    vouched = _in_the_column(pieces, sorted({*vouched, *boxed_with(pieces, told, vouched)}))
    places = {id(pieces[n].place) for n in vouched}
    boxes = _rows_of_boxes([pieces[n].place for n in vouched])
    first, last = vouched[0], vouched[-1]
    forms = {_form(pieces[n]) for n in range(first, last) if pieces[n].is_heading}
    while first > 0 and pieces[first - 1].is_heading and _form(pieces[first - 1]) in forms:
        # The first entry of a live page has its title above it, as the others have.
        first -= 1
    return [
        n
        for n, piece in enumerate(pieces)
        if id(piece.place) in places
        or (first <= n < last and _fits(piece, evidence))
        or (_row_of(piece.place) in boxes and piece.text[-1] in _STOPS and not is_link(piece))
    ]


def _rows_of_boxes(places: Sequence[Element]) -> set[_Row]:
    """Return the rows of boxes written alike that hold a text, a paragraph in each."""
    held = Counter(_row_of(place) for place in dict.fromkeys(places) if place.get("class"))
    return {row for row, count in held.items() if count > 1}


def _row_of(place: Element) -> _Row:
    return (*kind_of(place), place.getparent())


def boxes_of(body: Sequence[Piece]) -> list[Element | None]:
    """Return for each piece of a body the box that it stands in, None for the text's own column or columns."""
    weights: Counter[Element] = Counter()
    for piece in body:
        weights[piece.place] += len(piece.text) if is_prose(piece) and not furniture.reason_to_drop(piece.text) else 0
    # Page builders give each paragraph a box of its own, all alike.
    kinds: Counter[tuple[str, str | None]] = Counter()
    for place, weight in weights.items():
        kinds[kind_of(place)] += weight
    columns = {kind for kind, weight in kinds.items() if weight >= _OWN_COLUMN * weights.total()}
    return [None if kind_of(piece.place) in columns else piece.place for piece in body]


def _form(piece: Piece) -> tuple[str, ...]:
    """Return how a heading and its box are written: those of one series are written alike, in their first class."""
    return piece.tag, str(piece.place.tag), *(piece.place.get("class") or "").split()[:1]


def _in_the_column(pieces: Sequence[Piece], vouched: list[int]) -> list[int]:
    """Leave out, where tables lay out a page, sentences in cells beside the one that holds most of the text."""
    weights: Counter[Element] = Counter()
    cells = {n: _cell(pieces[n].place) for n in vouched}
    for n, cell in cells.items():
        weights[cell] += len(pieces[n].text)
    main, weight = weights.most_common(1)[0]
    if main is None or weight < _COLUMN * weights.total():
        return vouched
    return [n for n, cell in cells.items() if cell is main or weights[cell] >= (1 - _COLUMN) * weight]


def _cell(place: Element) -> Element | None:
    """Return the cell of a table that a piece stands in, or None."""
    return next((e for e in (place, *place.iterancestors()) if e.tag == "td"), None)


def _fits(piece: Piece, evidence: Evidence) -> bool:
    """Tell whether a piece between two of the body belongs to it though it stands in another box."""
    told = evidence.vouches(piece) or is_prose(piece)
    return told or (is_title(piece) and not is_link(piece)) or is_hour(piece)


def region_of(pieces: Sequence[Piece], headline: int | None, evidence: Evidence) -> list[int]:
    """Return the numbers of the pieces where the body is looked for: in the element the page marks, or in all."""
    after = list(range(0 if headline is None else headline + 1, len(pieces)))
    told = [n for n in after if is_prose(pieces[n]) and evidence.vouches(pieces[n])] or [
        n for n in after if is_prose(pieces[n])
    ]
    told_of = set(told)
    for holder in _holders(pieces, headline, told):
        inside = [n for n in after if is_within(pieces[n].place, {holder})]
        if not told_of.isdisjoint(inside):
            held = set(inside)
            # What stands between the headline and the holder is the head: standfirst, byline, date.
            return [n for n in after if n < inside[0] or n in held]
    return after


def _holders(pieces: Sequence[Piece], headline: int | None, told: Sequence[int]) -> list[Element]:
    places = dict.fromkeys(pieces[n].place for n in told)
    outer = {box for place in places for box in [*filter(_is_marked, (place, *place.iterancestors()))][-1:]}
    # Where every entry of a live page is marked as a text, none is the whole text.
    holders = list(outer) if len(outer) == 1 else []
    if headline is not None:
        place = pieces[headline].place
        holders += [e for e in (place, *place.iterancestors()) if e.tag == "article"]
        holders += _common_box(pieces, place, told)
    return holders


def _is_marked(element: Element) -> bool:
    return "articleBody" in (element.get("itemprop") or "")


def _common_box(pieces: Sequence[Piece], title: Element, told: Sequence[int]) -> list[Element]:
    """Return the least box that holds the headline and the longest run of sentences, if most of them are in it."""
    weights: Counter[Element] = Counter()
    for n in told:
        weights[pieces[n].place] += len(pieces[n].text)
    if not weights:
        return []
    main = weights.most_common(1)[0][0]
    above = {title, *title.iterancestors()}
    box = next((e for e in (main, *main.iterancestors()) if e in above), None)
    held = sum(weight for place, weight in weights.items() if box is not None and is_within(place, {box}))
    return [box] if box is not None and held >= _BOXED * weights.total() else []
