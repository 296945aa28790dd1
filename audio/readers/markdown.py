"""Markdown with optional front matter: the marks are the outline, and none of them is ever spoken."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping

import yaml

from audio.model import Article, Block, Dropped, Role
from audio.readers import furniture
from audio.readers import lines as page
from audio.readers.dateline import place_of, take_dateline
from audio.readers.decode import decode
from audio.readers.head import HEADLINE_CHARACTERS, byline_in, is_desk, is_labelled, is_signature, take_form
from audio.readers.markdown_outline import BOLD_LEVEL, Outline, plain
from audio.readers.markdown_properties import take_properties

_FRONT = re.compile(r"\A---[ ]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_PERCENT = re.compile(r"\A% ?(?P<title>[^\n]+)\n(?:% ?(?P<author>[^\n]*)\n)?(?:% ?(?P<date>[^\n]*)\n)?")
_TOML = re.compile(r"\A\+\+\+[ ]*\n(?P<toml>.*?)\n\+\+\+[ ]*(?:\n|\Z)", re.DOTALL)
# A footnote, the address behind a link, a task, an editor's remark.
_NOTE = re.compile(
    r"^ {0,3}\[\d{1,3}\]\(#[^()\n]{1,80}\)[ ]*(?:\n[ ]*){0,2}[^\n]*$|(?<=\S)\[\d{1,3}\]\(#[^()\n]{1,80}\)"
    r"|^ {0,3}\[\^[^\[\]\n]+\]:[^\n]*(?:\n(?:[ ]*\n)?(?: {4,}|\t)[^\n]+){0,20}$"
    r"|^ {0,3}\[[^\[\]\n]{1,80}\]:\s*\S+[^\n]*$|^\s*[-*+] \[[ xX]\][^\n]*$|^ {0,3}%%.{0,2000}?%%\s*$",
    re.MULTILINE | re.DOTALL,
)
# What a site's generator or a browser puts in its place; the bound keeps a hostile text linear.
_MACHINE = re.compile(
    r"\{[%{].{0,500}?[%}]\}|(?<=[)\]])\{ ?[.#:][^{}\n]{0,80}\}|(?<![\w:]):[a-z][a-z0-9_+-]{2,40}:(?![\w:])"
    r"|^ {0,3}(?:!!!|\?\?\?)\+? [^\n]*$"
    r"|^ {0,3}<div\b[^<>\n]{0,200}\b(?:bookmark|signup|subscri\w*|newsletter|share|related|embed|promo|product)\b"
    r"[^\n]*$|^ {0,3}\{:[^{}\n]{0,200}\}[ ]*$|^import [^\n]{1,200} from ['\"][^'\"\n]{1,200}['\"];?[ ]*$"
    r"|<(?P<tag>figure|figcaption|script|style|iframe|aside|nav|form|button)\b[^<>]{0,500}>.{0,2000}?</(?P=tag)>",
    re.DOTALL | re.IGNORECASE | re.MULTILINE,
)
# Shortcodes of WordPress, escaped on export: of a box for the eye the content goes too, of others the marks.
_SHORTCODE = re.compile(
    r"\\?\[(?P<name>[a-z\\_-]{0,20}(?:caption|note|box|button|form|gallery|embed|video|audio|related|share)[a-z\\_-]{0,10})\b"
    r"[^\]\n]{0,300}\].{0,500}?\\?\[/(?P=name)\\?\]|\\\[/?[a-z][a-z0-9\\_-]{1,30}(?: [^\]\n]{0,300})?\\\]",
    re.DOTALL,
)
# A note to the desk, whole; of other callouts, and of the alerts that code forges write in capitals, only the label.
_DESK_NOTE = re.compile(
    r"^ {0,3}> ?\[!(?:[Nn]ote|(?i:todo)|[Ww]arning|[Bb]ug|[Qq]uestion|[Aa]ttention|[Ii]mportant|[Cc]aution)\]"
    r"[^\n]*(?:\n {0,3}>[^\n]*)*",
    re.MULTILINE,
)
_CALLOUT = re.compile(r"^ {0,3}> ?\[![^\[\]\n]{1,40}\].*$", re.MULTILINE)
# A summary under a title is a sentence, or has a level that no heading of a text begins with.
_STANDFIRST_WORDS, _TOP_LEVELS = 5, 3
_KICKER_WORDS = 3
_HEAD_ENTRIES, _SECTION_WORDS = 5, 2
_SITE = re.compile(r"\s*(?:[-–—|·»]|::)\s*\S")
_FIELDS = {
    "headline": ("headline", "title", "titolo"),
    "standfirst": (
        *("standfirst", "subtitle", "description", "summary", "excerpt", "custom_excerpt"),
        *("sommario", "sottotitolo", "catenaccio"),
    ),
    "byline": ("byline", "author", "authors", "autore", "autori", "autrice", "firma"),
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
    author, properties, body = take_properties(_SHORTCODE.sub("", body))
    outline = Outline()
    outline.entries(_MACHINE.sub("", _CALLOUT.sub("", _DESK_NOTE.sub("", _NOTE.sub("", _without_comments(body))))))
    start, headline = _headline(outline, front.get("headline"))
    start, standfirst = _standfirst(outline, start) if headline and "standfirst" not in front else (start, None)
    standfirst = front.get("standfirst") or standfirst
    entries = _entries(outline, start, "\n".join(filter(None, (headline, standfirst))))
    entries, above, signed = _take_byline(entries)
    standfirst = standfirst or above
    byline = front.get("byline") or author
    byline = signed if signed and (byline is None or is_desk(byline)) else byline
    entries, dropped = page.without_furniture(entries, byline)
    dropped += [Dropped(line, "a property of the note") for line in properties]
    kicker = _kicker(entries) if headline else None
    entries = entries[1:] if kicker else entries
    if byline is None and entries and (top := entries[0][1]) and (byline := byline_in(top.text)):
        entries = entries[1:]
    return page.with_dateline(
        Article(
            headline=headline,
            sections=page.to_sections(entries),
            kicker=kicker,
            standfirst=standfirst,
            byline=byline,
            dateline=front.get("dateline"),
            published=front.get("published"),
            lang=front.get("lang"),
            source=source,
            dropped=(*outline.dropped, *dropped),
        ),
        next((outline.bold[block.text] for _, block in entries[:1] if block and block.text in outline.bold), ""),
    )


def _take_byline(entries: list[page.Entry]) -> tuple[list[page.Entry], str | None, str | None]:
    """Split off who wrote, in a line of the first ones, and the one paragraph above it, which is the summary."""
    near = [(n, byline_in(block.text)) for n, (_, block) in enumerate(entries[:_HEAD_ENTRIES]) if block]
    at, byline = next(((n, name) for n, name in near if name), (0, None))
    if byline is None:
        return entries, None, None
    above = entries[0][1] if at == 1 else None
    return (entries[2:], above.text, byline) if above else ([*entries[:at], *entries[at + 1 :]], None, byline)


def _same(one: str, other: str) -> bool:
    return one.casefold().strip(" .") == other.casefold().strip(" .")


def _is_of_site(declared: str, heading: str) -> bool:
    """Tell whether a declared title is the heading with the site's name behind it."""
    rest = declared.removeprefix(heading)
    return rest != declared and bool(_SITE.match(rest))


