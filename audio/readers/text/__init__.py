"""Plain text and agency copy: one paragraph a line, or wrapped lines with blank lines between paragraphs."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace

from audio.model import Article, Dropped, Section
from audio.readers import furniture, wire
from audio.readers import lines as page
from audio.readers.cohesion import key_of
from audio.readers.dateline import Dateline, dated_place, place_and_day, place_and_day_in
from audio.readers.decode import decode
from audio.readers.furniture.company import is_prose
from audio.readers.furniture.portraits import is_biography, is_of_author, is_profile
from audio.readers.head import Head, join_standfirst, signature_in, take_head
from audio.readers.quantities import are_quantities
from audio.readers.tagger import Page, look_at, units_of
from audio.readers.text.around import drop_furniture
from audio.readers.text.chat import take_message
from audio.readers.text.copied import take_article
from audio.readers.text.desk_form import take_fields
from audio.readers.text.dump import undump
from audio.readers.text.letter import take_letter, unquote
from audio.readers.text.links import take_links
from audio.readers.text.marks import UNMARKED, Marks, head_end, outline_of, take_marked, take_standfirst
from audio.readers.text.ruled import take_story
from audio.readers.text.service_lines import drop_service
from audio.readers.text.shown import take_above, take_name, title_among
from audio.readers.text.spool import stories_in
from audio.readers.wrapping import STOPPED, blocks_of, paragraphs

_BOLD = re.compile(r"(?P<mark>[*_]{1,2})(?P<text>[^*_\s][^*_]*)(?P=mark)")
# "== I viali tagliafuoco ==", a heading of plain letters and wikis.
_SET_OFF = re.compile(r"(?P<mark>[=*~-]{2,4}) (?P<text>[^=*~]{3,80}) (?P=mark)")
# "** Il treno si ferma a Limone", a heading of a newsletter's plain part.
_SET_OFF_WORDS = 5
_STARRED = re.compile(r"\*\* (?P<text>[^*\s][^*]{2,80})")
_SET_APART = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?!\S)")
_ROW_OF_LETTERS = re.compile(r"(?<!\S)(?:[^\W\d_] )+[^\W\d_](?!\S)")
_LINK = re.compile(r"\s?<https?://[^<>\s]{1,400}>")
_PIN_LINES, _PIN_CHARACTERS = 5, 60
_HEADER_LINES = 10
_OF_OFFICES = frozenset({"contacts", "a press office's formula"})
# To whom a circular goes, above its subject.
_ADDRESSED = re.compile(
    r"(?:p\.? ?c\.? ?:? )?(?:(?:ai|al|alla|alle|agli) |all['’] ?|(?:spett|gent|egr|ill)\w*\.? )[^.!?:]{2,90}",
    re.IGNORECASE,
)
# The sender's and the receiver's numbers, with what stands in the column beside them.
_REFERENCE = re.compile(r"(?:prot|rif)(?:ocollo|erimento|\.)? .{2,90}(?<![.!?])", re.IGNORECASE)
# The mark of a remark or a note in the text ("[a]", "[1]"), and the line that it stands for.
_NOTE_MARK = re.compile(r"(?<=[^\s>]) ?(?P<mark>\[(?:[a-z]{1,2}|\d{1,2})\])")
_NOTE = re.compile(r"[>\s]*(?P<mark>\[(?:[a-z]{1,2}|\d{1,2})\])")

# What goes from a text line by line, before any line is joined to another; the order matters: a letter may hold a form,
# a form a copied page.
_Stage = Callable[[Sequence[str]], tuple[list[str], list[Dropped]]]
_OUTER: tuple[_Stage, ...] = (take_message, take_letter, unquote, take_story, take_fields)


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read the bytes of a plain text. Raises SourceError for what is no text."""
    text = decode(raw, "standard input" if source == "-" else source)
    return stories_in(text, functools.partial(read, source=source))


def read(text: str, source: str) -> Article:
    """Read clean text (no control characters) as an article; never fails, an empty text has no sections.

    Every line is in one part of the article or in ``dropped``.
    """
    lines, dropped = undump(text.split("\n"))
    shown = look_at(units_of(lines))
    shown = replace(shown, outside=shown.outside - _set_off(lines))
    article = _read(lines, source, shown, UNMARKED, functools.partial(take_article, outside=shown.outside))
    return replace(article, dropped=(*dropped, *article.dropped))


def _set_off(lines: Sequence[str]) -> set[str]:
    """Return the keys of lines that a text sets off with signs over a paragraph: headings, however bare."""
    blocks = blocks_of(lines)
    pairs = [(above[0].strip(), " ".join(below)) for above, below in itertools.pairwise(blocks) if len(above) == 1]
    return {
        key_of(line)
        for line, text in pairs
        if _SET_OFF.fullmatch(line) and len(line.split()) >= _SET_OFF_WORDS and is_prose(text)
    }


