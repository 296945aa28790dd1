"""Places where finished files live: a folder, or a bucket of an object store.

Both take a bulletin whole: its parts first, the MP3 last, so that where the MP3 stands the rest does. ``obstore`` has
its door here; its credentials come from the environment of whoever runs (``AWS_ACCESS_KEY_ID`` and its kin) and travel
nowhere.
"""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from audio.errors import OutputError, SettingsError
from audio.files import written_lightly

_TYPES = {
    ".mp3": "audio/mpeg",
    ".vtt": "text/vtt; charset=utf-8",
    ".json": "application/json",
    ".jsonl": "application/jsonl",
}
# Without one of these the library asks a cloud's own machine for keys, and elsewhere waits long for no answer.
_KEYS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
    "AWS_SKIP_SIGNATURE",
)


class Place(Protocol):
    """Where finished files go, by names with slashes."""

    def has(self, name: str) -> bool:
        """Say whether a file of this name is there."""

    def making(self, name: str) -> contextlib.AbstractContextManager[Path]:
        """Give the path at which to make ``name`` and what stands beside it; kept when the block ends without error."""

    def address(self, name: str) -> str:
        """Return what a person would open."""

    def read(self, name: str) -> bytes | None:
        """Return a small file, or None where it is not there."""

    def write(self, name: str, data: bytes) -> None:
        """Keep a small file whole."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of this machine, or one that machines share."""

    root: Path

    def has(self, name: str) -> bool:
        """Say whether the file is there."""
        return (self.root / name).is_file()

    @contextlib.contextmanager
    def making(self, name: str) -> Iterator[Path]:
        """Give the path itself: whoever writes there writes files whole."""
        yield self.root / name

    def address(self, name: str) -> str:
        """Return the path."""
        return str(self.root / name)

    def read(self, name: str) -> bytes | None:
        """Return the file's bytes."""
        try:
            return (self.root / name).read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise OutputError(f"{self.root / name}: cannot be read: {error.strerror}") from error

    def write(self, name: str, data: bytes) -> None:
        """Write the file whole; a power cut may lose it."""
        with written_lightly(self.root / name) as file:
            file.write(data)


class Bucket:
    """A prefix of an object store, such as ``s3://giornale/audio``."""

    def __init__(self, url: str) -> None:
        self._url = url.rstrip("/")
        self._store = _open(url)

    def has(self, name: str) -> bool:
        """Ask the store for the object's head."""
        import obstore  # noqa: PLC0415
        from obstore import exceptions  # noqa: PLC0415

        try:
            obstore.head(self._store, name)
        except (FileNotFoundError, exceptions.NotFoundError):
            return False
        except (exceptions.BaseError, OSError) as error:
            raise self._failed(name, error) from error
        return True

    @contextlib.contextmanager
    def making(self, name: str) -> Iterator[Path]:
        """Give a path in a passing folder; what is there at the end goes up, the named file last."""
        with tempfile.TemporaryDirectory(prefix="notiziario-") as folder:
            path = Path(folder) / Path(name).name
            yield path
            for made in sorted(Path(folder).iterdir(), key=lambda one: (one == path, one.name)):
                kind = _TYPES.get(made.suffix, "application/octet-stream")
                self.put(str(Path(name).with_name(made.name)), made, {"Content-Type": kind})

    def address(self, name: str) -> str:
        """Return the object's address in its store."""
        return f"{self._url}/{name}"

    def read(self, name: str) -> bytes | None:
        """Return the object's bytes."""
        import obstore  # noqa: PLC0415
        from obstore import exceptions  # noqa: PLC0415

        try:
            return bytes(obstore.get(self._store, name).bytes())
        except (FileNotFoundError, exceptions.NotFoundError):
            return None
        except (exceptions.BaseError, OSError) as error:
            raise self._failed(name, error) from error

    def write(self, name: str, data: bytes) -> None:
        """Upload the bytes."""
        self._upload(name, data, {})

    def sizes(self) -> dict[str, int]:
        """Return the names of all objects here, with their sizes in bytes."""
        import obstore  # noqa: PLC0415
        from obstore import exceptions  # noqa: PLC0415

        try:
            return {item["path"]: item["size"] for batch in obstore.list(self._store) for item in batch}
        except (exceptions.BaseError, OSError) as error:
            raise self._failed("", error) from error

    def put(self, name: str, path: Path, headers: Mapping[str, str]) -> None:
        """Upload a file with the headers it is to be served with."""
        self._upload(name, path, headers)

    def _upload(self, name: str, content: bytes | Path, headers: Mapping[str, str]) -> None:
        import obstore  # noqa: PLC0415
        from obstore import exceptions  # noqa: PLC0415

        attributes: Any = dict(headers)
        try:
            obstore.put(self._store, name, content, attributes=attributes)
        except (exceptions.BaseError, OSError) as error:
            raise self._failed(name, error) from error

    def delete(self, names: Sequence[str]) -> None:
        """Remove objects."""
        import obstore  # noqa: PLC0415
        from obstore import exceptions  # noqa: PLC0415

        try:
            obstore.delete(self._store, names)
        except (exceptions.BaseError, OSError) as error:
            raise self._failed(", ".join(names)[:80], error) from error

    def _failed(self, name: str, error: Exception) -> OutputError:
        first = (str(error).strip().splitlines() or [type(error).__name__])[0]
        return OutputError(
            f"{self.address(name)}: the store refused: {first[:200]}",
            hint="Check the bucket's name, and AWS_ACCESS_KEY_ID, AWS_ENDPOINT_URL… in the environment.",
        )


def open_place(output: str) -> Place:
    """Return the place of an output: a folder, or an address such as ``s3://bucket/prefix``.

    Raises SettingsError where the address is none, or the extra for stores is missing.
    """
    return Bucket(output) if "://" in output else Folder(Path(output))


def _open(url: str) -> Any:  # noqa: ANN401 - obstore's stores share no public base
    try:
        from obstore.exceptions import BaseError  # noqa: PLC0415
        from obstore.store import from_url  # noqa: PLC0415
    except ImportError as error:
        raise SettingsError(
            f"{url}: object stores need an extra", hint="pip install 'notiziario[stores]' brings it."
        ) from error
    if url.startswith("s3:") and not any(key in os.environ for key in _KEYS):
        raise SettingsError(
            f"{url}: the store's keys are not in the environment", hint="Set AWS_ACCESS_KEY_ID and its secret there."
        )
    try:
        return from_url(url)
    except BaseError as error:
        raise SettingsError(
            f"{url}: is no address of an object store", hint="Write it as s3://bucket/prefix."
        ) from error
