"""Foreign names and accents, proved by the phonemes that the embedded voice makes of them."""

import re
import subprocess
import sys
from pathlib import Path

from audio.italian.tables import rows

NAMES = [row for row in rows("names") if row[2]]
_SAME = str.maketrans("ɪʊɛɔɾjwɡŋz", "iueoriugns")


def phonemes(words: list[str]) -> list[str]:
    """Return what the embedded voice would say, in IPA."""
    program = Path(__file__).with_name("phonemes.py")
    text = "\n".join(words).encode()
    done = subprocess.run([sys.executable, str(program)], input=text, capture_output=True, check=True)
    return done.stdout.decode().splitlines()


def heard(ipa: str) -> str:
    """Return a sound without what Italian ears do not tell apart in a foreign name.

    That is: length of vowels and consonants, open and closed e and o, voice of s and z, glides and their vowels,
    secondary stress. The stressed vowel is marked.
    """
    plain = re.sub(r"[ːˌ \-.]", "", ipa).replace("tts", "ts").replace("ddz", "dz").translate(_SAME)
    plain = re.sub(r"([^aeiouˈ])\1+", r"\1", plain.replace("ɲɲ", "ɲ"))
    plain = re.sub(r"ˈ([^aeiou]*)([aeiou])", r"\1ˈ\2", plain)
    # A glide before the stressed vowel carries no stress.
    return re.sub(r"ˈu(?=i)", "uˈ", re.sub(r"ˈ([iu])(?=[aeo])", r"\1ˈ", plain))


def test_every_name_sounds_as_meant() -> None:
    """A name's respelling makes the voice say the sound written in its row."""
    said = phonemes([row[1] for row in NAMES])
    wrong = [
        f"{row[0]}: {one} for {row[2]}" for row, one in zip(NAMES, said, strict=True) if heard(one) != heard(row[2])
    ]
    assert not wrong


def test_no_name_is_respelled_in_vain() -> None:
    """A name with a sound of its own is one that the raw text gets wrong."""
    raw = phonemes([row[0] for row in NAMES])
    idle = [row[0] for row, one in zip(NAMES, raw, strict=True) if heard(one) == heard(row[2])]
    assert not idle


def test_a_written_accent_moves_the_stress() -> None:
    """The accented homograph is stressed on its accent, in every row of the table."""
    marked = [row[1] for row in rows("homographs") if re.search("[àèéìòóù]", row[1])]
    wrong = []
    for word, ipa in zip(marked, phonemes(marked), strict=True):
        place = re.search("[àèéìòóù]", word)
        assert place
        after = len(re.findall("[aeiouɛɔɪʊ]", ipa.partition("ˈ")[2]))
        expected = len(re.findall("[aeiouàèéìòóù]", word[place.start() :]))
        if after not in {expected, expected - 1}:  # a glide is written with a vowel letter
            wrong.append(f"{word}: {ipa}")
    assert not wrong
