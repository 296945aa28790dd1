"""Markdown with optional front matter: the marks are the outline, and none of them is ever spoken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

import yaml

from audio.model import Article, Block, Role
from audio.readers import lines as page
from audio.readers.decode import decode
from audio.readers.head import is_byline

_FRONT = re.compile(r"\A---[ ]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_TOML = re.compile(r"\A\+\+\+[ ]*\n(?P<toml>.*?)\n\+\+\+[ ]*(?:\n|\Z)", re.DOTALL)
_BOLD_LINE = re.compile(r"^(\*\*|__)(?=\S)([^*_]+)\1[ ]*$")
_NOTE = re.compile(r"^ {0,3}\[\^[^\[\]\n]+\]:.*$", re.MULTILINE)
# What a site's generator or a browser puts in its place; the bound keeps a hostile text linear.
_MACHINE = re.compile(
    r"\{[%{].{0,500}?[%}]\}|<(?P<tag>figure|figcaption|script|style|iframe)\b[^<>]{0,500}>.{0,2000}?</(?P=tag)>",
    re.DOTALL | re.IGNORECASE,
)
_CALLOUT = re.compile(r"^ {0,3}> ?\[![^\[\]\n]{1,40}\].*$", re.MULTILINE)
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_QUOTE = re.compile(r"^ {0,3}>\s?")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,3}[.)])\s+(?=\S)")
_RULE = re.compile(r"^ {0,3}(?:(?:\*\s*){3,}|(?:-\s*){3,}|(?:_\s*){3,}|=+\s*|-+\s*)$")
_FENCE = re.compile(r"^ {0,3}(```|~~~)")
_UNDERLINE = re.compile(r"=+|-{2,}")
_TABLE = re.compile(r"^\s*\|.*\|\s*$")
# Inline marks, each with what stays of it: images leave nothing, links their words. Each class excludes its own
# opener, and strong marks are dropped one by one, so that hostile text costs linear time.
_INLINE = (
    (re.compile(r"!\[[^\[\]\n]*\](?:\([^()\n]*\)|\[[^\[\]\n]*\])"), ""),
    (re.compile(r"\[\^[^\[\]\n]+\]"), ""),
    (re.compile(r"\[([^\[\]\n]+)\](?:\([^()\n]*\)|\[[^\[\]\n]*\])"), r"\1"),
    (re.compile(r"<((?:https?|mailto):[^<>\s]+)>"), r"\1"),
    (re.compile(r"</?[A-Za-z][^<>\n]*>"), ""),
    (re.compile(r"`([^`\n]+)`"), r"\1"),
    (re.compile(r"(?<!\\)\*\*+(?=\S)|(?<=[^\s\\])\*\*+|(?<![\w\\])__+(?=\S)|(?<=[^\s\\])__+(?!\w)"), ""),
    (re.compile(r"(?<![\w*\\])\*(?=\S)([^*\n]+)(?<=\S)\*(?!\w)"), r"\1"),
    (re.compile(r"(?<![\w\\])_(?=\S)([^_\n]+)(?<=\S)_(?!\w)"), r"\1"),
    (re.compile(r"~~([^~\n]+)~~|==([^=\n]+)=="), r"\1\2"),
    (re.compile(r"\\([\\`*_{}\[\]()#+.!>~-])"), r"\1"),
)
_FIELDS = {
    "headline": ("headline", "title", "titolo"),
    "standfirst": ("standfirst", "subtitle", "description", "sommario", "sottotitolo"),
    "byline": ("byline", "author", "autore", "firma"),
    "dateline": ("dateline", "luogo"),
    "published": ("published", "date", "data"),
    "lang": ("lang", "language", "lingua"),
}


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read the bytes of a Markdown file. Raises SourceError for what is no text."""
    return (read(decode(raw, "standard input" if source == "-" else source), source),)


def read(text: str, source: str) -> Article:
    """Read clean Markdown as an article. The front matter wins over a first ``#`` line, which is not said twice."""
    front, body = _front_matter(text)
    entries = _Outline().entries(_MACHINE.sub("", _CALLOUT.sub("", _NOTE.sub("", _without_comments(body)))))
    headline = front.get("headline")
    first = entries[0][0] if entries else None
    if first is not None and _first_is_title(_CALLOUT.sub("", body)) and (headline is None or _same(first, headline)):
        headline = headline or first
        entries = entries[1:]
    entries, dropped = page.without_furniture(entries)
    byline = front.get("byline")
    if byline is None and entries and (top := entries[0][1]) and is_byline(top.text):
        byline, entries = top.text, entries[1:]
    return page.with_dateline(
        Article(
            headline=headline,
            sections=page.to_sections(entries),
            standfirst=front.get("standfirst"),
            byline=byline,
            dateline=front.get("dateline"),
            published=front.get("published"),
            lang=front.get("lang"),
            source=source,
            dropped=tuple(dropped),
        )
    )


