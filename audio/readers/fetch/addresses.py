"""Which machines a source may live on: public ones, proved on the connection itself and not only by name.

A link in a feed or a redirect must not make this program knock at the router, a neighbour's printer or the metadata
service of a cloud (server-side request forgery).
"""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address

# The ranges handed out for the public Internet (RFC 4291, section 2.4); everything else is for special use.
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")
# IPv4 inside IPv6: a gateway passes these on, so what is inside decides (RFC 6052, 3056).
_NAT64 = ipaddress.IPv6Network("64:ff9b::/96")
_SPECIAL = tuple(
    map(
        ipaddress.ip_network,
        (
            "192.0.0.0/24",  # protocol assignments
            "192.88.99.0/24",  # the retired relay of 6to4 (RFC 7526)
            "2001::/23",  # protocol assignments, tunnels among them (RFC 2928, 4380)
            "3fff::/20",  # documentation (RFC 9637), which older Pythons do not know
        ),
    )
)
# Where clouds keep the keys of their machines, and what is no machine at all: no source lives there, ever.
_NEVER = tuple(
    map(
        ipaddress.ip_network,
        (
            *("169.254.0.0/16", "fe80::/10", "100.100.100.200/32", "192.0.0.192/32", "168.63.129.16/32"),
            *("fd00:ec2::/32", "0.0.0.0/8", "::/128", "224.0.0.0/4", "240.0.0.0/4", "ff00::/8"),
        ),
    )
)


class PrivateAddressError(OSError):
    """The name leads to an address that is not public."""


def is_public(address: str) -> bool:
    """Tell whether a numeric address (of either family, a zone allowed) belongs to the public Internet.

    >>> is_public("93.184.215.14"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    found = _unwrapped(address)
    if isinstance(found, ipaddress.IPv6Address) and found not in _GLOBAL_UNICAST:
        return False
    return found.is_global and not any(found in net for net in (*_SPECIAL, *_NEVER))


def is_allowed(address: str, *, allow_private: bool) -> bool:
    """Tell whether a source may live at a numeric address: a public one, or a private one where those are allowed."""
    if allow_private:
        return not any(_unwrapped(address) in net for net in _NEVER)
    return is_public(address)


def _unwrapped(address: str) -> _Address:
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour
        if found in _NAT64:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        return inner or found
    return found


def connect(host: str, port: int, *, allow_private: bool, timeout_seconds: float) -> socket.socket:
    """Return a connected socket. Raises PrivateAddressError before a byte is sent, OSError where nobody answers.

    The name is resolved once, and what was checked is what is connected to: a name that changes its mind between
    two questions (DNS rebinding) gains nothing.
    """
    failure: OSError = OSError("the name has no address")
    for family, address in resolve(host, port):
        if not is_allowed(str(address[0]), allow_private=allow_private):
            failure = PrivateAddressError(f"{address[0]} is not a public address")
            continue
        connection = socket.socket(family, socket.SOCK_STREAM)
        try:
            connection.settimeout(timeout_seconds)
            connection.connect(address)
            peer = str(connection.getpeername()[0])
            if not is_allowed(peer, allow_private=allow_private):
                raise PrivateAddressError(f"{peer} is not a public address")
        except OSError as error:
            connection.close()
            failure = error
            continue
        return connection
    raise failure


def require_allowed(host: str, port: int, *, allow_private: bool) -> None:
    """Raise PrivateAddressError where a name leads inside; for a proxy, which resolves names by itself."""
    try:
        found = resolve(host, port)
    except OSError:
        return  # behind a proxy there may be no names of the world at all
    for _, address in found:
        if not is_allowed(str(address[0]), allow_private=allow_private):
            raise PrivateAddressError(f"{address[0]} is not a public address")


def resolve(host: str, port: int) -> list[tuple[socket.AddressFamily, Any]]:
    """Return (family, address to connect to) of a name, in the system's order. Raises OSError."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except UnicodeError as error:  # a label that is too long, or empty
        raise OSError("no name of a machine") from error
    return [(family, address) for family, _, _, _, address in found]
