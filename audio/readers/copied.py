"""Pages that were copied whole: where, below the menus and buttons that came along, the article begins.

Seen from its first paragraph upwards an article's head is a title, its summary, who wrote and when, buttons known as
such, and the words under a picture. The first short line above that is none of these belongs to the site.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from audio.readers.dateline import place_of
from audio.readers.head import byline_in, is_signature
from audio.readers.surroundings import is_label

# A head has six lines at most; what stands above more of them came with the page.
_LEAST_ABOVE, _LEAST_DROPPED = 8, 4
# A paragraph of prose; a line of a menu has few words, a title or a summary more.
_PROSE_CHARACTERS, _MENU_WORDS, _TITLE_WORDS = 90, 4, 4
_LINKS = 6
_STOPS = '.!?…»”"'


def reasons_above(lines: Sequence[str], reasons: Sequence[str | None]) -> dict[int, str]:
    """Return the numbers of lines above the article of a copied page, and of its picture's words, with the reason.

    ``reasons`` tell for each line why it is furniture by itself. Empty where the text is no copied page.
    """
    first = next((n for n, line in enumerate(lines) if reasons[n] is None and _is_prose(line)), 0)
    if first < _LEAST_ABOVE:
        return {}
    start = first
    while start and (reasons[start - 1] or _of_head(lines[start - 1])):
        start -= 1
    title = next((n for n in range(start, first) if reasons[n] is None and _is_title(lines[n])), None)
    if title is None or title < _LEAST_DROPPED:
        return {}
    told = {n: "a path of the site" for n in range(title) if reasons[n] is None}
    marks = [n for n in range(title + 1, first) if reasons[n] or _signs(lines[n])]
    below = range(marks[-1] + 1, first) if marks else range(0)
    return told | {n: "a caption" for n in below if lines[n][-1] not in _STOPS}


def take_links(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split off labels like "Leggi anche" with the titles right under them, up to a blank line.

    ``lines`` are those of a page as it was copied, blank ones too.
    """
    found: set[int] = set()
    for label in (n for n, line in enumerate(lines) if is_label(line.strip())):
        block = list(
            itertools.takewhile(lambda n: lines[n].strip(), range(label + 1, min(label + _LINKS + 2, len(lines))))
        )
        alone = label == 0 or not lines[label - 1].strip()
        if alone and 0 < len(block) <= _LINKS and not any(lines[n].rstrip()[-1] in _STOPS for n in block):
            found |= {label, *block}
    return [line for n, line in enumerate(lines) if n not in found], [lines[n] for n in sorted(found)]


def _is_prose(line: str) -> bool:
    return len(line) >= _PROSE_CHARACTERS and line[-1] in _STOPS


def _of_head(line: str) -> bool:
    return len(line.split()) > _MENU_WORDS or _signs(line)


def _signs(line: str) -> bool:
    return byline_in(line) is not None or is_signature(line) or place_of(line) is not None


def _is_title(line: str) -> bool:
    return len(line.split()) >= _TITLE_WORDS and not _signs(line)
