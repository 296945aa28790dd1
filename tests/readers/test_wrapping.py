"""Wrapped lines are joined to the paragraphs that they were."""

from audio.readers.wrapping import paragraphs

TAKE = [
    "ENNA (ITALPRESS) - Quaranta chilometri da solo, con la pioggia in faccia.",
    "Andrea Mannocci ha vinto cosi' la terza tappa del Giro di Sicilia, da",
    "Termini Imerese a Enna.",
    "\"Sono partito perche' avevo freddo\", ha detto il toscano all'arrivo.",
    "Secondo a 1'12\" il belga Wouters, nuovo capo classifica.",
    "Domani la tappa piu' lunga, 204 chilometri fino a Giarre.",
]


def test_a_take_without_blank_lines_falls_into_its_paragraphs() -> None:
    """A line with a stop and room for the next word ends its paragraph where a machine wrapped the text."""
    assert [text.split()[0] for text in paragraphs(TAKE)] == ["ENNA", '"Sono', "Domani"]


def test_one_line_a_paragraph_stays_so() -> None:
    """Lines of unlike length that all end in a stop are paragraphs, one each."""
    lines = ["Il ponte riapre.", "Il Comune ha speso tre milioni di euro per rifare le arcate e la strada.", "Basta."]
    assert paragraphs(lines) == lines


def test_a_contact_stands_alone() -> None:
    """An address at the foot of a wrapped release is joined to no sentence."""
    foot = "tel. 0437 959111 - www.provincia.example"
    assert paragraphs([*TAKE, "", "Provincia di Belluno, via Sant'Andrea 5", foot])[-1] == foot


def test_a_word_cut_at_a_lines_end_is_whole_again() -> None:
    """A hyphen at the end of a line of a column goes where the word goes on in small letters."""
    lines = ["In cortile, dove c'erano i motorini, raz-", "zolano trentadue galline del liceo Righi,"] * 3
    assert "razzolano" in paragraphs(lines)[0]


def test_an_indent_of_the_whole_text_opens_no_paragraph() -> None:
    """An agency may set its whole text in; what most lines have is no sign."""
    assert paragraphs([f"      {line}" for line in TAKE]) == paragraphs(TAKE)
