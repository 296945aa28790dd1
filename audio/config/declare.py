"""How a setting is declared: its default, its comment, its bounds."""

from __future__ import annotations

from dataclasses import field
from typing import Any


def setting(
    default: Any,  # noqa: ANN401 - the field's own annotation has the type
    doc: str,
    *,
    low: float | None = None,
    high: float | None = None,
    choices: tuple[Any, ...] = (),
) -> Any:  # noqa: ANN401
    """Declare a field with its comment and bounds (inclusive)."""
    meta = {"doc": doc, "low": low, "high": high, "choices": choices}
    if isinstance(default, dict):
        return field(default_factory=lambda: dict(default), metadata=meta)
    return field(default=default, metadata=meta)
