"""A sentence of the text that is shown large beside it: a line that says again what one paragraph says."""

from __future__ import annotations

from collections.abc import Sequence

from audio.readers.cohesion import stems_of
from audio.readers.furniture.company import Line, is_prose

# Lines are compared with lines; a page has some hundred.
_MOST_LINES = 1000
# Of 1 158 headings in the pairs one has five telling words of which a single paragraph holds as many again.
_LEAST_STEMS, _SHARE = 5, 0.75


def shown_large(lines: Sequence[Line], reasons: Sequence[str | None]) -> list[int]:
    """Return the numbers of bare lines and headings within the text that a paragraph says again, word for word.

    Above the first paragraph stands the headline, which sums up; an item is one of its list.
    """
    if len(lines) > _MOST_LINES:
        return []
    prose = [n for n, line in enumerate(lines) if is_prose(line.text) and not line.heading and reasons[n] is None]
    told = [stems_of(lines[n].text) for n in prose]
    found = []
    for n, line in enumerate(lines):
        if not prose or n <= prose[0] or n in prose or line.item or reasons[n]:
            continue
        stems = stems_of(line.text)
        # A heading may sum up the paragraph it stands over; only one that is made of its words alone repeats it.
        below = next((one for one in prose if one > n), None) if line.heading else None
        if len(stems) >= _LEAST_STEMS and any(
            len(stems & one) >= (1 if number == below else _SHARE) * len(stems)
            for number, one in zip(prose, told, strict=True)
        ):
            found.append(n)
    return found
