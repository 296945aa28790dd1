"""What a newspaper could print is read, however much it looks like what stands around an article."""

from pathlib import Path

import pytest

from audio.model import Article
from audio.readers import markdown, read, text
from audio.readers.furniture import is_formula
from audio.readers.html import article_of

CASES = Path(__file__).parent.parent / "cases" / "kept"
SENTENCES = (CASES / "sentences.txt").read_text(encoding="utf-8").splitlines()
HEADLINES = (CASES / "headlines.txt").read_text(encoding="utf-8").splitlines()
STORIES = sorted((CASES / "stories").glob("*.txt"))
PAGES = sorted((CASES / "pages").glob("*.txt"))
BEFORE = "La giunta ha approvato ieri il piano per i prossimi quattro anni, dopo una lunga discussione in aula."
AFTER = "I sindacati chiedono garanzie, e il confronto riprende martedì mattina nella sala del consiglio."


def said(article: Article) -> list[str]:
    """Return what of an article is spoken, in order."""
    head = [article.headline, article.standfirst, article.byline]
    body = [line for s in article.sections for line in (s.heading, *(block.text for block in s.blocks))]
    return [line for line in (*head, *body) if line]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_sentence_between_others_is_read(sentence: str) -> None:
    """A sentence of a story is said, in a text, in a page and in Markdown."""
    title = "Il piano della giunta passa dopo una notte di voto"
    assert sentence in said(text.read(f"{title}\n\n{BEFORE}\n\n{sentence}\n\n{AFTER}\n", "x"))
    assert sentence in said(markdown.read(f"# {title}\n\n{BEFORE}\n\n{sentence}\n\n{AFTER}\n", "x"))
    page = f"<article><h1>{title}</h1><p>{BEFORE}</p><p>{sentence}</p><p>{AFTER}</p></article>"
    assert sentence in said(article_of(page.encode(), "x"))


@pytest.mark.parametrize("headline", HEADLINES)
def test_a_headline_over_a_story_is_read(headline: str) -> None:
    """The first line over a story is its headline, whatever its words."""
    for gap in ("\n", "\n\n"):
        assert text.read(f"{headline}{gap}{BEFORE}{gap}{AFTER}\n", "x").headline == headline


@pytest.mark.parametrize("story", STORIES, ids=lambda path: path.stem)
def test_every_line_of_a_story_is_read(story: Path) -> None:
    """Of a text without furniture every line is said, its first as the headline; no line is taken for who wrote."""
    written = story.read_text(encoding="utf-8")
    article = text.read(written, "x")
    own = [
        line for line in written.split("\n") if not line.startswith(("Da:", "A:", "Oggetto:")) and not is_formula(line)
    ]
    assert_lines("\n".join(own), article)
    assert article.headline == next(filter(None, own))
    signed = any(line.startswith(("di ", "Autore: ")) for line in own)
    assert signed or article.byline is None, article.byline


@pytest.mark.parametrize("story", PAGES, ids=lambda path: path.stem)
def test_every_line_of_a_copied_story_is_read(story: Path) -> None:
    """Of a story with a site's words around it every line is said."""
    written = story.read_text(encoding="utf-8")
    article = text.read(f"Home > Cronaca\nCondividi\n\n{written}\n\nLeggi anche: Quanto costa un ponte\n", "x")
    assert_lines(written, article)
    assert article.headline == written.split("\n")[0]


def assert_lines(written: str, article: Article) -> None:
    """Every line is in what is said, marks of items and breaks of wrapped lines aside."""
    voice = " ".join(said(article))
    for line in filter(None, written.replace("Pubblicità\n", "").split("\n")):
        words = line.removeprefix("- ").removeprefix("Titolo: ").removeprefix("Autore: ").removeprefix("di ")
        assert " ".join(words.split()) in voice, line


