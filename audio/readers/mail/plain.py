"""The plain part of a letter: its own lines, without masthead, invitations and footer; rules of dashes part stories."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from audio.errors import SourceError
from audio.model import Article, Dropped
from audio.readers import text as plain_text
from audio.readers.decode import CONTROLS, decode
from audio.readers.furniture.company import SENTENCE_END, is_prose
from audio.readers.furniture.surroundings import is_box
from audio.readers.lines import count_letters
from audio.readers.text.letter import behind_note
from audio.readers.text.letter_forms import (
    DIVIDER,
    FOOTER,
    MORE,
    QUOTATION,
    closes,
    is_invitation,
    speaks_to_desk,
    takes_up_again,
)
from audio.readers.text.thread import LEAST_LETTERS, reasons_to_skip
from audio.readers.wrapping import STOPPED

# A heading in the plain part that newsletter services write; the number of a link that stands at the foot.
_HEADING = re.compile(r"^\*\* (?=\S)")
_REFERENCE = re.compile(r"[(\[]\d{1,2}[)\]]")
_REFERENCED = re.compile(r" ?([(\[]\d{1,2}[)\]])")
# The header of a message in the digest of a list opens so, and ends with an empty line.
_MESSAGE = re.compile(r"Message: \d{1,3}\s*")
_NUMBER = re.compile(r"^ {0,3}\d{1,2}[.)] (?=\S)")
_NOTE_LINES, _NOTE_LETTERS = 12, 160
# The shortest story of a digest is one sentence.
_SENTENCE_CHARACTERS = 60
# A title takes three lines at most; the rule below it is as long as its longest, or nearly.
_TITLE_LINES, _UNEVEN = 3, 3
_INDEX = re.compile(r"\bin questo numero\W*$|[^.]{2,40} in (?:sintesi|breve)\. ", re.IGNORECASE)
# What a mail program writes for a line in bold.
_STARRED = re.compile(r"^\*(?=[^\s*])([^*\n]+(?:\n[^*\n]+){0,2})(?<=\S)\* *$", re.MULTILINE)
_LINK = re.compile(r"[<(\[]?\bhttps?://\S+[>)\]]?")


def plain_stories(written: str, subject: str, source: str, *, answers: bool) -> tuple[Article, ...]:
    """Read a plain letter; lines of dashes between blocks that each open with a headline divide stories."""
    written = decode(CONTROLS.sub("", written).encode("utf-8", "replace"), source)
    lines, headers = _titled(_STARRED.sub(_apart, written).split("\n"))
    lines, dropped = _own_lines(lines, answers=answers)
    dropped += headers
    kept: list[str] = []
    references: set[str] = set()
    for index, line in enumerate(lines):
        words = _LINK.sub("", line).strip()
        ends = FOOTER.match(words)
        if (ends or line.rstrip() == "--") and closes(count_letters(kept), lines[index + 1 :]):
            dropped.extend(Dropped(one.strip(), "the letter's footer") for one in lines[index:] if one.strip())
            break
        if ends and len("".join(kept)) >= LEAST_LETTERS:
            dropped.append(Dropped(words, "the letter's footer"))
            continue
        words = _HEADING.sub("", words)
        if words != line.strip() and (not any(map(str.isalpha, words)) or MORE.match(words) or words[-1] == ":"):
            if reference := _REFERENCE.fullmatch(words):
                references.add(reference[0])
            dropped.append(Dropped(line.strip(), "a link"))
        elif is_invitation(words):
            dropped.append(Dropped(words, "an invitation"))
        else:
            kept.append(words if words != line.strip() else line)
    kept = [_REFERENCED.sub(lambda mark: "" if mark[1] in references else mark[0], line) for line in kept]
    kept, noted = _without_note(kept, subject)
    note = behind_note(kept)
    if any(map(speaks_to_desk, kept[:note])) and count_letters(kept[note:]) > 2 * count_letters(kept[:note]):
        kept, below = _without_last_word(kept[note:], kept[:note])
        noted += [Dropped(line.strip(), "a note to the desk") for line in below if line.strip()]
    blocks, masthead = _without_masthead(_blocks(kept), subject)
    dropped += noted + masthead
    kept = kept if not masthead else "\n\n".join(blocks).split("\n")
    articles = [plain_text.read(block, source) for block in blocks]
    told = [_tells(article) and (bool(article.headline) or _has_prose(article)) for article in articles]
    # An index, a masthead and what takes leave have a block of their own as well; between stories nothing else tells.
    stories = [
        bool(article.headline) and tells and not _opens_index(block.split("\n")[0].strip())
        for block, article, tells in zip(blocks, articles, told, strict=True)
    ]
    if sum(stories) > 1 and stories[1:-1] == told[1:-1]:
        around = [
            line.strip() for block, one in zip(blocks, stories, strict=True) if not one for line in block.split("\n")
        ]
        dropped += [Dropped(line, "around the stories") for line in around if line]
        articles = list(itertools.compress(articles, stories))
    else:
        whole = plain_text.read("\n".join(line for line in kept if not DIVIDER.match(line)), source)
        articles = [whole if whole.headline or not subject else replace(whole, headline=subject)]
    if not any(section.blocks for article in articles for section in article.sections):
        raise SourceError(f"{source}: there is nothing in it to say", hint="The letter may be a picture.")
    return (replace(articles[0], dropped=(*dropped, *articles[0].dropped)), *articles[1:])


def _apart(starred: re.Match[str]) -> str:
    """Return a line in bold as a paragraph of its own."""
    return f"\n{' '.join(starred[1].split())}\n"


def _tells(article: Article) -> bool:
    texts = [article.standfirst or "", *(block.text for section in article.sections for block in section.blocks)]
    return sum(map(len, texts)) >= _SENTENCE_CHARACTERS and any(map(SENTENCE_END.search, texts))


def _opens_index(line: str) -> bool:
    return is_box(line) or bool(_INDEX.search(line))


def _has_prose(article: Article) -> bool:
    return any(is_prose(block.text) for section in article.sections for block in section.blocks)


def _own_lines(lines: Sequence[str], *, answers: bool) -> tuple[list[str], list[Dropped]]:
    """Return the lines that the letter says, without the marks of quotations, and what it only encloses."""
    reasons = reasons_to_skip(lines, [line.startswith(">") for line in lines], answers=answers)
    pairs = list(zip(lines, reasons, strict=True))
    own = [QUOTATION.sub("", line) for line, reason in pairs if reason is None]
    return own, [Dropped(line.strip(), reason) for line, reason in pairs if reason and line.strip()]


def _without_note(lines: list[str], subject: str) -> tuple[list[str], list[Dropped]]:
    """Split off what a letter says above the line that is its subject: a few words of who passes the article on."""
    near = [
        n for n, line in enumerate(lines[:_NOTE_LINES]) if subject and line.strip().casefold() == subject.casefold()
    ]
    if not near or count_letters(lines[: near[0]]) >= LEAST_LETTERS:
        return lines, []
    note = [Dropped(line.strip(), "a note above the article") for line in lines[: near[0]] if line.strip()]
    return [subject, *lines[near[0] + 1 :]], note


def _without_last_word(lines: list[str], note: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split off what who writes to the desk above the article says to it below: the last paragraphs, if they do."""
    blank = [n for n, line in enumerate(lines) if not line.strip()]
    below = [n for n in blank if n and count_letters(lines[n:]) < _NOTE_LETTERS]
    ends = [n for n in below if takes_up_again(" ".join(lines[n:]).strip())]
    end = ends[0] if ends else len(lines)
    return lines[:end], [*note, *lines[end:]]


