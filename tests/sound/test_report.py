"""The page about a bulletin's sound: true figures, every chapter, nothing from outside, nothing that could run."""

import io
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest

from audio import sound
from audio.config import SoundSettings
from audio.model import Briefing, Role, Script, Segment, Speech, Tags
from audio.sound.listening import listen
from audio.sound.report import to_html

HOSTILE = '<script>alert(1)</script> & "è"'


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


@pytest.fixture(scope="module")
def briefing(tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """Six seconds of noise in three segments and two chapters, titled to do harm."""
    rng = np.random.default_rng(2)
    murmur = np.convolve(rng.normal(0, 6000, 2 * 22_050), np.ones(16) / 8, "same")
    speech = Speech(murmur.clip(-32768, 32767).astype("<i2").tobytes(), 22_050)
    pauses = (1.2, 0.6, 0.0)
    segments = [Segment(Role.PARAGRAPH, "Uno due tre", "uno due tre", "it", p, i // 2) for i, p in enumerate(pauses)]
    path = tmp_path_factory.mktemp("report") / "x.mp3"
    script = Script("T", False, (HOSTILE, "Sport"), tuple(segments))
    with io.BytesIO() as out:
        timeline = sound.render(script, lambda _: speech, SoundSettings(music=False), Tags("T", "A", "B"), out)
        path.write_bytes(out.getvalue())
    return Briefing(path, HOSTILE, timeline, "espeak", "it")


def test_figures_are_those_of_the_file(briefing: Briefing) -> None:
    """Length, loudness and peak are what a meter reads on the decoded file."""
    heard = listen(briefing.path)
    assert heard.seconds == pytest.approx(briefing.timeline.seconds, abs=1e-6)
    assert heard.lufs == pytest.approx(-16, abs=0.3)
    assert heard.true_peak_dbtp <= -1
    page = _parsed(briefing)
    assert f"{heard.lufs:.1f} LUFS" in page.text
    assert "+0.000 s against the plan" in page.text


def _parsed(briefing: Briefing) -> _Page:
    page = _Page()
    page.feed(to_html(briefing, listen(briefing.path), -16.0))
    return page


def test_a_page_holds_everything_and_asks_for_nothing(briefing: Briefing) -> None:
    """Three drawings, every chapter and each rank of pause are there; no script, no link, nothing loaded."""
    page = _parsed(briefing)
    names = [tag for tag, _ in page.tags]
    assert names.count("svg") == 3
    assert names.count("polygon") == 1
    assert not {"script", "link", "img", "iframe", "object", "a"} & set(names)
    assert not any(name in {"src", "href", "onload"} for _, attributes in page.tags for name in attributes)
    assert HOSTILE in page.text
    assert "Sport" in page.text
    assert "paragraph · 1.2 s: 1, median 1.2" in page.text
    assert "paragraph · 0.6 s: 1, median 0.6" in page.text


def test_drawings_are_of_numbers(briefing: Briefing) -> None:
    """No point of a drawing is outside it, or no number at all."""
    page = _parsed(briefing)
    for _, attributes in page.tags:
        for point in (attributes.get("points") or "").split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= 1200
            assert 0 <= y <= 150


def test_silence_has_a_page_too(briefing: Briefing, tmp_path: Path) -> None:
    """A file without sound is drawn flat."""
    out = io.BytesIO()
    script = Script("T", False, ("T",), (Segment(Role.PARAGRAPH, "Uno", "uno", "it", 0.0),))
    silence = Speech(bytes(44_100), 22_050)
    timeline = sound.render(script, lambda _: silence, SoundSettings(music=False), Tags("T", "A", "B"), out)
    (tmp_path / "x.mp3").write_bytes(out.getvalue())
    flat = Briefing(tmp_path / "x.mp3", "T", timeline, "espeak", "it")
    assert "-inf LUFS" in to_html(flat, listen(flat.path), -16.0)
    assert briefing.path != flat.path
