"""What a page says of itself to search engines and social networks: headline, author, date, and at times the text.

Only declared facts count: JSON-LD, meta tags, microdata. A date found elsewhere (a footer's "© 2026") is nobody's.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from audio.readers.html.tree import Element, text_of

_ARTICLE = re.compile(
    r"(?:News|Blog|Live|Report|Opinion|Analysis|Background|Review|Scholarly|Tech|Advertiser)?\w*(?:Article|Posting|BlogPost)$"
)
_ISO = re.compile(r"\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s?(?:Z|[+-]\d{2}:?\d{2})?)?")
_UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_MAX_JSON = 2_000_000
_TITLE_CHARACTERS = 500
# Nested deeper, it is no description of an article.
_MAX_DEPTH = 8
_PUBLISHED = (
    "article:published_time og:article:published_time datepublished date publishdate pubdate publish-date dc.date"
    " dc.date.issued dcterms.date dcterms.issued dcterms.created sailthru.date parsely-pub-date".split()
)
_AUTHORS = "author article:author dc.creator dcterms.creator parsely-author sailthru.author".split()
_WRITTEN_BY = re.compile(r"(?:scritto da|written by|di|autore|by)\s*:?", re.IGNORECASE)
_NOBODY = frozenset({"admin", "administrator", "root", "user", "utente", "webmaster", "author", "editor", "super user"})
# Numbers are of programs and accounts.
_NUMBER = re.compile(r"\d")
_NAME_CHARACTERS = 120


@dataclass(frozen=True, slots=True)
class Facts:
    """The declared facts of a page; texts are squeezed, absent ones None.

    ``headlines`` are the candidates in order of trust; ``title`` is the document's, with the site's name in it.
    ``summaries`` are texts that a standfirst may repeat. ``body`` is the text, if it is declared, with its line breaks.
    """

    headlines: tuple[str, ...]
    title: str | None
    summaries: tuple[str, ...]
    byline: str | None
    published: str | None
    site: str | None
    body: str | None


def facts_of(tree: Element) -> Facts:
    """Gather the facts of a page. Broken declarations are as if they were not there."""
    story = next(_articles(tree), {})
    meta = _meta(tree)
    title = tree.find(".//title")
    body = story.get("articleBody")
    own = _names_of_site(meta, story, title)
    return Facts(
        headlines=tuple(
            filter(None, map(_text, (story.get("headline"), meta.get("og:title"), meta.get("twitter:title"))))
        ),
        title=_text(text_of(title)[:_TITLE_CHARACTERS]) if title is not None else None,
        summaries=tuple(
            filter(
                None,
                map(
                    _text,
                    (
                        story.get("alternativeHeadline"),
                        story.get("description"),
                        meta.get("og:description"),
                        meta.get("description"),
                    ),
                ),
            )
        ),
        byline=next(
            (name for name in (_authors(story.get("author")), _meta_author(meta)) if name and name not in own), None
        ),
        published=_date(story.get("datePublished"))
        or next(filter(None, (_date(meta.get(key)) for key in _PUBLISHED)), None)
        or _microdata_date(tree),
        site=_text(meta.get("og:site_name")),
        body=html.unescape(body) if isinstance(body, str) and body.strip() else None,
    )


def _articles(tree: Element) -> Iterator[dict[str, Any]]:
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > _MAX_JSON:
            continue
        try:
            # Line breaks inside strings are an error of half the systems in use, and harmless.
            declared = _printable(json.loads(script.text, strict=False))
        except (ValueError, RecursionError):
            continue
        yield from _find_articles(declared, 0)


def _printable(value: object) -> object:
    """Return what was declared without controls and lone surrogates, which escapes can write into any text of it."""
    if isinstance(value, str):
        return _UNREADABLE.sub("", value)
    if isinstance(value, list):
        return [_printable(item) for item in value]
    return {key: _printable(item) for key, item in value.items()} if isinstance(value, dict) else value


def _find_articles(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > _MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value:
            yield from _find_articles(item, depth + 1)
    elif isinstance(value, dict):
        kinds = value.get("@type")
        if any(isinstance(k, str) and _ARTICLE.fullmatch(k) for k in (kinds if isinstance(kinds, list) else [kinds])):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement"):
            yield from _find_articles(value.get(key), depth + 1)


def _meta(tree: Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        key = (tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        value = tag.get("content")
        if key and value and value.strip():
            found.setdefault(key, value)
    return found


def _meta_author(meta: dict[str, str]) -> str | None:
    found = next((meta[key] for key in _AUTHORS if key in meta), None)
    if found is None and _WRITTEN_BY.fullmatch(meta.get("twitter:label1", "")):
        found = meta.get("twitter:data1")
    return _person(found)


def _microdata_date(tree: Element) -> str | None:
    for element in tree.iter("time", "abbr", "span", "meta"):
        if element.get("itemprop") == "datePublished" or element.get("pubdate") is not None:
            return _date(element.get("datetime") or element.get("content") or element.get("title"))
    return None


def _text(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    return " ".join(re.sub(r"<[^<>]{0,200}>", "", html.unescape(value)).split()) or None


def _date(value: object) -> str | None:
    found = _ISO.fullmatch(value.strip()) if isinstance(value, str) else None
    return found[0] if found else None


def _authors(value: object) -> str | None:
    people = [one for one in (value if isinstance(value, list) else [value]) if not _is_office(one)]
    names = [_person(person.get("name") if isinstance(person, dict) else person) for person in people]
    unique = list(dict.fromkeys(filter(None, names)))
    return " e ".join(filter(None, (", ".join(unique[:-1]), unique[-1]))) if unique else None


def _is_office(author: object) -> bool:
    return isinstance(author, dict) and "Organization" in str(author.get("@type"))


def _names_of_site(meta: dict[str, str], story: dict[str, Any], title: Element | None) -> set[str | None]:
    """Return what the page names as itself: its site, its publisher, and what stands before its title."""
    publisher = story.get("publisher")
    before = text_of(title)[:_TITLE_CHARACTERS].partition(" - ")[0] if title is not None else None
    own = (meta.get("og:site_name"), publisher.get("name") if isinstance(publisher, dict) else publisher, before)
    return set(map(_text, own))


def _person(value: object) -> str | None:
    """Return a name as it is said, None for an address or an account."""
    name = _text(value[0] if isinstance(value, list) and value else value)
    if name is None or len(name) > _NAME_CHARACTERS or name.lower() in _NOBODY:
        return None
    if "/" in name or "@" in name or _NUMBER.search(name):
        return None
    name = re.sub(r"^(?:di|by|a cura di)\s+(?=[A-ZÀ-Þ])", "", name, flags=re.IGNORECASE)
    return name.title() if name.isupper() and " " in name else name
