"""Ranked paragraphs become articles; where nothing is ranked, the signs on the lines decide."""

import pytest

from audio.errors import SourceError
from audio.model import Role
from audio.readers.document import Paragraph, Rank, to_articles

TEXT = "Il ponte sul fiume riapre oggi dopo due anni di lavori."
LONG = f"{TEXT} Il sindaco ha tagliato il nastro alle dieci, davanti a trecento persone e alla banda."


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
            *make((Rank.TITLE, "Riapre il ponte"), (Rank.PARAGRAPH, TEXT), (Rank.PARAGRAPH, "Leggi anche: altro")),
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


def test_a_label_goes_with_the_title_below_it() -> None:
    """What stands between two stories, a section's name, belongs to the second; a name signs the first."""
    first, second = to_articles(
        make(
            (Rank.TITLE, "Riapre il ponte sul fiume"),
            (Rank.PARAGRAPH, TEXT),
            (Rank.PARAGRAPH, "Ada Neri"),
            (Rank.PARAGRAPH, "ECONOMIA"),
            (Rank.TITLE, "Chiude la vetreria"),
            (Rank.PARAGRAPH, "Dopo sessant'anni la vetreria spegne il forno."),
        ),
        "x",
    )
    assert (first.byline, second.kicker, second.headline) == ("Ada Neri", "ECONOMIA", "Chiude la vetreria")


def test_the_name_of_a_paper_is_no_title() -> None:
    """A title with not a word of the story gives way to a heading with two of them."""
    (article,) = to_articles(
        make((Rank.TITLE, "IL TORNIO"), (Rank.HEADING, "Riapre il ponte sul fiume"), (Rank.PARAGRAPH, LONG)), "x"
    )
    assert article.headline == "Riapre il ponte sul fiume"


def test_an_agencys_takes_are_stories_of_their_own() -> None:
    """A heading over an agency's dateline begins a story where no title is ranked."""
    takes = [
        (Rank.HEADING, "PONTE: RIAPRE DOPO DUE ANNI"),
        (Rank.PARAGRAPH, f"(AGI) - Pavia, 6 nov. - {LONG}"),
        (Rank.HEADING, "NEVE: CHIUSO IL PASSO"),
        (Rank.PARAGRAPH, f"(AGI) - Sondrio, 6 nov. - {LONG}"),
    ]
    assert [one.dateline for one in to_articles(make(*takes), "x")] == ["Pavia, 6 novembre", "Sondrio, 6 novembre"]


@pytest.mark.parametrize(("rank", "headings"), [(Rank.BOLD_LINE, 0), (Rank.HEADING, 2)])
def test_bold_questions_of_an_interview_are_text(rank: Rank, headings: int) -> None:
    """Questions in bold are said as the interviewer's; what a document marks as headings stays so."""
    (article,) = to_articles(
        make(
            (Rank.TITLE, "«Il ponte l'ho disegnato io»"),
            (Rank.PARAGRAPH, LONG),
            (rank, "Ingegnere, lei da dove ha cominciato?"),
            (Rank.PARAGRAPH, "Io ho cominciato dal fiume, perché è lui che decide."),
            (rank, "E quanto le è costato?"),
            (Rank.PARAGRAPH, "Mi è costato due anni di sonno, e non me ne pento."),
        ),
        "x",
    )
    assert sum(section.heading is not None for section in article.sections) == headings
