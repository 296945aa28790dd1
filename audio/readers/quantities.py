"""What a recipe takes, line by line: a list that no bullets mark."""

from __future__ import annotations

import re
from collections.abc import Sequence

# "200 grammi di sale": what a recipe takes.
_QUANTITY = re.compile(
    r"(?:\d{1,4}(?:[.,]\d)?|½|mezz[oa]|un[oa]?|due|tre|quattro) ?(?:g|gr|grammi|kg|chil[oi]|etti|litr[oi]|dl|cl|ml"
    r"|cucchiai\w*|spicchi\w*|uov[ao]|bicchier[ei]|tazz[ae]|foglie|rametti?|bustin[ae]|pizzic\w+|fett[ae]|mazzett[oi])\b",
    re.IGNORECASE,
)


def are_quantities(lines: Sequence[str]) -> bool:
    """Tell whether the lines of a block are what a recipe takes, at least half of them by weight or number."""
    measured = sum(bool(_QUANTITY.match(line.strip())) for line in lines)
    return measured > 1 and 2 * measured >= len(lines)
