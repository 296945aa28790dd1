"""A letter saved as text: its header, what its writer says to the desk, its signature, and the letter it answers."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from audio.model import Dropped
from audio.readers.head import is_byline
from audio.readers.lines import count_letters
from audio.readers.text.letter_forms import DIVIDER, FOOTER, QUOTATION, closes, speaks_to_desk
from audio.readers.text.thread import LEAST_LETTERS, reasons_to_skip
from audio.readers.wrapping import STOPPED

_HEADER = re.compile(
    r"(?:da|a|per|cc|ccn|data|inviato|oggetto|allegat[oi]|from|to|date|sent|subject)\s?:\s?.{1,200}", re.IGNORECASE
)
_SUBJECT = re.compile(r"(?:oggetto|subject)\s?:.*", re.IGNORECASE)
# Two lines of a header tell a letter from a text that begins with "A: …".
_LEAST_HEADER = 2
_GREETS = re.compile(r"\W*(?:ciao|car[oiae]|buongiorno|buonasera|salve|gentil\w+|egregi\w+|scusa)\b", re.IGNORECASE)
# A title may be a quotation.
_QUOTED = re.compile(r"[«“\"][^«»“”\"]{10,140}[»”\"]")
_LEAST_QUOTED = 4
_SIGNATURE = re.compile(r"--\s?")
# What a collaborator says to the desk above the rule under which the article begins.
_NOTE_LINES = 10
# Each place where a letter may end is weighed against all of it.
_MOST_ENDS = 20


def take_letter(lines: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """Split the lines of a letter saved as text into what it says and the rest; its subject stays.

    A text that does not begin with the header of a letter is returned as it is.
    """
    begin = _behind_header(lines)
    if not begin:
        return list(lines), []
    body = list(lines[begin:])
    reasons = reasons_to_skip(body, [line.lstrip().startswith(">") for line in body], answers=False)
    note = behind_note(body)
    if LEAST_LETTERS < count_letters(body[note:]) > count_letters(body[:note]):
        reasons[:note] = ["a note above the article"] * note
    ends = [n for n, line in enumerate(body) if _SIGNATURE.fullmatch(line) or FOOTER.match(line.strip())]
    for n in ends[:_MOST_ENDS]:
        said = count_letters(line for line, reason in zip(body[:n], reasons, strict=False) if reason is None)
        if closes(said, body[n + 1 :]):
            reasons[n:] = [reason or "the letter's footer" for reason in reasons[n:]]
            break
    kept = [line for line in lines[:begin] if _SUBJECT.fullmatch(line.strip())]
    kept += ["" if reason else line for line, reason in zip(body, reasons, strict=True)]
    header = [line.strip() for line in lines[:begin] if line.strip() and not _SUBJECT.fullmatch(line.strip())]
    dropped = [Dropped(line, "a letter's form") for line in header]
    dropped += [Dropped(line.strip(), why) for line, why in zip(body, reasons, strict=True) if why and line.strip()]
    return kept, dropped


def unquote(lines: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """Return lines without the marks of a quotation, where a letter quotes the text that it passes on."""
    marked = sum(bool(QUOTATION.match(line)) for line in lines)
    return [QUOTATION.sub("", line) if marked >= _LEAST_QUOTED else line for line in lines], []


def behind_note(body: Sequence[str]) -> int:
    """Return the number of the rule, or of the title over who wrote, above which the letter speaks to the desk."""
    filled = [n for n, line in enumerate(body) if line.strip()][:_NOTE_LINES]
    for before, n in itertools.pairwise(filled):
        if DIVIDER.fullmatch(body[n].strip()) and any(_GREETS.match(line) or speaks_to_desk(line) for line in body[:n]):
            return n
        if is_byline(body[n].strip()) and body[before].rstrip()[-1] not in STOPPED:
            # Title and summary stand together.
            head = itertools.takewhile(lambda above: _is_title(body[above]), range(before, -1, -1))
            return min(head, default=before)
    return 0


def _is_title(line: str) -> bool:
    bare = line.strip()
    return bool(bare) and (bare[-1] not in STOPPED + "," or bool(_QUOTED.fullmatch(bare)))


def _behind_header(lines: Sequence[str]) -> int:
    """Return the number behind the header of a letter, 0 where there is none."""
    found = 0
    for number, line in enumerate(lines):
        if _HEADER.fullmatch(line.strip()):
            found += 1
        elif line.strip() or found:
            return number if found >= _LEAST_HEADER else 0
    return 0
