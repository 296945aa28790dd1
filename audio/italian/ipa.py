"""How words sound, for the engines that take IPA: the user's own, and names with a sound that no Italian letters write.

A row of ``names.tsv`` tells its sound in IPA. Where the respelling says it, that is its proof alone; where it cannot
(the last sound of "Limoges"), the row says so with an engine's name and a colon before the IPA, or ``*:`` for them all.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from audio.italian.clean import clean
from audio.italian.lexicon import ANY_ENGINE, Lexicon
from audio.italian.tables import rows

if TYPE_CHECKING:
    from audio.italian import Rewrite

_FROM_NAMES = frozenset({"name", "capitals"})
# What is said, and for each engine how it sounds.
_Told = tuple[str, tuple[tuple[str, str], ...]]


class Sounding(NamedTuple):
    """The characters ``start`` to ``end`` of a spoken text sound so; ``engine`` is "" for all that take IPA."""

    start: int
    end: int
    ipa: str
    engine: str


def sounds(rewrites: Iterable[Rewrite], lexicon: Lexicon | None = None) -> Iterator[Sounding]:
    """Yield how the words sound that these rewrites of a text wrote, from left to right."""
    for rewrite in rewrites:
        written = clean(rewrite.written)
        if rewrite.rule == "lexicon" and lexicon:
            entry = lexicon.by_written.get(written)
            said, told = (entry.spoken, entry.ipa) if entry else ("", ())
        elif rewrite.rule in _FROM_NAMES:
            said, told = _of_names().get(written.lower(), ("", ()))
        else:
            continue
        start = rewrite.spoken.lower().find(said.lower())
        if start >= 0:
            place = rewrite.at + start
            yield from (Sounding(place, place + len(said), ipa, engine) for engine, ipa in told)


@functools.cache
def _of_names() -> dict[str, _Told]:
    """Return written, in small letters → (spoken, ((engine, IPA),)), of the names whose respelling falls short."""
    found: dict[str, _Told] = {}
    for written, said, sound, *_ in rows("names"):
        engine, told, ipa = sound.partition(":")
        if told:
            found[written.lower()] = (said, ((ANY_ENGINE if engine == "*" else engine, ipa),))
    return found
