"""The stories of a newspaper's page are told apart by their signed titles before its columns are read."""

from hypothesis import given
from hypothesis import strategies as st

from audio.readers.pdf.adverts import advertised, posters_of
from audio.readers.pdf.columns import Line
from audio.readers.pdf.stories import Title, stories_of, titles_of

BODY = 10.0


def told_apart(lines: list[Line]) -> list[list[Line]]:
    return stories_of(lines, titles_of(lines, BODY), BODY)


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
    assert told_apart([*above, *below]) == [above, below]


def test_a_column_under_no_title_is_of_the_story_beside_it() -> None:
    """A column out of line with those of the story above is under a title that is shorter than its columns."""
    above = [*titled("Il ponte riapre", "Ada Neri", 50, 100, 290), *column("sopra", 50, 130, 5)]
    above += column("a destra", 250, 130, 5)
    below = [
        *titled("Il tartufo", "Ugo Moro", 50, 220, 80),
        *column("sotto", 50, 250, 5),
        *column("oltre", 165, 250, 5),
    ]
    assert told_apart([*above, *below]) == [above, below]


def test_one_story_is_left_as_it_is() -> None:
    """A page with one signed title, whatever else is large on it, is one story."""
    lines = [*titled("Il ponte riapre", "Ada Neri", 50, 100, 290), line("«Una vergogna»", 50, 200, 90, 24)]
    assert told_apart([*lines, *column("sotto", 50, 230, 5)]) == [[*lines, *column("sotto", 50, 230, 5)]]


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
    found = [one for story in told_apart(lines) for one in story]
    assert sorted(map(repr, found)) == sorted(map(repr, lines))


def opened(title: str, x: float, y: float, *columns_at: float) -> list[Line]:
    """Return a title that nobody signs, over columns of text that open side by side."""
    head = Line(title, x, x + 300, y, 24, bold=False, page=0)
    return [head, *(one for at in columns_at for one in column(f"Colonna a {at}, riga", at, y + 24, 4))]


def test_a_story_that_nobody_signs_is_told_by_its_title() -> None:
    """A title of some words over two columns heads a story of its own though no name stands under it."""
    above = [*titled("Il ponte riapre", "Ada Neri", 50, 100, 290), *column("Sopra, alla riga", 50, 130, 3)]
    below = opened("La maestra incastra il finto avvocato", 50, 260, 50, 160)
    assert told_apart([*above, *below]) == [above, below]


def test_a_brief_is_told_by_its_place() -> None:
    """A title over one column heads a story where a place opens the text under it."""
    above = [*titled("Il ponte riapre", "Ada Neri", 50, 100, 290), *column("Sopra, alla riga", 50, 130, 3)]
    brief = [
        line("Furto di rame nel deposito", 50, 260, 200, 18),
        line("LODI - Hanno tagliato la recinzione", 50, 284, 90),
    ]
    assert told_apart([*above, *brief]) == [above, brief]


def test_a_newsletter_that_flows_is_read_by_its_columns() -> None:
    """Where a story runs on at the head of the next column, above that column's title, its columns stay in line."""
    left = [*titled("Torna l'organo del 1782", "Ada Neri", 50, 100, 90), *column("A sinistra, alla riga", 50, 130, 20)]
    right = [*column("Prosegue qui, alla riga", 250, 100, 4)]
    right += [*titled("Quaranta ragazzi al doposcuola", "Ugo Moro", 250, 200, 90), *column("A destra", 250, 230, 4)]
    assert told_apart([*left, *right]) == [[*left, *right]]


def test_a_papers_name_over_a_title_is_no_title() -> None:
    """The name of a bulletin, larger than all titles, heads no story: what it says of itself stands between."""
    name = [line("LA VOCE DI SAN GIACOMO", 50, 60, 400, 28), line("Foglio della parrocchia, anno XII", 50, 76, 300, 8)]
    story = [*titled("La porta resta aperta", "Ada Neri", 50, 120, 150), *column("Carissimi, alla riga", 50, 150, 4)]
    other = [
        *titled("Il tetto è finito", "Ugo Moro", 50, 300, 150),
        *column("Restano da posare, alla riga", 50, 330, 4),
    ]
    heads = [title.lines[0].text for title in titles_of([*name, *story, *other], BODY)]
    assert heads == ["La porta resta aperta", "Il tetto è finito"]


def test_what_is_sold_on_a_page_is_left_out() -> None:
    """What stands under "Informazione pubblicitaria", or a name in large capitals with its address, is no story's."""
    story = [*titled("Il ponte riapre", "Ada Neri", 50, 100, 290), *column("Sopra, alla riga di testo", 50, 130, 6)]
    label = line("Informazione pubblicitaria", 400, 300, 80, 6)
    box = [line("Casa del materasso", 405, 340, 90, 20), line("Sconti fino al 40%", 410, 370, 70, 9)]
    assert advertised([*story, label, *box], BODY) == set(box)
    poster = [line("PNEUMATICI LUZI", 50, 400, 200, 26), line("via Nazionale 4", 60, 420, 90, 9)]
    assert posters_of([*story, *poster], [Title((story[0],))], BODY) == set(poster)
