"""From ``notiziario.yaml`` to a Config: every mistake at once, each with its line, its path and the nearest name.

The YAML is composed to nodes and read by the type each field declares, never by what YAML would guess: ``06:30``
stays a text, ``no`` as a title stays "no", and a key written twice is seen. Nothing is constructed from tags.
"""

from __future__ import annotations

import difflib
import re
import types
from collections.abc import Iterator
from dataclasses import Field, fields, is_dataclass
from pathlib import Path
from typing import Any, Union, get_args, get_origin, get_type_hints

import yaml

from audio.config import SETTINGS_FILE, Config
from audio.errors import SettingsError

# A commented file of all settings has 3 kB; this leaves room for a thousand feeds and stops a bomb.
MAX_BYTES = 1_000_000

# What YAML's escapes can write and neither XML nor a header nor a terminal may get: controls, lone surrogates.
_UNPRINTABLE = re.compile("[^\t\n\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TRUE, _FALSE, _NULL = {"true", "yes", "on"}, {"false", "no", "off"}, {"null", "~", ""}


def load(path: Path | None = None) -> Config:
    """Read the settings from ``path``, or from the working folder if a file is there, or the defaults.

    Raises SettingsError naming all mistakes. Relative paths inside count from the file's own folder.
    """
    if path is None:
        path = Path(SETTINGS_FILE)
        if not path.exists():
            return Config()
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
        text = raw.decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(
            f"{path}: cannot be read: {error.strerror}",
            hint="`notiziario init` writes a commented settings file.",
        ) from error
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not UTF-8 text", hint="Save the file as UTF-8.") from error
    if len(raw) > MAX_BYTES:
        raise SettingsError(f"{path}: is larger than {MAX_BYTES:,} bytes, which no settings file is")
    return parse(text, str(path), path.parent)


def parse(text: str, name: str = SETTINGS_FILE, folder: Path = Path()) -> Config:
    """Make a Config from YAML text; ``name`` is for messages, relative paths count from ``folder``."""
    try:
        root = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise SettingsError(f"{name}:{line}: is not YAML: {error.problem}") from error
    except (yaml.YAMLError, RecursionError) as error:
        raise SettingsError(f"{name}: is not YAML that can be read: {type(error).__name__}") from error
    reader = _Reader(folder)
    reader.tags(root)
    config = reader.section(Config, root, "") if root is not None else Config()
    if reader.mistakes:
        raise SettingsError(
            "\n".join(f"{name}:{line}: {message}" for line, message in sorted(reader.mistakes)),
            hint="`notiziario init --print` shows every key with its meaning.",
        )
    assert isinstance(config, Config)  # noqa: S101 - for the type checker: the root class is Config
    return config


class _Reader:
    """Walks nodes and classes side by side and collects what does not fit."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.mistakes: list[tuple[int, str]] = []

    def wrong(self, node: yaml.Node, path: str, message: str) -> None:
        self.mistakes.append((node.start_mark.line + 1, f"{path}: {message}" if path else message))

    def tags(self, root: yaml.Node | None) -> None:
        """Report tags of anybody's own: they would be read as if they were not there."""
        seen: set[int] = set()
        waiting = [] if root is None else [root]
        while waiting:
            node = waiting.pop()
            if id(node) in seen:  # an alias, perhaps of what it stands in
                continue
            seen.add(id(node))
            if not re.fullmatch(r"tag:yaml\.org,2002:[a-z]+", node.tag):
                self.wrong(node, "", f"the tag {node.tag} means nothing here")
            if isinstance(node, yaml.MappingNode):
                waiting += [one for pair in node.value for one in pair]
            elif isinstance(node, yaml.SequenceNode):
                waiting += node.value

    def pairs(self, node: yaml.Node, path: str) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
        """Yield the pairs of a mapping with scalar keys, reporting anything else and doubles."""
        if not isinstance(node, yaml.MappingNode):
            if not (isinstance(node, yaml.ScalarNode) and node.value in _NULL):
                self.wrong(node, path, "expected keys and values")
            return
        seen: set[str] = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode) or not key.value.isprintable():
                self.wrong(key, path, "expected a plain name as key")
            elif key.value in seen:
                self.wrong(key, _join(path, key.value), "is written twice")
            else:
                seen.add(key.value)
                yield key, value

    def section(self, cls: type[Any], node: yaml.Node, path: str) -> object:
        """Read one dataclass; wrong fields keep their default so that the reading goes on."""
        hints, known = get_type_hints(cls), {f.name: f for f in fields(cls)}
        values: dict[str, Any] = {}
        places: dict[str, yaml.Node] = {}
        for key, value in self.pairs(node, path):
            name, where = key.value, _join(path, key.value)
            if name not in known:
                self.wrong(key, where, f"unknown key{_nearest(name, known)}")
                continue
            places[name] = key
            read = self.value(hints[name], known[name], value, where)
            if read is not _BAD:
                values[name] = read
        result = cls(**values)
        for name, message in result.problems() if hasattr(result, "problems") else ():
            self.wrong(places.get(name, node), _join(path, name), message)
        return result

    def value(self, hint: Any, known: Field[Any], node: yaml.Node, path: str) -> Any:  # noqa: ANN401
        """Read one value by the type its field declares; _BAD after a reported mistake."""
        if is_dataclass(hint) and isinstance(hint, type):
            return self.section(hint, node, path)
        origin = get_origin(hint)
        if origin is dict:
            return {
                key.value: read
                for key, value in self.pairs(node, path)
                if (read := self.item(get_args(hint)[1], value, _join(path, key.value)))
            }
        if origin is tuple:
            return self.items(get_args(hint)[0], node, path)
        if origin in {Union, types.UnionType}:
            if isinstance(node, yaml.ScalarNode) and node.style is None and node.value in _NULL:
                return None
            return self.value(next(a for a in get_args(hint) if a is not type(None)), known, node, path)
        return self.scalar(hint, known, node, path)

    def items(self, item: Any, node: yaml.Node, path: str) -> tuple[Any, ...]:  # noqa: ANN401
        if not isinstance(node, yaml.SequenceNode):
            self.wrong(node, path, "expected a list, such as [gtts, espeak]")
            return ()
        read = (self.item(item, one, f"{path}[{number}]") for number, one in enumerate(node.value, 1))
        return tuple(one for one in read if one)

    def item(self, hint: Any, node: yaml.Node, path: str) -> Any:  # noqa: ANN401
        """Read one member of a list or mapping: a text, or keys and values of their own."""
        return self.text(node, path) if hint is str else self.section(hint, node, path)

    def text(self, node: yaml.Node, path: str) -> str:
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(node, path, "expected a text")
        elif _UNPRINTABLE.search(node.value):
            self.wrong(node, path, "holds a character that cannot be printed")
        else:
            return str(node.value)
        return ""

    def scalar(self, hint: type, known: Field[Any], node: yaml.Node, path: str) -> Any:  # noqa: ANN401
        if not isinstance(node, yaml.ScalarNode):
            self.wrong(node, path, f"expected {_NAMES[hint]}")
            return _BAD
        if _UNPRINTABLE.search(node.value):
            self.wrong(node, path, "holds a character that cannot be printed")
            return _BAD
        read = _convert(hint, node, self.folder)
        meta = known.metadata
        if read is _BAD:
            self.wrong(node, path, f"expected {_NAMES[hint]}, found {node.value[:60]!r}")
        elif meta["choices"] and read not in meta["choices"]:
            self.wrong(node, path, f"expected one of {', '.join(map(str, meta['choices']))}, found {node.value!r}")
            return _BAD
        elif meta["low"] is not None and not meta["low"] <= read <= meta["high"]:
            self.wrong(node, path, f"expected {meta['low']:g} to {meta['high']:g}, found {node.value!r}")
            return _BAD
        return read


_BAD = object()
_NAMES = {str: "a text", Path: "a path", int: "a whole number", float: "a number", bool: "true or false"}


def _convert(hint: type, node: yaml.ScalarNode, folder: Path) -> Any:  # noqa: ANN401
    value: str = node.value
    if hint is Path:
        try:
            return folder / Path(value).expanduser()
        except RuntimeError:  # "~somebody", whom this machine does not know
            return _BAD
    if hint is bool:
        low = value.lower()
        return True if low in _TRUE else False if low in _FALSE else _BAD
    if hint is str:
        return value
    try:
        return hint(value)
    except ValueError:
        return _BAD


def _join(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _nearest(name: str, known: dict[str, Any]) -> str:
    close = difflib.get_close_matches(name, known, n=1, cutoff=0.5)
    return f"; did you mean {close[0]!r}?" if close else f"; known here: {', '.join(known)}"
