"""The package of an EPUB (2 and 3): its documents in reading order, what its contents call them, and who made it."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from audio.errors import SourceError
from audio.readers.charset import to_text
from audio.readers.document import clean_line
from audio.readers.markup import Piece, pieces_of, plain
from audio.readers.package import Element, Package

_CONTAINER, _ENCRYPTION = "META-INF/container.xml", "META-INF/encryption.xml"
_MARKUP = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", ""}
# Words of the guide (EPUB 2) and of the landmarks (EPUB 3) for what is not read out.
_BESIDE = set(
    "cover toc titlepage title-page copyright-page copyright colophon loi lot index glossary landmarks page-list "
    "acknowledgements dedication footnotes endnotes rearnotes notes bibliography".split()
)
_DC = "{http://purl.org/dc/elements/1.1/}"
_MOST_CHAPTERS = 500
_HINT = "It may be damaged; open it in a reader and save it again."


@dataclass(frozen=True, slots=True)
class Document:
    """A document of the spine: the label that the contents give it, and what is in it.

    ``beside``: the book marks it as none of its text, as a cover or the contents themselves.
    """

    label: str | None
    pieces: list[Piece]
    beside: bool = False


@dataclass(frozen=True, slots=True)
class Book:
    """What a package declares of itself, and its documents; ``labelled``: it has a table of contents."""

    title: str
    writer: str
    published: str | None
    documents: list[Document]
    labelled: bool


@dataclass(frozen=True, slots=True)
class _Item:
    """A document of the manifest: where it is in the package, its media type and its properties."""

    path: str
    media_type: str
    properties: frozenset[str]


def open_book(raw: bytes, source: str) -> Book:
    """Open a book. Raises SourceError where it is damaged or protected."""
    package = Package(raw, source)
    opf = _package_document(package, source)
    root = package.tree(opf)
    items = _items(root, posixpath.dirname(opf))
    _require_open(package, source, {item.path for item in items.values() if item.media_type in _MARKUP})
    labels, beside = _navigation(package, root, items, posixpath.dirname(opf))
    documents = [
        Document(
            labels.get(item.path),
            pieces_of(to_text(package.read(item.path))),
            item.path in beside or "nav" in item.properties,
        )
        for item in _spine(root, items)
        if item.path in package
    ]
    title, writer = (clean_line(root.findtext(f".//{_DC}{name}", "")) for name in ("title", "creator"))
    return Book(title, writer, _date(root), documents, bool(labels))


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


def _date(root: Element) -> str | None:
    """Return the date of the issue; a whole date only, for books often carry the year of a first edition."""
    date = root.find(f".//{_DC}date")
    found = re.match(r"\s*(\d{4}-\d\d-\d\d)(?!\d)", "" if date is None else date.text or "")
    return found[1] if found else None
