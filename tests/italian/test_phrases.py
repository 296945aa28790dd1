"""Forms found by their first word."""

from audio.italian.phrases import Phrases


def test_forms_are_whole_and_the_longest_wins() -> None:
    """A form is found where it stands whole, with its capitals, the longest of those that begin alike."""
    forms = Phrases(["New York", "New York Times", "F-35", "€uro"])
    line = "Il New York Times, a New York, Newyork, New Yorker, F-35, F-355, new york, €uro"
    assert [form for _, _, form in forms.find(line)] == ["New York Times", "New York", "F-35", "€uro"]
    assert "New" in forms
    assert "York" not in forms
