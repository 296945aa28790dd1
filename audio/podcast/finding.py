"""What a check has to say: one thing, where it is, and what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
PSC = "{http://podlove.org/simple-chapters}"


@dataclass(frozen=True, slots=True)
class Finding:
    """``level`` is "must" where some directory or app fails on it, "should" where it only serves listeners worse."""

    level: str
    where: str
    says: str
    remedy: str


Findings = Iterator[Finding]


def must(where: str, says: str, remedy: str) -> Finding:
    """Return what breaks a client."""
    return Finding("must", where, says, remedy)


def should(where: str, says: str, remedy: str) -> Finding:
    """Return what could be better."""
    return Finding("should", where, says, remedy)


def text_of(parent: Element, tag: str) -> str:
    """Return the text of a child without blanks around it, empty where there is none."""
    return (parent.findtext(tag) or "").strip()
