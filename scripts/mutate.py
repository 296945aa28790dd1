"""Change a module in one place at a time and see whether its tests notice; a developer's tool, which no test runs.

python scripts/mutate.py audio/podcast/feed.py tests/podcast/test_feed.py --most 60
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}
_COUNTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
}
_TEST_SECONDS = 120


def mutated(tree: ast.AST, place: int) -> str | None:
    """Change what is at a place, counted over the walk of the tree; tell line and change, or None for no such place."""
    for node in ast.walk(tree):
        for field in ("ops", "op", "value", "test"):
            if (new := _other(node, field)) is None:
                continue
            if place == 0:
                before = ast.unparse(node)
                setattr(node, field, new)
                return f"line {getattr(node, 'lineno', 0)}: {before[:60]} -> {ast.unparse(node)[:60]}"
            place -= 1
    return None


def _other(node: ast.AST, field: str) -> object:  # noqa: PLR0911 - a table of cases
    """Return what else could stand in a field of a node, or None."""
    match node, field:
        case ast.Compare(), "ops":
            return [_COMPARED[type(node.ops[0])](), *node.ops[1:]]
        case ast.BinOp(), "op" if type(node.op) in _COUNTED:
            return _COUNTED[type(node.op)]()
        case ast.BoolOp(), "op":
            return ast.Or() if isinstance(node.op, ast.And) else ast.And()
        case ast.Constant(value=bool()), "value":
            return not node.value
        case ast.Constant(value=int()), "value":
            return int(node.value) + 1  # type: ignore[arg-type] # mypy does not narrow by the pattern
        case ast.If() | ast.IfExp(), "test":
            return ast.UnaryOp(ast.Not(), node.test)
        case _:
            return None


def main() -> None:
    """Try the mutants, or so many of them by chance; print those that survive, and the score."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("module")
    parser.add_argument("tests", nargs="+")
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    source = (ROOT / asked.module).read_text(encoding="utf-8")
    places = 0
    while mutated(ast.parse(source), places):
        places += 1
    chosen = sorted(random.Random(asked.seed).sample(range(places), min(asked.most, places)))  # noqa: S311 - no secret
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / "copy"
        shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".venv", "output", "__pycache__", ".*_cache"))
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:cacheprovider", *asked.tests]
        survived = 0
        for place in (None, *chosen):
            tree = ast.parse(source)
            told = mutated(tree, place) if place is not None else None
            (copy / asked.module).write_text(ast.unparse(tree), encoding="utf-8")
            passed = _passes(command, copy)
            if told is None and not passed:
                sys.exit("error: the tests fail before anything is changed")
            if told and passed:
                survived += 1
                print(told, flush=True)
    print(f"{asked.module}: {len(chosen) - survived} of {len(chosen)} mutants found ({places} there are)")


def _passes(command: list[str], folder: Path) -> bool:
    environment = {**os.environ, "PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    try:
        ran = subprocess.run(
            command, cwd=folder, env=environment, capture_output=True, check=False, timeout=_TEST_SECONDS
        )
    except subprocess.TimeoutExpired:
        return False
    return ran.returncode == 0


if __name__ == "__main__":
    main()
