"""Pages of the web: declared facts first, then the page as it stands, then what an Italian desk adds is taken away.

The order: bytes → tree → facts → tree without furniture → pieces → headline → body → Article.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from audio.errors import SourceError
from audio.model import Article, Block, Dropped, Role
from audio.readers import furniture, wire
from audio.readers import lines as page
from audio.readers import text as plain
from audio.readers.dateline import dated_place
from audio.readers.decode import MAX_CHARACTERS
from audio.readers.head import is_signature
from audio.readers.html_body import body_of, is_link, is_prose, is_title, region_of, witness
from audio.readers.html_head import PageHead, head_of, headline_of, signature_of
from audio.readers.html_meta import Facts, facts_of
from audio.readers.html_pieces import Piece, key_of, pieces_of
from audio.readers.html_tree import prune, tree_of

# A declared text is used where the page shows less than half of it.
_DECLARED_SHARE = 2
_EXCERPT = 160
# The last paragraphs, where place and date of a release stand.
_CLOSING = 3
# What stands under these headings is no part of the article, though it may stand in its box.
_BOXES = re.compile(
    r"(?:a cura di|contatti|allegati|documenti(?: correlati)?|correlati|articoli correlati|notizie correlate|commenti"
    r"|lascia un commento|tag|argomenti|condividi|newsletter|per approfondire|approfondimenti|leggi anche|vedi anche"
    r"|(?:ti )?potrebbe(?:ro)?\b.*|ultime notizie|articoli recenti|ulteriori informazioni|indice(?: della pagina)?"
    r"|(?:informazioni sull['’])?l?['’]?autore|link utili|note|fonti|bibliografia|quanto sono chiare.*|in evidenza"
    r"|da leggere|i più letti|galleria.*|(?:il )?tabellino|(?:la )?classifica|(?:le )?formazioni|in breve|dona\b.*"
    r"|sostieni\b.*)\W*",
    re.IGNORECASE,
)
_BOX_REASONS = frozenset({"a paywall", "a newsletter", "a link to another page", "a share button", "readers' comments"})
_BARE_HEADINGS = re.compile(
    r"(?:descrizione|testo|contenuto|articolo|introduzione|la notizia|cos['’]è|dettagli(?: della notizia)?)\W*",
    re.IGNORECASE,
)
_BULLET = re.compile(r"^[·•▪●◦§o–-]\s+(?=\S)")
_ROLES = {"quote": Role.QUOTE, "li": Role.ITEM}
_NAMES_OF_QUOTES = frozenset("quote blockquote pullquote citazione virgolettato highlight evidenza".split())
# Fewer letters may be said twice by chance.
_TELLING_KEY = 15
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
    body = _without_boxes(body, headline, head, dropped)
    if len(body) > 1 and is_signature(body[-1].text) and not body[-1].text.endswith("."):
        signature = signature or body[-1].text
        body = body[:-1]
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
    entries = _entries(body, "\n".join(filter(None, (headline, head.standfirst))), dropped)
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
    lines = [" ".join(line.split()) for line in plain.paragraphs(text.split("\n")) if line.strip()]
    entries, cut = page.without_furniture(page.outline(lines))
    dropped += cut
    return entries


def _without_place(body: list[Piece]) -> tuple[list[Piece], str | None]:
    """Split off the line of place and date that ends an office's release."""
    for n in range(max(1, len(body) - _CLOSING), len(body)):
        if found := dated_place(body[n].text):
            return [*body[:n], *body[n + 1 :]], found.text
    return body, None


def _without_boxes(body: Sequence[Piece], headline: str | None, head: PageHead, dropped: list[Dropped]) -> list[Piece]:
    """Leave out of the body's pieces what repeats the head, what leads elsewhere, and boxes under their headings."""
    kept: list[Piece] = []
    boxed = False
    said = {key_of(text) for text in (headline, head.standfirst) if text}
    for n, piece in enumerate(body):
        reason = _reason(piece)
        if is_title(piece):
            contacts = furniture.opens_contacts(piece.text)
            boxed = bool(_BOXES.fullmatch(piece.text)) or reason in _BOX_REASONS or contacts
        if boxed:
            reason = reason or "a box in the article"
        elif piece.key in said and (piece.is_heading or not kept):
            reason = "the head again"
        else:
            reason = reason or _reason_in_context(body, n, head.byline)
        if reason:
            dropped.append(Dropped(piece.text[:_EXCERPT], reason))
        else:
            kept.append(piece)
    while len(kept) > 1 and is_title(kept[-1]) and not is_signature(kept[-1].text):
        dropped.append(Dropped(kept.pop().text, "a heading with nothing under it"))
    return kept


def _reason_in_context(body: Sequence[Piece], number: int, byline: str | None) -> str | None:
    piece = body[number]
    if piece.is_heading and _BARE_HEADINGS.fullmatch(piece.text):
        return "a heading of the form"
    if _is_shown_large(piece, body):
        return "a sentence of the text, shown large"
    if byline and number == len(body) - 1 and piece.slanted and piece.key.startswith(key_of(byline)):
        return "about the author"
    return "a note" if _NOTE.match(piece.text) else None


def _is_shown_large(piece: Piece, body: Sequence[Piece]) -> bool:
    """Tell whether a piece repeats words of the text in another look, perhaps with the name of who said them."""
    if piece.is_heading or (piece.tag != "quote" and is_prose(piece) and not piece.names & _NAMES_OF_QUOTES):
        return False
    key = key_of(piece.text.partition(" | ")[0])
    return len(key) >= _TELLING_KEY and any(key in other.key for other in body if other is not piece)


def _reason(piece: Piece) -> str | None:
    reason = furniture.reason_to_drop(piece.text)
    if reason is None and wire.is_service(piece.text):
        return "an agency's service line"
    if reason is None and is_link(piece):
        return "a link to another page"
    return reason


def _entries(body: Sequence[Piece], head: str, dropped: list[Dropped]) -> list[page.Entry]:
    """Return headings and blocks: what the page calls a heading, and bold or bare lines that act as one."""
    questions = [p.text for p in body if p.bold and not p.is_heading and p.text[-1] == "?"]
    dialogue = page.is_dialogue(questions, head)
    marked = any(map(is_title, body))
    entries: list[page.Entry] = []
    for n, piece in enumerate(body):
        following = body[n + 1].text if n + 1 < len(body) else None
        bare = not marked and n > 0 and piece.tag == "p" and page.is_heading(piece.text, following)
        if (is_title(piece) or bare) and not (dialogue and piece.text[-1] == "?" and not piece.is_heading):
            entries.append((piece.text, None))
            continue
        text, sign_off = wire.trim(_BULLET.sub("", piece.text))
        text, cut = furniture.trim(text)
        dropped += [Dropped(part, why) for part, why in [*cut, (sign_off, "an agency's sign-off")] if part]
        if reason := furniture.reason_to_drop(text):
            dropped.append(Dropped(text, reason))
            continue
        role = _ROLES.get(piece.tag) or (Role.ITEM if text != piece.text and _BULLET.match(piece.text) else None)
        entries.append((None, Block(role, text) if role else page.block_of(text)))
    return entries
