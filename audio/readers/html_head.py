"""The head of a page's article: which piece is the headline, and what stands around it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from audio.readers import furniture
from audio.readers.head import is_byline
from audio.readers.html_body import is_link, is_prose
from audio.readers.html_meta import Facts
from audio.readers.html_pieces import Piece, key_of
from audio.readers.html_tree import Element, names_of, text_of

# The headline is near the top; further down the same words are a link to the page itself.
_TOP_PIECES = 80
_HEADLINE_CHARACTERS = 300
_SEPARATOR = re.compile(r"\s+[|–—»:•·-]\s+|\s*[|»]\s*|:\s+")
_SITE_WORDS = 5
_NAMES_OF_TITLE = frozenset("title titolo headline titre".split())
_NAMES_OF_STANDFIRST = frozenset(
    "sommario summary subtitle sottotitolo standfirst catenaccio abstract deck dek excerpt strillo subhead subheading"
    " subheadline sottotit lead sommarietto alternativeheadline description lede intro".split()
)
_NAMES_OF_KICKER = frozenset(
    "occhiello kicker overtitle sopratitolo soprattitolo eyebrow overline pretitle strapline occh".split()
)
_NAMES_OF_BYLINE = frozenset(
    "author autore autrice firma firme byline signature autor writer vcard fn redattore autori authors".split()
)
_PREFIX = re.compile(
    r"^(?:pubblicato da|scritto da|articolo di|autore|autrice|di|by|a cura di)[:\s]+(?=[A-ZÀ-Þ])", re.IGNORECASE
)
_AFTER_NAME = re.compile(
    r"\s*(?:[|•·,–—-]\s*)?(?:(?:pubblicato|aggiornato|il|alle|su)\b.*|\d{1,2}[\s/.:].*)?$", re.IGNORECASE
)
_BARS = re.compile(r"\s+[|•·]\s+")
_NAME_CHARACTERS, _NAME_WORDS = 100, 6
_NAMES_OF_OTHERS = frozenset(
    "comment comments commento commenti related correlati teaser sidebar widget bio card mostread trending next".split()
)
_STANDFIRST_CHARACTERS = 600
_KICKER_DISTANCE = 4


@dataclass(frozen=True, slots=True)
class PageHead:
    """What was found above the body; ``used`` are the numbers of the pieces that it came from."""

    kicker: str | None = None
    standfirst: str | None = None
    byline: str | None = None
    used: frozenset[int] = frozenset()


def headline_of(pieces: Sequence[Piece], facts: Facts) -> tuple[int | None, str | None]:
    """Return the number of the piece that is the headline, if it stands on the page, and its text."""
    top = list(enumerate(pieces[:_TOP_PIECES]))
    declared = {key_of(text) for text in facts.headlines}
    titles = [*facts.headlines, *filter(None, [facts.title])]
    parts = declared | {key_of(part) for title in titles for part in _parts(title)}
    site = key_of(facts.site or "")
    same = [
        n for n, piece in top if piece.key in parts and piece.key != site and len(piece.text) <= _HEADLINE_CHARACTERS
    ]
    # The declared one first, then a heading, then what is called a title.
    same.sort(key=lambda n: (pieces[n].key not in declared, not pieces[n].is_heading, is_link(pieces[n]), n))
    firsts = [n for n, piece in top if piece.tag == "h1" and piece.key != site and not is_link(piece)]
    if same and (pieces[same[0]].is_heading or not firsts):
        return same[0], pieces[same[0]].text
    if firsts:
        return firsts[0], pieces[firsts[0]].text
    if facts.headlines:
        return None, _without_site(facts.headlines[0], facts.site)
    first = next((n for n, _ in top), None)
    if (
        first is not None
        and len(pieces) > 1
        and (pieces[first].is_heading or pieces[first].bold)
        and heading_like_title(pieces[first])
    ):
        return first, pieces[first].text
    return None, _without_site(facts.title, facts.site) if facts.title and not _is_file_name(facts.title) else None


def heading_like_title(piece: Piece) -> bool:
    """Tell whether a piece could be a title: unstopped and not too long."""
    return len(piece.text) <= _HEADLINE_CHARACTERS and piece.text[-1] not in ".,;:"


def head_of(pieces: Sequence[Piece], headline: int | None, body: Sequence[int], facts: Facts) -> PageHead:
    """Read what stands before and after the headline until the body's first paragraph."""
    if headline is None:
        return PageHead(byline=facts.byline)
    places = [pieces[n].place for n in body if is_prose(pieces[n])]
    kicker = next(
        (
            n
            for n in range(headline - 1, max(-1, headline - _KICKER_DISTANCE), -1)
            if pieces[n].names & _NAMES_OF_KICKER
        ),
        None,
    )
    used = {kicker} if kicker is not None else set()
    standfirst: list[str] = []
    byline: str | None = None
    for n in range(headline + 1, len(pieces)):
        piece = pieces[n]
        in_body = any(piece.place is place for place in places)
        if furniture.reason_to_drop(piece.text):
            continue
        if (name := _byline(piece)) is not None:
            byline, used = byline or name, used | {n}
        elif not standfirst_like(piece, facts, in_body=in_body):
            if in_body or is_prose(piece):
                break
        elif sum(map(len, standfirst)) + len(piece.text) <= _STANDFIRST_CHARACTERS:
            standfirst.append(piece.text)
            used.add(n)
    return PageHead(
        kicker=pieces[kicker].text if kicker is not None else None,
        standfirst=" ".join(standfirst) or None,
        byline=facts.byline or byline,
        used=frozenset(used),
    )


def standfirst_like(piece: Piece, facts: Facts, *, in_body: bool) -> bool:
    """Tell whether a piece between headline and body sums the story up."""
    if is_link(piece) or len(piece.text.split()) < 3:  # noqa: PLR2004 - a label
        return False
    if piece.key in {key_of(text) for text in facts.summaries}:
        return not in_body or not is_prose(piece)
    if piece.names & (_NAMES_OF_STANDFIRST - {"lead", "intro", "description"}):
        return True
    if in_body:
        return False
    return bool(piece.names & _NAMES_OF_STANDFIRST) or piece.is_heading or not is_prose(piece)


def _byline(piece: Piece) -> str | None:
    """Return who wrote, if a piece says that and nothing more but the date."""
    parts = [part for part in _BARS.split(piece.text) if furniture.reason_to_drop(part) is None]
    if len(parts) != 1 or is_prose(piece):
        return None
    if is_byline(parts[0]):
        return _PREFIX.sub("", parts[0])
    if piece.names & _NAMES_OF_BYLINE and len(parts[0]) <= _NAME_CHARACTERS:
        name = _AFTER_NAME.sub("", _PREFIX.sub("", parts[0])).strip(" |•·,–—-")
        return name if name and name[0].isupper() else None
    return None


def signature_of(tree: Element) -> str | None:
    """Return who wrote, as the whole page marks it anywhere but among comments and other stories."""
    for element in tree.iter("a", "span", "p", "div", "cite", "address", "b", "strong"):
        names = names_of(element)
        if not names & _NAMES_OF_BYLINE or names & _NAMES_OF_OTHERS:
            continue
        if any(
            names_of(above) & _NAMES_OF_OTHERS or above.tag in {"nav", "aside"} for above in element.iterancestors()
        ):
            continue
        text = text_of(element)
        name = _AFTER_NAME.sub("", _PREFIX.sub("", text)).strip(" |•·,–—-") if len(text) <= _NAME_CHARACTERS else ""
        if name and name[0].isupper() and len(name.split()) <= _NAME_WORDS:
            return name
    return None


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
