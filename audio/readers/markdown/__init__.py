"""Markdown with optional front matter: the marks are the outline, and none of them is ever spoken."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping

import yaml

from audio.model import Article, Block, Dropped, Role
from audio.readers import furniture
from audio.readers import lines as page
from audio.readers.cohesion import key_of
from audio.readers.decode import decode
from audio.readers.form import is_labelled
from audio.readers.head import byline_in, is_desk, name_in, take_form
from audio.readers.markdown.aside import NOTES_AND_MACHINERY, SHORTCODES, take_aside, without_comments
from audio.readers.markdown.embedded import without_markup
from audio.readers.markdown.head import (
    kicker_of,
    take_byline,
    take_headline,
    take_shown,
    take_signature,
    take_standfirst,
)
from audio.readers.markdown.outline import BOLD_LEVEL, Outline, plain
from audio.readers.markdown.properties import take_properties
from audio.readers.tagger import Page, look_at
from audio.readers.tagger.features import Unit

_FRONT = re.compile(r"\A---[ ]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ ]*(?:\n|\Z)", re.DOTALL)
_BARE_VALUE = re.compile(r"^(?P<key>[\w-]{1,40}): +(?P<value>[^\s\"'\[{|>&*!%@`#-].*)$", re.MULTILINE)
_PERCENT = re.compile(r"\A% ?(?P<title>[^\n]+)\n(?:% ?(?P<author>[^\n]*)\n)?(?:% ?(?P<date>[^\n]*)\n)?")
# What a reader service puts before the page that it fetched.
_FETCHED = re.compile(
    r"\ATitle: (?P<title>[^\n]+)\n+(?:URL Source: [^\n]*\n+)?(?:Published Time: (?P<date>[^\n]*)\n+)?"
    r"(?:[A-Z][\w ]{2,30}: [^\n]*\n+){0,3}Markdown Content:[ ]*\n"
)
# A first heading with the fields of a form below it.
_TITLE = re.compile(r"\A# (?P<title>[^\n]+)\n+(?=[*_]{1,2}[^*_\n]{2,20}:)")
_TOML = re.compile(r"\A\+\+\+[ ]*\n(?P<toml>.*?)\n\+\+\+[ ]*(?:\n|\Z)", re.DOTALL)
_FIELDS = {
    "headline": ("headline", "title", "titolo", "post_title"),
    "standfirst": (
        *("standfirst", "subtitle", "description", "summary", "excerpt", "custom_excerpt"),
        *("sommario", "sottotitolo", "catenaccio", "post_excerpt"),
    ),
    "byline": ("byline", "author", "authors", "autore", "autori", "autrice", "firma", "post_author"),
    "dateline": ("dateline", "luogo"),
    "published": ("published", "date", "data", "post_date"),
    "lang": ("lang", "language", "lingua"),
}


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read the bytes of a Markdown file. Raises SourceError for what is no text."""
    return (read(decode(raw, "standard input" if source == "-" else source), source),)


def read(text: str, source: str) -> Article:
    """Read clean Markdown as an article. The front matter wins over a first ``#`` line, which is not said twice."""
    front, body = _front_matter(text)
    body, aside = take_aside(body, SHORTCODES)
    author, properties, body = take_properties(body)
    outline = Outline()
    body, around = take_aside(without_comments(body), NOTES_AND_MACHINERY)
    outline.entries(without_markup(body))
    shown = _shown(outline, front.get("headline"))
    start, headline = take_headline(outline, front.get("headline"))
    if headline is None or key_of(headline) in shown.outside or furniture.reason_to_drop(headline):
        start, title = take_shown(outline, start, shown.headline)
        outline.dropped += [Dropped(headline, "above the title")] if title and headline else []
        headline = title or headline
    start, standfirst = take_standfirst(outline, start, front.get("standfirst")) if headline else (start, None)
    standfirst = standfirst or front.get("standfirst")
    entries = _entries(outline, start, "\n".join(filter(None, (headline, standfirst))))
    entries, above, signed = take_byline(entries, slanted=start in outline.slanted)
    if standfirst is None:
        standfirst = above
    elif above:
        entries.insert(0, (None, Block(Role.PARAGRAPH, above)))
    byline = front.get("byline") or author
    byline = signed if signed and (byline is None or is_desk(byline)) else byline
    entries, dropped = page.without_furniture(entries, byline, shown.outside)
    dropped += [Dropped(line, "a property of the note") for line in properties]
    kicker = kicker_of(entries) if front.get("headline") else None
    entries = entries[1:] if kicker else entries
    if byline is None:
        entries, byline = take_signature(entries)
    if byline is None and shown.byline and (byline := name_in(shown.byline)):
        entries, taken = page.take_first(entries, lambda entry: entry[1] is not None and entry[1].text == shown.byline)
        dropped += [Dropped(block.text, "who wrote, and more") for _, block in taken if block]
    byline = byline or outline.author
    while len(entries) > 1 and entries[-1][1] is None:
        dropped.append(Dropped(entries.pop()[0] or "", "a heading with nothing under it"))
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
            dropped=(*aside, *around, *outline.dropped, *dropped),
        ),
        next((outline.bold[block.text] for _, block in entries[:1] if block and block.text in outline.bold), ""),
    )


