"""Fuzz what reads and writes foreign text, by coverage; the targets are in tests/fuzz.

pip install 'atheris>=3'                               # beside the test requirements; Linux
python scripts/fuzz.py all --seconds 60                # a night's worth is --seconds 3600
python scripts/fuzz.py html feed --executions 1000000 --corpus /var/tmp/fuzz
python scripts/fuzz.py all --seconds 60 --keep         # what reached new lines goes to tests/cases/fuzz

Each target runs in a process of its own and prints one row of figures. An input that breaks one is left in the
corpus folder as TARGET-crash-…; made smaller and mended, it goes to tests/cases/fuzz/TARGET and is replayed for ever.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases"
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from fuzz.targets import SEEDS, TARGETS  # noqa: E402

# Beyond it a mutation rarely meets anything new, and every round is slower.
LONGEST_BYTES = 4096
# One input may take this long: a page takes 20 ms, and what takes seconds is a finding.
SLOWEST_SECONDS = 10
MEMORY_MB = 2048
# What is kept in the repository, for each target.
MOST_KEPT_BYTES, LONGEST_KEPT_BYTES = 60_000, 2048


def main() -> int:
    """Run what is asked; return how many targets broke."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("targets", nargs="+", choices=["all", *TARGETS])
    parser.add_argument("--executions", type=int, default=-1, help="of each target at most")
    parser.add_argument("--seconds", type=int, default=60, help="for each target at most")
    parser.add_argument("--corpus", type=Path, help="where inputs are kept between runs; a passing folder if not given")
    parser.add_argument("--keep", action="store_true", help="put what reached new lines into tests/cases/fuzz")
    asked = parser.parse_args()
    if importlib.util.find_spec("atheris") is None:
        sys.exit("error: atheris is not installed\nhint: pip install 'atheris>=3' into an environment of its own")
    broken = 0
    with tempfile.TemporaryDirectory(prefix="notiziario-fuzz-") as passing:
        corpus = asked.corpus or Path(passing)
        for name in TARGETS if "all" in asked.targets else asked.targets:
            broken += not _fuzz(name, corpus, asked.executions, asked.seconds)
            if asked.keep:
                _keep(name, corpus / name)
    return broken


def _fuzz(name: str, corpus: Path, executions: int, seconds: int) -> bool:
    """Fuzz a target and print its figures; tell whether it held."""
    found = corpus / name
    found.mkdir(parents=True, exist_ok=True)
    for seed in _seeds(name):
        copy = found / hashlib.sha1(seed, usedforsecurity=False).hexdigest()
        copy.write_bytes(seed)
    options = {
        "artifact_prefix": f"{corpus / name}-",
        "max_len": LONGEST_BYTES,
        "max_total_time": seconds,
        "print_final_stats": 1,
        "rss_limit_mb": MEMORY_MB,
        "runs": executions,
        "timeout": SLOWEST_SECONDS,
        "verbosity": 0,
    }
    command = [sys.executable, "-m", "fuzz", name, *(f"-{key}={value}" for key, value in options.items()), str(found)]
    paths = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    log = corpus / f"{name}.log"
    with log.open("wb") as out:
        ran = subprocess.run(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": paths}, stdout=out, stderr=out, check=False
        )
    said = log.read_text(encoding="utf-8", errors="replace")
    figures = dict(re.findall(r"stat::(\w+):\s+(\d+)", said))
    kept = sum(1 for _ in found.iterdir())
    print(
        f"{name}: {int(figures.get('number_of_executed_units', 0)):,} executions, "
        f"{figures.get('average_exec_per_sec', '0')} a second, {kept} inputs, "
        f"{'held' if ran.returncode == 0 else f'BROKE: see {log}'}",
        flush=True,
    )
    return ran.returncode == 0


def _seeds(name: str) -> Iterator[bytes]:
    for pattern in (f"fuzz/{name}/*", *SEEDS.get(name, ())):
        for path in sorted(CASES.glob(pattern)):
            data = path.read_bytes()
            if len(data) <= LONGEST_BYTES:
                yield data
            else:
                yield data[:LONGEST_BYTES]


def _keep(name: str, corpus: Path) -> None:
    """Add to the saved corpus, smallest first, what reaches a line of ours that nothing saved before it reaches."""
    saved = CASES / "fuzz" / name
    saved.mkdir(parents=True, exist_ok=True)
    reached: set[tuple[str, int]] = set()
    for path in sorted(saved.iterdir()):
        reached |= _lines(TARGETS[name], path.read_bytes())
    room = MOST_KEPT_BYTES - sum(path.stat().st_size for path in saved.iterdir())
    for path in sorted(corpus.iterdir(), key=lambda one: (one.stat().st_size, one.name)):
        size = path.stat().st_size
        if size > min(LONGEST_KEPT_BYTES, room):
            continue
        lines = _lines(TARGETS[name], path.read_bytes())
        if not lines <= reached:
            reached |= lines
            room -= size
            shutil.copy(path, saved / f"{path.name[:10]}.bin")


def _lines(target: Callable[[bytes], None], data: bytes) -> set[tuple[str, int]]:
    """Return the lines of our own code that an input reaches."""
    ours = str(ROOT / "audio")
    reached: set[tuple[str, int]] = set()

    def note(frame: types.FrameType, event: str, _: object) -> Any:  # noqa: ANN401 - the tracer that goes on
        if not frame.f_code.co_filename.startswith(ours):
            return None
        if event == "line":
            reached.add((frame.f_code.co_filename, frame.f_lineno))
        return note

    sys.settrace(note)
    try:
        target(data)
    finally:
        sys.settrace(None)
    return reached


if __name__ == "__main__":
    sys.exit(main())
