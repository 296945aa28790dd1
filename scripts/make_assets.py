"""Make the pictures that come with the program, so that they are free of rights: ``python scripts/make_assets.py``."""

from __future__ import annotations

from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

ASSETS = Path(__file__).parent.parent / "audio" / "assets"
# Podcast directories want 1400 to 3000 pixels; the smallest keeps every tag light.
SIDE = 1400
NIGHT, PAPER, SIGNAL = (18, 32, 56), (246, 241, 231), (214, 62, 46)


def cover() -> Image.Image:
    """Draw the cover: a column of newsprint whose lines become sound."""
    picture = Image.new("RGB", (SIDE, SIDE), NIGHT)
    draw = ImageDraw.Draw(picture)
    # Lines of text on the left, levels of a voice on the right: the same fifteen rows.
    levels = (3, 5, 8, 6, 10, 13, 9, 12, 14, 10, 7, 9, 5, 6, 3)
    for row, level in enumerate(levels):
        y = 190 + row * 46
        width = (470, 430, 500, 380)[row % 4] if row else 300
        draw.rounded_rectangle((140, y, 140 + width, y + 20), 10, PAPER)
        half = level * 20
        draw.rounded_rectangle((960 - half, y, 960 + half, y + 20), 10, SIGNAL)
    draw.text((SIDE / 2, 1100), "Notiziario", PAPER, ImageFont.load_default(size=230), anchor="mm")
    draw.rounded_rectangle((140, 1250, SIDE - 140, 1258), 4, SIGNAL)
    return picture


if __name__ == "__main__":
    cover().save(ASSETS / "cover.jpg", quality=88, optimize=True, progressive=False)
