"""Properties that a note-taking program exports above a text are told from text with a colon."""

from audio.readers.markdown.properties import take_properties

TEXT = "Il ponte di Casale riapre domani dopo due anni."


def test_properties_go_and_the_author_is_known() -> None:
    """The exported properties are taken off the text, and the author among them is who wrote."""
    body = f"# Il ponte\n\nStato: Pubblicato\nAutore: [[Elvira Castagna]]\nData: 14 maggio\n\n{TEXT}"
    author, dropped, text = take_properties(body)
    assert author == "Elvira Castagna"
    assert dropped == ["Stato: Pubblicato", "Autore: Elvira Castagna", "Data: 14 maggio"]
    assert text.split() == ["#", "Il", "ponte", *TEXT.split()]


def test_properties_in_a_list_under_a_heading_go() -> None:
    """A list of properties goes with the headings of the exporting program."""
    body = f"# Il ponte\n\n## Metadata\n- Author: Ugo Re\n- URL: https://p.example\n\n## Full Document\n\n{TEXT}"
    author, _, text = take_properties(body)
    assert author == "Ugo Re"
    assert "Full Document" not in text
    assert TEXT in text


def test_text_with_colons_stays() -> None:
    """A line with a colon alone, and lines whose labels no program writes, are text."""
    for body in (f"Data: il 3 maggio cambia tutto.\n\n{TEXT}", f"Ada: resto qui.\nUgo: anch'io.\n\n{TEXT}"):
        assert take_properties(body) == (None, [], body)
