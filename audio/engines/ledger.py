"""What earlier runs learned about each service: the pace it bears, and whether it is to be left alone for now.

One small JSON file for each engine. Losing it costs a few refused requests, so a file that cannot be read or written
changes nothing.
"""

from __future__ import annotations

import contextlib
import json
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from audio.errors import OutputError
from audio.files import written_whole

# Blocks of the free services are reported to last from minutes to an hour.
LEFT_ALONE_SECONDS = 3600.0
# Whatever a service asks for, tomorrow's edition asks it again.
_LONGEST_SECONDS = 86_400.0
# A pace is a matter of the day: of the network one is in, and of how busy the service is.
_PACE_HOLDS_SECONDS = 86_400.0


@dataclass(frozen=True, slots=True)
class Standing:
    """How one engine stands. Moments are seconds since 1970; 0 is never."""

    pace_seconds: float = 0.0
    pace_learned: float = 0.0
    left_until: float = 0.0
    reason: str = ""


class Ledger:
    """The files of all engines in one folder; without a folder, or for an engine unknown to it, a blank page.

    ``clock`` tells seconds since 1970.
    """

    def __init__(self, folder: Path | None = None, clock: Callable[[], float] = time.time) -> None:
        self._folder = folder
        self._clock = clock

    def pace_of(self, engine: str) -> float:
        """Return the seconds between two requests that the service was last seen to want, 0 where it never said."""
        standing = self._read(engine)
        fresh = 0 <= self._clock() - standing.pace_learned < _PACE_HOLDS_SECONDS
        return standing.pace_seconds if fresh else 0.0

    def learn_pace(self, engine: str, seconds: float) -> None:
        """Remember the pace a service wants."""
        self._write(engine, replace(self._read(engine), pace_seconds=seconds, pace_learned=self._clock()))

    def left(self, engine: str) -> tuple[float, str] | None:
        """Return (seconds still to go, why) for an engine that is to be left alone, or None."""
        standing = self._read(engine)
        to_go = standing.left_until - self._clock()
        # A moment far ahead comes from a clock that was wrong.
        return (to_go, standing.reason) if 0 < to_go <= _LONGEST_SECONDS else None

    def leave(self, engine: str, reason: str, seconds: float | None) -> None:
        """Leave an engine alone for as long as its service asked, an hour at least and a day at most."""
        span = min(max(seconds or 0.0, LEFT_ALONE_SECONDS), _LONGEST_SECONDS)
        self._write(engine, replace(self._read(engine), left_until=self._clock() + span, reason=reason))

    def welcome(self, engine: str) -> None:
        """Forget that an engine was to be left alone: it spoke."""
        standing = self._read(engine)
        if standing.left_until:
            self._write(engine, replace(standing, left_until=0.0, reason=""))

    def _read(self, engine: str) -> Standing:
        if self._folder is None:
            return Standing()
        try:
            fields = json.loads((self._folder / f"{engine}.json").read_bytes())
            pace, learned, until = (float(fields[name]) for name in ("pace_seconds", "pace_learned", "left_until"))
            return Standing(pace, learned, until, str(fields["reason"]))
        except (OSError, ValueError, LookupError, TypeError, RecursionError):
            return Standing()

    def _write(self, engine: str, standing: Standing) -> None:
        if self._folder is not None:
            with contextlib.suppress(OutputError), written_whole(self._folder / f"{engine}.json") as file:
                file.write(json.dumps(asdict(standing)).encode())
