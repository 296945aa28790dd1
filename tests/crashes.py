"""What a run may leave behind when its disk fails or it is killed, for the tests and for ``scripts/prove_crashes.py``.

A scenario is a run of the program in a folder of its own. After any accident its outputs are, all together, those of
before or those of after; the next run completes and makes the very bytes that an undisturbed run makes.
"""

from __future__ import annotations

import datetime as dt
import errno
import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from faults import Disk, failing

from audio import pipeline
from audio.config import CacheSettings, Config
from audio.errors import NotiziarioError

ROOT = Path(__file__).parent.parent
NOW = dt.datetime(2025, 11, 6, 6, 30, tzinfo=dt.UTC)
CODES = (errno.ENOSPC, errno.EIO, errno.EINTR)
OLD, NEW = (
    f"Ponte {state} a Siena\n\nIl ponte è {state} da oggi. Lo dice il sindaco.\n" for state in ("chiuso", "aperto")
)


@dataclass(frozen=True, slots=True)
class Make:
    """``make`` over an older bulletin of the same name."""

    folder: Path

    def prepare(self) -> dict[str, bytes]:
        """Write the old article, make its bulletin, put the new article in its place; return the old outputs."""
        (self.folder / "ponte.txt").write_text(OLD)
        self.run()
        (self.folder / "ponte.txt").write_text(NEW)
        return self.outputs()

    def run(self) -> None:
        """Make the bulletin in this process."""
        config = Config(engines=("espeak",), cache=CacheSettings(folder=self.folder / "cache"))
        pipeline.make_briefing([str(self.folder / "ponte.txt")], config, now=NOW, output=self.folder / "ponte.mp3")

    def start(self) -> subprocess.Popen[bytes]:
        """Make the bulletin in a process of its own, which can be killed."""
        code = f"import sys; from pathlib import Path; from crashes import Make; Make(Path({str(self.folder)!r})).run()"
        path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
        return subprocess.Popen([sys.executable, "-c", code], env={**os.environ, "PYTHONPATH": path})

    def outputs(self) -> dict[str, bytes]:
        """Return the outputs a listener could meet."""
        return {path.name: path.read_bytes() for path in self.folder.glob("ponte.*") if path.suffix != ".txt"}

    def leavings(self) -> list[str]:
        """Return what no run should leave for good."""
        return [str(path) for path in self.folder.rglob("*") if path.name.startswith(".notiziario-")]


class Bench:
    """A prepared folder, copied for each round, with the outputs of before and after."""

    def __init__(self, folder: Path) -> None:
        self.before_folder = folder / "before"
        self.before_folder.mkdir()
        self.before = Make(self.before_folder).prepare()
        after = self._copy(folder / "after")
        after.run()
        self.after = after.outputs()
        assert self.before.keys() == self.after.keys()
        assert self.before != self.after
        self.round_folder = folder / "round"

    def _copy(self, folder: Path) -> Make:
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.before_folder, folder)
        return Make(folder)

    def touches(self) -> int:
        """Return how often a run touches the disk."""
        run = self._copy(self.round_folder)
        with failing(Disk(run.folder)) as disk:
            run.run()
        return disk.touches

    def fail(self, fail_at: int, code: int) -> str:
        """Let touch ``fail_at`` of a run fail; return "failed" or "completed" after all checks."""
        run = self._copy(self.round_folder)
        try:
            with failing(Disk(run.folder, fail_at, code)):
                run.run()
        except NotiziarioError:
            outcome = "failed"
            assert run.outputs() == self.before, f"touch {fail_at}: the old bulletin was disturbed"
        else:
            outcome = "completed"
            assert run.outputs() == self.after, f"touch {fail_at}: a run said done, and was not"
        self._recovers(run)
        return outcome

    def kill(self, after_seconds: float) -> str:
        """Kill a run after a while; return what it was found at: "old", "new" or "between" after all checks."""
        run = self._copy(self.round_folder)
        process = run.start()
        try:
            process.wait(after_seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
        outputs = run.outputs()
        for name, content in outputs.items():
            assert content in (self.before[name], self.after[name]), f"{name} is torn"
        assert outputs.keys() == self.before.keys()
        self._recovers(run)
        return "old" if outputs == self.before else "new" if outputs == self.after else "between"

    def _recovers(self, run: Make) -> None:
        """Check that the next run, a while later, completes and leaves nothing of the accident."""
        for leaving in run.leavings():
            os.utime(leaving, (0, 0))
        run.run()
        assert run.outputs() == self.after
        assert run.leavings() == []


def kill_moments(rounds: int, longest_seconds: float, seed: int) -> Iterator[float]:
    """Yield random moments, the same for the same seed."""
    chance = random.Random(seed)  # noqa: S311 - moments, not secrets
    for _ in range(rounds):
        yield chance.uniform(0, longest_seconds)
