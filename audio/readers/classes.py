"""What markup says of a box by the names that it gives it: a summary, a title, a caption, a note beside the text."""

from __future__ import annotations

import re
from collections.abc import Mapping

CHAPTER_NUMBER = "the number of a chapter"
# Where markup itself says that something stands beside the text; the words are for whoever asks.
_BESIDE = (
    (re.compile(r"caption(?!ed)|\bdida\b|didascalia", re.IGNORECASE), "a caption"),
    (
        re.compile(r"pull-?quote|(?:citazione|frase)-(?:in-)?evidenza|\bstrillo", re.IGNORECASE),
        "a sentence shown large",
    ),
    (re.compile(r"\bbiografia|\bauthor-?(?:bio|box)\b|\bsaboxplugin-wrap\b", re.IGNORECASE), "about the author"),
    (
        re.compile(r"^aside\b.*(?:abbonat|newsletter|donazion|sostien|promo|related|correlat)", re.IGNORECASE),
        "an aside",
    ),
    (re.compile(r"\bsubscri(?:ption|be)-(?:widget|form)", re.IGNORECASE), "an invitation"),
    (re.compile(r"numero-?(?:di-?)?pagina|\bfolio\b|page-?number", re.IGNORECASE), "a page number"),
    (re.compile(r"header-section-number|numero-?capitolo|chapter-?number", re.IGNORECASE), CHAPTER_NUMBER),
    (re.compile(r"\b(?:foot|end|rear)notes?\b|\bnoteref\b|\bpagebreak\b", re.IGNORECASE), "a note"),
    (re.compile(r"\bnav\b|navbar|\btoc\b|breadcrumb", re.IGNORECASE), "navigation"),
)
_STANDFIRST = re.compile(r"subtitle|sottotitolo|sommario|standfirst|occhiello-basso|catenaccio", re.IGNORECASE)
# What services for newsletters call the title of a story, in a cell that is no heading.
_TITLED = re.compile(r"(?:^|\s)(?:post|entry|article|story)-?title(?:\s|$)", re.IGNORECASE)
# A summary may be tagged as a heading, but for the first.
_OF_SUMMARIES = frozenset("p div section h2 h3 h4 h5 h6".split())
_EPUB_TYPE = "{http://www.idpf.org/2007/ops}type"


def why_beside(tag: str, attributes: Mapping[str, str]) -> str | None:
    """Return why a box stands beside the text, as its names say, or None."""
    marks = " ".join(
        (
            tag,
            attributes.get("class", ""),
            attributes.get("epub:type", ""),
            attributes.get(_EPUB_TYPE, ""),
            attributes.get("role", "").removeprefix("doc-"),
        )
    )
    return next((why for form, why in _BESIDE if form.search(marks)), None)


def is_summary(tag: str, attributes: Mapping[str, str]) -> bool:
    """Tell whether a box is called the summary of its story."""
    return tag in _OF_SUMMARIES and bool(_STANDFIRST.search(attributes.get("class", "")))


def is_called_title(attributes: Mapping[str, str]) -> bool:
    """Tell whether a box is called the title of a story."""
    return bool(_TITLED.search(attributes.get("class", "")))
