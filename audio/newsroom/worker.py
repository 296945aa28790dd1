"""One job of a batch, made by whoever is free: a thread, a process, a machine of a cluster.

What travels are values: the task with the source's bytes on the way there, rows on the way back. The sound stays where
the worker put it.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import os
import socket
from dataclasses import dataclass, replace
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path

from audio import __version__, pipeline, readers
from audio.config import Config
from audio.errors import NotiziarioError, SettingsError
from audio.model import Article
from audio.newsroom.manifest import Job, Row
from audio.store import Place, open_place


@dataclass(frozen=True, slots=True)
class Task:
    """A job with all that a worker on another machine needs. ``raw`` is None for what the worker itself must fetch."""

    job: Job
    key: str
    raw: bytes | None
    config: Config
    output: str
    now: dt.datetime
    build: str


def make(task: Task) -> tuple[Row, ...]:
    """Make the bulletin of each article of the task's source; a fault of the source or the voices is a row's ``error``.

    Raises SettingsError where this worker runs another build of the program than whoever sent the task: its sound
    would not be theirs.
    """
    if task.build != build():
        raise SettingsError(
            f"worker {socket.gethostname()}:{os.getpid()} runs notiziario {build()}, this is {task.build}",
            hint="Install the same version on every machine, then run the same command again: it goes on from here.",
        )
    try:
        if task.raw is None:
            articles = pipeline.reader(task.config)(task.job.source)
        else:
            articles = readers.understand(task.raw, task.job.source)
    except NotiziarioError as error:
        return (Row(task.job.source, task.key, error=error.message),)
    place, named = open_place(task.output), zip(articles, _names(task.job, articles), strict=True)
    return tuple(_make_one(task, article, place, name) for article, name in named)


@functools.cache
def build() -> str:
    """Return the version with a digest of the code and data: equal builds make equal bytes."""
    digest = hashlib.sha256()
    for name, content in sorted(_contents(resources.files("audio"), "")):
        digest.update(f"{name} {len(content)}\n".encode() + content)
    return f"{__version__}+{digest.hexdigest()[:8]}"


def _contents(folder: Traversable, path: str) -> list[tuple[str, bytes]]:
    found = []
    for one in folder.iterdir():
        name = f"{path}/{one.name}"
        if one.is_dir() and one.name != "__pycache__":
            found += _contents(one, name)
        elif one.is_file() and not one.name.endswith(".pyc"):
            found.append((name, one.read_bytes()))
    return found


def _names(job: Job, articles: tuple[Article, ...]) -> list[str]:
    """Return a name for each article: the job's, or numbered ones where a source holds several."""
    if len(articles) == 1:
        return [job.name]
    stem = Path(job.name).stem
    return [f"{stem}-{number:03}.mp3" for number in range(1, len(articles) + 1)]


def _make_one(task: Task, article: Article, place: Place, name: str) -> Row:
    job = task.job
    article = replace(article, headline=article.headline or job.title, published=job.published or article.published)
    date = pipeline.edition_date([article], task.now)
    compose = pipeline.plain_script([article], task.config, date, job.title)
    try:
        with place.making(name) as path:
            made = pipeline.record([article], compose, task.config, path, date=date)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except NotiziarioError as error:
        return Row(job.source, task.key, error=error.message)
    seconds = round(made.timeline.seconds, 3)
    return Row(job.source, task.key, place.address(name), seconds, made.engine, made.voice, digest)
