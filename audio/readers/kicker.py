"""The label over a headline (occhiello): a section, a subject, a town, told from the headline itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

KICKER_CHARACTERS, KICKER_WORDS, _LONG_KICKER_WORDS = 40, 3, 6
HEADING_CHARACTERS, _CAPITALS_CHARACTERS, _TITLE_WORDS = 80, 60, 14
# What may stand behind a sentence's stop.
CLOSERS = "»”\"’')"
# Pages and columns of a paper, as stand over a piece.
SECTION = re.compile(
    r"(?:(?:l[ae] |il |i )?(?:vostr[aei] |nostr[aei] )?(?:opinion[ei]|comment[oi]|idee|lettere?|post[ae]|rubric[ah]e?"
    r"|corsiv[oi]|editorial[ei]|cronache?|interventi?|reportage|intervist[ae]|recension[ei]|focus|dossier|inchiest[ae]|approfondiment[oi]|analisi)"
    r"|l['’](?:opinione|intervento|editoriale|analisi|intervista|inchiesta|approfondimento))"
    r"(?: (?:&|e) \w+| d(?:ei|egli|elle|ella|el) \w+| a[il] \w+| in redazione| e i fatti| ?[/|:] ?[^/|]{2,60})?",
    re.IGNORECASE,
)
# "IL LIBRO / Esce il carteggio mai pubblicato".
_SUBJECT = re.compile(r"[A-ZÀ-Þ][A-ZÀ-Þ'’ ]{2,24}[ ]?/ ?[^/]{3,90}(?<![.!?])")
# A kicker names a subject ("La riforma in quattro regioni", "Porto, il cantiere"); a headline tells what happens.
_NAMES_SUBJECT = re.compile(
    r"(?:(?:il|lo|la|i|gli|le|un|una|uno) |l['’])|[^,]{3,20}, (?:(?:il|lo|la|i|gli|le) |l['’])", re.IGNORECASE
)
_OPENS_HEADLINE = re.compile(
    r"(?:addio|morto|morta|è|ecco|torna\w*|riapr\w+|apr[eo]\w*|chiud\w+|arriv\w+|nasc\w+|muore|cad[eo]\w*|croll\w+|vinc\w+|part[eo]\w*"
    r"|ok|via|stop|sì|no|scatt\w+|cresc\w+|cal[ao]\w*|sciopero|ucciso|trovat\w+|arrestat\w+|salv\w+)\b",
    re.IGNORECASE,
)
# "PROMOZIONE GIRONE A - 11ª GIORNATA" tells which match.
_OF_MATCH = re.compile(r".{0,40}\b(?:\d{1,2}[ªa°]? (?:GIORNATA|TURNO)|GIRONE [A-Z]|SERIE [A-D]\d?|UNDER \d{2})")
_PARTED = re.compile(r"\s[–—/|-]\s|\d")


def names_section(line: str) -> bool:
    """Tell whether a line is the bare name of a section or a subject in capitals ("CRONACA", "LA STORIA")."""
    return line.isupper() and len(line.split()) <= KICKER_WORDS


def has_kicker(head: Sequence[str]) -> bool:
    """Tell whether the first line stands over the title in the second."""
    if len(head) < 2:  # noqa: PLR2004 - a label and the title it stands over
        return False
    label, title, *below = head
    if SECTION.fullmatch(label) or _SUBJECT.fullmatch(label):
        return True
    if title.isupper() and not label.isupper():
        # A line in capitals among others is the title.
        return len(label) <= HEADING_CHARACTERS and len(title.split()) > 1 and not any(map(str.isupper, below[:1]))
    if _OPENS_HEADLINE.match(label):
        return False
    # To the tables of characters the mark of an ordinal is a small letter.
    shouts = label.replace("ª", "").isupper() and not title.isupper()
    # "PALLANUOTO, SERIE A2 – GARA 3" names a subject; so may a longer line over a title and a longer summary.
    parted = shouts and bool(below) and bool(_PARTED.search(label)) and len(label) <= _CAPITALS_CHARACTERS
    return (
        parted or (shouts and bool(_OF_MATCH.fullmatch(label))) or _is_short_label(label, title, below, shouts=shouts)
    )


def _is_short_label(label: str, title: str, below: Sequence[str], *, shouts: bool) -> bool:
    words, of_title = len(label.split()), len(title.split())
    # Under a title in capitals stands a summary, which is longer than a title.
    sums_up = shouts and words > 2 and of_title > _TITLE_WORDS  # noqa: PLR2004 - a town, a section
    if len(label) > KICKER_CHARACTERS or label[-1] in CLOSERS + "?!" or sums_up:
        return False
    grows = bool(below) and words <= _LONG_KICKER_WORDS and 2 * words <= of_title <= len(below[0].split())
    short = "," not in label and words <= KICKER_WORDS + shouts and (shouts or of_title >= 2 * words)
    return short or (grows and bool(_NAMES_SUBJECT.match(label)))
