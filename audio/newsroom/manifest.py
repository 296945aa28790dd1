"""What a batch is to make, and what became of it: a stream of jobs in, a journal of rows out.

Jobs come from names of any kind: a file, a folder, a pattern, a feed, or a list (CSV or JSONL with ``source``,
``title``, ``date``). The journal is a file of JSON lines that only grows; a killed run leaves at most one torn line.
"""

from __future__ import annotations

import csv
import glob
import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import urlsplit

from audio.errors import OutputError, SourceError
from audio.files import slug
from audio.logins import without_login
from audio.model import Article

_LISTS = {".csv", ".jsonl", ".ndjson"}
_FEEDS = {".xml", ".rss", ".atom", ".rdf"}
# The words a newspaper's export uses for the three columns.
_SOURCE_COLUMNS = ("source", "url", "path", "link", "file")
_DATE_COLUMNS = ("date", "published", "pubdate", "data")
_TITLE_COLUMNS = ("title", "headline", "titolo")


@dataclass(frozen=True, slots=True)
class Job:
    """One source to be made, with what its list knows better than the source: a title, a date.

    ``article`` is what was read already, where a source held several: each is a job of its own from then on.
    """

    source: str
    title: str | None = None
    published: str | None = None
    article: Article | None = None

    @property
    def name(self) -> str:
        """Return the MP3's name: legible, and the same on every run and machine, whatever else is in the batch."""
        parts = urlsplit(self.source)
        path, _, part = (parts.path if "://" in self.source else self.source).replace("\\", "/").partition("#")
        words = f"{PurePosixPath(path).stem or parts.netloc} {part or parts.fragment}"
        return f"{slug(words)[:60]}-{hashlib.sha256(self.source.encode()).hexdigest()[:8]}.mp3"


@dataclass(frozen=True, slots=True)
class Row:
    """What became of one job: where the bulletin is, or the ``error``. ``key`` changes with article and settings."""

    source: str
    key: str
    path: str | None = None
    seconds: float | None = None
    engine: str | None = None
    voice: str | None = None
    sha256: str | None = None
    error: str | None = None


def jobs_in(names: Iterable[str]) -> Iterator[Job]:
    """Yield the jobs of files, folders, patterns, lists and addresses, in an order that is always the same.

    Nothing is kept: a list of ten million lines costs the memory of one. Raises SourceError naming list and line.
    """
    for name in names:
        path = Path(name)
        if "://" in name or name == "-":
            yield Job(name)
        elif path.suffix.lower() in _LISTS:
            yield from _listed(path)
        elif path.is_dir():
            yield from (Job(str(one)) for one in sorted(path.rglob("*")) if one.is_file() and _visible(one, path))
        elif glob.has_magic(name) and not path.exists():
            found = sorted(glob.glob(name, recursive=True))  # noqa: PTH207 - a whole pattern, absolute or not
            if not found:
                raise SourceError(f"{name}: no file is called so", hint="Check the folder and the pattern.")
            yield from (Job(one) for one in found if Path(one).is_file())
        else:
            yield Job(name)


class Journal:
    """The rows of all runs over one output; the newest of a key is the truth."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self) -> Iterator[Row]:
        """Yield all rows, oldest first; a torn or foreign line is nobody's row."""
        try:
            with self.path.open(encoding="utf-8", errors="replace") as file:
                for line in file:
                    row = _row(line)
                    if row:
                        yield row
        except FileNotFoundError:
            return
        except OSError as error:
            raise OutputError(f"{self.path}: cannot be read: {error.strerror}") from error

    def outcomes(self) -> dict[str, str | None]:
        """Return for each key the error of its last try, or None where it was made."""
        return {row.key: row.error for row in self.rows()}

    def write(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Add each row, without a login, to the file as it comes and pass it on; it survives a kill from then on."""
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            with self.path.open("ab") as file:
                if _torn(self.path):
                    file.write(b"\n")
                for made in rows:
                    row = replace(made, source=without_login(made.source))
                    said = {name: value for name, value in asdict(row).items() if value is not None}
                    file.write(json.dumps(said, ensure_ascii=False).encode("utf-8", "surrogateescape") + b"\n")
                    file.flush()
                    yield row
        except OSError as error:
            raise OutputError(
                f"{self.path}: cannot be written: {error.strerror}", hint="Name another file with --manifest."
            ) from error


def _listed(path: Path) -> Iterator[Job]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            records = _json_lines(file, path) if path.suffix.lower() != ".csv" else _csv_lines(file)
            for number, record in records:
                source = _first(record, _SOURCE_COLUMNS)
                if not source:
                    raise SourceError(
                        f"{path}:{number}: names no source",
                        hint=f"One column must be called {', '.join(_SOURCE_COLUMNS[:-1])} or {_SOURCE_COLUMNS[-1]}.",
                    )
                # A relative path counts from its list's own folder, as in the settings.
                where = source if "://" in source else str(path.parent / source)
                yield Job(where, _first(record, _TITLE_COLUMNS), _first(record, _DATE_COLUMNS))
    except FileNotFoundError as error:
        raise SourceError(f"{path}: no such file", hint="Check the name and the folder.") from error
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise SourceError(f"{path}: cannot be read as a list: {error}", hint="Save it as UTF-8.") from error


def _csv_lines(file: Iterable[str]) -> Iterator[tuple[int, dict[str, Any]]]:
    lines = iter(file)
    head = next(lines, "")
    # Italian spreadsheets separate by semicolons, since the comma is theirs for decimals.
    mark = max(",;\t", key=head.count)
    names = [name.strip().lower() for name in next(csv.reader([head], delimiter=mark), [])]
    reader = csv.reader(lines, delimiter=mark)
    for values in reader:
        if any(values):
            yield reader.line_num + 1, dict(zip(names, values, strict=False))


def _json_lines(file: Iterable[str], path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    for number, line in enumerate(file, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            raise SourceError(f"{path}:{number}: is not JSON", hint="One object on each line.") from error
        if not isinstance(record, dict):
            raise SourceError(f"{path}:{number}: is no JSON object", hint='Write {"source": "…"} on each line.')
        yield number, {str(key).lower(): value for key, value in record.items()}


def _first(record: dict[str, Any], names: tuple[str, ...]) -> str | None:
    return next((str(record[name]).strip() for name in names if record.get(name)), None)


def _visible(path: Path, folder: Path) -> bool:
    return not any(part.startswith(".") for part in path.relative_to(folder).parts)


def _row(line: str) -> Row | None:
    try:
        return Row(**json.loads(line))
    except (ValueError, TypeError, RecursionError):
        return None


def _torn(path: Path) -> bool:
    """Say whether the file's last line has no end: its writer was killed."""
    with path.open("rb") as file:
        if file.seek(0, 2) == 0:
            return False
        file.seek(-1, 2)
        return file.read(1) != b"\n"
