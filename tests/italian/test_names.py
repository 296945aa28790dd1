"""Foreign names and accents, proved by the phonemes that the embedded voice makes of them."""

import re

from ears import heard, phonemes

from audio.engines.ipa import to_espeak
from audio.italian import read, sounds
from audio.italian.tables import rows

NAMES = [(row[0], row[1], row[2].rpartition(":")[2]) for row in rows("names") if row[2]]


def test_every_name_sounds_as_meant() -> None:
    """A name's respelling makes the voice say the sound written in its row, or the nearest that letters can write."""
    said = phonemes([row[1] for row in NAMES])
    wrong = [
        f"{written}: {one} for {meant}"
        for (written, _, meant), one in zip(NAMES, said, strict=True)
        if heard(one) != heard(meant) and not ("ʒ" in meant and _nearest(one) == _nearest(meant))
    ]
    assert not wrong


def _nearest(ipa: str) -> str:
    """Return a sound with one sibilant for those that letters write and the one that they do not."""
    return heard(ipa.replace("dʒ", "ʃ").replace("ʒ", "ʃ"))


def test_a_sound_is_told_to_engines_where_letters_fall_short() -> None:
    """Just the names whose sound no letters write give it to the engines; the embedded voice takes it."""
    for written, said, sound, *_ in rows("names"):
        engine, told, ipa = sound.partition(":")
        given = [(s.engine, s.ipa) for s in sounds(read(f"Con {written} sono").rewrites)]
        assert given == ([("" if engine == "*" else engine, ipa)] if told else []), written
        assert bool(told) == ("ʒ" in sound.replace("dʒ", "")), written
        assert not told or to_espeak(ipa), said


def test_no_name_is_respelled_in_vain() -> None:
    """A name with a sound of its own is one that the raw text gets wrong."""
    raw = phonemes([row[0] for row in NAMES])
    idle = [row[0] for row, one in zip(NAMES, raw, strict=True) if heard(one) == heard(row[2])]
    assert not idle


def test_no_accent_is_written_in_vain() -> None:
    """A word that takes an accent in any case is one that the raw text has stressed elsewhere."""
    table = rows("stress")
    raw, said = phonemes([row[0] for row in table]), phonemes([row[1] for row in table])
    # Open and closed e and o are no matter of stress.
    plain = str.maketrans("ɛɔɾ", "eor", "ːˌ")
    alike = [one.translate(plain) == other.translate(plain) for one, other in zip(raw, said, strict=True)]
    assert not [row[0] for row, idle in zip(table, alike, strict=True) if idle]


def test_a_written_accent_moves_the_stress() -> None:
    """What carries an accent is stressed on it, in every row of the tables."""
    marked = [row[1] for table in ("homographs", "stress") for row in rows(table) if re.search("[àèéìòóù]", row[1])]
    wrong = []
    for word, ipa in zip(marked, phonemes(marked), strict=True):
        place = re.search("[àèéìòóù]", word)
        assert place
        after = len(re.findall("[aeiouɛɔɪʊ]", ipa.partition("ˈ")[2]))
        expected = len(re.findall("[aeiouàèéìòóù]", word[place.start() :]))
        if after not in {expected, expected - 1}:  # a glide is written with a vowel letter
            wrong.append(f"{word}: {ipa}")
    assert not wrong
