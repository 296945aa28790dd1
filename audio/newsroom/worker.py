"""One job of a batch, made by whoever is free: a thread, a process, a machine of a cluster.

What travels are values: the task with the source's bytes on the way there; on the way back rows, or the jobs that a
source turned out to hold. The sound stays where the worker put it.
"""

from __future__ import annotations

import datetime as dt
import functools
import hashlib
import os
import socket
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib import resources
from importlib.resources.abc import Traversable

from audio import pipeline, readers
from audio.config import Config
from audio.errors import NotiziarioError, SettingsError
from audio.files import slug
from audio.model import Article
from audio.newsroom.manifest import Job, Row
from audio.store import open_place
from audio.version import __version__


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


def make(task: Task) -> tuple[Row | Job, ...]:
    """Make the bulletin of the task's article; a fault of the source or the voices is the row's ``error``.

    Where the source holds other articles, a feed or a book, they come back as jobs: nobody waits until one worker has
    made all of them. Raises SettingsError where this worker runs another build of the program than whoever sent the
    task: its sound would not be theirs.
    """
    if task.build != build():
        raise SettingsError(
            f"worker {socket.gethostname()}:{os.getpid()} runs notiziario {build()}, this is {task.build}",
            hint="Install the same version on every machine, then run the same command again: it goes on from here.",
        )
    job = task.job
    if job.article:
        return (_make_one(task, job.article),)
    lost: dict[str, str] = {}
    try:
        articles = _read(task, lost.__setitem__)
    except NotiziarioError as error:
        return (Row(job.source, task.key, error=error.message),)
    if len(articles) == 1 and not lost and articles[0].source in {"", job.source}:
        return (_make_one(task, articles[0]),)
    # What could not be read fails again on its own, under its own name.
    return (*_jobs(job, articles), *(Job(link) for link in lost if link != job.source))


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


def _jobs(job: Job, articles: tuple[Article, ...]) -> Iterator[Job]:
    """Yield a job for each article, by its own address or by the source's with its headline, which no place changes."""
    names: Counter[str] = Counter()
    for article in articles:
        own = article.source if article.source not in {"", job.source} else ""
        name = own or f"{job.source}#{slug(article.headline or 'articolo')}"
        names[name] += 1
        yield Job(name if names[name] == 1 else f"{name}-{names[name]}", None, job.published, article)


def _read(task: Task, on_lost: readers.Lost) -> tuple[Article, ...]:
    if task.raw is None:
        return pipeline.reader(task.config, on_lost)(task.job.source)
    web = functools.partial(pipeline.fetcher, task.config)
    return readers.understand(task.raw, task.job.source, web, on_lost)


def _make_one(task: Task, article: Article) -> Row:
    job, place = task.job, open_place(task.output)
    article = replace(article, headline=article.headline or job.title, published=job.published or article.published)
    date = pipeline.edition_date([article], task.now)
    write = pipeline.plain_script([article], task.config, date, job.title)
    try:
        with place.making(job.name) as path:
            made = pipeline.record(write, task.config, path, date=date)
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
    except NotiziarioError as error:
        return Row(job.source, task.key, error=error.message)
    seconds = round(made.timeline.seconds, 3)
    return Row(job.source, task.key, place.address(job.name), seconds, made.engine, made.voice, digest)
