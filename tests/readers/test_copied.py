"""A page that was selected and copied whole: its story is read, what stood around it is told as dropped."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.model import Article
from audio.readers import text
from audio.readers.cohesion import headline_among, stems_of
from audio.readers.text.copied import take_article

TITLE = "Ponte di ferro, riapre la corsia per le biciclette"
SUMMARY = "Dopo due anni di lavori il ponte torna ai ciclisti, con un parapetto nuovo e le luci"
STORY = (
    "Il ponte di ferro sul Sesia riapre oggi alle biciclette dopo due anni di lavori, con una corsia larga tre metri.",
    "«Ci è costato quattro milioni, e un inverno di code», ha detto il sindaco tagliando il nastro con i ciclisti.",
    "I parapetti sono stati rifatti in acciaio, e le luci si accendono al passaggio di chi pedala.",
)
MENU = ("Home", "Cronaca", "Sport", "Cultura e Spettacoli", "Meteo", "Necrologie", "Edicola digitale", "Accedi")
HEAD = ("di Ada Neri", "18 novembre 2025 alle 06:00", "3 minuti di lettura", "Condividi", "Il ponte (foto Riva)")
BOXES = (
    ("Leggi anche", "Vercelli, la tangenziale chiude per una notte"),
    ("PUBBLICITÀ", "Continua a leggere sotto la pubblicità"),
    ("Newsletter", "Ogni sabato il perché delle cose di cui si è parlato durante la settimana.", "Iscriviti"),
    ("Video del giorno", "Il gatto che prende il tram numero 2"),
)
FOOT = (
    ("Argomenti", "ponti", "biciclette"),
    ("I più letti", "1", "Schianto sulla provinciale, grave un motociclista", "2", "Neve in arrivo giovedì"),
    ("Commenti (2)", "gigi57", "Era ora, ma quanto è costato a noi che paghiamo le tasse in questo comune da anni?"),
    ("Vercelli Oggi S.r.l. - P.IVA 00000000161", "Cookie policy | Privacy"),
)


def page(boxes: list[tuple[str, ...]], foot: list[tuple[str, ...]], *, blanks: bool = True) -> str:
    """Return a page as an editor shows it: menu, head, the story with boxes between its paragraphs, foot."""
    story = [block for n, paragraph in enumerate(STORY) for block in ((paragraph,), *boxes[n : n + 1])]
    blocks = [MENU, (TITLE, SUMMARY, *HEAD), *story, *foot]
    return ("\n\n" if blanks else "\n").join("\n".join(block) for block in blocks)


@given(st.lists(st.sampled_from(BOXES), max_size=3), st.permutations(FOOT))
def test_the_story_is_read_and_nothing_else(boxes: list[tuple[str, ...]], foot: list[tuple[str, ...]]) -> None:
    """Whatever boxes stand within and below a story, its head and paragraphs are said, and no other line."""
    assert_story(text.read(page(boxes, foot), "x"))


@given(st.lists(st.sampled_from(BOXES[:2]), max_size=3), st.permutations(FOOT))
def test_a_page_without_blank_lines_is_read(boxes: list[tuple[str, ...]], foot: list[tuple[str, ...]]) -> None:
    """Where nothing parts the boxes, a title under a label of links is still no heading of the story."""
    assert_story(text.read(page(boxes, foot, blanks=False), "x"))


def assert_story(article: Article) -> None:
    """Compare an article with the story on the page."""
    assert (article.headline, article.standfirst, article.byline) == (TITLE, SUMMARY, "di Ada Neri")
    assert [block.text for section in article.sections for block in section.blocks] == list(STORY)
    assert [section.heading for section in article.sections] == [None]


@given(st.lists(st.sampled_from(BOXES), max_size=3), st.permutations(FOOT), st.booleans())
def test_every_line_is_said_or_told(boxes: list[tuple[str, ...]], foot: list[tuple[str, ...]], blanks: bool) -> None:
    """A line of a copied page is in the article, or among what was dropped with a reason."""
    written = page(boxes, foot, blanks=blanks)
    kept, dropped = take_article(written.split("\n"), frozenset())
    found = sorted([line for line in kept if line] + [piece.text for piece in dropped])
    assert found == sorted(filter(None, written.split("\n")))
    assert all(piece.reason for piece in dropped)


@pytest.mark.parametrize("heading", ["Le luci", "LE LUCI", "Chi paga i lavori"])
def test_a_heading_over_its_paragraph_stays(heading: str) -> None:
    """A heading in a block with its paragraph, or alone above it, is a heading; a title under a label is none."""
    for between in ("\n", "\n\n"):
        story = f"{STORY[0]}\n\n{heading}{between}{STORY[1]}\n\nLeggi anche\nUn titolo altrui\n\n{STORY[2]}"
        article = text.read(page([], []).replace("\n\n".join(STORY), story) + "\nMenu\nCerca\nCookie policy", "x")
        assert [section.heading for section in article.sections] == [None, heading]


def test_who_signs_below_the_story_is_its_byline() -> None:
    """A name under the last paragraph of a page that names nobody above is who wrote."""
    written = page([], list(FOOT)).replace("di Ada Neri\n", "").replace(STORY[2], f"{STORY[2]}\n\ndi Ugo Moro")
    assert text.read(written, "x").byline == "di Ugo Moro"


def test_a_wrapped_newsletter_is_no_page() -> None:
    """Lines that end at a column are joined, not taken for a page's boxes."""
    lines = [
        "Leggi nel browser",
        "Cookie policy",
        "Condividi",
        "",
        "Il ponte di ferro sul Sesia riapre oggi alle",
        "biciclette.",
    ]
    assert take_article(lines, frozenset()) == (lines, [])


def test_a_headline_shares_its_words_with_the_story() -> None:
    """Of several lines the first that speaks of the story is its headline, though what is below speaks of it more."""
    lines = ["Sagra del riso, il programma", "Il giornale della Bassa", TITLE, SUMMARY]
    assert headline_among(lines, stems_of(" ".join(STORY))) == lines.index(TITLE)
    assert headline_among(lines[:2], stems_of(" ".join(STORY))) is None