def _without_masthead(blocks: list[str], subject: str) -> tuple[list[str], list[Dropped]]:
    """Split the name of a newsletter off, set between lines of dashes above a block that has its own headline."""
    rows = [row.strip() for row in blocks[0].split("\n") if row.strip()] if len(blocks) > 1 else []
    titled = bool(rows) and plain_text.read(blocks[1], "").headline is not None
    if not titled or any(row[-1] in ".!?:»”" or row.casefold() in subject.casefold().split(" - ") for row in rows):
        return blocks, []
    return blocks[1:], [Dropped(row, "the letter's masthead") for row in rows]


def _titled(lines: Sequence[str]) -> tuple[list[str], list[Dropped]]:
    """Return the lines of a list's digest with the subject of each message in place of its header, and the header.

    What a list says of itself, and its index, stand above the first message.
    """
    first = next((n for n, line in enumerate(lines) if _MESSAGE.fullmatch(line)), 0)
    titled: list[str] = []
    dropped = [Dropped(line.strip(), "the letter's masthead") for line in lines[:first] if line.strip()]
    header = False
    for line in lines[first:]:
        header = (header and bool(line.strip())) or bool(_MESSAGE.fullmatch(line))
        if not header:
            titled.append(line)
        elif line.startswith("Subject: "):
            titled.append(line.removeprefix("Subject: "))
        else:
            dropped.append(Dropped(line.strip(), "a letter's form"))
    return titled, dropped


