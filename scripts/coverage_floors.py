"""Hold what the tests reached against each room's floor: lines and branches together, child processes included.

Floors stand in ``tests/coverage_floors.json`` and only rise: ``--raise`` writes what was reached, rounded down, where
that is more. Says nothing when all is well. They hold on Linux, where every test runs.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

ROOT = Path(__file__).parent.parent
FLOORS = ROOT / "tests" / "coverage_floors.json"


def by_room(report: Path) -> dict[str, float]:
    """Return room → per cent of its lines and branches that ran, from a JSON report."""
    there: defaultdict[str, int] = defaultdict(int)
    ran: defaultdict[str, int] = defaultdict(int)
    for name, file in json.loads(report.read_text())["files"].items():
        _, *inside = Path(name).parts
        room, numbers = inside[0] if len(inside) > 1 else "top", file["summary"]
        there[room] += numbers["num_statements"] + numbers["num_branches"]
        ran[room] += numbers["covered_lines"] + numbers["covered_branches"]
    return {room: 100 * ran[room] / there[room] for room in sorted(there) if there[room]}


def main() -> None:
    """Print the rooms that are under their floors, and fail if there are any."""
    floors: dict[str, int] = json.loads(FLOORS.read_text())
    found = by_room(Path(sys.argv[1]))
    if "--raise" in sys.argv:
        floors = {room: max(int(percent), floors.get(room, 0)) for room, percent in found.items()}
        FLOORS.write_text(json.dumps(floors, indent=2) + "\n")
        print({room: round(percent, 1) for room, percent in found.items()})
    low = [f"{room}: {found.get(room, 0):.1f} %" for room, floor in floors.items() if found.get(room, 0) < floor]
    if low and sys.platform == "linux":
        sys.exit(f"the tests reach too little of {', '.join(low)} (tests/coverage_floors.json)")


if __name__ == "__main__":
    main()
