"""The show's picture: the one it was given, made fit for every directory, or one drawn with its title.

Pillow opens and draws it. A picture is judged by its header before any of it is decoded.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import warnings
from importlib import resources
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, UnidentifiedImageError

from audio.config import ShowSettings
from audio.errors import SettingsError
from audio.italian.dates import MONTHS
from audio.podcast import store

# Apple: square, 1400 to 3000 pixels, JPEG or PNG without transparency; more than half a megabyte is slow on phones.
_LEAST_SIDE, _MOST_SIDE, _MAX_BYTES = 1400, 3000, 512_000
# No camera's square is larger; beyond, a picture is meant to fill the memory.
_MAX_FILE_BYTES, _REFUSED_SIDE = 20_000_000, 8000
# The page's first load has room for a picture of about 20 kB; an episode's own is loaded by apps, one each day.
_SMALL_SIDE, _DATED_SIDE = 360, 1400
# Changes with the drawing, so that apps load it again.
_DESIGN = "1"
_NIGHT, _PAPER, _SIGNAL = (18, 32, 56), (246, 241, 231), (214, 62, 46)
# Lines of print on the left, levels of a voice on the right, in rows.
_LEVELS = (3, 6, 10, 7, 12, 14, 9, 12, 7, 4)
_PRINT = (300, 470, 430, 500, 380, 470, 430, 500, 380, 330)
_SIDE, _MARGIN = 1400, 120
# Where the title stands, from above: between the picture and the line, and higher where a date stands below it.
_TITLE_TOP, _TITLE_BOTTOM, _DATED_BOTTOM = 710, 1240, 1130


def write(folder: Path, show: ShowSettings) -> str:
    """Put the show's picture into the folder and return its file name, a new one whenever the picture changes.

    ``cover.jpg`` is the same picture for those who look for that name, ``small(name)`` a light one for the pages.
    Raises SettingsError for a picture that cannot be a cover.
    """
    given = _read(show.cover) if show.cover else None
    seed = given or f"{_DESIGN} {show.title}".encode()
    name = f"cover-{hashlib.sha256(seed).hexdigest()[:8]}.jpg"
    if not (folder / name).exists():
        picture = given if given and _is_fit(given) else _encode(_fitted(given) if given else _draw(show.title))
        light = Image.open(io.BytesIO(picture)).resize((_SMALL_SIDE, _SMALL_SIDE), Image.Resampling.LANCZOS)
        store.write(folder / small(name), _encode(light))
        store.write(folder / name, picture)
    store.copy(folder / name, folder / "cover.jpg")
    return name


def small(name: str) -> str:
    """Return the file name of a cover's light form."""
    return name.replace("cover-", "cover-small-")


def dated(show: ShowSettings, date: dt.date) -> bytes:
    """Return the picture of an episode: the show's title and its day, as JPEG."""
    day = "1º" if date.day == 1 else str(date.day)
    drawn = _draw(show.title, f"{day} {MONTHS[date.month - 1]} {date.year}")
    return _encode(drawn.resize((_DATED_SIDE, _DATED_SIDE), Image.Resampling.LANCZOS))


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MAX_FILE_BYTES:
            raise _unfit(path, f"is larger than {_MAX_FILE_BYTES // 1_000_000} MB")
        data = path.read_bytes()
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            picture = Image.open(io.BytesIO(data), formats=("JPEG", "PNG"))
            width, height = picture.size
            if width == height and _LEAST_SIDE <= width <= _REFUSED_SIDE:
                picture.load()  # a picture that is cut off opens well
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise _unfit(path, "has more pixels than any picture needs") from error
    except UnidentifiedImageError as error:
        raise _unfit(path, "is neither a JPEG nor a PNG picture") from error
    except (OSError, SyntaxError) as error:  # Pillow's word for a broken PNG
        raise _unfit(path, getattr(error, "strerror", None) or "is damaged") from error
    if width != height or not _LEAST_SIDE <= width <= _REFUSED_SIDE:
        raise _unfit(path, f"has {width} × {height} pixels")
    return data


