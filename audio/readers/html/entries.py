"""Boxes that hold stretches of one text: a live page's entries, a national kit's sections, a builder's components."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet

from audio.readers.html.pieces import Piece
from audio.readers.html.tree import Element, is_titled

# The entries of a live page.
_ENTRIES, _LEAST_ENTRIES = frozenset({"article", "div", "section", "li"}), 3
# Bootstrap Italia, on which the sites of municipalities and schools are built.
_KIT_SECTION = "it-page-section"


def boxed_with(pieces: Sequence[Piece], told: Sequence[int], vouched: Sequence[int]) -> set[int]:
    """Return the numbers of those sentences (``told``) whose boxes belong together with boxes of ``vouched`` ones."""
    return {
        *_other_entries(pieces, told, vouched),
        *_in_sections(pieces, told),
        *_in_components(pieces, told, vouched),
    }


def _in_sections(pieces: Sequence[Piece], told: Sequence[int]) -> list[int]:
    """Return the numbers of the sentences in the sections of a municipality's page, built with the national kit."""
    inside: dict[Element, bool] = {}
    for piece in pieces:
        if piece.place not in inside:
            around = (piece.place, *piece.place.iterancestors())
            inside[piece.place] = any(_KIT_SECTION in (box.get("class") or "").split() for box in around)
    return [n for n in told if inside[pieces[n].place]]


def _in_components(pieces: Sequence[Piece], told: Sequence[int], vouched: Sequence[int]) -> list[int]:
    """Return the numbers of the sentences in boxes written as a witnessed one is, and in boxes beside its own.

    Builders of companies' sites give each stretch of a text such a pair of boxes.
    """
    pairs = {_pair(pieces[n].place) for n in vouched if pieces[n].place.get("class")}
    return [n for n in told if n >= vouched[0] and _pair(pieces[n].place) in pairs]


def _pair(place: Element) -> tuple[object, ...]:
    """Return how a box and the one around it are written, and what holds them."""
    around = place.getparent()
    return kind_of(place) if around is None else (*kind_of(place), *kind_of(around), around.getparent())


def _other_entries(pieces: Sequence[Piece], told: Sequence[int], vouched: Sequence[int]) -> list[int]:
    """Return the numbers of the sentences in the entries of a live page beside those that were witnessed."""
    places = {pieces[n].place for n in vouched}
    for box in boxes_below_title(pieces[vouched[0]].place):
        if box.tag not in _ENTRIES:
            break
        row = box.getparent()
        if row is None or not is_titled(box):
            continue
        alike = {other for other in row if _is_alike(other, box) and is_titled(other)}
        if len(alike) >= _LEAST_ENTRIES and all(is_within(place, alike) for place in places):
            return [n for n in told if is_within(pieces[n].place, alike)]
    return []


def boxes_below_title(place: Element) -> Iterator[Element]:
    """Yield a box and those around it, as far as none holds the page's own title: one may be a live page's entry."""
    for box in (place, *place.iterancestors()):
        if box.tag in {"body", "main"} or box.find(".//h1") is not None:
            return
        yield box


def _is_alike(element: Element, other: Element) -> bool:
    """Tell whether a box is written as another: entries differ in what follows their first name."""
    names = [(box.get("class") or "").split()[:1] for box in (element, other)]
    return element.tag == other.tag and names[0] == names[1]


def kind_of(place: Element) -> tuple[str, str | None]:
    """Return how a box is written: its tag and class."""
    return str(place.tag), place.get("class")


def is_within(place: Element, boxes: AbstractSet[Element]) -> bool:
    """Tell whether a box is one of those, or stands in one."""
    return place in boxes or any(box in boxes for box in place.iterancestors())
