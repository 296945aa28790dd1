"""The daily edition: collect, choose, compose, make, publish. Each step can be killed and taken up again.

An edition is known by show, Italian date and name, from which its GUID is made. One that is published is left alone.
Until the last step the public folder is as it was; its feed is written after everything it names.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from audio import pipeline
from audio.config import Config
from audio.errors import NotiziarioError, SourceError
from audio.events import Event, OnEvent, ignore
from audio.files import sweep
from audio.model import Briefing
from audio.newsroom import choose, drafts, items, rundown, seen, studio
from audio.newsroom.choose import LeftOut, Story
from audio.newsroom.desk import Desk, desk_of, truth
from audio.newsroom.lock import held
from audio.newsroom.rundown import Rundown
from audio.newsroom.seen import AiredEdition, AiredStory, Ledger
from audio.podcast import publish
from audio.podcast.episode import Episode, Source


class LateError(NotiziarioError):
    """Try again later: the run took longer than its deadline."""

    exit_code = 75


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a run: ``now`` with its zone; ``force`` makes a published edition anew from today's sources.

    ``errata`` makes it anew from its own stories as they read now, without the items ``withdrawn``.
    """

    now: dt.datetime
    force: bool = False
    errata: bool = False
    withdrawn: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """A published edition: its episode, what it told (None where it was there already), and what was lost."""

    episode: Episode
    rundown: Rundown | None
    lost: tuple[tuple[str, str], ...] = ()


def show_rundown(
    config: Config, now: dt.datetime, *, on_event: OnEvent = ignore, read: items.Read | None = None
) -> Rundown:
    """Return what ``make_edition`` would make now; writes nothing."""
    desk = desk_of(config, now)
    with seen.opened(desk.ledger, truth(desk), keep=False) as ledger:
        stories, left, _ = _choose(desk, ledger, lambda _: None, on_event, read)
        return rundown.plan(stories, left, config, studio.likely_voice(config, ledger), desk.now)


def make_edition(
    config: Config,
    order: Order,
    *,
    on_event: OnEvent = ignore,
    wait: Callable[[float], None] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
    read: items.Read | None = None,
) -> Outcome:
    """Make and publish the edition of a day, if it is not there yet.

    ``wait`` and ``clock`` count seconds; ``read`` reads a source. Raises BusyError while another run is at work,
    LateError after the deadline, and the errors of errors.py; after any of them the feed is as it was.
    """
    desk = desk_of(config, order.now)
    on_event = _until(clock() + config.edition.deadline_minutes * 60, clock, on_event)
    with held(desk.state / "lock"), seen.opened(desk.ledger, truth(desk)) as ledger:
        sweep(desk.state)
        episode = next((e for e in publish.episodes(desk.folder) if e.guid == desk.guid), None)
        if episode and not (order.force or order.errata):
            if not ledger.guids().get(desk.guid):
                _bring_to_public(desk, ledger)
            return Outcome(episode, None)
        stories, left, lost = _chosen(desk, ledger, order, wait, on_event, read)
        told, briefing = studio.record(desk, ledger, stories, left, on_event)
        episode = _publish(desk, ledger, told, briefing)
        return Outcome(episode, told, lost)


def _chosen(
    desk: Desk, ledger: Ledger, order: Order, wait: Callable[[float], None], on_event: OnEvent, read: items.Read | None
) -> tuple[list[Story], list[LeftOut], tuple[tuple[str, str], ...]]:
    """Return the day's stories: those of its draft, as a killed run left it or as errata mend it, or chosen now."""
    draft = None if order.force else drafts.load(desk.draft)
    if order.errata:
        if draft is None:
            raise SourceError(f"{desk.key}: nothing is known of this edition", hint="Use --force to make it anew.")
        stories = list(_mended(desk, draft[0], order.withdrawn, read))
        if not stories:
            raise SourceError(f"{desk.key}: nothing is left to say without the withdrawn stories")
        drafts.save(desk.draft, stories, draft[1])
        return stories, draft[1], ()
    if draft is not None:
        return *draft, ()
    stories, left, lost = _choose(desk, ledger, wait, on_event, read)
    drafts.save(desk.draft, stories, left)
    return stories, left, lost


def _choose(
    desk: Desk, ledger: Ledger, wait: Callable[[float], None], on_event: OnEvent, read: items.Read | None
) -> tuple[list[Story], list[LeftOut], tuple[tuple[str, str], ...]]:
    lost_stories: list[tuple[str, str]] = []
    read = read or pipeline.reader(desk.config, lambda link, reason: lost_stories.append((link, reason)))
    found, lost = items.collect(desk.config.sources, desk.now, wait, read, on_event=on_event)
    lost = (*lost, *lost_stories)
    today = desk.now.date()
    guid = desk.guid if desk.folder.exists() else ""  # its making would write the show's identity
    past, aired = ledger.past(today, without=guid), ledger.aired_keys(today, without=guid)
    stories, left = choose.choose(found, past, aired, desk.now)
    if not stories:
        why = left[0].why if left else "the sources are empty"
        raise SourceError(
            f"{desk.key}: there is nothing new to say: {why}", hint="`daily --dry-run` tells item by item."
        )
    return stories, left, lost


def _mended(desk: Desk, stories: Sequence[Story], withdrawn: Sequence[str], read: items.Read | None) -> Iterator[Story]:
    """Yield the stories as their sources tell them now, without what was withdrawn."""
    read = read or pipeline.reader(desk.config)
    gone = {items.name_of(key) for key in withdrawn}
    for story in stories:
        kept = [items.reread(item, read) for item in story.items if item.name not in gone]
        if kept and story.items[0].name not in gone:
            yield replace(story, article=kept[0].article, items=tuple(kept))


def _publish(desk: Desk, ledger: Ledger, told: Rundown, briefing: Briefing) -> Episode:
    known = publish.episodes(desk.folder)
    number = max((episode.number or 0 for episode in known), default=0) + 1
    summary = " · ".join(story.title for story in told.stories)
    episode = publish.add_episode(
        desk.folder,
        desk.config,
        briefing,
        guid=desk.guid,
        published=desk.now,
        number=number,
        summary=summary,
        sources=[(), *([*_links(story)] for story in told.stories)],
    )
    aired = tuple(
        AiredStory(story.title, tuple(i.name for i in story.items), tuple(i.text for i in story.items))
        for story in told.stories
    )
    ledger.record(AiredEdition(desk.guid, told.date, episode.title, briefing.timeline.seconds, aired))
    _bring_to_public(desk, ledger)
    return episode


def _bring_to_public(desk: Desk, ledger: Ledger) -> None:
    publish.retire(desk.folder, desk.config.edition.keep, desk.now)
    publish.rebuild(desk.folder, desk.config)
    publish.upload(desk.folder, desk.config)
    ledger.mark_published(desk.guid)


def _links(story: Story) -> Iterator[Source]:
    for item in story.items:
        if item.key.lower().startswith(("http://", "https://")):
            yield Source(item.outlet, item.key)


def _until(deadline: float, clock: Callable[[], float], on_event: OnEvent) -> OnEvent:
    """Return a watcher that ends the run at the first event after the deadline."""

    def watch(event: Event) -> None:
        on_event(event)
        if clock() > deadline:
            raise LateError(
                "the run took longer than its deadline",
                hint="What was spoken is kept for the next run; the limit is edition.deadline_minutes.",
            )

    return watch
