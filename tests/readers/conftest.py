"""What the tests of fetching share."""

from collections.abc import Iterator

import pytest
from misbehaving_server import MisbehavingServer

from audio.readers.fetch import addresses


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
