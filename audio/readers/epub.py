"""EPUB books and magazines (2 and 3): one Article for each document of the spine that has something to say.

Covers, title pages, tables of contents and notes are left out where the book itself marks them; a chapter without a
heading of its own takes the label that the table of contents gives it.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import unquote, urlsplit

from audio.errors import SourceError
from audio.model import Article, Dropped
from audio.readers.charset import to_text
from audio.readers.cohesion import key_of
from audio.readers.document import Paragraph, Rank, to_articles
from audio.readers.furniture.company import SENTENCE_END, is_prose
from audio.readers.head import is_byline
from audio.readers.markup import BOLD_LEVEL, Piece, pieces_of, plain
from audio.readers.package import Element, Package

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_MARKUP = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", ""}
# Words of the guide (EPUB 2) and of the landmarks (EPUB 3) for what is not read out.
_BESIDE = set(
    "cover toc titlepage title-page copyright-page copyright colophon loi lot index glossary landmarks page-list "
    "acknowledgements dedication footnotes endnotes rearnotes notes bibliography".split()
)
# … and what books call these, where they do not mark them.
_OF_BOOK = re.compile(
    r"(?:frontespizio|copertina|colophon|crediti|copyright|sommario|indice(?: generale)?|contenuti|note"
    r"|bibliografia(?: \w+)?|(?:(?:gli )?autori e )?(?:le )?fonti|ringraziamenti(?: e \w+)?|nota (?:al|sul) testo"
    r"|note? (?:ai|sui) testi|indice dei (?:nomi|luoghi|racconti|testi)|elenco de(?:i|gli|lle) \w+"
    r"|cariche sociali\b.{0,20}"
    r"|su questo (?:testo|libro|numero)|hanno (?:scritto|collaborato)\b.{0,40}"
    r"|chi (?:ha scritto|siamo|scrive)\b.{0,40}|(?:(?:le )?autrici e )?(?:gli |le |l['’])?autor[ei]"
    r"(?: (?:di quest|del ).{0,30})?|autrici?"
    r"|biografie?|pubblicità|(?:nella stessa|della stessa|in questa) (?:collana|serie)"
    r"|d(?:ello|ella|egli) stess[oaie] autor\w+|catalogo|adv(?:ertising)?|inserzion[ei]\b.{0,30})\W*",
    re.IGNORECASE,
)
_TITLE_PAGE = re.compile(r"(?:frontespizio|copertina|occhiello|(?:pagina del )?titolo)\W*", re.IGNORECASE)
_OF_PRINTERS = re.compile(
    r"^nessuna parte di quest|\bisbn\b[ -]*\d|\bfinito di (?:stampare|impaginare)\b", re.IGNORECASE
)
_PRINTED_WITHIN = 8
_COUNTED = re.compile(r"(\d{1,2})[.)] \S")
# "Chilometro 19. Il ponte", in no order but upwards; what a book's own parts are called tells nothing.
_STATION = re.compile(
    r"(?!capitol|part|libr|sezion|atto)(?P<word>[a-zà-ù]{3,15}) (?P<number>\d{1,4})[.:)]? ", re.IGNORECASE
)
_ABOUT_ITSELF = "a page of the book about itself"
_MOST_CHAPTERS = 500
# A heading that is not among the first paragraphs of a chapter does not name it.
_HEADING_WITHIN = 3
_HINT = "It may be damaged; open it in a reader and save it again."


@dataclass(frozen=True, slots=True)
class _Item:
    """A document of the manifest: where it is in the package, its media type and its properties."""

    path: str
    media_type: str
    properties: frozenset[str]


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read a book in the order of its spine. Raises SourceError where it is damaged, protected or without text."""
    package = Package(raw, source)
    opf = _package_document(package, source)
    root = package.tree(opf)
    items = _items(root, posixpath.dirname(opf))
    _require_open(package, source, {item.path for item in items.values() if item.media_type in _MARKUP})
    labels, beside = _navigation(package, root, items, posixpath.dirname(opf))
    chapters: list[tuple[str | None, list[Piece]]] = []
    left_out: list[Dropped] = []
    for item in _spine(root, items):
        if item.path not in package:
            continue
        pieces, label = pieces_of(to_text(package.read(item.path))), labels.get(item.path)
        if item.path in beside or "nav" in item.properties:
            left_out += _about_itself(pieces)
            continue
        # A converter cuts a long chapter into files, of which the contents name the first, or one alone has a heading.
        headed = any(piece.level for piece in pieces[:_HEADING_WITHIN])
        apart = _is_of_book(label, pieces) or any(_OF_PRINTERS.search(piece.text) for piece in pieces)
        if chapters and label is None and not apart and _goes_on(*chapters[-1], headed=headed):
            chapters[-1][1].extend(pieces)
        else:
            chapters.append((label, pieces))
    articles: list[Article] = []
    for label, pieces in _whole(chapters):
        found = _articles(pieces, label, source, listed=bool(labels))
        articles += found
        left_out += [] if found else _about_itself(pieces)
    if not articles:
        raise SourceError(f"{source}: has no chapter with words in it", hint="It may be a book of pictures.")
    articles[0] = replace(articles[0], dropped=(*left_out, *articles[0].dropped))
    published = _date(root)
    return tuple(replace(article, published=article.published or published) for article in articles)


