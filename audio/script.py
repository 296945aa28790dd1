"""From articles to a script: who says what, in which order, with how much silence after it.

One segment is one sentence: that is what a cue shows, what the cache keeps, and what is synthesised again when an
editor mends a word.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from audio import italian
from audio.config import Config, PauseSettings
from audio.errors import SourceError
from audio.italian import quotations, sentences
from audio.italian.dates import MONTHS
from audio.italian.lexicon import Lexicon
from audio.model import Article, Block, Role, Script, Segment, Sound, Sting

# An episode title made from a sentence: what a phone shows in two lines.
TITLE_CHARACTERS = 110
# A derived title is cut at a comma only if that leaves a sentence worth reading.
_LEAST_TITLE_CHARACTERS = 40
# Between the reporter and the one who is quoted, within a sentence: what a comma takes.
_TURN_SECONDS = 0.15
_WEEKDAYS = ("lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica")


@dataclass(frozen=True, slots=True)
class _Line:
    """A segment before it is turned into spoken Italian; ``said`` stands in where the text is not read as it is."""

    role: Role
    text: str
    pause_seconds: float
    chapter: int
    said: str = ""


def write(
    articles: Sequence[Article],
    config: Config,
    *,
    voice: str,
    date: dt.date,
    title: str | None = None,
    lexicon: Lexicon | None = None,
) -> Script:
    """Write the script of a bulletin.

    ``date`` is that of the edition; ``voice`` says every segment; ``title`` overrules the articles' own. Raises
    SourceError when a segment would have nothing to say at all.
    """
    chapters: list[str] = []
    lines = [line for article in articles for line in _story(article, chapters, config, single=len(articles) == 1)]
    said = _speak(lines, voice, lexicon)
    if not said:
        raise SourceError(f"{articles[0].source}: there is nothing in it to say")
    around = (_opening(config, date), _closing(config, len(chapters) - 1))
    before, after = (_speak(announcements, voice, lexicon) for announcements in around)
    generated = title is None and len(articles) == 1 and not articles[0].headline
    segments = _with_music(_paced([*before, *said, *after], config.pauses), opening=len(before), stories=len(articles))
    return Script(title or title_of(articles, config, date), generated, tuple(chapters), tuple(segments))


def title_of(articles: Sequence[Article], config: Config, date: dt.date) -> str:
    """Return the title of a bulletin that was given none: its only story's, or the show's name with the date."""
    if len(articles) == 1:
        return derive_title(articles[0])
    return f"{config.show.title}, {date_in_words(date, weekday=False)}"


def _speak(lines: Iterable[_Line], voice: str, lexicon: Lexicon | None) -> list[Segment]:
    """Turn lines into segments. A line without a letter ("* * *") has no sound; its pause goes to the one before."""
    segments: list[Segment] = []
    for line in lines:
        spoken, sounds = _say(line.said or line.text, lexicon)
        if any(map(str.isalpha, spoken)):
            segments.append(
                Segment(line.role, line.text, spoken, voice, line.pause_seconds, line.chapter, sounds=sounds)
            )
        elif segments:
            longer = max(segments[-1].pause_seconds, line.pause_seconds)
            segments[-1] = replace(segments[-1], pause_seconds=longer)
    return segments


def _paced(segments: Sequence[Segment], pauses: PauseSettings) -> list[Segment]:
    """Give headlines their tempo, and the moment before a quotation its weight; ranks of pauses stay apart."""
    paced = []
    for segment, following in zip(segments, [*segments[1:], None], strict=True):
        opens = following is not None and following.role is Role.QUOTE and segment.role is not Role.QUOTE
        lifted = opens and segment.pause_seconds <= pauses.paragraph_seconds
        pause = segment.pause_seconds + (pauses.before_quote_seconds if lifted else 0.0)
        rate = segment.rate * (pauses.headline_tempo if segment.role is Role.HEADLINE else 1.0)
        paced.append(replace(segment, pause_seconds=pause, rate=rate))
    return paced


def _with_music(segments: Sequence[Segment], *, opening: int, stories: int) -> list[Segment]:
    """Name the music of a plain bulletin: signature and bed around the opening, a tick between stories, a closing."""
    scored = list(segments)
    for index, (segment, following) in enumerate(itertools.pairwise(segments)):
        ends = stories > 1 and following.chapter != segment.chapter
        scored[index] = replace(segment, after=Sting.TICK if ends else None, bed=index < opening)
    scored[0] = replace(scored[0], before=Sting.SIGNATURE)
    scored[-1] = replace(scored[-1], after=Sting.CLOSING)
    return scored


def _say(text: str, lexicon: Lexicon | None) -> tuple[str, tuple[Sound, ...]]:
    """Return what is said for a sentence, with a breath where it is long, and the words' sounds that are told."""
    reading = italian.read(text, lexicon)
    breaths = sentences.breaths(reading.spoken)
    sounds = tuple(
        Sound(start + len([b for b in breaths if b <= start]), end + len([b for b in breaths if b < end]), ipa, engine)
        for start, end, ipa, engine in italian.sounds(reading.rewrites, lexicon)
    )
    return sentences.breathe(reading.spoken), sounds


