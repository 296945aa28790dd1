"""Which documents of a book make one piece: a converter cuts a piece into files, and a reportage has parts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audio.readers.classes import CHAPTER_NUMBER
from audio.readers.document import Rank
from audio.readers.epub.book import Book, Document
from audio.readers.furniture.company import SENTENCE_END, is_prose
from audio.readers.head import is_byline
from audio.readers.lines import count_letters
from audio.readers.markup import BOLD_LEVEL, Piece

# What books call the pages about themselves, where they do not mark them.
_OF_BOOK = re.compile(
    r"(?:frontespizio|copertina|colophon|crediti|copyright|sommario|indice(?: generale)?|contenuti|note"
    r"|bibliografia(?: \w+)?|(?:(?:gli )?autori e )?(?:le )?fonti|ringraziamenti(?: e \w+)?|nota (?:al|sul) testo"
    r"|note? (?:ai|sui) testi|indice dei (?:nomi|luoghi|racconti|testi)|elenco de(?:i|gli|lle) \w+"
    r"|cariche sociali\b.{0,20}"
    r"|su questo (?:testo|libro|numero)|hanno (?:scritto|collaborato)\b.{0,40}"
    r"|chi (?:ha scritto|siamo|scrive)\b.{0,40}|(?:(?:le )?autrici e )?(?:gli |le |l['’])?autor[ei]"
    r"(?: (?:di quest|del ).{0,30})?|autrici?"
    r"|biografie?|pubblicità|(?:nella stessa|della stessa|in questa) (?:collana|serie)"
    r"|d(?:ello|ella|egli) stess[oaie] autor\w+|catalogo|adv(?:ertising)?|inserzion[ei]\b.{0,30})\W*",
    re.IGNORECASE,
)
_TITLE_PAGE = re.compile(r"(?:frontespizio|copertina|occhiello|(?:pagina del )?titolo)\W*", re.IGNORECASE)
_OF_PRINTERS = re.compile(
    r"^nessuna parte di quest|\bisbn\b[ -]*\d|\bfinito di (?:stampare|impaginare|comporre)\b|\bissn\b[ -]*\d",
    re.IGNORECASE,
)
_PRINTED_WITHIN = 8
_COUNTED = re.compile(r"(\d{1,2})[.)] \S")
# "Chilometro 19. Il ponte", in no order but upwards; what a book's own parts are called tells nothing.
_STATION = re.compile(
    r"(?!capitol|part|libr|sezion|atto)(?P<word>[a-zà-ù]{3,15}) (?P<number>\d{1,4})[.:)]? ", re.IGNORECASE
)
# "Parte prima. Sedersi", "Capitolo 2", "IV".
_ORDINALS = "prim second terz quart quint sest settim ottav non decim".split()
_ROMAN = {roman: n for n, roman in enumerate("I II III IV V VI VII VIII IX X XI XII".split(), 1)}
_PART = re.compile(
    rf"(?:parte|capitolo|sezione|atto) (?P<number>\d{{1,2}}|[ivx]{{1,4}}|(?:{'|'.join(_ORDINALS)})[oa])\b",
    re.IGNORECASE,
)
# An hour and a half of reading; what is longer is a book, and its chapters are its pieces.
_MOST_IN_PARTS = 80_000
# A heading that is not among the first paragraphs of a chapter does not name it.
HEADING_WITHIN = 3


def pieces_in(book: Book) -> Sequence[Document]:
    """Return the documents of a book, those that belong together as one, without those that the book sets beside."""
    chapters: list[Document] = []
    for one in book.documents:
        if one.beside:
            continue
        # A converter cuts a long chapter into files, of which the contents name the first, or one alone has a heading.
        headed = any(piece.level for piece in one.pieces[:HEADING_WITHIN])
        printed = any(_OF_PRINTERS.search(piece.text) for piece in one.pieces)
        apart = is_of_book(one) or is_index(one.pieces) or printed
        if chapters and one.label is None and not apart and _goes_on(chapters[-1], headed=headed):
            chapters[-1] = replace(chapters[-1], pieces=[*chapters[-1].pieces, *one.pieces])
        else:
            chapters.append(one)
    return _in_parts(chapters, book) or _whole(chapters)


def _goes_on(above: Document, *, headed: bool) -> bool:
    """Tell whether a document that the contents do not name belongs to the chapter above: a title page is none."""
    if above.label is not None:
        return not (_TITLE_PAGE.fullmatch(above.label) or is_index(above.pieces))
    return not (headed or is_list([piece for piece in above.pieces if not piece.why_dropped]))


def is_index(pieces: Sequence[Piece]) -> bool:
    """Tell whether a document is a section's index, as read-later services write: links, and how each story begins."""
    kept = [piece for piece in pieces if not piece.why_dropped]
    return all(piece.linked or piece.level or piece.text[-1] == "…" for piece in kept)