def _title_within(outline: Outline, declared: str | None) -> int | None:
    """Return the place of the heading that is the title, where a page was saved with all that is above it."""
    tops = [n for n, level in outline.levels.items() if level == 1]
    if declared is None:
        first = outline.found[tops[0]][0] if tops else None
        return next((n for n in tops[1:] if first and _is_of_site(first, outline.found[n][0] or "")), None)
    if any(_same(outline.found[n][0] or "", declared) for n in tops):
        return None
    if len(tops) == 1 and len(declared.split()) <= _SECTION_WORDS:  # "Notizie", of the site's menu
        return tops[0]
    return next((n for n in tops if _is_of_site(declared, outline.found[n][0] or "")), None)


def _headline(outline: Outline, declared: str | None) -> tuple[int, str | None]:
    """Return where the text begins and its headline: the declared one, or a first heading of the first level."""
    if (within := _title_within(outline, declared)) is not None and not _told(outline.found[:within]):
        outline.dropped += [
            Dropped(block.text if block else head or "", "above the title") for head, block in outline.found[:within]
        ]
        return within + 1, outline.found[within][0]
    start = 0
    while start < len(outline.found) and (block := outline.found[start][1]) and furniture.reason_to_drop(block.text):
        outline.dropped.append(Dropped(block.text, "above the title"))
        start += 1
    first = outline.found[start][0] if start < len(outline.found) else None
    if declared is None and _is_title(outline.found[start : start + 2]):
        title = outline.found[start][1]
        return start + 1, title.text if title else None
    if first is None or outline.levels[start] > 1 or not (declared is None or _same(first, declared)):
        return start, declared
    return start + 1, declared or first


