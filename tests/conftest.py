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
    asked = item.get_closest_marker("unmeasured") is None
    measure = None if asked else coverage.Coverage.current()
    told = {} if asked else {name: os.environ.pop(name) for name in list(os.environ) if name.startswith("COVERAGE_")}
    if measure:
        measure.stop()
    try:
        return (yield)
    finally:
        os.environ.update(told)
        if measure:
            measure.start()


@pytest.fixture
def unwatched_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a test starts is not asked which lines it reaches: other tests start it too, and the asking takes longer."""
    for name in list(os.environ):
        if name.startswith("COVERAGE_"):
            monkeypatch.delenv(name)
