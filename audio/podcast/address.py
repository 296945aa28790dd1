"""Where the public finds each file of the show: absolute addresses, all below the show's own."""

from __future__ import annotations

from audio.config import ShowSettings
from audio.podcast.store import EPISODES, FEED

# Until the settings name a public address, `notiziario serve` is where the show can be heard.
LOCAL = "http://localhost:8000/"


def base(show: ShowSettings) -> str:
    """Return the address of the public folder, with its closing slash."""
    return (show.base_url or LOCAL).rstrip("/") + "/"


def feed(show: ShowSettings) -> str:
    """Return the address of the feed."""
    return base(show) + FEED


def episode(show: ShowSettings, name: str, suffix: str) -> str:
    """Return the address of a file of an episode; ``suffix`` has its dot."""
    return f"{base(show)}{EPISODES}/{name}{suffix}"
