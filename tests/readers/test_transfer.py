"""One question on the wire: certificates, proxies, and addresses checked on the connection."""

import socket
import ssl

import pytest
import trustme
from misbehaving_server import ARTICLE, MisbehavingServer, Page
from urllib3.util import parse_url

from audio.errors import SourceError
from audio.readers.fetch import transfer
from audio.readers.fetch.transfer import BrokenError, Line


def ask(url: str, *, allow_private: bool = True) -> bytes:
    line = Line(allow_private=allow_private, max_bytes=1_000_000, total_seconds=10)
    return line.ask(parse_url(url), url, {}).body


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> trustme.CA:
    """An authority that this run trusts."""
    authority = trustme.CA()
    bundle = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(bundle))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(bundle))
    transfer._trust.cache_clear()
    monkeypatch.setattr(transfer, "_trust", transfer._trust.__wrapped__)
    return authority


def context(authority: trustme.CA, name: str) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(name).configure_cert(made)
    return made


def test_known_certificate_is_accepted(authority: trustme.CA) -> None:
    """A server whose certificate a trusted authority made for its name is read."""
    with MisbehavingServer(tls=context(authority, "127.0.0.1")) as server:
        server.pages["/"] = Page(ARTICLE)
        assert ask(f"{server.url}/") == ARTICLE


def test_wrong_name_in_a_certificate_is_refused(authority: trustme.CA) -> None:
    """A certificate for another name is no certificate, and the line says so."""
    with MisbehavingServer(tls=context(authority, "altro.esempio.it")) as server:
        with pytest.raises(SourceError, match=r"certificate of 127\.0\.0\.1 cannot be verified"):
            ask(f"{server.url}/")
        assert not server.requests


def test_unknown_authority_is_refused() -> None:
    """A certificate that nobody known has signed is refused."""
    with (
        MisbehavingServer(tls=context(trustme.CA(), "127.0.0.1")) as server,
        pytest.raises(SourceError, match=r"cannot be verified"),
    ):
        ask(f"{server.url}/")


def test_plain_server_behind_https_is_refused(server: MisbehavingServer) -> None:
    """A server that does not speak TLS under an https address is told apart from one that is down."""
    with pytest.raises(SourceError, match=r"no safe connection|broke"):
        ask(server.url.replace("http:", "https:"))


def test_cut_line_opens_nothing(server: MisbehavingServer) -> None:
    """After the time is up no further connection is made."""
    line = Line(allow_private=True, max_bytes=1000, total_seconds=10)
    line.cut()
    with pytest.raises(SourceError, match=r"does not answer"):
        line.ask(parse_url(server.url), server.url, {})
    assert not server.requests


def test_refused_connection_is_told() -> None:
    """A port where nobody listens is told in words."""
    with MisbehavingServer() as gone:
        url = gone.url
    with pytest.raises(SourceError, match=r"refuses the connection"):
        ask(url)


def test_unknown_name_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that nobody has registered is told in words."""

    def resolver(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr("socket.getaddrinfo", resolver)
    with pytest.raises(SourceError, match=r"no server called nessuno\.esempio\.it"):
        ask("http://nessuno.esempio.it/")


def test_proxy_of_the_system_is_used_and_may_be_private(
    server: MisbehavingServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the environment names a proxy, it is asked for the whole address, with its own login."""
    server.pages["http://93.184.215.14/notizia?a=1"] = Page(ARTICLE)
    monkeypatch.setenv("http_proxy", server.url.replace("//", "//u:p@"))
    assert ask("http://93.184.215.14/notizia?a=1#x", allow_private=False) == ARTICLE
    assert "proxy-authorization: basic dtpw" in server.requests[0].lower()


def test_proxy_is_no_way_inside(server: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A private address is refused before the proxy could be asked for it."""
    monkeypatch.setenv("http_proxy", server.url)
    with pytest.raises(SourceError, match=r"10\.0\.0\.1 is not a public address"):
        ask("http://10.0.0.1/", allow_private=False)
    assert not server.requests


def test_tunnel_through_a_proxy_that_refuses(server: MisbehavingServer, monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy that opens no tunnel gives one line."""
    monkeypatch.setenv("https_proxy", server.url)
    with pytest.raises(BrokenError):
        ask("https://93.184.215.14/", allow_private=False)
    assert server.requests[0].startswith("CONNECT 93.184.215.14:443")
