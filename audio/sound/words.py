"""The words of a speech in sixteen bytes each: as objects, those of ten hours would take 10 MB."""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Self, overload

from audio.model import Word

_ROW = struct.Struct("<dII")
ROW_BYTES = _ROW.size


@dataclass(frozen=True, slots=True)
class Words(Sequence[Word]):
    """A tuple of words that makes them anew at each look."""

    packed: bytes = field(default=b"", repr=False)

    @classmethod
    def of(cls, words: Iterable[Word]) -> Self:
        """Pack words."""
        return cls(b"".join(_ROW.pack(word.start_seconds, word.offset, word.length) for word in words))

    def later(self, seconds: float) -> Words:
        """Return the same words, so much later."""
        return Words.of(Word(word.start_seconds + seconds, word.offset, word.length) for word in self)

    def __len__(self) -> int:
        return len(self.packed) // ROW_BYTES

    def __iter__(self) -> Iterator[Word]:
        return (Word(*row) for row in _ROW.iter_unpack(self.packed))

    @overload
    def __getitem__(self, index: int) -> Word: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Word]: ...
    def __getitem__(self, index: int | slice) -> Word | Sequence[Word]:
        return tuple(self)[index]
