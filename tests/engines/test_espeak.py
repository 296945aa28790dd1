"""The embedded voice, the real one."""

from __future__ import annotations

import os
import re
import shutil
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import espeakng_loader
import pytest
from engines.contract import TEXT, EngineContract
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audio.config import EspeakSettings
from audio.engines import espeak_worker
from audio.engines.espeak import Espeak
from audio.engines.ipa import _MNEMONICS, to_espeak
from audio.errors import RejectedError, UnavailableError
from audio.model import Span, Speech

pytestmark = pytest.mark.usefixtures("unwatched_children")

WORKER = Path(espeak_worker.__file__)
ALIVE = "import struct,sys,time;out=sys.stdout.buffer;out.write(struct.pack('<II',2,0)+b'{}');out.flush()\n"


@pytest.fixture
def espeak() -> Iterator[Espeak]:
    engine = Espeak()
    yield engine
    engine.close()


def say(engine: Espeak, *spans: Span | str, voice: str = "it", rate: float = 1.0) -> Speech:
    return engine.speak(tuple(Span(s) if isinstance(s, str) else s for s in spans), voice, rate)


def said(speech: Speech, text: str) -> list[str]:
    return [text[word.offset : word.offset + word.length] for word in speech.words]


class TestContract(EngineContract):
    @pytest.fixture
    def engine(self) -> Iterator[Espeak]:
        engine = Espeak()
        yield engine
        engine.close()


# ---------------------------------------------------------------------------------------------- voices and tempo


def test_every_curated_voice_speaks(espeak: Espeak) -> None:
    """Each voice of the list is known to the library and sounds unlike the others."""
    spoken = {voice.id: say(espeak, TEXT, voice=voice.id).pcm for voice in espeak.voices()}
    assert list(spoken) == ["it", "it+michel", "it+Annie", "it+linda", "it+f2"]
    assert len(set(spoken.values())) == len(spoken)


@pytest.mark.parametrize(
    "voice", ["it+nonesiste", "it+annie", "it+", "it+../it", "zz", "IT", "", "it/../en", "it+f2+f3"]
)
def test_unknown_voices(espeak: Espeak, voice: str) -> None:
    """A base or a variant that the library would take in silence for another is refused by name."""
    with pytest.raises(UnavailableError, match=re.escape(repr(voice))):
        say(espeak, TEXT, voice=voice)


def test_other_variants_and_languages(espeak: Espeak) -> None:
    """Any variant and any language of the library is accepted, in the list or not."""
    assert say(espeak, TEXT, voice="it+croak").pcm
    assert say(espeak, TEXT, voice="en-us+Annie").pcm


def test_pitch_and_tempo_of_the_settings() -> None:
    """The settings' pitch and tempo are heard, a voice's own pitch after @ wins, and the cache knows them apart."""
    spoken: dict[str, bytes] = {}
    for name, made, voice in (
        ("plain", EspeakSettings(), "it"),
        ("high", EspeakSettings(pitch=80), "it"),
        ("own", EspeakSettings(), "it@80"),
        ("slow", EspeakSettings(rate=0.8), "it"),
    ):
        engine = Espeak(settings=made)
        spoken[name] = say(engine, TEXT, voice=voice).pcm
        engine.close()
    assert spoken["high"] == spoken["own"] != spoken["plain"]
    assert len(spoken["slow"]) > 1.15 * len(spoken["plain"])
    prints = {Espeak(settings=made).fingerprint("it") for made in (EspeakSettings(), EspeakSettings(pitch=80))}
    assert len(prints) == 2


@pytest.mark.parametrize("voice", ["it@", "it@100", "it@-1", "it@x", "@50"])
def test_pitches_that_are_none(espeak: Espeak, voice: str) -> None:
    """What is no pitch from 0 to 99 after the @ is no voice."""
    with pytest.raises(UnavailableError, match="espeak has no voice"):
        say(espeak, TEXT, voice=voice)


def test_tempo(espeak: Espeak) -> None:
    """Half the rate takes longer and double takes less; what the library cannot do is refused."""
    slow, plain, fast = (say(espeak, TEXT, rate=rate).seconds for rate in (0.5, 1.0, 2.0))
    assert slow > 1.7 * plain > 1.7 * 1.5 * fast
    with pytest.raises(RejectedError, match="rate 3"):
        say(espeak, TEXT, rate=3.0)


# ---------------------------------------------------------------------------------------------- text and words


def test_words_have_their_times(espeak: Espeak) -> None:
    """Each whitespace-separated word has one time, a number with its several spoken words too."""
    text = "Costa 1234 euro: l’Italia, «però», è d'accordo."
    assert said(say(espeak, text), text) == text.split()


def test_word_times_are_where_the_sound_is(espeak: Espeak) -> None:
    """A word after a long pause starts where the silence ends."""
    text = "Roma. Milano."
    speech = say(espeak, text)
    start = round(speech.words[1].start_seconds * speech.rate) * 2
    before, after = speech.pcm[start - 4000 : start], speech.pcm[start : start + 4000]
    assert max(before) - min(before) == 0 or sum(map(abs, _samples(before))) * 10 < sum(map(abs, _samples(after)))


