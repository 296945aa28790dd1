"""A bound on work that cannot be stopped from outside, such as a read that waits for a byte."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


def within(
    seconds: float,
    work: Callable[[threading.Event], T],
    caught: type[Exception] | tuple[type[Exception], ...],
    name: str = "",
) -> T:
    """Return what ``work`` returns or raise what it raises of ``caught``; TimeoutError when it takes too long.

    It works in a thread that may be left behind; the event it is given tells it that nobody waits any more.
    """
    result: list[tuple[T] | Exception] = []
    nobody_waits = threading.Event()

    def run() -> None:
        try:
            result.append((work(nobody_waits),))
        except caught as error:
            result.append(error)

    worker = threading.Thread(target=run, name=name, daemon=True)
    worker.start()
    worker.join(seconds)
    nobody_waits.set()
    if not result:
        raise TimeoutError
    outcome = result.pop()
    if isinstance(outcome, Exception):
        try:
            raise outcome
        finally:
            del outcome  # it would keep itself alive, by way of this frame
    return outcome[0]
