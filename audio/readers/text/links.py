"""Titles of other pages in a text, under a label that tells them: "Leggi anche", "Articoli correlati"."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from audio.model import Dropped
from audio.readers.furniture.company import STOPS
from audio.readers.furniture.surroundings import is_label

# No label stands over more of them.
_LINKS = 6


def take_links(lines: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """Split off labels like "Leggi anche" with the titles right under them, up to a blank line.

    ``lines`` are those of a page as it was copied, blank ones too.
    """
    found: set[int] = set()
    for label in (n for n, line in enumerate(lines) if is_label(line.strip())):
        block = list(
            itertools.takewhile(lambda n: lines[n].strip(), range(label + 1, min(label + _LINKS + 2, len(lines))))
        )
        alone = label == 0 or not lines[label - 1].strip()
        if alone and 0 < len(block) <= _LINKS and not any(lines[n].rstrip()[-1] in STOPS for n in block):
            found |= {label, *block}
    others = [" ".join(lines[n].split()) for n in sorted(found)]
    kept = [line for n, line in enumerate(lines) if n not in found]
    return kept, [Dropped(line, "a link to another page") for line in others]
