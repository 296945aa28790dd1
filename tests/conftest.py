"""What holds for every test: a property may take its time, and has the same examples on every machine.

Speed is measured in ``benchmarks``; ``scripts/fuzz.py`` looks for new examples.
"""

import os
from collections.abc import Generator

import coverage
import pytest
from hypothesis import settings

settings.register_profile("patient", deadline=None, derandomize=True)
settings.load_profile("patient")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Run a test that is marked so, and the processes it starts, without asking which lines it reaches.

    Asking doubles the time of what runs the whole program hundreds of times and reaches nothing that others do not.
    """
    if item.get_closest_marker("unmeasured") is None:
        return (yield)
    measure = coverage.Coverage.current()
    if measure:
        measure.stop()
    try:
        with pytest.MonkeyPatch.context() as patch:
            _unwatch_children(patch)
            return (yield)
    finally:
        if measure:
            measure.start()


@pytest.fixture
def unwatched_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test starts is not asked which lines it reaches: other tests start it too, and the asking takes longer."""
    _unwatch_children(monkeypatch)


def _unwatch_children(patch: pytest.MonkeyPatch) -> None:
    for name in list(os.environ):
        if name.startswith("COVERAGE_"):
            patch.delenv(name)
