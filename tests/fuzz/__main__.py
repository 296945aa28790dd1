"""Drive one target by coverage: ``python -m fuzz TARGET [libFuzzer's own options and folders]``. Needs atheris."""

from __future__ import annotations

import sys

import atheris

with atheris.instrument_imports(include=["audio", "feedparser"]):
    from fuzz.targets import TARGETS


def main() -> None:
    """Fuzz until libFuzzer's bounds or the first input that breaks something."""
    name, *options = sys.argv[1:]
    atheris.Setup([sys.argv[0], *options], TARGETS[name])
    atheris.Fuzz()


main()
