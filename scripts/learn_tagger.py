"""Learn what stands around a story: ``python scripts/learn_tagger.py`` writes ``audio/readers/tagger/weights.tsv``.

Every pair of ``tests/cases/readers`` teaches: texts as they are, Markdown without its marks, web pages as a browser
copies them; each once more as its story alone, and the stories of ``tests/cases/kept``, of which all is to be read.
A line is labelled by the pair's expectation. ``--measure FIRST`` learns from the rounds before that one, and says how
much of the furniture of the others it finds, and what of their stories it would lose.

Needs ``pip install '.[learn]'`` (python-crfsuite); the program itself does not.
"""

from __future__ import annotations

import argparse
import itertools
import re
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html
import pycrfsuite

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
sys.path.insert(0, str(ROOT / "benchmarks"))

from readers_gate import sources  # noqa: E402 - the checkout, not an installed copy

from audio.errors import SourceError  # noqa: E402
from audio.model import Article  # noqa: E402
from audio.readers import read  # noqa: E402
from audio.readers.cohesion import key_of  # noqa: E402
from audio.readers.decode import decode  # noqa: E402
from audio.readers.furniture import is_formula, reason_to_drop  # noqa: E402
from audio.readers.head import is_byline  # noqa: E402
from audio.readers.lines import outline  # noqa: E402
from audio.readers.tagger import FURNITURE, look_at, units_of  # noqa: E402
from audio.readers.tagger.features import Unit, features_of  # noqa: E402

