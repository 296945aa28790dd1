"""Lines on a page are put in reading order and joined to paragraphs, by geometry alone."""

from hypothesis import given
from hypothesis import strategies as st

from audio.readers.document import Paragraph, Rank
from audio.readers.pdf import _Glyph, _without_note_marks
from audio.readers.pdf.columns import Line
from audio.readers.pdf.layout import paragraphs_of


def line(text: str, x: float = 50, y: float = 100, *, width: float = 200, size: float = 10, **more: int) -> Line:
    return Line(text, x, x + width, y, size, bool(more.get("bold", 0)), more.get("page", 0))


def texts(lines: list[Line], pages: int = 1) -> list[str]:
    return [one.text for one in paragraphs_of(lines, [800.0] * pages) if not one.why_dropped]


def test_lines_join_and_words_are_mended() -> None:
    """Lines close to each other are one paragraph; a split word is whole again, a name keeps its hyphen."""
    lines = [line("il prov-", y=100), line("vedimento di Emilia-", y=112), line("Romagna è firmato.", y=124)]
    assert texts(lines) == ["il provvedimento di Emilia-Romagna è firmato."]


def test_columns_are_read_one_after_the_other() -> None:
    """Two columns drawn in any order are read left to right, whole."""
    rows = [(f"sinistra {n}", f"destra {n}") for n in range(4)]
    lines = [
        line(text, 50 if side == 0 else 300, 100 + 12 * n)
        for n, row in enumerate(rows)
        for side, text in enumerate(row)
    ]
    assert (
        " ".join(texts(lines[::-1]))
        == "sinistra 0 sinistra 1 sinistra 2 sinistra 3 destra 0 destra 1 destra 2 destra 3"
    )


def test_list_is_no_pair_of_columns() -> None:
    """Bullets set apart from their texts stay with them."""
    lines = [
        one for n in range(4) for one in (line("•", 50, 100 + 12 * n, width=4), line(f"voce {n};", 90, 100 + 12 * n))
    ]
    assert texts(lines) == [f"• voce {n};" for n in range(4)]


def test_paragraphs_are_told_by_indent_gap_and_short_line() -> None:
    """An indented line, a wide gap and a short line with a full stop each end a paragraph."""
    lines = [
        line("Una riga piena che non finisce", y=100),
        line("breve.", y=112, width=40),
        line("Un’altra riga piena", y=124),
        line("Rientrata, comincia", x=65, y=136, width=185),
        line("Dopo uno spazio", y=170),
    ]
    assert texts(lines) == [
        "Una riga piena che non finisce breve.",
        "Un’altra riga piena",
        "Rientrata, comincia",
        "Dopo uno spazio",
    ]


def test_heads_and_feet_are_left_out() -> None:
    """What is the same in the margin of two pages, and page numbers, are furniture; text there once is text."""
    lines = [
        *(line(f"La Gazzetta – pagina {n + 1}", y=30, size=8, page=n) for n in range(2)),
        *(line(str(n + 1), y=780, page=n) for n in range(2)),
        line("Un titolo lontano dal margine", y=200, page=0),
        line("Testo in alto solo qui", y=40, page=1),
    ]
    found = paragraphs_of(lines, [800.0, 800.0])
    assert [one.text for one in found if not one.why_dropped] == [
        "Un titolo lontano dal margine",
        "Testo in alto solo qui",
    ]
    assert len([one for one in found if one.why_dropped]) == 4


def test_sizes_give_ranks() -> None:
    """The largest type is the title, larger lines head, short bold ones may, small type is a caption."""
    lines = [
        line("Il titolo", y=100, size=24),
        line("Testo della notizia, abbastanza lungo da essere il corpo.", y=140),
        line("Intertitolo", y=170, bold=1),
        line("Altro testo della notizia, lungo anche questo quanto basta.", y=200),
        line("Un altro intertitolo", y=215, size=13),
        line("Didascalia", y=230, size=7),
    ]
    assert [(one.rank, bool(one.why_dropped)) for one in paragraphs_of(lines, [800.0])] == [
        (Rank.TITLE, False),
        (Rank.PARAGRAPH, False),
        (Rank.BOLD_LINE, False),
        (Rank.PARAGRAPH, False),
        (Rank.HEADING, False),
        (Rank.PARAGRAPH, True),
    ]


