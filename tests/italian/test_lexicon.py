"""The user's own words."""

import datetime as dt
from pathlib import Path

import pytest

from audio import script
from audio.config import Config
from audio.errors import SettingsError
from audio.italian import Lexicon, explain, spoken
from audio.model import Article, Block, Role, Section, Span

ROWS = """# parole
Bce	Banca centrale
F-35	effe trentacinque bi	ˈɛffe
Xi Jinping	Sci Cinpìng	ʃi	espeak:ʃi dʒinˈpiŋ
"""


@pytest.fixture
def lexicon(tmp_path: Path) -> Lexicon:
    path = tmp_path / "lessico.tsv"
    path.write_text(ROWS, encoding="utf-8")
    return Lexicon.load(path)


def test_lexicon_wins(lexicon: Lexicon) -> None:
    """The user's row wins over every rule, whole words only, and its line is named in the explanation."""
    assert spoken("la Bce e gli F-35", lexicon) == "la Banca centrale e gli effe trentacinque bi"
    assert spoken("le Bcesi", lexicon) == "le Bcesi"
    assert [(r.rule, r.row) for r in explain("la Bce", lexicon)] == [("lexicon", "lessico.tsv:2")]
    assert [(r.rule, r.row) for r in explain("la  città")] == [("marks", "")]  # no row of any table


def test_sounds_reach_the_engine_they_are_for(lexicon: Lexicon) -> None:
    """The IPA of a row divides the text of a segment for the engine it names, or for all where it names none."""
    text = "«Xi Jinping», dice la Bce, compra 3 F-35."
    article = Article(None, (Section(None, (Block(Role.PARAGRAPH, text),)),))
    written = script.write([article], Config(), voice="it", date=dt.date(2025, 11, 6), lexicon=lexicon)
    (segment,) = (s for s in written.segments if s.role is Role.PARAGRAPH)
    assert segment.spoken == "Sci Cinpìng, dice la Banca centrale, compra tre effe trentacinque bi."
    middle = Span(", dice la Banca centrale, compra tre ")
    jet = (middle, Span("effe trentacinque bi", "ˈɛffe"), Span("."))
    assert segment.spans_for("espeak") == (Span("Sci Cinpìng", "ʃi dʒinˈpiŋ"), *jet)
    assert segment.spans_for("piper") == (Span("Sci Cinpìng", "ʃi"), *jet)


@pytest.mark.parametrize("text", ["A Limoges si vota.", "SI VOTA A LIMOGES, CAOS AI SEGGI"])
def test_sounds_of_known_names_reach_engines(text: str) -> None:
    """A name whose sound no letters write is given to the engines in IPA, with no lexicon, also in capitals."""
    article = Article(None, (Section(None, (Block(Role.PARAGRAPH, text),)),))
    written = script.write([article], Config(), voice="it", date=dt.date(2025, 11, 6))
    (segment,) = (s for s in written.segments if s.role is Role.PARAGRAPH)
    assert Span("Limòsh", "liˈmɔʒ") in segment.spans_for("piper")
    assert Span("Limòsh", "liˈmɔʒ") in segment.spans_for("espeak")


def test_bad_rows_are_told_at_once(tmp_path: Path) -> None:
    """Every bad line is named with its number and its column, and a missing file is named."""
    path = tmp_path / "lessico.tsv"
    path.write_text("Bce\nok\tochèi\nG7\tgi 7\n\tvuoto\nMacron\tMacròn\tˈma7kron\n", encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        Lexicon.load(path)
    assert [line.split(":")[1:3] for line in str(told.value).splitlines()] == [
        ["1", "2"],
        ["3", "2"],
        ["4", "1"],
        ["5", "3"],
    ]
    with pytest.raises(SettingsError):
        Lexicon.load(tmp_path / "none.tsv")
