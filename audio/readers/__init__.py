"""From a source to Articles. The one door is ``read``; a new kind of source is one file here and one line below.

Which reader takes a source is decided by what the source is, then by its ending; the text reader takes the rest.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import PurePath

from audio.errors import SourceError
from audio.model import Article
from audio.readers import markdown, text
from audio.readers.decode import decode
from audio.readers.language import require_italian
from audio.readers.load import load_file, load_stream

_BY_ENDING: dict[str, Callable[[str, str], Article]] = {
    ".md": markdown.read,
    ".markdown": markdown.read,
}


def read(source: str) -> tuple[Article, ...]:
    """Read one source: a path, or "-" for standard input. Most sources hold one article.

    Raises SourceError when it cannot be read, holds no words, or is not Italian.
    """
    if source.lower().startswith(("http://", "https://")):
        raise SourceError(
            f"{source}: addresses on the web cannot be read yet", hint="Save the article as a text file and name that."
        )
    raw = load_stream(sys.stdin.buffer) if source == "-" else load_file(source)
    return understand(raw, source)


def understand(raw: bytes, source: str) -> tuple[Article, ...]:
    """Read bytes loaded elsewhere, perhaps on another machine; ``source`` is their name. Raises SourceError."""
    name = "standard input" if source == "-" else source
    written = decode(raw, name)
    reader = _BY_ENDING.get(PurePath(source).suffix.lower(), text.read)
    article = reader(written, source)
    _require_words(article, name)
    require_italian(article, name)
    return (article,)


def _require_words(article: Article, name: str) -> None:
    # A headline alone is a flash, and flashes are news: any letter anywhere will do.
    said = [article.headline or "", *(b.text for s in article.sections for b in s.blocks)]
    if not any(character.isalpha() for piece in said for character in piece):
        raise SourceError(f"{name}: there is nothing in it to say", hint="The source holds no words.")
