"""How well sources are understood, kind by kind, against floors that only rise.

Run ``python benchmarks/readers_gate.py [FOLDER]``. A kind is a folder of ``tests/cases/readers``; those of ``round-N``
were written before any code had seen them; ``formats/KIND`` are the articles of feeds, books, letters and documents.

A source scores up to 100 points: headline 20, dateline 10, byline 10, headings 20, paragraphs 30 (the harmonic mean of
those found and those right, in order), and 10 if nothing of the page's furniture is said. ``--raise`` writes the
figures reached as the new floors and pins the set; ``--lower`` alone lets a floor sink, and is to be argued in the
change that uses it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from audio.errors import SourceError  # noqa: E402 - the checkout, not an installed copy
from audio.model import Article  # noqa: E402
from audio.readers import parse, read  # noqa: E402

sys.path.insert(0, str(ROOT / "tests"))
from source_builders import docx, epub, pdf  # noqa: E402

FORMATS = ROOT / "tests" / "cases" / "formats"
BUILDERS: dict[str, Callable[[Any], bytes]] = {"pdf": pdf, "epub": epub, "docx": docx}
CASES = ROOT / "tests" / "cases" / "readers"
BASELINE = Path(__file__).with_name("readers_baseline.json")
# How the articles of a source are had: by reading it, or from what was read of it before.
Reading = Callable[[str], tuple[Article, ...]]
WEIGHTS = {"headline": 20, "dateline": 10, "byline": 10, "headings": 20, "paragraphs": 30, "noise": 10}


def sources(folder: Path = CASES) -> list[tuple[Path, dict[str, Any]]]:
    """Return each source beside its expectation; pairs that hold whole sections are tested exactly elsewhere."""
    found = []
    for path in sorted(folder.rglob("*.json")):
        expected = json.loads(path.read_text(encoding="utf-8"))
        if "paragraphs" in expected or "articles" in expected:
            (source,) = (p for p in path.parent.iterdir() if p.stem == path.stem and p != path)
            found.append((source, expected))
    return found


def digest() -> str:
    """Return what pins the set: a case that was changed to please the code shows here."""
    formats = sorted(path for path in FORMATS.rglob("*") if path.is_file())
    return digest_of([*paths_of(source for source, _ in sources()), *formats])


def paths_of(pairs: Iterable[Path]) -> list[Path]:
    """Return the files of pairs, which are given by their sources."""
    return [path for source in pairs for path in (source, source.with_suffix(".json"))]


def digest_of(paths: Iterable[Path]) -> str:
    """Return what pins files, in their order."""
    pinned = hashlib.sha256()
    for path in paths:
        pinned.update(path.read_bytes())
    return pinned.hexdigest()


def headings_of(article: Article) -> list[str]:
    """Return the headings in order."""
    return [section.heading for section in article.sections if section.heading]


def paragraphs_of(article: Article) -> list[str]:
    """Return the paragraphs, quotes and items in order."""
    return [block.text for section in article.sections for block in section.blocks]


def matches(expected: str, found: str) -> bool:
    """Tell whether a text is the expected one; "begin … end" asks for its two ends."""
    begin, mark, end = expected.partition(" … ")
    if not mark:
        return found == expected
    return found.startswith(begin) and found.endswith(end) and len(found) >= len(begin) + len(end)


def agreement(expected: Sequence[str], found: Sequence[str]) -> float:
    """Return the F1 measure of two lists of texts in order, 1 where both are empty."""
    if not expected and not found:
        return 1.0
    names = [next((e for e in expected if matches(e, text)), f"\0{text}") for text in found]
    blocks = SequenceMatcher(None, list(expected), names, autojunk=False).get_matching_blocks()
    return 2 * sum(block.size for block in blocks) / (len(expected) + len(found))


def said(article: Article) -> str:
    """Return everything of an article that a voice would say."""
    head = [article.headline, article.standfirst, article.byline, article.dateline]
    return "\n".join([*filter(None, head), *headings_of(article), *paragraphs_of(article)])


def points(article: Article, expected: Mapping[str, Any]) -> dict[str, float]:
    """Return the points of each part, none above its weight."""
    voice = said(article)
    share = {
        "headline": float(article.headline == expected["headline"]),
        "dateline": float("dateline" not in expected or article.dateline == expected["dateline"]),
        "byline": float("byline" not in expected or article.byline == expected["byline"]),
        "headings": agreement(expected["headings"], headings_of(article)),
        "paragraphs": agreement(expected["paragraphs"], paragraphs_of(article)),
        "noise": float(not any(noise in voice for noise in expected["must_not_be_there"])),
    }
    return {part: WEIGHTS[part] * share[part] for part in WEIGHTS}


def score(source: Path, expected: Mapping[str, Any], reading: Reading = read) -> dict[str, float]:
    """Read a source and return the points of its article, or the mean of its ``articles``; one refused has none."""
    try:
        found = reading(str(source))
    except SourceError:
        return dict.fromkeys(WEIGHTS, 0.0)
    if "articles" in expected:
        return mean_points(found, expected["articles"])
    return points(found[0], expected)


def mean_points(found: Sequence[Article], expected: Sequence[Mapping[str, Any]]) -> dict[str, float]:
    """Return the mean points of articles in their order; one that is missing, or that nobody expects, has none."""
    nothing = dict.fromkeys(WEIGHTS, 0.0)
    # The best way to lay two rows of articles beside each other: a story more costs its share, not those behind it.
    best = [nothing] * (len(expected) + 1)
    for article in found:
        row = [nothing]
        for n, wanted in enumerate(expected):
            beside = {part: best[n][part] + value for part, value in points(article, wanted).items()}
            row.append(max(best[n + 1], row[n], beside, key=lambda reached: sum(reached.values())))
        best = row
    most = max(len(found), len(expected), 1)
    return {part: value / most for part, value in best[-1].items()}


def score_format(case: Path) -> dict[str, float]:
    """Return the mean points of the articles of a feed, book, letter or document; one that is missing has none."""
    expected = json.loads(case.read_text(encoding="utf-8"))
    written = next((file for file in case.parent.glob(f"{case.stem}.*") if file != case), None)
    raw = written.read_bytes() if written else BUILDERS[case.parent.name](expected["source"])
    found = parse(case.parent.name, raw, case.stem)
    return mean_points(found, [_as_expected(wanted) for wanted in expected["articles"]])


def _as_expected(wanted: Mapping[str, Any]) -> dict[str, Any]:
    sections = wanted["sections"]
    return {
        **{name: wanted.get(name) for name in ("headline", "dateline", "byline")},
        "headings": [section["heading"] for section in sections if section["heading"]],
        "paragraphs": [text for section in sections for _, text in section["blocks"]],
        "must_not_be_there": wanted.get("must_not_be_there", []),
    }


def measure(reading: Reading = read, folder: Path = CASES) -> tuple[dict[str, float], dict[str, float], list[str]]:
    """Return the mean points of each kind (folder), of each part, and a line for each source that lost points."""
    kinds: dict[str, list[float]] = defaultdict(list)
    parts: dict[str, list[float]] = defaultdict(list)
    misses = []
    scored = [(source.relative_to(folder), score(source, expected, reading)) for source, expected in sources(folder)]
    if folder == CASES:
        scored += [(path.relative_to(FORMATS.parent), score_format(path)) for path in sorted(FORMATS.glob("*/*.json"))]
    for name, reached in scored:
        kinds[name.parent.as_posix()].append(sum(reached.values()))
        for part, value in reached.items():
            parts[part].append(100 * value / WEIGHTS[part])
        lost = [f"{part} {value:.0f}/{WEIGHTS[part]}" for part, value in reached.items() if value < WEIGHTS[part]]
        if lost:
            misses.append(f"{name}: {', '.join(lost)}")
    means = [{k: round(sum(v) / len(v), 1) for k, v in sorted(group.items())} for group in (kinds, parts)]
    return means[0], means[1], misses


def faults(reached: Mapping[str, float], baseline: Mapping[str, Any]) -> list[str]:
    """Return a line for each floor broken, and one if the set is not the one the floors were measured on."""
    broken = [
        f"{kind}: {reached.get(kind, 0.0)} points are under the floor of {floor}"
        for kind, floor in baseline["floors"].items()
        if reached.get(kind, 0.0) < floor
    ]
    if baseline["digest"] != digest():
        broken.append("the set of sources changed: run with --raise and let the change be seen")
    return broken


def main() -> int:
    """Print the table; exit 1 if a floor is broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="measure these pairs, and no floor")
    parser.add_argument("--raise", dest="rise", action="store_true", help="write the figures reached as floors")
    parser.add_argument("--lower", action="store_true", help="with --raise: let floors sink too")
    options = parser.parse_args()
    kinds, parts, misses = measure(folder=options.folder or CASES)
    for name, value in {**kinds, **parts}.items():
        print(f"{name:20} {value:6.1f}")
    print(*misses, sep="\n")
    if options.folder:
        return 0
    if options.rise:
        old = json.loads(BASELINE.read_text(encoding="utf-8"))["floors"] if BASELINE.exists() else {}
        floors = {name: value if options.lower else max(value, old.get(name, 0.0)) for name, value in kinds.items()}
        BASELINE.write_text(json.dumps({"digest": digest(), "floors": floors}, indent=2) + "\n", encoding="utf-8")
    broken = faults(kinds, json.loads(BASELINE.read_text(encoding="utf-8")))
    print(*broken, sep="\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
