"""Binary sources made from what a test says of them: PDF pages set in columns, EPUB books, Word documents.

They are written by hand (docx, EPUB) or by reportlab (PDF), never by the readers under test.
"""

from __future__ import annotations

import io
import math
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from html import escape
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = A4
MARGIN, GUTTER = 60, 18
# (font, size in points) of each style; leading is 1.2.
STYLES = {
    "kicker": ("Helvetica-Bold", 11.0),
    "title": ("Times-Bold", 26.0),
    "standfirst": ("Times-Italic", 13.0),
    "heading": ("Times-Bold", 12.0),
    "boldline": ("Times-Bold", 10.0),
    "body": ("Times-Roman", 10.0),
    "item": ("Times-Roman", 10.0),
    "caption": ("Helvetica", 7.0),
}

# ------------------------------------------------------------------------------------------------- PDF


def pdf(spec: Mapping[str, Any]) -> bytes:
    """Set pages: each has ``head``, ``foot`` and ``flow``, a list of [style, text] or {"columns": n, "text": [...]}.

    A soft hyphen in a text is where its word may be split. ``password`` encrypts; ``rowwise`` draws columns line by
    line across the page, as some programs do.
    """
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4, encrypt=spec.get("password"))
    for page in spec["pages"]:
        canvas.setFont("Helvetica", 8)
        if "head" in page:
            canvas.drawString(MARGIN, HEIGHT - 36, page["head"])
        if "foot" in page:
            canvas.drawCentredString(WIDTH / 2, 30, page["foot"])
        y = HEIGHT - 90
        for piece in page["flow"]:
            if isinstance(piece, dict):
                y = _columns(canvas, piece["text"], piece["columns"], y, rowwise=spec.get("rowwise", False))
            else:
                for line in _lines(piece[0], piece[1], WIDTH - 2 * MARGIN):
                    y = _draw(canvas, line, MARGIN, y)
            y -= 8
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def _lines(style: str, text: str, width: float) -> list[tuple[str, str, float, float]]:
    """Break a text into lines: (style, line, space before, indent)."""
    font, size = STYLES[style]
    lines: list[str] = []
    current = ""
    for word in text.split(" "):
        parts = word.split("\u00ad")
        trial = f"{current} {''.join(parts)}".strip()
        room = width - (12 if style == "body" and not lines else 0)
        if stringWidth(trial, font, size) <= room:
            current = trial
            continue
        head = ""
        for index in range(len(parts) - 1, 0, -1):
            candidate = f"{current} {''.join(parts[:index])}-".strip()
            if stringWidth(candidate, font, size) <= room:
                head = candidate
                parts = parts[index:]
                break
        lines.append(head or current)
        current = "".join(parts)
    lines.append(current)
    before = size * (0.7 if style != "body" else 0.0)
    indent = 12.0 if style == "body" else 0.0
    return [(style, line, before if not i else 0.0, indent if not i else 0.0) for i, line in enumerate(lines) if line]


def _columns(canvas: Canvas, texts: Sequence[Sequence[str]], count: int, top: float, *, rowwise: bool) -> float:
    width = (WIDTH - 2 * MARGIN - (count - 1) * GUTTER) / count
    lines = [line for style, text in texts for line in _lines(style, text, width)]
    depth = math.ceil(len(lines) / count)
    placed = []
    bottom = top
    for column in range(count):
        y = top
        for line in lines[column * depth : (column + 1) * depth]:
            x = MARGIN + column * (width + GUTTER)
            placed.append((y, x, line))
            y -= STYLES[line[0]][1] * 1.2 + line[2]
        bottom = min(bottom, y)
    if rowwise:
        placed.sort(key=lambda one: (-one[0], one[1]))
    for y, x, line in placed:
        _draw(canvas, line, x, y)
    return bottom


def _draw(canvas: Canvas, line: tuple[str, str, float, float], x: float, y: float) -> float:
    style, text, before, indent = line
    font, size = STYLES[style]
    canvas.setFont(font, size)
    canvas.drawString(x + indent, y - before, text)
    return float(y - before - size * 1.2)


def scan() -> bytes:
    """A page with a picture and no text."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=A4)
    canvas.rect(50, 50, 400, 600, fill=1)
    canvas.showPage()
    canvas.save()
    return file.getvalue()


# ------------------------------------------------------------------------------------------------- zip packages


def package(members: Mapping[str, bytes | str], *, first: str | None = None) -> bytes:
    """A zip archive; ``first`` is stored, not packed, as EPUB wants its media type."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            method = zipfile.ZIP_STORED if name == first else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name), data, method)
    return file.getvalue()


# ------------------------------------------------------------------------------------------------- EPUB

_CONTAINER = (
    '<?xml version="1.0"?><container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles>'
    '<rootfile full-path="{opf}" media-type="application/oebps-package+xml"/></rootfiles></container>'
)