def test_steps_of_a_guide_are_read() -> None:
    """Numbered steps that ask the reader to do something are the text, and so is a section about documents."""
    steps = ("Accedi al portale con lo Spid.", "Clicca sulla voce «Prenota».", "Scarica il modulo e compilalo.")
    listed = "\n".join(f"{n}. {step}" for n, step in enumerate(steps, 1))
    papers = "Servono due fotografie uguali, la carta d'identità e la marca da bollo."
    written = f"# Come chiedere il passaporto\n\n{BEFORE}\n\n## Documenti\n\n{papers}\n\n## I passaggi\n\n{listed}\n"
    found = said(markdown.read(written, "x"))
    assert {*steps, papers, "Documenti", "I passaggi"} <= set(found)
    items = "".join(f"<li>{step}</li>" for step in steps)
    body = f"<p>{BEFORE}</p><h2>Documenti</h2><p>{papers}</p><h2>I passaggi</h2><ol>{items}</ol>"
    page = f"<article><h1>Come chiedere il passaporto</h1>{body}</article>"
    assert {*steps, papers, "Documenti", "I passaggi"} <= set(said(article_of(page.encode(), "x")))


def test_a_chronology_is_read() -> None:
    """Days with what happened on them are the story, as items and as headings."""
    days = ("14 agosto 2018 – Il ponte crolla alle 11.36.", "7 luglio 2022 – Comincia il processo di primo grado.")
    written = f"# Il Morandi, sette anni dopo\n\n{BEFORE}\n\n- {days[0]}\n- {days[1]}\n\n{AFTER}\n"
    assert {*days} <= set(said(markdown.read(written, "x")))
    diary = f"# Diario\n\n{BEFORE}\n\n## 12 ottobre 2025\n\n{AFTER}\n\n## 13 ottobre 2025\n\n{AFTER}\n"
    assert {"12 ottobre 2025", "13 ottobre 2025"} <= set(said(markdown.read(diary, "x")))


def test_a_heading_over_wrapped_lines_is_none_of_them() -> None:
    """The short first line of a block stays a heading where the lines below it are joined."""
    article = text.read((CASES / "stories" / "a-heading-over-wrapped-lines.txt").read_text(encoding="utf-8"), "x")
    assert [section.heading for section in article.sections] == [None, "Il conto dei danni"]


def test_a_title_like_furniture_is_said_or_told() -> None:
    """A first heading that looks like a button is no line to lose: it is the title, or is told as dropped above one."""
    first = "Iscriviti alla newsletter"
    assert first in said(markdown.read(f"# {first}\n\n{BEFORE}\n\n{AFTER}\n", "x"))
    article = markdown.read(f"# {first}\n\n## Il piano della giunta passa in aula\n\n{BEFORE}\n\n{AFTER}\n", "x")
    assert first in (*said(article), *(piece.text for piece in article.dropped))


def test_a_line_of_a_story_in_markdown_is_read() -> None:
    """Under a title a short line is no kicker, which is not said; the last of several names is nobody's signature."""
    shows = f"# Tre mostre\n\nPalazzo Reale\n\n{BEFORE}\n\nGallerie d'Italia\n\n{AFTER}\n"
    assert said(markdown.read(shows, "x")) == ["Tre mostre", "Palazzo Reale", BEFORE, "Gallerie d'Italia", AFTER]
    names = f"# Poesia e memoria\n\n{BEFORE}\n\nSul palco:\n\nLella Costa\n\nElio De Capitani\n"
    assert markdown.read(names, "x").byline is None


def test_prose_under_what_looks_like_contacts_is_read() -> None:
    """A telephone in mid-article, or a heading of useful things, takes no paragraph of the story with it."""
    parking = "Il parcheggio più comodo è quello di via Saragat, a dieci minuti dal centro."
    written = f"# La festa dell'uva\n\n{BEFORE}\n\nInfo: 0521 234567\n\n{AFTER}\n"
    assert said(markdown.read(written, "x")) == ["La festa dell'uva", BEFORE, AFTER]
    headed = f"{written}\n## Informazioni utili\n\n{parking}\n"
    assert said(markdown.read(headed, "x"))[-2:] == ["Informazioni utili", parking]