TABLE = ROOT / "audio" / "readers" / "tagger" / "weights.tsv"
LABELS = (FURNITURE, "headline", "summary", "byline", "heading", "text")
# Some thousand weights that can be read do as well on unseen rounds as ten thousand (recall within half a point).
SETTINGS = {"c1": 0.5, "c2": 0.1, "max_iterations": 150, "feature.possible_transitions": True, "feature.minfreq": 3}
ROUND = re.compile(r"round-(\d+)/")
MARKS = re.compile(r"^(?:#+|>)\s*|\*\*|__|!?\[([^\]]*)\]\([^)]*\)")
STOPS = re.compile(r"(?<=[.!?»])\s+(?=[A-ZÀ-Þ«\"])")
KEPT = ROOT / "tests" / "cases" / "kept"
LETTER = re.compile(r"(?:Da|A|Oggetto): ")
LETTERHEAD, SENTENCES_UNDER = 4, 5
# These few show what no round does, and count as often.
TIMES_KEPT = 4
# What would be written as nought.
LEAST = 0.005
# What is as short may stand in any line by chance.
TELLING = 25
UNSEEN = {"script", "style", "head", "noscript", "template", "svg", "iframe", "select", "textarea", "video", "audio"}
APART = {
    "p",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "ul",
    "ol",
    "figure",
    "pre",
    "table",
    "hr",
    "dl",
    "form",
}
LINES = {
    "div", "section", "article", "header", "footer", "nav", "aside", "main", "li", "tr", "figcaption", "address",
    "details", "summary", "dt", "dd", "body", "center", "label", "button", "br",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Lesson:
    """A source as the tagger sees it, each line with its label, or None where the expectation does not tell."""

    source: Path
    units: list[Unit]
    labels: list[str | None]


def lessons(folder: Path) -> Iterator[Lesson]:
    """Yield a lesson for each source of a folder that is text, Markdown or a web page."""
    for source, expected in sources(folder):
        try:
            (article, *_) = read(str(source))
            units = units_of(lines_of(source))
        except SourceError:
            continue
        lesson = Lesson(
            source, units, with_kicker([label_of(unit, expected, article) for unit in units], units, expected)
        )
        titled = "headline" in lesson.labels or not expected["headline"]
        if "text" in lesson.labels and titled:
            yield lesson


def kept() -> Iterator[Lesson]:
    """Yield the stories, sentences and headlines that look like something else and are to be read."""
    for source in sorted([*(KEPT / "stories").glob("*.txt"), *(KEPT / "pages").glob("*.txt")]):
        units = units_of(source.read_text(encoding="utf-8").split("\n"))
        above = [unit for unit in units[:LETTERHEAD] if LETTER.match(unit.text) or is_formula(unit.text)]
        title, *body = (unit for unit in units if unit not in above)
        labels = ["heading" if block is None else "text" for _, block in outline([u.text for u in body], title.text)]
        labels = ["byline" if is_byline(unit.text) else label for unit, label in zip(body, labels, strict=True)]
        yield Lesson(source, [*above, title, *body], [*[FURNITURE] * len(above), "headline", *labels])
    headlines, sentences = (
        (KEPT / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in ("headlines", "sentences")
    )
    for n, headline in enumerate(headlines):
        told = [headline, *(sentences[(SENTENCES_UNDER * n + m) % len(sentences)] for m in range(SENTENCES_UNDER))]
        units = [Unit(text, block) for block, text in enumerate(told)]
        yield Lesson(KEPT / "headlines.txt", units, ["headline", *["text"] * SENTENCES_UNDER])


def bare(lesson: Lesson) -> Lesson:
    """Return the story of a lesson alone, each sentence a paragraph: none is furniture because it is short."""
    parts = [
        (part, label)
        for unit, label in zip(lesson.units, lesson.labels, strict=True)
        if label and label != FURNITURE
        for part in (STOPS.split(unit.text) if label == "text" else [unit.text])
    ]
    return Lesson(lesson.source, [Unit(text, n) for n, (text, _) in enumerate(parts)], [label for _, label in parts])


def lines_of(source: Path) -> list[str]:
    """Return the lines of a source as a person would have pasted them."""
    raw = source.read_bytes()
    if source.suffix == ".html":
        return copied(raw)
    lines = decode(raw, str(source)).split("\n")
    return [MARKS.sub(lambda mark: mark[1] or "", line) for line in lines] if source.suffix == ".md" else lines


def copied(raw: bytes) -> list[str]:
    """Return the lines of a web page as a browser copies them: boxes on lines of their own, paragraphs apart."""
    pieces: list[str] = []

    def breaks(tag: str) -> str:
        return "\n\n" if tag in APART else "\n" if tag in LINES else ""

    def walk(element: lxml.html.HtmlElement) -> None:
        tag = element.tag if isinstance(element.tag, str) else ""
        hidden = element.get("hidden") is not None or "display:none" in (element.get("style") or "").replace(" ", "")
        if tag and tag not in UNSEEN and not hidden:
            pieces.append(breaks(tag))
            pieces.append(re.sub(r"\s+", " ", element.text or ""))
            for child in element:
                walk(child)
            pieces.append("" if tag == "br" else breaks(tag))
        pieces.append(re.sub(r"\s+", " ", element.tail or ""))

    walk(lxml.html.document_fromstring(raw))
    return re.sub(r"\n\n+", "\n\n", re.sub(r" *\n *", "\n", "".join(pieces))).split("\n")


def label_of(unit: Unit, expected: dict[str, Any], article: Article) -> str | None:
    """Return what a line is by the expectation; the summary, and what is not listed there, the reading tells."""
    text = key_of(unit.text)
    noise = [key for key in map(key_of, expected["must_not_be_there"]) if key]
    headline, byline, dateline = (key_of(expected.get(part) or "") for part in ("headline", "byline", "dateline"))
    head = (article.standfirst, article.kicker, expected.get("standfirst"), expected.get("kicker"))
    said = [key_of(block.text) for section in article.sections for block in section.blocks]
    told = any(_holds(text, *map(key_of, ends.partition(" … ")[::2])) for ends in expected["paragraphs"])
    # The first that is true; a caption may name who wrote, too.
    signs = byline and byline in text and len(text) <= 2 * len(byline) + TELLING and not text.startswith("foto")
    answers = (
        ("headline", headline and _is(text, headline)),
        ("byline", signs),
        (FURNITURE, text in noise),
        ("heading", text in map(key_of, expected["headings"])),
        ("summary", any(_is(text, key_of(part)) for part in head if part)),
        ("text", told or text == dateline),
        ("text", any(_is(text, one) for one in said) and not any(_is(text, one) for one in noise)),
    )
    return next((label for label, true in answers if true), FURNITURE)


def with_kicker(labels: list[str | None], units: Sequence[Unit], expected: dict[str, Any]) -> list[str | None]:
    """Return the labels, with what stands right above the title and nobody listed as furniture for its kicker."""
    title = labels.index("headline") if "headline" in labels else 0
    above = units[title - 1].text if title else ""
    listed = any(
        key_of(above) in key_of(noise) or key_of(noise) in key_of(above) for noise in expected["must_not_be_there"]
    )
    if not above or listed or labels[title - 1] != FURNITURE or reason_to_drop(above):
        return labels
    return [*labels[: title - 1], "summary", *labels[title:]]


def _is(text: str, whole: str) -> bool:
    return text == whole or (len(text) > TELLING and text in whole) or (len(whole) > TELLING and whole in text)


def _holds(text: str, begin: str, end: str) -> bool:
    return begin in text[: 2 * len(begin) + TELLING] and text.endswith(end or begin)


def learn(taught: Iterable[Lesson]) -> list[tuple[str, dict[str, float]]]:
    """Return the rows of the table: features, and the transitions under the name of the label before."""
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", verbose=False)
    trainer.set_params(SETTINGS)
    alone = (one for lesson in taught for one in (lesson, bare(lesson)))
    for lesson in itertools.chain(alone, list(kept()) * TIMES_KEPT):
        known = [(unit, label) for unit, label in zip(lesson.units, lesson.labels, strict=True) if label]
        trainer.append(pycrfsuite.ItemSequence(features_of([unit for unit, _ in known])), [label for _, label in known])
    with tempfile.TemporaryDirectory() as folder:
        model = str(Path(folder) / "model")
        trainer.train(model)
        tagger = pycrfsuite.Tagger()
        tagger.open(model)
        found = tagger.info()
        tagger.close()
    rows: dict[str, dict[str, float]] = {f"after {label}": {} for label in LABELS}
    for (before, label), weight in found.transitions.items():
        rows[f"after {before}"][label] = weight
    for (feature, label), weight in sorted(found.state_features.items()):
        rows.setdefault(feature, {})[label] = weight
    return list(rows.items())


def write(rows: Sequence[tuple[str, dict[str, float]]], taught: Sequence[Lesson]) -> None:
    """Write the table of weights."""
    head = [
        "# How much a feature of a line speaks for what the line is. Written by scripts/learn_tagger.py.",
        f"# Learned from {len(taught)} sources, {sum(len(lesson.units) for lesson in taught)} lines.",
        "\t".join(("feature", *LABELS)),
    ]
    table = [
        "\t".join((name, *(f"{weights[label]:.2f}" if label in weights else "" for label in LABELS)))
        for name, weights in rows
        if name.startswith("after ") or any(abs(weight) >= LEAST for weight in weights.values())
    ]
    TABLE.write_text("\n".join([*head, *table]) + "\n", encoding="utf-8")


def measure(unseen: Iterable[Lesson]) -> None:
    """Print what the table finds of the furniture of sources, and what it takes for furniture and is of the story."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for lesson in unseen:
        around = look_at(lesson.units).outside
        for unit, label in zip(lesson.units, lesson.labels, strict=True):
            if label:
                found[lesson.source.suffix][label] += 1
                found[lesson.source.suffix][f"{label} taken"] += key_of(unit.text) in around
                if label != FURNITURE and key_of(unit.text) in around:
                    print(f"{lesson.source.name}: {label}: {unit.text[:100]}")
    for suffix, counts in sorted(found.items()):
        print(suffix, *(f"{label} {counts[f'{label} taken']}/{counts[label]}" for label in LABELS))


def main() -> None:
    """Learn from all pairs, or measure on the last of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--measure", type=int, metavar="FIRST", help="learn from the rounds before this one only")
    options = parser.parse_args()
    taught = list(lessons(ROOT / "tests" / "cases" / "readers"))
    if options.measure is None:
        write(learn(taught), taught)
        return
    number = {lesson.source: int((ROUND.search(lesson.source.as_posix()) or [0, 0])[1]) for lesson in taught}
    kept = TABLE.read_text(encoding="utf-8")
    try:
        before = [lesson for lesson in taught if number[lesson.source] < options.measure]
        write(learn(before), before)
        measure(lesson for lesson in taught if number[lesson.source] >= options.measure)
    finally:
        TABLE.write_text(kept, encoding="utf-8")


if __name__ == "__main__":
    main()