def epub(spec: Mapping[str, Any]) -> bytes:
    """A book: ``chapters`` is a list of {"file", "html", "nav" (its label), "linear", "properties", "type"}.

    ``version`` 2 has an NCX and a guide, 3 a nav document; ``folder`` holds the package document; ``extra`` are more
    members; ``spine`` gives another order than the manifest's.
    """
    version, folder = spec.get("version", 3), spec.get("folder", "OEBPS/")
    chapters = spec["chapters"]
    spine = spec.get("spine", [chapter["file"] for chapter in chapters])
    ids = {chapter["file"]: f"c{index}" for index, chapter in enumerate(chapters)}
    manifest = "".join(
        f'<item id="{ids[c["file"]]}" href="{escape(c.get("href", c["file"]))}" media-type="application/xhtml+xml"'
        + (f' properties="{c["properties"]}"' if "properties" in c else "")
        + "/>"
        for c in chapters
    )
    labels = [(c["file"], c["nav"]) for c in chapters if "nav" in c]
    members: dict[str, bytes | str] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": _CONTAINER.format(opf=f"{folder}content.opf"),
    }
    guide = ""
    if version == 2:
        manifest += '<item id="ncx" href="toc.ncx" media-type="application/x-dtbncx+xml"/>'
        points = "".join(
            f'<navPoint id="n{i}"><navLabel><text>{escape(label)}</text></navLabel><content src="{file}"/></navPoint>'
            for i, (file, label) in enumerate(labels)
        )
        members[f"{folder}toc.ncx"] = (
            '<?xml version="1.0"?><!DOCTYPE ncx PUBLIC "-//NISO//DTD ncx 2005-1//EN" '
            '"http://www.daisy.org/z3986/2005/ncx-2005-1.dtd"><ncx xmlns="http://www.daisy.org/z3986/2005/ncx/">'
            f"<navMap>{points}</navMap></ncx>"
        )
        references = "".join(f'<reference type="{c["type"]}" href="{c["file"]}"/>' for c in chapters if "type" in c)
        guide = f"<guide>{references}</guide>"
    else:
        manifest += '<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>'
        entries = "".join(f'<li><a href="{file}">{escape(label)}</a></li>' for file, label in labels)
        marks = "".join(
            f'<li><a epub:type="{c["type"]}" href="{c["file"]}">x</a></li>' for c in chapters if "type" in c
        )
        members[f"{folder}nav.xhtml"] = (
            '<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"><body>'
            f'<nav epub:type="toc"><h1>Indice</h1><ol>{entries}</ol></nav>'
            f'<nav epub:type="landmarks"><ol>{marks}</ol></nav></body></html>'
        )
    itemrefs = "".join(
        f'<itemref idref="{ids[file]}"' + (' linear="no"' if _of(chapters, file).get("linear") is False else "") + "/>"
        for file in spine
    )
    toc = ' toc="ncx"' if version == 2 else ""
    members[f"{folder}content.opf"] = (
        f'<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="{version}.0">'
        '<metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
        f"<dc:title>{escape(spec.get('title', 'Libro'))}</dc:title><dc:language>it</dc:language>"
        + (f"<dc:date>{spec['date']}</dc:date>" if "date" in spec else "")
        + f"</metadata><manifest>{manifest}</manifest><spine{toc}>{itemrefs}</spine>{guide}</package>"
    )
    for chapter in chapters:
        if "html" in chapter:
            members[f"{folder}{chapter['file']}"] = (
                '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml" '
                f'xmlns:epub="http://www.idpf.org/2007/ops" lang="it"><head><title>{escape(spec.get("title", "x"))}'
                f"</title></head><body>{chapter['html']}</body></html>"
            )
    members.update(spec.get("extra", {}))
    return package(members, first="mimetype")


def _of(chapters: Iterable[Mapping[str, Any]], file: str) -> Mapping[str, Any]:
    return next(chapter for chapter in chapters if chapter["file"] == file)


# ------------------------------------------------------------------------------------------------- Word

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
# Ids as an Italian Word writes them, names as every Word does.
_STYLES = {
    "Titolo": ("Title", None),
    "Sottotitolo": ("Subtitle", None),
    "Titolo1": ("heading 1", None),
    "Titolo2": ("heading 2", None),
    "Citazione": ("Quote", None),
    "Didascalia": ("caption", None),
    "Puntoelenco": ("List Bullet", None),
    "Sommario1": ("toc 1", None),
    "TitoloNostro": ("Titolo nostro", "Titolo1"),
}


def docx(paragraphs: Sequence[Sequence[str]], *, body: str = "", extra: Mapping[str, bytes] | None = None) -> bytes:
    """A document of [style id or mark, text] pairs; marks are "b" (all bold), "n" (numbered), "raw" (XML), ""."""
    made = "".join(_paragraph(style, text) for style, text in paragraphs)
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/>'
        + (f'<w:basedOn w:val="{base}"/>' if base else "")
        + "</w:style>"
        for key, (name, base) in _STYLES.items()
    )
    head = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:{{0}} xmlns:w="{_W}">{{1}}</w:{{0}}>'
    return package(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "word/document.xml": head.format("document", f"<w:body>{made}{body}</w:body>"),
            "word/styles.xml": head.format("styles", styles),
            **(extra or {}),
        }
    )


def _paragraph(style: str, text: str) -> str:
    if style == "raw":
        return text
    properties = {"b": "", "": "", "n": '<w:numPr><w:numId w:val="1"/></w:numPr>'}.get(
        style, f'<w:pStyle w:val="{style}"/>'
    )
    bold = "<w:rPr><w:b/></w:rPr>" if style == "b" else ""
    text = escape(text).replace("\n", "</w:t><w:br/><w:t>")
    return f'<w:p><w:pPr>{properties}</w:pPr><w:r>{bold}<w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
