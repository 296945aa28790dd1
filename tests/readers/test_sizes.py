"""Type sizes in markup: what a builder writes in place of headings begins a story, what inherits nothing does not."""

import pytest

from audio.readers.markup import pieces_of
from audio.readers.sizes import DEFAULT, size_of

PROSE = "La giunta ha approvato ieri il piano per i prossimi quattro anni, dopo una lunga discussione in aula."


@pytest.mark.parametrize(
    ("tag", "style", "font", "expected"),
    [
        ("td", "font-size:24px", "", 24.0),
        ("p", "font-size: 12pt", "", 16.0),
        ("span", "font-size:1.5em", "", 24.0),
        ("span", "font-size:150%", "", 24.0),
        ("span", "font:bold 20px Arial", "", 20.0),
        ("span", "font-size:large", "", 18.0),
        ("font", "", "5", 24.0),
        ("font", "", "+1", 18.0),
        ("font", "", "99", DEFAULT),
        ("h1", "", "", 32.0),
        ("td", "font-size:0", "", DEFAULT),
        ("td", "font-size:0px", "", DEFAULT),
        ("td", "", "", DEFAULT),
    ],
)
def test_a_size_is_what_a_browser_shows(tag: str, style: str, font: str, expected: float) -> None:
    """Each way to write a size gives the pixels that a browser shows; a size of nothing closes gaps between cells."""
    assert size_of(tag, style, font, DEFAULT) == pytest.approx(expected)


def test_a_large_line_is_a_heading() -> None:
    """A line set far larger than the text is a heading, of the level that browsers show so large; prose never is."""
    page = f'<div style="font-size:26px">Il ponte riapre</div><p style="font-size:14px">{PROSE}</p>'
    assert [(piece.text, piece.level) for piece in pieces_of(page)] == [("Il ponte riapre", 1), (PROSE, 0)]
    assert [piece.level for piece in pieces_of(f'<p style="font-size:26px">{PROSE}</p>')] == [0]


def test_a_line_that_nobody_styled_is_no_heading() -> None:
    """In a letter whose text is set small a line without a size of its own, somewhat larger, is no heading."""
    page = f'<p style="font-size:13px">{PROSE}</p><div>Scarica la rivista</div>'
    assert [piece.level for piece in pieces_of(page)] == [0, 0]
