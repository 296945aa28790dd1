"""How a service is asked: never in a hurry, again after a pause where it is busy, and slower once it said so."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable
from typing import TypeVar

from audio.engines.ledger import Ledger
from audio.errors import BusyError, TransientError

T = TypeVar("T")

_TRIES = 4
_BACKOFF_SECONDS = 2.0
# A service that asks for more than this is left, not waited for.
_LONGEST_WAIT_SECONDS = 60.0
# What a refusal teaches: half as slow again, from a quarter of a second on where there was no pace at all.
_SLOWER = 1.5
_FIRST_PACE_SECONDS = 0.25


class Patience:
    """One service's pace and pauses, shared by all threads that ask it.

    ``pace_seconds`` lie between two requests at first, ``most_seconds`` at most; what the service teaches in between
    is kept in the ``ledger``. ``sleep`` and ``clock`` (monotonic seconds) are arguments for tests.
    """

    def __init__(
        self,
        name: str,
        pace_seconds: float,
        most_seconds: float,
        ledger: Ledger | None = None,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._name = name
        self._most = most_seconds
        self._ledger = ledger or Ledger()
        self._pace = min(max(pace_seconds, self._ledger.pace_of(name)), most_seconds)
        self._sleep = sleep
        self._clock = clock
        self._next_request = clock()
        self._lock = threading.Lock()
        # Jitter keeps many machines from asking in step; what is said never depends on it.
        self._jitter = random.Random()  # noqa: S311

    def ask(self, attempt: Callable[[], T]) -> T:
        """Return what ``attempt`` does; try again after a TransientError, as often and as long as is reasonable."""
        tries = 1
        while True:
            self._wait_for_turn()
            try:
                return attempt()
            except TransientError as error:
                if isinstance(error, BusyError):
                    self._slow_down()
                wait = error.retry_after_seconds
                if wait is None:
                    wait = _BACKOFF_SECONDS * 2 ** (tries - 1) * self._jitter.uniform(0.9, 1.1)
                if tries == _TRIES or wait > _LONGEST_WAIT_SECONDS:
                    raise
                self._sleep(wait)
                tries += 1

    def _wait_for_turn(self) -> None:
        with self._lock:
            now = self._clock()
            turn = max(now, self._next_request)
            self._next_request = turn + self._pace
        if turn > now:
            self._sleep(turn - now)

    def _slow_down(self) -> None:
        with self._lock:
            slower = min(max(self._pace, _FIRST_PACE_SECONDS) * _SLOWER, self._most)
            if slower > self._pace:
                self._pace = slower
                self._ledger.learn_pace(self._name, slower)
