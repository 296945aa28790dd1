"""What stands around a story, by the looks of the whole page: each line's words, form, place and neighbours weighed.

The rooms of ``furniture`` know what they were told, and no list of phrases is ever whole. Here the weights of some
thousand plain features were learned from the pairs in ``tests/cases`` (``scripts/learn_tagger.py``), and say what is
likely. A line is dropped where they leave little doubt together, less where it could be a sentence of the story.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from audio.readers.cohesion import key_of
from audio.readers.dateline import dated_place
from audio.readers.form import is_labelled
from audio.readers.furniture.company import is_prose
from audio.readers.furniture.contacts import is_farewell
from audio.readers.head import HEADLINE_CHARACTERS, byline_in, is_signature
from audio.readers.lines import is_item
from audio.readers.quantities import are_quantities
from audio.readers.tagger.chain import Weights, learned, probabilities
from audio.readers.tagger.features import Unit, features_of
from audio.readers.wrapping import SALUTATION, STOPPED, blocks_of, paragraphs

FURNITURE, HEADLINE, BYLINE = "furniture", "headline", "byline"
# Chosen on 124 sources that the weights had not seen: there 95 of 100 bare lines around a story pass, and of its own
# thousand paragraphs two are lost at these – in doubt a sentence is read.
_SURE, _SURE_OF_HEADING, _SURE_OF_TEXT, _SURE_OF_PROSE = 0.6, 0.8, 0.9, 0.98
# Nineteen of twenty lines that pass are the headline; where none does, the rules on heads do better.
_SURE_OF_HEAD = 0.65
# Below the last line that is likely to be read a short sentence passes with less: of 30 more that go, two were told.
_LIKELY, _SURE_BELOW = 0.5, 0.8
# Text that was wrapped at a column has no longer line.
_COLUMN = 100
_WAITS_FOR_NAME = re.compile(r"(?:a cura|test[oi]|servizio|articolo|intervista) di", re.IGNORECASE)
# A page has some hundred lines; of a text with more, none is judged.
_MOST_LINES = 3000


@dataclass(frozen=True, slots=True)
class Page:
    """The keys (``cohesion.key_of``) of the lines ``outside`` the story of a page and of its headline; who wrote."""

    outside: frozenset[str] = frozenset()
    headline: str | None = None
    byline: str | None = None


def look_at(units: Sequence[Unit], weights: Weights | None = None) -> Page:
    """Return what a page shows. A line is outside only if it is so wherever it stands; of very many none is judged."""
    if not 1 < len(units) <= _MOST_LINES:
        return Page()
    tags = probabilities(features_of(units), weights or learned())
    title, signs = (
        max(range(len(units)), key=[tag[label] for tag in tags].__getitem__) for label in (HEADLINE, BYLINE)
    )
    outside: set[str] = set()
    # Under "testo di" stands who wrote.
    named = (below for unit, below in itertools.pairwise(units) if _WAITS_FOR_NAME.fullmatch(unit.text))
    kept = {key_of(units[title].text), *(key_of(below.text) for below in named)}
    titled = tags[title][HEADLINE] > _SURE_OF_HEAD and len(units[title].text) <= HEADLINE_CHARACTERS
    last = max((n for n, tag in enumerate(tags) if tag[FURNITURE] < _LIKELY), default=0)
    for n, (unit, tag) in enumerate(zip(units, tags, strict=True)):
        # Above its headline no paragraph is of the story; a newsletter greets there. Most lines are not even likely.
        place = "above" if titled and n < title else "below" if n > last else "within"
        sure = tag[FURNITURE] > _SURE and tag[FURNITURE] > _least_for(unit, place)
        below = tags[n + 1][FURNITURE] if n + 1 < len(units) else 1.0
        # What is read keeps its heading.
        sure = sure and not (unit.heading and below < _LIKELY and is_prose(units[n + 1].text))
        # A desk's form is read by its labels, a letter opens and closes as letters do.
        (outside if sure and not _is_of_a_form(unit.text) else kept).add(key_of(unit.text))
    return Page(
        frozenset(outside - kept),
        key_of(units[title].text) if titled else None,
        units[signs].text if tags[signs][BYLINE] > _SURE_OF_HEAD else None,
    )


def _is_of_a_form(text: str) -> bool:
    return is_labelled(text) or is_farewell(text) or bool(SALUTATION.fullmatch(text) or _WAITS_FOR_NAME.fullmatch(text))


def _least_for(unit: Unit, place: str) -> float:
    """Return how sure it must be that a line is furniture: a paragraph of prose the most, a bare line the least."""
    if is_signature(unit.text) or byline_in(unit.text) or dated_place(unit.text):
        return _SURE_OF_TEXT
    if unit.heading:
        return _SURE_OF_HEADING
    if place == "above":
        return _SURE
    # A question may be an interviewer's, whose answer would stand without it.
    if is_prose(unit.text) or unit.text[-1] == "?":
        return _SURE_OF_PROSE
    listed, stopped = unit.item or is_item(unit.text), unit.text[-1] in STOPPED + ",;"
    if place == "below" and stopped and not listed:
        return _SURE_BELOW
    return _SURE_OF_TEXT if listed or stopped else _SURE


def units_of(lines: Sequence[str]) -> list[Unit]:
    """Return what is judged as one: a line, or a paragraph where lines were wrapped at a column."""
    groups = blocks_of(lines)
    if all(len(line) <= _COLUMN for line in lines):
        groups = [[paragraph] for paragraph in paragraphs(lines)]
    elif len(groups) == 1:
        # Where nothing is parted, a block tells nothing.
        groups = [[line] for line in groups[0]]
    units = (
        Unit(" ".join(line.split()), block, item=listed)
        for block, group in enumerate(groups)
        for listed in (are_quantities(group),)
        for line in group
    )
    return [unit for unit in units if any(map(str.isalnum, unit.text))]
