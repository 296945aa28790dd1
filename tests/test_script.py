"""From articles to a script."""

import datetime as dt
import itertools
from dataclasses import replace

import pytest

from audio.config import AnnouncementSettings, Config
from audio.model import Article, Block, Role, Script, Section, Sting
from audio.readers import text
from audio.script import derive_title, write

DATE = dt.date(2025, 11, 6)
ARTICLE = Article(
    "Ponte chiuso",
    (
        Section(None, (Block(Role.LEAD, "Il ponte è chiuso. Riapre domenica."), Block(Role.PARAGRAPH, "* * *"))),
        Section("Come si arriva", (Block(Role.ITEM, "Da nord."), Block(Role.ITEM, "Da sud, entro le 18:30."))),
        Section("I costi", (Block(Role.QUOTE, "«Dieci milioni»"),)),
    ),
    dateline="Bologna, 6 novembre",
    source="x",
)


def _write(*articles: Article, config: Config | None = None, title: str | None = None) -> Script:
    return write(articles, config or Config(), voice="it", date=DATE, title=title)


def test_every_sentence_is_a_segment_in_order() -> None:
    """Announcement, headline, dateline, then each sentence with its role; text as written, spoken without a digit."""
    segments = _write(ARTICLE).segments
    assert [(s.role, s.text) for s in segments] == [
        ("announcement", "Notiziario, giovedì 6 novembre 2025."),
        ("announcement", "Questo programma è letto da una voce sintetica."),
        ("headline", "Ponte chiuso"),
        ("dateline", "Bologna, 6 novembre"),
        ("lead", "Il ponte è chiuso."),
        ("lead", "Riapre domenica."),
        ("heading", "Come si arriva"),
        ("item", "Da nord."),
        ("item", "Da sud, entro le 18:30."),
        ("heading", "I costi"),
        ("quote", "«Dieci milioni»"),
        ("announcement", "Avete ascoltato Notiziario. A risentirci."),
    ]
    assert segments[8].spoken == "Da sud, entro le diciotto e trenta."


def test_pauses_fall_with_their_rank() -> None:
    """Pauses: headline over section over heading over paragraph over sentence."""
    pause = {s.text: s.pause_seconds for s in _write(ARTICLE).segments}
    ranks = ["Ponte chiuso", "Riapre domenica.", "Come si arriva", "Da nord.", "Il ponte è chiuso."]
    assert [pause[text] for text in ranks] == [1.2, 1.0, 0.8, 0.6, 0.3]
    assert all(a > b for a, b in itertools.pairwise(pause[text] for text in ranks))


def test_chapters_are_sections_of_one_story_and_stories_of_many() -> None:
    """One story has a chapter for its start and each heading; several stories have one each."""
    assert _write(ARTICLE).chapters == ("Ponte chiuso", "Come si arriva", "I costi")
    two = _write(ARTICLE, replace(ARTICLE, headline="Altro fatto"))
    assert two.chapters == ("Ponte chiuso", "Altro fatto")
    assert two.title == "Notiziario, 6 novembre 2025"


def test_a_derived_title_is_not_spoken_twice() -> None:
    """Without a headline the title comes from the first sentence, is marked, and no segment says it apart."""
    article = text.read("Roma, 6 novembre – Il ponte sul Tevere resta chiuso. Lo dice il sindaco.", "x")
    script = _write(article)
    assert script.title == "Il ponte sul Tevere resta chiuso"
    assert script.title_generated
    assert sum(script.title in s.text for s in script.segments) == 1
    assert not any(s.role is Role.HEADLINE for s in script.segments)


def test_a_given_title_wins() -> None:
    """A title from the command line names the bulletin and is not marked as generated."""
    script = _write(replace(ARTICLE, headline=None), title="Edizione speciale")
    assert (script.title, script.title_generated) == ("Edizione speciale", False)


@pytest.mark.parametrize(("opening", "closing"), [(True, False), (False, True), (False, False)])
def test_announcements_can_be_switched(opening: bool, closing: bool) -> None:
    """Opening and closing are each left out where the settings say so."""
    script = _write(ARTICLE, config=Config(announcements=AnnouncementSettings(opening=opening, closing=closing)))
    roles = [s.role for s in script.segments]
    assert (roles[0] is Role.ANNOUNCEMENT) == opening
    assert (roles[-1] is Role.ANNOUNCEMENT) == closing


def test_long_titles_are_cut_at_a_breath() -> None:
    """A derived title fits a phone's two lines and ends at a comma or a word."""
    long = "Il consiglio dei ministri approva la legge, che vale diciotto miliardi e passa ora al Senato, dove il voto"
    sentence = Article(None, (Section(None, (Block(Role.LEAD, f"{long} è atteso per la fine del mese."),)),))
    title = derive_title(sentence)
    assert len(title) <= 110
    assert long.startswith(title)


def test_headlines_are_slower_and_quotations_waited_for() -> None:
    """A headline has its tempo, and the pause before a quotation is longer, but not that of a higher rank."""
    story = replace(ARTICLE, sections=(Section(None, (*ARTICLE.sections[0].blocks, Block(Role.QUOTE, "«Basta»"))),))
    segments = {s.text: s for s in _write(story).segments}
    assert segments["Ponte chiuso"].rate == 0.95
    assert segments["Riapre domenica."].rate == 1.0
    assert segments["Riapre domenica."].pause_seconds == pytest.approx(0.7)
    assert {s.text: s.pause_seconds for s in _write(ARTICLE).segments}["I costi"] == 0.8


def test_music_has_its_places() -> None:
    """A signature opens and a closing ends the bulletin, the bed lies under the opening, a tick ends each story."""
    segments = _write(ARTICLE, replace(ARTICLE, headline="Altro fatto")).segments
    assert [s.before for s in segments if s.before] == [Sting.SIGNATURE] == [segments[0].before]
    assert segments[-1].after is Sting.CLOSING
    assert [s.bed for s in segments[:3]] == [True, True, False]
    ends = [index for index, s in enumerate(segments) if s.after is Sting.TICK]
    assert [segments[index + 1].text for index in ends] == ["Altro fatto"]
    assert not any(s.after is Sting.TICK for s in _write(ARTICLE).segments)
