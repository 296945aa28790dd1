"""A finished file examined: what is whole passes, and every way of spoiling it is found."""

import json
import os
import random
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import lameenc
import numpy as np
import pytest
from numpy.typing import NDArray

from audio import checking, pcm, readers
from audio.errors import SourceError
from audio.model import Article
from audio.sound import proof
from audio.sound.tags import said_by

pytestmark = pytest.mark.usefixtures("unwatched_children")

ROOT = Path(__file__).parent.parent
# More of them prove more: NOTIZIARIO_ROUNDS=100 python -m pytest tests/test_checking.py
ROUNDS = int(os.environ.get("NOTIZIARIO_ROUNDS", "3"))
TEXT = """Ponte chiuso a Siena

SIENA – Il ponte di ferro è chiuso da oggi per lavori. Lo ha deciso il sindaco dopo le piogge di ieri.

I mezzi pesanti passano dalla tangenziale. La strada riapre lunedì mattina alle sei, se il tempo lo permette.
"""


@dataclass(frozen=True)
class Made:
    """A bulletin of the embedded voice, decoded, with the tag it came with."""

    path: Path
    articles: tuple[Article, ...]
    tag: bytes
    samples: NDArray[np.float32]
    rate: int
    prints: tuple[proof.Print, ...]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    folder = tmp_path_factory.mktemp("check")
    (folder / "ponte.txt").write_text(TEXT)
    (folder / "notiziario.yaml").write_text("engines: [espeak]\ncache: {folder: cache}\nsound: {music: false}\n")
    command = [sys.executable, "-m", "audio", "make", "ponte.txt", "-o", "ponte.mp3"]
    subprocess.run(command, cwd=folder, env={"PYTHONPATH": str(ROOT), "PATH": ""}, check=True, capture_output=True)
    path = folder / "ponte.mp3"
    raw = path.read_bytes()
    size = 10 + sum(byte << shift for byte, shift in zip(raw[6:10], (21, 14, 7, 0), strict=True))
    samples, rate = pcm.decode_channels(raw)
    carried = said_by(path).proof
    assert carried
    mono = np.ascontiguousarray(samples[:, 0])
    return Made(path, readers.read(str(folder / "ponte.txt")), raw[:size], mono, rate, proof.from_bytes(carried).prints)


