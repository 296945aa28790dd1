"""Is it Italian? An Italian voice reading English is noise, so such a source is refused in words.

Function words tell a language apart within a few lines; a few are shared among neighbours.
"""

from __future__ import annotations

import re

from audio.errors import SourceError
from audio.model import Article

_FUNCTION_WORDS = {
    "Italian": "il lo gli di che è della del dello degli delle dei al alla agli alle dal dalla nel nella nei sul sulla "
    "sono ha hanno anche più perché così dopo anni questo questa ogni essere stato stata suo sua loro ma ed uno "
    "quella quello chi cui già ieri oggi domani non avere fare deve",
    "English": "the of and to is was are were been that this with from they their which would has have had its by for "
    "not said after about will we you he she it his her",
    "French": "le les des et est une dans pour que qui sur pas avec au aux ont cette être plus ses été ce il elle nous "
    "vous sont par leur",
    "German": "der die das und ist nicht ein eine mit von den dem des zu auf für sich auch wird sind als nach wurde im "
    "bei dass er sie es",
    "Spanish": "el los las y es por para que más pero como sus fue este está en muy sobre entre también hasta desde",
}
_WORDS = {language: frozenset(words.split()) for language, words in _FUNCTION_WORDS.items()}
_TOKEN = re.compile(r"[^\W\d_]+")
_LATIN_END = 0x24F
# Below this many words a headline of names ("Juventus-Milan 2-1") has no function word to go by.
_LEAST_WORDS = 12
# A foreign language must show twice the function words; what Spanish shares with Italian (una, con, del) says nothing.
_CLEARLY = 2
# A sentence of the other language has as many; "Se vuoi lavorare qui … le scarpe buone" has two of French.
_LEAST_HITS = 4
_SAMPLE_CHARACTERS = 20_000
# Half the letters: an Italian article may well quote a line of Cyrillic.
_FOREIGN_SHARE = 0.5


def require_italian(article: Article, name: str) -> None:
    """Raise SourceError when the article is clearly in another language; in doubt it passes."""
    text = " ".join([article.headline or "", *(b.text for s in article.sections for b in s.blocks)])
    foreign = foreign_language(text[:_SAMPLE_CHARACTERS])
    if foreign:
        raise SourceError(
            f"{name}: is not Italian, it looks like {foreign}", hint="The voices and the rules here are Italian."
        )


def foreign_language(text: str) -> str | None:
    """Name the other language a text is clearly in, or None.

    >>> foreign_language("The minister said that the law would have been approved by the house of lords")
    'English'
    """
    letters = [c for c in text if c.isalpha()]
    if letters and sum(ord(c) > _LATIN_END for c in letters) > len(letters) * _FOREIGN_SHARE:
        return "another alphabet"
    tokens = [token.lower() for token in _TOKEN.findall(text)]
    if len(tokens) < _LEAST_WORDS:
        return None
    hits = {language: sum(token in words for token in tokens) for language, words in _WORDS.items()}
    best = max(hits, key=lambda language: hits[language])
    clearly = hits[best] >= _LEAST_HITS and hits[best] > _CLEARLY * hits["Italian"]
    return best if best != "Italian" and clearly else None
