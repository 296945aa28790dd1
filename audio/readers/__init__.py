"""From a source to Articles. The one door is ``read``; a new kind of source is one file here and one row in the table.

Which reader takes a source is decided by its content, then by its ending (``sniff``). Every reader has
``parse(raw, source, content_type=None) -> tuple[Article, ...]`` and is imported only when its kind is met.
"""

from __future__ import annotations

import sys
from importlib import import_module

from audio.errors import SourceError
from audio.model import Article
from audio.readers.language import require_italian
from audio.readers.load import load_file, load_stream
from audio.readers.sniff import kind_of

KINDS = {
    "text": "audio.readers.text",
    "markdown": "audio.readers.markdown",
    "html": "audio.readers.html",
}


def read(source: str) -> tuple[Article, ...]:
    """Read one source: a path, or "-" for standard input. Most sources hold one article.

    Raises SourceError when it cannot be read, holds no words, or is not Italian.
    """
    raw, content_type = _load(source)
    return understand(raw, source, content_type)


def understand(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:
    """Read bytes loaded elsewhere, perhaps on another machine; ``source`` is their name. Raises SourceError."""
    name = "standard input" if source == "-" else source
    articles = parse(kind_of(raw, source, content_type), raw, source, content_type)
    for article in articles:
        _require_words(article, name)
        require_italian(article, name)
    return articles


def parse(kind: str, raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:
    """Parse bytes already loaded with the reader of a kind, in this process. Raises SourceError."""
    module = KINDS.get(kind)
    if module is None:
        raise SourceError(f"{source}: this is {kind}, which cannot be read yet", hint="Save it as text and name that.")
    articles: tuple[Article, ...] = import_module(module).parse(raw, source, content_type)
    return articles


def _load(source: str) -> tuple[bytes, str | None]:
    """Return the bytes of a source and the content type its server told, if any."""
    if source.lower().startswith(("http://", "https://")):
        raise SourceError(
            f"{source}: addresses on the web cannot be read yet", hint="Save the article as a text file and name that."
        )
    return (load_stream(sys.stdin.buffer) if source == "-" else load_file(source)), None


def _require_words(article: Article, name: str) -> None:
    # A headline alone is a flash, and flashes are news: any letter anywhere will do.
    said = [article.headline or "", *(b.text for s in article.sections for b in s.blocks)]
    if not any(character.isalpha() for piece in said for character in piece):
        raise SourceError(f"{name}: there is nothing in it to say", hint="The source holds no words.")
