"""No sentence of a source goes in silence, and none is said that its writer did not write: asked of every kind."""

import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest
from written import lines_of

from audio.model import Article

pytestmark = pytest.mark.unmeasured

CASES = Path(__file__).parent.parent / "cases" / "readers"
SOURCES = sorted(path for path in CASES.rglob("*") if path.is_file() and path.suffix != ".json")
# Under so many words a line may be a label or a row, of which only the gate knows whether it is to be read.
LEAST_WORDS = 5
# Of what is left out on a page the beginning is told.
LETTERS = 60
SENTENCE = re.compile(r"(?<=[.!?…])[»”\"'’)\]]*\s+(?=[«“\"'(]?[A-ZÀ-Þ])")
WORD = re.compile(r"[^\W\d_]{2,}")
# What opens a line and is form, a newsroom's, a mailer's or a note program's own; the name of who sends a take may
# stand before or behind its place.
OPENING = re.compile(
    r"^(?:[DR]: |>+\s*ANSA/ |RPT, |MILANO \(MF-NW\)--"
    r"|[0-9A-Z]{9} \([A-Z]{3}\) |(?:HD|BY|LP|TD) |\*\* |p\. \d+ |[A-Z]+ \([^)]*\)$)"
    r"|^\[[\d/., :]+\] [^:]{2,30}: |^\d\d/\d\d/\d\d, \d\d:\d\d - [^:]{2,30}: "
    r"|^(?:[•*-]\s*)?(?:\d{1,2}[.)]|[a-z]\)|\[[^\]]*\]-?)\s+|^[A-Za-z]\w+(?: \w+)?(?: \([^()]{2,30}\))?\s?\.*:\s"
    r"|^(?:\(?[^()–]{2,40}\)?\s*[–—-]\s*)?[^–—]{2,60}?\s?[–—-]+\s?(?:\([^()]{2,40}\)\s*[–—-]\s*)?"
    r"(?=[\"«'A-ZÀ-Þ])"
)
# Lines that the two ways of reading join or part otherwise, and the header of a letter inside a forwarded one.
JOINED = (
    *(
        "!600]]",
        "[!",
        ":material",
        "% Il dialetto",
        "Occhiello: ",
        "Titolo: ",
        "URL Source: ",
        "Contatti per la stampa: ",
    ),
    *("Da: ", "Oggetto: ", "Message-ID: ", "Beatrice Dal Cin 11", "Aggiorna le tue pref", "Cliccando accetti"),
    *(
        "I carbonai aprono e chiu",
        "Comunicato stampa EMBARGO",
        "5 Giovedì 19",
        ":::tip",
        "14 NIZZA E",
        "Alle famiglie degli",
    ),
    *("(durata 1'12", "11 ASCOLI E PROVINCIA", ":octicons", "!!! ", "Scarica il manuale per gli es", "[embed]"),
    *("IL RISAIOLO", "IL TORNIO", "19 ADRIA", "MCR |", "TERRITORIO Il", "CONTRAPPUNTO |", "strumenti diversi, ma"),
    *(
        "di Loreta Di Cesare Pubbl",
        "Codice sconto GIORNO10",
        "Non vuoi più riceverla?",
        "Foglio di collegamento della com",
    ),
    *(
        "Santa Maria in Colle fest",
        "Giovedì 26 novembre 2026 PROV",
        "Il Marsicano Online",
        "sono scese a valle, ha lasc",
    ),
    *("L’Eco dell’Adda LODIGIANO", "ANCONA Sono arrivate"),
    *("Roberta Fanti •", "Salvatore Melis •", "Enrico Valsecchi •"),
    *("CULTURA L’Osservatorio", "6 VENERDÌ —", "LODI Il cantiere", "Giorno San Giacomo", "CRONACA il Giornale del"),
    *("Il primo progetto è", "I pescherecci rientr", "Una era mia nonna", "Niente spam, ti cancelli"),
    *("festa è del Castagneto MOB", "ottomila piantine, allevate in una vecchia serra di ga"),
    *("Con il sostegno di Cassa Lagun", "14 Provincia La Voce", "Il sopralluogo di ieri sulla seconda campata Foto"),
    "14 Martedì 24 novembre 2026 CRONACA",
)
# Of the line of who wrote the name is told; what tells that a take goes on, a bare address and a note's number are not.
SIGNED = re.compile(
    r"^(?:(?:testo|scritto|pubblicato|postato)(?: il \d+ \w+ \d+)? )?(?:di|da|by) (.{3,60}?)"
    r"(?: ?[|–—,·].*| - .*| (?:il|on|in|(?:e )?foto(?:grafie)?|pubblicato) .*| \d.*|)$",
    re.IGNORECASE,
)
GOES_ON = re.compile(r" \((?:segue|https?:\S+|\d)\)$|: https?://\S+$|(?<=[.!?,;:»”])\d{1,2}$|(?<=[a-zà-ù]{3})\d{1,2}$")


