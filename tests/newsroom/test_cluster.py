"""A batch on a real Dask scheduler and real worker processes, on loopback."""

import datetime as dt
import hashlib
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from audio.config import CacheSettings, Config
from audio.newsroom import crew
from audio.newsroom.batch import Batch, WorkersLostError, make_all, make_many
from audio.newsroom.manifest import Row, jobs_in

pytestmark = pytest.mark.unmeasured

ROOT = Path(__file__).parent.parent.parent
TOWNS = ("Siena", "Lecce", "Aosta", "Trieste", "Matera", "Nuoro")


class Cluster:
    """A scheduler and its workers, each a process of its own; stopped when the block ends."""

    def __init__(self) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.address = f"tcp://127.0.0.1:{free.getsockname()[1]}"
        self._running: list[subprocess.Popen[bytes]] = []
        self.scheduler = self.start_scheduler()
        self.workers = [self.start_worker() for _ in range(2)]

    def start_scheduler(self) -> subprocess.Popen[bytes]:
        host, port = self.address.removeprefix("tcp://").split(":")
        return self._start("dask", "scheduler", "--host", host, "--port", port, "--no-dashboard", "--no-show")

    def start_worker(self) -> subprocess.Popen[bytes]:
        return self._start("dask", "worker", self.address, "--nthreads", "1", "--no-dashboard", "--no-nanny")

    def _start(self, *command: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        program = [sys.executable, "-m", *command]
        process = subprocess.Popen(program, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()

    def stop(self) -> None:
        for process in self._running:
            process.kill()
            process.wait()


@pytest.fixture
def cluster() -> Iterator[Cluster]:
    running = Cluster()
    yield running
    running.stop()


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    folder = tmp_path / "articoli"
    folder.mkdir()
    for number, town in enumerate(TOWNS, 1):
        (folder / f"{town}.txt").write_text(f"Ponte chiuso a {town}\n\nIl ponte numero {number} è chiuso da oggi.\n")
    config = Config(engines=("espeak",), cache=CacheSettings(folder=tmp_path / "cache"))
    return Batch(config, str(tmp_path / "out"), dt.datetime(2025, 11, 6, tzinfo=dt.UTC), {})


def _made(batch: Batch) -> dict[str, str]:
    return {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in Path(batch.output).glob("[!.]*")}


def _require_all(rows: list[Row]) -> None:
    assert sorted(Path(row.source).stem for row in rows) == sorted(TOWNS)
    assert [row.error for row in rows] == [None] * len(TOWNS)


def test_a_cluster_makes_the_same_bytes(cluster: Cluster, batch: Batch, tmp_path: Path) -> None:
    """Workers of a cluster make the files that threads of this process make."""
    jobs = [str(tmp_path / "articoli")]
    _require_all(list(make_all(jobs_in(jobs), batch, crew.cluster(cluster.address), 4)))
    here = replace(batch, output=str(tmp_path / "qui"))
    with ThreadPoolExecutor(2) as threads:
        _require_all(list(make_many(jobs_in(jobs), here, threads, 4)))
    assert _made(batch) == _made(here)
    assert len(_made(batch)) == 3 * len(TOWNS)


def test_a_killed_worker_and_a_restarted_scheduler(cluster: Cluster, batch: Batch, tmp_path: Path) -> None:
    """A worker killed, then the scheduler restarted with new workers: nothing lost, nothing made twice."""
    rows = []
    for row in make_all(jobs_in([str(tmp_path / "articoli")]), batch, crew.cluster(cluster.address), 3):
        rows.append(row)
        if len(rows) == 1:
            cluster.kill(cluster.workers[0])
        if len(rows) == 2:
            cluster.kill(cluster.scheduler)
            cluster.scheduler = cluster.start_scheduler()
            cluster.workers = [cluster.start_worker() for _ in range(2)]
    _require_all(rows)
    assert len(_made(batch)) == 3 * len(TOWNS)


def test_no_scheduler_is_told_in_words(batch: Batch, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no scheduler answers, the run says so and can be repeated later."""
    monkeypatch.setattr(crew, "_PATIENCE_SECONDS", 0.2)
    with pytest.raises(WorkersLostError, match="no scheduler answers"):
        list(make_all(jobs_in(["x://a"]), batch, crew.cluster("tcp://127.0.0.1:1"), 1))
