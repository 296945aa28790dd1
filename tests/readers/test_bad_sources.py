"""What is no article is refused in one line with exit code 66."""

import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from source_builders import epub

from audio.errors import SourceError
from audio.model import Article
from audio.readers import markdown, read, text
from audio.readers.decode import decode
from audio.readers.markdown.outline import plain

BAD = {
    "empty": b"",
    "blank": b" \n\n\t\n",
    "punctuation": "… — !!! ***\n".encode(),
    "binary": bytes(range(256)) * 40,
    "picture": b"\x89PNG\r\n\x1a\n" + bytes(500),
    "one_long_line": b"parola " * 300_000,
    "english": b"The minister said that the law would have been approved by the house and not by the lords of it.",
    "german": b"Der Minister hat gesagt, dass das Gesetz von dem Haus und nicht von den Herren ist.",
    "cyrillic": "Министр сообщил о принятии закона в первом чтении сегодня утром".encode(),
    "endless_word": b"Il ponte " + b"9" * 2001 + b" riapre oggi\n",
    "too_large": b"x" * 50_000_001,
}


@pytest.mark.parametrize("raw", BAD.values(), ids=list(BAD))
def test_bad_source_is_refused_by_name(tmp_path: Path, raw: bytes) -> None:
    """A source that is no Italian article raises SourceError, one line that names it."""
    source = tmp_path / "articolo.txt"
    source.write_bytes(raw)
    with pytest.raises(SourceError) as caught:
        read(str(source))
    assert str(source) in caught.value.message
    assert "\n" not in caught.value.message
    assert caught.value.exit_code == 66


def test_missing_directory_and_device_are_refused(tmp_path: Path) -> None:
    """A name with no file, a folder and a device are told apart in words."""
    for source, words in ((tmp_path / "no.txt", "no such file"), (tmp_path, "directory")):
        with pytest.raises(SourceError, match=words):
            read(str(source))
    if os.name == "posix":
        with pytest.raises(SourceError, match="not a regular file"):
            read("/dev/zero")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_named_pipe_does_not_hang(tmp_path: Path) -> None:
    """A named pipe nobody writes to is refused at once."""
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    with pytest.raises(SourceError, match="not a regular file"):
        read(str(pipe))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_every_usual_encoding_is_read(encoding: str) -> None:
    """Text comes out the same whichever encoding an Italian program wrote it in."""
    written = "Perché l’età è così: è già finita la città, e però la libertà no.\n"
    assert decode(written.encode(encoding), "prova") == written


def test_mojibake_is_repaired() -> None:
    """UTF-8 that was once read as Windows-1252 is mended, and clean lines beside it are left alone."""
    wrong = "Perché la città è così".encode().decode("cp1252", "replace")
    assert decode(f"{wrong}\nÃ è una lettera portoghese".encode(), "prova").startswith("Perché la città è così\nÃ è")


def test_invisible_and_control_characters_are_gone() -> None:
    """Soft hyphens, zero-width, bidirectional and terminal characters never leave the reader."""
    text_out = decode(
        "pro\u00advvedi\u200bmento \u202eciao\u202c \x1b[31mrosso\x07 fine".encode() + b" " * 500, "prova"
    )
    assert not re.search("[\x00-\x09\x0b-\x1f\u00ad\u200b\u202c\u202e]", text_out)


# Lines of letters, digits, bullets and punctuation: what a page is made of.
PAGES = st.text(st.characters(categories=("L", "N", "P", "Zs"), include_characters="\n"), max_size=400)


@given(PAGES)
def test_no_text_breaks_a_reader_and_no_letter_is_lost(raw: str) -> None:
    """Any page becomes an article, and every letter of plain text is in one of its parts or said to be dropped."""
    clean = decode(raw.encode(), "prova") if "\0" not in raw else ""
    assert isinstance(markdown.read(clean, "x"), Article)
    article = text.read(clean, "x")
    parts = [article.kicker, article.headline, article.standfirst, article.byline, article.dateline]
    parts += [piece.text for piece in article.dropped]
    parts += [s.heading for s in article.sections] + [b.text for s in article.sections for b in s.blocks]
    said = "".join(part or "" for part in parts)
    assert sorted(filter(str.isalpha, said.lower())) == sorted(filter(str.isalpha, clean.lower()))


BLOCKS = st.sampled_from(
    [
        "# Titolo della pagina",
        "## Una sezione",
        "**Una riga in grassetto**",
        "*Che cosa riassume il pezzo, in corsivo.*",
        "![veduta](veduta.jpg)",
        "La piazza dall'alto",
        "La piazza dall'alto (Foto Rossi)",
        "di Ada Neri",
        "Ugo Moro",
        "> Una citazione che sta da sola.",
        "- una voce dell'elenco",
        "Nota: [[Indice]]",
        "Il consiglio ha votato il bilancio con dodici voti.",
        "La seduta riprende domani alle nove.",
    ]
)


@given(st.lists(BLOCKS, min_size=1, max_size=9))
def test_no_line_of_markdown_is_lost(blocks: list[str]) -> None:
    """However blocks follow each other, a line of Markdown is said as often as it is written, or told as dropped."""
    article = markdown.read("\n\n".join(blocks), "x")
    parts = [article.kicker, article.headline, article.standfirst, article.byline]
    parts += [piece.text for piece in article.dropped]
    parts += [s.heading for s in article.sections] + [b.text for s in article.sections for b in s.blocks]
    said = "".join(filter(str.isalpha, "".join(part or "" for part in parts).lower()))
    for block in filter(plain, blocks):
        line = "".join(filter(str.isalpha, plain(block.lstrip("#>- ")).lower())).removeprefix("di")
        assert said.count(line) >= blocks.count(block), block


@pytest.mark.parametrize("source", ["ftp://esempio.it/a.txt", "file:///etc/hostname", "gopher://esempio.it/"])
def test_other_schemes_are_no_files(source: str) -> None:
    """An address that is not of the web is told so, not looked for as a file."""
    with pytest.raises(SourceError, match="no address on the web"):
        read(source)


def test_one_foreign_chapter_does_not_lose_the_book(tmp_path: Path) -> None:
    """A source that holds several articles loses only the one that is not Italian, and says so."""
    italian = "<p>Il ponte sul fiume riapre oggi dopo due anni di lavori, con una corsia per le biciclette.</p>"
    english = f"<p>{BAD['english'].decode()}</p>"
    book = tmp_path / "rivista.epub"
    chapters = [("a.xhtml", "Uno", italian), ("b.xhtml", "Two", english)]
    book.write_bytes(epub({"chapters": [{"file": file, "nav": nav, "html": html} for file, nav, html in chapters]}))
    lost: list[tuple[str, str]] = []
    (article,) = read(str(book), on_lost=lambda source, reason: lost.append((source, reason)))
    assert article.headline == "Uno"
    assert lost[0][0] == str(book)
    assert "not Italian" in lost[0][1]
