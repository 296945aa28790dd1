"""Changes to a text, and rounds of them made one."""

from hypothesis import given
from hypothesis import strategies as st

from audio.italian.edits import Edit, apply, compose


@st.composite
def edits(draw: st.DrawFn, length: int) -> list[Edit]:
    """Draw edits of a text of a length, in order and apart."""
    spots = sorted(draw(st.lists(st.integers(0, length), max_size=6)))
    pairs = zip(spots[::2], spots[1::2], strict=False)
    return [Edit(start, end, draw(st.text("xyz", max_size=3)), "rule") for start, end in pairs if start < end]


@given(st.data())
def test_two_rounds_are_one(data: st.DataObject) -> None:
    """The composed edits do to the source what the two rounds do one after the other."""
    source = data.draw(st.text("abcdef ", max_size=20))
    first = data.draw(edits(len(source)))
    middle = apply(source, first)
    second = data.draw(edits(len(middle)))
    assert apply(source, compose(middle, first, second)) == apply(middle, second)


def test_a_rule_outweighs_marks() -> None:
    """Where a reading and a mark meet, the edit bears the name of the reading."""
    (edit,) = compose("a sei.", [Edit(2, 3, "sei.", "number")], [Edit(5, 6, ",", "marks")])
    assert edit == Edit(2, 3, "sei,", "number")
