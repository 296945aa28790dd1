"""The one pass: a single alternation finds what is not plain words, and a handler for each kind reads it.

The most specific form comes first. A handler sees the match with the text around it and may decline; then the forms
after its own are tried at the same place, and last the text stays as it is. No rule reads what another has written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from audio.italian import abbreviations, accents, acronyms, codes, dates, money, roman
from audio.italian.lexicon import Lexicon
from audio.italian.rules import Hit, Rule
from audio.italian.tables import mapping


def _name(found: re.Match[str]) -> str | None:
    return mapping("names").get(found[0])


_NAMES = Rule("name", r"(?<!\w)[^\W\d_]{3,}(?:-[^\W\d_]+)?(?!\w)", _name)
_PLAIN_NAME = Rule("name", r"(?<!\w)[^\W\d_]{3,}(?!\w)", _name)
_LONGEST_SIGLA = 5
_NUMERIC: tuple[Rule, ...] = (*codes.RULES_FIRST, *dates.RULES, *codes.RULES, *money.RULES, *codes.RULES_LAST)
_WORDS: tuple[Rule, ...] = (
    *codes.RULES_FIRST,
    *codes.WORD_RULES,
    *dates.WORD_RULES,
    *money.RULES,
    *roman.RULES,
    *abbreviations.RULES,
    *acronyms.RULES_FIRST,
    *accents.RULES,
    _NAMES,
    _PLAIN_NAME,
    *acronyms.RULES,
    *codes.RULES_LAST,
)
# A token begins with a word, a digit or a sign that a number or a name may wear.
_TOKEN = re.compile(r"[^\W\d_]+|[\d'+\-–±~≈$€£¥₽₹₿₩₪₺₴@#]")
_VOWEL = re.compile("[aeiouyàèéìòù]", re.IGNORECASE)
# What after a word makes a form of it: an abbreviation's dot, an accent's apostrophe, a code's digit, an address.
_JOINS = frozenset(".'/@-°º₂+0123456789")
_BARE = frozenset("h H Eur Usd Chf mln mld dlgs lettera lett p per ad op".split(" "))


@functools.cache
def _known() -> frozenset[str]:
    """Return every plain word that some rule waits for; all others are passed over at once."""
    names = {part for written in mapping("names") for part in (written, written.partition("-")[0])}
    return frozenset(acronyms.table()) | names | accents.words() | _BARE


@functools.cache
def _alternation(rules: tuple[Rule, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?P<rule_{index}>{rule.form})" for index, rule in enumerate(rules)))


@functools.cache
def _alone(form: str) -> re.Pattern[str]:
    return re.compile(form)


@functools.lru_cache(maxsize=8)
def _own(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    return re.compile(lexicon.pattern()), dict(lexicon.rows)


def rewrites(line: str, lexicon: Lexicon | None = None) -> Iterator[tuple[int, int, str, str]]:
    """Yield (start, end, what is said, rule) for each reading, from left to right, without overlaps."""
    place = 0
    if lexicon and lexicon.rows:
        pattern, said = _own(lexicon)
        for found in pattern.finditer(line):
            yield from _between(line, place, found.start())
            yield found.start(), found.end(), said[found[0]], "lexicon"
            place = found.end()
    yield from _between(line, place, len(line))


def _between(line: str, place: int, stop: int) -> Iterator[tuple[int, int, str, str]]:
    find, known = _TOKEN.search, _known()
    while token := find(line, place, stop):
        start, place = token.span()
        written = token[0]
        is_word = written[0].isalpha()
        if is_word and _passes(written, line[place : place + 1], known):
            continue
        hit = _read(line, start, stop, _WORDS if is_word else _NUMERIC)
        if hit:
            said, place, name = hit
            if said != line[start:place]:
                yield start, place, said, name


def _passes(word: str, following: str, known: frozenset[str]) -> bool:
    """Tell a plain word, which no rule would touch."""
    low = word[1:].islower() and (len(word) > _LONGEST_SIGLA or bool(_VOWEL.search(word)))
    return low and following not in _JOINS and word not in known and word.lower() not in accents.words()


def _read(line: str, start: int, stop: int, rules: tuple[Rule, ...]) -> tuple[str, int, str] | None:
    """Return what the first rule that does not decline says here, where it ends, and its name."""
    found = _alternation(rules).match(line, start, stop)
    if not found:
        return None
    first = int((found.lastgroup or "rule_0").removeprefix("rule_"))
    answer = rules[first].read(found)
    for rule in rules[first + 1 :]:
        if answer is not None:
            break
        found, first = _alone(rule.form).match(line, start, stop) or found, first + 1
        answer = rule.read(found) if found.re is _alone(rule.form) else None
    if answer is None:
        return None
    said, end = answer if isinstance(answer, Hit) else (answer, found.end())
    return said, end, rules[first].name
