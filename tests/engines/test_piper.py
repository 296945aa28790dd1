"""Piper, the real one, with a tiny voice of ours."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
from engines.contract import TEXT, EngineContract

from audio.config import PiperSettings
from audio.engines.piper import Piper
from audio.errors import RejectedError, UnavailableError
from audio.model import Span, Speech

ROOT = Path(__file__).parents[2]
VOICES = ROOT / "tests" / "voices"
VOICE = "it_IT-prova-tiny"


@pytest.fixture
def piper() -> Piper:
    return Piper(PiperSettings(folder=VOICES))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of its own with the voice."""
    shutil.copytree(VOICES, tmp_path / "voices")
    return tmp_path / "voices"


def say(engine: Piper, *spans: Span | str, rate: float = 1.0) -> Speech:
    return engine.speak(tuple(Span(s) if isinstance(s, str) else s for s in spans), VOICE, rate)


class TestContract(EngineContract):
    @pytest.fixture
    def engine(self, piper: Piper) -> Piper:
        return piper


def test_the_same_text_sounds_the_same(piper: Piper) -> None:
    """A text makes the same bytes in any order, from any thread and any engine: a bulletin can be made again."""
    texts = [f"{TEXT} {number}" for number in ("uno", "due", "tre", "quattro")]
    alone = [say(Piper(PiperSettings(folder=VOICES)), text).pcm for text in texts]
    with ThreadPoolExecutor(piper.caps().concurrency) as pool:
        together = list(pool.map(lambda text: say(piper, text).pcm, reversed(texts)))
    assert together[::-1] == alone


def test_variation_is_a_setting(folder: Path) -> None:
    """With the voice's own liveliness the same text sounds different, and the cache knows the two apart."""
    lively, even = (Piper(PiperSettings(folder=folder, variation=variation)) for variation in (1.0, 0.0))
    assert say(lively, TEXT).pcm != say(lively, TEXT).pcm
    assert lively.fingerprint(VOICE) != even.fingerprint(VOICE)


def test_sentences_keep_their_level(piper: Piper) -> None:
    """A soft sentence stays soft: nothing is turned up to full scale by itself."""
    loudest = np.abs(np.frombuffer(say(piper, TEXT).pcm, "<i2").astype(int)).max()
    assert 5_000 < loudest < 20_000


def test_tempo(piper: Piper) -> None:
    """Half the rate takes about double; what the voice cannot do is refused."""
    slow, plain, fast = (say(piper, TEXT, rate=rate).seconds for rate in (0.5, 1.0, 2.0))
    assert slow > 1.6 * plain > 1.6 * 1.4 * fast
    with pytest.raises(RejectedError, match="rate 3"):
        say(piper, TEXT, rate=3.0)


def test_ipa_is_spoken(piper: Piper) -> None:
    """A span with IPA sounds unlike its spelling, without a break in the sentence."""
    with_ipa = say(piper, "Il presidente ", Span("Xi Jinping", "ˈʃi dʒinˈpiŋ"), " parla.")
    plain = say(piper, "Il presidente Xi Jinping parla.")
    assert with_ipa.pcm != plain.pcm
    assert abs(with_ipa.seconds - plain.seconds) < 0.5


@pytest.mark.parametrize("ipa", ["ʘ1", "a]] [[b", "ˈ", "漢"])
def test_ipa_the_voice_has_no_symbol_for(piper: Piper, ipa: str) -> None:
    """A symbol that the voice would leave out in silence: the text is spoken in its place."""
    assert say(piper, "Ciao ", Span("mondo", ipa), " bello.").pcm == say(piper, "Ciao mondo bello.").pcm


def test_brackets_are_no_markup(piper: Piper) -> None:
    """Piper's own markup in a text is read as text."""
    assert say(piper, "Ha detto [[aaaa]] ieri.").pcm == say(piper, "Ha detto ((aaaa)) ieri.").pcm


