"""The user's own words."""

from pathlib import Path

import pytest

from audio.errors import SettingsError
from audio.italian import Lexicon, explain, spoken


def test_lexicon_wins(tmp_path: Path) -> None:
    """The user's row wins over every rule, whole words only, and is named in the explanation."""
    path = tmp_path / "lessico.tsv"
    path.write_text("# parole\nBce\tBanca centrale\nF-35\teffe trentacinque bi\tˈɛffe\n", encoding="utf-8")
    lexicon = Lexicon.load(path)
    assert spoken("la Bce e gli F-35", lexicon) == "la Banca centrale e gli effe trentacinque bi"
    assert spoken("le Bcesi", lexicon) == "le Bcesi"
    assert [r.rule for r in explain("la Bce", lexicon)] == ["lexicon"]


def test_bad_rows_are_told_at_once(tmp_path: Path) -> None:
    """Every bad line is named with its number, and a missing file is named."""
    path = tmp_path / "lessico.tsv"
    path.write_text("Bce\nok\tochèi\nG7\tgi 7\n", encoding="utf-8")
    with pytest.raises(SettingsError) as told:
        Lexicon.load(path)
    assert [line.split(":")[1] for line in str(told.value).splitlines()] == ["1", "3"]
    with pytest.raises(SettingsError):
        Lexicon.load(tmp_path / "none.tsv")
