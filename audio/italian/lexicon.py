"""The user's own pronunciations, which win over every rule.

A UTF-8 file, one word or phrase a line, its columns separated by tabs:

    written <TAB> spoken [<TAB> ipa] …

``spoken`` is in letters alone; written accents steer every voice. The third column and any after it say how it sounds
in the International Phonetic Alphabet, for engines that take it: plain for all of them, or with an engine's name and
a colon before it, for that one alone ("espeak:ˈmakron"). Empty lines and lines that begin with ``#`` are skipped.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from audio.errors import SettingsError
from audio.italian.clean import clean
from audio.italian.forms import Form
from audio.italian.phrases import Phrases

if TYPE_CHECKING:  # costs a tenth of the start, and is used by who brings one
    from pathlib import Path

# What every engine takes that takes any.
ANY_ENGINE = ""

_SAYABLE = Form(r"[^\W\d_]+(?:[ ',.;:!?-]+[^\W\d_]+)*[.!?']?")
_SOUND = Form(r"(?:(?P<engine>[a-z][a-z0-9_-]*):)?(?P<ipa>[^\s\d:][^\t\d]*)")


class Entry(NamedTuple):
    """What to say for what is written, and how it sounds: ``ipa`` holds (engine, IPA), the engine "" for any."""

    written: str
    spoken: str
    ipa: tuple[tuple[str, str], ...]
    row: str


class Lexicon:
    """Entries that are matched whole and with their capitals, the longest first."""

    __slots__ = ("by_written", "forms")

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.by_written = {entry.written: entry for entry in entries}
        self.forms = Phrases(self.by_written)

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read a lexicon. Raises SettingsError naming the line and the column of everything that is wrong in it."""
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except OSError as error:
            raise SettingsError(f"lexicon: {path}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise SettingsError(f"lexicon: {path}: is not UTF-8 text") from error
        entries: dict[str, Entry] = {}
        wrong: list[str] = []
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            fault, entry = _entry(line, f"{path.name}:{number}")
            if entry:
                entries[entry.written] = entry
            else:
                wrong.append(f"{path}:{number}:{fault}")
        if wrong:
            raise SettingsError("\n".join(wrong))
        return cls(entries.values())

    def row_of(self, written: str) -> str | None:
        """Return where the entry stands in its file: "lessico.tsv:12"."""
        entry = self.by_written.get(clean(written))
        return entry.row if entry else None


def _entry(line: str, row: str) -> tuple[str, Entry | None]:
    """Return an entry, or what is wrong and in which column."""
    columns = [clean(column) for column in line.split("\t")]
    if not columns[0]:
        return "1: nothing is written here", None
    if len(columns) == 1 or not _SAYABLE.fullmatch(columns[1]):
        return "2: expected `written<TAB>spoken`, spoken in letters alone", None
    sounds: list[tuple[str, str]] = []
    for place, column in enumerate(columns[2:], 3):
        found = _SOUND.fullmatch(column)
        if found:
            sounds.append((found["engine"] or ANY_ENGINE, found["ipa"]))
        elif column:
            return f"{place}: expected IPA, or an engine's name, a colon and IPA", None
    return "", Entry(columns[0], columns[1], tuple(sounds), row)
