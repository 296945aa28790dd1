"""Which line speaks of what a text speaks of: a headline has words in common with its story, a menu has not."""

from __future__ import annotations

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

_WORD = re.compile(r"[^\W\d_]{4,}")
_NO_LETTERS = re.compile(r"[\W_]+")
# Italian words differ at their ends: what they share stands in their first letters.
_STEM = 5
# Words of four letters and more that any text has.
_COMMON = frozenset(
    "dell della dello delle degli dall dalla dallo dalle dagli nell nella nello nelle negli sull sulla sullo"
    " sulle sugli alla allo alle agli come anche dopo prima senza quando dove sono essere stata stato stati state"
    " hanno aveva ogni questo questa questi queste quello quella quelli quelle loro molto tutti tutte tutto tutta"
    " oggi ieri ancora altro altri altra altre solo contro verso fino mentre perché però".split()
)
_STEMS_OF_COMMON = frozenset(word[:_STEM] for word in _COMMON)
# A headline has in common with the story at least this share of what the best line has.
_OF_BEST = 0.6
_LEAST_SHARED = 2


def key_of(text: str) -> str:
    """Return the letters and digits of a text, without case: two lines with one key say the same.

    >>> key_of("👉 Leggi anche:") == key_of("leggi anche")
    True
    """
    return _NO_LETTERS.sub("", text).casefold()


def stems_of(text: str) -> frozenset[str]:
    """Return the beginnings of the words of a text that say something.

    >>> sorted(stems_of("La diga che nessuno vuole svuotare"))
    ['diga', 'nessu', 'svuot', 'vuole']
    """
    return frozenset(word[:_STEM] for word in _WORD.findall(text.casefold())) - _STEMS_OF_COMMON


def headline_among(lines: Sequence[str], story: AbstractSet[str]) -> int | None:
    """Return the number of the line that is the headline of a story, told by its stems, or None if none speaks of it.

    It is the first of those that share enough with the story: what shares more below it sums up, or tells what a
    picture shows.
    """
    shared = [(stems & story, stems) for stems in map(stems_of, lines)]
    for least in range(_LEAST_SHARED, 0, -1):
        ratios = [len(own) / len(stems) if len(own) >= least else 0.0 for own, stems in shared]
        if best := max(ratios, default=0.0):
            return next(n for n, ratio in enumerate(ratios) if ratio >= _OF_BEST * best)
    return None
