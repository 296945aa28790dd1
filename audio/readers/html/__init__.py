"""Pages of the web: declared facts first, then the page as it stands, then what an Italian desk adds is taken away.

The order: bytes → tree → facts → tree without furniture → pieces → headline → body → Article.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace

from audio.errors import SourceError
from audio.model import Article, Block, Dropped, Role
from audio.readers import furniture, wire
from audio.readers import lines as page
from audio.readers.cohesion import key_of
from audio.readers.dateline import dated_place
from audio.readers.decode import MAX_CHARACTERS
from audio.readers.furniture.company import Line
from audio.readers.furniture.surroundings import reasons_to_drop
from audio.readers.head import is_signature
from audio.readers.html.body import (
    body_of,
    boxes_of,
    is_hour,
    is_label,
    is_link,
    is_prose,
    is_title,
    leads_elsewhere,
    region_of,
    witness,
)
from audio.readers.html.byline import name_in, signature_of
from audio.readers.html.head import BARE_HEADINGS, PageHead, head_of, headline_of
from audio.readers.html.meta import Facts, facts_of
from audio.readers.html.pieces import Piece, pieces_of
from audio.readers.html.prune import prune
from audio.readers.html.tree import Element, tree_of
from audio.readers.tagger import Page, look_at
from audio.readers.tagger.features import Unit
from audio.readers.wrapping import paragraphs

# A declared text is used where the page shows less than half of it.
_DECLARED_SHARE = 2
_EXCERPT = 160
# These stand in one block with their like.
_ROWS = frozenset({"li", "row"})
# The last paragraphs, where place and date of a release stand.
_CLOSING = 3
_BULLET = re.compile(r"^[·•▪●◦§o–-]\s+(?=\S)")
_ROLES = {"quote": Role.QUOTE, "li": Role.ITEM}
_NAMES_OF_QUOTES = frozenset("quote blockquote pullquote citazione virgolettato highlight evidenza".split())
# Fewer letters may be said twice by chance.
_TELLING_KEY, _TELLING_TITLE = 15, 30
_NOTE = re.compile(r"^\[\d{1,2}\]\s+\S")


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:
    """Read the bytes of a page. Raises SourceError where there is no article in it."""
    article = article_of(raw, source, content_type)
    if not article.sections:
        raise SourceError(
            f"{'standard input' if source == '-' else source}: no article text in this page",
            hint="Scripts may draw it, or a paywall hide it: save it from the browser, or copy its text.",
        )
    return (article,)


def article_of(raw: bytes, source: str, content_type: str | None = None) -> Article:
    """Return the article in a page or a fragment of one (a feed's item, a chapter, an e-mail).

    An article without sections says that nothing was found. Raises SourceError for what is no text.
    """
    tree = tree_of(raw, "standard input" if source == "-" else source, content_type)
    facts = facts_of(tree)
    signature = None if facts.byline else signature_of(tree)
    dropped = prune(tree)
    pieces = pieces_of(tree)
    if sum(len(piece.text) for piece in pieces) > MAX_CHARACTERS:
        raise SourceError(f"{source}: is longer than {MAX_CHARACTERS} characters", hint="Split it into articles.")
    number, headline = headline_of(pieces, facts)
    evidence = witness(tree, facts.body)
    region = region_of(pieces, number, evidence)
    inside = [pieces[n] for n in region]
    chosen = [region[n] for n in body_of(inside, evidence)]
    head = head_of(pieces, number, chosen, facts)
    body = [pieces[n] for n in chosen if n not in head.used]
    shown = _shown(pieces)
    body = _without_boxes(body, headline, head, dropped, shown.outside)
    if len(body) > 1 and body[-1].tag != "li" and is_signature(body[-1].text) and not body[-1].text.endswith("."):
        signature = signature or body[-1].text
        body = body[:-1]
    near = pieces[: chosen[-1] + 1 + _CLOSING] if chosen else []
    told = shown.byline if any(piece.text == shown.byline for piece in near) else None
    if not (head.byline or signature) and told and (signature := name_in(told)):
        body, taken = page.take_first(body, lambda piece: piece.text == shown.byline)
        dropped += [Dropped(piece.text, "who wrote, and more") for piece in taken]
    body, closing = _without_place(body)
    used = {*chosen, *head.used, number}
    outside = [piece for n, piece in enumerate(pieces) if n not in used]
    dropped += [Dropped(piece.text[:_EXCERPT], "outside the article") for piece in outside]
    head = replace(head, dateline=head.dateline or closing)
    return _article(body, facts, head, headline, signature, dropped, source)


def _article(
    body: Sequence[Piece],
    facts: Facts,
    head: PageHead,
    headline: str | None,
    signature: str | None,
    dropped: list[Dropped],
    source: str,
) -> Article:
    entries = _entries(body, "\n".join(filter(None, (head.kicker, headline, head.standfirst))), dropped)
    standfirst = head.standfirst
    if facts.body and _DECLARED_SHARE * sum(len(b.text) for _, b in entries if b) < len(facts.body):
        entries = _declared(facts.body, dropped)
        standfirst = standfirst or next(iter(facts.summaries), None)
    emphasis = body[0].emphasis if body else ""
    article = Article(
        headline=headline,
        sections=page.to_sections(entries),
        kicker=head.kicker,
        standfirst=standfirst,
        byline=head.byline or signature,
        dateline=head.dateline,
        published=facts.published,
        source=source,
        dropped=tuple(dropped),
    )
    return page.with_dateline(article, emphasis)


def _declared(body: str, dropped: list[Dropped]) -> list[page.Entry]:
    """Return the entries of a text that the page declares, tags and all."""
    text = re.sub(r"<(?:/?p|br|/?div|/?h\d|/?li)\b[^<>]{0,200}>", "\n", body, flags=re.IGNORECASE)
    text = re.sub(r"</?[a-zA-Z][^<>]{0,200}>", "", text)
    lines = [" ".join(line.split()) for line in paragraphs(text.split("\n")) if line.strip()]
    entries, cut = page.without_furniture(page.outline(lines))
    dropped += cut
    return entries


def _without_place(body: list[Piece]) -> tuple[list[Piece], str | None]:
    """Split off the line of place and date that opens or ends an office's release."""
    for n in (*range(min(1, len(body) - 1)), *range(max(1, len(body) - _CLOSING), len(body))):
        if found := dated_place(body[n].text):
            return [*body[:n], *body[n + 1 :]], found.text
    return body, None


def _shown(pieces: Sequence[Piece]) -> Page:
    """Return what the looks of the page show, of all but a table's rows."""
    opens = (n == 0 or piece.tag not in _ROWS or pieces[n - 1].tag != piece.tag for n, piece in enumerate(pieces))
    shown = look_at(
        [
            Unit(p.text, block, p.tag in _ROWS, p.is_heading)
            for p, block in zip(pieces, itertools.accumulate(opens), strict=True)
        ]
    )
    return replace(shown, outside=shown.outside - {piece.key for piece in pieces if piece.tag == "row"})


def _without_boxes(
    body: Sequence[Piece], headline: str | None, head: PageHead, dropped: list[Dropped], outside: AbstractSet[str]
) -> list[Piece]:
    """Leave out of the body's pieces what repeats the head, what leads elsewhere, and boxes under their headings."""
    kept: list[Piece] = []
    said = {key_of(text) for text in (headline, head.standfirst) if text}
    boxes = boxes_of(body)
    lines = [
        Line(
            piece.text,
            is_title(piece),
            piece.tag in {"li", "row"} or bool(_BULLET.match(piece.text)),
            is_link(piece) or leads_elsewhere(piece),
            box,
        )
        for piece, box in zip(body, boxes, strict=True)
    ]
    cards = _cards(body, boxes)
    for n, (piece, around) in enumerate(zip(body, reasons_to_drop(lines, head.byline, outside), strict=True)):
        again = "the head again" if piece.key in said and (piece.is_heading or not kept) else None
        card = "a box in the article" if boxes[n] in cards else None
        if reason := around or again or card or _reason_in_context(body, n, head.byline):
            dropped.append(Dropped(piece.text[:_EXCERPT], reason))
        else:
            kept.append(piece)
    while len(kept) > 1 and is_title(kept[-1]) and not is_signature(kept[-1].text):
        dropped.append(Dropped(kept.pop().text, "a heading with nothing under it"))
    return kept


def _cards(body: Sequence[Piece], boxes: Sequence[Element | None]) -> set[Element]:
    """Return the boxes whose title is of a lower rank than the text's own headings: glossaries, sheets, promotions."""
    ranks = {piece.tag for piece, box in zip(body, boxes, strict=True) if box is None and piece.is_heading}
    lowest = max(ranks, default="h6")
    return {
        box
        for piece, box in zip(body, boxes, strict=True)
        if box is not None and piece.is_heading and piece.tag > lowest
    }


def _reason_in_context(body: Sequence[Piece], number: int, byline: str | None) -> str | None:
    piece = body[number]
    if wire.is_service(piece.text):
        return "an agency's service line"
    if piece.is_heading and BARE_HEADINGS.fullmatch(piece.text):
        return "a heading of the form"
    if _is_shown_large(piece, body):
        return "a sentence of the text, shown large"
    if number == 0 and piece.text.isupper() and piece.text[-1] == ",":
        return "the place, beside the day"
    if byline and number == len(body) - 1 and piece.slanted and piece.key.startswith(key_of(byline)):
        return "about the author"
    return "a note" if _NOTE.match(piece.text) else None


def _is_shown_large(piece: Piece, body: Sequence[Piece]) -> bool:
    """Tell whether a piece repeats words of the text in another look, perhaps with the name of who said them."""
    if piece.is_heading or (piece.tag != "quote" and is_prose(piece) and not piece.names & _NAMES_OF_QUOTES):
        return False
    key = key_of(piece.text.partition(" | ")[0])
    return len(key) >= (_TELLING_TITLE if is_title(piece) else _TELLING_KEY) and any(
        key in other.key for other in body if other is not piece
    )


def _entries(body: Sequence[Piece], head: str, dropped: list[Dropped]) -> list[page.Entry]:
    """Return headings and blocks: what the page calls a heading, and bold or bare lines that act as one."""
    texts = [piece.text for piece in body]
    below = [*texts[1:], ""]
    asked = [n for n, piece in enumerate(body) if _asks(piece, below[n])]
    dialogue = page.is_interview(texts, asked, head)
    marked = any(map(is_title, body))
    in_prose = sum(map(is_prose, body)) > 1
    data = _data(texts)
    entries: list[page.Entry] = []
    for n, piece in enumerate(body):
        bare = not marked and n > 0 and piece.tag == "p" and not piece.slanted
        bare = bare and page.is_heading(piece.text, below[n] or None) and n not in data
        asks = dialogue and piece.text[-1] == "?" and not piece.is_heading
        if (is_title(piece) or bare or is_hour(piece)) and not asks:
            entries.append((piece.text, None))
            continue
        if is_label(piece) and not is_signature(piece.text) and in_prose and n not in data:
            dropped.append(Dropped(piece.text, "a label"))
            continue
        text, sign_off = wire.trim(_BULLET.sub("", piece.text))
        text, cut = furniture.trim(text)
        dropped += [Dropped(part, why) for part, why in [*cut, (sign_off, "an agency's sign-off")] if part]
        if (cut or sign_off) and (reason := furniture.reason_to_drop(text)):
            dropped.append(Dropped(text, reason))
            continue
        role = _ROLES.get(piece.tag) or (Role.ITEM if text != piece.text and _BULLET.match(piece.text) else None)
        entries.append((None, Block(role, text) if role else page.block_of(text)))
    return entries


def _data(texts: Sequence[str]) -> set[int]:
    """Return the numbers of lines that each name a thing and give its figure, two of them or more in a row."""
    named = [page.is_datum(text) for text in texts]
    return {n for n, one in enumerate(named) if one and any(named[max(0, n - 1) : n] + named[n + 1 : n + 2])}


def _asks(piece: Piece, below: str) -> bool:
    """Tell whether a piece is a question set apart, bold or bare, that the page does not call a heading."""
    apart = piece.bold or page.is_heading(piece.text, below or None)
    return piece.text[-1] == "?" and not piece.is_heading and apart
