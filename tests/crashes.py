"""What a run may leave behind when its disk fails or it is killed, for the tests and for ``scripts/prove_crashes.py``.

A scenario is a run of the program in a folder of its own. After any accident every output is what it was before or
what it is after an undisturbed run; the next run completes and makes the very bytes that an undisturbed run makes.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import errno
import functools
import multiprocessing
import os
import random
import resource
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from daily_show import FRANA, FRANA_RIAPERTA, NOW, SINNER, TARTUFO, Show
from faults import Disk, failing

from audio import pipeline
from audio.cli import podcast
from audio.config import CacheSettings, Config, EditionSettings
from audio.errors import NotiziarioError
from audio.newsroom import seen, shift
from audio.newsroom.daily import Order

CODES = (errno.ENOSPC, errno.EIO, errno.EINTR)
OLD, NEW = (
    f"Ponte {state} a Siena\n\nIl ponte è {state} da oggi. Lo dice il sindaco.\n" for state in ("chiuso", "aperto")
)
# A process that has all modules loaded is forked for each kill, so that the kill meets the work and not the imports.
_WARM = multiprocessing.get_context("forkserver")
_WARM.set_forkserver_preload(["crashes"])


@dataclass(frozen=True, slots=True)
class Make:
    """``make`` over an older bulletin of the same name."""

    folder: Path

    def prepare(self) -> None:
        """Write the old article, make its bulletin, put the new article in its place."""
        (self.folder / "ponte.txt").write_text(OLD)
        self.run()
        (self.folder / "ponte.txt").write_text(NEW)

    def run(self) -> None:
        """Make the bulletin."""
        config = Config(engines=("espeak",), cache=CacheSettings(folder=self.folder / "cache"))
        pipeline.make_briefing([str(self.folder / "ponte.txt")], config, now=NOW, output=self.folder / "ponte.mp3")

    def outputs(self) -> dict[str, bytes]:
        """Return the outputs a listener could meet."""
        return {path.name: path.read_bytes() for path in self.folder.glob("ponte.*") if path.suffix != ".txt"}

    def examine(self) -> None:
        """Look at what files alone do not tell: here nothing."""


@dataclass(frozen=True, slots=True)
class Publish:
    """``make --publish`` and ``publish`` over a show that has yesterday's bulletin."""

    folder: Path

    @property
    def show(self) -> Show:
        """Return the show."""
        return Show(self.folder)

    def prepare(self) -> None:
        """Publish yesterday's bulletin."""
        (self.folder / "ponte.txt").write_text(OLD)
        self._add(NOW)
        (self.folder / "ponte.txt").write_text(NEW)

    def run(self) -> None:
        """Publish today's bulletin."""
        self._add(NOW + dt.timedelta(days=1))

    def _add(self, now: dt.datetime) -> None:
        sources = [str(self.folder / "ponte.txt")]
        config = self.show.config
        briefing = pipeline.make_briefing(sources, config, now=now, output=self.folder / "ponte.mp3")
        # The folder's own name is no part of an episode.
        podcast.add(briefing, ["ponte.txt"], config, now)

    def outputs(self) -> dict[str, bytes]:
        """Return the public files."""
        return self.show.files()

    def examine(self) -> None:
        """Check that the feed is one, and that what it names is there, whole."""
        self.show.feed()


@dataclass(frozen=True, slots=True)
class Daily(Publish):
    """``daily`` on a day on which an edition leaves the feed and the files of an older one are deleted."""

    def prepare(self) -> None:
        """Make two editions, of which the show keeps one; write what is new on the third day."""
        self.show.write(frana=FRANA, tartufo=TARTUFO)
        self._edit(0)
        self.show.write(sinner=SINNER)
        self._edit(1)
        self.show.write(riaperta=FRANA_RIAPERTA)

    def run(self) -> None:
        """Make the third edition, when the grace of the first is over."""
        self._edit(4)

    def _edit(self, day: int) -> None:
        config = replace(self.show.config, edition=EditionSettings(target_minutes=1.5, keep=1))
        shift.work(config, Order(NOW + dt.timedelta(days=day)))

    def examine(self) -> None:
        """Check the feed, and that the ledger opens and was not set aside as damaged."""
        self.show.feed()
        state = self.show.public / ".notiziario"
        with seen.opened(state / "seen.sqlite", ()) as ledger:
            assert ledger.guids()
        assert not list(state.glob("*.damaged*"))


