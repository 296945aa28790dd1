"""The edition in words, as an Italian giornale radio: greeting, headlines, stories under their sections, sign-off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from audio import italian, script
from audio.config import AnnouncementSettings, Config
from audio.italian.lexicon import Lexicon
from audio.model import Article, Role, Script, Section, Segment, Sting
from audio.newsroom.choose import LeftOut, Story
from audio.newsroom.duration import Cut, Frame, Pace, fit, lasting, predict

_NO_ROOM = "no room for it"
_DISCLOSURE = "Questo programma è letto da una voce sintetica."
_OPENING_CHAPTER = "Apertura e titoli"
# More stories than this are never told in a day's edition; the others need not be measured.
_MOST_STORIES = 60
# The plan is made again until what it leaves out of account (headlines, sections) is in it.
_MOST_ROUNDS = 6
# A story cut shorter than this tells little but its headline.
_SHORTEST_SECONDS = 25.0
# The first part of a story is worth more than its tail.
_TAIL_WORTH = 0.35
# Against one more story begun, a story told to its end is worth this much less than all.
_START_WORTH = 0.35
# Aim a little short of the target: a plan may be over by one rounding, never by a paragraph.
_MARGIN_SECONDS = 2.0
_MORNING, _AFTERNOON, _EVENING = 5, 13, 18


@dataclass(frozen=True, slots=True)
class Rundown:
    """An edition before it is spoken: its stories in order, cut to length, with the predicted seconds of each."""

    date: dt.date
    title: str
    stories: tuple[Story, ...]
    seconds: float
    story_seconds: tuple[float, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def articles(self) -> tuple[Article, ...]:
        """What is read, as it is read."""
        return tuple(story.article for story in self.stories)


@dataclass(frozen=True, slots=True)
class Voice:
    """Who will speak: the voice's name, what is known of its pace and of the music, the user's pronunciations."""

    name: str
    pace: Pace
    frame: Frame = field(default_factory=Frame)
    lexicon: Lexicon | None = None


def plan(stories: Sequence[Story], left: Sequence[LeftOut], config: Config, voice: Voice, now: dt.datetime) -> Rundown:
    """Return the rundown that fits the target: whole stories and stories cut at a paragraph's end, the first whole.

    ``now`` is in the edition's time zone.
    """
    ready = [replace(story, article=_for_air(story.article)) for story in stories[:_MOST_STORIES]]
    left = [*left, *(LeftOut(item.key, _NO_ROOM) for story in stories[_MOST_STORIES:] for item in story.items)]
    options = [_cuts(story, config, voice, whole=index == 0) for index, story in enumerate(ready)]
    target = config.edition.target_minutes * 60
    around = predict(compose((), config, voice, now).segments, voice.pace, voice.frame)
    rundown = _assembled(ready, options, [None] * len(ready), left, config, voice, now)
    best = rundown
    for _ in range(_MOST_ROUNDS):
        chosen = fit(options, target - _MARGIN_SECONDS - around)
        rundown = _assembled(ready, options, chosen, left, config, voice, now)
        if abs(rundown.seconds - target) < abs(best.seconds - target) or not best.stories:
            best = rundown
        over = rundown.seconds - (target - _MARGIN_SECONDS)
        whole = all(index == len(cuts) - 1 for index, cuts in zip(chosen, options, strict=True))
        if abs(over) < 1 or (over < 0 and whole):
            return rundown
        around += over
    return best


def compose(stories: Sequence[Story], config: Config, voice: Voice, now: dt.datetime) -> Script:
    """Write the script of an edition. Chapter 0 is the opening, chapter n the n-th story."""
    edition, pauses = config.edition, config.pauses
    title = f"{config.show.title}, {script.date_in_words(now.date(), weekday=False)}"
    said = [*_say(_filled(edition.opening, config, now), voice, pauses.sentence_seconds)]
    if config.announcements.opening:
        said += _say(_DISCLOSURE, voice, pauses.headline_seconds)
    heads = [story.article.headline for story in stories[: edition.headlines] if story.article.headline]
    if len(stories) > 1 and heads:
        said += _say(edition.titles, voice, pauses.heading_seconds)
        for head in heads:
            said += _say(head if head.endswith((".", "!", "?", "…")) else f"{head}.", voice, pauses.paragraph_seconds)
    if said:
        said[-1] = replace(said[-1], pause_seconds=pauses.headline_seconds)
    section = ""
    for chapter, story in enumerate(stories, 1):
        if story.section and story.section != section:
            text = _filled(edition.section, config, now, section=story.section)
            said += (replace(one, chapter=chapter) for one in _say(text, voice, pauses.heading_seconds))
        section = story.section
        if story.update:
            said += (replace(one, chapter=chapter) for one in _say(edition.update, voice, pauses.heading_seconds))
        said += (replace(one, chapter=chapter) for one in _read(story.article, config, voice, now.date()))
    last = len(stories)
    said += (replace(one, chapter=last) for one in _say(_filled(edition.closing, config, now), voice, 0.0))
    chapters = (_OPENING_CHAPTER, *(script.derive_title(story.article) for story in stories))
    return Script(title, title_generated=False, chapters=chapters, segments=tuple(_with_music(said)))


def _with_music(segments: Sequence[Segment]) -> list[Segment]:
    """Name the music: signature, a bed under opening and headlines, a tick between two stories, a closing."""
    scored = [replace(segment, before=None, after=None, bed=segment.chapter == 0) for segment in segments]
    for index, (one, other) in enumerate(pairwise(scored)):
        if one.chapter and one.chapter != other.chapter:
            scored[index] = replace(one, after=Sting.TICK)
    scored[0] = replace(scored[0], before=Sting.SIGNATURE)
    scored[-1] = replace(scored[-1], after=Sting.CLOSING)
    return scored


def greeting_at(hour: int) -> str:
    """Return how Italian radio greets at an hour."""
    if _MORNING <= hour < _AFTERNOON:
        return "Buongiorno"
    return "Buon pomeriggio" if _AFTERNOON <= hour < _EVENING else "Buonasera"


def _filled(template: str, config: Config, now: dt.datetime, section: str = "") -> str:
    return template.format(
        show=config.show.title,
        greeting=greeting_at(now.hour),
        date=script.date_in_words(now.date()),
        time=f"{now.hour}:{now.minute:02}" if now.minute else str(now.hour),
        section=section,
    )


def _say(text: str, voice: Voice, pause_seconds: float) -> list[Segment]:
    """Return an announcement, if there is a word in it."""
    spoken = italian.spoken(text, voice.lexicon)
    if not any(map(str.isalpha, spoken)):
        return []
    return [Segment(Role.ANNOUNCEMENT, text, spoken, voice.name, pause_seconds)]


def _read(article: Article, config: Config, voice: Voice, date: dt.date) -> tuple[Segment, ...]:
    """Return a story's own segments, with the longest pause after the last."""
    silent = replace(config, announcements=AnnouncementSettings(opening=False, closing=False))
    segments = script.write([article], silent, voice=voice.name, date=date, lexicon=voice.lexicon).segments
    return (*segments[:-1], replace(segments[-1], pause_seconds=config.pauses.headline_seconds))