def _goes_on(label: str | None, pieces: Sequence[Piece], *, headed: bool) -> bool:
    """Tell whether a document that the contents do not name belongs to the chapter above: a title page is none."""
    if label is not None:
        return not _TITLE_PAGE.fullmatch(label)
    return not (headed or _is_list([piece for piece in pieces if not piece.why_dropped]))


def _whole(chapters: Sequence[tuple[str | None, list[Piece]]]) -> Sequence[tuple[str | None, list[Piece]]]:
    """Return the chapters, or one where a converter cut a single piece: a file opens in the middle of its text.

    Such a piece has one title, of the first level, and goes on with a heading or is signed beside its title alone; the
    contents may name all of its headings.
    """
    opened = [next((piece for piece in pieces if not piece.why_dropped), None) for _, pieces in chapters]
    torn = [n for n, one in enumerate(opened) if n and one and not one.level and is_prose(one.text)]
    titles = [piece for _, pieces in chapters for piece in pieces if piece.level == 1]
    further = [n for n in torn if any(1 < piece.level < BOLD_LEVEL for piece in chapters[n][1])]
    first = next((n for n, (_, pieces) in enumerate(chapters) if titles[:1] and titles[0] in pieces), 0)
    signed = [n for n, (_, pieces) in enumerate(chapters) if any(is_byline(one.text) for one in pieces)]
    if len(titles) != 1 or not (further or (torn and signed == [first])):
        first = next(iter(signed), 0)
        if not _are_counted([label for label, _ in chapters[first + 1 :] if label]):
            return chapters
    told = [
        n
        for n in range(first, len(chapters))
        if n == first
        or (
            not (_is_of_book(*chapters[n]) or _is_list(chapters[n][1]))
            and any(is_prose(piece.text) for piece in chapters[n][1])
        )
    ]
    others = [one for n, one in enumerate(chapters) if n not in told]
    label = chapters[first][0]
    named = None if label is None or _TITLE_PAGE.fullmatch(label) else label
    return [*others, (named, [piece for n in told for piece in chapters[n][1]])]


def _are_counted(labels: Sequence[str]) -> bool:
    """Tell whether chapters are the parts of a whole: counted from one on ("1. Il mulo"), or stations of one way."""
    numbers = [int(found[1]) if (found := _COUNTED.match(label)) else 0 for label in labels]
    stations = [found for label in labels if (found := _STATION.match(label))]
    passed = [int(found["number"]) for found in stations]
    one_way = len({found["word"] for found in stations}) == 1 and passed == sorted(set(passed))
    counted = numbers == list(range(1, len(numbers) + 1))
    return len(labels) > 1 and (counted or (one_way and len(stations) == len(labels)))


def _about_itself(pieces: Sequence[Piece]) -> list[Dropped]:
    return [Dropped(piece.text, piece.why_dropped or _ABOUT_ITSELF) for piece in pieces]


def _package_document(package: Package, source: str) -> str:
    """Return the path of the package document, which the container names."""
    for rootfile in package.tree(_CONTAINER).iter("{*}rootfile"):
        path = posixpath.normpath(unquote(rootfile.get("full-path", "")))
        if path in package:
            return path
    raise SourceError(f"{source}: does not say where its package document is", hint=_HINT)


def _items(root: Element, folder: str) -> dict[str, _Item]:
    return {
        item.get("id", ""): _Item(
            _path(folder, item.get("href", "")),
            item.get("media-type", "").strip().lower(),
            frozenset(item.get("properties", "").split()),
        )
        for item in root.iterfind(".//{*}manifest/{*}item")
    }


def _path(folder: str, href: str) -> str:
    """Return the member that a reference means. One that climbs out of the package names nothing in it."""
    try:
        return posixpath.normpath(posixpath.join(folder, unquote(urlsplit(href).path)))
    except ValueError:
        return ""