def date_in_words(date: dt.date, *, weekday: bool = True) -> str:
    """Write a date as Italian does.

    >>> date_in_words(dt.date(2025, 11, 6))
    'giovedì 6 novembre 2025'
    """
    day = "1º" if date.day == 1 else str(date.day)
    plain = f"{day} {MONTHS[date.month - 1]} {date.year}"
    return f"{_WEEKDAYS[date.weekday()]} {plain}" if weekday else plain


def derive_title(article: Article) -> str:
    """Return the headline, or a title made from the first sentence, cut at a comma or a word."""
    if article.headline:
        return article.headline
    blocks = [b.text for s in article.sections for b in s.blocks]
    text = next((text for text in blocks if any(map(str.isalnum, text))), blocks[0] if blocks else "")
    sentence = next(iter(sentences.split(text)), text).strip(' «»“”"')
    sentence = sentence.rstrip(".;:,! ")
    if len(sentence) <= TITLE_CHARACTERS:
        return sentence
    head = sentence[: TITLE_CHARACTERS + 1]
    comma = head.rfind(", ")
    if comma >= _LEAST_TITLE_CHARACTERS:
        return head[:comma]
    return head[: TITLE_CHARACTERS - 1].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def _opening(config: Config, date: dt.date) -> Iterator[_Line]:
    if config.announcements.opening:
        pauses = config.pauses
        show = config.show.title
        yield _Line(Role.ANNOUNCEMENT, f"{show}, {date_in_words(date)}.", pauses.sentence_seconds, 0)
        disclosure = "Questo programma è letto da una voce sintetica."
        yield _Line(Role.ANNOUNCEMENT, disclosure, pauses.headline_seconds, 0)


def _closing(config: Config, chapter: int) -> Iterator[_Line]:
    if config.announcements.closing:
        text = f"Avete ascoltato {config.show.title}. A risentirci."
        yield _Line(Role.ANNOUNCEMENT, text, 0.0, max(chapter, 0))


def _story(article: Article, chapters: list[str], config: Config, *, single: bool) -> Iterator[_Line]:
    """Yield one story's lines, the last followed by the longest pause between stories; its chapters join the list."""
    lines: list[_Line] = []
    pauses = config.pauses
    chapters.append(derive_title(article))
    if article.headline:
        lines.append(_Line(Role.HEADLINE, article.headline, pauses.headline_seconds, len(chapters) - 1))
    for role, text in (
        (Role.LEAD, article.standfirst),
        (Role.BYLINE, article.byline),
        (Role.DATELINE, article.dateline),
    ):
        if text:
            lines.extend(_sentences(Block(role, text), config, len(chapters) - 1))
    for index, section in enumerate(article.sections):
        if index and lines:
            lines[-1] = replace(lines[-1], pause_seconds=max(lines[-1].pause_seconds, pauses.section_seconds))
        if section.heading:
            if single:
                chapters.append(section.heading)
            lines.append(_Line(Role.HEADING, section.heading, pauses.heading_seconds, len(chapters) - 1))
        for block in section.blocks:
            lines.extend(_sentences(block, config, len(chapters) - 1))
    if lines:
        after = pauses.section_seconds if single else pauses.headline_seconds
        lines[-1] = replace(lines[-1], pause_seconds=max(lines[-1].pause_seconds, after))
    yield from lines


def _sentences(block: Block, config: Config, chapter: int) -> Iterator[_Line]:
    """Yield the sentences of a block, its quotations heard as the settings want them."""
    pauses, text = config.pauses, block.text
    parts = [part for part in map(str.strip, sentences.split(text)) if part]
    found = quotations.find(text) or ((quotations.whole(text),) if block.role is Role.QUOTE else ())
    end = 0
    for index, part in enumerate(parts):
        last = index == len(parts) - 1
        pause = pauses.paragraph_seconds if last else pauses.sentence_seconds
        start = text.find(part, end)
        line = _Line(block.role, part, pause, chapter)
        if config.quotes == "plain" or not found or start < 0:
            yield line
            continue
        end = start + len(part)
        if config.quotes == "virgolette":
            yield replace(line, said=quotations.named(text, found, start, end))
        else:
            yield from _turns(line, text, list(_within(quotations.turns(text, found), start, end)))


def _within(turns: Iterable[tuple[int, int, bool]], start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    for a, b, quoted in turns:
        if max(a, start) < min(b, end):
            yield max(a, start), min(b, end), quoted


def _turns(line: _Line, text: str, turns: Sequence[tuple[int, int, bool]]) -> Iterator[_Line]:
    """Yield a line for each stretch of a sentence that the reporter or the quoted one says."""
    heard = [turn for turn in turns if any(map(str.isalnum, text[turn[0] : turn[1]]))]
    for index, (start, _, quoted) in enumerate(heard):
        last = index == len(heard) - 1
        # Stretches without a letter in between go to the one before.
        end = turns[-1][1] if last else heard[index + 1][0]
        role = Role.QUOTE if quoted else Role.PARAGRAPH if line.role is Role.QUOTE else line.role
        pause = line.pause_seconds if last else _TURN_SECONDS
        yield replace(line, role=role, text=text[start:end].strip(), pause_seconds=pause)