def plain(marked: str) -> str:
    """Return inline Markdown without its marks.

    >>> plain("**Roma**, [il sindaco](https://esempio.it) dice _no_ ![foto](f.jpg)")
    'Roma, il sindaco dice no'
    """
    for mark, stays in _INLINE:
        marked = mark.sub(stays, marked)
    return " ".join(marked.split())


def _same(one: str, other: str) -> bool:
    return one.casefold().strip(" .") == other.casefold().strip(" .")


def _first_is_title(body: str) -> bool:
    first = next((line for line in body.split("\n") if line.strip()), "")
    found = _HEADING.match(first)
    # An underlined title ("Titolo\n====") has no hash at all.
    return found is None or len(found[1]) == 1


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split the front matter off; what is not a plain mapping is no front matter and stays text."""
    text = text.lstrip("\n")
    if found := _TOML.match(text):
        written = _from_toml(found["toml"])
    elif found := _FRONT.match(text):
        written = _from_yaml(found["yaml"])
    else:
        return {}, text
    if written is None:
        return {}, text
    front = {}
    for name, keys in _FIELDS.items():
        value = next((written[key] for key in keys if written.get(key)), None)
        if value:
            front[name] = value
    return front, text[found.end() :]


def _from_yaml(front: str) -> Mapping[str, str] | None:
    try:
        node = yaml.compose(front, Loader=yaml.SafeLoader)
    except (yaml.YAMLError, RecursionError):
        return None
    if not isinstance(node, yaml.MappingNode):
        return {} if node is None else None
    # Scalars as written, never converted: a date stays a text, a tag constructs nothing.
    return {key.value.lower(): _written(value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _written(value: yaml.Node) -> str:
    """Return a scalar, or the scalars of a list one after the other; a link to a note is its name."""
    items = value.value if isinstance(value, yaml.SequenceNode) else [value]
    texts = (" ".join(item.value.split()) for item in items if isinstance(item, yaml.ScalarNode))
    return ", ".join(text.removeprefix("[[").removesuffix("]]") for text in texts if text)


def _from_toml(front: str) -> Mapping[str, str] | None:
    try:
        found = tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    return {
        key.lower(): " ".join(str(value).split()) for key, value in found.items() if not isinstance(value, dict | list)
    }


def _without_comments(body: str) -> str:
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


class _Outline:
    """Gathers lines into blocks and headings, in order."""

    def __init__(self) -> None:
        self.found: list[tuple[str | None, Block | None]] = []
        self.run: list[str] = []
        self.role = Role.PARAGRAPH

    def entries(self, body: str) -> list[tuple[str | None, Block | None]]:
        """Return (heading, None) and (None, block) entries of a whole text."""
        fenced = False
        for line in body.split("\n"):
            if _FENCE.match(line):
                fenced = not fenced
                self.close()
            elif fenced or _TABLE.match(line):
                self.close()
                self.add_row(line)
            else:
                self.add(line)
        self.close()
        return self.found

    def add_row(self, line: str) -> None:
        # A listing or a table has no order that the ear could follow, but its words are not ours to drop.
        if cell := plain(line.strip().strip("|").replace("|", ", ")).strip(" ,:-"):
            self.found.append((None, Block(Role.PARAGRAPH, cell)))

    def add(self, line: str) -> None:
        heading = _HEADING.match(line)
        bold = None if self.run else _BOLD_LINE.match(line)
        if bold and page.heading_like(plain(bold[2])):
            self.found.append((plain(bold[2]), None))
        elif self.run and self.role is Role.PARAGRAPH and _UNDERLINE.fullmatch(line.strip()):
            title = plain(" ".join(self.run))
            self.run.clear()
            self.found.append((title, None))
        elif heading or _RULE.match(line) or not line.strip():
            self.close()
            if heading and (title := plain(heading[2])):
                self.found.append((title, None))
        else:
            role = _kind(line)
            if role is Role.ITEM or (role is Role.QUOTE) != (self.role is Role.QUOTE):
                self.close()
                self.role = role
            self.run.append((_QUOTE if role is Role.QUOTE else _ITEM).sub("", line))

    def close(self) -> None:
        """End the block that was being gathered."""
        text = plain(" ".join(self.run))
        if text:
            self.found.append(
                (None, Block(self.role, text) if self.role is not Role.PARAGRAPH else page.block_of(text))
            )
        self.run.clear()
        self.role = Role.PARAGRAPH


def _kind(line: str) -> Role:
    if _QUOTE.match(line):
        return Role.QUOTE
    return Role.ITEM if _ITEM.match(line) else Role.PARAGRAPH
