"""What a rule is: a form, a handler that reads it or declines, and the shapes of token it may begin with."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

from audio.italian.forms import Form

# A word: followed by nothing that could make more of it (w; W where it is one that waits for the next, like "h 18"), by an
# abbreviation's dot (D), by an accent's apostrophe (Q), by a hyphen (H), by a digit (N: "Covid19"), by a sign or a mark
# that joins (J: "c/c").
WORD = "wWDQHNJ"
# A number: alone (n), before a word (a), before another number (d), joined to a letter (l) or to a sign (%), or, with or
# without a blank between, to one of these marks.
NUMBER = "nadl%-/.:,'+x"
# A number in the middle of a chain of numbers, where most forms cannot begin.
CHAIN = "c"
# A sign a number may wear, and the marks of the net.
SIGN = "s"
NET = "@"


_WORD = Form(r"[^\W\d_]+")


class Hit(NamedTuple):
    """A reading that ends elsewhere than its form: a number takes its unit along."""

    said: str
    end: int


Handler = Callable[["re.Match[str]"], "Hit | str | None"]


class Rule(NamedTuple):
    """``form`` is tried where a token of the shapes ``at`` begins; ``read`` sees the match with the line around it.

    ``first`` names the letters the form may begin with, where they are few, so that it is tried at no other word. A
    handler declines with None; then the next rule is tried at the same place.
    """

    name: str
    form: str
    read: Handler
    at: str = WORD
    first: str = ""


def before(found: re.Match[str], size: int = 40) -> str:
    """Return the text to the left; the bound keeps every look back short, so the pass stays linear."""
    return found.string[max(0, found.start() - size) : found.start()]


def after(found: re.Match[str], size: int = 40) -> str:
    """Return the text to the right."""
    return found.string[found.end() : found.end() + size]


def last_words(found: re.Match[str], count: int) -> list[str]:
    """Return the last words to the left, in small letters and without their dots, the nearest first."""
    return _WORD.findall(before(found).lower())[: -count - 1 : -1]
