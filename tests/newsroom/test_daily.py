"""The daily edition, with the embedded voice and a clock that is an argument."""

import datetime as dt
import os
from dataclasses import replace
from pathlib import Path

import pytest
from daily_show import (
    FRANA,
    FRANA_AGENZIA,
    FRANA_ANCORA,
    FRANA_RIAPERTA,
    NOW,
    ROME,
    SINNER,
    TARTUFO,
    Show,
)
from newsroom_cases import load

from audio import readers
from audio.config import EditionSettings, SourceSettings
from audio.errors import RefusedError, SettingsError, SourceError
from audio.events import Event, SegmentSpoken
from audio.newsroom import daily, lock
from audio.newsroom.daily import LateError, Order
from audio.newsroom.desk import desk_of


@pytest.fixture
def show(tmp_path: Path) -> Show:
    made = Show(tmp_path)
    made.write(frana=FRANA, agenzia=FRANA_AGENZIA, tartufo=TARTUFO)
    return made


def test_an_edition_is_made_once(show: Show) -> None:
    """One event told twice is one story; a second run on the same Italian day changes no byte of the show."""
    first = show.make()
    assert first.rundown is not None
    assert sorted(len(story.items) for story in first.rundown.stories) == [1, 2]
    before = show.files()
    assert len(show.feed()) == 1
    again = daily.make_edition(show.config, Order(NOW.replace(hour=23).astimezone(dt.UTC)))
    assert again.rundown is None
    assert show.files() == before


def test_it_sounds_like_a_giornale_radio(show: Show) -> None:
    """Greeting with hour and date, headlines, section, stories, sign-off, in this order."""
    show.make()
    said = show.said()
    expected = [
        "Buongiorno da Il Mattino. Sono le 6:30 di mercoledì 25 novembre 2026.",
        "I titoli.",
        "Cronaca.",
        "Una colata di fango" if "Una colata" in said else "Lo smottamento",
        "È tutto. Avete ascoltato Il Mattino. A risentirci.",
    ]
    places = [said.index(words) for words in expected]
    assert places == sorted(places)
    assert said.count("Alba, tartufo da 900 grammi") == 2


def test_the_second_day(show: Show) -> None:
    """The next day a repeat is dropped, an update is introduced as one, and a new story is told."""
    show.make(0)
    show.write(ancora=FRANA_ANCORA, riaperta=FRANA_RIAPERTA, sinner=SINNER)
    outcome = show.make(1)
    assert outcome.rundown is not None
    told = {Path(story.items[0].key).stem: story.update for story in outcome.rundown.stories}
    assert told == {"riaperta": True, "sinner": False}
    left = {Path(one.item).stem: one.why for one in outcome.rundown.left_out}
    assert left["ancora"] == left["frana"] == left["tartufo"] == "aired on 2026-11-25"
    assert "Un aggiornamento. Valmalenco, riaperta" in show.said()
    assert len(show.feed()) == 2
    with pytest.raises(SourceError, match="nothing new to say"):
        show.make(2)
    assert len(show.feed()) == 2


def test_force_keeps_the_identity(show: Show) -> None:
    """`--force` makes the edition anew under the same GUID and date."""
    show.make()
    before = show.feed()
    show.write(sinner=SINNER)
    forced = show.make(order=Order(NOW, force=True))
    assert forced.rundown is not None
    assert len(forced.rundown.stories) == 3
    assert show.feed() == before


def test_errata(show: Show) -> None:
    """Of a mended article only what changed is spoken again, a withdrawn one is gone, the episode stays the same."""
    show.make()
    before = show.feed()
    show.write(tartufo=TARTUFO.replace("Hong Kong", "Singapore"), sinner=SINNER)
    fresh: list[int] = []

    def count(event: Event) -> None:
        if isinstance(event, SegmentSpoken) and not event.cached:
            fresh.append(event.index)

    show.make(order=Order(NOW, errata=True), on_event=count)
    assert len(set(fresh)) == 1
    assert "Singapore" in show.said()
    assert "Sinner" not in show.said()
    withdrawn = os.path.relpath(show.folder / "articoli" / "tartufo.txt")
    show.make(order=Order(NOW, errata=True, withdrawn=(withdrawn,)))
    assert "tartufo" not in show.said()
    assert show.feed() == before


def test_errata_of_an_unknown_edition(show: Show) -> None:
    """Errata of an edition that was never made are an error."""
    with pytest.raises(SourceError, match="nothing is known"):
        show.make(order=Order(NOW, errata=True))


def test_two_runs_at_once(show: Show) -> None:
    """While one run holds the show, another ends at once with code 75 and touches nothing."""
    with lock.held(desk_of(show.config, NOW).state / "lock"), pytest.raises(lock.BusyError) as caught:
        show.make()
    assert caught.value.exit_code == 75
    assert not show.files()
    show.make()


def test_a_run_past_its_deadline(show: Show) -> None:
    """A run that takes longer than allowed ends with code 75, and the next goes on from its draft."""
    ticks = iter([0.0, *[4000.0] * 1000])
    with pytest.raises(LateError) as caught:
        show.make(clock=lambda: next(ticks))
    assert caught.value.exit_code == 75
    assert not show.files()
    show.write(sinner=SINNER)
    show.make()
    assert "Sinner" not in show.said()


