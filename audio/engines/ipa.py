"""IPA to the phoneme mnemonics of espeak-ng's Italian voice.

The library drops a mnemonic it does not know in silence and crashes on a long run of them, so a word either translates
whole and short, or is spoken as text.
"""

from __future__ import annotations

# Mnemonics of espeak-ng 1.52 for Italian; its plain "r" is the English one. Longest first where one opens another.
_TABLE = (
    "tʃ tS dʒ dZ ts ts dz dz ˈ ' ˌ , ː : ʃ S ʒ Z ɲ n^ ʎ l^ ŋ N ɛ E ɔ O ə @ ʊ U ɪ I θ T ð D ø Y œ Y r R ɾ R ɹ R ʁ R ɡ g "
    "æ a ɑ a ʌ a ɜ E"
)
_PAIRS = _TABLE.split()
_MNEMONICS = {
    **dict(zip(_PAIRS[::2], _PAIRS[1::2], strict=True)),
    **{letter: letter for letter in "abdefghijklmnopstuvwz "},
    **dict.fromkeys((".", "\u0361"), ""),  # syllable breaks and ties are not sounds
}
# The library ends with a segmentation fault between 200 and 210 characters inside [[ ]].
_LONGEST = 150


def to_espeak(ipa: str) -> str | None:
    """Return the mnemonics for a word, or None where a symbol has none or the word is too long.

    >>> to_espeak("ˈʃlain")
    "'Slain"
    """
    out: list[str] = []
    index = 0
    while index < len(ipa):
        for size in (2, 1):
            if (symbol := ipa[index : index + size]) in _MNEMONICS:
                out.append(_MNEMONICS[symbol])
                index += size
                break
        else:
            return None
    joined = "".join(out)
    return joined if 0 < len(joined) <= _LONGEST else None
