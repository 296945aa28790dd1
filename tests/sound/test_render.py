"""A whole programme: what is decoded is what was planned."""

import io
import json
import re
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from audio import engines, pcm, sound
from audio.config import SoundSettings
from audio.events import Event, SecondsEncoded
from audio.model import Role, Script, Segment, Span, Speech, Tags, Timeline, Word
from audio.sound import limiter, loudness

VOICE_ONLY = SoundSettings(music=False)
TAGS = Tags("Un titolo", "Redazione", "Mattino", "2025-11-06", cover=b"\xff\xd8\xff\xe0JPEG")


def _voice(seconds: float, level: float = 0.2, rate: int = 22_050, edge_seconds: float = 0.2) -> Speech:
    """A buzz with a slow beat, like syllables, between silent edges."""
    time = np.arange(round(seconds * rate)) / rate
    wave = np.sign(np.sin(2 * np.pi * 120 * time)) * (0.6 + 0.4 * np.sin(2 * np.pi * 4 * time)) * level
    edge = np.zeros(round(edge_seconds * rate))
    samples = (np.concatenate([edge, wave, edge]) * 32767).astype("<i2")
    return Speech(samples.tobytes(), rate, (Word(edge_seconds, 0, 3), Word(edge_seconds + seconds / 2, 4, 3)))


