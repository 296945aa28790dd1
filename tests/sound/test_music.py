"""Music around and under the words: there, at its level, out of the voice's way, and off by one setting."""

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from audio import engines, pcm, sound
from audio.config import SoundSettings
from audio.errors import SettingsError
from audio.model import Role, Script, Segment, Span, Speech, Sting, Tags, Timeline
from audio.sound import limiter, loudness
from audio.sound.music import Music, bed_line
from audio.sound.timeline import Bed

TEXTS = (
    "Notiziario, giovedì sei novembre.",
    "Il ponte è chiuso.",
    "Riapre domenica.",
    "Avete ascoltato il notiziario.",
)


@pytest.fixture(scope="module")
def speeches() -> Iterator[list[Speech]]:
    engine = engines.make("espeak")
    yield [engine.speak((Span(text),), "it") for text in TEXTS]
    engine.close()


SEGMENTS = (
    Segment(Role.ANNOUNCEMENT, TEXTS[0], TEXTS[0], "it", 1.2, 0, before=Sting.SIGNATURE, bed=True),
    Segment(Role.PARAGRAPH, TEXTS[1], TEXTS[1], "it", 1.2, 0, after=Sting.TICK),
    Segment(Role.PARAGRAPH, TEXTS[2], TEXTS[2], "it", 1.2, 1),
    Segment(Role.ANNOUNCEMENT, TEXTS[3], TEXTS[3], "it", 0.0, 1, after=Sting.CLOSING),
)


def _made(speeches: list[Speech], settings: SoundSettings) -> tuple[Timeline, np.ndarray, int]:
    out = io.BytesIO()
    script = Script("T", False, ("Uno", "Due"), SEGMENTS)
    timeline = sound.render(script, speeches.__getitem__, settings, Tags("T", "A", "B"), out)
    samples, rate = pcm.decode_channels(out.getvalue())
    return timeline, samples, rate


def _level(samples: np.ndarray, rate: int, start: float, end: float) -> float:
    part = samples[round(start * rate) : round(end * rate)].mean(axis=1)
    return 10 * float(np.log10(np.mean(part**2) + 1e-12))


def test_a_bulletin_with_music_keeps_its_promises(speeches: list[Speech]) -> None:
    """With music too the loudness is met within 0.3 LU, the peak held, and the length that of the plan."""
    timeline, samples, rate = _made(speeches, SoundSettings())
    assert len(samples) == round(timeline.seconds * rate)
    heard = loudness.integrated_lufs(loudness.energies(samples[:, 0], rate)) + loudness.AS_HEARD_DB
    assert heard == pytest.approx(-16, abs=0.3)
    assert limiter.true_peak_dbtp(samples) <= -1.0


def test_music_stands_where_the_script_says(speeches: list[Speech]) -> None:
    """Signature, tick and closing sound outside the words, the bed in the pauses around its own."""
    timeline, samples, rate = _made(speeches, SoundSettings())
    cues = timeline.cues
    assert _level(samples, rate, 0.5, 2.5) > -30
    assert _level(samples, rate, cues[0].end_seconds + 0.05, cues[0].end_seconds + 0.4) > -55
    assert _level(samples, rate, cues[1].start_seconds - 0.1, cues[1].start_seconds - 0.03) < -70
    tick = (cues[1].end_seconds + 0.6, cues[1].end_seconds + 1.2)
    assert _level(samples, rate, *tick) > -35
    assert _level(samples, rate, cues[2].start_seconds - 0.2, cues[2].start_seconds - 0.03) < -70
    assert _level(samples, rate, cues[3].end_seconds + 0.4, cues[3].end_seconds + 2) > -30


def test_one_setting_turns_it_off(speeches: list[Speech]) -> None:
    """Without music there is silence before the first word and after the last."""
    timeline, samples, rate = _made(speeches, SoundSettings(music=False))
    assert timeline.cues[0].start_seconds == pytest.approx(0.3)
    assert _level(samples, rate, 0, 0.27) < -90
    assert _level(samples, rate, timeline.cues[-1].end_seconds + 0.1, timeline.seconds) < -90


def test_stereo_is_stereo_and_mono_as_loud(speeches: list[Speech]) -> None:
    """In the music profile the signature is wide, the voice in the middle, and the loudness as heard the same."""
    timeline, samples, rate = _made(speeches, SoundSettings(profile="music"))
    assert samples.shape[1] == 2
    steps = loudness.energies(np.ascontiguousarray(samples[:, 0]), rate)
    steps = steps + loudness.energies(np.ascontiguousarray(samples[:, 1]), rate)
    assert loudness.integrated_lufs(steps) == pytest.approx(-16, abs=0.3)
    side = np.abs(samples[:, 0] - samples[:, 1])
    voice = slice(round(timeline.cues[2].start_seconds * rate), round(timeline.cues[2].end_seconds * rate))
    assert side[rate : 2 * rate].max() > 0.02
    assert side[voice].max() < 0.01
    assert limiter.true_peak_dbtp(samples) <= -1.0


