"""A whole programme: what is decoded is what was planned."""

import io
import json
import re
import tracemalloc
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mutagen.id3 import ID3
from mutagen.mp3 import MP3

from audio import pcm, sound
from audio.config import SoundSettings
from audio.events import Event, SecondsEncoded
from audio.model import Role, Script, Segment, Speech, Tags, Timeline, Word
from audio.sound import loudness
from audio.sound.clips import measure, prepare
from audio.sound.timeline import LEAD_IN_SECONDS, LEAD_OUT_SECONDS, arrange

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
    timeline = sound.render(_script(pauses), speeches.__getitem__, SoundSettings(), tags, out)
    return timeline, out.getvalue()


def _decoded(mp3: bytes) -> tuple[np.ndarray, int]:
    blocks = list(pcm.decode_blocks(io.BytesIO(mp3), 1.0))
    return np.concatenate([block for block, _ in blocks]), blocks[0][1]


SPEECHES = [_voice(1.5), _voice(2.0, 0.05), _voice(0.7), _voice(1.1)]
PAUSES = [1.2, 0.6, 0.3, 0.0]


@pytest.fixture(scope="module")
def programme() -> tuple[Timeline, bytes]:
    return _render(SPEECHES, PAUSES)


@pytest.mark.parametrize("rate", [22_050, 24_000, 16_000])
def test_decoded_length_is_the_planned_one(rate: int) -> None:
    """The MP3 decodes to exactly the samples the Timeline says, at a rate that podcasts take."""
    timeline, mp3 = _render([_voice(1, rate=rate), _voice(2, rate=rate)], [0.5, 0])
    samples, out_rate = _decoded(mp3)
    assert out_rate in {44_100, 48_000}
    assert len(samples) == round(timeline.seconds * out_rate)


def test_every_cue_and_pause_is_where_the_timeline_says(programme: tuple[Timeline, bytes]) -> None:
    """Sound begins and ends within 30 ms of each cue, and each pause lasts what its segment asks within 60 ms."""
    timeline, mp3 = programme
    samples, rate = _decoded(mp3)
    sounding = np.flatnonzero(np.abs(samples) > 0.01) / rate
    for cue in timeline.cues:
        inside = sounding[(sounding > cue.start_seconds - 0.1) & (sounding < cue.end_seconds + 0.1)]
        assert inside[0] == pytest.approx(cue.start_seconds, abs=0.03)
        assert inside[-1] == pytest.approx(cue.end_seconds, abs=0.03)
    for one, following, pause in zip(timeline.cues, timeline.cues[1:], PAUSES, strict=False):
        assert following.start_seconds - one.end_seconds == pytest.approx(pause, abs=0.001)


def test_loudness_and_peak(programme: tuple[Timeline, bytes]) -> None:
    """The decoded programme is as loud as asked within 0.3 LU, and no true peak passes the limit."""
    samples, rate = _decoded(programme[1])
    heard = loudness.integrated_lufs(loudness.energies(samples, rate)) + loudness.AS_HEARD_DB
    assert heard == pytest.approx(-16, abs=0.3)
    assert loudness.true_peak_dbtp(samples, rate) <= -1.0


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
    """The same speeches make the same file."""
    assert _render(SPEECHES, PAUSES)[1] == programme[1]


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


def test_edges_are_trimmed_softly() -> None:
    """Silence around a speech goes but for a breath, the ends are faded, and word times move with the cut."""
    speech = _voice(1.0, edge_seconds=0.5)
    samples, cut = prepare(speech, 44_100)
    assert cut == pytest.approx(0.475, abs=0.011)
    assert len(samples) / 44_100 == pytest.approx(1.05, abs=0.03)
    assert samples[0] == pytest.approx(0, abs=1e-3)
    assert samples[-1] == pytest.approx(0, abs=1e-3)
    assert measure(speech, 44_100).words[0].start_seconds == pytest.approx(0.025, abs=0.011)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.floats(0.1, 0.6), st.floats(0, 2)), min_size=1, max_size=6))
def test_length_is_the_sum_of_its_parts(parts: list[tuple[float, float]]) -> None:
    """The programme lasts its clips, its pauses and its edges, to a few samples."""
    speeches = [_voice(seconds) for seconds, _ in parts]
    clips = [measure(speech, 44_100) for speech in speeches]
    plan = arrange(_script([pause for _, pause in parts]), clips, 44_100)
    pauses = sum(pause for _, pause in parts[:-1])
    expected = LEAD_IN_SECONDS + sum(c.samples for c in clips) / 44_100 + pauses + LEAD_OUT_SECONDS
    assert plan.total == pytest.approx(expected * 44_100, abs=len(parts) + 2)


def test_memory_stays_flat() -> None:
    """Twenty minutes cost no more memory than a few clips: the programme is never held."""
    speech = _voice(6.0)
    seen: list[Event] = []
    peaks = []
    for count in (10, 200):
        tracemalloc.start()
        sound.render(_script([0.3] * count), lambda _: speech, SoundSettings(), TAGS, _Sink(), seen.append)
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 5_000_000
    assert isinstance(seen[-1], SecondsEncoded)


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
