"""What the tagger learns from: the lines of every pair of ``tests/cases``, each labelled by what the pair expects.

Those of the rounds after ``LAST_ROUND`` are held out. Texts are taken as they are, Markdown without its marks, web
pages as a browser copies them. A line of which the expectation says nothing is furniture above and below the story,
and left out within.
"""

from __future__ import annotations

import email
import email.policy
import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import lxml.html

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "benchmarks")]

from readers_gate import digest_of, paths_of, sources  # noqa: E402 - the checkout, not an installed copy

from audio.errors import SourceError  # noqa: E402
from audio.readers.cohesion import key_of  # noqa: E402
from audio.readers.decode import decode  # noqa: E402
from audio.readers.furniture import is_formula, reason_to_drop  # noqa: E402
from audio.readers.head import is_byline  # noqa: E402
from audio.readers.lines import outline  # noqa: E402
from audio.readers.tagger import BYLINE, FURNITURE, HEADLINE, units_of  # noqa: E402
from audio.readers.tagger.features import Unit  # noqa: E402

KEPT = ROOT / "tests" / "cases" / "kept"
SUMMARY, HEADING, TEXT = "summary", "heading", "text"
LABELS = (FURNITURE, HEADLINE, SUMMARY, BYLINE, HEADING, TEXT)
# Documents, books and feeds hold their lines in boxes that only their readers open.
TAUGHT = {".txt", ".md", ".html", ".eml"}
# Whoever lets it rise says what the weights reach on the rounds that follow.
LAST_ROUND = 47
ROUND = re.compile(r"round-(\d+)/")
MARKS = re.compile(r"^(?:#+|>)\s*|\*\*|__|!?\[([^\]]*)\]\([^)]*\)")
LETTER = re.compile(r"(?:Da|A|Oggetto): ")
LETTERHEAD, SENTENCES_UNDER = 4, 5
STOPS = re.compile(r"(?<=[.!?»])\s+(?=[A-ZÀ-Þ«\"])")
# What is as short may stand in any line by chance.
TELLING = 25
SHORTEST = 4
# A summary has more words than a button.
SUMMARY_WORDS = 6
UNSEEN = set("script style head noscript template svg iframe select textarea video audio".split())
APART = set("p h1 h2 h3 h4 h5 h6 blockquote ul ol figure pre table hr dl form".split())
LINES = set(
    "div section article header footer nav aside main li tr figcaption address details summary dt dd body center"
    " label button br".split()
)


@dataclass(frozen=True, slots=True)
class Lesson:
    """A source as the tagger sees it, each line with its label, or None where nothing tells."""

    source: Path
    units: list[Unit]
    labels: list[str | None]


