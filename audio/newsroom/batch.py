"""Many articles, each its own bulletin, over any executor: threads, processes, or the machines of a cluster.

The client reads names and writes the journal; the workers read, speak and encode. Only as many tasks are on their way
as keep every worker busy, so that memory does not grow with the archive.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import itertools
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace

from audio.config import Config
from audio.errors import NotiziarioError, SettingsError, SourceError
from audio.newsroom import worker
from audio.newsroom.manifest import Job, Row
from audio.newsroom.worker import Task
from audio.readers.load import load_file
from audio.store import open_place

# So often in a row may all workers be lost with nothing made in between, before the batch is put off.
_MOST_LOSSES = 3


class WorkersLostError(NotiziarioError):
    """All workers are gone with their scheduler; ``jobs`` were on their way. The same command goes on from there."""

    exit_code = 75

    def __init__(self, message: str, *, hint: str = "", jobs: tuple[Job, ...] = ()) -> None:
        super().__init__(message, hint=hint)
        self.jobs = jobs


class WorkerDiedError(WorkersLostError):
    """One worker process died, and took its pool down; the culprit is one of ``jobs``."""


# Calls the workers together, and lets them go when the block ends.
Crew = Callable[[], AbstractContextManager[Executor]]


@dataclass(frozen=True, slots=True)
class Batch:
    """What all jobs of a batch share. ``outcomes`` are the journal's: what was made is left alone."""

    config: Config
    output: str
    now: dt.datetime
    outcomes: Mapping[str, str | None]
    retry_failed: bool = False


def make_many(jobs: Iterable[Job], batch: Batch, executor: Executor, in_flight: int) -> Iterator[Row]:
    """Make what is missing or changed, and yield the rows as they come, in no order.

    At most ``in_flight`` tasks are out at once; twice the number of workers keeps them all busy. A source that
    cannot be read is a row with an ``error``. Raises WorkersLostError when the executor is no more, SettingsError when
    a worker has another build of the program.
    """
    work = _Work(iter(jobs), batch)
    try:
        while True:
            yield from work.send(executor, in_flight)
            if not work.out:
                return
            done = wait(work.out, return_when=FIRST_COMPLETED).done
            if any(future.cancelled() for future in done):  # nobody here cancels: the scheduler has forgotten them
                raise WorkersLostError("the scheduler is gone", jobs=work.unfinished)
            for future in done:
                yield from work.receive(future)
    except BrokenProcessPool as error:
        raise WorkerDiedError("a worker process died", jobs=work.unfinished) from error
    finally:
        for future in work.out:
            future.cancel()


def make_all(jobs: Iterable[Job], batch: Batch, crew: Crew, in_flight: int) -> Iterator[Row]:
    """Make many, and outlive the loss of workers and schedulers: the crew is called again and the work goes on.

    When a worker process died, the jobs that were out are tried one at a time; one that takes its worker down even
    alone becomes a row with an ``error``. Raises WorkersLostError when a crew was lost three times and made nothing.
    """
    jobs, losses = iter(jobs), 0
    while True:
        alone: tuple[Job, ...] = ()
        try:
            with crew() as executor:
                for row in make_many(jobs, batch, executor, in_flight):
                    losses = 0
                    yield row
                return
        except WorkerDiedError as error:
            alone = error.jobs
        except WorkersLostError as error:
            losses += 1
            if losses >= _MOST_LOSSES:
                raise
            jobs = itertools.chain(error.jobs, jobs)
        for job in alone:
            try:
                with crew() as executor:
                    yield from make_many([job], batch, executor, 1)
            except WorkerDiedError:
                yield Row(job.source, key_of(job, batch.config, _load(job)), error="took its worker process down")


def key_of(job: Job, config: Config, raw: bytes | None) -> str:
    """Return what changes when the bulletin would: with the source's content, its list's words, and the settings.

    Where the output lies, how the cache is kept, how much is done at once change no sound.
    """
    heard = replace(config, output=Config().output, cache=Config().cache, jobs=Config().jobs)
    words = config.lexicon.read_bytes() if config.lexicon and config.lexicon.is_file() else b""
    asked = repr((job, heard, hashlib.sha256(raw or b"").hexdigest(), hashlib.sha256(words).hexdigest()))
    return hashlib.sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:24]


class _Work:
    """Where each job of a batch is: still to come, found, as by a worker in a source, or on its way."""

    def __init__(self, jobs: Iterator[Job], batch: Batch) -> None:
        self.out: dict[Future[tuple[Row | Job, ...]], Task] = {}
        self._jobs, self._found = jobs, deque[Job]()
        # Each worker is one of many: threads of its own would only wait for a core that a neighbour has.
        self._config = replace(batch.config, jobs=batch.config.jobs or 1)
        self._batch, self._place, self._build = batch, open_place(batch.output), worker.build()

    @property
    def unfinished(self) -> tuple[Job, ...]:
        """What was begun and has no row yet."""
        return (*(task.job for task in self.out.values()), *self._found)

    def send(self, executor: Executor, in_flight: int) -> Iterator[Row]:
        """Send tasks until so many are on their way; yield the rows of what failed already."""
        # What was found goes first, so that no more is kept than one source holds.
        while len(self.out) < in_flight and (self._found or self._look()):
            task = self._task(self._found[0])
            if isinstance(task, Task):
                self.out[executor.submit(worker.make, task)] = task
            elif task:
                yield task
            self._found.popleft()  # a pool that breaks as it is given a task has not lost it

    def receive(self, future: Future[tuple[Row | Job, ...]]) -> Iterator[Row]:
        """Yield the rows that came back, and keep the jobs."""
        results = _results(future, self.out[future])
        del self.out[future]
        self._found.extend(one for one in results if isinstance(one, Job))
        yield from (one for one in results if isinstance(one, Row))

    def _look(self) -> bool:
        """Take the next job, if there is one."""
        self._found.extend(itertools.islice(self._jobs, 1))
        return bool(self._found)

    def _task(self, job: Job) -> Task | Row | None:
        """Return what is to be done for a job, the row of what failed before, or None where nothing is."""
        batch = self._batch
        try:
            raw = _load(job)
        except SourceError as error:
            return Row(job.source, key_of(job, batch.config, None), error=error.message)
        key = key_of(job, batch.config, raw)
        failure = batch.outcomes.get(key)
        if failure and not batch.retry_failed:
            return Row(job.source, key, error=failure)
        if key in batch.outcomes and not failure and self._place.has(job.name):
            return None
        return Task(job, key, raw, self._config, batch.output, batch.now, self._build)


def _load(job: Job) -> bytes | None:
    """Return the bytes of a source of this machine; what has an address, a worker fetches."""
    return None if job.article or "://" in job.source else load_file(job.source)


def _results(future: Future[tuple[Row | Job, ...]], task: Task) -> tuple[Row | Job, ...]:
    """Return what a future brought; what no worker foresaw is the row's error, except for what concerns them all."""
    error = future.exception()
    if isinstance(error, SettingsError | BrokenProcessPool):
        raise error
    if error is not None:
        first = (str(error).strip().splitlines() or [""])[0]
        return (Row(task.job.source, task.key, error=f"unexpected {type(error).__name__}: {first[:200]}"),)
    return future.result()
