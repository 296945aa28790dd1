"""Zip packages such as EPUB and docx: members by name, in memory, counted on the bytes that really come out.

Nothing is ever unpacked to a disk, so a name that climbs out of its folder is only a name that nobody asks for; sizes
that an archive states of itself are not believed.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from typing import TypeAlias

from lxml import etree

from audio.errors import SourceError
from audio.readers.charset import to_xml

# What the readers of packages walk through; the library stays behind this door.
Element: TypeAlias = etree._Element  # noqa: SLF001 - the class has no other name

MAX_MEMBERS = 10_000
# A chapter or a whole document as XML; the largest seen are a tenth of it. All together may be read five times over.
MAX_MEMBER_BYTES = 20_000_000
MAX_TOTAL_BYTES = 100_000_000
_ENCRYPTED = 0x1
_HINT = "It may be damaged; open it in its own program and save it again."


class Package:
    """An archive and the bounds on it. Raises SourceError for what is no zip archive; ``name`` is for messages."""

    def __init__(self, raw: bytes, name: str) -> None:
        self._name = name
        self._left = MAX_TOTAL_BYTES
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(raw))
        except (zipfile.BadZipFile, ValueError, EOFError, OSError, NotImplementedError) as error:
            raise SourceError(f"{name}: is damaged, it cannot be unpacked", hint=_HINT) from error
        if len(self._zip.filelist) > MAX_MEMBERS:
            raise SourceError(f"{name}: holds more than {MAX_MEMBERS:,} files, which no article does")

    def __contains__(self, member: str) -> bool:
        return member in self._zip.NameToInfo

    def read(self, member: str) -> bytes:
        """Return a member, unpacked and whole. Raises SourceError where it is missing, encrypted, damaged or a bomb."""
        info = self._zip.NameToInfo.get(member)
        if info is None:
            raise SourceError(f"{self._name}: has no {_shown(member)} in it", hint=_HINT)
        if info.flag_bits & _ENCRYPTED:
            raise SourceError(f"{self._name}: is encrypted", hint="Save a copy without a password.")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:  # all that EPUB and docx may use
            raise SourceError(f"{self._name}: is packed in a way that cannot be read", hint=_HINT)
        limit = min(MAX_MEMBER_BYTES, self._left)
        try:
            with self._zip.open(info) as file:
                data = file.read(limit + 1)
        except (zipfile.BadZipFile, zlib.error, ValueError, EOFError, OSError, RuntimeError) as error:
            raise SourceError(f"{self._name}: is damaged at {_shown(member)}", hint=_HINT) from error
        if len(data) > limit:
            raise SourceError(
                f"{self._name}: unpacks to more than {limit // 1_000_000} MB, which no article does",
                hint="It may have been made to fill the memory.",
            )
        self._left -= len(data)
        return data

    def tree(self, member: str) -> Element:
        """Return the root of an XML member. No entity is resolved, nothing outside is loaded, slips are overlooked."""
        parser = etree.XMLParser(
            encoding="utf-8",
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            recover=True,
            remove_comments=True,
        )
        try:
            root = etree.fromstring(to_xml(self.read(member)), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise SourceError(f"{self._name}: is damaged at {_shown(member)}", hint=_HINT) from error
        if root is None:  # what a recovering parser makes of no XML at all
            raise SourceError(f"{self._name}: is damaged at {_shown(member)}", hint=_HINT)
        return root


def _shown(member: str) -> str:
    return "".join(c for c in member if c.isprintable())[:80]
