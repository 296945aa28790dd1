"""Messages copied from a chat: the longest one, which carries the article, without who sent it and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from audio.model import Dropped

# "[07:58, 05/02/2025] Zia Carmela: …" and "05/02/25, 07:58 - Zia Carmela: …".
_STAMP = re.compile(
    r"(?:\[\d{1,2}[:.]\d{2}(?::\d{2})?, \d{1,2}/\d{1,2}/\d{2,4}\]"
    r"|\[\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}[:.]\d{2}(?::\d{2})?\]"
    r"|\d{1,2}/\d{1,2}/\d{2,4}, \d{1,2}[:.]\d{2} -) (?P<who>[^:\n]{1,40}): "
)
# What a chat sets in bold, in italics or strikes out.
_MARKED = re.compile(r"(?<!\w)([*_~])(?=\S)([^*_~\n]{1,200})(?<=\S)\1(?!\w)")


def take_message(lines: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """Split the lines of the longest message from those of all others; a text without stamps is one message."""
    starts = [n for n, line in enumerate(lines) if _STAMP.match(line)]
    # Above the first one an exported chat says that it is encrypted.
    above = [line.strip() for line in lines[: next(iter(starts), 0)] if line.strip()]
    if not starts or above[1:] or (above and not starts[1:]):
        return list(lines), []
    messages = [lines[a:b] for a, b in zip(starts, [*starts[1:], len(lines)], strict=True)]
    told = max(messages, key=lambda message: sum(map(len, message)))
    others = above + [line.strip() for message in messages if message is not told for line in message if line.strip()]
    return [_MARKED.sub(r"\2", line) for line in (_STAMP.sub("", told[0], count=1), *told[1:])], [
        Dropped(line, "another message") for line in others
    ]