@pytest.mark.parametrize(("profile", "rate"), [("speech", 22_050), ("podcast", 44_100)])
def test_profiles_have_their_rates(speeches: list[Speech], profile: str, rate: int) -> None:
    """Each profile keeps its promises at its own rate."""
    timeline, samples, found = _made(speeches, SoundSettings(profile=profile))
    assert found == rate
    assert len(samples) == round(timeline.seconds * rate)
    heard = loudness.integrated_lufs(loudness.energies(samples[:, 0], rate)) + loudness.AS_HEARD_DB
    assert heard == pytest.approx(-16, abs=0.3)
    assert limiter.true_peak_dbtp(samples) <= -1.0


def test_own_music_replaces_ours(speeches: list[Speech], tmp_path: Path) -> None:
    """A file of the user's, at another rate and level, sounds as signature, brought to the programme's loudness."""
    time = np.arange(2 * 32_000) / 32_000
    soundfile.write(tmp_path / "mia.flac", 0.01 * np.sin(2 * np.pi * 700 * time), 32_000)
    timeline, samples, rate = _made(speeches, SoundSettings(jingle=tmp_path / "mia.flac"))
    assert timeline.cues[0].start_seconds == pytest.approx(0.3 + 2, abs=0.01)
    spectrum = np.abs(np.fft.rfft(samples[rate // 2 : rate, 0]))
    assert np.argmax(spectrum) * 2 == pytest.approx(700, abs=2)
    assert _level(samples, rate, 0.5, 1.2) == pytest.approx(-19, abs=1.5)


def test_music_that_is_none_is_a_mistake_in_the_settings(speeches: list[Speech], tmp_path: Path) -> None:
    """A missing file is told by its path."""
    with pytest.raises(SettingsError, match=r"manca\.ogg"):
        _made(speeches, SoundSettings(bed=tmp_path / "manca.ogg"))


def test_the_bed_is_down_before_each_word() -> None:
    """The bed is 20 LU down while somebody speaks, up in a long pause, and silent before and after."""
    bed = Bed(1000, 100_000, ((20_000, 40_000), (60_000, 80_000)))
    line = 20 * np.log10(bed_line(bed, 10_000, np.arange(0, 101_000)) + 1e-9)
    assert line[:999].max() < -100
    assert line[20_000:40_000].max() == pytest.approx(-20, abs=0.01)
    assert line[50_000] == pytest.approx(-8, abs=0.01)
    assert line[60_000] == pytest.approx(-20, abs=0.01)
    assert line[99_999] < -55
    assert np.abs(np.diff(line[1000:100_000])).max() < 0.05


def test_our_own_pieces_are_short_and_small() -> None:
    """What comes with the program is a signature of 3 to 6 s, a tick of at most 1.5 s, and a bed worth repeating."""
    music = Music(SoundSettings(), 44_100, 2, None)
    seconds = {kind: piece.samples / 44_100 for kind, piece in music.stings.items()}
    assert 3 < seconds[Sting.SIGNATURE] < 6
    assert 0.4 < seconds[Sting.TICK] < 1.5
    assert 3 < seconds[Sting.CLOSING] < 6
    assert music.bed is not None
    assert music.bed.samples > 12 * 44_100


def test_a_repeated_bed_has_no_hole(speeches: list[Speech]) -> None:
    """Under a minute of headlines the bed goes on where it ends: no tenth of a second of the pauses is silent."""
    segments = tuple(replace(SEGMENTS[1], pause_seconds=6.0, after=None, bed=True) for _ in range(8))
    out = io.BytesIO()
    script = Script("T", False, ("Uno",), segments)
    timeline = sound.render(script, lambda _: speeches[1], SoundSettings(), Tags("T", "A", "B"), out)
    samples, rate = pcm.decode_channels(out.getvalue())
    for one, following in zip(timeline.cues, timeline.cues[1:], strict=False):
        start, end = one.end_seconds + 0.1, following.start_seconds - 0.1
        levels = [_level(samples, rate, at, at + 0.1) for at in np.arange(start, end - 0.1, 0.1)]
        assert min(levels) > -70
