"""Only public machines are asked, whatever a name or a redirect says."""

import socket
from typing import Any

import pytest

from audio.readers.fetch import addresses
from audio.readers.fetch.addresses import PrivateAddressError, connect, is_allowed, is_public

PUBLIC = "93.184.215.14 8.8.8.8 151.99.125.1 2606:2800:21f:cb07::1 2a00:1450:4002::1 64:ff9b::5db8:d70e ::ffff:8.8.8.8"
PRIVATE = (
    "127.0.0.1 0.0.0.0 10.1.2.3 172.16.0.1 192.168.1.1 100.64.0.1 169.254.169.254 192.0.0.192 198.18.0.1 192.0.2.1 "
    "198.51.100.7 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 168.63.129.16 192.88.99.1 ::1 :: "
    "::127.0.0.1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b:1::a00:1 2002:a00:1::1 2001::1 "
    "2001:db8::1 3fff::1 fc00::1 fd00:ec2::254 fe80::1 fe80::1%eth0 fec0::1 ff02::1 100::1 5f00::1"
)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_public_addresses_are_asked(address: str) -> None:
    """Ordinary addresses of both families pass, and so does a public one behind a gateway's prefix."""
    assert is_public(address)
    assert is_allowed(address, allow_private=True)


@pytest.mark.parametrize("address", PRIVATE.split())
def test_special_addresses_are_not(address: str) -> None:
    """Loopback, private, link-local, metadata, reserved and documentation addresses are refused in all forms."""
    assert not is_public(address)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        *((one, True) for one in "127.0.0.1 10.0.0.1 fd12::1 100.64.0.1".split()),
        *((one, False) for one in "169.254.169.254 fd00:ec2::254 100.100.100.200 0.0.0.0 ff02::1 fe80::1".split()),
    ],
)
def test_own_network_may_be_allowed_but_never_metadata(address: str, allowed: bool) -> None:
    """Whoever allows private addresses means an intranet, not a cloud's store of keys."""
    assert is_allowed(address, allow_private=True) is allowed


def test_name_that_changes_its_mind_gains_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name is resolved once: one that first shows a public address cannot lead to another afterwards."""
    answers = iter(["127.0.0.1", "8.8.8.8"])

    def resolver(*_: object, **__: object) -> list[tuple[Any, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (next(answers), 80))]

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    with pytest.raises(PrivateAddressError):
        connect("rebinding.esempio.it", 80, allow_private=False, timeout_seconds=1)
    assert next(answers) == "8.8.8.8"


def test_connected_address_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection that ended up on a private machine is dropped before a byte is sent, whatever was resolved."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        # Resolved as public, connected to loopback: what a translating network could do.
        asked: list[str] = []
        real = addresses.is_allowed

        def first_passes(address: str, *, allow_private: bool) -> bool:
            asked.append(address)
            return len(asked) == 1 or real(address, allow_private=allow_private)

        monkeypatch.setattr(addresses, "is_allowed", first_passes)
        with pytest.raises(PrivateAddressError):
            connect("127.0.0.1", server.getsockname()[1], allow_private=False, timeout_seconds=5)
        assert asked == ["127.0.0.1", "127.0.0.1"]


def test_all_addresses_of_a_name_are_tried() -> None:
    """A server that listens on one of a name's addresses is found."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        connect("localhost", server.getsockname()[1], allow_private=True, timeout_seconds=5).close()


def test_impossible_name_is_an_os_error() -> None:
    """A label of a hundred letters is no name, and no crash."""
    with pytest.raises(OSError, match="no name"):
        connect("a" * 100 + ".it", 80, allow_private=False, timeout_seconds=1)
