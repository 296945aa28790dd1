"""Markup that is all text becomes its paragraphs, in order, with what each of them is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.readers.document import Rank
from audio.readers.markup import pieces_of, plain


@pytest.mark.parametrize(
    ("markup", "texts"),
    [
        ("<p>uno</p><p>due</p>", ["uno", "due"]),
        ("uno<br>due<br><br>tre", ["uno due", "tre"]),
        ("<p>uno\n\n  due</p>", ["uno due"]),
        ("<div>uno<p>due</p>tre</div>", ["uno", "due", "tre"]),
        ("<span>L</span>a giunta", ["La giunta"]),
        ("<table><tr><td>uno</td><td>due</td></tr></table>", ["uno", "due"]),
        ("<p>testo<sup><a href='#1'>1</a></sup> e 5<sup>2</sup>, 1<sup>o</sup></p>", ["testo e 5², 1º"]),
        ("<p hidden>no</p><p style='DISPLAY : none'>no</p><p>sì</p>", ["sì"]),
        ("<p>sì &egrave;&nbsp;così&#xD800;</p>", ["sì è così"]),
        ("<?xml version='1.0' encoding='utf-8'?><html xmlns='http://www.w3.org/1999/xhtml'><p>sì</p></html>", ["sì"]),
        ("<!-- no --><script>no</script><style>no</style><p>sì</p><noscript>no</noscript>", ["sì"]),
        ("<img width='²' height='1%'><p>sì</p>", ["sì"]),
        ("", []),
        ("<!-- solo un commento -->", []),
    ],
)
def test_blocks_are_paragraphs(markup: str, texts: list[str]) -> None:
    """Blocks and empty lines divide, single breaks and tags within a line do not, what is hidden is not there."""
    assert [piece.text for piece in pieces_of(markup)] == texts


def test_ranks_and_levels_are_told() -> None:
    """Headings, quotes, items and standfirsts are known, and whether a heading is a link or stands under a line."""
    found = pieces_of(
        "<h2><a href='x'>titolo</a></h2><p class='sottotitolo'>sommario</p><hr><h3>altro</h3>"
        "<blockquote><p>detto</p></blockquote><ul><li>voce</li></ul>"
    )
    assert [(p.level, p.rank) for p in found] == [
        (2, Rank.PARAGRAPH),
        (0, Rank.STANDFIRST),
        (3, Rank.PARAGRAPH),
        (0, Rank.QUOTE),
        (0, Rank.ITEM),
    ]
    assert [p.linked for p in found] == [True, False, False, False, False]
    assert [p.ruled for p in found] == [False, False, True, False, False]


@pytest.mark.parametrize(
    ("markup", "levels"),
    [
        (
            "<p><strong>Che cosa cambia</strong></p><p>Da gennaio i banchi saranno duecento, venti in più di oggi.</p>",
            [7, 0],
        ),
        (
            "<p><span style='font-weight: 700'>Che cosa cambia</span></p><p>Da gennaio i banchi saranno di più.</p>",
            [7, 0],
        ),
        ("<p><strong>Il Comune ha deciso ieri.</strong></p><p>Da gennaio i banchi saranno duecento.</p>", [0, 0]),
        ("<p><strong>Che cosa</strong> cambia</p><p>Da gennaio i banchi saranno duecento, venti in più.</p>", [0, 0]),
        ("<p>Da gennaio i banchi saranno duecento.</p><p><b>Mario Rossi</b></p>", [0, 0]),
    ],
)
def test_bold_line_heads(markup: str, levels: list[int]) -> None:
    """A short line, all bold and unstopped, over a longer text is a heading; a bold sentence or signature is not."""
    assert [piece.level for piece in pieces_of(markup)] == levels


def test_what_stands_beside_is_marked() -> None:
    """Captions, notes and navigation are kept with the reason why they are not read."""
    found = pieces_of(
        "<figure><figcaption>foto</figcaption></figure><aside role='doc-footnote'>nota</aside><nav>su</nav>"
    )
    assert [(p.text, p.why_dropped) for p in found] == [("foto", "a caption"), ("nota", "a note"), ("su", "navigation")]


def test_depth_is_survived() -> None:
    """Ten thousand nested blocks break nothing."""
    assert [piece.text for piece in pieces_of("<div>" * 10_000 + "giù")] in ([], ["giù"])


@given(st.text(max_size=300))
def test_any_markup_gives_clean_lines(markup: str) -> None:
    """Whatever the markup, its paragraphs are lines without blanks around them."""
    assert all(piece.text == " ".join(piece.text.split()) and piece.text for piece in pieces_of(markup))
    assert "\n" not in plain(markup)
