"""What stands in a Markdown file and is none of its text: notes, tasks, remarks, a generator's marks.

What holds words is told; a bare mark or an address goes without a word.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from audio.model import Dropped
from audio.readers.markdown.outline import plain

# A footnote, the address behind a link, a task, an editor's remark.
_NOTE = re.compile(
    r"^ {0,3}\[\d{1,3}\]\(#[^()\n]{1,80}\)[ ]*(?:\n[ ]*){0,2}[^\n]*$|(?<=\S)\[\d{1,3}\]\(#[^()\n]{1,80}\)"
    r"|^ {0,3}\[\^[^\[\]\n]+\]:[^\n]*(?:\n(?:[ ]*\n)?(?: {4,}|\t)[^\n]+){0,20}$"
    r"|^ {0,3}\[[^\[\]\n]{1,80}\]:\s*\S+[^\n]*$|^\s*[-*+] \[[ xX]\][^\n]*$|^ {0,3}%%.{0,2000}?%%\s*$",
    re.MULTILINE | re.DOTALL,
)
# What a site's generator or a browser puts in its place; the bound keeps a hostile text linear.
_MACHINE = re.compile(
    r"\{\{?[%{<].{0,500}?[%}>]\}\}?|\{/\*.{0,500}?\*/\}"
    r"|(?<=[)\]])\{ ?(?:[.#:]|\w+=)[^{}\n]{0,120}\}|(?<![\w:]):[a-z][a-z0-9_+-]{2,40}:(?![\w:])"
    r"|^ {0,3}(?:!!!|\?\?\?)\+? [^\n]*$|^ {0,3}(?:[*+-] TOC|\[TOC\]|\[\[_TOC_\]\])[ ]*$"
    r"|^id: [0-9a-f]{32}\n(?:[a-z_]{2,30}: ?[^\n]*\n?)+\Z"
    r"|^ {0,3}<div\b[^<>\n]{0,200}\b(?:bookmark|signup|subscri\w*|newsletter|share|related|embed|promo|product)\b"
    r"[^\n]*$|^ {0,3}\{:[^{}\n]{0,200}\}[ ]*$|^import [^\n]{1,200} from ['\"][^'\"\n]{1,200}['\"];?[ ]*$"
    r"|<(?P<tag>figure|figcaption|script|style|iframe|aside|nav|form|button)\b[^<>]{0,500}>.{0,2000}?</(?P=tag)>",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
# Shortcodes of WordPress, escaped on export: of a box for the eye the content goes too, of others the marks.
_SHORTCODE = re.compile(
    r"\\?\[(?P<name>[a-z\\_-]{0,20}(?:caption|note|box|button|form|gallery|embed|video|audio|related|share)[a-z\\_-]{0,10})\b"
    r"[^\]\n]{0,300}\].{0,500}?\\?\[/(?P=name)\\?\]"
    r"|^ {0,3}\[(?:gallery|embed|audio|video|playlist|contact-form\S*)\b[^\]\n]{0,300}\][ ]*$"
    r"|\\\[/?[a-z][a-z0-9\\_-]{1,30}(?: [^\]\n]{0,300})?\\\]",
    re.DOTALL | re.MULTILINE,
)
# A note to the desk, whole; of other callouts, and of the alerts that code forges write in capitals, only the label.
_DESK_NOTE = re.compile(
    r"^ {0,3}> ?\[!(?:[Nn]ote|(?i:todo)|[Ww]arning|[Bb]ug|[Qq]uestion|[Aa]ttention|[Ii]mportant|[Cc]aution)\]"
    r"[^\n]*(?:\n {0,3}>[^\n]*)*",
    re.MULTILINE,
)
_CALLOUT = re.compile(r"^ {0,3}> ?\[![^\[\]\n]{1,40}\].*$", re.MULTILINE)
_ADDRESS = re.compile(r"(?:\w+:)?//\S+|\S+\.(?:jpe?g|png|webp|svg|md|csv|pdf)\b")
# One word is the name of a mark.
_WORDS = re.compile(r"[^\W\d_]{2,}.*\s.*[^\W\d_]{2,}", re.DOTALL)
# What a clipper puts below the title.
_EXCERPT = re.compile(r"^ {0,3}> #{1,4} Excerpt[ ]*\n(?: {0,3}>[^\n]*\n?)*", re.MULTILINE)
SHORTCODES = ((_SHORTCODE, "a box of the site"), (_EXCERPT, "the clipper's own summary"))
NOTES_AND_MACHINERY = (
    (_NOTE, "a note"),
    (_DESK_NOTE, "a note to the desk"),
    (_CALLOUT, "the label of a box"),
    (_MACHINE, "for the site's generator"),
)


def take_aside(body: str, kinds: Sequence[tuple[re.Pattern[str], str]]) -> tuple[str, list[Dropped]]:
    """Split a text from what stands aside of it, by the patterns of each kind and the reason to tell for it."""
    dropped: list[Dropped] = []
    for pattern, reason in kinds:
        found = (plain(match[0]) for match in pattern.finditer(body))
        dropped += [Dropped(text, reason) for text in found if _WORDS.search(_ADDRESS.sub("", text))]
        body = pattern.sub("", body)
    return body, dropped


def without_comments(body: str) -> str:
    """Drop what stands between ``<!--`` and ``-->``; an unclosed comment is text."""
    kept: list[str] = []
    while True:
        before, opened, rest = body.partition("<!--")
        inside, closed, after = rest.partition("-->")
        if not (opened and closed):
            return "".join([*kept, body])
        # Line breaks survive, so that the lines around a comment do not become one.
        kept.extend([before, "\n" * inside.count("\n")])
        body = after
