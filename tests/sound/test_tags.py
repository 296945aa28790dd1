"""What the file says about itself, read back by another hand."""

import io

import pytest
from mutagen.id3 import ID3

from audio.model import Chapter, Cue, Role, Segment, Tags, Timeline
from audio.sound.tags import to_id3

TIMELINE = Timeline((), (Chapter("Apertura", 0, 12.3456), Chapter("Sport", 12.3456, 60)), 60.0)


def _read(tags: Tags, timeline: Timeline = TIMELINE) -> ID3:
    return ID3(io.BytesIO(to_id3(tags, timeline)))


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("due\nrighe\te\x00altro\x07", "due righe ealtro"),
        ("con\u00adsonante", "consonante"),
        ("«Perché?» – città", "«Perché?» – città"),
        ("a" * 300, "a" * 254 + "…"),
    ],
)
def test_titles_are_one_clean_line(written: str, shown: str) -> None:
    """Controls and soft hyphens go, Italian stays, and nothing is longer than 255 characters, in chapters too."""
    tag = _read(Tags(written, written, written), Timeline((), (Chapter(written, 0, 1),), 1.0))
    texts = [tag[name].text[0] for name in ("TIT2", "TPE1", "TALB")]
    texts += [frame.sub_frames["TIT2"].text[0] for frame in (*tag.getall("CHAP"), *tag.getall("CTOC"))]
    assert set(texts) == {shown}


def test_chapters_stand_in_one_ordered_contents() -> None:
    """One table of contents, top and ordered, names every chapter; times are whole milliseconds and no byte offsets."""
    tag = _read(Tags("T", "A", "B"))
    (contents,) = tag.getall("CTOC")
    chapters = [tag[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert int(contents.flags) == 0b11
    assert [(c.start_time, c.end_time) for c in chapters] == [(0, 12346), (12346, 60000)]
    assert {(c.start_offset, c.end_offset) for c in chapters} == {(0xFFFFFFFF, 0xFFFFFFFF)}


@pytest.mark.parametrize(("start", "kind"), [(b"\xff\xd8\xff\xe0", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png")])
def test_cover(start: bytes, kind: str) -> None:
    """The cover stands as the front cover with its own type, byte for byte."""
    (picture,) = _read(Tags("T", "A", "B", cover=start + b"...")).getall("APIC")
    assert (picture.type, picture.mime, picture.data) == (3, kind, start + b"...")


def test_what_is_unknown_is_left_out() -> None:
    """No date and no cover make no empty frames; the tag is version 2.4 at the file's first byte."""
    data = to_id3(Tags("T", "A", "B"), TIMELINE)
    assert data[:4] == b"ID3\x04"
    assert not {"TDRC", "APIC:"} & set(ID3(io.BytesIO(data)))


def test_same_tags_same_bytes() -> None:
    """Nothing in a tag depends on when it is made."""
    assert to_id3(Tags("T", "A", "B"), TIMELINE) == to_id3(Tags("T", "A", "B"), TIMELINE)


def _saying(*texts: str) -> Timeline:
    cues = [Cue(Segment(Role.PARAGRAPH, t, t, "it", 0.5), n * 2 + 0.3, n * 2 + 1.5) for n, t in enumerate(texts)]
    return Timeline(tuple(cues), (Chapter("Uno", 0, 60),), 60.0)


def test_what_is_said_can_be_read_along() -> None:
    """The lyrics hold every sentence, plain and with its time in milliseconds, in the language of the tag."""
    tag = _read(Tags("T", "A", "B"), _saying("Perché è «sì»?", "Piove\na Torino."))
    (plain,), (timed,) = tag.getall("USLT"), tag.getall("SYLT")
    assert plain.text == "Perché è «sì»?\nPiove a Torino."
    assert timed.text == [("Perché è «sì»?", 300), ("Piove a Torino.", 2300)]
    assert (plain.lang, timed.lang, int(timed.format), int(timed.type)) == ("ita", "ita", 2, 1)


def test_very_long_texts_are_no_lyrics() -> None:
    """Text beyond 64 kB stays out of the tag, which players must still open."""
    tag = _read(Tags("T", "A", "B"), _saying(*["Una frase di quaranta caratteri, più o meno."] * 2000))
    assert not tag.getall("USLT")
    assert not tag.getall("SYLT")
    assert tag.getall("CHAP")
