"""What was fetched is kept with its marks, within a bound, and a damaged file is no file."""

import os
from pathlib import Path

import pytest

from audio.readers.fetch.http_cache import HttpCache

MARKS = {"Content-Type": "text/html", "ETag": '"a1"', "Last-Modified": "Thu, 06 Nov 2025 06:00:00 GMT"}


def test_page_comes_back_with_its_conditions(tmp_path: Path) -> None:
    """A kept page gives its body, its type and the two headers that ask whether it changed."""
    cache = HttpCache(tmp_path / "pages")
    cache.put("https://esempio.it/", b"<p>ciao\n\xff", MARKS)
    kept = cache.get("https://esempio.it/")
    assert kept is not None
    assert (kept.body, kept.content_type) == (b"<p>ciao\n\xff", "text/html")
    assert kept.conditions() == {"If-None-Match": '"a1"', "If-Modified-Since": "Thu, 06 Nov 2025 06:00:00 GMT"}
    assert cache.get("https://esempio.it/altro") is None


@pytest.mark.parametrize("headers", [{}, {**MARKS, "Cache-Control": "private, No-Store"}])
def test_page_without_marks_or_forbidden_is_not_kept(tmp_path: Path, headers: dict[str, str]) -> None:
    """What could not be validated, or must not be stored, is not written."""
    cache = HttpCache(tmp_path)
    cache.put("https://esempio.it/", b"x", headers)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("damage", [b"", b"x", b"\n", b"abc\n{}\n"])
def test_damaged_file_is_no_file(tmp_path: Path, damage: bytes) -> None:
    """A file that is not what was written is removed and counts as missing."""
    cache = HttpCache(tmp_path)
    cache.put("u", b"corpo", MARKS)
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    assert cache.get("u") is None
    assert not file.exists()


def test_folder_is_bounded_and_the_oldest_goes(tmp_path: Path) -> None:
    """Beyond the bound, what was asked for longest ago is removed first."""
    cache = HttpCache(tmp_path, max_bytes=5000)
    for index in range(5):
        cache.put(f"u{index}", b"x" * 1000, MARKS)
        for age, file in enumerate(sorted(tmp_path.iterdir(), key=lambda f: f.stat().st_mtime_ns, reverse=True)):
            os.utime(file, (1_000_000 - age, 1_000_000 - age))
    cache.put("u5", b"x" * 1000, MARKS)
    assert sum(file.stat().st_size for file in tmp_path.iterdir()) <= 5000
    assert cache.get("u0") is None
    assert cache.get("u5") is not None


def test_folder_that_cannot_be_written_keeps_nothing(tmp_path: Path) -> None:
    """A cache only saves time: without its folder nothing fails."""
    (tmp_path / "file").write_bytes(b"")
    cache = HttpCache(tmp_path / "file" / "pages")
    cache.put("u", b"corpo", MARKS)
    assert cache.get("u") is None
