"""What stands around an article is told by its company, and no sentence of the article goes with it."""

from audio.readers.furniture.company import Line
from audio.readers.furniture.surroundings import reasons_to_drop

FIRST = Line("Il ponte sul fiume riapre oggi dopo due anni di lavori.")
SECOND = Line("Il sindaco ha tagliato il nastro davanti a trecento persone.")
THIRD = Line("I lavori sono costati quattro milioni di euro.")


def kept(*lines: Line, byline: str | None = None) -> list[str]:
    """Return the texts that stay."""
    return [line.text for line, why in zip(lines, reasons_to_drop(lines, byline), strict=True) if why is None]


def test_links_under_a_label_go_and_the_text_goes_on() -> None:
    """Titles of other pages under their label are dropped; the next sentence is text."""
    label, link = Line("Leggi anche:"), Line("La mappa dei cantieri")
    assert kept(FIRST, label, link, SECOND, THIRD) == [FIRST.text, SECOND.text, THIRD.text]


def test_a_box_ends_where_the_column_goes_on() -> None:
    """What stands in a box of its own goes with its title; what follows in the text's column stays."""
    box = object()
    title = Line("La newsletter di Milano", heading=True, box=box)
    offer = Line("Ogni mattina le notizie che contano.", box=box)
    assert kept(FIRST, title, offer, SECOND, THIRD) == [FIRST.text, SECOND.text, THIRD.text]


def test_a_heading_that_is_a_link_takes_no_sentence() -> None:
    """A bold "Leggi anche: …" among paragraphs is dropped alone."""
    line = Line("Leggi anche: La mappa", heading=True)
    assert kept(FIRST, line, SECOND, THIRD) == [FIRST.text, SECOND.text, THIRD.text]


def test_goods_and_data_in_a_box_go() -> None:
    """A box that holds several bare lines and no sentence is no text; one with items is a list and stays."""
    box, other = object(), object()
    goods = [Line("Cuscino da viaggio, 24,90 euro", box=box), Line("Mascherina in seta, 15 euro", box=box)]
    items = [Line("nuovi mercati per il vino", item=True, box=other), Line("credito agevolato", item=True, box=other)]
    assert kept(FIRST, *goods, *items, SECOND) == [FIRST.text, items[0].text, items[1].text, SECOND.text]


def test_bare_lines_below_the_last_sentence_go() -> None:
    """A text in sentences ends with one: labels below it are dropped, a name or an interrupted sentence is not."""
    assert kept(FIRST, SECOND, THIRD, Line("Segui i temi")) == [FIRST.text, SECOND.text, THIRD.text]
    assert kept(FIRST, SECOND, THIRD, Line("Anna Neri"))[-1] == "Anna Neri"
    cut = "La giunta ha detto che il nuovo ponte sulla provinciale"
    assert kept(FIRST, SECOND, THIRD, Line(cut))[-1] == cut


def test_what_follows_the_notice_of_rights_goes() -> None:
    """The notice of rights ends an article that was told; near its top it ends nothing."""
    rights, more = Line("© Riproduzione riservata"), Line("Una seconda notizia, di un altro giorno.")
    assert kept(FIRST, SECOND, THIRD, rights, more) == [FIRST.text, SECOND.text, THIRD.text]
    assert kept(FIRST, rights, SECOND, THIRD) == [FIRST.text, SECOND.text, THIRD.text]


def test_contacts_and_whose_letter_it_was_go() -> None:
    """Contacts at the end are dropped with all below them, and so is the office that signs."""
    contacts = [Line("Per informazioni:"), Line("Museo civico"), Line("tel. 0425 000000")]
    assert kept(FIRST, SECOND, *contacts) == [FIRST.text, SECOND.text]
    assert kept(FIRST, SECOND, Line("Il Sindaco"), Line("Livia Marconi")) == [FIRST.text, SECOND.text]


def test_the_authors_life_goes() -> None:
    """A last line that begins with who wrote and tells of a life is no part of the article."""
    life = Line("Ciro De Falco, giornalista dal 2009. Si occupa di nera.")
    assert kept(FIRST, SECOND, life, byline="Ciro De Falco") == [FIRST.text, SECOND.text]
    assert kept(FIRST, SECOND, life) == [FIRST.text, SECOND.text, life.text]


def test_a_heading_that_asks_who_somebody_is_heads_text() -> None:
    """A heading that asks who somebody is opens a box beside the text, and in the column a part of the text."""
    box = object()
    title, life = "Chi è la nuova prefetta", "Nata a Prato, ha guidato l'ufficio di Siena."
    assert life in kept(FIRST, Line(title, heading=True), Line(life), SECOND)
    assert life not in kept(FIRST, Line(title, heading=True, box=box), Line(life, box=box), SECOND)


def test_prose_under_a_heading_of_data_stays() -> None:
    """Rows under "La classifica" are dropped, and a paragraph about it is read."""
    title, row = Line("La classifica", heading=True), Line("Napoli 31; Inter 30; Roma 27.")
    prose = "Il Napoli resta in testa con un punto sull'Inter, che domenica ospita la Roma."
    assert kept(FIRST, title, row) == [FIRST.text]
    assert prose in kept(FIRST, title, Line(prose), SECOND)


def test_a_heading_of_which_nothing_stays_goes() -> None:
    """A heading goes with all that stood under it; one over another heading stays."""
    lines = [FIRST, Line("Il video", heading=True), Line("Guarda anche: il video"), SECOND]
    assert "Il video" in kept(*lines)
    assert "Il video" not in kept(*lines[:3], Line("I numeri", heading=True), SECOND)
    assert "Il voto" in kept(FIRST, Line("Il voto", heading=True), Line("A Roma", heading=True), SECOND)


def test_what_a_company_says_of_itself_goes_with_its_contacts() -> None:
    """The company's name as a heading and its life under it, above the contacts of a release, are dropped."""
    title, head = Line("Cartiere Valdi apre un impianto a Casale"), Line("Cartiere Valdi", heading=True)
    life = Line("Fondata nel 1911, Cartiere Valdi ha 900 dipendenti in 14 Paesi.")
    contacts = (Line("Contatti per la stampa", heading=True), Line("Sara Lotti – s.lotti@parole.example"))
    assert kept(title, FIRST, SECOND, head, life, *contacts) == [title.text, FIRST.text, SECOND.text]


def test_a_company_at_the_end_of_a_story_stays() -> None:
    """The same paragraph is text where no contacts follow."""
    head = Line("Cartiere Valdi", heading=True)
    life = Line("Fondata nel 1911, Cartiere Valdi ha 900 dipendenti in 14 Paesi.")
    assert life.text in kept(Line("Cartiere Valdi apre a Casale"), FIRST, SECOND, head, life)
