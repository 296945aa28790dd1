"""Lines that were wrapped at a column, joined to paragraphs again; where they were not, a line is a paragraph."""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Sequence

from audio.readers.dateline import agency_of
from audio.readers.furniture.contacts import is_contact
from audio.readers.head import is_byline, is_signature
from audio.readers.lines import is_item, label_of

# Lines of wrapped text end near one column: at least half of them reach 72 % of the longest usual line.
_WRAP_COLUMNS, _NARROWEST = (40, 100), 20
_FULL_LINE = 0.72
_LEAST_LINES = 4
# The column may be a little wider than its longest line.
_TO_SPARE = 8
_BYLINE_WORDS, _LEAST_BLOCKS, _LEAST_INDENTS = 3, 4, 3
# Machines differ by one column in what they count.
_STRAYS, _SLACK = 8, 1
# "a rischio- spiega la preside": where a hyphen is a dash, one at a line's end divides no word.
_DASHES = re.compile(r"[^\W\d_]- [^\W\d_]")
STOPPED = '.!?»”…"):'
# "Gentile direttore," stands by itself though the sentence goes on.
SALUTATION = re.compile(
    r"(?:(?:gentil|egregi|car|spett|stimat)\w*\.? .{2,40}"
    r"|(?:autorità|signor[ei]|onorevol[ei]|illustr[ei]|amic[hi]\w*)\b.{0,80}),",
    re.IGNORECASE,
)
_NUMBERED = re.compile(r"(\d{1,2})[.)]\s")
_SMALL = (
    "e di a da in con su per tra fra il lo la i gli le un una uno del dello della dei degli delle al allo alla ai agli"
    " alle dal dallo dalla dai dagli dalle nel nello nella nei negli nelle sul sullo sulla sui sugli sulle"
).split()
# At a line's end these say that it goes on.
SMALL_WORD = re.compile(rf"(?:[,:–-]|\b(?:{'|'.join([*_SMALL, 'che', *map(str.upper, _SMALL)])}))$")


def paragraphs(lines: Sequence[str]) -> list[str]:
    """Return lines as paragraphs: as they are, or joined where they were wrapped at a column."""
    lines = _flush(lines)
    filled = [line for line in lines if line.strip()]
    if not _is_wrapped(filled):
        return filled
    joined: list[str] = []
    width = _width(filled)
    greedy = not _is_parted(lines) and _is_greedy(lines, width)
    # Where paragraphs open with an indent, the lines before the first of them, or who wrote, are titles, one each.
    indents = _indents(lines, width)
    signed = next((n for n, line in enumerate(lines) if is_byline(line.strip())), len(lines))
    prose = next(
        (n for n, (line, after) in enumerate(itertools.pairwise(lines)) if _is_torn_off(line, after, width)), 0
    )
    titles = min(indents[0], signed, prose) if len(indents) > 1 else 0
    opened = _first_opened(lines, indents)
    blank = fresh = short = True
    told, before = False, ""
    speakers = _speakers(filled)
    hyphenated = not any(map(_DASHES.search, filled))
    for number, line in enumerate(lines):
        if not line.strip():
            blank = True
            continue
        if blank and _is_torn(line, joined):
            # A page ended in mid-sentence.
            blank = fresh = False
        counts = short or not line.strip()[0].isdigit() or _counts_on(line, joined)
        item = is_item(line) and counts and not _goes_on(line.strip(), joined)
        # Above the text, who wrote has a line of his own; a title and its summary break where there was room for more.
        head = not told and bool(joined) and _opens_line(line.strip(), before, width, _TO_SPARE if joined[1:] else 0)
        contact = is_contact(line.strip())
        # Below a name that signs stands another line of its foot, below a title further down who wrote.
        alone = told and joined[-1] == before.strip()
        foot = alone and (is_signature(joined[-1]) or _signs(line.strip(), before, width))
        indented = line.startswith("  ") and not _hangs(line.strip(), joined, before, width)
        if blank or fresh or head or contact or foot or line in speakers or indented or item or not joined:
            joined.append(line.strip())
        elif hyphenated and re.search(r"[a-zà-ÿ]-$", joined[-1][-2:]) and line[:1].islower():
            joined[-1] = joined[-1][:-1] + line.strip()
        else:
            joined[-1] += " " + line.strip()
        title = number < titles and not (lines[number + 1][:1].islower() or SMALL_WORD.search(line.rstrip()))
        after = lines[number + 1] if number + 1 < len(lines) else ""
        heads = told and blank and _heads_block(line, after, width)
        flush = number >= opened and _is_set_flush(after, lines[number + 2 : number + 3])
        ends = not flush and _ends_paragraph(line.rstrip(), after, width, greedy=greedy and not _is_quoting(joined[-1]))
        fresh, blank = title or contact or heads or ends, False
        # Full lines may go on with a number ("fino alle / 15. Lo spoglio").
        short = len(line) < width * _FULL_LINE
        told = told or line.rstrip()[-1] in STOPPED
        before = line
    return joined


