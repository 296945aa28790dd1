"""The Timeline in words."""

import json
import re

from hypothesis import given
from hypothesis import strategies as st

from audio.model import Chapter, Cue, Role, Segment, Timeline, Word
from audio.sound.transcript import to_chapters_json, to_vtt


def _cue(text: str, spoken: str, start: float = 1.0, each: float = 0.5) -> Cue:
    words = [
        Word(start + index * each, match.start(), len(match.group()))
        for index, match in enumerate(re.finditer(r"\S+", spoken))
    ]
    return Cue(Segment(Role.PARAGRAPH, text, spoken, "it", 0.5), start, start + len(words) * each, tuple(words))


def _body(cue: Cue) -> str:
    return to_vtt(Timeline((cue,), (), cue.end_seconds)).splitlines()[3]


def test_words_said_as_written() -> None:
    """Each word but the first, which has the cue's own time, carries the time it is said at."""
    assert _body(_cue("Il Papa parla", "il Papa parla")) == "Il <00:00:01.500>Papa <00:00:02.000>parla"


def test_a_figure_takes_the_time_of_its_first_spoken_word() -> None:
    """Where "6 novembre 2025" is said "sei novembre duemila venticinque", each written word has the time it begins."""
    body = _body(_cue("Il 6 novembre 2025.", "il sei novembre duemila venticinque"))
    assert body == "Il <00:00:01.500>6 <00:00:02.000>novembre <00:00:02.500>2025."


def test_a_voice_without_word_times() -> None:
    """Without word times the text stands alone, as written."""
    cue = Cue(Segment(Role.PARAGRAPH, "A & B <c>", "a e b c", "it", 0.5), 1.0, 2.0)
    assert _body(cue) == "A &amp; B &lt;c&gt;"


@given(st.text(max_size=60), st.text("abcdeè 16", max_size=60), st.floats(0, 0.4))
def test_any_text_makes_a_valid_cue(text: str, spoken: str, each: float) -> None:
    """Times lie strictly inside the cue and rise, the words are those written, and no line ends the cue early."""
    cue = _cue(text, spoken, each=each)
    lines = to_vtt(Timeline((cue,), (), 30.0)).split("\n")
    assert len(lines) == 5
    times = re.findall(r"<(\d\d:\d\d:\d\d\.\d{3})>", lines[3])
    start, end = lines[2].split(" --> ")
    assert [start, *times] == sorted({start, *times})
    assert not times or times[-1] < end
    plain = re.sub(r"<[^>]*>", "", lines[3]).replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    assert plain == " ".join(text.split())


def test_hours() -> None:
    """A cue beyond the first hour has its hours, and a time never shows sixty seconds."""
    cue = Cue(Segment(Role.PARAGRAPH, "Tardi", "tardi", "it", 0.5), 3599.9996, 7325.5)
    assert "01:00:00.000 --> 02:02:05.500" in to_vtt(Timeline((cue,), (), 7326.0))


def test_chapters_json() -> None:
    """Chapters in JSON have version 1.2.0, begin at 0 and rise; Italian stays readable."""
    timeline = Timeline((), (Chapter("Perché", 0.0, 2.0), Chapter("Città", 2.0004, 4.0)), 4.0)
    text = to_chapters_json(timeline)
    assert json.loads(text) == {
        "version": "1.2.0",
        "chapters": [{"startTime": 0.0, "title": "Perché"}, {"startTime": 2.0, "title": "Città"}],
    }
    assert "Perché" in text