def letters(text: str) -> str:
    """Return a text without blanks and signs, as it is compared."""
    return re.sub(r"[\W_]+", "", text).casefold()


def said(articles: tuple[Article, ...]) -> list[str]:
    sections = [section for article in articles for section in article.sections]
    return [line for s in sections for line in (s.heading or "", *(block.text for block in s.blocks))]


def told(articles: tuple[Article, ...]) -> list[str]:
    heads = [(a.kicker, a.headline, a.standfirst, a.dateline, a.byline, a.published) for a in articles]
    return [*(part or "" for head in heads for part in head), *(piece.text for a in articles for piece in a.dropped)]


def sentences_of(line: str) -> list[str]:
    parts = SENTENCE.split(line)
    return [part for part in parts if len(WORD.findall(part)) >= LEAST_WORDS and any(map(str.islower, part))]


def untold(lines: list[str], voice: str, aside: str) -> list[str]:
    """Return the sentences that are neither said nor told, whether or not what opens them (a place, a label) is."""
    sentences = (one for one in chain.from_iterable(map(sentences_of, lines)) if not one.startswith(JOINED))
    forms = ((s, SIGNED.sub(r"\1", s), OPENING.sub("", GOES_ON.sub("", s))) for s in sentences)
    known = ((form[0], any(part in voice or part[:LETTERS] in aside for part in map(letters, form))) for form in forms)
    return [sentence for sentence, found in known if not found]


def unwritten(lines: list[str], known: str) -> list[str]:
    """Return the sentences that are not in the source, in one piece or, where a page ends in them, in two."""
    sentences = chain.from_iterable(map(SENTENCE.split, lines))
    return [s for s in sentences if not (letters(s) in known or in_two(letters(s), known))]


def in_two(said: str, known: str) -> bool:
    return any(said[:n] in known and said[n:] in known for n in range(1, len(said)))


def story_of(lines: list[str], voice: str) -> list[str]:
    """Return the sentences of a page from the first line that is said to the last; other lines are its site's."""
    found = [n for n, line in enumerate(lines) if sentences_of(line) and letters(line) in voice]
    return [line for line in lines[found[0] : found[-1] + 1] if line[-1] in ".!?…»”"] if found else []


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: f"{path.parent.parent.name}-{path.name}")
def test_every_word_is_accounted_for(source: Path, read_once: Callable[[str], tuple[Article, ...]]) -> None:
    """Every sentence is said or told as left out, and none is said that is not written so, figure for figure."""
    articles = read_once(str(source))
    written, spoken = lines_of(source), said(articles)
    voice, aside = letters("".join(spoken)), letters("".join(told(articles)))
    asked = story_of(written, voice) if source.suffix == ".html" else written
    assert untold(asked, voice, aside) == []
    assert unwritten(spoken, letters("".join(written))) == []
