"""From YAML to Config."""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from audio.commented import commented_yaml
from audio.config import Config, _setting
from audio.errors import SettingsError
from audio.settings import _Reader, load, parse


def test_empty_file_is_all_defaults() -> None:
    """Every key is optional: an empty file means the defaults."""
    assert parse("") == parse("# only a comment\n") == Config()


def test_written_file_holds_every_key_at_its_default() -> None:
    """What `init` writes reads back as the defaults, so its comments lie nowhere."""
    assert parse(commented_yaml()) == Config()


def test_values_reach_their_fields() -> None:
    """Numbers, lists, mappings, switches and paths arrive typed."""
    config = parse(
        "engines: [espeak]\nvoices: {espeak: it+Annie}\npauses: {headline_seconds: 2}\n"
        "announcements: {opening: no}\nsound: {bitrate_kbps: 128}\nshow: {title: 'Mattino'}\nlexicon: lessico.tsv\n",
        folder=Path("/dati"),
    )
    assert config.engines == ("espeak",)
    assert config.voices == {"espeak": "it+Annie"}
    assert config.pauses.headline_seconds == 2.0
    assert config.announcements.opening is False
    assert config.sound.bitrate_kbps == 128
    assert config.lexicon == Path("/dati/lessico.tsv")


@pytest.mark.parametrize("text", ["06:30", "no", "2025-11-06", "0x10", "1e3", "null", "true"])
def test_a_text_stays_as_written(text: str) -> None:
    """A field of text is read as text, whatever YAML would make of it."""
    assert parse(f"show: {{title: {text}}}").show.title == text


@dataclass(frozen=True, slots=True)
class _Source:
    feed: str = _setting("", "an address")
    quota: int = _setting(3, "at most", low=1, high=99)


@dataclass(frozen=True, slots=True)
class _Lists:
    sources: tuple[_Source, ...] = _setting((), "where from")
    cast: dict[str, _Source] = _setting({}, "who")


def test_lists_and_mappings_of_settings() -> None:
    """A list or a mapping may hold members with keys of their own, and a mistake inside names its member."""
    reader = _Reader(Path())
    node = yaml.compose(
        "sources: [{feed: a}, {feed: b, quota: 0}]\ncast: {quote: {quota: 7}, item: 3}", Loader=yaml.SafeLoader
    )
    assert node is not None
    read = reader.section(_Lists, node, "")
    assert read == _Lists((_Source("a"), _Source("b")), {"quote": _Source(quota=7), "item": _Source()})
    assert [message for _, message in reader.mistakes] == [
        "sources[2].quota: expected 1 to 99, found '0'",
        "cast.item: expected keys and values",
    ]


ALL_AT_ONCE = """\
engine: [gtts]
pauses:
  headline_seconds: 0.5
  sentence_secnds: 3
  section_seconds: tanto
show: {title: uno, title: due}
sound: {bitrate_kbps: 97, target_lufs: .nan}
output: [a]
engines: []
"""


def test_all_mistakes_are_told_at_once() -> None:
    """Each mistake is one line with file, line number, dotted path, what was expected and the nearest name."""
    with pytest.raises(SettingsError) as caught:
        parse(ALL_AT_ONCE, "mio.yaml")
    assert caught.value.message.splitlines() == [
        "mio.yaml:1: engine: unknown key; did you mean 'engines'?",
        "mio.yaml:4: pauses.sentence_secnds: unknown key; did you mean 'sentence_seconds'?",
        "mio.yaml:5: pauses.section_seconds: expected a number, found 'tanto'",
        "mio.yaml:5: pauses.section_seconds: must be shorter than headline_seconds (0.5)",
        "mio.yaml:6: show.title: is written twice",
        "mio.yaml:7: sound.bitrate_kbps: expected one of 64, 80, 96, 112, 128, 160, found '97'",
        "mio.yaml:7: sound.target_lufs: expected a number, found '.nan'",
        "mio.yaml:8: output: expected a path",
        "mio.yaml:9: engines: needs at least one engine, such as espeak",
    ]
    assert caught.value.exit_code == 2


BROKEN = {
    "not_yaml": "show: [",
    "tab": "show:\n\ttitle: x",
    "list": "- uno\n- due",
    "text": "ciao",
    "deep": "[" * 50_000,
    "tag": "show: !!python/object/apply:os.system ['true']",
    "complex_key": "? [a]\n: b",
}


@pytest.mark.parametrize("text", BROKEN.values(), ids=list(BROKEN))
def test_broken_settings_are_refused_in_words(text: str) -> None:
    """What is no mapping of known keys is a SettingsError and nothing else; a tag constructs nothing."""
    with pytest.raises(SettingsError, match=r"^notiziario\.yaml"):
        parse(text)


def test_aliases_do_not_grow(tmp_path: Path) -> None:
    """A bomb of aliases costs what its own characters cost, and is refused for its keys."""
    bomb = "a: &a [x,x]\n" + "".join(
        f"{c}: &{c} [*{p},*{p}]\n" for p, c in zip("abcdefghijk", "bcdefghijkl", strict=True)
    )
    (tmp_path / "n.yaml").write_text(bomb)
    with pytest.raises(SettingsError, match="unknown key"):
        load(tmp_path / "n.yaml")


def test_missing_unreadable_and_huge_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that was asked for must be there; the one in the working folder may be missing."""
    with pytest.raises(SettingsError, match="cannot be read"):
        load(tmp_path / "no.yaml")
    huge = tmp_path / "huge.yaml"
    huge.write_text("# " + "x" * 1_000_001)
    with pytest.raises(SettingsError, match="larger"):
        load(huge)
    latin = tmp_path / "latin.yaml"
    latin.write_bytes(b"show: {title: citt\xe0}")
    with pytest.raises(SettingsError, match="UTF-8"):
        load(latin)
    monkeypatch.chdir(tmp_path)
    assert load() == Config()
    (tmp_path / "notiziario.yaml").write_text("output: altrove")
    assert load() == replace(Config(), output=Path("altrove"))


@given(st.text(max_size=200))
def test_no_text_breaks_the_settings(text: str) -> None:
    """Any text is a Config or a SettingsError."""
    try:
        parse(text)
    except SettingsError as error:
        assert error.message  # noqa: PT017 - the other outcome is a Config
