"""What the tests of readers share: a server that misbehaves, and what was read once in a run."""

import hashlib
import os
import pickle
from collections.abc import Callable, Iterator

import pytest
from misbehaving_server import MisbehavingServer

from audio.model import Article
from audio.readers import read
from audio.readers.fetch import addresses


@pytest.fixture(scope="session")
def read_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], tuple[Article, ...]]:
    """``read``, which reads each of the two thousand sources once in a run, whichever worker asks."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if base.name.startswith("popen-") else base) / "read"
    folder.mkdir(exist_ok=True)

    def from_folder(source: str) -> tuple[Article, ...]:
        kept = folder / hashlib.sha256(source.encode()).hexdigest()
        if not kept.exists():
            fresh = kept.with_suffix(f".{os.getpid()}")
            fresh.write_bytes(pickle.dumps(read(source)))
            fresh.replace(kept)
        articles: tuple[Article, ...] = pickle.loads(kept.read_bytes())  # noqa: S301 - written above
        return articles

    return from_folder


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The proxy of whoever runs the tests has no part in them."""
    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


@pytest.fixture
def server() -> Iterator[MisbehavingServer]:
    """A server that misbehaves by path."""
    with MisbehavingServer() as running:
        yield running


@pytest.fixture
def public_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take 127.0.0.1 for a machine on the Internet, where no test goes; every other address keeps its rank."""
    real = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1" or real(address))
