"""Ranked paragraphs become articles; where nothing is ranked, the signs on the lines decide."""

import pytest

from audio.errors import SourceError
from audio.model import Role
from audio.readers.document import Paragraph, Rank, to_articles

TEXT = "Il ponte sul fiume riapre oggi dopo due anni di lavori."


def make(*paragraphs: tuple[Rank, str]) -> list[Paragraph]:
    return [Paragraph(rank, text) for rank, text in paragraphs]


def test_each_title_begins_an_article() -> None:
    """What stands above the first title belongs to it; each further title begins anew."""
    articles = to_articles(
        make(
            (Rank.PARAGRAPH, "CRONACA"),
            (Rank.TITLE, "Primo"),
            (Rank.STANDFIRST, "Sommario del primo"),
            (Rank.PARAGRAPH, "di Anna Neri"),
            (Rank.PARAGRAPH, f"PAVIA – {TEXT}"),
            (Rank.TITLE, "Secondo"),
            (Rank.PARAGRAPH, TEXT),
        ),
        "x",
    )
    assert [article.headline for article in articles] == ["Primo", "Secondo"]
    first = articles[0]
    assert (first.kicker, first.standfirst, first.byline, first.dateline) == (
        "CRONACA",
        "Sommario del primo",
        "di Anna Neri",
        "Pavia",
    )
    assert first.sections[0].blocks[0].role is Role.LEAD


def test_nothing_ranked_is_read_by_its_signs() -> None:
    """Without any rank a short first line is the headline, and items stay items."""
    (article,) = to_articles(
        make(
            (Rank.PARAGRAPH, "Riapre il ponte"),
            (Rank.PARAGRAPH, TEXT),
            (Rank.ITEM, "una voce"),
            (Rank.ITEM, "due voci"),
        ),
        "x",
    )
    assert article.headline == "Riapre il ponte"
    assert [block.role for block in article.sections[0].blocks] == [Role.LEAD, Role.ITEM, Role.ITEM]


def test_dropped_keeps_its_reason() -> None:
    """What a reader marked, and what is furniture in any article, is listed with its reason and not said."""
    (article,) = to_articles(
        [
            *make((Rank.TITLE, "Titolo"), (Rank.PARAGRAPH, TEXT), (Rank.PARAGRAPH, "Leggi anche: altro")),
            Paragraph(Rank.PARAGRAPH, "didascalia", "a caption"),
        ],
        "x",
    )
    assert [block.text for section in article.sections for block in section.blocks] == [TEXT]
    assert {(one.text, one.reason) for one in article.dropped} == {
        ("Leggi anche: altro", "a link to another page"),
        ("didascalia", "a caption"),
    }


def test_nothing_to_say_is_refused() -> None:
    """A document without a letter is refused by name."""
    with pytest.raises(SourceError, match="x: there is nothing in it to say"):
        to_articles(make((Rank.PARAGRAPH, "… 12 –")), "x")