def pairs() -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield the pairs of one story whose lines the tagger can see."""
    for source, expected in sources():
        if "articles" not in expected and source.suffix in TAUGHT:
            yield source, expected


def is_taught(source: Path) -> bool:
    """Tell whether a pair is learned from; those of later rounds are held out, and show what was learned."""
    return round_of(source) <= LAST_ROUND


def digest() -> str:
    """Return what pins the pairs that are learned from."""
    return digest_of(paths_of(source for source, _ in pairs() if is_taught(source)))


def round_of(source: Path) -> int:
    """Return the round in which a source was written, 0 for the first ones."""
    found = ROUND.search(source.as_posix())
    return int(found[1]) if found else 0


def lessons() -> Iterator[Lesson]:
    """Yield a lesson for each pair; one whose title is not found in its lines is left out."""
    for source, expected in pairs():
        try:
            units = units_of(lines_of(source))
        except SourceError:
            continue
        labels = labels_of(units, expected)
        if TEXT in labels and (HEADLINE in labels or not expected["headline"]):
            yield Lesson(source, units, labels)


def kept() -> Iterator[Lesson]:
    """Yield the stories, sentences and headlines that look like something else and are to be read."""
    for source in sorted([*(KEPT / "stories").glob("*.txt"), *(KEPT / "pages").glob("*.txt")]):
        units = units_of(source.read_text(encoding="utf-8").split("\n"))
        above = [unit for unit in units[:LETTERHEAD] if LETTER.match(unit.text) or is_formula(unit.text)]
        title, *body = (unit for unit in units if unit not in above)
        labels = [HEADING if block is None else TEXT for _, block in outline([u.text for u in body], title.text)]
        labels = [BYLINE if is_byline(unit.text) else label for unit, label in zip(body, labels, strict=True)]
        yield Lesson(source, [*above, title, *body], [*[FURNITURE] * len(above), HEADLINE, *labels])
    headlines, sentences = (
        (KEPT / f"{name}.txt").read_text(encoding="utf-8").splitlines() for name in ("headlines", "sentences")
    )
    for n, headline in enumerate(headlines):
        told = [headline, *(sentences[(SENTENCES_UNDER * n + m) % len(sentences)] for m in range(SENTENCES_UNDER))]
        units = [Unit(text, block) for block, text in enumerate(told)]
        yield Lesson(KEPT / "headlines.txt", units, [HEADLINE, *[TEXT] * SENTENCES_UNDER])


def bare(lesson: Lesson, *, titled: bool) -> Lesson:
    """Return the story of a lesson alone, each sentence a paragraph: none is furniture because it is short.

    ``titled`` with its head, else without, as many texts are.
    """
    parts = [
        (part, label)
        for unit, label in zip(lesson.units, lesson.labels, strict=True)
        if label in {HEADING, TEXT} or (titled and label not in {FURNITURE, None})
        for part in (STOPS.split(unit.text) if label == TEXT else [unit.text])
    ]
    return Lesson(lesson.source, [Unit(text, n) for n, (text, _) in enumerate(parts)], [label for _, label in parts])


def lines_of(source: Path) -> list[str]:
    """Return the lines of a source as a person would have pasted them."""
    raw = source.read_bytes()
    if source.suffix == ".html":
        return copied(raw)
    if source.suffix == ".eml":
        return lines_of_letter(raw)
    lines = decode(raw, str(source)).split("\n")
    return [MARKS.sub(lambda mark: mark[1] or "", line) for line in lines] if source.suffix == ".md" else lines


def lines_of_letter(raw: bytes) -> list[str]:
    """Return the lines of a letter as its program shows them, those of its markup before those of its plain part."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    part = message.get_body(("html", "plain"))
    if part is None:
        return []
    return (
        copied(b'<meta charset="utf-8">' + part.get_content().encode())
        if part.get_content_subtype() == "html"
        else part.get_content().split("\n")
    )


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


def labels_of(units: Sequence[Unit], expected: dict[str, Any]) -> list[str | None]:
    """Return what each line is: what the expectation says, and for the others what their place says."""
    labels = [_told(key_of(unit.text), expected) for unit in units]
    story = [n for n, label in enumerate(labels) if label in {HEADLINE, HEADING, TEXT}]
    title = labels.index(HEADLINE) if HEADLINE in labels else None
    first, last = (story[0], story[-1]) if story else (0, -1)
    text = labels.index(TEXT) if TEXT in labels else 0
    for n, unit in enumerate(units):
        if labels[n] is not None:
            continue
        if title is not None and n == title - 1 and not reason_to_drop(unit.text):
            labels[n] = SUMMARY
        elif not first <= n <= last or reason_to_drop(unit.text):
            labels[n] = FURNITURE
        elif title is not None and title < n < text and len(unit.text.split()) >= SUMMARY_WORDS:
            labels[n] = SUMMARY
    return labels


def _told(text: str, expected: dict[str, Any]) -> str | None:
    """Return what the expectation says of a line, given by its key."""
    noise = [key for key in map(key_of, expected["must_not_be_there"]) if key]
    headline, byline, dateline = (key_of(expected.get(part) or "") for part in ("headline", "byline", "dateline"))
    above = [key_of(expected.get(part) or "") for part in ("standfirst", "kicker")]
    # The first that is true; a caption may name who wrote, too.
    signs = byline and byline in text and len(text) <= 2 * len(byline) + TELLING and not text.startswith("foto")
    answers = (
        (HEADLINE, headline and _is(text, headline)),
        (BYLINE, signs),
        (FURNITURE, text in noise),
        (HEADING, text in map(key_of, expected["headings"])),
        (SUMMARY, any(_is(text, part) for part in above if part)),
        (TEXT, any(_holds(text, *map(key_of, ends.partition(" … ")[::2])) for ends in expected["paragraphs"])),
        (TEXT, dateline and text == dateline),
        (FURNITURE, any(_is(text, one) or (len(text) >= SHORTEST and text in one) for one in noise)),
    )
    return next((label for label, true in answers if true), None)


def _is(text: str, whole: str) -> bool:
    return text == whole or (len(text) > TELLING and text in whole) or (len(whole) > TELLING and whole in text)


def _holds(text: str, begin: str, end: str) -> bool:
    # Before it may stand its dateline, behind it a sign-off.
    last = end or begin
    return begin in text[: 2 * len(begin) + TELLING] and last in text[-len(last) - TELLING :]