DAMAGE = {
    "model cut": (".onnx", lambda data: data[:2000]),
    "model empty": (".onnx", lambda _: b""),
    "model of text": (".onnx", lambda _: b"<html>not found</html>"),
    "bytes changed": (".onnx", lambda data: data.replace(b"Gather", b"Gathes")),
    "configuration cut": (".onnx.json", lambda data: data[:500]),
    "configuration empty": (".onnx.json", lambda _: b"{}"),
    "configuration a list": (".onnx.json", lambda _: b"[]"),
}


@pytest.mark.parametrize(("suffix", "damage"), DAMAGE.values(), ids=list(DAMAGE))
def test_a_damaged_voice(folder: Path, suffix: str, damage: object) -> None:
    """A voice whose files are damaged makes the engine unavailable, in one line with the command that mends it."""
    path = folder / f"{VOICE}{suffix}"
    path.write_bytes(damage(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(UnavailableError, match="damaged") as caught:
        say(Piper(PiperSettings(folder=folder)), TEXT)
    assert caught.value.hint == f"notiziario voices install --again {VOICE}"
    assert "\n" not in caught.value.message


def test_a_voice_that_changed_since_it_was_installed(folder: Path) -> None:
    """A model that loads but is not the one that was installed is damaged too."""
    (folder / f"{VOICE}.onnx.sha256").write_text("0" * 64)
    with pytest.raises(UnavailableError, match="has changed since it was installed"):
        say(Piper(PiperSettings(folder=folder)), TEXT)


def test_no_voice(tmp_path: Path) -> None:
    """Without a voice the engine is unavailable, and the hint is the command that installs one."""
    for folder in (tmp_path, tmp_path / "nowhere"):
        with pytest.raises(UnavailableError) as caught:
            Piper(PiperSettings(folder=folder)).check()
        assert caught.value.hint == "notiziario voices install it_IT-paola-medium"


@pytest.mark.parametrize("voice", ["it_IT-altra-medium", "../it_IT-prova-tiny", "", "a/b", "*"])
def test_unknown_voices(piper: Piper, voice: str) -> None:
    """A voice that is not in the folder is refused, and a path is no voice."""
    for ask in (piper.fingerprint, lambda name: piper.speak((Span(TEXT),), name)):
        with pytest.raises(UnavailableError, match="piper has no voice"):
            ask(voice)


def test_the_fingerprint_is_that_of_the_voice(folder: Path) -> None:
    """Another model, or another configuration, under the same name is another fingerprint."""
    seen = {Piper(PiperSettings(folder=folder)).fingerprint(VOICE)}
    config = folder / f"{VOICE}.onnx.json"
    config.write_text(json.dumps(json.loads(config.read_text()) | {"hop_length": 255}))
    seen.add(Piper(PiperSettings(folder=folder)).fingerprint(VOICE))
    (folder / f"{VOICE}.onnx").write_bytes(b"x")
    seen.add(Piper(PiperSettings(folder=folder)).fingerprint(VOICE))
    assert len(seen) == 3


def test_a_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without piper-tts the engine is unavailable and says what to install."""
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "piper", raising=False)
    engine = Piper(PiperSettings(folder=VOICES))
    for attempt in (engine.check, lambda: engine.fingerprint(VOICE)):
        with pytest.raises(UnavailableError) as caught:
            attempt()
        assert caught.value.hint == "pip install 'notiziario[piper]'"


def test_import_is_light() -> None:
    """Making the engine, listing its voices and telling a fingerprint load neither Piper nor the ONNX runtime."""
    code = (
        "import sys; from pathlib import Path; from audio.config import PiperSettings\n"
        "from audio.engines.piper import Piper\n"
        f"e = Piper(PiperSettings(folder=Path({str(VOICES)!r}))); e.check(); e.voices(); e.fingerprint({VOICE!r})\n"
        "print(sorted({'piper', 'onnxruntime', 'requests'} & set(sys.modules)))"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
