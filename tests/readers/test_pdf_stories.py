"""The stories of a newspaper's page are told apart by their signed titles before its columns are read."""

from hypothesis import given
from hypothesis import strategies as st

from audio.readers.pdf.columns import Line
from audio.readers.pdf.stories import stories_of

BODY = 10.0


def line(text: str, x: float, y: float, width: float, size: float = BODY) -> Line:
    return Line(text, x, x + width, y, size, bold=False, page=0)


def column(name: str, x: float, y: float, rows: int) -> list[Line]:
    return [line(f"{name} {n}", x, y + 12 * n, 90) for n in range(rows)]


def titled(title: str, writer: str, x: float, y: float, width: float) -> list[Line]:
    return [line(title, x, y, width, 24), line(f"di {writer}", x, y + 16, 60)]


def test_a_story_below_another_keeps_its_columns() -> None:
    """What stands under the lower title is of its story, what stands beside it of the one above."""
    above = [*titled("Il ponte riapre", "Ada Neri", 50, 100, 290), *column("sopra", 50, 130, 3)]
    above += column("a destra", 250, 130, 20)
    below = [*titled("Il tartufo torna", "Ugo Moro", 50, 220, 190), *column("sotto", 50, 250, 5)]
    assert stories_of([*above, *below], BODY) == [above, below]


def test_a_column_under_no_title_is_of_the_story_beside_it() -> None:
    """A column out of line with those of the story above is under a title that is shorter than its columns."""
    above = [*titled("Il ponte riapre", "Ada Neri", 50, 100, 290), *column("sopra", 50, 130, 5)]
    above += column("a destra", 250, 130, 5)
    below = [
        *titled("Il tartufo", "Ugo Moro", 50, 220, 80),
        *column("sotto", 50, 250, 5),
        *column("oltre", 165, 250, 5),
    ]
    assert stories_of([*above, *below], BODY) == [above, below]


def test_one_story_is_left_as_it_is() -> None:
    """A page with one signed title, whatever else is large on it, is one story."""
    lines = [*titled("Il ponte riapre", "Ada Neri", 50, 100, 290), line("«Una vergogna»", 50, 200, 90, 24)]
    assert stories_of([*lines, *column("sotto", 50, 230, 5)], BODY) == [[*lines, *column("sotto", 50, 230, 5)]]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["Il ponte riapre", "di Ada Neri", "LA STORIA", "prosa di una riga"]),
            st.integers(0, 500),
            st.integers(0, 800),
            st.integers(10, 300),
            st.sampled_from([8.0, BODY, 16.0, 24.0]),
        ),
        max_size=30,
    )
)
def test_no_line_is_lost_or_told_twice(placed: list[tuple[str, int, int, int, float]]) -> None:
    """Every line of a page is in one of its stories, once."""
    lines = [line(text, x, y, width, size) for text, x, y, width, size in placed]
    found = [one for story in stories_of(lines, BODY) for one in story]
    assert sorted(map(repr, found)) == sorted(map(repr, lines))
