"""EPUB books and magazines (2 and 3): one Article for each document of the spine that has something to say.

Covers, title pages, tables of contents and notes are left out where the book itself marks them; a chapter without a
heading of its own takes the label that the table of contents gives it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audio.errors import SourceError
from audio.model import Article, Dropped
from audio.readers.cohesion import key_of
from audio.readers.document import Paragraph, Rank, to_articles
from audio.readers.epub.book import Document, open_book
from audio.readers.epub.chapters import HEADING_WITHIN, is_index, is_list, is_of_book, pieces_in
from audio.readers.furniture.company import SENTENCE_END, is_prose
from audio.readers.markup import Piece

# What converters call a document that has no name.
_NAMELESS = re.compile(r"(?:inizio|start|testo|documento|senza titolo|untitled|unknown)\W*", re.IGNORECASE)
_ABOUT_ITSELF = "a page of the book about itself"


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read a book in the order of its spine. Raises SourceError where it is damaged, protected or without text."""
    book = open_book(raw, source)
    left_out = [piece for one in book.documents if one.beside for piece in _about_itself(one.pieces)]
    articles: list[Article] = []
    for one in pieces_in(book):
        found = _articles(one, source, listed=book.labelled)
        articles += found
        left_out += [] if found else _about_itself(one.pieces)
    if not articles:
        raise SourceError(f"{source}: has no chapter with words in it", hint="It may be a book of pictures.")
    articles[0] = replace(articles[0], dropped=(*left_out, *articles[0].dropped))
    return tuple(replace(article, published=article.published or book.published) for article in articles)


def _about_itself(pieces: Sequence[Piece]) -> list[Dropped]:
    return [Dropped(piece.text, piece.why_dropped or _ABOUT_ITSELF) for piece in pieces]


def _articles(one: Document, source: str, *, listed: bool) -> tuple[Article, ...]:
    """Return the articles of one document: one, or one for each of several top headings."""
    said = [piece for piece in one.pieces if not piece.why_dropped]
    headed = any(piece.level for piece in said)
    told = is_prose if one.label is None and (listed or not headed) else SENTENCE_END.search
    tells = any(told(piece.text) for piece in said if not piece.level)
    if not tells or is_index(said) or is_list(said) or is_of_book(replace(one, pieces=said)):
        return ()  # a title page, the contents, a page of verses or of names: nobody reads them aloud
    tops = [piece for piece in said if piece.level == 1]
    named = (piece for piece in said if one.label and key_of(piece.text) == key_of(one.label))
    # Of a document that is a book of its own the contents name the first section.
    whole = tops[0] if len(tops) == 1 and tops[0] in said[:HEADING_WITHIN] else None
    first = whole or next(named, next((piece for piece in said[:HEADING_WITHIN] if piece.level), None))
    titles = tops if len(tops) > 1 else [first] if first else []
    paragraphs = [
        piece.paragraph(Rank.TITLE if any(piece is title for title in titles) else None) for piece in one.pieces
    ]
    if not titles and one.label and not _NAMELESS.fullmatch(one.label):
        paragraphs.insert(0, Paragraph(Rank.TITLE, one.label))
    return to_articles(paragraphs, source)
