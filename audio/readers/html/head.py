"""The head of a page's article: which piece is the headline, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from audio.readers import furniture
from audio.readers.cohesion import headline_among, key_of, stems_of
from audio.readers.dateline import dated_place
from audio.readers.head import is_byline, join_standfirst
from audio.readers.html.body import is_label, is_link, is_prose
from audio.readers.html.byline import BARS, byline_of, in_an_entry
from audio.readers.html.meta import Facts
from audio.readers.html.pieces import Piece

# The headline is near the top; further down the same words are a link to the page itself.
_TOP_PIECES = 80
_HEADLINE_CHARACTERS = 300
_SEPARATOR = re.compile(r"\s+(?:[|–—»:•·-]|::)\s+|\s*[|»]\s*|:\s+")
_SITE_WORDS = 5
_MOST = 0.6
_TITLE_WORDS = 3
_NAMES_OF_TITLE = frozenset("title titolo headline titre".split())
_NAMES_OF_STANDFIRST = frozenset(
    "sommario summary subtitle sottotitolo standfirst catenaccio abstract deck dek excerpt strillo subhead subheading"
    " subheadline sottotit lead sommarietto alternativeheadline description lede intro".split()
)
_NAMES_OF_KICKER = frozenset(
    "occhiello kicker overtitle sopratitolo soprattitolo eyebrow overline pretitle strapline occh".split()
)
_CARE = re.compile(r"\ba cura d|^(?:testo|foto|illustrazioni|traduzione|revisione)\b", re.IGNORECASE)
_NAMES_OF_MASTHEAD = frozenset("logo brand testata masthead sitename sitetitle".split())
_NAMES_OF_ARTICLE = frozenset("article articolo entry post story news".split())
_STANDFIRST_CHARACTERS = 600
_SUMMARY_CHARACTERS = 350
_LOOSE_NAMES = frozenset({"lead", "intro", "description", "lede"})
_BARE_WORDS = 6
# "Radio Delta - 22 luglio 2025 - Ambiente" says when and where, not what.
_DATED = re.compile(r"\b\d{1,2}[°º]? [a-z]{3,9}\.? \d{4}\b|\b\d{1,2}[/.]\d{1,2}[/.]\d{2,4}\b", re.IGNORECASE)
_KICKER_DISTANCE = 4
# What a form calls its fields.
BARE_HEADINGS = re.compile(
    r"(?:descrizione|testo|contenuto|articolo|introduzione|la notizia|cos['’]è|dettagli(?: della notizia)?)\W*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageHead:
    """What was found above the body; ``used`` are the numbers of the pieces that it came from."""

    kicker: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    dateline: str | None = None
    used: frozenset[int] = frozenset()


def headline_of(pieces: Sequence[Piece], facts: Facts) -> tuple[int | None, str | None]:
    """Return the number of the piece that is the headline, if it stands on the page, and its text."""
    top = [(n, piece) for n, piece in enumerate(pieces[:_TOP_PIECES]) if not _is_masthead(piece)]
    declared = {key_of(text) for text in facts.headlines}
    titles = [*facts.headlines, *filter(None, [facts.title])]
    named = {key_of(part): part for title in titles for part in _parts(title)}
    parts = declared | set(named)
    site = key_of(facts.site or "")
    same = [
        n
        for n, piece in top
        if piece.key in parts and len(piece.text) <= _HEADLINE_CHARACTERS and not _is_section(piece, site)
    ]
    # The declared one first, then a heading, then what is called a title.
    same.sort(key=lambda n: _rank(pieces[n], declared))
    firsts = [n for n, piece in top if piece.tag == "h1" and not is_link(piece) and not _is_section(piece, site)]
    # A bold line that is the whole title of the page outdoes a heading that names the office.
    whole = [n for n in same if pieces[n].bold and pieces[n].key == key_of(facts.title or "")]
    if whole and not pieces[same[0]].is_heading:
        return whole[0], pieces[whole[0]].text
    if same and pieces[same[0]].is_heading:
        return same[0], pieces[same[0]].text
    if firsts:
        return firsts[0], _without_label(pieces[firsts[0]], named, key_of(facts.title or ""))
    # What is only a part of the page's title may be the paper's name: the story tells which line is its headline.
    pool = sorted({*same[:1], *([] if same and pieces[same[0]].key in declared else _outstanding(top, facts))})
    if same or (pool and not facts.headlines):
        stems = stems_of(" ".join(piece.text for piece in pieces if is_prose(piece)))
        found = headline_among([pieces[n].text for n in pool], stems)
        n = pool[found] if found is not None else (same or pool)[0]
        return n, pieces[n].text
    title = facts.headlines[0] if facts.headlines else facts.title
    return None, _without_site(title, facts.site) if title and (facts.headlines or not _is_file_name(title)) else None


def _is_section(piece: Piece, site: str) -> bool:
    """Tell whether a piece names the site or one of its sections, as an office's formula does."""
    return piece.key == site or furniture.is_formula(piece.text)