def _headed(texts: Sequence[str]) -> list[str]:
    """Return blocks with a bare line that stands alone between rules over the block that it is the title of."""
    headed: list[str] = []
    title = ""
    for text in texts:
        if title or "\n" in text or text.rstrip()[-1] in STOPPED:
            headed.append(title + text)
            title = ""
        else:
            title = f"{text}\n\n"
    return [*headed, title] if title else headed


def _above_titles(lines: Sequence[str]) -> list[str]:
    """Return the lines of a digest that underlines its titles, each rule set above its title: it opens a story."""
    under = {n: title for n, line in enumerate(lines) if DIVIDER.match(line) and (title := _underlined(lines, n))}
    if len(under) < 2:  # noqa: PLR2004 - one line over a rule is the letter's own name
        return list(lines)
    found: list[str] = []
    for n, line in enumerate(lines):
        if n in under:
            del found[-len(under[n]) :]
            found += [line, " ".join(map(str.strip, under[n])), ""]
        else:
            found.append(line)
    return found


def _underlined(lines: Sequence[str], rule: int) -> list[str]:
    """Return the lines of the title that a rule underlines, right over the text; none where it parts blocks."""
    above = range(rule - 1, max(rule - _TITLE_LINES - 2, -1), -1)
    title = [lines[n] for n in itertools.takewhile(lambda n: lines[n].strip() and not DIVIDER.match(lines[n]), above)]
    over_text = any(map(str.strip, lines[rule + 1 : rule + 2]))
    fits = bool(title) and len(title) <= _TITLE_LINES and len(lines[rule].strip()) <= max(map(len, title)) + _UNEVEN
    bare = fits and title[0].rstrip()[-1] not in ".,;:"
    words = " ".join(map(str.strip, title[::-1]))
    return title[::-1] if bare and (over_text or _is_listed(words, lines[: rule - len(title)])) else []


def _is_listed(title: str, above: Sequence[str]) -> bool:
    """Tell whether an index further up names a title, with or without its number."""
    return any(title in line and len(line.strip()) <= len(title) + _UNEVEN for line in above)


def _blocks(lines: Sequence[str]) -> list[str]:
    blocks: list[list[str]] = [[]]
    for line in _above_titles(lines):
        if DIVIDER.match(line):
            blocks.append([])
        else:
            blocks[-1].append(line)
    texts = _headed([text for block in blocks if any(map(str.isalpha, text := "\n".join(block).strip("\n")))])
    # "2. LA STRADA RESTA A SENSO ALTERNATO": stories that a letter counts.
    counted = sum(bool(_NUMBER.match(text)) for text in texts) > 1
    return [_NUMBER.sub("", text) if counted else text for text in texts]