COORDINATES = st.floats(-1000, 2000, allow_nan=False)
LINES = st.lists(
    st.builds(
        Line,
        text=st.text("abc DEF-.1", min_size=1, max_size=20).filter(str.strip).map(lambda t: " ".join(t.split())),
        x0=COORDINATES,
        x1=COORDINATES,
        y=COORDINATES,
        size=st.floats(0.5, 80),
        bold=st.booleans(),
        page=st.integers(0, 2),
    ),
    max_size=40,
)


@given(LINES)
def test_no_letter_is_lost(lines: list[Line]) -> None:
    """Wherever lines stand, each is in one paragraph, and all letters survive."""
    found: list[Paragraph] = paragraphs_of(lines, [800.0] * 3)
    before, after = ("".join(one.text for one in some) for some in (lines, found))
    assert sorted(filter(str.isalpha, before)) == sorted(filter(str.isalpha, after))


def test_a_sentence_goes_on_behind_what_is_set_into_it() -> None:
    """Halves of a sentence with a line set large between them are one paragraph, and the line is told."""
    half, other = (
        "La giunta ha approvato ieri il piano per i prossimi quattro anni e",
        "lo porta in aula lunedì mattina.",
    )
    found = paragraphs_of(
        [line(half, y=100), line("Un piano che nessuno voleva", y=130, size=16), line(other, y=160)], [800.0]
    )
    assert found[0].text == f"{half} {other}"
    assert [one.text for one in found if one.why_dropped] == ["Un piano che nessuno voleva"]


def test_a_column_without_an_indent_goes_on() -> None:
    """Where paragraphs open with an indent, a column that does not goes on with the paragraph above."""
    rows = [(50, "La prima riga del testo è piena e finisce qui."), (62, "Un altro capoverso comincia rientrato.")] * 4
    first = [line(text, x, 100 + 12 * n, width=250 - x) for n, (x, text) in enumerate(rows)]
    later = line("La frase della pagina dopo non è rientrata.", 50, 100, width=200, page=1)
    assert texts([*first, later, line("Finisce qui.", 50, 112, page=1)], 2)[-1].startswith("Un altro capoverso")


def test_a_number_in_a_sentence_begins_no_item() -> None:
    """A line that opens with the figure of a sentence goes on with it; the numbers of a list are items."""
    told = [line("La Regione ne dichiara attive", y=100), line("41. Ma un documento dice altro.", y=112)]
    assert texts(told) == ["La Regione ne dichiara attive 41. Ma un documento dice altro."]
    listed = [line("Si prende:", y=100), line("1. il sale", y=112), line("2. la farina", y=124)]
    assert texts(listed) == ["Si prende:", "1. il sale", "2. la farina"]


def test_what_stands_left_of_an_item_is_none_of_it() -> None:
    """A paragraph below a list, set out to the margin, is not joined to the last item."""
    lines = [line("• Cagli, Casa della Comunità", 78, 100), line("Il servizio è gratuito.", 60, 112)]
    assert texts(lines) == ["• Cagli, Casa della Comunità", "Il servizio è gratuito."]


def test_a_column_that_opens_above_the_others_is_read_last() -> None:
    """Under a picture over two columns, the third column, which opens beside the picture, comes after them."""
    left = [line(f"uno {n}", 50, 100 + 12 * n, width=150) for n in range(30)]
    middle = [line(f"due {n}", 220, 316 + 12 * n, width=150) for n in range(12)]
    right = [line(f"tre {n}", 390, 100 + 12 * n, width=150) for n in range(30)]
    read = " ".join(texts([*left, *middle, *right]))
    assert read.index("uno 29") < read.index("due 0") < read.index("tre 0")


def test_raised_figures_are_notes_or_exponents() -> None:
    """The number of a note is not said behind its word; that of a square metre stays as one."""
    size, small = 11.0, 8.0
    run = [_Glyph(c, 0, 0, 100, size, n) for n, c in enumerate("di più.")]
    assert "".join(g.text for g in _without_note_marks([*run, _Glyph("2", 0, 0, 95, small, 9)], size)) == "di più."
    run = [_Glyph(c, 0, 0, 100, size, n) for n, c in enumerate("40 m")]
    assert "".join(g.text for g in _without_note_marks([*run, _Glyph("2", 0, 0, 95, small, 9)], size)) == "40 m²"