def _speakers(filled: Sequence[str]) -> set[str]:
    """Return the lines that each open a paragraph by who speaks: an agency, or in an interview D. and R. by turns."""
    labels = [label_of(line.strip()) for line in filled]
    told = min(Counter(filter(None, labels)).values(), default=0) > 1
    after = [".", *(line.rstrip()[-1] for line in filled)]
    return {
        line
        for line, label, end in zip(filled, labels, after, strict=False)
        if agency_of(line.strip()) or (told and label and end in STOPPED)
    }


def _flush(lines: Sequence[str]) -> list[str]:
    """Return lines without the indent that most of them have: it opens no paragraph."""
    filled = [line for line in lines if line.strip()]
    indents = Counter(len(line) - len(line.lstrip(" ")) for line in filled)
    (usual, times), *_ = indents.most_common(1) or [(0, 0)]
    indent = " " * usual if 2 * times > len(filled) else ""
    return [line.removeprefix(indent) for line in lines]


def _first_opened(lines: Sequence[str], indents: Sequence[int]) -> int:
    """Return from which line on an indent opens every paragraph, as in an agency's take: no sentence ends one there."""
    take = len(indents) >= _LEAST_INDENTS and any(agency_of(line.strip()) for line in lines)
    return indents[0] if take and not _is_parted(lines) else len(lines)


def _is_set_flush(line: str, below: Sequence[str]) -> bool:
    """Tell whether a line has no indent, and is no heading over one that has."""
    heads = line.rstrip()[-1:] not in STOPPED and any(one.startswith("  ") for one in below)
    return bool(line.strip()) and not line.startswith("  ") and not heads


def _indents(lines: Sequence[str], width: int) -> list[int]:
    """Return the numbers of the lines that an indent opens."""
    return [
        n
        for n, line in enumerate(lines)
        if line.startswith("  ")
        and line.strip()
        and not _hangs(line.strip(), [one.strip() for one in lines[n - 1 : n] if one.strip()], lines[n - 1], width)
    ]


def blocks_of(lines: Sequence[str]) -> list[list[str]]:
    """Return the lines, stripped, in the blocks that blank lines part."""
    return [list(block) for filled, block in itertools.groupby(map(str.strip, lines), bool) if filled]


def _width(filled: Sequence[str]) -> int:
    """Return the column at which a text was wrapped; a stray line, such as an address, may be longer."""
    lengths = sorted(map(len, filled))
    usual = lengths[int(len(lengths) * 0.9)]
    return max(length for length in lengths if length <= usual + _TO_SPARE)


def _is_torn(line: str, joined: Sequence[str]) -> bool:
    """Tell a line that goes on with the sentence above the blank line before it."""
    if not joined or joined[-1][-1] in STOPPED or SALUTATION.fullmatch(joined[-1]):
        return False
    return line[:1].islower() and not is_signature(line.strip())


def _is_torn_off(line: str, after: str, width: int) -> bool:
    """Tell a full line of prose that goes on in small letters."""
    return len(line) >= width * _FULL_LINE and line.rstrip()[-1] not in STOPPED and after[:1].islower()


def _hangs(line: str, joined: Sequence[str], before: str, width: int) -> bool:
    """Tell a line that goes on with an item, set in from its bullet: in small letters, or below a full line."""
    goes_on = line[0].islower() or len(before) >= width * _FULL_LINE
    return bool(joined) and is_item(joined[-1]) and goes_on and joined[-1][-1] not in STOPPED + ";"


def _opens_line(line: str, before: str, width: int, spare: int) -> bool:
    """Tell a line of its own above the text: who wrote, or what stands below a title that had room for more."""
    if is_byline(line) and len(line.split()) >= _BYLINE_WORDS:
        return True
    return line[0].isupper() and _room(before, line, width) > spare and not SMALL_WORD.search(before.rstrip())


