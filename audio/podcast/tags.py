"""What an MP3 says of itself once it is an episode: its number and its notes, for players that read files, not feeds.

The tag that came with the sound is kept byte for byte and two frames are added behind its own: a library would sort the
chapters, and some players show them in the file's order.
"""

from __future__ import annotations

from pathlib import Path

_HEADER_BYTES = 10
_UTF8 = b"\x03"
# Version 2.4, no flags: without an extended header or a footer, frames follow each other to the end.
_PLAIN = b"ID3\x04\x00\x00"


def head_of(path: Path, number: int | None, comment: str) -> tuple[bytes, int]:
    """Return the tag an episode begins with, and how many bytes of the file it stands for.

    A file whose tag is of another make is left as it is: (b"", 0).
    """
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
        if not header.startswith(_PLAIN):
            return b"", 0
        frames = file.read(_number(header[6:]))
    added = b"" if number is None else _frame(b"TRCK", _UTF8 + str(number).encode())
    if comment:
        added += _frame(b"COMM", _UTF8 + b"ita" + b"\0" + comment.encode())
    return _PLAIN + _safe(len(frames) + len(added)) + frames + added, _HEADER_BYTES + len(frames)


def _frame(name: bytes, content: bytes) -> bytes:
    return name + _safe(len(content)) + b"\0\0" + content


def _safe(number: int) -> bytes:
    """Return a number in four bytes of seven bits each, so that none looks like the beginning of sound."""
    return bytes(number >> shift & 0x7F for shift in (21, 14, 7, 0))


def _number(four: bytes) -> int:
    return four[0] << 21 | four[1] << 14 | four[2] << 7 | four[3]
