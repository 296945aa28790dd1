"""A newspaper's column of briefs, and what runs along the margins, are told from the stories by geometry alone."""

import pytest

from audio.readers.pdf.adverts import advertised
from audio.readers.pdf.briefs import Briefs, briefs_of
from audio.readers.pdf.columns import Line
from audio.readers.pdf.running import running_lines

BODY = 10.0


def line(text: str, x: float, y: float, width: float, size: float = BODY, *, bold: bool = False) -> Line:
    return Line(text, x, x + width, y, size, bold, page=0)


def column(name: str, x: float, y: float, rows: int) -> list[Line]:
    return [line(f"{name}, riga {n} di tante", x, y + 12 * n, 120) for n in range(rows)]


def brief(title: str, x: float, y: float) -> list[Line]:
    return [line(title, x, y, 100, 12, bold=True), *column(title.lower(), x, y + 14, 4)]


STORY = [line("Il ponte riapre, ma i camion restano fuori", 200, 100, 380, 30)]
STORY += [*column("sinistra", 200, 130, 22), *column("destra", 350, 130, 22)]


@pytest.mark.parametrize("x", [30, 520], ids=["left", "right"])
def test_a_column_of_briefs_stands_beside_the_stories(x: float) -> None:
    """Three short pieces under titles of one look, at either edge of the page, are no part of what is beside them."""
    story = STORY if x < 200 else [Line(one.text, one.x0 - 170, one.x1 - 170, *_rest(one)) for one in STORY]
    lines = [one for n, title in enumerate(("Frana", "Bonus", "Furto")) for one in brief(title, x, 100 + 90 * n)]
    found = briefs_of([*story, *lines], BODY)
    assert list(found.lines) == lines
    assert [[one.text for one in title] for title in found.titles] == [["Frana"], ["Bonus"], ["Furto"]]


def _rest(one: Line) -> tuple[float, float, bool, int]:
    return one.y, one.size, one.bold, one.page


def test_crossheads_are_no_briefs() -> None:
    """A column of a story, whose headings are set as those of its other columns, stays with it."""
    lines = [one for n, title in enumerate(("Il nodo", "I costi", "La gara")) for one in brief(title, 30, 100 + 90 * n)]
    other = [line("Le corse", 200, 394, 100, 12, bold=True), *column("le corse", 200, 408, 4)]
    assert briefs_of([*STORY, *lines, *other], BODY) == Briefs()


def test_a_column_that_opens_in_the_midst_of_a_text_is_none() -> None:
    """What runs on from another column into the last one is not cut off from it."""
    lines = [one for n, title in enumerate(("Il nodo", "I costi", "La gara")) for one in brief(title, 30, 160 + 90 * n)]
    assert briefs_of([*STORY, *column("continua", 30, 130, 2), *lines], BODY) == Briefs()


@pytest.mark.parametrize(
    ("text", "runs"),
    [("Meridiana Mese · aprile 2026", True), ("aprile 2026", True), ("Borgomarengo, 19 marzo 2026", False)],
)
def test_the_name_of_an_issue_runs_along_the_margin(text: str, runs: bool) -> None:
    """A month in the margin names a magazine's issue; a day there is when a release was sent."""
    assert (line(text, 50, 30, 120, 9) in running_lines([line(text, 50, 30, 120, 9), *STORY], [800.0], BODY)) is runs


def test_an_advertisement_at_the_foot_is_as_wide_as_the_page() -> None:
    """Below the last line of text a label at the edge of the page is that of all that stands under it."""
    sold = [
        line("Mobilificio Arnaldi", 200, 500, 250, 30),
        line("Salotti su misura, Borgo San Vito", 150, 520, 380, 12),
    ]
    label = line("PUBBLICITÀ", 600, 470, 40, 6)
    assert advertised([*STORY, label, *sold], BODY) == set(sold)