def _spine(root: Element, items: Mapping[str, _Item]) -> Iterator[_Item]:
    """Yield the documents of the book in reading order, each once; those outside of it ("linear") are left out."""
    seen: set[str] = set()
    for itemref in root.iterfind(".//{*}spine/{*}itemref"):
        item = items.get(itemref.get("idref", ""))
        if item is None or itemref.get("linear") == "no" or item.path in seen or item.media_type not in _MARKUP:
            continue
        seen.add(item.path)
        if len(seen) > _MOST_CHAPTERS:
            return
        yield item


def _require_open(package: Package, source: str, documents: set[str]) -> None:
    """Refuse a book whose documents are encrypted; scrambled fonts are no hindrance."""
    if _ENCRYPTION not in package:
        return
    for reference in package.tree(_ENCRYPTION).iter("{*}CipherReference"):
        if _path("", reference.get("URI", "")) in documents:
            raise SourceError(
                f"{source}: is protected against copying (DRM)", hint="Only books without protection can be read."
            )


def _navigation(
    package: Package, root: Element, items: Mapping[str, _Item], folder: str
) -> tuple[dict[str, str], set[str]]:
    """Return the label of each document in the table of contents, and the documents that are not to be read out."""
    labels: dict[str, str] = {}
    beside = {
        _path(folder, reference.get("href", ""))
        for reference in root.iterfind(".//{*}guide/{*}reference")
        if reference.get("type", "").lower() in _BESIDE
    }
    for item in items.values():
        if item.path not in package:
            continue
        if item.media_type == "application/x-dtbncx+xml":
            for point in package.tree(item.path).iter("{*}navPoint"):
                label, content = point.find("{*}navLabel/{*}text"), point.find("{*}content")
                if label is not None and content is not None and label.text:
                    labels.setdefault(_path(posixpath.dirname(item.path), content.get("src", "")), label.text)
        elif "nav" in item.properties:
            _read_nav(package.tree(item.path), posixpath.dirname(item.path), labels, beside)
    return {path: " ".join(label.split()) for path, label in labels.items()}, beside


def _read_nav(tree: Element, folder: str, labels: dict[str, str], beside: set[str]) -> None:
    for link in tree.iter("{*}a"):
        kind = link.get("{http://www.idpf.org/2007/ops}type", "")
        path = _path(folder, link.get("href", ""))
        if kind:
            if kind in _BESIDE:
                beside.add(path)
        elif path:
            labels.setdefault(path, plain("".join(link.itertext())))


def _articles(pieces: list[Piece], label: str | None, source: str, *, listed: bool) -> tuple[Article, ...]:
    """Return the articles of one document: one, or one for each of several top headings."""
    said = [piece for piece in pieces if not piece.why_dropped]
    headed = any(piece.level for piece in said)
    told = is_prose if label is None and (listed or not headed) else SENTENCE_END.search
    tells = any(told(piece.text) for piece in said if not piece.level)
    if not tells or _is_list(said) or _is_of_book(label, said):
        return ()  # a title page, the contents, a page of verses or of names: nobody reads them aloud
    tops = [piece for piece in said if piece.level == 1]
    named = (piece for piece in said if label and key_of(piece.text) == key_of(label))
    first = next(named, next((piece for piece in said[:_HEADING_WITHIN] if piece.level), None))
    titles = tops if len(tops) > 1 else [first] if first else []
    paragraphs = [piece.paragraph(Rank.TITLE if any(piece is one for one in titles) else None) for piece in pieces]
    if not titles and label:
        paragraphs.insert(0, Paragraph(Rank.TITLE, label))
    return to_articles(paragraphs, source)


def _is_of_book(label: str | None, pieces: Sequence[Piece]) -> bool:
    """Tell whether a document says by its name that it is about the book, as its colophon or its sources."""
    names = [label, *(piece.text for n, piece in enumerate(pieces[:_HEADING_WITHIN]) if piece.level or not n)]
    return any(name and _OF_BOOK.fullmatch(name) for name in names)


def _is_list(said: Sequence[Piece]) -> bool:
    """Tell whether a page holds more names and titles than sentences, or says who may print the book."""
    texts = [piece.text for piece in said if not piece.level]
    told = sum(len(text) for text in texts if SENTENCE_END.search(text) and text[-1] != "…")
    return 2 * told < sum(map(len, texts)) or any(_OF_PRINTERS.search(text) for text in texts[:_PRINTED_WITHIN])


def _date(root: Element) -> str | None:
    """Return the date of the issue; a whole date only, for books often carry the year of a first edition."""
    date = root.find(".//{http://purl.org/dc/elements/1.1/}date")
    found = re.match(r"\s*(\d{4}-\d\d-\d\d)(?!\d)", "" if date is None else date.text or "")
    return found[1] if found else None