def read_marked(lines: Sequence[str], source: str, shown: Page, marks: Marks) -> Article:
    """Read the paragraphs of a document, of which ``shown`` is what their looks tell, ``marks`` what it marks."""
    return _read([parted for line in lines for parted in (line, "")], source, shown, marks)


def _read(lines: Sequence[str], source: str, shown: Page, marks: Marks, *of_text: _Stage) -> Article:
    lines = wire.join_title(_bulleted([_unlinked(_unspaced(_with_quotes(line))) for line in lines]))
    noted = _note_marks(lines)
    dropped: list[Dropped] = []
    for take in _OUTER:
        lines, others = take(lines)
        dropped += others
    # Who sends a letter did not write what is in it.
    writer = next((line for line in lines if shown.byline and key_of(line) == key_of(shown.byline)), None)
    for take in (*of_text, take_links, drop_service):
        lines, others = take(lines)
        dropped += others
    whole = [p for p in map(_squeeze, paragraphs(lines)) if p]
    said = "\n".join((*whole, marks.beside))
    lines, notes = [p for p in whole if not p.startswith(noted)], [p for p in whole if p.startswith(noted)]
    place = _take_pinned(lines)
    lines, subject = _take_subject([_unmarked(p) for p in lines])
    lines, furniture_lines = drop_furniture(lines, shown.outside, marks)
    lines, written = _take_place_and_day(lines, said, furniture_lines)
    written = written or _place_told_in(furniture_lines, whole)
    title = title_among(lines, marks.title) or wire.title_in(lines) or title_among(lines, shown.headline)
    lines, kicker, above = take_above(lines, title)
    lines, byline = take_marked(lines, marks.byline)
    lines, standfirst = take_standfirst(lines, marks.standfirst)
    end = head_end(lines, marks)
    head = take_head(lines[:end], title)
    head = replace(head, body=(*head.body, *lines[end:]), byline=byline or head.byline)
    standfirst = join_standfirst(list(filter(None, (standfirst, head.standfirst))))
    headline, mark = wire.trim_title(head.headline) if head.headline else (None, "")
    body, signature = _take_signature(head)
    body, takes = wire.join_takes(body, headline)
    headline, over = _titled_by(subject, headline)
    more: list[str] = []
    if not (head.byline or signature or _answers_press(writer, furniture_lines)):
        body, signature, more = take_name(body, writer)
    body, biography = _take_biography(body, head.byline or signature)
    article = page.with_dateline(
        Article(
            headline=headline,
            sections=page.to_sections(outline_of(body, marks, "\n".join(filter(None, (headline, standfirst))))),
            kicker=head.kicker or kicker,
            standfirst=standfirst,
            byline=head.byline or signature,
            dateline=head.dateline or place or (written.text if written else None),
            source=source,
            dropped=(
                *dropped,
                *_because("a note", notes),
                *_because("a letter's subject", subject),
                *_because("a letterhead", over),
                *furniture_lines,
                *_because("above the headline", above),
                *_because("who wrote, and more", more),
                *_because("about the author", biography),
                *takes,
                *_because("the number of a take", [mark] if mark else []),
            ),
        )
    )
    return _without_marks(article, noted)


def _bulleted(lines: Sequence[str]) -> list[str]:
    """Return lines with what a recipe takes as items of a list."""
    bulleted: list[str] = []
    for filled, block in itertools.groupby(lines, key=lambda line: bool(line.strip())):
        group = list(block)
        listed = filled and are_quantities(group)
        bulleted += [line if not listed or page.is_item(line) else f"• {line.strip()}" for line in group]
    return bulleted


def _because(reason: str, lines: Iterable[str]) -> Iterator[Dropped]:
    return (Dropped(_squeeze(line), reason) for line in lines)


def _with_quotes(line: str) -> str:
    """Return a line with the quotation marks that a typewriter or TeX makes of two signs."""
    return line.replace("''", '"').replace("``", '"')


def _unspaced(line: str) -> str:
    """Return a line without the blanks between letters that are set apart ("C O M U N I C A T O")."""
    return _ROW_OF_LETTERS.sub(lambda row: row[0].replace(" ", ""), line) if _SET_APART.search(line) else line


def _unlinked(line: str) -> str:
    """Return a line without the addresses that a newsletter sets behind its words; one that is nothing else stays."""
    words = _LINK.sub("", line)
    return words if any(map(str.isalpha, words)) else line


def _squeeze(line: str) -> str:
    return " ".join(line.split())