def _signs(line: str, before: str, width: int) -> bool:
    """Tell a line that says who wrote the text under a title, which had room for more."""
    long = len(line.split()) >= _BYLINE_WORDS
    return long and is_byline(line) and before.rstrip()[-1] not in STOPPED and _room(before, line, width) > 0


def _goes_on(line: str, joined: Sequence[str]) -> bool:
    """Tell a dash within a sentence, with which a line happens to begin, from an item's."""
    dashed = line[0] in "-–—" and line[1:].lstrip()[:1].islower() and bool(joined)
    return dashed and joined[-1][-1] not in STOPPED + ";" and not is_item(joined[-1])


def _counts_on(line: str, joined: Sequence[str]) -> bool:
    """Tell whether a numbered line is the next item after the one above it."""
    above, own = (_NUMBERED.match(text.strip()) for text in ((joined or [""])[-1], line))
    return above is not None and own is not None and int(own[1]) == int(above[1]) + 1


def _is_parted(lines: Sequence[str]) -> bool:
    """Tell whether blank lines part the paragraphs of a text: several blocks of several lines."""
    return sum(len(block) > 1 for block in blocks_of(lines)) >= _LEAST_BLOCKS


def _is_greedy(lines: Sequence[str], width: int) -> bool:
    """Tell whether a machine wrapped a text: hardly a long line has room for the first word of the next."""
    long = [
        (a, b)
        for a, b in itertools.pairwise(lines)
        if b.strip() and not agency_of(b.strip()) and len(a) >= width * _FULL_LINE and a.rstrip()[-1] not in STOPPED
    ]
    return bool(long) and sum(_room(a, b, width) > _SLACK for a, b in long) * _STRAYS <= len(long)


def _room(line: str, following: str, width: int) -> int:
    """Return how many columns a line would have to spare with the next one's first word on it."""
    return width - len(line.rstrip()) - 1 - len(following.split(maxsplit=1)[0])


def _ends_paragraph(line: str, following: str, width: int, *, greedy: bool) -> bool:
    """Tell whether a line ends its paragraph though no blank line follows: a stop and room to spare, or a title."""
    if line.isupper():
        return not SMALL_WORD.search(line)
    short = len(line) < width * _FULL_LINE or (greedy and bool(following.strip()) and _room(line, following, width) > 0)
    return line[-1] in STOPPED and short


def _heads_block(line: str, following: str, width: int) -> bool:
    """Tell whether the first line of a block is the heading of what goes on right below it: there was room for more."""
    bare = line.strip()
    room = bool(following.strip()) and _room(line, following, width) >= _TO_SPARE and following.lstrip()[:1].isupper()
    return (
        room
        and bare[:1].isupper()
        and bare[-1] not in STOPPED + ",;"
        and len(bare) <= width * _FULL_LINE
        and not is_item(line)
    )


def _is_quoting(text: str) -> bool:
    """Tell whether a quotation is still open at the end of a text."""
    return text.count("«") > text.count("»")


def _is_wrapped(filled: list[str]) -> bool:
    if len(filled) < _LEAST_LINES:
        return False
    lengths = sorted(len(line) for line in filled)
    usual = lengths[int(len(lengths) * 0.9)]
    low, high = _WRAP_COLUMNS
    full = sum(length >= usual * _FULL_LINE for length in lengths)
    continued = sum(len(line) >= usual * _FULL_LINE and line.rstrip()[-1] not in '.!?:»”…"' for line in filled)
    if usual < low:
        # A printed column is as narrow as a list: only lines that go on in small letters tell it apart.
        return usual >= _NARROWEST and sum(line[0].islower() for line in filled) * 3 >= len(filled)
    # In a text full of quotations many lines end with a stop; that a line goes on in small letters still tells.
    torn = sum(
        len(a) >= usual * _FULL_LINE
        and a.rstrip()[-1] not in STOPPED
        and (b[0].islower() or bool(SMALL_WORD.search(a.rstrip())))
        for a, b in itertools.pairwise(filled)
    )
    if torn and lengths[-1] <= high:
        return True
    # An agency sets no headings: below its dateline a full line without a stop goes on.
    take = next((n for n, line in enumerate(filled) if agency_of(line.strip())), None)
    if take is not None and lengths[-1] <= high and full * 2 >= len(filled):
        return any(len(line) >= usual * _FULL_LINE and line.rstrip()[-1] not in STOPPED for line in filled[take:-1])
    continued_or_torn = continued * 2 >= full or (torn > 1 and full * 4 >= 3 * len(filled))
    return usual <= high and full * 2 >= len(filled) and continued_or_torn
