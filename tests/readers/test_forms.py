"""The tables of forms: each line a form that compiles, none twice, each piece in use."""

import re
from importlib import resources
from itertools import chain

import pytest

from audio.readers.furniture.forms import headings, reasons

TABLES = {
    name: resources.files("audio.readers.furniture").joinpath(name).read_text(encoding="utf-8").splitlines()
    for name in ("forms.txt", "headings.txt")
}


@pytest.mark.parametrize("name", TABLES)
def test_every_form_stands_once_and_compiles(name: str) -> None:
    """A form that stands twice, or is no pattern by itself, is a slip of whoever wrote it."""
    kinds = "\n".join(line for line in TABLES[name] if line and not line.startswith(("#", "let "))).split("== ")[1:]
    listed = [kind.splitlines()[1:] for kind in kinds]
    assert all(len(forms) == len(set(forms)) for forms in listed)
    for form in chain.from_iterable(listed):
        re.compile(re.sub(r"\{[a-z]+\}", "x", form))


def test_every_piece_is_used() -> None:
    """What is named once is written in some form."""
    named = {found[1] for line in TABLES["forms.txt"] if (found := re.match(r"let (\w+) = ", line))}
    assert named
    assert all(any(f"{{{piece}}}" in line for line in TABLES["forms.txt"]) for piece in named)


def test_no_piece_is_left_in_a_pattern() -> None:
    """Every piece is put in its place, and every reason has forms."""
    for reason, pattern in [*reasons(), *headings().items()]:
        assert reason
        assert pattern
        assert not re.search(r"\{[a-z]+\}", pattern)
