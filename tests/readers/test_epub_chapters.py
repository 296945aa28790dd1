"""Which documents of a book are one piece: parts under their numbers, and what is no text."""

from audio.readers.classes import CHAPTER_NUMBER
from audio.readers.epub.book import Book, Document
from audio.readers.epub.chapters import is_index, pieces_in
from audio.readers.markup import Piece

TEXT = "Il primo camion arriva alle quattro meno dieci, con i fari spenti, e nessuno scende a salutarlo. " * 2


def part(title: str, number: str = "") -> Document:
    counted = [Piece(number, why_dropped=CHAPTER_NUMBER)] if number else []
    return Document(title, [*counted, Piece(title, 1), Piece(TEXT)])


def book(*documents: Document, title: str = "Gino non dorme mai") -> Book:
    return Book(title, "Lorenzo Cacciari", None, list(documents), labelled=True)


def test_numbered_parts_are_one_piece_under_the_books_title() -> None:
    """Parts counted from one on, by a number of their own or in their titles, are one piece with headings."""
    for parts in (
        [part("La notte", "1"), part("Il turno", "2")],
        [part("Parte prima. Sedersi"), part("Parte seconda. Stare")],
    ):
        (whole,) = pieces_in(book(*parts))
        assert whole.label == "Gino non dorme mai"
        assert [piece.level for piece in whole.pieces if piece.level] == [1, 2, 2]


def test_chapters_that_nothing_counts_stay_apart() -> None:
    """Chapters without numbers, or whose numbers do not run from one on, are pieces of their own."""
    for parts in ([part("La notte"), part("Il turno")], [part("La notte", "2"), part("Il turno", "3")]):
        assert len(pieces_in(book(*parts))) == len(parts)


def test_a_long_book_is_read_by_its_chapters() -> None:
    """A book longer than a reportage is not one piece."""
    long = [Document(f"Capitolo {n}", [Piece(f"Capitolo {n}", 1), *[Piece(TEXT)] * 400]) for n in (1, 2)]
    assert len(pieces_in(book(*long))) == len(long)


def test_an_index_is_links_and_cut_openings() -> None:
    """A section's index holds links, perhaps with how each story begins; a page with a sentence of its own is none."""
    links = [Piece("Cronaca", 2), Piece("Il ponte riapre", linked=True), Piece("Dopo due anni il ponte…")]
    assert is_index(links)
    assert not is_index([*links, Piece(TEXT)])