def _outstanding(top: Sequence[tuple[int, Piece]], facts: Facts) -> list[int]:
    """Return the numbers of the lines that stand out above the first sentence of a page."""
    terse = len((facts.title or "").split()) < _TITLE_WORDS
    found = []
    for n, piece in top:
        if is_prose(piece) and not piece.bold:
            break
        alone = terse and len(piece.text.split()) >= _BARE_WORDS
        stands_out = piece.is_heading or piece.bold or alone or piece.names & _NAMES_OF_TITLE
        if stands_out and not is_link(piece) and title_like(piece) and len(top) > 1:
            found.append(n)
    return found


def _is_masthead(piece: Piece) -> bool:
    """Tell whether a piece is the name of the paper or of the office, which stands on all of its pages."""
    return bool(piece.names & _NAMES_OF_MASTHEAD) and not piece.names & _NAMES_OF_ARTICLE


def _rank(piece: Piece, declared: set[str]) -> tuple[bool, bool, bool, int]:
    # Among parts of the title the headline is the longest: the others name the site and its section.
    return piece.key not in declared, not piece.is_heading, is_link(piece), -len(piece.key)


def _without_label(piece: Piece, named: Mapping[str, str], title: str) -> str:
    """Return a heading without the section's name inside it, where a declared title is the rest of it."""
    ends = [key for key in named if piece.key.endswith(key) and _MOST * len(piece.key) < len(key) < len(piece.key)]
    longest = max(ends, key=len, default="")
    # What the title has in it, too, is no label ("Allerta rossa in Liguria: esonda il Petronio").
    label = piece.key.removesuffix(longest)
    return named[longest] if longest and label not in title else piece.text


def title_like(piece: Piece) -> bool:
    """Tell whether a piece could be a title: some words, unstopped and not too long."""
    return (
        len(piece.text.split()) >= _TITLE_WORDS
        and len(piece.text) <= _HEADLINE_CHARACTERS
        and piece.text[-1] not in ".,;:"
    )


def head_of(pieces: Sequence[Piece], headline: int | None, body: Sequence[int], facts: Facts) -> PageHead:
    """Read what stands before and after the headline until the body's first paragraph."""
    if headline is None:
        return PageHead(byline=facts.byline)
    places = {id(pieces[n].place) for n in body if is_prose(pieces[n])}
    kicker = _kicker(pieces, headline)
    used = {kicker} if kicker is not None else set()
    standfirst: list[str] = []
    byline: str | None = None
    for n in range(headline + 1, len(pieces)):
        piece = pieces[n]
        in_body = id(piece.place) in places
        if (name := byline_of(piece)) is not None and not in_an_entry(piece.boxes[-1]):
            byline, used = byline or name, used | {n}
        elif furniture.reason_to_drop(piece.text) or BARE_HEADINGS.fullmatch(piece.text):
            continue
        elif _is_named_standfirst(piece, facts, in_body=in_body) or (
            not standfirst
            and (
                _is_bare_standfirst(piece, pieces[n + 1 : n + 2], in_body=in_body)
                or (n == headline + 1 and _is_title_over_head(piece, pieces[n + 1 :]))
                or (n == headline + 1 and _is_over_byline(piece, pieces[n + 1 : n + 2]))
            )
        ):
            standfirst.append(piece.text)
            used.add(n)
        elif is_prose(piece) or (in_body and not is_label(piece)):
            break
    return PageHead(
        kicker=pieces[kicker].text if kicker is not None else None,
        standfirst=join_standfirst(standfirst),
        byline=facts.byline or byline,
        dateline=_dateline(pieces, headline),
        used=frozenset(used),
    )


