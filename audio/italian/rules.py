"""What a rule is: a form, and a handler that reads it or declines."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple


class Hit(NamedTuple):
    """A reading that ends elsewhere than its form: a number takes its unit along."""

    said: str
    end: int


Handler = Callable[["re.Match[str]"], "Hit | str | None"]


class Rule(NamedTuple):
    """``form`` is tried where a token begins; ``read`` sees the match with the line around it, None declines."""

    name: str
    form: str
    read: Handler


def before(found: re.Match[str], size: int = 40) -> str:
    """Return the text to the left; the bound keeps every look back short, so the pass stays linear."""
    return found.string[max(0, found.start() - size) : found.start()]


def after(found: re.Match[str], size: int = 40) -> str:
    """Return the text to the right."""
    return found.string[found.end() : found.end() + size]
