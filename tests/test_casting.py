"""Who reads what."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from audio import gate, pipeline
from audio.casting import Voices, cast
from audio.config import Config, PiperSettings, RoleSettings
from audio.engines.espeak import Espeak
from audio.engines.gtts import Gtts
from audio.engines.openai import OpenAI
from audio.engines.piper import Piper
from audio.errors import SettingsError
from audio.model import Article, Block, Cue, Role, Script, Section
from audio.script import write
from audio.settings import parse

DATE = dt.date(2025, 11, 6)
TWO = Voices("espeak", "it", "it+Annie")
SAYS = "Il ministro: “Tempi difficili chiedono coraggio – ha detto –. Ora si agisce, e subito”. Poi è uscito."
ARTICLE = Article(
    "Ponte chiuso",
    (
        Section(None, (Block(Role.LEAD, "Il ponte è chiuso. Riapre domenica."), Block(Role.PARAGRAPH, SAYS))),
        Section("Le voci", (Block(Role.QUOTE, "Non ne sapevamo nulla. Nessuno ci ha avvisato."),)),
    ),
    source="x",
)


def script(config: Config, *articles: Article, voices: Voices = TWO) -> Script:
    told = articles or (ARTICLE,)
    return cast(write(told, config, voice=voices.main, date=DATE), config, voices, stories=len(told))


def heard(config: Config, *articles: Article) -> list[tuple[str, str]]:
    return [(segment.text, segment.voice) for segment in script(config, *articles).segments]


def test_without_settings_one_voice_reads_all() -> None:
    """By default one voice reads all, at its own tempo but for headlines, at one level."""
    segments = script(Config()).segments
    assert {segment.voice for segment in segments} == {"it"}
    assert {segment.gain_db for segment in segments} == {0.0}


def test_a_second_voice_for_quotes() -> None:
    """The second voice reads quotations, within a sentence and as blocks; the reporter keeps what is put in."""
    said = heard(Config(quotes="second voice"))
    assert [text for text, voice in said if voice == "it+Annie"] == [
        "“Tempi difficili chiedono coraggio",
        "Ora si agisce, e subito”.",
        "Non ne sapevamo nulla.",
        "Nessuno ci ha avvisato.",
    ]
    assert ("Il ministro:", "it") in said
    assert ("– ha detto –.", "it") in said


@pytest.mark.parametrize("quotes", ["plain", "second voice", "virgolette"])
def test_every_word_is_still_said(quotes: str) -> None:
    """However quotations are heard, the gate finds every word of the article in its place."""
    segments = script(Config(quotes=quotes)).segments
    gate.account((ARTICLE,), [Cue(segment, 0, 1) for segment in segments])


def test_spoken_marks() -> None:
    """As an alternative the marks are read out; the transcript keeps the text as it is written."""
    segments = [s for s in script(Config(quotes="virgolette")).segments if "irgolette" in s.spoken]
    assert [segment.spoken for segment in segments] == [
        "Il ministro: virgolette: Tempi difficili chiedono coraggio, ha detto.",
        "Ora si agisce, e sùbito, chiuse virgolette.",
        "virgolette: Non ne sapevamo nulla.",
        "Nessuno ci ha avvisato, chiuse virgolette.",
    ]
    assert not any("irgolette" in segment.text for segment in segments)
    assert {segment.voice for segment in segments} == {"it"}


def test_stories_alternate() -> None:
    """The stories of a bulletin are read by one voice after the other, quotations by the one who does not read."""
    config = Config(alternate_voices=True, quotes="second voice")
    segments = script(config, ARTICLE, ARTICLE, ARTICLE).segments
    stories = [s for s in segments if s.role is not Role.ANNOUNCEMENT]
    assert [{s.voice for s in stories if s.chapter == n and s.role is not Role.QUOTE} for n in range(3)] == [
        {"it"},
        {"it+Annie"},
        {"it"},
    ]
    assert {s.voice for s in stories if s.chapter == 1 and s.role is Role.QUOTE} == {"it"}
    assert {s.voice for s in segments if s.role is Role.ANNOUNCEMENT} == {"it"}
    assert {s.voice for s in script(Config(alternate_voices=True)).segments} == {"it"}


def test_each_role_has_its_way() -> None:
    """A role's voice, tempo and level are as the settings say; all else is untouched."""
    config = Config(
        cast={
            "headline": RoleSettings(voice="second", rate=0.9, gain_db=1.5),
            "lead": RoleSettings(voices={"espeak": "it+linda@60", "piper": "it_IT-paola-medium"}),
        }
    )
    before, after = script(Config()).segments, script(config).segments
    told = {s.role: s for s in after}
    assert told[Role.HEADLINE].voice == "it+Annie"
    assert told[Role.HEADLINE].gain_db == 1.5
    assert told[Role.HEADLINE].rate == pytest.approx(0.9 * next(s.rate for s in before if s.role is Role.HEADLINE))
    assert told[Role.LEAD].voice == "it+linda@60"
    others = {Role.HEADLINE, Role.LEAD}
    assert [s for s in before if s.role not in others] == [s for s in after if s.role not in others]


def test_pauses_of_a_role() -> None:
    """A role's pause stands where its text ends: not between its sentences, and not where a section ends sooner."""
    before = {s.text: s.pause_seconds for s in script(Config()).segments}
    config = Config(cast={role: RoleSettings(pause_seconds=0.9) for role in ("headline", "lead", "quote", "paragraph")})
    after = {s.text: s.pause_seconds for s in script(config).segments}
    assert after["Ponte chiuso"] == 0.9 < before["Ponte chiuso"]
    assert after["Riapre domenica."] == 0.9 > before["Riapre domenica."]
    assert after["Il ponte è chiuso."] == before["Il ponte è chiuso."]
    assert after["Poi è uscito."] == before["Poi è uscito."] == 1.0


def test_a_cast_stays_within_its_engine(tmp_path: Path) -> None:
    """Each engine has two voices of its own: as named, or the first of another gender, or one twice."""
    config = Config(voices={"gtts": "it"}, second_voices={"piper": "it_IT-altra-low"})
    assert pipeline.voices_of(Espeak(), config) == Voices("espeak", "it", "it+Annie")
    assert pipeline.voices_of(Espeak(), Config(voices={"espeak": "it+Annie"})).second == "it"
    assert pipeline.voices_of(Espeak(), Config(voices={"espeak": "it+linda@70"})).second == "it"
    assert pipeline.voices_of(Gtts(), config) == Voices("gtts", "it", "it")
    assert pipeline.voices_of(OpenAI(), config) == Voices("openai", "", "")
    voices = pipeline.voices_of(Piper(PiperSettings(folder=tmp_path)), config)
    assert voices == Voices("piper", "it_IT-paola-medium", "it_IT-altra-low")


def test_settings_of_a_cast() -> None:
    """The settings name roles, with all they may have; a role that there is not is told with those there are."""
    config = parse(
        "quotes: second voice\nalternate_voices: yes\nsecond_voices: {espeak: it+f2}\n"
        "cast: {quote: {rate: 0.95, gain_db: -1, pause_seconds: 0.5, voices: {espeak: it+linda}}, "
        "item: {voice: second}}"
    )
    assert config.cast["quote"] == RoleSettings(None, {"espeak": "it+linda"}, 0.95, -1.0, 0.5)
    assert config.cast["item"].voice == "second"
    with pytest.raises(SettingsError, match="there is no role 'titolo'; there are headline, dateline"):
        parse("cast: {titolo: {rate: 1}}")
