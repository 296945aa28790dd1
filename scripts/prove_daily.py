"""Prove that a podcast survives its daily edition: kills at random moments, and every write of a run failing in turn.

python scripts/prove_daily.py --kills 200 --seed 1
python scripts/prove_daily.py --faults
"""

from __future__ import annotations

import argparse
import collections
import errno
import random
import sys
import tempfile
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent / "tests")]

from daily_show import Bench  # noqa: E402


def main() -> None:
    """Run what is asked and print one line of figures for each kind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--faults", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder))
        if asked.kills:
            chance = random.Random(asked.seed)  # noqa: S311 - moments, not secrets
            longest = bench.seconds_of_a_run()
            found: collections.Counter[str] = collections.Counter()
            for number in range(1, asked.kills + 1):
                found[bench.kill(chance.uniform(0, longest))] += 1
                print(f"{number} kills: {dict(found)}", end="\r", file=sys.stderr, flush=True)
            print(f"daily: {asked.kills} kills: {dict(found)}, every feed whole, every next run completed")
        if asked.faults:
            touches = bench.touches()
            failed = collections.Counter(bench.fail(at, errno.ENOSPC) for at in range(1, touches + 1))
            print(f"daily: {touches} touches meeting a full disk: {dict(failed)}, every feed whole")


if __name__ == "__main__":
    main()
