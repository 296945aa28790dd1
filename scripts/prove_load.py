"""Prove that `notiziario serve` bears a crowd: listeners who ask for parts of an episode, and apps that poll the feed.

python scripts/prove_load.py                        # 200 clients, 20 requests each
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from crowd import crowd  # noqa: E402

_EPISODE_BYTES = 30_000_000  # half an hour at 128 kbit/s


def main() -> None:
    """Serve a show in a process of its own, send the crowd twice, and print figures of the second time."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clients", type=int, default=200)
    parser.add_argument("--requests", type=int, default=20)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "public/episodes").mkdir(parents=True)
        (folder / "public/feed.xml").write_bytes(b"<rss/>" * 2000)
        (folder / "public/episodes/a.mp3").write_bytes(random.Random(1).randbytes(_EPISODE_BYTES))  # noqa: S311
        command = [sys.executable, str(ROOT / "tts.py"), "serve", "--port", "0"]
        with subprocess.Popen(command, cwd=folder, stderr=subprocess.PIPE, text=True) as server:
            try:
                url = next(word for line in server.stderr or [] for word in line.split() if word.startswith("http"))
                port = urlsplit(url).port or 0
                _visit(folder / "public", port, asked.clients, 5)  # what a first crowd makes it load is no leak
                before, begun = _resident_kilobytes(server.pid), time.monotonic()
                seconds = _visit(folder / "public", port, asked.clients, asked.requests)
                took, after = time.monotonic() - begun, _resident_kilobytes(server.pid)
            finally:
                server.terminate()
    parts = statistics.quantiles(seconds, n=100)
    print(
        f"serve: {asked.clients} clients at once, {len(seconds)} answers in {took:.1f} s, each with the right bytes: "
        f"p50 {parts[49] * 1000:.0f} ms, p99 {parts[98] * 1000:.0f} ms; "
        f"memory {before // 1024} MB, after {after // 1024} MB"
    )


def _visit(folder: Path, port: int, clients: int, requests: int) -> list[float]:
    return asyncio.run(crowd(folder, port, clients, requests))


def _resident_kilobytes(process: int) -> int:
    lines = Path(f"/proc/{process}/status").read_text(encoding="ascii").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


if __name__ == "__main__":
    main()
