"""From a fuzzer's bytes to texts."""

from __future__ import annotations

import contextlib
import unicodedata

# Controls, surrogates, and the two signs that break a line; none of them may reach a voice, a log or XML.
UNCLEAN = frozenset({"Cc", "Cs", "Zl", "Zp"})


def any_text(data: bytes) -> str:
    """Return bytes as a text, lone surrogates among it where they are encoded as such."""
    with contextlib.suppress(UnicodeDecodeError):
        return data.decode("utf-8", "surrogatepass")
    return data.decode("utf-8", "replace")


def texts(data: bytes, count: int) -> list[str]:
    """Cut bytes at zeros into so many texts, the last ones empty where there are not enough."""
    parts = [any_text(part) for part in data.split(b"\0", count - 1)]
    return parts + [""] * (count - len(parts))


def is_clean(piece: str) -> bool:
    """Tell whether there is nothing unclean in a text."""
    return not any(unicodedata.category(c) in UNCLEAN for c in piece)
