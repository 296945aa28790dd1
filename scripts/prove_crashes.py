"""Prove crash consistency at length: every touch of the disk failing in turn, and a thousand kills at random moments.

python scripts/prove_crashes.py                     # make, publish and daily: every touch, every limit, 1,000 kills
python scripts/prove_crashes.py daily --kills 200 --seed 2
"""

from __future__ import annotations

import argparse
import collections
import errno
import os
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]
os.environ["PYTHONPATH"] = f"{ROOT}{os.pathsep}{ROOT / 'tests'}"  # for the process that is forked

from crashes import CODES, Bench, Daily, Make, Publish, kill_moments  # noqa: E402

KINDS: dict[str, type[Make | Publish]] = {"make": Make, "publish": Publish, "daily": Daily}
# SQLite's files grow by pages of 4 KiB: each of their writes meets one of the limits, and so does each larger file.
LIMITS = (*range(0, 80_000, 1024), *range(80_000, 600_000, 20_000))


def main() -> None:
    """Run what is asked and print one line of figures for each kind of accident."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kinds", nargs="*", help=f"of {', '.join(KINDS)}; all of them without a name")
    parser.add_argument("--kills", type=int, default=334, help="of each kind")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    for name in asked.kinds or KINDS:
        with tempfile.TemporaryDirectory() as folder:
            bench = Bench(KINDS[name], Path(folder))
            touches = len(bench.log())
            for code in CODES:
                found = (bench.fail(at, code) for at in range(1, touches + 1))
                _tell(name, f"{touches} touches failing with {errno.errorcode[code]}", found)
            _tell(name, f"{len(LIMITS)} limits of file size", (bench.fill(limit) for limit in LIMITS))
            kills = (bench.kill(part) for part in kill_moments(asked.kills, asked.seed))
            _tell(name, f"{asked.kills} kills", kills)


def _tell(name: str, accident: str, outcomes: Iterable[str]) -> None:
    counted = collections.Counter(outcomes)
    found = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items()))
    print(f"{name}: {accident}: {found}; every output whole, every next run complete", flush=True)


if __name__ == "__main__":
    main()