def _script(pauses: list[float]) -> Script:
    segments = [
        Segment(Role.PARAGRAPH, f"Uno <due> {i}", "uno due", "it", pause, i // 2) for i, pause in enumerate(pauses)
    ]
    return Script("Un titolo", False, tuple(f"Parte {i}" for i in range(len(pauses) // 2 + 1)), tuple(segments))


def _render(speeches: list[Speech], pauses: list[float], tags: Tags = TAGS) -> tuple[Timeline, bytes]:
    out = io.BytesIO()
    timeline = sound.render(_script(pauses), speeches.__getitem__, VOICE_ONLY, tags, out)
    return timeline, out.getvalue()


def _decoded(mp3: bytes) -> tuple[np.ndarray, int]:
    blocks = list(pcm.decode_blocks(io.BytesIO(mp3), 1.0))
    return np.concatenate([block for block, _ in blocks]), blocks[0][1]


SPEECHES = [_voice(1.5), _voice(2.0, 0.05), _voice(0.7), _voice(1.1)]
PAUSES = [1.2, 0.6, 0.3, 0.0]


@pytest.fixture(scope="module")
def programme() -> tuple[Timeline, bytes]:
    return _render(SPEECHES, PAUSES)


@pytest.fixture(scope="module")
def voiced() -> Iterator[list[Speech]]:
    """Three Italian sentences by the embedded voice."""
    engine = engines.make("espeak")
    texts = ("Buongiorno, queste sono le notizie.", "Piove a Torino e a Milano.", "E adesso lo sport.")
    yield [engine.speak((Span(text),), "it", 1.0) for text in texts]
    engine.close()


@pytest.mark.parametrize("rate", [22_050, 24_000, 16_000])
def test_decoded_length_is_the_planned_one(rate: int) -> None:
    """The MP3 decodes to exactly the samples the Timeline says, at a rate that podcasts take."""
    timeline, mp3 = _render([_voice(1, rate=rate), _voice(2, rate=rate)], [0.5, 0])
    samples, out_rate = _decoded(mp3)
    assert out_rate in {44_100, 48_000}
    assert len(samples) == round(timeline.seconds * out_rate)


def test_every_cue_and_pause_is_where_the_timeline_says(programme: tuple[Timeline, bytes]) -> None:
    """In the decoded file each cue sounds from its start to its end within 10 ms; pauses last what is asked within 24.

    Where chunks meet a pause is rounded to a frame: by 13 ms at most.
    """
    timeline, mp3 = programme
    samples, rate = _decoded(mp3)
    sounding = np.flatnonzero(np.abs(samples) > 0.01) / rate
    heard = [
        sounding[(sounding > cue.start_seconds - 0.1) & (sounding < cue.end_seconds + 0.1)] for cue in timeline.cues
    ]
    for cue, times in zip(timeline.cues, heard, strict=True):
        assert times[0] == pytest.approx(cue.start_seconds, abs=0.01)
        assert times[-1] == pytest.approx(cue.end_seconds, abs=0.01)
    for one, following, pause in zip(heard, heard[1:], PAUSES, strict=False):
        assert following[0] - one[-1] == pytest.approx(pause, abs=0.024)


def test_chapters_begin_where_their_sound_does(programme: tuple[Timeline, bytes]) -> None:
    """A listener who jumps to a chapter hears its first word within 50 ms, after the silence before it."""
    timeline, mp3 = programme
    samples, rate = _decoded(mp3)
    marks = sorted(chapter.start_time / 1000 for chapter in ID3(io.BytesIO(mp3)).getall("CHAP"))[1:]
    assert len(marks) == len(timeline.chapters) - 1 > 0
    for mark in marks:
        after = np.flatnonzero(np.abs(samples[round(mark * rate) - 100 :]) > 0.01)[0] / rate
        before = samples[round((mark - 0.2) * rate) : round((mark - 0.01) * rate)]
        assert after < 0.05
        assert np.abs(before).max() < 0.01


def test_loudness_and_peak(programme: tuple[Timeline, bytes]) -> None:
    """The decoded programme is as loud as asked within 0.3 LU, and no true peak passes the limit."""
    samples, rate = _decoded(programme[1])
    heard = loudness.integrated_lufs(loudness.energies(samples, rate)) + loudness.AS_HEARD_DB
    assert heard == pytest.approx(-16, abs=0.3)
    assert limiter.true_peak_dbtp(samples) <= -1.0


def test_tags_and_chapters(programme: tuple[Timeline, bytes]) -> None:
    """Title, artist, album, date, language, genre and cover are there, and the chapters follow without a gap."""
    timeline, mp3 = programme
    tag = ID3(io.BytesIO(mp3))
    texts = {name: tag[name].text[0] for name in ("TIT2", "TPE1", "TALB", "TLAN", "TCON")}
    assert texts == {"TIT2": "Un titolo", "TPE1": "Redazione", "TALB": "Mattino", "TLAN": "ita", "TCON": "Podcast"}
    assert str(tag["TDRC"].text[0]) == "2025-11-06"
    assert tag.getall("APIC")[0].type == 3
    (contents,) = tag.getall("CTOC")
    chapters = tag.getall("CHAP")
    assert contents.child_element_ids == [c.element_id for c in chapters]
    assert [c.sub_frames["TIT2"].text[0] for c in chapters] == [c.title for c in timeline.chapters]
    assert chapters[0].start_time == 0
    assert [c.end_time for c in chapters[:-1]] == [c.start_time for c in chapters[1:]]
    assert chapters[-1].end_time == pytest.approx(timeline.seconds * 1000, abs=1)


def test_players_see_length_and_constant_rate(programme: tuple[Timeline, bytes]) -> None:
    """A reader of headers finds the bit rate and the length without decoding."""
    info: Any = MP3(io.BytesIO(programme[1])).info
    assert info.bitrate == 96_000
    assert info.length == pytest.approx(programme[0].seconds, abs=0.06)


def test_same_input_same_bytes(programme: tuple[Timeline, bytes]) -> None:
    """The same speeches make the same file, with any number of threads."""
    assert _render(SPEECHES, PAUSES)[1] == programme[1]
    out = io.BytesIO()
    sound.render(_script(PAUSES), SPEECHES.__getitem__, VOICE_ONLY, TAGS, out, jobs=1)
    assert out.getvalue() == programme[1]


def test_transcript(programme: tuple[Timeline, bytes]) -> None:
    """The transcript has a cue for each segment, escaped, with rising word times inside it."""
    vtt = sound.to_vtt(programme[0])
    cues = re.findall(r"(\d\d:\d\d:\d\d\.\d{3}) --> (\d\d:\d\d:\d\d\.\d{3})\n(.*)\n", vtt)
    assert vtt.startswith("WEBVTT\n\n")
    assert len(cues) == 4
    for start, end, text in cues:
        times = re.findall(r"<(\d\d:\d\d:\d\d\.\d{3})>", text)
        assert [start, *times, end] == sorted({start, *times, end})
        assert "&lt;<" not in text
        assert re.sub(r"<\d.*?>", "", text).startswith("Uno &lt;due&gt;")


def test_chapters_json(programme: tuple[Timeline, bytes]) -> None:
    """The chapters in JSON begin at 0 and agree with the Timeline."""
    read = json.loads(sound.to_chapters_json(programme[0]))
    assert read["version"] == "1.2.0"
    assert [c["title"] for c in read["chapters"]] == [c.title for c in programme[0].chapters]
    assert read["chapters"][0]["startTime"] == 0


def test_italian_speech_is_levelled(voiced: list[Speech]) -> None:
    """Real speech, whose peaks need the limiter, is as loud as asked within 0.3 LU and peaks below the limit."""
    timeline, mp3 = _render(voiced, [0.5] * len(voiced))
    samples, rate = _decoded(mp3)
    assert len(samples) == round(timeline.seconds * rate)
    heard = loudness.integrated_lufs(loudness.energies(samples, rate)) + loudness.AS_HEARD_DB
    assert heard == pytest.approx(-16, abs=0.3)
    assert limiter.true_peak_dbtp(samples) <= -1.0


@pytest.mark.parametrize("target", [-23.0, -19.0, -16.0, -14.0, -12.0])
def test_every_target_is_reached(voiced: list[Speech], target: float) -> None:
    """Whatever loudness the settings ask for is what is heard of real speech within 0.3 LU, no peak over its limit."""
    out = io.BytesIO()
    asked = SoundSettings(target_lufs=target, music=False)
    sound.render(_script([0.5] * len(voiced)), voiced.__getitem__, asked, TAGS, out)
    samples, rate = _decoded(out.getvalue())
    heard = loudness.integrated_lufs(loudness.energies(samples, rate)) + loudness.AS_HEARD_DB
    assert heard == pytest.approx(target, abs=0.3)
    assert limiter.true_peak_dbtp(samples) <= -1.0


def test_voices_are_matched() -> None:
    """A quiet voice beside a loud one is as loud as it, and a role's own level is added to that."""
    script = _script([0.5] * 4)
    voices = ("piano", "forte", "piano", "forte")
    segments = [replace(one, voice=voice) for one, voice in zip(script.segments, voices, strict=True)]
    segments[3] = replace(segments[3], gain_db=-6.0)
    out = io.BytesIO()
    speeches = [_voice(2, 0.02), _voice(2, 0.3), _voice(2, 0.02), _voice(2, 0.3)]
    timeline = sound.render(replace(script, segments=tuple(segments)), speeches.__getitem__, VOICE_ONLY, TAGS, out)
    samples, rate = _decoded(out.getvalue())
    levels = []
    for cue in timeline.cues:
        part = samples[round(cue.start_seconds * rate) : round(cue.end_seconds * rate)]
        levels.append(loudness.integrated_lufs(loudness.energies(part, rate)))
    assert levels[1] == pytest.approx(levels[0], abs=0.5)
    assert levels[3] - levels[1] == pytest.approx(-6, abs=0.5)


def test_silence_is_not_raised() -> None:
    """A bulletin of silence stays one: no gain is looked for where there is no loudness."""
    _, mp3 = _render([Speech(bytes(44_100), 22_050)] * 2, [0.3, 0.3])
    assert np.abs(_decoded(mp3)[0]).max() < 1e-4


def test_memory_stays_flat() -> None:
    """Twenty minutes pass through a fraction of their 106 MB of samples, and whoever watches hears of the progress."""
    speech = _voice(6.0)
    seen: list[Event] = []
    tracemalloc.start()
    timeline = sound.render(_script([0.3] * 190), lambda _: speech, VOICE_ONLY, TAGS, _Sink(), seen.append)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert timeline.seconds * 88_200 > 100_000_000
    assert peak < 35_000_000
    told = [event.seconds for event in seen if isinstance(event, SecondsEncoded)]
    assert told == sorted(told)
    assert told[-1] == pytest.approx(timeline.seconds)
    assert len(told) > 20


class _Sink(io.BytesIO):
    """A file that keeps its place but not its content."""

    def __init__(self) -> None:
        super().__init__()
        self._at = 0

    def write(self, data: object) -> int:
        size = len(data)  # type: ignore[arg-type]
        self._at += size
        return size

    def tell(self) -> int:
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:  # noqa: ARG002
        self._at = offset
        return offset
