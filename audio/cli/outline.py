"""An article as it was understood, for the eye: coloured on a terminal, plain and stable in a pipe."""

from __future__ import annotations

from collections.abc import Iterator

from audio.cli.screen import print_styled
from audio.model import Article

# A rich style for each part; parts without one are prose.
_STYLES = {
    "kicker": "dim",
    "headline": "bold",
    "standfirst": "italic",
    "dateline": "cyan",
    "byline": "green",
    "published": "green",
    "heading": "bold yellow",
    "quote": "magenta",
    "item": "blue",
    "dropped": "dim red",
    "reason": "dim",
}
_HEAD = ("kicker", "headline", "standfirst", "dateline", "byline", "published")


def print_outline(article: Article, *, explain: bool) -> None:
    """Print the outline on stdout; with ``explain`` also what was dropped, and why."""
    lines = lines_of(article, explain=explain)
    print_styled([(text, _STYLES.get(part, "")) for text, part in line] for line in lines)


def lines_of(article: Article, *, explain: bool) -> Iterator[list[tuple[str, str]]]:
    """Yield the lines of an outline, each a list of (text, part it belongs to)."""
    for name in _HEAD:
        if value := getattr(article, name):
            yield [(f"{name}: ", "reason"), (value, name)]
    for section in article.sections:
        yield [("", "")]
        if section.heading:
            yield [("## ", "reason"), (section.heading, "heading")]
        for block in section.blocks:
            yield [(f"[{block.role}] ", "reason"), (block.text, block.role)]
    if explain:
        yield [("", "")]
        yield [(f"dropped: {len(article.dropped)}", "reason")]
        for piece in article.dropped:
            yield [("- ", "reason"), (" ".join(piece.text.split()), "dropped"), (f"  ({piece.reason})", "reason")]
