"""Pages that a browser of text wrote down (lynx): its numbers of links, its margin and its list of addresses."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audio.model import Dropped

_MARK = re.compile(r"\[\d{1,3}\](?=\S)")
# Three links are the least that tell a page from a text with notes.
_LEAST = 3
_REFERENCES = re.compile(r"References|Riferimenti|Visible links:|Link visibili:")
_ADDRESS = re.compile(r"\s*\d{1,3}\. (?:https?|mailto|file):\S*")
_LINK_ALONE = re.compile(r"\s*(?:[*+•-] )?\[\d{1,3}\][^\[\]]{1,80}")
_LEFT_OUT = re.compile(
    r"\s*\[(?:[A-Z]{3}: :[A-Z]{3}|[\w .-]{1,80}\.(?:jpe?g|png|gif|webp|svg)|INLINE|IMAGE|LINK)\]\s*", re.IGNORECASE
)


def undump(lines: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """Return the lines of a page without what the browser added, and the lines that were only that."""
    if sum(bool(_MARK.search(line)) for line in lines) < _LEAST or not any(map(_ADDRESS.fullmatch, lines)):
        return list(lines), []
    end = next((n for n, line in enumerate(lines) if _REFERENCES.fullmatch(line.strip())), len(lines))
    kept, added = [], [line for line in lines[end:] if line.strip()]
    for line in lines[:end]:
        if _LINK_ALONE.fullmatch(line) or _LEFT_OUT.fullmatch(line):
            added.append(line)
            kept.append("")
        else:
            kept.append(_MARK.sub("", line))
    return _without_margin(kept), [Dropped(" ".join(line.split()), "a browser's own line") for line in added]


def _without_margin(lines: Sequence[str]) -> list[str]:
    """Return lines without the blanks that stand before nearly all of them."""
    filled = [len(line) - len(line.lstrip()) for line in lines if line.strip()]
    margin = sorted(filled)[len(filled) // 4] if filled else 0
    return [line[min(margin, len(line) - len(line.lstrip())) :] for line in lines]
