"""PDF files with a text layer, read by pdfium: characters with their places become lines, ``layout`` the rest.

Nothing in a file is run: forms and scripts are never initialised.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pypdfium2
import pypdfium2.raw as pdfium

from audio.errors import SourceError
from audio.model import Article
from audio.readers.document import Paragraph, Rank, to_articles
from audio.readers.lines import count_letters
from audio.readers.pdf.columns import Line
from audio.readers.pdf.layout import paragraphs_of

# A long report; a book in PDF is set for the eye and no bulletin.
MAX_PAGES = 200
# Somewhat more than an article may have, which decode bounds for all readers.
_MOST_CHARACTERS = 600_000
# A page of a newspaper has thousands of letters; a scan has a page number, or the scanner's name.
_LEAST_LETTERS_PER_PAGE = 20
# Blanks in set text stretch to half the type size; beyond this it is another column or cell.
_GAP_EMS = 1.4
# Type that is turned is a watermark or the name of the sheet along its edge.
_MOST_TURN_RADIANS = 0.05
# pdfium writes a hyphen at a line's end as one of these; within a line it is where a word might have been split.
_HYPHENS = {"\x02", "\ufffe", "\u00ad"}
# Bullets of the fonts Symbol and Wingdings, which have no characters of their own.
_BULLETS = {"\uf0b7", "\uf0a7", "\uf0d8", "\uf076", "\uf0fc", "\uf0a8"}
_LIGATURES = {0xFB00 + n: text for n, text in enumerate(("ff", "fi", "fl", "ffi", "ffl", "st", "st"))}
_BOLD_WEIGHT = 600
# Raised figures are so much smaller than their line, and so far above it; behind a unit or a number they are exponents.
_RAISED_SHARE, _RAISED_EMS = 0.86, 0.2
_RAISED = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
_TAKES_EXPONENT, _LONGEST_UNIT = re.compile(r"(?:(?<![^\W_])[kcdm]?m|[0-9⁰¹²³⁴-⁹])$"), 4
_SCAN_HINT = "It is a picture of text: make it readable with OCR (ocrmypdf), or name another source."


@dataclass(slots=True)
class _Glyph:
    """A character and its box, in points from the top left corner of the page; ``y`` is the baseline."""

    text: str
    x0: float
    x1: float
    y: float
    size: float
    index: int


def parse(raw: bytes, source: str, content_type: str | None = None) -> tuple[Article, ...]:  # noqa: ARG001 - the form of all readers
    """Read a file's text layer. Raises SourceError where there is none, or the file is encrypted or damaged."""
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise _refusal(source, error) from error
    try:
        if len(document) > MAX_PAGES:
            raise SourceError(
                f"{source}: has {len(document)} pages, more than {MAX_PAGES}",
                hint="Save the pages of the article alone.",
            )
        lines: list[Line] = []
        turned: list[str] = []
        heights = []
        for number in range(len(document)):
            height, found = _page(document, number, source, turned)
            heights.append(height)
            lines.extend(found)
            if sum(len(line.text) for line in lines) > _MOST_CHARACTERS:
                raise SourceError(f"{source}: holds more text than any article", hint="Save the pages it stands on.")
    finally:
        document.close()
    letters = count_letters(line.text for line in lines)
    if letters < _LEAST_LETTERS_PER_PAGE * max(1, len(heights)):
        raise SourceError(f"{source}: has no text in it, only pictures", hint=_SCAN_HINT)
    aside = Paragraph(Rank.PARAGRAPH, "".join(turned), "set at an angle, as a watermark")
    return to_articles([*paragraphs_of(lines, heights), aside], source)


def _refusal(source: str, error: Exception) -> SourceError:
    if "password" in str(error).lower():
        return SourceError(f"{source}: is encrypted", hint="Save a copy without a password.")
    return SourceError(f"{source}: is damaged, no page of it can be opened", hint="Save it again from its own program.")


def _page(document: pypdfium2.PdfDocument, number: int, source: str, turned: list[str]) -> tuple[float, list[Line]]:
    """Return (height in points, lines) of a page."""
    try:
        page = document[number]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError as error:
        raise SourceError(f"{source}: is damaged at page {number + 1}") from error
    try:
        height = page.get_height()
        return height, [
            _line(text_page.raw, run, number) for run in _runs(_glyphs(text_page.raw, height, turned)) if _has_text(run)
        ]
    finally:
        text_page.close()
        page.close()


