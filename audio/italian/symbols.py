"""Marks and symbols, and the last door: only letters, apostrophes, blanks and breathing marks go to a voice."""

from __future__ import annotations

import functools
import unicodedata

from audio.italian import numbers
from audio.italian.edits import Edit, apply
from audio.italian.forms import Form
from audio.italian.tables import mapping

# What a character is between two words; a bracket or a dash is a breath, written "b" until it becomes a comma.
_KINDS = {
    **{mark: ("mark", mark) for mark in "?!.;:,"},
    **dict.fromkeys("()[]{}–—―|•·●▪■◆►▶→←⇒/\\", ("mark", "b")),
    **dict.fromkeys(" «»“”„‟‹›\"*_~#^-@'ªº", ("blank", " ")),
}
_LETTERS = "A-Za-zÀ-ÖØ-öø-ÿ"
# Everything between two words but a single blank or an elision's apostrophe.
_GAP = Form(rf"(?!(?<=[{_LETTERS}])[ '][{_LETTERS}])[^{_LETTERS}]+")
_ELLIPSIS = Form(r"\.{2,}")
# The only words that begin with an apostrophe: those that lost their head in every newspaper.
_HEADLESS = Form(r"(?i:ndr)")
_LONGEST_REMEMBERED = 8


def guard(text: str) -> str:
    """Return the text with every digit spelled, every known symbol named, every other one gone, and marks in order.

    >>> guard("tempi – ha detto –. (Poi) 7 & 8")
    'tempi, ha detto. Poi, sette e otto'
    """
    return apply(text, changes(text))


def changes(text: str) -> list[Edit]:
    """Return what ``guard`` changes, in order: each gap between two words is settled by itself."""
    found = []
    last = len(text)
    for gap in _GAP.finditer(text):
        start, end = gap.span()
        run = gap[0]
        settle = _settled if len(run) <= _LONGEST_REMEMBERED else _settle
        headless = run[-1] == "'" and bool(_HEADLESS.match(text, end))
        said = settle(run, start > 0, text[end : end + 1].islower() if end < last else None, headless)
        if said != run:
            found.append(Edit(start, end, said, "marks"))
    return found


def _settle(run: str, is_inside: bool, goes_on: bool | None, headless: bool) -> str:
    """Return what is heard between two words.

    ``is_inside`` tells a word before, ``goes_on`` a small or a capital letter after (None: nothing), ``headless`` an
    apostrophe that belongs to the word after.
    """
    lead = "'" if is_inside and run[0] == "'" else ""
    run = run[len(lead) : len(run) - headless]
    run = _ELLIPSIS.sub(
        lambda dots: "–" if goes_on and dots.end() >= len(run.rstrip()) else ".", run.replace(" - ", " – ")
    )
    said: list[str] = []
    marks, has_blank = "", False
    for character in run:
        kind, word = _say(character)
        if kind in {"word", "phrase"}:
            if (said or is_inside) and (marks or has_blank or kind == "phrase"):
                said.append(_mark(marks) + " ")
            said.append(word)
            marks, has_blank = "", kind == "phrase"
        elif kind == "mark":
            marks += word
        elif kind == "blank":
            has_blank = True
    tail = _mark(marks) if said or is_inside else ""
    if goes_on is None:
        tail = tail if tail in "?!." else ""
    elif (said or is_inside) and (tail or has_blank) and not (lead and not tail and " " not in run):
        tail += " "
    return lead + "".join(said) + tail + ("'" if headless else "")


_settled = functools.lru_cache(maxsize=4096)(_settle)


def _mark(marks: str) -> str:
    """Return the one mark that is heard of a run: a written comma after a dot ('"Vengo.", disse') is the later thought."""
    for strong in "?!":
        if strong in marks:
            return strong
    if "." in marks:
        later = marks[marks.rindex(".") + 1 :].replace("b", "")
        return later[0] if later else "."
    return next((mark for mark in ";:," if mark in marks), "," if marks else "")


@functools.cache
def _say(character: str) -> tuple[str, str]:
    """Return what one character is (word, mark, blank, nothing) and how it sounds; here it has no context."""
    if character in _KINDS:
        return _KINDS[character]
    if name := mapping("symbols").get(character):
        return "phrase", name
    if character.isdecimal():
        return "phrase", numbers.digits(str(unicodedata.decimal(character)))
    plain = unicodedata.normalize("NFKC", character)
    if plain != character:  # circled numbers, superscripts, ligatures: their plain form
        return _expanded(plain)
    if character.isalpha():
        return "word", character
    return ("nothing", "") if unicodedata.category(character)[0] == "M" else ("blank", " ")


def _expanded(plain: str) -> tuple[str, str]:
    said = " ".join(word for kind, word in map(_say, plain) if kind == "phrase")
    letters = "".join(c for c in plain if c.isalpha() and unicodedata.category(c) != "Lm")
    if said or not letters:
        return ("phrase", said) if said else ("blank", " ")
    return "word", letters.lower() if len(letters) > 1 else letters