def test_a_lost_source_is_told(show: Show) -> None:
    """An edition without one of its sources is published, and says which was lost; without all, it is not."""
    gone = SourceSettings(folder=show.folder / "niente")
    outcome = show.make(config=replace(show.config, sources=(*show.config.sources, gone)))
    assert [source for source, _ in outcome.lost] == [str(show.folder / "niente")]
    assert len(show.feed()) == 1
    with pytest.raises(SourceError, match="none of the sources"):
        show.make(1, config=replace(show.config, sources=(gone,)))


def test_sources_are_tried_again(show: Show) -> None:
    """An address that fails at boot is read again after a while."""
    asked: list[str] = []

    def read(address: str) -> object:
        asked.append(address)
        if len(asked) < 3:
            raise SourceError(f"{address}: no network")
        return readers.read(str(show.folder / "articoli" / "frana.txt"))

    waits: list[float] = []
    web = SourceSettings(url="https://esempio.it/frana")
    show.make(config=replace(show.config, sources=(web,)), read=read, wait=waits.append)
    assert len(asked) == 3
    assert waits == [5.0, 20.0]


def test_a_refusal_is_taken(show: Show) -> None:
    """A server that says no to a page keeps nobody waiting; the others' news go on."""

    def read(address: str) -> object:
        if address.startswith("https:"):
            raise RefusedError(f"{address}: is no longer there (410)")
        return readers.read(address)

    waits: list[float] = []
    gone = SourceSettings(url="https://esempio.it/frana")
    made = show.make(config=replace(show.config, sources=(gone, *show.config.sources)), read=read, wait=waits.append)
    assert waits == []
    assert [address for address, _ in made.lost] == ["https://esempio.it/frana"]


def test_wishes(show: Show) -> None:
    """Old and unwanted items are left out with their reason, wanted ones come first, quotas hold."""
    show.write(sinner=SINNER)
    old = "---\ntitle: Riaperto il museo di Pavia\ndate: 2026-11-20\n---\n\nIl museo di Pavia è riaperto da ieri.\n"
    (show.folder / "articoli" / "museo.md").write_text(old, encoding="utf-8")
    (base,) = show.config.sources
    source = replace(base, max_age_hours=36, exclude=("Valmalenco",), prefer=("Alcaraz",), quota=1)
    rundown = daily.show_rundown(replace(show.config, sources=(source,)), NOW)
    assert [Path(story.items[0].key).stem for story in rundown.stories] == ["sinner"]
    why = {Path(one.item).stem: one.why for one in rundown.left_out}
    assert why == {
        "museo": "older than 36 hours",
        "frana": "mentions 'Valmalenco'",
        "agenzia": "mentions 'Valmalenco'",
        "tartufo": "its source has a quota of 1",
    }
    assert not show.public.exists()


def test_the_length(tmp_path: Path) -> None:
    """With enough material the edition lasts what the settings say within 15 seconds; predictions err under 3 %."""
    show = Show(tmp_path)
    for number, case in enumerate(load("seen")[:40:2]):
        show.write(**{f"n{number:02}": f"{case.text.title}\n\n" + f"{case.text.lead}\n\n" * 6})
    config = replace(show.config, edition=replace(show.config.edition, target_minutes=4))
    config = replace(config, sources=(replace(config.sources[0], quota=50),))
    outcome = show.make(config=config)
    assert outcome.rundown is not None
    assert abs(outcome.episode.seconds - 240) <= 15
    assert abs(outcome.rundown.seconds - outcome.episode.seconds) <= 0.03 * outcome.episode.seconds
    first = outcome.rundown.stories[0].article
    assert sum(len(section.blocks) for section in first.sections) == 6
    assert any(story.article != story.items[0].article for story in outcome.rundown.stories)


def test_a_damaged_ledger_is_made_anew(show: Show) -> None:
    """A ledger that is garbage is set aside and read back from the episodes: nothing is told twice."""
    show.make(0)
    ledger = show.public / ".notiziario" / "seen.sqlite"
    for name in ("seen.sqlite-wal", "seen.sqlite-shm"):
        ledger.with_name(name).unlink(missing_ok=True)
    ledger.write_bytes(b"garbage" * 1000)
    show.write(sinner=SINNER)
    outcome = show.make(1)
    assert outcome.rundown is not None
    assert [Path(story.items[0].key).stem for story in outcome.rundown.stories] == ["sinner"]
    assert ledger.with_name("seen.sqlite.damaged").exists()


@pytest.mark.parametrize(
    ("moment", "key"),
    [
        (dt.datetime(2026, 12, 31, 23, 30, tzinfo=dt.UTC), "2027-01-01"),
        (dt.datetime(2027, 3, 28, 0, 59, tzinfo=dt.UTC), "2027-03-28"),
        (dt.datetime(2026, 10, 24, 21, 59, tzinfo=dt.UTC), "2026-10-24"),
        (dt.datetime(2026, 10, 24, 22, 1, tzinfo=dt.UTC), "2026-10-25"),
    ],
)
def test_the_date_is_italian(show: Show, moment: dt.datetime, key: str) -> None:
    """An edition belongs to the date of its time zone, at the year's end and when the clocks change."""
    assert desk_of(show.config, moment).key == key


def test_editions_of_one_day(show: Show) -> None:
    """Editions with names of their own have identities of their own on one day."""
    morning, evening = (
        desk_of(replace(show.config, edition=EditionSettings(name=name)), NOW.astimezone(ROME)).guid
        for name in ("", "sera")
    )
    assert morning != evening


def test_an_unknown_time_zone(show: Show) -> None:
    """A time zone that does not exist is an error of the settings."""
    with pytest.raises(SettingsError, match="no such time zone"):
        show.make(config=replace(show.config, edition=EditionSettings(timezone="Europe/Atlantide")))
