"""IPA to the phoneme mnemonics of espeak-ng's Italian voice.

The library drops a mnemonic it does not know in silence and crashes on a long run of them, so a word either translates
whole and short, or is spoken as text.
"""

from __future__ import annotations

# Mnemonics of espeak-ng 1.52 for Italian, each proved to sound by the tests. Its plain "r" is the English one.
_MNEMONICS = {
    **{letter: letter for letter in "abdefghijklmnopstuvwxyz "},
    **dict(zip("ʃʒŋɡʁɹɾθðrɛɔəʊɪøœʏ", "SZNgRR*TDREO@UIYYy", strict=True)),
    # Vowels that Italian has not, as an Italian newsreader says them.
    **dict(zip("æɑʌɜ", "aaaE", strict=True)),
    **dict(zip("ˈˌː", "',:", strict=True)),
    **dict(zip(("tʃ", "dʒ", "ɕ", "ɲ", "ʎ"), ("tS", "dZ", "S;", "n^", "l^"), strict=True)),
    **dict.fromkeys((".", "\u0361"), ""),  # syllable breaks and ties are not sounds
}
# The library ends with a segmentation fault between 200 and 210 characters inside [[ ]].
_LONGEST = 150


def to_espeak(ipa: str) -> str | None:
    """Return the mnemonics for a word or a few, or None where a symbol has none, nothing sounds, or it is too long.

    >>> to_espeak("ˈʃlain")
    "'Slain"
    """
    out: list[str] = []
    index = 0
    while index < len(ipa):
        size = next((size for size in (2, 1) if ipa[index : index + size] in _MNEMONICS), 0)
        if not size:
            return None
        out.append(_MNEMONICS[ipa[index : index + size]])
        index += size
    joined = " ".join("".join(out).split())
    sounds = any(character.isalpha() for character in joined)
    return joined if sounds and len(joined) <= _LONGEST else None
