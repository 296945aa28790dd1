"""What was made once is not made again: nothing is encoded for an unchanged bulletin, one chunk for a mended word."""

import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import pytest

from audio import engines, sound
from audio.config import SoundSettings
from audio.model import Role, Script, Segment, Span, Speech, Sting, Tags

TAGS = Tags("Un titolo", "Redazione", "Mattino")
TEXTS = (
    ("Il ponte è chiuso da ieri.", "Riapre domenica, dice il sindaco.", "I treni sono in ritardo."),
    ("Piove a Torino e a Milano.", "Domani torna il sole su tutto il Nord."),
    ("La squadra ha vinto due a uno.", "È la terza vittoria di fila.", "Domenica la prossima partita."),
    ("Il Senato vota giovedì.", "La legge torna alla Camera."),
)


@dataclass
class Shelf:
    """A store in memory that notes what is written."""

    kept: dict[str, bytes] = field(default_factory=dict)
    written: list[str] = field(default_factory=list)

    def read(self, name: str) -> bytes | None:
        return self.kept.get(name)

    def write(self, name: str, data: bytes) -> None:
        self.kept[name] = data
        self.written.append(name)

    def made(self, kind: str) -> int:
        return len({name for name in self.written if f".{kind}" in name})


@pytest.fixture(scope="module")
def spoken() -> Iterator[dict[str, Speech]]:
    """Every sentence, and one mended, by the embedded voice."""
    engine = engines.make("espeak")
    texts = [text for paragraph in TEXTS for text in paragraph]
    yield {text: engine.speak((Span(text),), "it") for text in [*texts, "È la quarta vittoria di fila, in casa."]}
    engine.close()


def _script(texts: tuple[tuple[str, ...], ...]) -> Script:
    segments = [
        Segment(Role.PARAGRAPH, text, text, "it", 0.6 if text == paragraph[-1] else 0.3)
        for paragraph in texts
        for text in paragraph
    ]
    segments[0] = replace(segments[0], before=Sting.SIGNATURE, bed=True)
    segments[-1] = replace(segments[-1], after=Sting.CLOSING)
    return Script("Un titolo", False, ("Uno",), tuple(segments))


def _made(script: Script, spoken: dict[str, Speech], shelf: Shelf | None, jobs: int = 2) -> bytes:
    """Return the MP3; with a shelf, what is made is remembered there."""
    speeches = [spoken[segment.text] for segment in script.segments]
    digests = [hashlib.sha256(speech.pcm).hexdigest() for speech in speeches]
    out = io.BytesIO()
    memory = None if shelf is None else sound.Memory(digests, shelf)
    sound.render(script, speeches.__getitem__, SoundSettings(), TAGS, out, memory=memory, jobs=jobs)
    return out.getvalue()


def test_an_unchanged_bulletin_is_the_same_bytes_and_makes_nothing(spoken: dict[str, Speech]) -> None:
    """Made again, the bulletin is the same to the byte, no speech is read, and nothing is measured or encoded."""
    shelf = Shelf()
    first = _made(_script(TEXTS), spoken, shelf)
    assert shelf.made("frames") == 4
    assert shelf.made("levels") == 10
    shelf.written.clear()

    def never(index: int) -> Speech:
        pytest.fail(f"speech {index} was read")

    script = _script(TEXTS)
    digests = [hashlib.sha256(spoken[segment.text].pcm).hexdigest() for segment in script.segments]
    out = io.BytesIO()
    sound.render(script, never, SoundSettings(), TAGS, out, memory=sound.Memory(digests, shelf))
    assert out.getvalue() == first
    assert not shelf.written


def test_memory_changes_no_byte(spoken: dict[str, Speech]) -> None:
    """With and without a memory, with one thread and with three, with music too, the file is the same."""
    shelf = Shelf()
    one = _made(_script(TEXTS), spoken, None, jobs=1)
    assert one == _made(_script(TEXTS), spoken, shelf, jobs=3)
    assert one == _made(_script(TEXTS), spoken, shelf, jobs=1)


def test_a_mended_word_encodes_one_chunk(spoken: dict[str, Speech]) -> None:
    """A mended sentence is measured, its paragraph is encoded again, and all other frames are the same bytes."""
    shelf = Shelf()
    many = TEXTS * 12
    before = _made(_script(many), spoken, shelf)
    shelf.written.clear()
    mended = (*many[:18], (TEXTS[2][0], "È la quarta vittoria di fila, in casa.", TEXTS[2][2]), *many[19:])
    after = _made(_script(mended), spoken, shelf)
    assert shelf.made("levels") == 1
    assert shelf.made("frames") == 1
    assert after != before
    others = [data for name, data in shelf.kept.items() if ".frames" in name and name not in shelf.written]
    assert len(others) > 4
    assert all(frames[-2000:] in after for frames in others)
    # What it became is what it would have been without any memory.
    assert after == _made(_script(mended), spoken, None)


@pytest.mark.parametrize(
    "settings",
    [
        SoundSettings(target_lufs=-18),
        SoundSettings(bitrate_kbps=64),
        SoundSettings(true_peak_dbtp=-2),
        SoundSettings(profile="speech"),
        SoundSettings(profile="music"),
    ],
)
def test_other_settings_are_not_mixed_up(spoken: dict[str, Speech], settings: SoundSettings) -> None:
    """What was made under other settings is not taken for what these ask."""
    shelf = Shelf()
    script = _script(TEXTS[:2])
    _made(script, spoken, shelf)
    speeches = [spoken[segment.text] for segment in script.segments]
    digests = [hashlib.sha256(speech.pcm).hexdigest() for speech in speeches]
    files = []
    for memory in (sound.Memory(digests, shelf), None):
        out = io.BytesIO()
        sound.render(script, speeches.__getitem__, settings, TAGS, out, memory=memory)
        files.append(out.getvalue())
    assert files[0] == files[1]
