"""What the machine has, and how a process uses it."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from audio import machine

ROOT = Path(__file__).parent.parent
TASKS = Path("/proc/self/task")


def test_processors() -> None:
    """There is at least one processor, and never more than the machine has."""
    assert 1 <= machine.processors() <= (os.cpu_count() or 1)


@pytest.mark.skipif(not TASKS.exists(), reason="this system does not list a process's threads")
def test_the_threads_are_ours() -> None:
    """After ``share`` numpy brings no threads of its own; what the user set stays."""
    program = "from audio import machine; machine.share(); import numpy, os; print(len(os.listdir('/proc/self/task')))"

    def threads(**asked: str) -> int:
        kept = {name: value for name, value in os.environ.items() if name != "OPENBLAS_NUM_THREADS"}
        environment = {**kept, "PYTHONPATH": str(ROOT), **asked}
        return int(
            subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, check=True).stdout
        )

    assert threads() == 1
    # numpy's own wheels know the variable; another build of it may bring none in any case.
    assert threads(OPENBLAS_NUM_THREADS="2") in {1, 2}
