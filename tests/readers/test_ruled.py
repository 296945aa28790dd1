"""Plain-text newsletters: rows of signs part the masthead, the story and what follows."""

from hypothesis import given
from hypothesis import strategies as st

from audio.readers import text
from audio.readers.text.ruled import take_story

STORY = (
    "La stazione che aspettava il mare\ndi Saverio Conte\n\n"
    "Nel 1911 costruirono una stazione con due binari, una sala d'aspetto di prima classe e una tettoia di ghisa.\n"
    "Il treno, però, arrivò soltanto per diciannove anni.\n"
)
BODY = STORY.split("\n\n")[1]
MASTHEAD = "BINARIO MORTO\nLe ferrovie che non ci sono più\nNumero 118 * Giovedì 6 febbraio 2025\n"
FOOT = "Hai ricevuto questa mail perché sei iscritto\nhttps://binariomorto.example/unsub\n"
RULE = "=" * 40 + "\n"
LINE = st.sampled_from(
    [*STORY.split("\n"), *MASTHEAD.split("\n"), *FOOT.split("\n"), "=" * 12, "-" * 30, "* * *", "Poi il silenzio."]
)


def test_what_stands_around_the_story_is_dropped() -> None:
    """Of a newsletter the story's own part is read, under its title; masthead and unsubscription are not."""
    article = text.read(f"{RULE}{MASTHEAD}{RULE}{STORY}{RULE}{FOOT}", "x")
    assert (article.headline, article.byline) == ("La stazione che aspettava il mare", "di Saverio Conte")
    assert len(article.sections) == 1
    assert {dropped.text for dropped in article.dropped} >= {"BINARIO MORTO", "https://binariomorto.example/unsub"}


def test_a_part_without_a_date_or_an_address_is_kept() -> None:
    """A part above the story that has no date, no address and no appeal is no masthead."""
    kept, dropped = take_story(f"{RULE}Le ferrovie che non ci sono più\n{RULE}{STORY}{RULE}Buon viaggio\n".split("\n"))
    assert {"Le ferrovie che non ci sono più", "Buon viaggio"} <= set(kept)
    assert dropped == []


def test_without_a_title_below_it_nothing_above_goes() -> None:
    """Where the story's part opens with a sentence, its title may be in the part above: that stays."""
    kept, _ = take_story(f"{RULE}La stazione\n6 febbraio 2025\n{RULE}{BODY}{RULE}{FOOT}".split("\n"))
    assert "La stazione" in kept


def test_each_of_several_stories_is_kept() -> None:
    """A newsletter of several stories keeps every part that has a paragraph."""
    between = "L'orario è su https://orari.example\n"
    kept, dropped = take_story(f"{MASTHEAD}{RULE}{STORY}{RULE}{between}{RULE}{STORY}{RULE}{FOOT}".split("\n"))
    assert between.strip() in kept
    assert kept.count("La stazione che aspettava il mare") == 2
    assert len(dropped) == 5


@given(st.lists(LINE, max_size=30))
def test_every_line_is_kept_or_named(lines: list[str]) -> None:
    """Whatever stands between rules, each line is kept, in order, or dropped with a reason."""
    kept, dropped = take_story(lines)
    filled = [line for line in lines if any(map(str.isalnum, line))]
    gone = [one.text for one in dropped if any(map(str.isalnum, one.text))]
    assert sorted([line for line in kept if any(map(str.isalnum, line))] + gone) == sorted(filled)
