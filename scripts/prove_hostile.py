"""Prove that no file, setting, name or leaving of an earlier run gets the command line out of hand.

python scripts/prove_hostile.py              # all cases, about four minutes on two cores
python scripts/prove_hostile.py pdf title    # some kinds, or some cases by name
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections import defaultdict
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent.parent), str(Path(__file__).parent.parent / "tests")]

from hostile import Case, Jail, Outcome, cases  # noqa: E402


def main() -> None:
    """Run the cases, print a row for each kind, and fail if one of them did not hold."""
    asked = set(sys.argv[1:])
    chosen = [case for case in cases() if not asked or asked & {case.kind, case.name}]
    rows: defaultdict[str, list[tuple[Outcome, float]]] = defaultdict(list)
    wrong = 0
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        jail = Jail(Path(folder))

        def run(case: Case) -> tuple[Outcome, float]:
            begun = time.monotonic()
            return jail.run(case), time.monotonic() - begun

        for case, (outcome, seconds) in zip(chosen, pool.map(run, chosen), strict=True):
            rows[case.kind].append((outcome, seconds))
            wrong += bool(outcome.wrong)
            for complaint in outcome.wrong:
                print(f"{case.name}: {complaint}")
    print("| kind | cases | refused | made | slowest | most memory |\n|---|---|---|---|---|---|")
    for kind, found in rows.items():
        refused = sum(outcome.code not in {0, 3} for outcome, _ in found)
        slowest, peak = max(seconds for _, seconds in found), max(outcome.peak_bytes for outcome, _ in found)
        made = len(found) - refused
        print(f"| {kind} | {len(found)} | {refused} | {made} | {slowest:.1f} s | {peak // 1_000_000} MB |")
    sys.exit(f"{wrong} of {len(chosen)} cases did not hold" if wrong else 0)


if __name__ == "__main__":
    main()