def _told(entries: list[page.Entry]) -> bool:
    """Tell whether a text has begun: two paragraphs of it, for one may be an excerpt."""
    return (
        sum(block is not None and block.role is Role.PARAGRAPH and block.text[-1:] in ".!?" for _, block in entries) > 1
    )


def _is_title(entries: list[page.Entry]) -> bool:
    """Tell whether the first of two entries is a title though nothing marks it: a bare line over a longer text."""
    first, second = ([block for _, block in entries] + [None, None])[:2]
    if first is None or second is None or first.role is not Role.PARAGRAPH or len(first.text) >= len(second.text):
        return False
    bare = first.text[-1] not in ".,;:!…" and len(first.text) <= HEADLINE_CHARACTERS and first.text[0].isupper()
    return (
        bare
        and len(first.text.split()) >= _KICKER_WORDS
        and not (byline_in(first.text) or take_dateline(first.text)[0])
    )


def _standfirst(outline: Outline, start: int) -> tuple[int, str | None]:
    """Return where the text goes on and the summary under a title: in italics, or a heading below the others' level."""
    heading, block = outline.found[start] if start + 1 < len(outline.found) else (None, None)
    text = block.text if block else heading or ""
    if len(text.split()) < _STANDFIRST_WORDS or byline_in(text) or take_dateline(text)[0]:
        return start, None
    later = [level for n, level in outline.levels.items() if n > start]
    deep = start in outline.levels and outline.levels[start] > max(_TOP_LEVELS, *later, 0)
    after = outline.found[start + 1][1]
    signed = (
        heading is not None
        and after is not None
        and (byline_in(after.text) is not None or furniture.reason_to_drop(after.text) is not None)
    )
    return (start + 1, text) if deep or signed or start in outline.slanted else (start, None)


def _entries(outline: Outline, start: int, head: str) -> list[page.Entry]:
    """Return the entries below the head; the bold questions of an interview are text.

    Where nothing is marked as a heading, bare lines act as one, as in plain text.
    """
    unmarked = not any(n >= start for n in outline.levels)
    bold = {n for n, level in outline.levels.items() if level == BOLD_LEVEL and outline.found[n][0]}
    questions = {n: text for n in sorted(bold) if n >= start and (text := outline.found[n][0] or "")[-1:] == "?"}
    if not page.is_dialogue(list(questions.values()), head):
        questions = {}
    entries = [
        (None, Block(Role.PARAGRAPH, questions[n])) if n in questions else entry
        for n, entry in enumerate(outline.found)
        if n >= start
    ]
    return [*page.with_bare_headings(entries, head)] if unmarked else entries


def _kicker(entries: list[page.Entry]) -> str | None:
    """Return the bare word or two between a declared title and the text, as desks write a section's name."""
    block = entries[0][1] if len(entries) > 1 else None
    if block is None or block.role is not Role.PARAGRAPH or len(block.text.split()) > _KICKER_WORDS:
        return None
    bare = (
        page.heading_like(block.text)
        and block.text[-1] != "?"
        and not (is_signature(block.text) or place_of(block.text))
    )
    return block.text if bare else None


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split the front matter off; what is not a plain mapping is no front matter and stays text."""
    text = text.lstrip("\n")
    if found := _TOML.match(text):
        written = _from_toml(found["toml"])
    elif found := _FRONT.match(text):
        written = _from_yaml(found["yaml"])
    elif found := _PERCENT.match(text):
        written = {key: " ".join(value.replace(";", ",").split()) for key, value in found.groupdict().items() if value}
    else:
        return _form(text)
    if written is None:
        return {}, text
    front = {}
    for name, keys in _FIELDS.items():
        value = next((written[key] for key in keys if written.get(key)), None)
        if value:
            front[name] = value
    return front, text[found.end() :]


def _form(text: str) -> tuple[dict[str, str], str]:
    """Split off a desk's form in bold letters ("**Titolo:** …") above a text."""
    lines = text.split("\n")
    end = next((n for n, line in enumerate(lines) if not is_labelled(plain(line))), len(lines))
    head = take_form([plain(line) for line in lines[:end]]) if end else None
    if head is None or head.body:
        return {}, text
    fields = {name: getattr(head, name) for name in ("headline", "standfirst", "byline", "dateline")}
    return {name: value for name, value in fields.items() if value}, "\n".join(lines[end:])


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
