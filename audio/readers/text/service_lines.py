"""Lines for machines, printers and browsers, told as they stand, before any line is joined to another.

They are an agency's service lines and initials, page numbers, what stands at the head of every page, a site's path.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from audio.model import Dropped
from audio.readers import furniture, wire
from audio.readers.dateline import agency_of
from audio.readers.wrapping import STOPPED, blocks_of

# A running head spans the page, which is at most twice as wide as a column.
_RUNNING_HEAD_CHARACTERS = 200
# A page's number, or a year, at one end; a share of votes ("52,1") is neither.
_PAGED = re.compile(r"^\d{1,4}\b(?![.,]\d)|(?<![\d.,])\d{1,4}$|\bpag\.|\d \|")
_RUNNING_HEAD = re.compile(r"\S.*?\s{8,}\S.*")
# The lines under an agency's take: initials, code, time stamp, rights.
_FOOT_LINES, _TOP_LINES = 6, 6
_TAKE_END = re.compile(r"(?:.{0,60}\s)?N{4}")
# A row of a paper's sections.
_ROW = re.compile(r"\S{2,20}(?: \S{2,20})?(?:(?:\s+[|·•/]\s+|\s{2,}|\t)\S{2,20}(?: \S{2,20})?){2,11}")
_OF_PROSE = re.compile(r"[\d.,;:!?«“\"]")
_NAME_AND_NUMBER = 2
_NAMED_FOLIO = re.compile(r"\d{1,3} (?P<name>[A-ZÀ-Þ].{3,40})")
_NUMBER = re.compile(r"\d{1,3}")
_FOLIO = re.compile(r"\s{8,}\d{1,4}\s*")


def drop_service(lines: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """Split the lines of a text from those that no reader reads; a line drawn by hand becomes a blank one."""
    filled = [n for n, line in enumerate(lines) if line.strip()]
    # A file may hold several takes: each ends at its "NNNN".
    ends = [k for k, n in enumerate(filled) if _TAKE_END.fullmatch(lines[n].strip())] + [len(filled)]
    foot = {n for end in ends for n in filled[max(1, end - _FOOT_LINES) : end]}
    top = set(filled[:_TOP_LINES])
    said = [lines[n].strip() for n in filled]
    # Below the code of a take may stand the foot of a letter.
    foot |= {above for above, n in itertools.pairwise(filled[1:]) if wire.is_service(lines[n].strip())}
    masthead = _masthead(said)
    tables = _tables([(n, lines[n]) for n in filled])
    of_agency = any(wire.is_service(line) or agency_of(line) or wire.trim(line)[1] for line in said)
    heads = _running_heads(lines) | masthead
    # The first line may be the title, repeated on each page; above two more lines of a head it is the paper's name.
    named = said[:1] if masthead.issuperset(said[:1]) and all(line[-1] not in STOPPED for line in said[1:3]) else []
    kept: list[str] = []
    dropped: list[Dropped] = []
    for number, line in enumerate(lines):
        bare = line.strip()
        reason = _reason(line, in_top=number in top, in_foot=number in foot and of_agency, early=number <= _TOP_LINES)
        if reason == "a running head" and number in tables:
            reason = None
        if bare in heads and (number != filled[0] or bare in named):
            reason = "a running head"
        if bare and not any(map(str.isalnum, bare)):
            kept.append("")
        elif reason:
            dropped.append(Dropped(" ".join(bare.split()), reason))
        else:
            kept.append(line)
    return kept, dropped


def _reason(line: str, *, in_top: bool, in_foot: bool, early: bool) -> str | None:
    bare = line.strip()
    if bare and wire.is_service(bare):
        return "an agency's service line"
    if in_foot and wire.is_foot(bare):
        return "an agency's initials or code"
    if in_top and _ROW.fullmatch(bare) and not _OF_PROSE.search(bare):
        return "a path of the site"
    if _FOLIO.fullmatch(line) or (not early and _is_folio(bare)):
        return "a page number"
    return "a running head" if _is_row(line) else None


def _tables(filled: Sequence[tuple[int, str]]) -> set[int]:
    """Return the numbers of rows of figures that stand one below the other between two sentences."""
    often = Counter(line.strip() for _, line in filled)
    runs = [(is_row, list(group)) for is_row, group in itertools.groupby(filled, lambda pair: _is_row(pair[1]))]
    found: set[int] = set()
    for (_, before), (is_row, run), (_, after) in zip(runs, runs[1:], [*runs[2:], (False, [(0, "A")])], strict=False):
        # A page's head stands on several pages, or tears the sentence that it stands in.
        whole = before[-1][1].rstrip()[-1] in STOPPED and not after[0][1].strip()[0].islower()
        if is_row and len(run) > 1 and whole and all(often[line.strip()] == 1 for _, line in run):
            found |= {number for number, _ in run}
    return found


def _is_row(line: str) -> bool:
    bare = line.strip()
    return len(bare) <= _RUNNING_HEAD_CHARACTERS and bool(_PAGED.search(bare)) and bool(_RUNNING_HEAD.fullmatch(bare))


def _running_heads(lines: Sequence[str]) -> set[str]:
    """Return the lines of no paragraph that stand on several pages, or beside a page's number: the paper's name."""
    blocks = blocks_of(lines)
    alone = [block[0] for block in blocks if len(block) == 1]
    # Between two pages the paper's name and the number stand together, or tear a sentence.
    torn = [
        [*one, *other]
        for before, one, other, after in zip(blocks, blocks[1:], blocks[2:], blocks[3:], strict=False)
        if before[-1][-1] not in STOPPED and after[0][0].islower()
    ]
    pairs = [pair for pair in [*blocks, *torn] if len(pair) == _NAME_AND_NUMBER and any(map(_is_of_page, pair))]
    beside = {line for pair in pairs for line in pair if not _is_of_page(line) and line[-1] not in STOPPED}
    figures = [int(line) for line in alone if line.isdecimal() and len(line) <= len("999")]
    paged = any(after - before == 1 for before, after in itertools.pairwise(figures))
    tearing = {
        block[0]
        for before, block, after in zip(blocks, blocks[1:], blocks[2:], strict=False)
        if _tears(before, block, after)
    }
    often = {
        line
        for line, count in Counter(alone).items()
        if count > 1 and len(line.split()) > 1 and line[-1] not in STOPPED and (line in tearing or paged)
    }
    return often | beside | ({line for line in alone if line.isdecimal()} if often or paged else set())


def _tears(before: Sequence[str], block: Sequence[str], after: Sequence[str]) -> bool:
    """Tell whether a line stands where no heading can: within a sentence, or beside the number of a page."""
    torn = before[-1][-1] not in STOPPED and after[0][:1].islower()
    return len(block) == 1 and (
        torn or _NUMBER.fullmatch(before[-1]) is not None or _NUMBER.fullmatch(after[0]) is not None
    )


def _masthead(said: Sequence[str]) -> set[str]:
    """Return the first line of a text, and the numbers of pages, where it stands beside one of them further down."""
    found: set[str] = set()
    for before, line, after in zip(said, said[1:], [*said[2:], ""], strict=False):
        if line == said[0]:
            numbers = {one for one in (before, after) if _NUMBER.fullmatch(one)}
            found |= {line, *numbers} if numbers else set()
        elif (folio := _NAMED_FOLIO.fullmatch(line)) and folio["name"] == said[0]:
            found |= {line, said[0]}
    return found


def _is_of_page(line: str) -> bool:
    return _is_folio(line) or _is_row(line)


def _is_folio(line: str) -> bool:
    return line[:1].isalpha() and furniture.reason_by_form(line) == "a page number"