def _spoilt(made: Made, samples: NDArray[np.float32], folder: Path) -> Path:
    """Encode changed samples behind the bulletin's own tag, beside copies of its sidecars."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(96)
    encoder.set_in_sample_rate(made.rate)
    encoder.set_channels(1)
    encoder.silence()
    sound = encoder.encode((samples.clip(-1, 1) * 32767).astype("<i2").tobytes()) + encoder.flush()
    path = folder / "ponte.mp3"
    path.write_bytes(made.tag + bytes(sound))
    for suffix in (".vtt", ".chapters.json"):
        path.with_suffix(suffix).write_bytes(made.path.with_suffix(suffix).read_bytes())
    return path


def _wrong(path: Path, articles: tuple[Article, ...] = ()) -> set[str]:
    return {finding.what for finding in checking.check(path, articles) if not finding.ok}


def _part(made: Made, index: int) -> slice:
    one = made.prints[index]
    return slice(round(one.start_seconds * made.rate), round(one.end_seconds * made.rate))


def test_a_whole_bulletin_passes(made: Made) -> None:
    """A bulletin as it was made keeps every law, against its article too."""
    assert _wrong(made.path, made.articles) == set()


def _cut(made: Made) -> NDArray[np.float32]:
    return np.delete(made.samples, _part(made, 3))


def _mute(made: Made) -> NDArray[np.float32]:
    samples = made.samples.copy()
    samples[_part(made, 3)] = 0
    return samples


def _swap(made: Made) -> NDArray[np.float32]:
    a, b = _part(made, 3), _part(made, 4)
    s = made.samples
    return np.concatenate([s[: a.start], s[b], s[a.stop : b.start], s[a], s[b.stop :]])


def _shift(made: Made) -> NDArray[np.float32]:
    moved = round(0.25 * made.rate)
    return np.concatenate([np.zeros(moved, np.float32), made.samples[:-moved]])


def _repeat(made: Made) -> NDArray[np.float32]:
    samples = made.samples.copy()
    source, target = made.samples[_part(made, 2)], _part(made, 5)
    samples[target] = np.resize(source, target.stop - target.start)
    return samples


def _faint(made: Made) -> NDArray[np.float32]:
    return made.samples * 0.7


def _clip(made: Made) -> NDArray[np.float32]:
    return made.samples * 2


@pytest.mark.parametrize(
    ("spoil", "found"),
    [
        (_cut, {"length", "segments"}),
        (_mute, {"segments"}),
        (_swap, {"segments"}),
        (_shift, {"segments"}),
        (_repeat, {"segments"}),
        (_faint, {"level"}),
        (_clip, {"level", "peak"}),
    ],
)
def test_spoilt_sound_is_found(
    made: Made, tmp_path: Path, spoil: Callable[[Made], NDArray[np.float32]], found: set[str]
) -> None:
    """A segment cut, muted, swapped, moved or repeated, and a wrong level, each break the law they should."""
    assert found <= _wrong(_spoilt(made, spoil(made), tmp_path))


def test_encoding_alone_spoils_nothing(made: Made, tmp_path: Path) -> None:
    """The same samples encoded once more keep the laws of sound: what is found above comes from what was done."""
    assert not {"segments", "silence"} & _wrong(_spoilt(made, made.samples, tmp_path))


def test_a_hole_in_a_pause_is_found(made: Made, tmp_path: Path) -> None:
    """Three seconds of silence that nobody planned are told with their place."""
    at = round(made.prints[3].end_seconds * made.rate)
    samples = np.insert(made.samples, at, np.zeros(3 * made.rate, np.float32))
    findings = {one.what: one for one in checking.check(_spoilt(made, samples, tmp_path))}
    assert not findings["silence"].ok
    assert f"{made.prints[3].end_seconds:.0f}"[:1] in findings["silence"].says


def test_words_that_are_not_the_sources_are_found(made: Made, tmp_path: Path) -> None:
    """A changed number in the transcript, a lost cue and foreign chapters are each told."""
    path = _spoilt(made, made.samples, tmp_path)
    vtt = path.with_suffix(".vtt")
    good = vtt.read_text()
    vtt.write_text(good.replace("tangenziale", "autostrada"))
    assert "sources" in _wrong(path, made.articles)
    vtt.write_text(good[: good.rindex("\n\n")] + "\n")
    assert {"transcript", "sources"} <= _wrong(path, made.articles)
    chapters = path.with_suffix(".chapters.json")
    listed = json.loads(chapters.read_text())
    listed["chapters"][-1]["startTime"] += 1
    chapters.write_text(json.dumps(listed))
    assert "chapters" in _wrong(path)


def test_a_file_of_others_is_told_apart(made: Made, tmp_path: Path) -> None:
    """An MP3 without a proof is said to have none; what is no MP3 is one clear error."""
    bare = tmp_path / "altro.mp3"
    bare.write_bytes(made.path.read_bytes()[len(made.tag) :])
    with pytest.raises(SourceError, match="no ID3 tag"):
        list(checking.check(bare))
    for name, content in (("vuoto.mp3", b""), ("testo.mp3", b"testo")):
        (tmp_path / name).write_bytes(content)
        with pytest.raises(SourceError, match=name):
            list(checking.check(tmp_path / name))
    with pytest.raises(SourceError, match="No such file"):
        list(checking.check(tmp_path / "manca.mp3"))


def _at_random(made: Made, what: str, chance: random.Random) -> NDArray[np.float32]:
    """Spoil one segment of more than a second."""
    long = [i for i, one in enumerate(made.prints) if one.end_seconds - one.start_seconds > 1]
    index, other = chance.sample(long, 2)
    part, s = _part(made, index), made.samples.copy()
    match what:
        case "cut":
            return np.delete(s, part)
        case "mute":
            s[part] = 0
        case "shift":
            moved = round(chance.uniform(0.2, 0.6) * made.rate) * chance.choice((-1, 1))
            s[part] = np.roll(s[part], moved)
        case "repeat":
            s[part] = np.resize(made.samples[_part(made, other)], part.stop - part.start)
        case _:
            first, last = sorted((part, _part(made, other)), key=lambda one: one.start)
            between = s[first.stop : last.start]
            return np.concatenate([s[: first.start], s[last], between, s[first], s[last.stop :]])
    return s


@pytest.mark.parametrize("what", ["cut", "mute", "shift", "repeat", "swap"])
def test_whatever_segment_is_spoilt(made: Made, tmp_path: Path, what: str) -> None:
    """Any sentence of more than a second cut, muted, moved by a fifth of one, said twice or exchanged is found."""
    chance = random.Random(what)  # noqa: S311 - which segment is no secret
    found = [_wrong(_spoilt(made, _at_random(made, what, chance), tmp_path)) for _ in range(ROUNDS)]
    assert all({"segments"} <= one for one in found), f"{sum('segments' in one for one in found)} of {ROUNDS}"
