"""The ledger: what was aired in which edition, how fast each voice speaks, and how the runs ended.

SQLite in WAL mode, in the show's own hidden folder. The episodes are the truth: an edition missing here is read back
from its episode, and a damaged ledger is set aside and made anew from all of them.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from audio.errors import OutputError
from audio.newsroom.duration import Frame, Pace
from audio.newsroom.sequels import Past
from audio.newsroom.stories import Text

# A story is followed for so long; after that its return is news again.
MEMORY = dt.timedelta(days=10)
_BUSY_SECONDS = 10.0
_RUNS_KEPT = 400
_SCHEMA = """
CREATE TABLE IF NOT EXISTS editions (
    guid TEXT PRIMARY KEY, date TEXT NOT NULL, title TEXT NOT NULL, seconds REAL NOT NULL, published INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS stories (
    guid TEXT NOT NULL REFERENCES editions ON DELETE CASCADE, place INTEGER NOT NULL, title TEXT NOT NULL,
    items TEXT NOT NULL, texts TEXT NOT NULL, PRIMARY KEY (guid, place)
);
CREATE TABLE IF NOT EXISTS paces (
    voice TEXT PRIMARY KEY, n REAL NOT NULL, x REAL NOT NULL, y REAL NOT NULL, xx REAL NOT NULL, xy REAL NOT NULL,
    lead REAL NOT NULL, between_chapters REAL NOT NULL, tail REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS runs (moment TEXT NOT NULL, code INTEGER NOT NULL, said TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class AiredStory:
    """A story of an edition: its title, the names of its items, and their texts."""

    title: str
    items: tuple[str, ...]
    texts: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class AiredEdition:
    """An edition that has an episode. ``published`` tells that it also reached the public."""

    guid: str
    date: dt.date
    title: str
    seconds: float
    stories: tuple[AiredStory, ...]
    published: bool = False


@dataclass(frozen=True, slots=True)
class Run:
    """A run as the ledger remembers it: when, its exit code, and what it said in the end."""

    moment: dt.datetime
    code: int
    said: str


class Ledger:
    """An open ledger. Every method is one transaction; OutputError where it cannot be written."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._db = connection

    def guids(self) -> dict[str, bool]:
        """Return the editions known, each with whether it reached the public."""
        return {guid: bool(done) for guid, done in self._rows("SELECT guid, published FROM editions")}

    def record(self, edition: AiredEdition) -> None:
        """Keep an edition; one with the same GUID is replaced."""
        with self._writing() as db:
            db.execute("DELETE FROM stories WHERE guid = ?", (edition.guid,))
            db.execute(
                "INSERT OR REPLACE INTO editions VALUES (?, ?, ?, ?, ?)",
                (edition.guid, edition.date.isoformat(), edition.title, edition.seconds, int(edition.published)),
            )
            db.executemany(
                "INSERT INTO stories VALUES (?, ?, ?, ?, ?)",
                [
                    (
                        edition.guid,
                        place,
                        s.title,
                        json.dumps(s.items),
                        json.dumps([[t.title, t.lead] for t in s.texts]),
                    )
                    for place, s in enumerate(edition.stories)
                ],
            )

    def mark_published(self, guid: str) -> None:
        """Remember that an edition reached the public."""
        with self._writing() as db:
            db.execute("UPDATE editions SET published = 1 WHERE guid = ?", (guid,))

    def past(self, date: dt.date, *, without: str) -> tuple[Past, ...]:
        """Return the stories aired in the days before ``date`` and on it, except in the edition ``without``."""
        since = (date - MEMORY).isoformat()
        rows = self._rows(
            "SELECT date, stories.title, texts FROM stories JOIN editions USING (guid)"
            " WHERE date >= ? AND date <= ? AND guid <> ? ORDER BY date, guid, place",
            (since, date.isoformat(), without),
        )
        return tuple(
            Past(f"{day} {title}", tuple(Text(*pair) for pair in json.loads(texts))) for day, title, texts in rows
        )

    def aired_keys(self, date: dt.date, *, without: str) -> dict[str, str]:
        """Return the names of the items aired of late, each with the date of its edition."""
        rows = self._rows(
            "SELECT items, date FROM stories JOIN editions USING (guid) WHERE date >= ? AND guid <> ? ORDER BY date",
            ((date - MEMORY).isoformat(), without),
        )
        return {key: day for items, day in rows for key in json.loads(items)}

    def pace(self, voice: str) -> tuple[Pace, Frame]:
        """Return what was learned of a voice and of the music around it."""
        rows = self._rows("SELECT n, x, y, xx, xy, lead, between_chapters, tail FROM paces WHERE voice = ?", (voice,))
        row = next(rows, None)
        return (Pace(*row[:5]), Frame(*row[5:])) if row else (Pace(), Frame())

    def learn(self, voice: str, pace: Pace, frame: Frame) -> None:
        """Keep what was learned of a voice and of the music around it."""
        with self._writing() as db:
            values = (voice, *astuple(pace), *astuple(frame))
            db.execute("INSERT OR REPLACE INTO paces VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)

    def add_run(self, now: dt.datetime, code: int, said: str) -> None:
        """Remember how a run ended."""
        with self._writing() as db:
            db.execute("INSERT INTO runs (moment, code, said) VALUES (?, ?, ?)", (now.isoformat(), code, said))
            db.execute("DELETE FROM runs WHERE rowid <= (SELECT max(rowid) FROM runs) - ?", (_RUNS_KEPT,))

    def last_run(self) -> Run | None:
        """Return the newest run."""
        row = next(self._rows("SELECT moment, code, said FROM runs ORDER BY rowid DESC LIMIT 1"), None)
        return Run(dt.datetime.fromisoformat(row[0]), row[1], row[2]) if row else None

    def last_edition(self) -> tuple[str, str] | None:
        """Return (date, title) of the newest edition."""
        return next(self._rows("SELECT date, title FROM editions ORDER BY date DESC, rowid DESC LIMIT 1"), None)

    def _rows(self, sql: str, values: Sequence[object] = ()) -> Iterator[tuple[Any, ...]]:
        return iter(self._db.execute(sql, values).fetchall())

    @contextlib.contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._db:
                yield self._db
        except sqlite3.OperationalError as error:
            raise _failed(error) from error


@contextlib.contextmanager
def opened(path: Path, truth: Iterable[AiredEdition], *, keep: bool = True) -> Iterator[Ledger]:
    """Open the ledger, whole: a damaged one is set aside, and editions it does not know are taken from ``truth``.

    Without ``keep`` a copy in memory is opened, and nothing is written. Raises OutputError where the folder cannot be.
    """
    try:
        connection = _connect(path) if keep else _copied(path)
    except (OSError, sqlite3.OperationalError) as error:
        raise _failed(error) from error
    with contextlib.closing(connection):
        ledger = Ledger(connection)
        known = ledger.guids()
        for edition in truth:
            if edition.guid not in known:
                ledger.record(edition)
        yield ledger


def _copied(path: Path) -> sqlite3.Connection:
    copy = sqlite3.connect(":memory:")
    if path.exists():
        with contextlib.suppress(sqlite3.DatabaseError), contextlib.closing(sqlite3.connect(path)) as connection:
            connection.backup(copy)
    copy.executescript(_SCHEMA)
    return copy


def _connect(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=_BUSY_SECONDS)
    try:
        whole = connection.execute("PRAGMA quick_check").fetchone() == ("ok",)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA foreign_keys = ON")
        connection.executescript(_SCHEMA)
    except sqlite3.OperationalError:
        connection.close()
        raise
    except sqlite3.DatabaseError:
        whole = False
    if not whole:
        connection.close()
        for suffix in ("", "-wal", "-shm"):
            damaged = path.with_name(path.name + suffix)
            if damaged.exists():
                damaged.replace(path.with_name(f"{path.name}.damaged{suffix}"))
        return _connect(path)
    return connection


def _failed(error: Exception) -> OutputError:
    return OutputError(f"the ledger cannot be written: {error}", hint="Free some space, or mend the folder's rights.")