def test_short_lines_between_sentences_are_headings() -> None:
    """In a notice of one line a paragraph, without blank lines, a short line over each stays its heading."""
    article = text.read((CASES / "stories" / "a-notice-with-subheads.txt").read_text(encoding="utf-8"), "x")
    assert [section.heading for section in article.sections] == [None, "Gli orari", "I servizi", "Le iscrizioni"]


@pytest.mark.parametrize("sentence", SENTENCES)
def test_a_short_notice_is_italian(tmp_path: Path, sentence: str) -> None:
    """A notice of a sentence whose small words other languages share is still read."""
    notice = tmp_path / "notizia.txt"
    notice.write_text(f"Rapina con moto\n\n{sentence}\n", encoding="utf-8")
    assert "Rapina con moto" in said(read(str(notice))[0])


@pytest.mark.parametrize("site", sorted((CASES / "sites").glob("*.html")), ids=lambda path: path.stem)
def test_every_line_of_a_site_is_read(site: Path) -> None:
    """Of the text in a page every line is said, whatever its builder made of the markup."""
    voice = said(article_of(site.read_bytes(), "x"))
    lines = site.with_suffix(".txt").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line not in voice] == []


def test_a_letter_within_a_line_is_no_speaker() -> None:
    """Of an interview the letters that open a paragraph go, and no "D." in the middle of one."""
    asked = (
        "D. Che cosa ha detto alle squadre?\n\nR. Niente, mi sono seduta sul pallone.\n\nD. E poi?\n\nR. Ho ripreso.\n"
    )
    played = (
        "Ha diretto 213 partite tra Seconda categoria e Serie D. Il 22 settembre ne ha fermata una per sette minuti."
    )
    assert played in said(text.read(f"Fischio da quando avevo quindici anni\n\n{played}\n\n{asked}", "x"))


def test_the_mark_of_a_note_is_no_number() -> None:
    """Marks of notes go from what is said, also where the notes themselves were dropped before."""
    links = "[1] https://a.example\n[2] https://b.example\n"
    noted = f"{BEFORE[:-1]} [1]. Il viaggio è costato 74.000 euro [2].\n\n{AFTER}\n\n{links}"
    spoken = " ".join(said(text.read(f"Il piano della giunta passa\n\n{noted}", "x")))
    assert "74.000 euro. " in f"{spoken} "
    assert "[" not in spoken


def test_signs_that_markup_left_in_a_text_are_read_as_signs() -> None:
    """What markup writes for quotation marks, blanks and dashes is no word, in a text and in Markdown."""
    written = f"La giunta&nbsp;approva &#8211; e il sindaco dice &laquo;basta&raquo;: {BEFORE}"
    expected = f"La giunta approva – e il sindaco dice «basta»: {BEFORE}"
    for parse in (text.parse, markdown.parse):
        (article,) = parse(f"# Il piano passa\n\n{written}\n\n{AFTER}\n".encode(), "x")
        assert expected in said(article)


def test_markup_inside_markdown_is_read() -> None:
    """A body that a site exported as markup has its paragraphs, headings and items, and no line of it is lost."""
    items = "<ul><li>Il primo banco;</li><li>il secondo.</li></ul>"
    body = f"<p>{BEFORE}</p>\n<h3>La sede promessa</h3>\n<p>{AFTER}</p>\n{items}"
    article = markdown.read(f"# Il piano passa\n\n{body}\n", "x")
    assert said(article)[1:] == [BEFORE, "La sede promessa", AFTER, "Il primo banco;", "il secondo."]
    assert [section.heading for section in article.sections] == [None, "La sede promessa"]


def test_what_a_recipe_takes_is_read() -> None:
    """The lines under "Che cosa serve" are items, not the furniture of a site."""
    takes = ("2 chili di olive verdi", "200 grammi di sale grosso", "2 litri d'acqua", "un mazzetto di finocchio")
    article = text.read(
        f"Le olive in salamoia\n\n{BEFORE}\n\nChe cosa serve\n\n{chr(10).join(takes)}\n\n{AFTER}\n", "x"
    )
    assert {*takes, "Che cosa serve"} <= set(said(article))
