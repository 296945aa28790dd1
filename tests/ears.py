"""What the embedded voice makes of a word, and what an Italian ear tells apart in it."""

import re
import subprocess
import sys
from pathlib import Path

_SAME = str.maketrans("ɪʊɛɔɾjwɡŋz", "iueoriugns")


def phonemes(words: list[str]) -> list[str]:
    """Return what the embedded voice would say, in IPA."""
    program = Path(__file__).with_name("italian") / "phonemes.py"
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
