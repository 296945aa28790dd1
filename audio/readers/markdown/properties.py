"""Properties that note-taking programs export as lines of the text ("Autore: …", "- URL: …"), above the article."""

from __future__ import annotations

import re

from audio.readers.markdown.outline import plain

_PROPERTY = re.compile(
    r"[ ]{0,3}(?:[-*+] )?(?:\*\*|__)?(?P<label>[A-Za-zÀ-ÿ][\w -]{1,24}?)(?:\*\*|__)?\s?::?(?:\*\*|__)?\s+\S.*"
)
_KNOWN = re.compile(
    r"(?:full |data (?:di|prevista|della) |date )?(?:autor[ei]|autrice|author|firma|data|date|tags?|etichette|url|link"
    r"|source|fonte|stato|status|sezione|categori[ae]|category|creat[oa]|created|modificat[oa]|modified|updated"
    r"|aggiornat[oa]|pubblicat[oa]|published|title|titolo|rubrica|priorità|tipo|type|site|sito|saved|salvato|pubblicazione"
    r"|creazione|uscita|consegna|canal[ei]|parole chiave|keywords?|testata|lingua|argoment[oi]|versione|numero|scadenza"
    r"|assegnat[oa] a|cliente|lunghezza|battute)",
    re.IGNORECASE,
)
_AUTHOR = re.compile(r"autor[ei]|autrice|author|firma", re.IGNORECASE)
# What an exporting program writes over the properties and over the text itself.
_FORM = re.compile(
    r"[ ]{0,3}#{1,6}\s+(?:metadata|metadati|full document|documento completo|proprietà|properties|content)\s*",
    re.IGNORECASE,
)
# Two lines make a list; a single one may be a sentence ("Data: il 3 maggio tutto cambia").
_LEAST = 2
_BLANK = re.compile(r"\s*")


def take_properties(body: str) -> tuple[str | None, list[str], str]:
    """Return the author that the properties name, the lines of the properties, and the text without them."""
    lines = body.split("\n")
    start = next((n for n, line in enumerate(lines) if line.strip() and not line.lstrip().startswith(("# ", "!["))), 0)
    end = start
    while end < len(lines) and any(form.fullmatch(lines[end]) for form in (_BLANK, _PROPERTY, _FORM)):
        end += 1
    found = [match for line in lines[start:end] if (match := _PROPERTY.fullmatch(line))]
    known = [match for match in found if _KNOWN.fullmatch(match["label"])]
    if len(found) < _LEAST or 2 * len(known) < len(found):
        return None, [], body
    dropped = [plain(line) for line in lines[start:end] if line.strip()]
    author = next((_value(match[0]) for match in known if _AUTHOR.fullmatch(match["label"])), None)
    return author, dropped, "\n".join([*lines[:start], "", *lines[end:]])


def _value(line: str) -> str:
    return plain(line).partition(":")[2].strip(": ")
