"""What works here and what does not, with the real engines."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

import pytest

from audio import doctor, pipeline
from audio.config import CacheSettings, CommandSettings, Config, EspeakSettings, PiperSettings
from audio.errors import SettingsError, UnavailableError

VOICES = Path(__file__).parent / "voices"
VOICE = "it_IT-prova-tiny"


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """Settings that send nothing anywhere."""
    return Config(
        output=tmp_path / "out",
        engines=("piper", "espeak"),
        piper=PiperSettings(folder=VOICES),
        cache=CacheSettings(folder=tmp_path / "cache"),
    )


def found(config: Config) -> dict[str, doctor.Finding]:
    return {finding.what: finding for finding in doctor.examine(config)}


def test_each_engine_of_the_settings_speaks(config: Config) -> None:
    """Engines of the settings say a word, the others are looked at, and the sum is that a bulletin can be made."""
    seen = found(config)
    assert seen["engine piper"].says == "spoke a word, works offline, in your settings"
    assert seen["engine espeak"].says == "spoke a word, works offline, in your settings"
    assert seen["engine gtts"].says == "ready, sends the text to its service, not in your settings"
    assert "openai.base_url" in seen["engine openai"].remedy
    assert not seen["engine command"].ok
    assert doctor.able(list(seen.values()), config)


def test_an_engine_that_starts_but_does_not_speak(config: Config, tmp_path: Path) -> None:
    """A voice that is damaged, or a command that fails, is found out by the word it does not say."""
    (tmp_path / f"{VOICE}.onnx").write_bytes(b"<html>")
    (tmp_path / f"{VOICE}.onnx.json").write_bytes((VOICES / f"{VOICE}.onnx.json").read_bytes())
    bad = Config(
        engines=("piper", "command"),
        piper=PiperSettings(folder=tmp_path),
        command=CommandSettings(argv=(sys.executable, "-c", "raise SystemExit(3)")),
        cache=config.cache,
    )
    seen = found(bad)
    assert "damaged" in seen["engine piper"].says
    assert seen["engine piper"].remedy == f"notiziario voices install --again {VOICE}"
    assert "exit code 3" in seen["engine command"].says
    assert not doctor.able(list(seen.values()), bad)


def test_an_engine_that_gave_up(config: Config, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that is being left alone is told, with the reason and for how long."""
    monkeypatch.setattr(doctor, "_say_a_word", lambda *_: None)
    pipeline.ledger_of(config).leave("gtts", "429 from the service", None)
    says = found(Config(engines=("gtts", "espeak"), cache=config.cache))["engine gtts"].says
    assert "passed over for 60 more minutes (429 from the service)" in says


def test_folders_that_cannot_be_written(config: Config, tmp_path: Path) -> None:
    """A folder that cannot be made is told with its remedy, and no bulletin can be made."""
    (tmp_path / "file").write_text("x")
    bad = Config(output=tmp_path / "file" / "out", engines=("espeak",), cache=config.cache)
    seen = found(bad)
    assert not seen["output"].ok
    assert not doctor.able(list(seen.values()), bad)


def test_offers(config: Config) -> None:
    """Each voice comes with what it is, where it works, what is missing and the one thing that mends it."""
    offers = {(offer.engine, offer.voice): offer for offer in doctor.offers(config)}
    assert offers["piper", VOICE].missing == ""
    paola = offers["piper", "it_IT-paola-medium"]
    assert (paola.missing, paola.remedy) == ("not installed", "notiziario voices install it_IT-paola-medium")
    assert (paola.offline, paola.quality, paola.gender) == (True, "neural, medium", "female")
    assert offers["edge", "it-IT-DiegoNeural"].offline is False
    assert "openai.base_url" in offers["openai", ""].remedy
    assert all(offer.licence for offer in offers.values() if offer.engine in {"espeak", "piper", "edge", "gtts"})


def test_offers_of_an_engine_without_a_voice(tmp_path: Path) -> None:
    """Where no voice is there yet, each that could be is offered with its own command."""
    offers = list(doctor.offers(Config(piper=PiperSettings(folder=tmp_path)), "piper"))
    assert [offer.remedy for offer in offers] == [f"notiziario voices install {offer.voice}" for offer in offers]
    assert {offer.missing for offer in offers} == {"not installed"}


def test_offers_of_one(config: Config) -> None:
    """The offers of one engine are its own; an engine that there is not is a mistake of the command."""
    assert {offer.engine for offer in doctor.offers(config, "espeak")} == {"espeak"}
    with pytest.raises(SettingsError, match="espiak"):
        list(doctor.offers(config, "espiak"))


@pytest.mark.parametrize(("voice", "engine"), [(VOICE, None), ("it+Annie@60", None), ("it+croak", "espeak")])
def test_samples(config: Config, tmp_path: Path, voice: str, engine: str | None) -> None:
    """A sample is a WAV of the text, in the voice of the engine that has it."""
    path = doctor.sample(voice, "Il 5% degli elettori.", config, engine=engine, output=tmp_path / "s.wav")
    assert path.read_bytes()[:4] == b"RIFF"
    assert path.stat().st_size > 30_000


def test_samples_of_nobody(config: Config) -> None:
    """A voice that nobody lists needs its engine's name; one that the engine has not is refused."""
    with pytest.raises(SettingsError, match="no engine lists a voice 'sara'"):
        doctor.sample("sara", "Ciao.", config)
    with pytest.raises(UnavailableError, match="espeak has no voice"):
        doctor.sample("sara", "Ciao.", config, engine="espeak")


def test_settings_reach_the_engines(config: Config, tmp_path: Path) -> None:
    """A sample is made with the settings of its engine: a slower voice takes longer."""
    sizes = []
    for made in (config, replace(config, espeak=EspeakSettings(rate=0.6))):
        path = doctor.sample("it", "Buongiorno a tutti.", made, engine="espeak", output=tmp_path / "s.wav")
        sizes.append(path.stat().st_size)
    assert sizes[1] > 1.4 * sizes[0]
