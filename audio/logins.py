"""Addresses with a login in them: it is for their server alone, and is told to nobody else."""

from __future__ import annotations

import re

_LOGIN = re.compile(r"(?<=://)[^/?#\s]*@")


def without_login(address: str) -> str:
    """Return an address, or a text with addresses in it, without user and password.

    >>> without_login("https://redazione:parola@esempio.it/rss")
    'https://esempio.it/rss'
    """
    return _LOGIN.sub("", address)
