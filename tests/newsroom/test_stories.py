"""Items of one event brought together, lookalikes kept apart."""

import pytest
from newsroom_cases import load, score

from audio.newsroom import stories


@pytest.mark.parametrize(("half", "least_f1", "most_merged"), [("seen", 0.75, 0.06), ("unseen", 0.75, 0.05)])
def test_the_labelled_set(half: str, least_f1: float, most_merged: float) -> None:
    """Rewrites in independent words come together, lookalikes (another quarter, another crash) stay apart."""
    cases = [case for case in load(half) if case.day == 1]
    f1, merged = score(cases, stories.group([case.text for case in cases]))
    assert f1 >= least_f1
    assert merged <= most_merged
