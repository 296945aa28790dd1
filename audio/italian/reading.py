"""The one pass: each token that is more than a plain word is shown to the rules that may begin with its shape.

The most specific rule comes first. A handler sees the match with the text around it and may decline; then the next rule
is tried at the same place, and last the text stays as it is. No rule reads what another has written.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterator

from audio.italian import abbreviations, accents, acronyms, clock, codes, dates, money, roman, scores, verses
from audio.italian.edits import Edit
from audio.italian.forms import Form
from audio.italian.lexicon import Lexicon
from audio.italian.phrases import names, unmarked
from audio.italian.rules import CHAIN, NET, SIGN, Handler, Hit, Rule
from audio.italian.tables import mapping


def _name(found: re.Match[str]) -> Hit | None:
    word, line, start = found[0], found.string, found.start()
    if form := names().at(word, line, start):
        return Hit(mapping("names")[form], start + len(form))
    if said := mapping("names").get(unmarked(word) or ""):
        return Hit(said, found.end())
    # A common word may begin a sentence; elsewhere its capital makes it somebody's name.
    small = word[0].lower() + word[1:]
    if small == word or small not in names() or not _HEADS_SENTENCE.search(line, max(0, start - 4), start):
        return None
    form = names().at(small, small + line[start + len(word) : start + _LONGEST_NAME], 0)
    return Hit(mapping("names")[form].capitalize(), start + len(form)) if form else None


def _mac(_found: re.Match[str]) -> str:
    """Read "McGregor", where no table knows the name, as the son of Gregor."""
    return "Mac"


def _calmed(read: Handler) -> Handler:
    """Return a handler whose readings do not shout, where the whole line does: "E' CAOS"."""

    def calm(found: re.Match[str]) -> Hit | str | None:
        said = read(found)
        if not isinstance(said, str) or not acronyms.shouts(found.string):
            return said
        return said.capitalize() if acronyms.begins(found.string, found.start()) else said.lower()

    return calm


_RULES: tuple[Rule, ...] = (
    *codes.RULES_FIRST,
    *verses.RULES,
    *dates.RULES,
    *clock.RULES,
    *codes.RULES,
    *scores.RULES,
    *money.RULES,
    *roman.RULES,
    *abbreviations.RULES,
    *acronyms.RULES_FIRST,
    *(rule._replace(at="Q", read=_calmed(rule.read)) if rule.name == "accent" else rule for rule in accents.RULES),
    Rule("name", r"(?<!\w)[^\W_ªº]+", _name),
    Rule("name", r"(?<!\w)Mc(?=[A-Z][a-z])", _mac, first="M"),
    *acronyms.RULES,
    *codes.RULES_LAST,
)
_Match = Callable[[str, int, int], "re.Match[str] | None"]
_Compiled = tuple[tuple[_Match, Handler, str], ...]
_LONGEST_SIGLA = 5
_HEADS_SENTENCE = Form(r"(?:^|[.!?:…»”\"] )[«“\"(]?$")
_LONGEST_NAME = 40
# A token begins with a word, a number, a sign that a number wears, or a mark of the net.
_TOKEN = Form(
    r"[^\W\d_ªº²³]+|\d+|'(?=\d\d)|[+\-±~≈><≥≤$€£¥₽₹₿₩₪₺₴–](?= ?[\d$€£¥₽₹₿₩₪₺₴UACHEGJ])|[@#*]"
    r"|(?<![^\s(«“\"])\.(?=[a-z])"
)
_VOWEL = Form("[aeiouyàèéìòù]", re.IGNORECASE)
_LETTER = Form(r"[^\W\d_]")
# What after a word makes more of it: an address, a code, a sign of rank or of money.
_JOINS = frozenset("²³&/@-–_:°º+$€0123456789")
_JOINED_WORD = {"-": "H", "–": "H", **dict.fromkeys("0123456789", "N")}
_JOINED = {**{mark: mark for mark in "-/.:,'+"}, "–": "-", '"': "'", "x": "x", "×": "x"}
_SIGNED = frozenset("²³½¼¾⅓⅔%‰°ºª€$£¥₽₹₿₩₪₺₴¢μ")
# What before a number makes it the middle of a chain, if a digit stands before that.
_LINKS = frozenset(".,:")


@functools.cache
def _known() -> frozenset[str]:
    """Return every plain word that some rule waits for; all others are passed over at once."""
    provinces = {sign.capitalize() for sign in mapping("provinces")}
    heads = {head[0].upper() + head[1:] for head in names()}
    return frozenset((*acronyms.table(), *provinces, *mapping("books"), *names(), *heads))


@functools.cache
def _rules(shape: str, first: str) -> _Compiled:
    """Return how to match, how to read and the name of each rule for a shape and a first letter, made when first met."""
    return tuple(
        (re.compile(rule.form).match, rule.read, rule.name)
        for rule in _RULES
        if shape in rule.at and (not rule.first or not first or first in rule.first)
    )


def rewrites(line: str, lexicon: Lexicon | None = None) -> Iterator[Edit]:
    """Yield each reading of a clean line, from left to right, without overlaps."""
    place = 0
    own = lexicon.by_written if lexicon else {}
    for start, end, form in lexicon.forms.find(line) if lexicon else ():
        yield from _between(line, place, start)
        yield Edit(start, end, _apart(line, start, end, own[form].spoken, "lexicon"), "lexicon")
        place = end
    yield from _between(line, place, len(line))


def _between(line: str, place: int, stop: int) -> Iterator[Edit]:
    find, known, doubted = _TOKEN.search, _known(), accents.words()
    while token := find(line, place, stop):
        start, place = token.span()
        written = token[0]
        shape = _shape(line, written, start, place)
        if shape == "w" and _passes(written, known, doubted):
            continue
        hit = _read(line, start, stop, _rules(shape, written[0] if "A" <= written[0] <= "z" else ""))
        if hit:
            said, place, name = hit
            if said != line[start:place]:
                yield Edit(start, place, _apart(line, start, place, said, name), name)


def _apart(line: str, start: int, stop: int, said: str, rule: str) -> str:
    """Return a reading set apart from its neighbours, where the page leaves no blank: "5G", "15mila"."""
    before = " " if start and line[start - 1].isalnum() else ""
    following = line[stop : stop + 1]
    # An apostrophe after a number or a sigla is no part of the word it is read as; after "PO" it is.
    is_stray = following == "'" and rule != "capitals" and not _LETTER.match(line, stop + 1)
    after = " " if (following.isalnum() or is_stray) and not said.endswith("'") else ""
    return f"{before}{said}{after}"


def _shape(line: str, written: str, start: int, stop: int) -> str:
    """Return the shape of a token, after which the rules that may read it are chosen."""
    first, following = written[0], line[stop : stop + 1]
    if first.isalpha():
        return _shape_of_word(line, written, following, stop)
    if first.isdecimal():
        return _shape_of_number(line, following, start, stop)
    return NET if first in "@#*." else SIGN


def _shape_of_word(line: str, written: str, following: str, stop: int) -> str:
    if following == "'":
        return "w" if _LETTER.match(line, stop + 1) else "Q"
    if following == ".":
        # The dot at the end of a sentence makes nothing of a word that abbreviates nothing.
        inner = line[stop + 1 : stop + 2].isalnum()
        return "D" if inner or len(written) == 1 or written.lower() in abbreviations.first_words() else "w"
    if following and following in _JOINS:
        return _JOINED_WORD.get(following, "J")
    return "W" if written in codes.FIRST_WORDS or written.lower() in abbreviations.words() else "w"


def _shape_of_number(line: str, following: str, start: int, stop: int) -> str:
    if line[start - 1 : start] in _LINKS and start > 1 and line[start - 2].isdecimal():
        return CHAIN
    parted = following == " "
    if parted:
        following = line[stop + 1 : stop + 2]
    if not following or (following in ".,;)" and (parted or not line[stop + 1 : stop + 2].isdecimal())):
        return "n"
    if following.isdecimal():
        return "d"
    if following.isalpha() and following not in "ªº":
        return "a" if parted else "l"
    return _JOINED.get(following, "%" if following in _SIGNED else "n")


def _passes(word: str, known: frozenset[str], doubted: frozenset[str]) -> bool:
    """Tell a plain word, which no rule would touch."""
    low = word.islower() or word[1:].islower()
    sayable = len(word) > _LONGEST_SIGLA or len(word) == 1 or _VOWEL.search(word)
    return bool(low and sayable and word not in known and word.lower() not in doubted and not unmarked(word))


def _read(line: str, start: int, stop: int, rules: _Compiled) -> tuple[str, int, str] | None:
    """Return what the first rule that does not decline says here, where it ends, and its name."""
    for match, read, name in rules:
        found = match(line, start, stop)
        answer = read(found) if found else None
        if found and answer is not None:
            said, end = answer if isinstance(answer, Hit) else (answer, found.end())
            if end <= stop:
                return said, end, name
    return None
