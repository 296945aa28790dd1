"""The second day: repeats dropped, updates told apart, new stories left alone."""

import pytest
from newsroom_cases import load

from audio.newsroom import sequels
from audio.newsroom.sequels import Past, Standing


@pytest.mark.parametrize("half", ["seen", "unseen"])
def test_the_labelled_set(half: str) -> None:
    """Of the second day's repeats and updates at least 85 % each are known for what they are, with their story."""
    cases = load(half)
    first, second = ([case for case in cases if case.day == day] for day in (1, 2))
    events = dict.fromkeys(case.event for case in first)
    past = [Past(event, tuple(case.text for case in first if case.event == event)) for event in events]
    found = sequels.verdicts([case.text for case in second], past)
    for kind in Standing:
        mine = [(case, verdict) for case, verdict in zip(second, found, strict=True) if case.kind == kind]
        right = sum(
            verdict.standing == kind and (kind is Standing.NEW or verdict.key == case.event) for case, verdict in mine
        )
        assert right / len(mine) >= 0.85, kind


def test_nothing_was_aired() -> None:
    """On the first day everything is new."""
    texts = [case.text for case in load("seen")[:5]]
    assert {verdict.standing for verdict in sequels.verdicts(texts, [])} == {Standing.NEW}
