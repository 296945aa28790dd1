"""Prove crash consistency at length: every touch of the disk failing in turn, and a thousand kills at random moments.

python scripts/prove_crashes.py --faults            # every touch, three kinds of error
python scripts/prove_crashes.py --kills 1000 --seed 1
"""

from __future__ import annotations

import argparse
import collections
import errno
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent / "tests")]

from crashes import CODES, Bench, kill_moments  # noqa: E402

LONGEST_SECONDS = 1.5


def main() -> None:
    """Run what is asked and print one line of figures for each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        if asked.faults:
            touches = bench.touches()
            for code in CODES:
                found = collections.Counter(bench.fail(at, code) for at in range(1, touches + 1))
                print(f"make: {touches} touches failing with {errno.errorcode[code]}: {dict(found)}, none torn")
        if asked.kills:
            moments = kill_moments(asked.kills, LONGEST_SECONDS, asked.seed)
            found = collections.Counter(bench.kill(moment) for moment in moments)
            print(f"make: {asked.kills} kills: {dict(found)}, none torn, every next run completed")


if __name__ == "__main__":
    main()
