"""What another machine has spoken is not spoken again here: a cache with a place behind it that machines share.

Each speech goes up as it is kept and comes down when it is first asked for, in the cache's own form, seal and all. That
is worth its requests for voices that take longer than a store does to answer: neural ones, and services that are paid.
"""

from __future__ import annotations

from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from audio.engines.cache import Cache, unsealed
from audio.files import written_lightly
from audio.model import Speech
from audio.store import Place

# A store answers in tens of milliseconds, whoever else asks; a bulletin has tens of sentences.
_AT_ONCE = 16


class SharedCache(Cache):
    """A cache that looks into ``place`` for what it has not, and puts there what it keeps.

    Its methods raise OutputError where the place refuses: a bulletin whose sound is not shared would be paid for twice.
    """

    def __init__(self, folder: Path, max_bytes: int, place: Place) -> None:
        super().__init__(folder, max_bytes)
        self._shared = place

    def missing(self, keys: Iterable[str]) -> set[str]:
        """Return those under which there is no speech, neither here nor there; what is there is here from now on."""
        here = super().missing(keys)
        with ThreadPoolExecutor(_AT_ONCE) as pool:
            came = pool.map(self._fetch, here)
            return {key for key, found in zip(here, came, strict=True) if not found}

    def put(self, key: str, speech: Speech) -> str:
        """Keep a speech here and there, and return the name of its sound."""
        digest = super().put(key, speech)
        self._shared.write(self._name(key), self.path(key).read_bytes())
        return digest

    def _fetch(self, key: str) -> bool:
        data = self._shared.read(self._name(key))
        if data is None or unsealed(data) is None:
            return False
        with written_lightly(self.path(key)) as file:
            file.write(data)
        return True

    def _name(self, key: str) -> str:
        return self.path(key).relative_to(self.folder).as_posix()
