"""Forms of the press as regular expressions that are compiled when a line first asks for them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator


class Form:
    """A pattern that costs nothing until it is used: a first line needs a few of more than a hundred.

    The methods are those of ``re.Pattern``; once compiled they stand in its slots, and nothing is in the way any more.
    """

    __slots__ = ("_flags", "_text", "findall", "finditer", "fullmatch", "match", "search", "sub")

    match: Callable[..., re.Match[str] | None]
    search: Callable[..., re.Match[str] | None]
    fullmatch: Callable[..., re.Match[str] | None]
    finditer: Callable[..., Iterator[re.Match[str]]]
    findall: Callable[..., list[str]]
    sub: Callable[..., str]

    def __init__(self, text: str, flags: int = 0) -> None:
        self._text = text
        self._flags = flags

    def __getattr__(self, name: str) -> Callable[..., object]:
        """Compile, and put the methods in their slots; called for a slot that is still empty."""
        if name not in self.__slots__[2:]:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for slot in self.__slots__[2:]:
            setattr(self, slot, getattr(compiled, slot))
        return getattr(self, name)  # type: ignore[no-any-return]
