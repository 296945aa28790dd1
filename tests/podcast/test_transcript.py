"""From the bulletin's WebVTT to lines, captions and paragraphs."""

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from audio.model import Briefing
from audio.podcast import transcript
from audio.podcast.transcript import Line, TimedWord

WORDS = st.text(st.characters(exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp"]), min_size=1, max_size=20)


@st.composite
def _line(draw: st.DrawFn) -> Line:
    """Draw a line of words that carry rising times, or none."""
    texts = draw(st.lists(WORDS, min_size=1, max_size=30))
    texts = [text for raw in texts for text in raw.split()] or ["a"]
    start = draw(st.integers(0, 10_000_000))
    step = draw(st.integers(1, 900))
    told = draw(st.lists(st.booleans(), min_size=len(texts), max_size=len(texts)))
    words = [
        TimedWord(text, start + n * step if n and known else None)
        for n, (text, known) in enumerate(zip(texts, told, strict=True))
    ]
    return Line(start, start + len(texts) * step + 1, tuple(words))


@given(st.lists(_line(), max_size=4))
def test_reading_gives_back_what_was_written(lines: list[Line]) -> None:
    """Lines written as WebVTT and read again are the same, whatever signs stand in them."""
    assert list(transcript.from_vtt(transcript.to_vtt(lines))) == lines


@given(_line())
def test_rows_fit_a_screen(line: Line) -> None:
    """WebVTT rows have at most 65 characters, captions two rows of at most 32, unless one word alone is longer."""
    rows = re.sub(r"<\d[^>]*>", "", transcript.to_vtt([line])).splitlines()[3:]
    for row in rows:
        plain = row.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
        assert len(plain) <= 65 or " " not in plain
    for caption in filter(None, transcript.to_srt([line]).split("\n\n")):
        shown = caption.strip("\n").split("\n")[2:]
        assert len(shown) <= 2
        assert all(len(row) <= 32 or " " not in row for row in shown)


@given(_line())
def test_captions_say_it_all_in_time(line: Line) -> None:
    """Captions hold every word in order, follow each other, and stay within their line's time."""
    text = transcript.to_srt([line])
    times = re.findall(r"(\d\d):(\d\d):(\d\d),(\d{3})", text)
    millis = [((int(h) * 60 + int(m)) * 60 + int(s)) * 1000 + int(ms) for h, m, s, ms in times]
    assert millis[0] == line.start_ms
    assert millis[-1] == line.end_ms
    assert all(b >= a for a, b in pairwise(millis))
    said = [row for block in text.split("\n\n") for row in block.strip("\n").split("\n")[2:]]
    assert " ".join(said) == line.text


def test_a_real_bulletin(briefing: Briefing) -> None:
    """Each sentence of a bulletin is a line at its place in the timeline, and paragraphs hold all of them."""
    lines = transcript.from_vtt(briefing.path.with_suffix(".vtt").read_text(encoding="utf-8"))
    cues = briefing.timeline.cues
    assert [line.text for line in lines] == [" ".join(cue.segment.text.split()) for cue in cues]
    assert all(abs(line.start_ms - cue.start_seconds * 1000) <= 1 for line, cue in zip(lines, cues, strict=True))
    paragraphs = transcript.paragraphs_of(briefing.timeline, 0.6)
    assert sum(p.cues for p in paragraphs) == len(cues)
    assert [p.role for p in paragraphs][:2] == ["announcement", "headline"]
