"""The ear knows a pause's rank: by decoded silence alone headline, section, paragraph and sentence are told apart."""

import datetime as dt
import io
import itertools

import numpy as np
import pytest

from audio import engines, pcm, sound
from audio.config import Config, SoundSettings
from audio.model import Article, Block, Role, Script, Section, Speech, Tags
from audio.script import write

SENTENCES = (
    "Il ponte resta chiuso fino a domenica.",
    "I treni regionali viaggiano con venti minuti di ritardo.",
    "Piove al Nord, sole al Sud.",
    "La procura ha aperto un fascicolo sull'incidente.",
    "La squadra sale al terzo posto.",
    "Il Senato vota giovedì la legge di bilancio.",
)


def _article(story: int) -> Article:
    sections = []
    for section in range(3):
        blocks = []
        for paragraph in range(4):
            first = story + section + paragraph
            role = Role.QUOTE if paragraph == 2 else Role.PARAGRAPH
            blocks.append(Block(role, " ".join(SENTENCES[(first + n) % 6] for n in range(3))))
        sections.append(Section(f"Parte {('prima', 'seconda', 'terza')[section]}" if section else None, tuple(blocks)))
    return Article(f"Titolo della storia numero {('uno', 'due', 'tre', 'quattro')[story]}", tuple(sections))


@pytest.fixture(scope="module")
def bulletin() -> tuple[Script, np.ndarray, int]:
    """A whole bulletin of four stories, spoken and decoded; ticks are off, so that every pause is silence."""
    script = write([_article(n) for n in range(4)], Config(), voice="it", date=dt.date(2025, 11, 6))
    engine = engines.make("espeak")
    spoken: dict[tuple[str, float], Speech] = {}
    for one in script.segments:
        if (one.spoken, one.rate) not in spoken:
            spoken[one.spoken, one.rate] = engine.speak(one.spans_for("espeak"), "it", one.rate)
    engine.close()
    out = io.BytesIO()
    speeches = [spoken[one.spoken, one.rate] for one in script.segments]
    sound.render(script, speeches.__getitem__, SoundSettings(music=False), Tags("T", "A", "B"), out)
    samples, rate = pcm.decode_channels(out.getvalue())
    return script, samples[:, 0], rate


def _silences(samples: np.ndarray, rate: int) -> list[float]:
    """Return the silences of 0.22 s and more, in seconds, by 5 ms frames 50 dB below full scale."""
    step = rate // 200
    quiet = np.abs(samples[: len(samples) // step * step]).reshape(-1, step).max(axis=1) < 10 ** (-50 / 20)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], quiet.astype(int), [0]))))
    return [(end - start) * 0.005 for start, end in zip(edges[::2], edges[1::2], strict=True) if end - start >= 44]


def test_pauses_are_told_apart(bulletin: tuple[Script, np.ndarray, int]) -> None:
    """By their length alone at least 95 % of the pauses between segments are put into their own class."""
    script, samples, rate = bulletin
    pauses = Config().pauses
    lifted = pauses.before_quote_seconds
    ranks = {
        "sentence": (pauses.sentence_seconds, pauses.sentence_seconds + lifted),
        "paragraph": (pauses.paragraph_seconds, pauses.paragraph_seconds + lifted),
        "heading": (pauses.heading_seconds, pauses.heading_seconds),
        "section": (pauses.section_seconds, pauses.section_seconds),
        "headline": (pauses.headline_seconds, pauses.headline_seconds),
    }
    meant = [min(ranks, key=lambda n: min(abs(s.pause_seconds - x) for x in ranks[n])) for s in script.segments[:-1]]
    bounds = list(ranks.values())
    borders = [(low[1] + high[0]) / 2 for low, high in itertools.pairwise(bounds)]
    heard = _silences(samples, rate)[1:-1]
    # A voice's own pause at a comma can be as long as one between sentences; those are what may be confused.
    classes = [list(ranks)[int(np.searchsorted(borders, seconds))] for seconds in heard]
    right, at = 0, 0
    for name in meant:
        while at < len(classes) and classes[at] != name:
            at += 1
        right += at < len(classes)
        at += 1
    assert len(classes) <= len(meant) * 1.3
    assert right / len(meant) >= 0.95
