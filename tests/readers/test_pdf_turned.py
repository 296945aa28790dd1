"""Words set at an angle in a PDF: what only leans is read, what is turned is told as left out."""

import io

from reportlab.pdfgen.canvas import Canvas

from audio.readers import parse

STORY = (
    "La giunta ha approvato ieri il piano per i prossimi quattro anni.",
    "I sindacati chiedono garanzie, e il confronto riprende martedì.",
)


def page() -> bytes:
    """Return a page with a slanted paragraph, as printers make of a font without italics, and a turned watermark."""
    drawn = io.BytesIO()
    canvas = Canvas(drawn)
    canvas.setFont("Helvetica", 12)
    canvas.drawString(72, 700, STORY[0])
    text = canvas.beginText()
    text.setTextTransform(1, 0, 0.25, 1, 72, 660)
    text.textLine(STORY[1])
    canvas.drawText(text)
    canvas.rotate(45)
    canvas.drawString(400, 100, "BOZZA")
    canvas.save()
    return drawn.getvalue()


def test_slanted_words_are_read_and_turned_ones_told() -> None:
    """A paragraph in slanted type is said; a watermark across the page is told and not said."""
    (article,) = parse("pdf", page(), "x")
    assert STORY[1] in [block.text for section in article.sections for block in section.blocks]
    assert "BOZZA" in [piece.text for piece in article.dropped]