def _dateline(pieces: Sequence[Piece], headline: int) -> str | None:
    """Return the place and date that stand as a line of their own at the title, as offices write them."""
    near = pieces[max(0, headline - _KICKER_DISTANCE) : headline + _KICKER_DISTANCE]
    return next((found.text for piece in near if (found := dated_place(piece.text))), None)


def _kicker(pieces: Sequence[Piece], headline: int) -> int | None:
    for n in range(headline - 1, max(-1, headline - _KICKER_DISTANCE), -1):
        bare = n == headline - 1 and pieces[n].bold and pieces[n].text.isupper() and not is_link(pieces[n])
        if pieces[n].names & _NAMES_OF_KICKER or bare:
            return n
    return None


def _is_named_standfirst(piece: Piece, facts: Facts, *, in_body: bool) -> bool:
    """Tell whether the page itself calls a piece below the headline its summary."""
    if is_link(piece) or len(piece.text.split()) < _TITLE_WORDS or len(piece.text) > _STANDFIRST_CHARACTERS:
        return False
    if piece.names & (_NAMES_OF_STANDFIRST if not in_body else _NAMES_OF_STANDFIRST - _LOOSE_NAMES):
        return True
    # Descriptions are cut short where there is no room for more.
    declared = [key for text in facts.summaries if len(key := key_of(text)) >= _MOST * len(piece.key)]
    return any(map(piece.key.startswith, declared)) and (not in_body or not is_prose(piece))


def _is_bare_standfirst(piece: Piece, following: Sequence[Piece], *, in_body: bool) -> bool:
    """Tell whether a piece below the headline sums the story up by its form: italics, a heading, an unstopped line."""
    if is_link(piece) or piece.tag == "li" or len(piece.text) > _STANDFIRST_CHARACTERS or _CARE.search(piece.text):
        return False
    if any(is_byline(part) or furniture.reason_to_drop(part) for part in BARS.split(piece.text) if part):
        return False
    if piece.slanted and following and not following[0].slanted:
        return len(piece.text.split()) >= _BARE_WORDS
    if in_body or is_prose(piece) or _DATED.search(piece.text):
        return False
    return len(piece.text.split()) >= (_TITLE_WORDS if piece.is_heading else _BARE_WORDS)


def _is_over_byline(piece: Piece, below: Sequence[Piece]) -> bool:
    """Tell whether a sentence right under the headline sums up: it stands over who wrote."""
    over = bool(below) and byline_of(below[0]) is not None
    return (
        over
        and not is_link(piece)
        and len(piece.text.split()) >= _BARE_WORDS
        and len(piece.text) <= _SUMMARY_CHARACTERS
    )


def _is_title_over_head(piece: Piece, below: Sequence[Piece]) -> bool:
    """Tell whether a heading under the headline sums up: it stands over a byline or a date, and is of a rank apart."""
    return (
        piece.is_heading
        and not is_link(piece)
        and len(piece.text.split()) >= _BARE_WORDS
        and bool(below)
        and not is_prose(below[0])
        and all(piece.tag != other.tag for other in below)
    )


def _parts(title: str) -> Iterator[str]:
    """Yield every run of parts of a title: one of them is the headline, the others are the site and its sections."""
    parts = [part for part in _SEPARATOR.split(title) if part.strip()][:8]
    for start in range(len(parts)):
        for end in range(start + 1, len(parts) + 1):
            yield "".join(parts[start:end])


def _without_site(title: str, site: str | None) -> str:
    """Cut the site's name from the end of a title: the declared one, or a few words after a bar or dash."""
    found = re.fullmatch(r"(.{15,}?)\s+[|–—»-]\s+([^|–—»]{2,60})", title)
    if found and (key_of(found[2]) == key_of(site or "") or len(found[2].split()) <= _SITE_WORDS):
        return found[1]
    return title


def _is_file_name(title: str) -> bool:
    """Tell a title that a program gave ("comunicato def2", "Senza titolo")."""
    return bool(
        re.search(
            r"\.(?:docx?|odt|rtf|html?)$|_|\b(?:def|bozza|documento|untitled|senza titolo|microsoft)\b",
            title,
            re.IGNORECASE,
        )
    )
