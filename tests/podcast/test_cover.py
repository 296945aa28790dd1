"""The show's picture, given or drawn."""

import datetime as dt
import io
import struct
import zlib
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from audio.config import ShowSettings
from audio.errors import SettingsError
from audio.podcast import cover

SHOW = ShowSettings(title="Il Giornale Radio della Città")


def _open(path: Path) -> Image.Image:
    return Image.open(io.BytesIO(path.read_bytes()))


def _png(width: int, height: int) -> bytes:
    """Return a PNG that claims a size and holds nothing of it."""
    chunks = {b"IHDR": struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0), b"IDAT": b"nulla"}
    written = [struct.pack(">I", len(d)) + n + d + struct.pack(">I", zlib.crc32(n + d)) for n, d in chunks.items()]
    return b"\x89PNG\r\n\x1a\n" + b"".join(written)


def test_a_drawn_cover_is_what_directories_want(tmp_path: Path) -> None:
    """It is a square RGB JPEG of 3000 pixels within half a megabyte, with a light form for the pages."""
    name = cover.write(tmp_path, SHOW)
    picture = _open(tmp_path / name)
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (3000, 3000))
    assert (tmp_path / name).stat().st_size <= 512_000
    assert (tmp_path / cover.small(name)).stat().st_size <= 30_000
    assert (tmp_path / "cover.jpg").read_bytes() == (tmp_path / name).read_bytes()


def test_another_cover_has_another_name(tmp_path: Path) -> None:
    """Apps load a cover once for each address, so a new one gets a new name; the same title gives the same bytes."""
    first = cover.write(tmp_path, SHOW)
    bytes_before = (tmp_path / first).read_bytes()
    assert cover.write(tmp_path, replace(SHOW, title="Altro")) != first
    (tmp_path / first).unlink()
    assert cover.write(tmp_path, SHOW) == first
    assert (tmp_path / first).read_bytes() == bytes_before


@pytest.mark.parametrize("title", ["È", "Precipitevolissimevolmente " * 3, "a b " * 60, "<b>&", "日本"])
def test_any_title_can_be_drawn(tmp_path: Path, title: str) -> None:
    """A title of any length and letters makes a cover."""
    assert _open(tmp_path / cover.write(tmp_path, replace(SHOW, title=title))).size == (3000, 3000)


def test_a_given_cover_that_fits_is_kept(tmp_path: Path) -> None:
    """A fit JPEG is used byte for byte."""
    given = tmp_path / "mia.jpg"
    Image.new("RGB", (1400, 1400), "red").save(given)
    name = cover.write(tmp_path / "p", replace(SHOW, cover=given))
    assert (tmp_path / "p" / name).read_bytes() == given.read_bytes()


def test_a_given_cover_is_made_fit(tmp_path: Path) -> None:
    """A PNG with transparency, too large, becomes an RGB JPEG of 3000 pixels on white."""
    given = tmp_path / "mia.png"
    Image.new("RGBA", (3200, 3200), (0, 0, 0, 0)).save(given)
    picture = _open(tmp_path / "p" / cover.write(tmp_path / "p", replace(SHOW, cover=given)))
    assert (picture.format, picture.mode, picture.size) == ("JPEG", "RGB", (3000, 3000))
    assert picture.getpixel((10, 10)) == (255, 255, 255)


BAD = {
    "a bomb": (_png(60_000, 60_000), "pixels"),
    "larger than a camera's": (_png(8001, 8001), "pixels"),
    "oblong": (_png(1400, 1500), "1400 × 1500"),
    "small": (_png(600, 600), "600 × 600"),
    "no picture": (b"<svg/>", "neither a JPEG nor a PNG"),
    "damaged": (_png(1400, 1400), "damaged"),
    "huge": (b"\xff\xd8\xff" + bytes(20_000_000), "larger than 20 MB"),
}


@pytest.mark.parametrize(("data", "says"), BAD.values(), ids=list(BAD))
def test_what_cannot_be_a_cover_is_refused(tmp_path: Path, data: bytes, says: str) -> None:
    """A picture that no directory takes, or that would fill the memory, is refused by name, and nothing is written."""
    given = tmp_path / "mia.png"
    given.write_bytes(data)
    with pytest.raises(SettingsError, match=says) as error:
        cover.write(tmp_path / "p", replace(SHOW, cover=given))
    assert "mia.png" in error.value.message
    assert not (tmp_path / "p").exists()


def test_a_missing_cover(tmp_path: Path) -> None:
    """A cover that is not there is a mistake in the settings."""
    with pytest.raises(SettingsError, match="No such file"):
        cover.write(tmp_path, replace(SHOW, cover=tmp_path / "no.jpg"))


def test_a_dated_cover() -> None:
    """An episode's picture is within Apple's sizes and changes with the day."""
    one, other = (cover.dated(SHOW, dt.date(2025, 11, day)) for day in (1, 2))
    assert Image.open(io.BytesIO(one)).size == (1400, 1400)
    assert one != other
