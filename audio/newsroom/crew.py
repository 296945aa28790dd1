"""Who does the work of a batch: processes of this machine, or the workers of a Dask cluster.

``distributed`` has its door here.
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor, ProcessPoolExecutor
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from audio.errors import SettingsError
from audio.newsroom.batch import Crew, WorkersLostError

if TYPE_CHECKING:
    from distributed import Client

# A scheduler that is being restarted by its supervisor is back within this time.
_PATIENCE_SECONDS = 60


def processes(count: int) -> Crew:
    """Return a crew of ``count`` processes; they start clean, since forking a program with threads may hang."""

    @contextlib.contextmanager
    def crew() -> Iterator[Executor]:
        executor = ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"))
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)

    return crew


def cluster(address: str, resources: Mapping[str, float] | None = None) -> Crew:
    """Return the crew of a Dask scheduler such as ``tcp://10.0.0.1:8786``.

    ``resources`` are those a worker must have been started with, such as ``{"voice": 1}`` for one neural voice each.
    The crew raises WorkersLostError where no scheduler or no worker answers within a minute. Raises SettingsError
    where Dask is missing, or the address is none.
    """
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what matters comes as an error of ours
    _require_address(address)

    @contextlib.contextmanager
    def crew() -> Iterator[Executor]:
        client = _client(address)
        try:
            try:
                client.wait_for_workers(1, timeout=_PATIENCE_SECONDS)
            except TimeoutError as error:
                raise WorkersLostError(
                    f"{address}: the scheduler has no workers", hint=f"Start some: dask worker {address}"
                ) from error
            yield client.get_executor(pure=False, **({"resources": dict(resources)} if resources else {}))
        finally:
            client.close(timeout=5)

    return crew


def workers_of(address: str) -> int:
    """Return how many tasks a cluster can do at once, which bounds what is sent to it; raises as its crew does."""
    with contextlib.closing(_client(address)) as client:
        return sum(client.nthreads().values())


def _require_address(address: str) -> None:
    parts = urlsplit(address)
    try:
        is_one = parts.scheme in {"tcp", "tls", "ucx", "ws", "wss"} and parts.hostname and parts.port
    except ValueError:  # a port that is none
        is_one = False
    if not is_one:
        raise SettingsError(f"{address}: is no address of a scheduler", hint="Write it as tcp://10.0.0.1:8786.")


def _client(address: str) -> Client:
    try:
        from distributed import Client  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(
            f"{address}: clusters need an extra", hint="pip install 'notiziario[cluster]' brings it."
        ) from error
    try:
        return Client(address, timeout=_PATIENCE_SECONDS, set_as_default=False)
    except OSError as error:
        raise WorkersLostError(
            f"{address}: no scheduler answers", hint="`dask scheduler` starts one; then run the same command again."
        ) from error