def _unfit(path: Path, why: str) -> SettingsError:
    hint = f"A cover is a square JPEG or PNG of {_LEAST_SIDE} to {_MOST_SIDE} pixels a side; null draws one."
    return SettingsError(f"show.cover: {path}: {why}", hint=hint)


def _is_fit(data: bytes) -> bool:
    picture = Image.open(io.BytesIO(data))
    return (picture.format, picture.mode) == ("JPEG", "RGB") and picture.width <= _MOST_SIDE and len(data) <= _MAX_BYTES


def _fitted(data: bytes) -> Image.Image:
    """Return a picture without transparency, not too large."""
    picture = Image.open(io.BytesIO(data)).convert("RGBA")
    side = min(picture.width, _MOST_SIDE)
    paper = Image.new("RGBA", picture.size, "white")
    return Image.alpha_composite(paper, picture).convert("RGB").resize((side, side), Image.Resampling.LANCZOS)


def _encode(picture: Image.Image) -> bytes:
    """Return a JPEG as good as the size allows."""
    data = b""
    for quality in (88, 80, 70, 60, 45, 30):
        out = io.BytesIO()
        picture.save(out, "JPEG", quality=quality, optimize=True)
        data = out.getvalue()
        if len(data) <= _MAX_BYTES:
            break
    return data


def _draw(title: str, below: str | None = None) -> Image.Image:
    """Draw a cover: lines of print that become sound, and the words as large as they fit, to be read on a thumbnail."""
    scale = _MOST_SIDE / _SIDE
    picture = Image.new("RGB", (_MOST_SIDE, _MOST_SIDE), _NIGHT)
    draw = ImageDraw.Draw(picture)

    def bar(left: float, top: float, right: float, bottom: float, colour: tuple[int, int, int]) -> None:
        box = (left * scale, top * scale, right * scale, bottom * scale)
        draw.rounded_rectangle(box, (bottom - top) / 2 * scale, colour)

    for row, (level, length) in enumerate(zip(_LEVELS, _PRINT, strict=True)):
        y = _MARGIN + row * 58
        bar(_MARGIN, y, _MARGIN + length, y + 26, _PAPER)
        bar(960 - level * 22, y, 960 + level * 22, y + 26, _SIGNAL)
    bottom, width = (_DATED_BOTTOM if below else _TITLE_BOTTOM), (_SIDE - 2 * _MARGIN) * scale
    words, size = _largest(title, width, (bottom - _TITLE_TOP) * scale)
    middle = (_MARGIN * scale, (_TITLE_TOP + bottom) / 2 * scale)
    draw.multiline_text(middle, words, _PAPER, _font(size), anchor="lm", spacing=size * 0.12)
    if below:
        at = (_MARGIN * scale, (_SIDE - _MARGIN) * scale)
        draw.text(at, below, _SIGNAL, _font(_largest(below, width, 120 * scale)[1]), anchor="ls")
    else:
        bar(_MARGIN, _SIDE - _MARGIN, _SIDE - _MARGIN, _SIDE - _MARGIN + 12, _SIGNAL)
    return picture


def _largest(text: str, width: float, height: float) -> tuple[str, int]:
    """Return the text broken into lines, and the largest size (pixels) in which they fit a box."""
    words = text.split()
    for size in range(int(height), 40, -10):
        font, lines = _font(size), [""]
        for word in words:
            longer = f"{lines[-1]} {word}".strip()
            lines = [*lines[:-1], longer] if font.getlength(longer) <= width else [*lines, word]
        if all(font.getlength(line) <= width for line in lines) and len(lines) * size * 1.32 <= height:
            return "\n".join(filter(None, lines)), size
    return text[:40], 60


def _font(size: float) -> ImageFont.FreeTypeFont:
    with resources.as_file(resources.files("audio.assets") / "cover.otf") as path:
        return ImageFont.truetype(path, size)
