"""What fuzzing found, and what it found worth keeping, replayed."""

from pathlib import Path

import pytest
from fuzz.targets import TARGETS

pytestmark = pytest.mark.usefixtures("unwatched_children")

CORPUS = Path(__file__).parent / "cases" / "fuzz"
SAVED = sorted(CORPUS.glob("*/*"))


@pytest.mark.parametrize("saved", SAVED, ids=lambda path: f"{path.parent.name}-{path.name}")
def test_saved_input_breaks_nothing(saved: Path) -> None:
    """An input that once broke something, or came where no other came, does no harm."""
    TARGETS[saved.parent.name](saved.read_bytes())


@pytest.mark.parametrize("name", TARGETS)
def test_every_target_has_inputs_of_its_own(name: str) -> None:
    """Each target runs in this suite: no corpus is empty, and all together stay small."""
    assert any((CORPUS / name).iterdir())
    assert sum(path.stat().st_size for path in SAVED) <= 1_000_000


@pytest.mark.parametrize("name", TARGETS)
def test_bytes_that_are_nothing(name: str) -> None:
    """Nothing, one byte of each kind, and every byte there is do no harm to any target."""
    for data in (b"", *(bytes([byte]) * 3 for byte in range(256)), bytes(range(256)) * 4):
        TARGETS[name](data)
