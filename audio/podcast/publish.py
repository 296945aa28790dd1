"""The doors of the show: add an episode, rebuild what is made from the episodes, retire the old ones.

The public folder is the truth. Every file is written whole and only where its bytes change, files before the feed that
names them; a second run over the same show writes nothing.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from audio.config import Config, ShowSettings
from audio.errors import OutputError
from audio.files import slug
from audio.model import Briefing
from audio.podcast import address, chapters, cover, deliver, feed, notes, page, store, tags, transcript
from audio.podcast.episode import Episode, Source

# Clients poll a feed at least daily: two days after its last listing nobody asks for a file any more.
GRACE = dt.timedelta(days=2)
# A name is shown in download lists and typed by hand; the date in front takes eleven characters.
_NAME_CHARACTERS = 60


def episodes(folder: Path) -> tuple[Episode, ...]:
    """Return the episodes that the feed lists, the newest first."""
    return tuple(episode for episode in store.load_all(folder) if episode.retired is None)


def make_guid(folder: Path, config: Config, key: str) -> str:
    """Return the GUID of the episode that ``key`` names within this show, such as "2025-11-06" or "2025-11-06 sera".

    It is made of a seed that the folder keeps from its first episode on, so it stays when host or file change.
    """
    state = store.load_state(folder, "show")
    if "seed" not in state:
        state["seed"] = _show_guid(folder, config.show)
        store.save_state(folder, "show", {**store.load_state(folder, "show"), "seed": state["seed"]})
    return f"urn:uuid:{uuid.uuid5(uuid.UUID(state['seed']), key)}"


def add_episode(
    folder: Path,
    config: Config,
    briefing: Briefing,
    *,
    guid: str,
    published: dt.datetime,
    number: int | None = None,
    summary: str = "",
    sources: Sequence[Sequence[Source]] = (),
) -> Episode:
    """Put a bulletin into the show's folder and return its episode; ``rebuild`` then makes the feed and the pages.

    Beside the MP3 must stand its transcript (.vtt). ``sources`` has those of each chapter, in the chapters' order.
    ``published`` has a time zone. An episode whose ``guid`` the show knows is replaced and keeps its name, number and
    moment. Raises OutputError.
    """
    known = store.load_all(folder)
    old = next((episode for episode in known if episode.guid == guid), None)
    others = [episode for episode in known if episode is not old]
    moment = old.published if old else _free_moment(published, others)
    title = _title(briefing.title, config.show, moment, others)
    name = old.name if old else _free_name(moment, title, others)
    episode = Episode(
        name=name,
        guid=guid,
        title=title,
        published=moment,
        seconds=round(briefing.timeline.seconds, 3),
        audio_bytes=0,
        summary=chapters.line(summary),
        number=old.number if old and old.number is not None else number,
        marks=chapters.marks_of(briefing.timeline, sources),
        paragraphs=transcript.paragraphs_of(briefing.timeline, config.pauses.paragraph_seconds),
    )
    _write_files(folder, config.show, episode, briefing.path)
    episode = replace(episode, audio_bytes=store.path_of(folder, name, ".mp3").stat().st_size)
    store.save(folder, episode)
    page.write_episode(folder, config.show, cover.write(folder, config.show), episode)
    return episode


def rebuild(folder: Path, config: Config) -> None:
    """Make cover, pages and feed of the episodes that are there; the feed last, and nothing that did not change.

    Raises OutputError, and SettingsError for a cover that no directory would take.
    """
    listed = episodes(folder)
    picture = cover.write(folder, config.show)
    page.write_all(folder, config.show, picture, listed)
    dated = frozenset(e.name for e in listed if store.path_of(folder, e.name, ".jpg").exists())
    guid = _show_guid(folder, config.show)
    store.write(folder / store.FEED, feed.write(config.show, guid, picture, listed, dated))


def retire(folder: Path, keep: int | dt.timedelta, now: dt.datetime) -> tuple[Episode, ...]:
    """Take from the show all but the newest ``keep`` episodes, or those older than ``keep``; return those taken.

    The feed forgets them at the next ``rebuild``; their files stay for a grace, and go with a later call.
    """
    for episode in store.load_all(folder):
        if store.is_expired(episode, now, GRACE):
            store.delete(folder, episode)
    listed = episodes(folder)
    old = listed[keep:] if isinstance(keep, int) else [e for e in listed if now - e.published > keep]
    for episode in old:
        store.save(folder, replace(episode, retired=now))
    return tuple(old)


def upload(folder: Path, config: Config) -> tuple[str, ...]:
    """Bring the folder to the public, as the settings say, and return the names of what changed in the store.

    First the store, then the command. Raises OutputError or SettingsError; a later call goes on where this one stopped.
    """
    changed = deliver.to_bucket(folder, config.publish.s3) if config.publish.s3 else ()
    if config.publish.command:
        deliver.run(config.publish.command, folder)
    return changed


def _show_guid(folder: Path, show: ShowSettings) -> str:
    """Return the show's podcast:guid: made of its first address, then remembered through every move."""
    state = store.load_state(folder, "show")
    if "guid" in state:
        return str(state["guid"])
    guid = feed.guid_of(address.feed(show))
    if show.base_url:  # an address that every machine has identifies no show
        store.save_state(folder, "show", {**state, "guid": guid})
    return guid


def _write_files(folder: Path, show: ShowSettings, episode: Episode, mp3: Path) -> None:
    """Write what belongs to an episode beside its record; the transcript comes from beside the MP3."""
    source = mp3.with_suffix(".vtt")
    try:
        lines = transcript.from_vtt(source.read_text(encoding="utf-8"))
        head, instead_of = tags.head_of(mp3, episode.number, notes.plain(episode))
    except (OSError, UnicodeDecodeError) as error:
        raise OutputError(
            f"{source}: the bulletin's transcript cannot be read: {error}",
            hint="Make the bulletin again: its .vtt stands beside its .mp3.",
        ) from error
    store.copy(mp3, store.path_of(folder, episode.name, ".mp3"), head, instead_of)
    if show.dated_covers:
        store.write(store.path_of(folder, episode.name, ".jpg"), cover.dated(show, episode.published.date()))
    for suffix, text in (
        (".vtt", transcript.to_vtt(lines)),
        (".srt", transcript.to_srt(lines)),
        (".chapters.json", chapters.to_json(episode.marks)),
    ):
        store.write(store.path_of(folder, episode.name, suffix), text.encode())


def _free_moment(published: dt.datetime, others: Sequence[Episode]) -> dt.datetime:
    """Return the moment to the second, later where another episode has it: clients sort by it."""
    moment, taken = published.replace(microsecond=0), {episode.published for episode in others}
    while moment in taken:
        moment += dt.timedelta(seconds=1)
    return moment


def _title(title: str, show: ShowSettings, moment: dt.datetime, others: Sequence[Episode]) -> str:
    """Return a title without the show's name in front, and not twice on a day: clients merge such episodes."""
    plain = chapters.clean(title)
    stripped = plain.removeprefix(chapters.clean(show.title)).lstrip(" ,:–—-|·")
    if stripped and stripped != plain:
        plain = stripped[0].upper() + stripped[1:]
    if any(other.title == plain and other.published.date() == moment.date() for other in others):
        plain = f"{plain} ({moment:%H:%M})"
    return plain


def _free_name(moment: dt.datetime, title: str, others: Sequence[Episode]) -> str:
    """Return a file name that no episode ever had in this folder."""
    name = f"{moment:%Y-%m-%d}-{slug(title)[:_NAME_CHARACTERS].strip('-')}"
    taken, number = {episode.name for episode in others}, 1
    free = name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