class Bench:
    """A prepared folder, copied for each round, with the outputs of before and after."""

    def __init__(self, kind: type[Make | Publish], folder: Path) -> None:
        self._kind = kind
        self._before_folder, self._round_folder = folder / "before", folder / "round"
        self._before_folder.mkdir()
        first = kind(self._before_folder)
        first.prepare()
        self.before = first.outputs()
        after = self._copy()
        after.run()
        self.after = after.outputs()
        assert self.before != self.after

    def _copy(self) -> Make | Publish:
        shutil.rmtree(self._round_folder, ignore_errors=True)
        shutil.copytree(self._before_folder, self._round_folder)
        return self._kind(self._round_folder)

    def log(self) -> list[str]:
        """Return how a run touches the disk, touch by touch."""
        run = self._copy()
        with failing(Disk(run.folder)) as disk:
            run.run()
        return disk.log

    def fail(self, fail_at: int, code: int) -> str:
        """Let touch ``fail_at`` of a run fail; see ``_disturb``."""
        return self._disturb(lambda folder: failing(Disk(folder, fail_at, code)))

    def fill(self, limit_bytes: int) -> str:
        """Let no file, SQLite's included, grow beyond a limit; see ``_disturb``."""
        return self._disturb(lambda _: limited(limit_bytes))

    def _disturb(self, disturbance: Callable[[Path], AbstractContextManager[object]]) -> str:
        """Return "completed", "failed" or "failed late" (after all was done) once all checks are made."""
        run = self._copy()
        try:
            with disturbance(run.folder):
                run.run()
        except NotiziarioError:
            outputs = self._holds(run)
            outcome = "failed late" if outputs == self.after else "failed"
        else:
            outcome = "completed"
            assert run.outputs() == self.after, "a run said done, and was not"
        self._recovers(run)
        return outcome

    def kill(self, part: float) -> str:
        """Kill a run after a part (0 to 1) of its time; return "old", "new" or "between" once all checks are made."""
        seconds = part * self.run_seconds  # taken first: a run is made to measure it
        run = self._copy()
        process = _started(run)
        process.join(seconds)
        process.kill()
        process.join()
        outputs = self._holds(run)
        self._recovers(run)
        return "old" if outputs == self.before else "new" if outputs == self.after else "between"

    @functools.cached_property
    def run_seconds(self) -> float:
        """How long an undisturbed run takes in a process of its own, from its beginning to its end."""
        process = _started(self._copy())
        begun = time.monotonic()
        process.join()
        assert process.exitcode == 0
        return time.monotonic() - begun

    def _holds(self, run: Make | Publish) -> dict[str, bytes]:
        """Check that each output is whole, of before or of after, and return them."""
        outputs = run.outputs()
        for name in self.before.keys() | self.after.keys() | outputs.keys():
            assert outputs.get(name) in (self.before.get(name), self.after.get(name)), f"{name} is torn"
        run.examine()
        return outputs

    def _recovers(self, run: Make | Publish) -> None:
        """Check that the next run, a while later, completes and leaves nothing of the accident."""
        leavings = [path for path in run.folder.rglob("*") if path.name.startswith(".notiziario-")]
        for leaving in leavings:
            os.utime(leaving, (0, 0))
        run.run()
        assert run.outputs() == self.after
        run.examine()
        left = [path.relative_to(run.folder) for path in leavings if path.exists()]
        assert not left, f"left for good: {left}"


def _started(run: Make | Publish) -> BaseProcess:
    """Start a run in a process that can be killed, and return when its work begins."""
    ready, child = _WARM.Pipe(duplex=False)
    process = _WARM.Process(target=_work, args=(run, child))
    process.start()
    child.close()  # a process that dies before its work is an error here, not a wait
    ready.recv()
    return process


def _work(run: Make | Publish, ready: Connection) -> None:
    ready.send(None)
    run.run()


@contextlib.contextmanager
def limited(limit_bytes: int) -> Iterator[None]:
    """Let no file of this process grow beyond a limit while the block runs, whoever writes it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def kill_moments(rounds: int, seed: int) -> Iterator[float]:
    """Yield random parts of a run, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    for _ in range(rounds):
        yield chance.random()
