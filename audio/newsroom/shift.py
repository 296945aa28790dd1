"""A run of the daily edition as a scheduler starts it: watched, logged, remembered, and silent when nothing is due."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from audio.config import Config
from audio.errors import NotiziarioError, OutputError
from audio.events import EngineChosen, EngineLeft, Event, OnEvent, SourceLost, ignore
from audio.newsroom import daily, seen, watch
from audio.newsroom.daily import Order, Outcome
from audio.newsroom.desk import Desk, desk_of, truth
from audio.newsroom.lock import BusyError
from audio.podcast import publish

_UNEXPECTED = "the run ended unexpectedly"


@dataclass(frozen=True, slots=True)
class Status:
    """How a show stands. ``last_edition`` is (date, title); ``missing`` tells that one is due and not there."""

    last_edition: tuple[str, str] | None
    next_due: dt.datetime
    missing: bool
    last_run: seen.Run | None


def is_due(config: Config, now: dt.datetime) -> bool:
    """Tell whether today's edition should be there by now; only today's is ever made up for."""
    desk = desk_of(config, now)
    return desk.now >= due_on(desk, desk.now.date())


def due_on(desk: Desk, date: dt.date) -> dt.datetime:
    """Return the moment an edition of a day is due, by the clock of its time zone."""
    return dt.datetime.combine(date, dt.time.fromisoformat(desk.config.edition.at), desk.now.tzinfo)


def work(
    config: Config,
    order: Order,
    *,
    on_event: OnEvent = ignore,
    warn: Callable[[str], None] = lambda _: None,
    make: Callable[..., Outcome] = daily.make_edition,
) -> Outcome:
    """Make the edition of an order and tell everybody concerned how it went. Raises what ``make`` raises."""
    desk = desk_of(config, order.now)
    log_path = desk.state / "daily.log"

    def note(event: Event) -> None:
        on_event(event)
        match event:
            case SourceLost(source, reason):
                watch.log(log_path, desk.now, f"left out: {source}: {reason}")
            case EngineLeft(engine, reason):
                watch.log(log_path, desk.now, f"{engine} could not speak: {reason}")
            case EngineChosen(engine, voice, _):
                watch.log(log_path, desk.now, f"spoken by {engine} (voice {voice})")
            case _:
                pass

    for failure in watch.tell_start(config.notify):
        warn(failure)
    code, said = 1, _UNEXPECTED
    try:
        outcome = make(config, order, on_event=note)
        code, said = _summed_up(outcome)
    except NotiziarioError as error:
        code, said = error.exit_code, error.message
        raise
    else:
        return outcome
    finally:
        if code != BusyError.exit_code:
            watch.log(log_path, desk.now, f"{desk.key}: {said}")
            _remember(desk, code, said)
            for failure in watch.tell_end(config.notify, config.show.title, code, said):
                warn(failure)


def _summed_up(outcome: Outcome) -> tuple[int, str]:
    """Return the exit code of a run that ended well, and what it did in a line."""
    if outcome.lost:
        lost = "; ".join(f"{source}: {reason}" for source, reason in outcome.lost)
        return watch.PARTLY, f"{outcome.episode.title} was published, but was lost: {lost}"
    done = "published" if outcome.rundown else "there already"
    return watch.DONE, f"{outcome.episode.title}: {done}"


def _remember(desk: Desk, code: int, said: str) -> None:
    # The run itself has already said what is wrong with the disk.
    with contextlib.suppress(OutputError), seen.opened(desk.ledger, ()) as ledger:
        ledger.add_run(desk.now, code, said)


def status_of(config: Config, now: dt.datetime) -> Status:
    """Return how a show stands; writes nothing."""
    desk = desk_of(config, now)
    today = due_on(desk, desk.now.date())
    next_due = today if desk.now < today else due_on(desk, desk.now.date() + dt.timedelta(days=1))
    patience = dt.timedelta(minutes=config.edition.deadline_minutes)
    made = {episode.guid for episode in publish.episodes(desk.folder)}
    with seen.opened(desk.ledger, truth(desk), keep=False) as ledger:
        return Status(
            ledger.last_edition(), next_due, desk.guid not in made and desk.now > today + patience, ledger.last_run()
        )
