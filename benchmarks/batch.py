"""How a batch grows: two worker processes beside one, a cluster beside the local pool, a client's memory.

Each figure is a ratio or a difference of medians from interleaved runs in one go; the sound is made cold each time.

    python benchmarks/batch.py            # about three minutes
    python benchmarks/batch.py --rounds 5
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from audio.config import CacheSettings, Config
from audio.newsroom import crew
from audio.newsroom.batch import Batch, Crew, make_all
from audio.newsroom.manifest import Job

# Enough that the last one, made while the other worker has nothing to do, is a small part.
ARTICLES = 24
PARAGRAPH = "Il consiglio comunale ha approvato ieri il bilancio di previsione con 21 voti favorevoli e 9 contrari. "


def articles(folder: Path, count: int, sentences: int) -> list[Job]:
    """Write ``count`` articles, no two alike, and return their jobs."""
    jobs = []
    for number in range(count):
        path = folder / f"articolo-{number}.txt"
        path.write_text(f"Bilancio, la delibera numero {number}\n\n" + f"Seduta {number}. {PARAGRAPH}" * sentences)
        jobs.append(Job(str(path)))
    return jobs


def seconds(jobs: list[Job], team: Crew, in_flight: int) -> float:
    """Return how long a batch takes into a fresh folder with a cold cache."""
    with tempfile.TemporaryDirectory() as folder:
        config = Config(engines=("espeak",), cache=CacheSettings(folder=Path(folder) / "cache"))
        batch = Batch(config, f"{folder}/out", dt.datetime(2025, 11, 6, tzinfo=dt.UTC), {})
        start = time.perf_counter()
        rows = list(make_all(jobs, batch, team, in_flight))
        took = time.perf_counter() - start
        assert not any(row.error for row in rows), rows
        return took


@contextlib.contextmanager
def kept(team: Crew) -> Iterator[Crew]:
    """Call a crew once and lend it out again and again, so that its starting is not measured."""
    with team() as executor:
        yield lambda: contextlib.nullcontext(executor)


@contextlib.contextmanager
def dask_cluster(workers: int) -> Iterator[str]:
    """Run a scheduler and its workers on loopback."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"tcp://127.0.0.1:{port}"
    commands = [["scheduler", "--host", "127.0.0.1", "--port", str(port), "--no-dashboard"]]
    commands += [["worker", address, "--nthreads", "1", "--no-dashboard", "--no-nanny"]] * workers
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "dask", *command],
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for command in commands
    ]
    try:
        yield address
    finally:
        for process in running:
            process.kill()
            process.wait()


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        jobs = articles(Path(folder), ARTICLES, 12)
        one = stack.enter_context(kept(crew.processes(1)))
        two = stack.enter_context(kept(crew.processes(2)))
        address = stack.enter_context(dask_cluster(2))
        dask = stack.enter_context(kept(crew.cluster(address)))
        for team in (one, two, dask):  # the first task of a process imports everything
            seconds(jobs[:4], team, 5)
        found: dict[str, list[float]] = {"one": [], "two": [], "dask": []}
        for _ in range(rounds):
            found["one"].append(seconds(jobs, one, 3))
            found["two"].append(seconds(jobs, two, 5))
            found["dask"].append(seconds(jobs, dask, 5))
    median = {name: statistics.median(values) for name, values in found.items()}
    speedup = statistics.median(a / b for a, b in zip(found["one"], found["two"], strict=True))
    overhead = (median["dask"] - median["two"]) / ARTICLES * 1000
    print(f"{ARTICLES} articles of 25 sentences, {os.cpu_count()} cores, {rounds} rounds")
    print(f"one process        {median['one']:6.2f} s   {median['one'] / ARTICLES:5.2f} s an article")
    print(f"two processes      {median['two']:6.2f} s   {speedup:5.2f} times as fast (median of pairs)")
    print(f"two Dask workers   {median['dask']:6.2f} s   {overhead:5.0f} ms an article beside two processes")


if __name__ == "__main__":
    main()