def _samples(pcm: bytes) -> list[int]:
    return [int.from_bytes(pcm[i : i + 2], "little", signed=True) for i in range(0, len(pcm), 2)]


def test_brackets_are_no_markup(espeak: Espeak) -> None:
    """The library's own markup in a text is read as text, whole, and does not end its process."""
    text = "Prima [[" + "x" * 300 + "]] dopo."
    for spans in ((text,), (Span("Rutte", "ˈrʏtə"), " ha scritto " + text), ("[", "[", Span("Xi", "ʃi"), "]", "]")):
        assert say(espeak, *spans).pcm
    with_markup = say(espeak, "Ha detto [[parola]] ieri.", Span(" Xi", " ʃi"))
    assert [word.offset for word in with_markup.words] == [0, 3, 9, 20, 26]


def test_nul_does_not_end_the_text(espeak: Espeak) -> None:
    """A NUL in the text is a blank, not the end."""
    text = "Roma\0Milano e Torino"
    assert len(say(espeak, text).words) == 4
    assert say(espeak, text).seconds > 1.0


def test_ipa_is_spoken(espeak: Espeak) -> None:
    """A span with IPA sounds unlike its spelling, keeps its place, and its second word has a time of its own."""
    text = "Il presidente Xi Jinping parla."
    spans = ("Il presidente ", Span("Xi Jinping", "ˈʃi dʒinˈpiŋ"), " parla.")
    speech = say(espeak, *spans)
    assert said(speech, text) == text.split()
    assert abs(speech.seconds - say(espeak, text).seconds) > 0.02


def test_ipa_of_fewer_words(espeak: Espeak) -> None:
    """Where sound and spelling differ in words, the span's first word has the time."""
    text = "Il New York Times scrive."
    speech = say(espeak, "Il ", Span("New York Times", "njujorkˈtaims"), " scrive.")
    assert said(speech, text) == ["Il", "New", "scrive."]


@pytest.mark.parametrize("ipa", ["ʘa", "a" * 151, "ˈ", "", ".", "a1", "[[a]]", "ça"])
def test_ipa_that_cannot_be_told(ipa: str) -> None:
    """A symbol without a mnemonic, no sound at all, or too much of it: the text is spoken in its place."""
    assert to_espeak(ipa) is None


def test_ipa_that_cannot_be_told_is_spoken_as_text(espeak: Espeak) -> None:
    """An untranslatable span is heard as its text and loses no word."""
    assert len(say(espeak, "Ciao ", Span("mondo", "ʘʘ"), " bello.").words) == 3


@pytest.mark.parametrize("symbol", sorted(set(_MNEMONICS) - set(" ˈˌː.\u0361")))
def test_no_mnemonic_is_silent(espeak: Espeak, symbol: str) -> None:
    """Every sound in the table is a sound to the library: said between two vowels, it takes its time.

    The shortest adds 22 ms here; one unknown to the library would add nothing. Three in a row outweigh its jitter.
    """
    silent = say(espeak, Span("a", "aa")).seconds
    assert say(espeak, Span("a", f"a{symbol}a{symbol}a{symbol}a")).seconds > silent + 0.06


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200))
def test_words_are_words_of_any_text(espeak: Espeak, text: str) -> None:
    """Whatever the text, words come in order, inside the text and inside the sound."""
    speech = say(espeak, text)
    places = [(word.offset, word.offset + word.length) for word in speech.words]
    assert places == sorted(set(places))
    assert set(places) <= {found.span() for found in re.finditer(r"\S+", text.replace("\0", " "))}
    starts = [word.start_seconds for word in speech.words]
    assert starts == sorted(set(starts))
    assert all(start <= speech.seconds for start in starts)


# ---------------------------------------------------------------------------------------------- the worker


def test_fresh_processes_agree() -> None:
    """The same requests in a fresh process make the same bytes."""
    spoken = []
    for _ in range(2):
        engine = Espeak()
        spoken.append([say(engine, TEXT).pcm, say(engine, "Seconda notizia.").pcm])
        engine.close()
    assert spoken[0] == spoken[1]


def test_a_sentence_sounds_the_same_after_any_other(espeak: Espeak) -> None:
    """What was said before changes no sample: a bulletin half from the cache is the bulletin."""
    alone = say(espeak, TEXT)
    say(espeak, "Seconda notizia.")
    assert say(espeak, TEXT) == alone


def test_several_speak_side_by_side(espeak: Espeak) -> None:
    """Threads that speak at once hear what each would hear alone."""
    texts = [f"Notizia numero {number}." for number in ("uno", "due", "tre", "quattro", "cinque", "sei")]
    alone = [say(espeak, text) for text in texts]
    with ThreadPoolExecutor(len(texts)) as pool:
        assert list(pool.map(lambda text: say(espeak, text), texts)) == alone


