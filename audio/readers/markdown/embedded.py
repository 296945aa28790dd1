"""Markup inside Markdown, as sites export it: its blocks become lines and marks of Markdown, before any is read."""

from __future__ import annotations

import re

_TAG = r"(?:\s[^<>\n]{0,300})?/?>"
_APART = "p|div|section|article|ul|ol|table|tr|header|footer|center"
# Headings, items and breaks have marks of their own; other blocks stand apart.
_BLOCKS = (
    (re.compile(rf"<h([1-6]){_TAG}", re.IGNORECASE), lambda tag: f"\n\n{'#' * int(tag[1])} "),
    (re.compile(rf"<li{_TAG}\s*", re.IGNORECASE), lambda _: "\n- "),
    (re.compile(rf"<br{_TAG}[ ]*", re.IGNORECASE), lambda _: "\n"),
    (re.compile(rf"</?(?:{_APART}){_TAG}|</h[1-6]>", re.IGNORECASE), lambda _: "\n\n"),
)
_ANY = re.compile(r"<[^<>\n]{0,300}>")
_QUOTED = re.compile(rf"<blockquote{_TAG}(.{{0,3000}}?)</blockquote>", re.IGNORECASE | re.DOTALL)


def without_markup(body: str) -> str:
    """Return Markdown with the blocks of markup in it as Markdown; a text without any is returned as it is."""
    if "<" not in body:
        return body
    body = _QUOTED.sub(lambda quoted: f"\n\n> {' '.join(_ANY.sub(' ', quoted[1]).split())}\n\n", body)
    for tag, mark in _BLOCKS:
        body = tag.sub(mark, body)
    return body
