"""What was spoken once is not spoken again: speeches by the content of their request, lossless, checked, bounded.

One file holds one speech: the SHA-256 of the rest and its length, a JSON line (rate, words), and raw PCM. Raw, because
words need a place beside the sound, a checksum of the very bytes is all the proof there is to make, and FLAC would
halve files that expire anyway at the price of an encoder on every write. Beside the speeches lie the notes of whoever
makes something of them, checked in the same way.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

from audio.errors import OutputError
from audio.files import written_lightly
from audio.model import Span, Speech, Word

# Raised when the file's form or the meaning of a key changes; older files then age away unread.
_SCHEMA = 4
# A bulletin being made reads its speeches twice; what was used within the hour is never thrown out.
_IN_USE_SECONDS = 3600
# A sweep looks at every file: once for so many new ones is enough to stay near the bound.
_SWEEP_EVERY = 200
# A digest, a blank and a size.
_DIGEST_BYTES, _LONGEST_LINE = 64, 80
# No word is so short; whatever gets here is a mistake of a caller that has not looked at its speech.
_SHORTEST_SECONDS = 0.05


class Cache:
    """A folder of speeches, safe for several processes: files appear whole and are never changed.

    ``max_bytes`` bounds the folder, except for what was used within the last hour.
    """

    def __init__(self, folder: Path, max_bytes: int) -> None:
        self.folder = folder
        self._max_bytes = max_bytes
        self._written = 0

    def missing(self, keys: Iterable[str]) -> set[str]:
        """Return those under which there is no speech."""
        return {key for key in keys if self.digest(key) is None}

    def get(self, key: str) -> Speech | None:
        """Return the speech, or None. A damaged file counts as missing and is removed."""
        rest = self._checked(self.path(key))
        if rest is None:
            return None
        head, _, pcm = rest.partition(b"\n")
        fields = json.loads(head)
        return Speech(pcm, fields["rate"], tuple(Word(*word) for word in fields["words"]))

    def digest(self, key: str) -> str | None:
        """Return the name of the sound under a key, or None where there is none; the sound itself is not read.

        A file that was cut short counts as missing; one damaged otherwise is found when it is read.
        """
        path = self.path(key)
        try:
            with path.open("rb") as file:
                first = file.readline(_LONGEST_LINE)
                whole = os.fstat(file.fileno()).st_size
        except OSError:
            return None
        digest, _, size = first.partition(b" ")
        if len(digest) != _DIGEST_BYTES or not size.strip().isdigit() or whole != len(first) + int(size):
            return None
        with contextlib.suppress(OSError):  # a folder that may only be read is still good
            os.utime(path)
        return digest.decode("ascii", "replace")

    def put(self, key: str, speech: Speech) -> str:
        """Keep a speech and return the name of its sound. Raises OutputError where the folder cannot be written.

        That ends a bulletin: its speeches wait here for the mixer, so that it can be longer than the memory. Raises
        ValueError for a speech that is empty or implausibly short.
        """
        if speech.rate <= 0 or speech.seconds < _SHORTEST_SECONDS:
            raise ValueError(f"no speech to keep: {len(speech.pcm)} bytes at {speech.rate} Hz")
        head = {"rate": speech.rate, "words": [[w.start_seconds, w.offset, w.length] for w in speech.words]}
        return self._place(self.path(key), json.dumps(head, separators=(",", ":")).encode() + b"\n" + speech.pcm)

    def read(self, name: str) -> bytes | None:
        """Return a note, or None. A damaged one counts as missing and is removed."""
        return self._checked(self._note(name))

    def write(self, name: str, data: bytes) -> None:
        """Keep a note under a name that tells all it depends on. Raises OutputError as ``put`` does."""
        self._place(self._note(name), data)

    def _place(self, path: Path, data: bytes) -> str:
        seal = _seal(data)
        try:
            with written_lightly(path) as file:
                file.write(seal)
                file.write(data)
        except OutputError as error:
            reason = getattr(error.__cause__, "strerror", None) or error.message
            raise OutputError(
                f"the cache {self.folder} cannot be written: {reason}",
                hint="Set cache.folder in notiziario.yaml to a folder of yours, or free some space.",
            ) from error
        self._written += 1
        if self._written % _SWEEP_EVERY == 1:
            self._sweep()
        return seal[:_DIGEST_BYTES].decode()

    def _checked(self, path: Path) -> bytes | None:
        try:
            rest = unsealed(path.read_bytes())
        except OSError:
            return None
        if rest is None:
            with contextlib.suppress(OSError):
                path.unlink()
            return None
        with contextlib.suppress(OSError):
            os.utime(path)
        return rest

    def _note(self, name: str) -> Path:
        return self.folder / name[:2] / f"{name}.note"

    def path(self, key: str) -> Path:
        """Return where the speech of a key is, or would be."""
        return self.folder / key[:2] / f"{key}.speech"

    def _sweep(self) -> None:
        """Remove the files used longest ago until the rest fits."""
        files = sorted(self._files())
        excess = sum(size for _, size, _ in files) - self._max_bytes
        now = time.time()
        for used, size, path in files:
            if excess <= 0 or now - used < _IN_USE_SECONDS:
                return
            with contextlib.suppress(OSError):
                path.unlink()
                excess -= size

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        for path in (*self.folder.glob("*/*.speech"), *self.folder.glob("*/*.note")):
            with contextlib.suppress(OSError):  # another process may be sweeping too
                status = path.stat()
                yield status.st_mtime, status.st_size, path


def key_of(engine: str, fingerprint: str, voice: str, rate: float, spans: tuple[Span, ...]) -> str:
    """Return the name of a speech: it changes with anything that could change the sound.

    ``fingerprint`` is what the engine says of the voice.
    """
    asked = [_SCHEMA, engine, fingerprint, voice, round(rate, 3), [[s.text, s.ipa] for s in spans]]
    return hashlib.sha256(json.dumps(asked, ensure_ascii=False).encode("utf-8", "surrogatepass")).hexdigest()


def unsealed(data: bytes) -> bytes | None:
    """Return what a file of the cache holds, or None where it is not whole."""
    seal, _, rest = data.partition(b"\n")
    return rest if seal + b"\n" == _seal(rest) else None


def _seal(data: bytes) -> bytes:
    return b"%s %d\n" % (hashlib.sha256(data).hexdigest().encode(), len(data))