def _for_air(article: Article) -> Article:
    """Return what is read on air: no signature, which the show's notes carry."""
    return replace(article, byline=None)


def _cuts(story: Story, config: Config, voice: Voice, *, whole: bool) -> list[Cut]:
    """Return the ways to read a story, from its first paragraph to all of it; only all of it if it shall be whole."""
    pauses, article = config.pauses, story.article
    head = replace(article, sections=())
    seconds = lasting(_read(head, config, voice, dt.date.min), voice.pace) if article.headline else 0.0
    cuts: list[Cut] = []
    for section in article.sections:
        for place, block in enumerate(section.blocks):
            part = Article(None, (Section(None if place else section.heading, (block,)),), source=article.source)
            alone = _read(part, config, voice, dt.date.min)
            seconds += lasting(alone, voice.pace) - pauses.headline_seconds + pauses.paragraph_seconds
            cuts.append(Cut(len(cuts) + 1, seconds, 0.0))
    cuts = cuts[-1:] if whole else [cut for cut in cuts if cut.seconds >= _SHORTEST_SECONDS] or cuts[-1:]
    return [replace(cut, worth=story.worth * _share(cut.paragraphs, cuts[-1].paragraphs)) for cut in cuts] or [
        Cut(0, seconds, story.worth)
    ]


def _share(told: int, paragraphs: int) -> float:
    """Return what a story told so far is worth, its first paragraph the most."""
    parts = [1.0, *[_TAIL_WORTH] * (paragraphs - 1)]
    return _START_WORTH + (1 - _START_WORTH) * sum(parts[:told]) / sum(parts)


def cut(article: Article, paragraphs: int) -> Article:
    """Return the article up to so many paragraphs; a heading never stands alone."""
    sections: list[Section] = []
    for section in article.sections:
        blocks = section.blocks[:paragraphs]
        paragraphs -= len(blocks)
        if blocks:
            sections.append(replace(section, blocks=blocks))
    return replace(article, sections=tuple(sections))


def _assembled(
    stories: Sequence[Story],
    options: Sequence[Sequence[Cut]],
    chosen: Sequence[int | None],
    left: Sequence[LeftOut],
    config: Config,
    voice: Voice,
    now: dt.datetime,
) -> Rundown:
    """Put the chosen cuts into the order of air and predict their length."""
    told, out = [], list(left)
    for story, cuts, index in zip(stories, options, chosen, strict=True):
        if index is None:
            out += [LeftOut(item.key, _NO_ROOM) for item in story.items]
        else:
            told.append(replace(story, article=cut(story.article, cuts[index].paragraphs)))
    told = in_order(told)
    written = compose(told, config, voice, now)
    seconds = predict(written.segments, voice.pace, voice.frame)
    chapters = range(1, len(told) + 1)
    each = tuple(lasting([s for s in written.segments if s.chapter == n], voice.pace) for n in chapters)
    return Rundown(now.date(), written.title, tuple(told), seconds, each, tuple(out))


def in_order(stories: Sequence[Story]) -> list[Story]:
    """Return the stories section by section, the sections by their most important story; each keeps its rank inside."""
    ranks: dict[str, int] = {}
    for rank, story in enumerate(stories):
        ranks.setdefault(story.section, rank)
    return sorted(stories, key=lambda story: ranks[story.section])


def view(rundown: Rundown) -> dict[str, object]:
    """Return the form of ``daily --dry-run --json``, whose keys are a promise."""
    return {
        "date": rundown.date.isoformat(),
        "title": rundown.title,
        "seconds": round(rundown.seconds, 1),
        "stories": [
            {
                "title": story.title,
                "section": story.section,
                "seconds": round(seconds, 1),
                "update": story.update,
                "items": [item.key for item in story.items],
                "why": story.why,
            }
            for story, seconds in zip(rundown.stories, rundown.story_seconds, strict=True)
        ],
        "left_out": [{"item": one.item, "why": one.why} for one in rundown.left_out],
    }
