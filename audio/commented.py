"""The words of ``notiziario.yaml``, made from the settings' own comments, defaults and bounds."""

from __future__ import annotations

import re
from dataclasses import MISSING, Field, fields, is_dataclass
from typing import Any, get_args, get_type_hints

from audio.config import Config

# What YAML takes as it stands, by far narrower than its grammar.
_PLAIN = re.compile(r"[\w/È][^:#{}\[\]'\"]*(?::[^\s:#{}\[\]'\"]+)*")


def default_of(setting: Field[Any]) -> Any:  # noqa: ANN401
    """Return a field's default, made afresh where it is a container."""
    if setting.default is not MISSING:
        return setting.default
    return setting.default_factory() if setting.default_factory is not MISSING else None


def members_of(cls: type[Any], setting: Field[Any]) -> type[Any] | None:
    """Return the class whose fields each member of a list or mapping has, or None where members are plain texts."""
    found = [a for a in get_args(get_type_hints(cls)[setting.name]) if isinstance(a, type) and is_dataclass(a)]
    return found[0] if found else None


def to_yaml(value: object) -> str:
    """Write a default as YAML would have it, on one line.

    >>> to_yaml(("gtts", "espeak")), to_yaml(None), to_yaml(True), to_yaml({}), to_yaml("{show}: l'ora")
    ('[gtts, espeak]', 'null', 'true', '{}', "'{show}: l''ora'")
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(to_yaml, value))}]"
    if isinstance(value, dict):
        return str(value)
    if isinstance(value, int | float):
        return str(value)
    text = str(value)
    return text if _PLAIN.fullmatch(text) else "'" + text.replace("'", "''") + "'"


def commented_yaml() -> str:
    """Return a whole settings file: every key at its default, each with its comment."""
    lines = ["# The settings of Notiziario. Every key is optional; what you delete keeps its default."]

    def write(cls: type[Any], indent: str) -> None:
        for setting in fields(cls):
            default = default_of(setting)
            if is_dataclass(default) and not isinstance(default, type):
                doc = (type(default).__doc__ or "").splitlines()[0]
                lines.extend([*([] if indent else [""]), f"{indent}# {doc}", f"{indent}{setting.name}:"])
                write(type(default), indent + "  ")
            else:
                lines.append(f"{indent}{setting.name}: {to_yaml(default)}  # {describe(setting)}")
                if members := members_of(cls, setting):
                    lines.extend(
                        f"{indent}#   {one.name}: {to_yaml(default_of(one))}  # {describe(one)}"
                        for one in fields(members)
                    )

    write(Config, "")
    return "\n".join(lines) + "\n"


def describe(setting: Field[Any]) -> str:
    """Return a field's comment with its bounds or choices."""
    meta = setting.metadata
    if meta["choices"]:
        return f"{meta['doc']} ({', '.join(map(str, meta['choices']))})"
    if meta["low"] is not None:
        return f"{meta['doc']} ({meta['low']:g} to {meta['high']:g})"
    return str(meta["doc"])
