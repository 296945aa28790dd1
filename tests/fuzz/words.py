"""What the Italian rules, the script and the files that steer them must hold for any text at all."""

from __future__ import annotations

import dataclasses
import datetime as dt
import math
import tempfile
import types
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

from audio import italian as rules
from audio import script as writing
from audio import settings as reading
from audio.config import Config
from audio.errors import SettingsError, SourceError
from audio.italian import Lexicon, edits
from audio.italian.quotes import unquote
from audio.italian.sentences import split
from audio.model import Role
from audio.readers import text as plain
from fuzz.material import any_text, is_clean

_BREATHS = " ',.;:!?"
_DATE = dt.date(2025, 11, 6)


def italian(data: bytes) -> None:
    """Any text is said in letters and breathing marks, line by line; its rewrites, put in place, give just that."""
    text = any_text(data)
    said = rules.spoken(text)
    _require_sayable(said)
    reading = rules.read(text)
    assert reading.spoken == said
    changes = [edits.Edit(one.start, one.end, one.spoken, one.rule) for one in reading.rewrites]
    assert edits.apply(text, changes) == said
    for one in reading.rewrites:
        assert text[one.start : one.end] == one.written
        assert said[one.at :].startswith(one.spoken)


def sentences(data: bytes) -> None:
    """The sentences of a paragraph hold all of it but blanks, in order, and none is empty."""
    text = any_text(data)
    found = split(text)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(sentence.strip() for sentence in found)


def script(data: bytes) -> None:
    """What is said of an article has no digit and no symbol, gives back its spans, and loses no letter of the text."""
    try:
        articles = plain.parse(data, "x")
        written = writing.write(articles, Config(), voice="it", date=_DATE)
    except SourceError:
        return
    assert written.title.strip() or not any(map(str.isalnum, any_text(data)))
    for segment in written.segments:
        _require_sayable(segment.spoken)
        assert "".join(span.text for span in segment.spans_for("espeak")) == segment.spoken
        assert 0 <= segment.chapter < len(written.chapters)
    told = Counter(c for s in written.segments if s.role is not Role.ANNOUNCEMENT for c in s.text if c.isalpha())
    blocks = Counter(
        c for a in articles for s in a.sections for b in s.blocks for c in b.text if c.isalpha() and c.isascii()
    )
    assert not blocks - told, dict(blocks - told)


def lexicon(data: bytes) -> None:
    """A lexicon is refused with a place for each mistake, or every word of it is said as it says."""
    path = _scratch() / "lessico.tsv"
    path.write_bytes(data)
    try:
        loaded = Lexicon.load(path)
    except SettingsError as error:
        _require_lines(error, ("lexicon: ", f"{path}:"))
        return
    for written, entry in loaded.by_written.items():
        said = rules.spoken(written, loaded)
        _require_sayable(said)
        if unquote(written) == written:  # quotation marks are gone before a word is looked up
            assert rules.symbols.guard(entry.spoken) in said or _has_longer(loaded, written), (written, said)


def settings(data: bytes) -> None:
    """Settings are refused line by line, or every value is of the type and within the bounds that are declared."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return
    try:
        config = reading.parse(text, "n.yaml", Path("/nowhere"))
    except SettingsError as error:
        _require_lines(error, ("n.yaml:",))
        return
    _require_declared(config)


def _require_sayable(said: str) -> None:
    assert all(c.isalpha() or c in _BREATHS for c in said), ascii(said)


def _has_longer(loaded: Lexicon, written: str) -> bool:
    """Tell whether another entry may win: one that holds this one, or a part of it."""
    return any(other != written and (other in written or written in other) for other in loaded.by_written)


def _require_lines(error: SettingsError, beginnings: tuple[str, ...]) -> None:
    for line in error.message.split("\n"):
        assert line.startswith(beginnings), line
        assert line.isprintable(), ascii(line)


@cache
def _scratch() -> Path:
    made = tempfile.TemporaryDirectory(prefix="notiziario-fuzz-")
    _KEPT.append(made)
    return Path(made.name)


# Folders that go when the process does.
_KEPT: list[tempfile.TemporaryDirectory[str]] = []


def _require_declared(value: Any) -> None:
    hints = get_type_hints(type(value))
    for field in dataclasses.fields(value):
        _require_typed(hints[field.name], getattr(value, field.name))
        low, found = field.metadata.get("low"), getattr(value, field.name)
        assert low is None or found is None or low <= found <= field.metadata["high"]
        choices = field.metadata.get("choices")
        assert not choices or found is None or found in choices


def _require_typed(hint: Any, value: Any) -> None:
    origin = get_origin(hint)
    if origin is tuple:
        for one in value:
            _require_typed(get_args(hint)[0], one)
    elif origin is dict:
        for key, one in value.items():
            _require_typed(str, key)
            _require_typed(get_args(hint)[1], one)
    elif origin in {Union, types.UnionType}:
        if value is not None:
            _require_typed(next(a for a in get_args(hint) if a is not type(None)), value)
    elif dataclasses.is_dataclass(value):
        _require_declared(value)
    else:
        assert isinstance(value, hint), (hint, value)
        assert not isinstance(value, float) or math.isfinite(value)
        if isinstance(value, str | Path):
            # It goes into XML, tags, headers and logs.
            assert is_clean(str(value).replace("\n", "").replace("\t", "")), ascii(value)