def _glyphs(text_page: object, height: float, turned: list[str]) -> Iterator[_Glyph]:
    """Yield the characters of a page in the order pdfium finds them; those that are turned go to ``turned``."""
    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    matrix = pdfium.FS_MATRIX()
    for index in range(min(pdfium.FPDFText_CountChars(text_page), _MOST_CHARACTERS)):
        code = pdfium.FPDFText_GetUnicode(text_page, index)
        if not code or 0xD800 <= code < 0xE000 or pdfium.FPDFText_IsGenerated(text_page, index) == 1:  # noqa: PLR2004 - surrogates
            # What pdfium adds (blanks, line breaks, hyphens at a line's end) has no place of its own.
            yield _Glyph("\n" if chr(code) in "\r\n" else chr(code), 0, 0, 0, 0, -1)
            continue
        pdfium.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
        pdfium.FPDFText_GetCharOrigin(text_page, index, x, y)
        # A font of one point scaled by twelve is as common as one of twelve: the matrix has the rest of the size.
        pdfium.FPDFText_GetMatrix(text_page, index, matrix)
        # What is slanted only leans: its baseline is level.
        if abs(math.atan2(matrix.b, matrix.a)) > _MOST_TURN_RADIANS:
            turned.append(chr(code))
            continue
        size = pdfium.FPDFText_GetFontSize(text_page, index) * (math.hypot(matrix.c, matrix.d) or 1.0)
        yield _Glyph(chr(code), left.value, right.value, height - y.value, size, index)


def _runs(glyphs: Iterator[_Glyph]) -> Iterator[list[_Glyph]]:
    """Yield runs of characters that stand on one line without a wide gap."""
    run: list[_Glyph] = []
    last: _Glyph | None = None
    for glyph in glyphs:
        if glyph.index < 0:
            if glyph.text == "\n":
                yield run
                run, last = [], None
            elif run:
                run.append(glyph)
            continue
        blank = glyph.text.isspace()
        if last and not blank:
            apart = abs(glyph.y - last.y) > last.size / 2 or not (
                -last.size * 2 < glyph.x0 - last.x1 < _GAP_EMS * max(glyph.size, last.size)
            )
            if apart:
                yield run
                run = []
        run.append(glyph)
        if not blank:
            last = glyph
    yield run


def _has_text(run: list[_Glyph]) -> bool:
    return any(glyph.index >= 0 and not glyph.text.isspace() for glyph in run)


def _line(text_page: object, run: list[_Glyph], page: int) -> Line:
    placed = [glyph for glyph in run if glyph.index >= 0 and not glyph.text.isspace()]
    # A bullet is of a font of its own.
    first = next((glyph for glyph in placed if glyph.text.isalnum()), placed[0])
    sizes = sorted(glyph.size for glyph in placed)
    run = _without_note_marks(run, sizes[len(sizes) // 2])
    text = "".join("•" if glyph.text in _BULLETS else glyph.text for glyph in run).replace("\u2010", "-").strip()
    text = "".join(c for c in text[:-1] if c not in _HYPHENS) + ("-" if text[-1] in _HYPHENS else text[-1])
    return Line(
        text=" ".join(text.translate(_LIGATURES).split()),
        x0=min(glyph.x0 for glyph in placed),
        x1=max(glyph.x1 for glyph in placed),
        y=placed[0].y,
        size=round(sizes[len(sizes) // 2] * 2) / 2,
        bold=_is_bold(text_page, placed[len(placed) // 2].index) and _is_bold(text_page, first.index),
        page=page,
        slanted=_is_slanted(text_page, placed[len(placed) // 2].index),
    )


def _without_note_marks(run: list[_Glyph], size: float) -> list[_Glyph]:
    """Return a line without the raised numbers of its notes, and with exponents ("km²") as characters of their own."""
    level = max((glyph.y for glyph in run if glyph.index >= 0 and glyph.size == size), default=0.0)
    kept: list[_Glyph] = []
    for glyph in run:
        small = glyph.index >= 0 and glyph.size <= size * _RAISED_SHARE and level - glyph.y > size * _RAISED_EMS
        if not (small and glyph.text in _RAISED):
            kept.append(glyph)
        elif _TAKES_EXPONENT.search("".join(one.text for one in kept[-_LONGEST_UNIT:])):
            kept.append(replace(glyph, text=_RAISED[glyph.text]))
    return kept or run


def _is_bold(text_page: object, index: int) -> bool:
    return (
        _is_named(text_page, index, b"bold", b"black", b"heavy", b"-bd")
        or pdfium.FPDFText_GetFontWeight(text_page, index) >= _BOLD_WEIGHT
    )


def _is_slanted(text_page: object, index: int) -> bool:
    matrix = pdfium.FS_MATRIX()
    pdfium.FPDFText_GetMatrix(text_page, index, matrix)
    return bool(matrix.c) or _is_named(text_page, index, b"italic", b"oblique")


def _is_named(text_page: object, index: int, *words: bytes) -> bool:
    """Tell whether the name of a character's font holds one of the words, in small letters."""
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text_page, index, name, 128, ctypes.c_int())
    font = name.value.lower()
    return any(word in font for word in words)
