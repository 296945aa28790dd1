"""The public folder: which files it has, which of them are for the public, and how one is changed.

An episode is ``episodes/NAME.json``, written after its other files and deleted after them: where it stands, they do.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path, PurePath
from typing import Any

from audio.errors import OutputError
from audio.files import remove, written_whole
from audio.podcast.episode import Episode, from_json, to_json

FEED = "feed.xml"
EPISODES = "episodes"
# What belongs to an episode, beside its JSON, in the order of writing: a transcript never waits for its sound.
SUFFIXES = (".mp3", ".vtt", ".srt", ".chapters.json", ".jpg", ".html")
# What the show remembers and nobody else needs: its identity, what was uploaded. Never served, never uploaded.
STATE = ".notiziario"
_BLOCK = 1 << 20

# By suffix, the longest first. Servers and stores guess half of these wrongly, and clients refuse what is wrong.
TYPES = {
    ".chapters.json": "application/json+chapters",
    ".mp3": "audio/mpeg",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip",
    ".xml": "application/rss+xml; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
}


def media_type(name: str) -> str:
    """Return the type a file of the folder is served with."""
    return next((kind for suffix, kind in TYPES.items() if name.endswith(suffix)), "application/octet-stream")


def cache_control(name: str) -> str:
    """Return how long a file of the folder may be kept: a cover's name changes with it, a feed changes in its place."""
    if re.search(r"cover-(small-)?[0-9a-f]{8}\.jpg$", name):
        return "public, max-age=31536000, immutable"
    lasting = name.endswith((".mp3", ".vtt", ".srt", ".chapters.json", ".jpg"))
    return f"public, max-age={86_400 if lasting else 300}"


def is_public(path: PurePath) -> bool:
    """Tell whether a file, named from the folder on, is for the public: no dot in front, and no episode's own JSON."""
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and (path.suffix != ".json" or path.name.endswith(".chapters.json"))


def public_files(folder: Path) -> Iterator[Path]:
    """Yield the public files of the folder, as paths from it on, in the order of their names."""
    for path in sorted(folder.rglob("*")):
        relative = path.relative_to(folder)
        if is_public(relative) and path.is_file():
            yield relative


def path_of(folder: Path, name: str, suffix: str) -> Path:
    """Return where a file of an episode stands."""
    return folder / EPISODES / f"{name}{suffix}"


def load_all(folder: Path) -> tuple[Episode, ...]:
    """Return all episodes the folder knows, retired ones too, the newest first.

    Raises OutputError for a JSON file that is not an episode's: an episode that silently vanished from the feed would
    come back as a new one.
    """
    found = []
    for path in (folder / EPISODES).glob("*.json"):
        if not path.name.endswith(".chapters.json"):
            try:
                found.append(from_json(path.read_text(encoding="utf-8")))
            except (OSError, ValueError, KeyError, TypeError) as error:
                raise OutputError(
                    f"{path}: is not the record of an episode: {error}",
                    hint="Bring it back from a copy; delete it only together with the episode's other files.",
                ) from error
    return tuple(sorted(found, key=lambda episode: (episode.published, episode.name), reverse=True))


def save(folder: Path, episode: Episode) -> None:
    """Write an episode's record; its other files must stand already."""
    write(path_of(folder, episode.name, ".json"), to_json(episode).encode())


def delete(folder: Path, episode: Episode) -> None:
    """Delete an episode's files, its record last. Raises OutputError."""
    for suffix in (*reversed(SUFFIXES), ".json"):
        remove(path_of(folder, episode.name, suffix))


def read(path: Path) -> bytes:
    """Return the bytes of a file that belongs to an episode. Raises OutputError where it is missing."""
    try:
        return path.read_bytes()
    except OSError as error:
        hint = "Bring it back from a copy, or make the bulletin again with --publish."
        raise OutputError(f"{path}: cannot be read: {error.strerror}", hint=hint) from error


def write(path: Path, data: bytes) -> bool:
    """Make a file have these bytes and tell whether it had not: an unchanged file keeps its date, and so its ETag."""
    if path.is_file() and path.stat().st_size == len(data) and path.read_bytes() == data:
        return False
    with written_whole(path) as file:
        file.write(data)
    return True


def copy(source: Path, path: Path, head: bytes = b"", instead_of: int = 0) -> None:
    """Make a file have the bytes of another, however large, ``head`` standing for the first ``instead_of`` of them.

    An unchanged file keeps its date.
    """
    try:
        if path.is_file() and _same(source, path, head, instead_of):
            return
        with source.open("rb") as old, written_whole(path) as new:
            new.write(head)
            old.seek(instead_of)
            shutil.copyfileobj(old, new, _BLOCK)
    except OSError as error:
        raise OutputError(f"{source}: cannot be published: {error.strerror}") from error


def _same(source: Path, path: Path, head: bytes, instead_of: int) -> bool:
    if source.stat().st_size - instead_of + len(head) != path.stat().st_size:
        return False
    with source.open("rb") as a, path.open("rb") as b:
        a.seek(instead_of)
        if b.read(len(head)) != head:
            return False
        while (block := a.read(_BLOCK)) == b.read(_BLOCK):
            if not block:
                return True
    return False


def load_state(folder: Path, name: str) -> dict[str, Any]:
    """Return what the show remembers under a name; empty where it never did. Raises OutputError for a damaged file."""
    path = folder / STATE / f"{name}.json"
    try:
        state: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    except (OSError, ValueError, RecursionError) as error:
        raise OutputError(f"{path}: cannot be read: {error}", hint="Bring it back from a copy.") from error
    return state


def save_state(folder: Path, name: str, state: dict[str, Any]) -> None:
    """Remember values under a name."""
    text = json.dumps(state, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    write(folder / STATE / f"{name}.json", text.encode())


def is_expired(episode: Episode, now: dt.datetime, grace: dt.timedelta) -> bool:
    """Tell whether a retired episode's files may go: clients that loaded the feed before have had their time."""
    return episode.retired is not None and now - episode.retired >= grace
