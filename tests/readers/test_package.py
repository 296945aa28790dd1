"""Archives are read by name, in memory, and counted on the bytes that come out."""

import io
import struct
import zipfile

import pytest
from source_builders import package

from audio.errors import SourceError
from audio.readers.package import MAX_MEMBER_BYTES, Package


def test_member_is_read_by_name() -> None:
    """A member comes out whole; one that is missing is named, without what could steer a terminal."""
    archive = Package(package({"a/b.xml": "<a>però</a>"}), "libro")
    assert "a/b.xml" in archive
    assert archive.read("a/b.xml").decode() == "<a>però</a>"
    with pytest.raises(SourceError, match=r"^libro: has no \[31mx in it$"):
        archive.read("\x1b[31mx")


def test_stated_sizes_are_not_believed() -> None:
    """A member that states a small size and unpacks to a large one is stopped at the bound."""
    raw = bytearray(package({"a": b"x" * (MAX_MEMBER_BYTES + 10)}))
    for sign, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = raw.index(sign)
        raw[at + offset : at + offset + 4] = struct.pack("<L", 100)
    with pytest.raises(SourceError):
        Package(bytes(raw), "x").read("a")


def test_all_members_together_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Members that are small one by one may not add up to more than the whole may have."""
    monkeypatch.setattr("audio.readers.package.MAX_TOTAL_BYTES", 1500)
    archive = Package(package({"a": b"x" * 1000, "b": b"y" * 1000}), "x")
    assert len(archive.read("a")) == 1000
    with pytest.raises(SourceError, match="unpacks to more"):
        archive.read("b")


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_other_packings_are_refused(method: int) -> None:
    """Members packed in ways that neither books nor documents may use are refused before they are unpacked."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("a", b"testo " * 1000)
    with pytest.raises(SourceError, match="packed in a way"):
        Package(file.getvalue(), "x").read("a")


def test_damaged_member_is_told() -> None:
    """Bytes that were changed show in the checksum."""
    raw = bytearray(package({"a": b"testo " * 1000}))
    raw[40] ^= 0xFF
    with pytest.raises(SourceError, match="damaged at a"):
        Package(bytes(raw), "x").read("a")


def test_tree_survives_slips_and_follows_nothing() -> None:
    """Markup with slips is read as far as it goes; entities are not resolved, characters that are none are left out."""
    markup = '<!DOCTYPE a [<!ENTITY e SYSTEM "file:///etc/hostname">]><a><b>uno &e;&#xD800;</b><c>due</a>'
    root = Package(package({"a": markup}), "x").tree("a")
    assert "".join(root.itertext()).split() == ["uno", "&e;due"]
