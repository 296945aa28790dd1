"""Words that nobody knows: not Italian by their shape, in no table, so that an editor can say how they sound."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from audio.italian import accents, acronyms
from audio.italian.clean import clean
from audio.italian.forms import Form
from audio.italian.lexicon import Lexicon
from audio.italian.phrases import names

_WORD = Form(r"(?<![\w@#/.])[^\W\d_]+(?:['-][^\W\d_]+)*(?![\w@/]|\.\w)")
_FOREIGN_LETTER = Form("[jkwxyçñøåäöüßëïâêîôûœæšžćčłśńęąğşăț]")
# Clusters that no Italian word has: an h that hardens nothing, doubled or piled-up letters of other tongues.
_FOREIGN_CLUSTER = Form(
    r"(?<![cg])(?<!^)h(?!$)|^h(?!a$|o$|ai$|anno$)|[cg]h(?![eièéì])|ck|q(?!u)|oo[kmtdf]|ee(?!$)|ou|eau|aa|uu|sch(?![eièéì])|"
    r"[bcdfghlmnprtvz]{4}|tz|cz|sz|dt|^(?:dn|ts|ng|mb|nd|nk|rz|vl|zb|mc)"
)
# Endings in a consonant that Italian has: its articles, prepositions, and loans that every voice has learnt to say.
_CONSONANT_END = Form("[bcdfgklmnpqrstvz]$|[^aeo]h$")
_AT_HOME = frozenset(
    "il un al col dal del nel sul con non per in bel quel san gran fin ben buon man mar pan son sol vuol far dar star dir aver esser "
    "poter signor dottor professor cavalier ingegner monsignor fra ancor or tal qual pur pian ciascun nessun alcun uman "
    "sport film bar tram bus autobus gas gol tennis computer internet record festival club staff test set stop star blog chef "
    "smog rock pop jazz rap hotel leader partner premier welfare budget deficit export import marketing web chat "
    "spot boom crac surplus sud-est nord-est nord-ovest sud-ovest foot tir tic rapper writer thriller killer poker master slogan stand stock spread rating trend "
    "nord sud est ovest lapis album forum referendum curriculum virus campus bonus lupus corpus gratis plus minus ictus "
    "bis ter quater ex post pro ad ed od ab video audio radio auto est robot radar laser sonar sponsor transfer "
    "derby rugby basket volley golf ring sprint cross dribbling assist corner bomber goal team mister stadium "
    "islam imam ramadan kebab sushi ok boss gangster gangsta sexy snob alcool email inter juventus ahimè ohimè foto bunker panzer kamikaze lager".split(
        " "
    )
)
_FEWEST_LETTERS = 3
_CONTEXT = 160


class Unknown(NamedTuple):
    """A word nobody knows, how often it stands in the text, and the first sentence it stands in."""

    word: str
    times: int
    sentence: str


def unknown(sentences: Iterable[str], lexicon: Lexicon | None = None) -> tuple[Unknown, ...]:
    """Return the words that neither Italian nor any table explains, the most frequent first.

    >>> unknown(["Il ministro Szymanski vede Macron.", "Poi Szymanski parte."])
    (Unknown(word='Szymanski', times=2, sentence='Il ministro Szymanski vede Macron.'),)
    """
    found: dict[str, Unknown] = {}
    for sentence in sentences:
        for word in _words(clean(sentence), lexicon):
            earlier = found.get(word, Unknown(word, 0, sentence[:_CONTEXT]))
            found[word] = earlier._replace(times=earlier.times + 1)
    return tuple(sorted(found.values(), key=lambda one: (-one.times, one.word)))


def is_foreign(word: str) -> bool:
    """Tell whether a word is not Italian by its shape.

    >>> [word for word in ("governo", "Kiev", "Scholz", "computer", "chiesa", "Obama") if is_foreign(word)]
    ['Kiev', 'Scholz']
    """
    low = word.lower()
    if len(low) < _FEWEST_LETTERS or low in _AT_HOME:
        return False
    return bool(_FOREIGN_LETTER.search(low) or _FOREIGN_CLUSTER.search(low) or _CONSONANT_END.search(low))


def _words(line: str, lexicon: Lexicon | None) -> Iterator[str]:
    told = [(start, end) for start, end, _ in (*names().find(line), *(lexicon.forms.find(line) if lexicon else ()))]
    for found in _WORD.finditer(line):
        start, end = found.span()
        if any(a < end and start < b for a, b in told):
            continue
        word = found[0].rpartition("'")[2] if "'" in found[0] else found[0]
        is_sigla = word.isupper() or word in acronyms.table()
        if not is_sigla and is_foreign(word) and word.lower() not in accents.words():
            yield word