def _in_parts(chapters: Sequence[Document], book: Book) -> list[Document]:
    """Return a short book whose parts each stand under their number, from one on, as one piece under its own title.

    None is returned where the book does not declare its title.
    """
    numbers = list(map(_number_of, chapters))
    parts = [one for one, number in zip(chapters, numbers, strict=True) if number]
    letters = count_letters(piece.text for one in parts for piece in one.pieces)
    counted = list(filter(None, numbers)) == list(range(1, len(parts) + 1))
    if not (book.title and counted and len(parts) > 1 and letters <= _MOST_IN_PARTS):
        return []
    told = [replace(piece, level=piece.level and piece.level + 1) for one in parts for piece in one.pieces]
    signed = [Piece(book.writer, rank=Rank.BYLINE)] if book.writer else []
    others = [one for one, number in zip(chapters, numbers, strict=True) if not number]
    return [*others, Document(book.title, [Piece(book.title, 1), *signed, *told])]


def _number_of(one: Document) -> int:
    """Return the number that a document bears as a part of its book, over its title or in it, or nought."""
    bare = next((piece.text for piece in one.pieces if piece.why_dropped == CHAPTER_NUMBER), "")
    opening = next((piece.text for piece in one.pieces[:HEADING_WITHIN] if piece.level), "")
    found = next(filter(None, (_PART.match(text) for text in (f"parte {bare}", one.label or "", opening))), None)
    if found is None:
        return 0
    ordinal = next((n for n, stem in enumerate(_ORDINALS, 1) if found["number"].lower().startswith(stem)), 0)
    return int(found["number"]) if found["number"].isdigit() else _ROMAN.get(found["number"].upper(), ordinal)


def _whole(chapters: Sequence[Document]) -> Sequence[Document]:
    """Return the chapters, or one where a converter cut a single piece: a file opens in the middle of its text.

    Such a piece has one title, of the first level, and goes on with a heading or is signed beside its title alone; the
    contents may name all of its headings.
    """
    opened = [next((piece for piece in one.pieces if not piece.why_dropped), None) for one in chapters]
    torn = [n for n, one in enumerate(opened) if n and one and not one.level and is_prose(one.text)]
    titles = [piece for one in chapters for piece in one.pieces if piece.level == 1]
    further = [n for n in torn if any(1 < piece.level < BOLD_LEVEL for piece in chapters[n].pieces)]
    first = next((n for n, one in enumerate(chapters) if titles[:1] and titles[0] in one.pieces), 0)
    signed = [n for n, one in enumerate(chapters) if any(is_byline(piece.text) for piece in one.pieces)]
    if len(titles) != 1 or not (further or (torn and signed == [first])):
        first = next(iter(signed), 0)
        if not _are_counted([one.label for one in chapters[first + 1 :] if one.label]):
            return chapters
    told = [
        n
        for n in range(first, len(chapters))
        if n == first
        or (
            not (is_of_book(chapters[n]) or is_list(chapters[n].pieces))
            and any(is_prose(piece.text) for piece in chapters[n].pieces)
        )
    ]
    others = [one for n, one in enumerate(chapters) if n not in told]
    label = chapters[first].label
    named = None if label is None or _TITLE_PAGE.fullmatch(label) else label
    return [*others, Document(named, [piece for n in told for piece in chapters[n].pieces])]


def _are_counted(labels: Sequence[str]) -> bool:
    """Tell whether chapters are the parts of a whole: counted from one on ("1. Il mulo"), or stations of one way."""
    numbers = [int(found[1]) if (found := _COUNTED.match(label)) else 0 for label in labels]
    stations = [found for label in labels if (found := _STATION.match(label))]
    passed = [int(found["number"]) for found in stations]
    one_way = len({found["word"] for found in stations}) == 1 and passed == sorted(set(passed))
    counted = numbers == list(range(1, len(numbers) + 1))
    return len(labels) > 1 and (counted or (one_way and len(stations) == len(labels)))


def is_of_book(one: Document) -> bool:
    """Tell whether a document says by its name that it is about the book, as its colophon or its sources."""
    opening = [piece.text for n, piece in enumerate(one.pieces[:HEADING_WITHIN]) if piece.level or not n]
    return any(name and _OF_BOOK.fullmatch(name) for name in (one.label, *opening))


def is_list(said: Sequence[Piece]) -> bool:
    """Tell whether a page holds more names and titles than sentences, or says who may print the book."""
    texts = [piece.text for piece in said if not piece.level]
    told = sum(len(text) for text in texts if SENTENCE_END.search(text) and text[-1] != "…")
    return 2 * told < sum(map(len, texts)) or any(_OF_PRINTERS.search(text) for text in texts[:_PRINTED_WITHIN])
