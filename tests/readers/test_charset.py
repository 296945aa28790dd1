"""Text comes out right where its encoding was told, told wrongly, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audio.readers.charset import to_text, to_xml, without_impossible

TEXT = "Perché l’età è “così” – già"


@pytest.mark.parametrize(
    ("raw", "content_type"),
    [
        (TEXT.encode(), None),
        (TEXT.encode("utf-8-sig"), "text/html; charset=iso-8859-1"),
        (TEXT.encode("utf-16"), None),
        (TEXT.encode("utf-16-le"), None),
        (TEXT.encode("cp1252"), None),
        (TEXT.encode("cp1252"), "text/html; charset=ISO-8859-1"),
        (TEXT.encode("cp1252"), "text/html; charset=utf-8"),
        (TEXT.encode(), "text/html; charset=latin1"),
        (TEXT.encode("utf-16-be"), 'text/html; charset="utf-16-be"'),
        (TEXT.encode(), "text/html; charset=nessuno"),
        (TEXT.encode("mac_roman"), "text/plain; charset=macintosh"),
    ],
)
def test_header_is_believed_where_it_can_be(raw: bytes, content_type: str | None) -> None:
    """A mark, then a header that fits, then UTF-8, then Windows-1252 decide; Latin-1 is never believed."""
    assert to_text(raw, content_type) == TEXT


def test_own_word_comes_after_the_header() -> None:
    """A page's own declaration counts where no header gives another, and only where the bytes agree."""
    page = '<meta charset="{}"><p>però</p>'
    assert "però" in to_text(page.format("iso-8859-15").encode("iso-8859-15"))
    assert "però" in to_text(page.format("utf-16").encode())
    assert "però" in to_text(page.format("koi8-r").encode(), "text/html; charset=utf-8")


@given(st.binary(max_size=200), st.none() | st.text(max_size=40))
def test_any_bytes_become_text(raw: bytes, content_type: str | None) -> None:
    """Whatever the bytes and whatever is said of them, there is a text, and it is one that XML could hold."""
    assert isinstance(to_text(raw, content_type), str)
    assert to_xml(raw, content_type).decode("utf-8") == without_impossible(to_xml(raw, content_type).decode("utf-8"))
