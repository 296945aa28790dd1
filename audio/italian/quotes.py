"""Single quotation marks told from the apostrophes that the wire writes for accents."""

from __future__ import annotations

import re

from audio.italian.forms import Form

_LONGEST_QUOTE = 160
_NAME_WORDS, _LEAST_WORD = 2, 4
# An apostrophe that opens a quotation, and not a word that lost its head.
_OPENING = Form(
    r"(?<![\w'])'(?=[^\W\d_])(?!(?:ndr|na |sto |sta |o |e |a |i |u |n |nu |cca|n'|ste |sti )\w*)", re.IGNORECASE
)
# Two apostrophes for each mark, as agencies write; after a figure alone they are seconds.
_DOUBLED = Form(r"(?<![\w'])''(?=[^\s'])([^']{1,600}|.{1,600}?)''(?![\w'])")
_CLOSING = Form(r"([^\W\d_]{0,24})([.,!?…]?)'(?!\w)(?P<rest>[ ]?[,.;:!?)]|$)?")
# Words that end in an apostrophe by themselves, as an accent or an apocope.
_OWN = frozenset(
    "e perche piu gia puo cosi cioe pero citta sara fara avra dara ne se la li qui si giu cio lunedi martedi mercoledi giovedi "
    "venerdi po mo di fa va sta da be to de co a ve te vo so fe ca ma su eta meta verra potra dovra andra stara finche poiche "
    "liberta poverta affinche benche anziche sicche purche caffe ahime oltre-che sebben".split(" ")
)
_OWN_ENDS = ("ita", "che", "lta", "nta", "eta", "erà", "tu", "ro")


def unquote(line: str) -> str:
    """Turn single quotation marks into double ones, letter for letter, so that none is taken for an accent.

    >>> unquote("parla di 'citta' d'arte' e di 'pace'")
    "parla di “citta' d'arte” e di “pace”"
    """
    if "'" not in line:
        return line
    if "''" in line:
        line = _DOUBLED.sub(r"““\1””", line)
    openings = [found.start() for found in _OPENING.finditer(line)]
    if not openings:
        return line
    marks = list(line)
    closings = list(_CLOSING.finditer(line, openings[0] + 1))
    index = 0
    for opening, following in zip(openings, [*openings[1:], len(line)], strict=True):
        limit = min(following, opening + _LONGEST_QUOTE)
        spots = []
        while index < len(closings) and _place(closings[index]) < limit:
            if _place(closings[index]) > opening + 1:
                spots.append(closings[index])
            index += 1
        if spots:
            marks[opening], marks[_place(_last(spots, opening))] = "“", "”"
    return "".join(marks)


def _place(closing: re.Match[str]) -> int:
    return closing.end(2)


def _last(spots: list[re.Match[str]], opening: int) -> re.Match[str]:
    """Return where a quotation ends: at its first final apostrophe that is no accent, else where a mark bears it out."""
    for spot in spots:
        if spot[2] or not _may_be_accented(spot[1].lower()):
            return spot
    if later := _named_together(spots, opening):
        return later
    if spots[0].start() == opening + 1 and spots[0][1].lower() != "e":
        return spots[0]  # a quotation of one word
    marked = [spot for spot in spots if spot["rest"] is not None]
    return marked[-1] if marked else spots[-1]


def _named_together(spots: list[re.Match[str]], opening: int) -> re.Match[str] | None:
    """Return the end of a name of two words like 'Citta' pulita', whose first bears an accent."""
    first, *others = spots
    if first.start() != opening + 1 or len(first[1]) < _LEAST_WORD or not _may_be_accented(first[1].lower()):
        return None
    near = (spot for spot in others if spot.string.count(" ", opening, spot.start()) < _NAME_WORDS)
    return next((spot for spot in near if spot[1].lower() not in _OWN), None)


def _may_be_accented(word: str) -> bool:
    return word in _OWN or word.endswith(_OWN_ENDS)