def _note_marks(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the marks of remarks and notes that stand both in a text and over a note, which may be dropped first."""
    marks = {found["mark"] for line in lines if (found := _NOTE.match(line))}
    return tuple(sorted(mark for mark in marks if any(line.lstrip("> ").find(mark) > 0 for line in lines)))


def _without_marks(article: Article, noted: Sequence[str]) -> Article:
    """Take the marks of notes out of what is said: "74.000 euro [1]" is no number more."""
    if not noted:
        return article
    unmarked = functools.partial(_NOTE_MARK.sub, lambda mark: "" if mark["mark"] in noted else mark[0])
    return replace(
        article,
        headline=article.headline and unmarked(article.headline),
        standfirst=article.standfirst and unmarked(article.standfirst),
        sections=tuple(
            Section(s.heading and unmarked(s.heading), tuple(replace(b, text=unmarked(b.text)) for b in s.blocks))
            for s in article.sections
        ),
    )


def _take_pinned(lines: list[str]) -> str | None:
    """Take out the place that a messaging channel pins under its title ("📍 Vibo Valentia")."""
    for number, line in enumerate(lines[:_PIN_LINES]):
        if line.startswith("📍") and len(line) <= _PIN_CHARACTERS and line[-1] not in STOPPED:
            return lines.pop(number).removeprefix("📍").replace("\ufe0f", "").strip()
    return None


def _unmarked(line: str) -> str:
    """Return a line without emoji before it and the asterisks that make it bold; the bullet of an item stays."""
    bare = line if page.is_item(line) else furniture.without_pictures(line)
    found = _BOLD.fullmatch(bare) or _SET_OFF.fullmatch(bare) or _STARRED.fullmatch(bare)
    return found["text"] if found else bare


def _take_place_and_day(lines: list[str], said: str, dropped: Sequence[Dropped]) -> tuple[list[str], Dateline | None]:
    """Take out the line near the top that says where and when, of a place that only the text shows to be one.

    Above the text of a press office's release no town need be known.
    """
    released = any(piece.reason == "a press office's formula" for piece in dropped)
    top = list(itertools.takewhile(lambda line: not is_prose(line), lines[:_HEADER_LINES]))
    found = [(n, place_and_day(line) if released else dated_place(line, said)) for n, line in enumerate(top)]
    # What the head itself would take, it cannot below a list.
    listed = next((n for n, line in enumerate(top) if page.is_item(line)), len(top))
    told = ((n, one) for n, one in found if one and (n > listed or not dated_place(lines[n])))
    at, dateline = next(told, (len(lines), None))
    return [*lines[:at], *lines[at + 1 :]], dateline


def _place_told_in(dropped: Sequence[Dropped], lines: Sequence[str]) -> Dateline | None:
    """Return where and when a release says, above its text, that it was written; beside its number no town is named."""
    head = set(itertools.takewhile(lambda line: not is_prose(line), lines))
    told = [piece for piece in dropped if piece.text in head]
    forms = [piece for piece in told if piece.reason == "a press office's formula"]
    alone = (place_and_day(piece.text) for piece in told if forms)
    return next(filter(None, (*alone, *(place_and_day_in(piece.text) for piece in forms))), None)


def _take_subject(lines: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split the line that says the subject, and those above it to whom it is sent, from the top of a letter."""
    subject = next((n for n, line in enumerate(lines[:_HEADER_LINES]) if _is_subject(line)), None)
    if subject is None:
        return list(lines), []
    form = [n for n in range(subject) if _ADDRESSED.fullmatch(lines[n]) or _REFERENCE.fullmatch(lines[n])]
    kept = [line for n, line in enumerate(lines) if n != subject and n not in form]
    return kept, [*(lines[n] for n in form), lines[subject]]


def _title_in(subject: Sequence[str]) -> str | None:
    """Return what the subject of a letter says, which is the title of a text that has none, unless it is a formula."""
    title = "".join(subject).partition(":")[2].strip()
    return title if title and not furniture.reason_to_drop(title) else None


def _titled_by(subject: Sequence[str], headline: str | None) -> tuple[str | None, list[str]]:
    """Return the title, which of a circular is what it is about, and the name of the school or office over it."""
    told = _title_in(subject[-1:])
    if told is None or not (headline is None or furniture.opens_as_office(headline)):
        return headline, []
    return told, [headline] if headline else []


def _is_subject(line: str) -> bool:
    return furniture.reason_to_drop(line) == "a letter's subject"


def _answers_press(name: str | None, dropped: Sequence[Dropped]) -> bool:
    return any(piece.reason in _OF_OFFICES and piece.text == name for piece in dropped)


def _take_signature(head: Head) -> tuple[Sequence[str], str | None]:
    """Split the name of who wrote from the end of the body, where the head names nobody."""
    below = head.byline is None and len(head.body) > 1 and head.body[-2][-1] in STOPPED.rstrip(":)") + ","
    signature = signature_in(head.body[-1]) if below else None
    return (head.body[:-1] if signature else head.body), signature


def _take_biography(body: Sequence[str], byline: str | None) -> tuple[Sequence[str], Sequence[str]]:
    """Split off a last paragraph about who wrote, or who sends a release that nobody signs."""
    of_writer = is_biography if byline is not None else lambda text, _: is_profile(text)
    about = len(body) > 1 and (is_of_author(body[-1]) or of_writer(body[-1], byline or ""))
    return (body[:-1], body[-1:]) if about else (body, ())
