"""The folder on the web, from this machine: for phones on the same network, or behind a proxy that adds https."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from audio.config import Config
from audio.errors import OutputError, SettingsError
from audio.podcast import address, store

if TYPE_CHECKING:
    from starlette.applications import Starlette

_LOOPBACK = {"127.0.0.1", "::1", "localhost"}


def run(config: Config, host: str, port: int, token: str | None, say: Callable[[str], object]) -> None:
    """Serve the public folder until interrupted; ``say`` hears where, once it can be reached. Port 0 takes a free one.

    Raises SettingsError, also where the extra is not installed, or OutputError.
    """
    folder = config.publish.folder
    if not (folder / store.FEED).is_file():
        raise OutputError(f"{folder}: there is no show in it", hint="`notiziario make … --publish` starts one.")
    try:
        import uvicorn  # noqa: PLC0415

        app = make_app(folder, token)
    except ModuleNotFoundError as error:
        hint = "Install it: pip install 'notiziario[serve]'"
        raise SettingsError(f"serve: the web server is not installed: {error.name}", hint=hint) from error
    with _listen(host, port) as listening:
        for line in advice(config, host, listening.getsockname()[1], token):
            say(line)
        settings = uvicorn.Config(
            app, log_level="warning", server_header=False, lifespan="off", ws="none", timeout_graceful_shutdown=3
        )
        uvicorn.Server(settings).run(sockets=[listening])


def make_app(folder: Path, token: str | None = None) -> Starlette:
    """Return the ASGI application: the folder at ``/``, or at ``/TOKEN/`` and nothing else.

    Raises SettingsError for a token that no address can hold.
    """
    from starlette.applications import Starlette  # noqa: PLC0415
    from starlette.routing import Mount  # noqa: PLC0415

    from audio.podcast.static import PublicFiles  # noqa: PLC0415

    if token is not None and not (token.isascii() and token.replace("-", "").replace("_", "").isalnum()):
        raise SettingsError("--token: only letters, digits, - and _ stand in an address unchanged")
    return Starlette(routes=[Mount(f"/{token}" if token else "/", PublicFiles(folder))])


def advice(config: Config, host: str, port: int, token: str | None = None) -> Iterator[str]:
    """Yield lines for a person: the address, who can reach it, and what to set so that phones can subscribe."""
    reached = _lan_address() if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not bound
    shown = f"[{reached}]" if ":" in reached else reached
    url = f"http://{shown}:{port}/{f'{token}/' if token else ''}"
    yield f"serving {config.publish.folder} at {url} — the feed is {url}{store.FEED} — Ctrl-C ends it"
    if host in _LOOPBACK:
        yield "only this machine can reach it; --host 0.0.0.0 lets phones on the same network in"
    elif _is_private(reached):
        yield (
            "AntennaPod and Apple Podcasts on this network can subscribe; Pocket Casts, Overcast and Spotify fetch "
            "from their own servers and need a public address"
        )
    if address.base(config.show) != url and not _is_public(address.base(config.show)):
        yield f'the feed says its home is {address.base(config.show)}: set show.base_url: "{url}" and publish again'


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        return socket.create_server((host, port), family=family)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise OutputError(f"serve: {host}:{port}: {reason}", hint="Another --port may be free.") from error


def _lan_address() -> str:
    """Return this machine's address on its network; a datagram socket that is connected sends nothing."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))  # a documentation address: only the route is looked up
        except OSError:
            return "127.0.0.1"
        return str(probe.getsockname()[0])


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host.strip("[]")).is_global
    except ValueError:
        return host == "localhost" or "." not in host or host.endswith((".local", ".lan", ".home.arpa"))


def _is_public(url: str) -> bool:
    return not _is_private(url.split("://", 1)[1].split("/", 1)[0].rsplit(":", 1)[0])
