"""The user's own pronunciations: a file of lines ``written<TAB>spoken``, which wins over every rule."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from audio.errors import SettingsError
from audio.italian.clean import clean


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What to say for what is written; words are matched whole and with their capitals."""

    rows: tuple[tuple[str, str], ...]

    @classmethod
    def load(cls, path: Path) -> Lexicon:
        """Read a UTF-8 file. Empty lines and lines that begin with ``#`` are skipped.

        Raises SettingsError naming each bad line.
        """
        try:
            lines = path.read_text(encoding="utf-8-sig").splitlines()
        except OSError as error:
            raise SettingsError(f"lexicon: {path}: cannot be read: {error.strerror}") from error
        except UnicodeDecodeError as error:
            raise SettingsError(f"lexicon: {path}: is not UTF-8 text") from error
        rows: dict[str, str] = {}
        wrong: list[str] = []
        for number, line in enumerate(lines, 1):
            if not line.strip() or line.startswith("#"):
                continue
            written, _, rest = line.partition("\t")
            spoken = rest.split("\t")[0]
            if clean(written) and re.fullmatch(r"[^\W\d_]+(?:[ ',.;:!?-]+[^\W\d_]+)*[.!?]?", clean(spoken)):
                rows[clean(written)] = clean(spoken)
            else:
                wrong.append(f"{path}:{number}: expected `written<TAB>spoken`, spoken in letters alone")
        if wrong:
            raise SettingsError("\n".join(wrong))
        return cls(tuple(rows.items()))

    def pattern(self) -> str:
        """Return the alternation of all written forms, the longest first."""
        ordered = sorted((written for written, _ in self.rows), key=len, reverse=True)
        return "|".join(rf"(?<!\w){re.escape(written)}(?!\w)" for written in ordered)