@pytest.mark.parametrize("voice", ["it", "it+Annie", "de"])
def test_a_voice_is_the_same_by_name_and_by_file(tmp_path: Path, espeak: Espeak, voice: str) -> None:
    """What the library finds by the file's place sounds as what it finds by searching all its voices."""
    worker = tmp_path / "worker.py"
    worker.write_text(
        f"import sys\nsys.path.insert(0, {str(WORKER.parent)!r})\nimport espeak_worker as w\nsys.path.pop(0)\n"
        "w._placed = str\nw.main()\n"
    )
    searching = Espeak(worker)
    assert say(searching, TEXT, voice=voice) == say(espeak, TEXT, voice=voice)
    searching.close()


def test_a_dead_worker_is_replaced(espeak: Espeak) -> None:
    """After its process was killed the engine speaks on with a new one, and the old one is reaped."""
    say(espeak, TEXT)
    first = espeak._processes[0].current
    assert first is not None
    first.kill()
    assert say(espeak, TEXT).words
    assert first.returncode is not None


def test_closing_ends_the_worker(espeak: Espeak) -> None:
    """After close there is no process, no zombie and no open pipe."""
    espeak.check()
    process = espeak._processes[0].current
    assert process is not None
    assert process.stdin is not None
    assert process.stdout is not None
    espeak.close()
    assert process.returncode is not None
    assert process.stdin.closed
    assert process.stdout.closed


@pytest.mark.skipif(not hasattr(signal, "SIGSTOP"), reason="no way to stop a process here")
def test_a_hanging_worker_is_replaced() -> None:
    """A worker that answers nothing is ended at the deadline and the text spoken by a new one."""
    engine = Espeak(deadline_seconds=2)
    say(engine, TEXT)
    first = engine._processes[0].current
    assert first is not None
    os.kill(first.pid, signal.SIGSTOP)
    assert say(engine, TEXT).words
    assert first.returncode is not None
    engine.close()


@pytest.mark.parametrize("fate", ["time.sleep(60)", "sys.stdin.readline()", "out.write(b'123')"])
def test_a_text_that_ends_every_worker(tmp_path: Path, fate: str) -> None:
    """A text on which the worker hangs, ends, or answers by half, twice, is rejected: no third try."""
    started = tmp_path / "started"
    worker = tmp_path / "worker.py"
    worker.write_text(f"open({str(started)!r},'a').write('x')\n{ALIVE}{fate}\n")
    engine = Espeak(worker, deadline_seconds=0.3)
    with pytest.raises(RejectedError, match="ended twice"):
        say(engine, TEXT)
    assert started.read_text() == "xx"
    assert engine._processes[0].current is None


@pytest.mark.parametrize("fate", ["raise SystemExit", "import time; time.sleep(60)"])
def test_a_worker_that_never_starts(tmp_path: Path, fate: str) -> None:
    """A worker that ends or hangs before its first answer makes the engine unavailable, with a hint."""
    worker = tmp_path / "worker.py"
    worker.write_text(fate)
    with pytest.raises(UnavailableError) as caught:
        Espeak(worker, start_seconds=0.3).check()
    assert "glibc" in caught.value.hint


def test_a_library_that_does_not_load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the wheel's library is no library for this system, check says so in the loader's own words."""
    package = tmp_path / "espeakng_loader"
    package.mkdir()
    (package / "__init__.py").write_text(
        f"def get_library_path(): return {str(package / 'lib.so')!r}\ndef get_data_path(): return {str(package)!r}\n"
    )
    (package / "lib.so").write_bytes(b"no library")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with pytest.raises(UnavailableError, match=r"does not start here.*lib\.so") as caught:
        Espeak().check()
    assert "Alpine" in caught.value.hint


def test_a_missing_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the package with the library the engine is unavailable and says what to install."""
    monkeypatch.setattr(sys, "path", [])
    monkeypatch.delitem(sys.modules, "espeakng_loader")
    with pytest.raises(UnavailableError) as caught:
        Espeak().check()
    assert "pip install espeakng-loader" in caught.value.hint


def test_prints_do_not_reach_the_answers(tmp_path: Path) -> None:
    """Whatever the C library prints while it speaks, the answer is whole."""
    worker = tmp_path / "worker.py"
    worker.write_text(
        f"import os, sys\nsys.path.insert(0, {str(WORKER.parent)!r})\nimport espeak_worker as w\nsys.path.pop(0)\n"
        "quiet = w.Library.say\n"
        "def loud(*a, **k):\n    os.write(1, b'bogus' * 1000)\n    return quiet(*a, **k)\n"
        "w.Library.say = loud\nw.main()\n"
    )
    engine = Espeak(worker)
    assert len(say(engine, TEXT).words) == len(TEXT.split())
    engine.close()


def test_a_long_way_to_the_voices(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data path beyond the library's buffer of 160 bytes does not hinder it."""
    deep = tmp_path / ("a" * 100) / ("b" * 100)
    shutil.copytree(Path(espeakng_loader.__file__).parent, deep / "espeakng_loader")
    monkeypatch.setenv("PYTHONPATH", str(deep))
    engine = Espeak()
    assert say(engine, TEXT).words
    engine.close()


def test_any_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The worker starts from any folder, whatever modules lie there."""
    (tmp_path / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(tmp_path)
    engine = Espeak()
    assert say(engine, TEXT).words
    engine.close()