def _shown(outline: Outline, headline: str | None) -> Page:
    """Return what the whole file shows, under the title that it declares."""
    lines = [(block.text if block else heading or "", block) for heading, block in outline.found]
    lines = [(headline, None), *lines] if headline and headline not in {text for text, _ in lines} else lines
    # A row of figures is of a table.
    units = [
        Unit(text, n, bool(block and block.role is Role.ITEM) or not any(map(str.isalpha, text)), block is None)
        for n, (text, block) in enumerate(lines)
    ]
    return look_at([unit for unit in units if any(map(str.isalnum, unit.text))])


def _entries(outline: Outline, start: int, head: str) -> list[page.Entry]:
    """Return the entries below the head; the bold questions of an interview are text.

    Where nothing is marked as a heading, bare lines act as one, as in plain text; else one under a picture is its
    caption.
    """
    unmarked = not any(n >= start for n in outline.levels)
    bold = {n for n, level in outline.levels.items() if level == BOLD_LEVEL and outline.found[n][0]}
    questions = {n: text for n in sorted(bold) if n >= start and (text := outline.found[n][0] or "")[-1:] == "?"}
    below = {n: block.text for n in questions for _, block in outline.found[n + 1 : n + 2] if block}
    first = min(questions, default=start)
    intro = [block.text for _, block in outline.found[start:first] if block]
    if not page.is_dialogue([(text, below.get(n, "")) for n, text in questions.items()], head, intro):
        questions = {}
    captions = {} if unmarked else {n: text for n, text in outline.shown.items() if n >= start and not byline_in(text)}
    outline.dropped += [Dropped(text, "a caption") for text in captions.values()]
    entries = [
        (None, Block(Role.PARAGRAPH, questions[n])) if n in questions else entry
        for n, entry in enumerate(outline.found)
        if n >= start and n not in captions
    ]
    return [*page.with_bare_headings(entries, head)] if unmarked else entries


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """Split the front matter off; what is not a plain mapping is no front matter and stays text."""
    text = text.lstrip("\n")
    if found := _TOML.match(text):
        written = _from_toml(found["toml"])
    elif found := _FRONT.match(text):
        written = _from_yaml(found["yaml"])
    elif found := _PERCENT.match(text) or _FETCHED.match(text):
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
    """Split off a desk's form in bold letters ("**Titolo:** …") above a text; a first heading is its title."""
    lines = _TITLE.sub(r"Titolo: \g<title>\n", without_comments(text).lstrip("\n"), count=1).split("\n")
    end = next((n for n, line in enumerate(lines) if not is_labelled(plain(line))), len(lines))
    head = take_form([plain(line) for line in lines[:end]]) if end else None
    if head is None or head.body:
        return {}, text
    fields = {name: getattr(head, name) for name in ("headline", "standfirst", "byline", "dateline")}
    return {name: value for name, value in fields.items() if value}, "\n".join(lines[end:])


def _from_yaml(front: str) -> Mapping[str, str] | None:
    try:
        node = _composed(front)
    except (yaml.YAMLError, RecursionError):
        return None
    if not isinstance(node, yaml.MappingNode):
        return {} if node is None else None
    # Scalars as written, never converted: a date stays a text, a tag constructs nothing.
    return {key.value.lower(): _written(value) for key, value in node.value if isinstance(key, yaml.ScalarNode)}


def _composed(front: str) -> yaml.Node | None:
    """Return the node of a YAML text, with the quotes that its titles lack ("title: Un anno dopo: com'è andata")."""
    try:
        return yaml.compose(front, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        quoted = _BARE_VALUE.sub(lambda line: f"{line['key']}: {json.dumps(line['value'])}", front)
        return yaml.compose(quoted, Loader=yaml.SafeLoader)


def _written(value: yaml.Node) -> str:
    """Return a scalar, or those of a list one after the other; a link to a note is its name, a record what it names."""
    items = value.value if isinstance(value, yaml.SequenceNode) else [value]
    items = [_named(item) if isinstance(item, yaml.MappingNode) else item for item in items]
    texts = (" ".join(item.value.split()) for item in items if isinstance(item, yaml.ScalarNode))
    return ", ".join(text.removeprefix("[[").removesuffix("]]") for text in texts if text)


def _named(record: yaml.MappingNode) -> yaml.Node:
    names = [value for key, value in record.value if isinstance(key, yaml.ScalarNode) and key.value in {"name", "nome"}]
    return names[0] if names else record


def _from_toml(front: str) -> Mapping[str, str] | None:
    try:
        found = tomllib.loads(front)
    except (tomllib.TOMLDecodeError, RecursionError):
        return None
    listed = {key.lower(): value if isinstance(value, list) else [value] for key, value in found.items()}
    return {
        key: ", ".join(" ".join(str(item).split()) for item in items if not isinstance(item, dict | list))
        for key, items in listed.items()
    }
