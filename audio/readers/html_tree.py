"""From the bytes of a page to a tree without what surrounds an article: scripts, menus, banners, captions, comments.

Here is the door to lxml. What is dropped is kept as ``Dropped`` with its reason, for the person who asks.
"""

from __future__ import annotations

import copy
import functools
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from audio.errors import SourceError
from audio.model import Dropped
from audio.readers.charset import without_impossible
from audio.readers.decode import decode_page
from audio.readers.head import is_byline

Element = Any  # an lxml element; lxml ships no types

# Trees deeper than this are built by machines or by tags never closed; extraction recurses, so wrappers go.
_DEEP, _DEEPEST = 100, 240
_WRAPPERS = frozenset("div span font b i u em strong center section small big a td tr tbody table ul li p".split())
# More attributes than any page has; each further one costs the square of their number.
_MAX_ATTRIBUTES = 500
_HUGE_TAG = re.compile(
    rf"<[a-zA-Z][^<>]{{0,64}}?(?:\s+[^\s<>=]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s<>]*))?){{{_MAX_ATTRIBUTES},}}"
)

_DROPPED_TAGS = {
    "nav": "a menu",
    "footer": "the foot of the page",
    "aside": "a box beside the article",
    "figcaption": "a caption",
    "button": "a button",
    "form": "a form",
    "dialog": "a dialog",
    "amp-consent": "a cookie notice",
}
_TELLING_TAGS = frozenset({*_DROPPED_TAGS, "figure", "header"})
_SILENT_TAGS = (
    "script style noscript template iframe svg video audio object embed select input textarea canvas map link meta head"
    " picture img source amp-ad amp-sidebar amp-list amp-social-share amp-img amp-embed amp-iframe amp-video"
    " amp-twitter amp-instagram"
    " amp-facebook amp-tiktok amp-youtube amp-vimeo amp-dailymotion amp-brightcove amp-jwplayer amp-audio amp-analytics"
    " amp-lightbox amp-image-lightbox amp-sticky-ad amp-auto-ads amp-user-notification amp-web-push amp-pixel"
).split()
_ROLES = {
    "navigation": "a menu",
    "banner": "the head of the page",
    "contentinfo": "the foot of the page",
    "complementary": "a box beside the article",
    "dialog": "a dialog",
    "alertdialog": "a dialog",
    "search": "a search box",
}
# Words of class and id names, one reason each. Names are cut at hyphens, underscores and capitals.
_NAMES = {
    "a cookie notice": "cookie cookies cookiebar consent iubenda gdpr privacy onetrust didomi cmp",
    "readers' comments": "comment comments commenti commento disqus",
    "a menu": "nav navbar navigation navigazione menu menubar breadcrumb breadcrumbs briciole sitemap skiplinks"
    " editsection",
    "a box beside the article": "sidebar correlati correlate correlato related relatedposts trending mostread teaser"
    " recommended recirculation suggested leggianche readalso readmore promo",
    "the foot of the page": "footer copyright colophon",
    "a share button": "share sharing sharedaddy shares social socials addtoany condividi condivisione addthis",
    "a newsletter": "newsletter subscribe subscription mailinglist signup",
    "an advertisement": "adv advert advertisement adsbygoogle ads ad taboola outbrain sponsor sponsored sponsorizzato"
    " pubblicita banner dfp",
    "an embedded post": "twitter tweet instagram tiktok facebook fb embed oembed iframe player video",
    "a caption": "gallery galleria fotogallery slideshow carousel caption captions didascalia dida credit credits",
    "the index of the page": "toc tableofcontents indice",
    "tags": "tags taglist tagcloud labels argomenti",
    "a note": "footnote footnotes note notes",
    "a disclaimer": "disclaimer disclosure affiliate cta",
    "a page number": "pagination pager paginazione",
    "a dialog": "modal popup lightbox overlay tooltip",
    "about the author": "bio bios authorbox",
    "a match sheet": "tabellino classifica standings scorebox scoreboard boxscore ticker",
    "a form": "feedback rating login poll sondaggio search ricerca",
}
_REASONS = {word: reason for reason, words in _NAMES.items() for word in words.split()}
_PHRASES = re.compile(
    r"(?P<about>author-?(?:box|bio|info|card|description)|about-?author)|(?P<box>widget-?area|read-?(?:more|also|next)"
    r"|leggi-?anche|see-?also|most-?(?:read|popular)|piu-?letti|page-?index|potrebbe|in-?evidenza|altre-?notizie"
    r"|ultime-?notizie|post-?navigation|nav-?links|load-?more|sticky-?bar|back-?to|(?:pull|box)-?quote|quote-?box)|(?P<picture>(?:img|image|photo|foto)-?(?:desc|caption"
    r"|credit|copyright|alt|info))|(?P<time>reading-?time|tempo-?lettura"
    r"|post-?timestamp|last-?update)"
)
_PHRASE_REASONS = {
    "about": "about the author",
    "box": "a box beside the article",
    "picture": "a caption",
    "time": "a publication date",
}
# What the page declares to be its summary is one, though it is called a teaser.
_SUMMARIES = frozenset({"description", "abstract", "alternativeHeadline"})
# The type of a field is no name of it: "field--type-text-with-summary" is any text of Drupal's.
_FIELD_TYPE = re.compile(r"field--type-[\w-]+")
# Whatever their names say, these hold the article.
_NEVER = frozenset({"html", "body", "main", "article", "h1"})
# These may weigh more than a short article; the others are dropped only where they do not hold most of the prose.
_HOWEVER_LONG = frozenset({"a cookie notice", "readers' comments", "a dialog"})
_MOST = 0.4
_EXCERPT = 160
# Where several names are as short as these, they say nothing.
_HASH_LETTERS, _LEAST_HASHES = 3, 3
_NO_NAMES: frozenset[str] = frozenset()
_PICTURE_BOXES = frozenset({"p", "div", "span", "a", "center", "table"})
_CAPTION_CHARACTERS = 200


def tree_of(raw: bytes, name: str, content_type: str | None = None) -> Element:
    """Parse a page or a piece of one. Raises SourceError for what is no page of text."""
    text = without_impossible(decode_page(raw, name, content_type))
    if not text.strip():
        raise SourceError(f"{name}: is empty", hint="The page was saved or sent without its text.")
    if _HUGE_TAG.search(text):
        raise SourceError(f"{name}: has a tag with more than {_MAX_ATTRIBUTES} attributes", hint="This is no article.")
    # A declaration of an encoding means nothing any more: the text is decoded.
    text = re.sub(r"^\s*<\?xml[^<>]{0,200}\?>", "", text, count=1)
    parser = lxml_html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True, no_network=True)
    try:
        tree = lxml_html.document_fromstring(text, parser=parser, ensure_head_body=True)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise SourceError(f"{name}: is not a page that can be read", hint="Save it again, or as text.") from error
    _flatten(tree, name)
    return tree


def copy_of(tree: Element) -> Element:
    """Return a copy of a tree, for a library that changes what it is given."""
    return copy.deepcopy(tree)


def _flatten(tree: Element, name: str) -> None:
    """Take out the wrappers of a tree nested deeper than extraction can follow."""
    deep = [element for element, depth in _with_depth(tree) if depth > _DEEP]
    for element in deep:
        if element.tag in _WRAPPERS:
            element.drop_tag()
    if deep and any(depth > _DEEPEST for _, depth in _with_depth(tree)):
        raise SourceError(f"{name}: is nested too deeply to be an article", hint="Save it as text and name that.")


def _with_depth(tree: Element) -> Iterator[tuple[Element, int]]:
    depth = 0
    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if event == "start":
            depth += 1
            yield element, depth
        else:
            depth -= 1


def names_of(element: Element) -> frozenset[str]:
    """Return the words of an element's class, id, itemprop and rel."""
    attributes = element.attrib
    if not attributes:
        return _NO_NAMES
    names = " ".join(filter(None, map(attributes.get, ("class", "id", "itemprop", "rel"))))[:500]
    return _words_of(names) if names else _NO_NAMES


def _without_hashes(names: str) -> str:
    """Return class names without those that a program made up of two or three letters ("pw ad fb bio")."""
    tokens = names.split()
    short = [token for token in tokens if len(token) <= _HASH_LETTERS]
    return names if len(short) < _LEAST_HASHES else " ".join(token for token in tokens if token not in short)


@functools.lru_cache(maxsize=4096)
def _words_of(names: str) -> frozenset[str]:
    named = _without_hashes(_FIELD_TYPE.sub("", names))
    return frozenset(re.findall(r"(?<!\d)[a-zà-ÿ]+", re.sub(r"(?<=[a-z])(?=[A-Z])", "-", named).lower()))


def text_of(element: Element) -> str:
    """Return the text of an element with blanks squeezed."""
    return " ".join("".join(element.itertext()).split())


def prune(tree: Element) -> list[Dropped]:
    """Take out of a tree, in place, what is no part of an article, and return what had words in it."""
    dropped = [*_drop_captions(tree), *_drop_small_print(tree)]
    for element in list(tree.iter(*_SILENT_TAGS)):
        _remove(element)
    total = _prose(tree)
    gone: set[Element] = set()
    for element in list(tree.iter(etree.Element)):
        if element in gone:
            continue
        reason = _reason(element)
        if reason == "a caption" and is_byline(text_of(element)):
            # "testo di Anna Neri, fotografie di Ada Riva" is often called credits.
            continue
        if reason == "a box beside the article" and element.get("itemprop") in _SUMMARIES:
            continue
        if reason and (reason in _HOWEVER_LONG or _prose(element) <= _MOST * total):
            gone.update(element.iter())
            if any(map(str.isalpha, text := text_of(element))):
                dropped.append(Dropped(text[:_EXCERPT], reason))
            _remove(element)
    return dropped


def _drop_captions(tree: Element) -> list[Dropped]:
    """Take out short unstopped texts that share a box, or a table, with a picture and nothing else."""
    dropped: list[Dropped] = []
    for image in list(tree.iter("img", "amp-img", "picture")):
        box = image.getparent()
        if box is not None and box.tag == "td" and not text_of(box):
            box = next(box.iterancestors("table"), None)
        if box is None or box.tag not in _PICTURE_BOXES or any(box.find(f".//h{n}") is not None for n in range(1, 5)):
            continue
        text = text_of(box)
        if text and len(text) <= _CAPTION_CHARACTERS and text[-1] not in ".!?…»”":
            dropped.append(Dropped(text, "a caption"))
            _remove(box)
    return dropped


def _drop_small_print(tree: Element) -> list[Dropped]:
    """Take out short unstopped lines set small, as old pages set captions and dates."""
    dropped: list[Dropped] = []
    for element in list(tree.iter("small", "font")):
        before = element.getprevious()
        alone = not (element.tail or "").strip() and (
            before.tag == "br" and not (before.tail or "").strip()
            if before is not None
            else element.getparent() is not None and not (element.getparent().text or "").strip()
        )
        text = text_of(element)
        small = element.tag == "small" or element.get("size") in {"1", "-1", "-2"}
        bare = bool(text) and len(text) <= _CAPTION_CHARACTERS and text[-1] not in ".!?…»”"
        if small and alone and bare and not is_byline(text):
            dropped.append(Dropped(text, "small print"))
            _remove(element)
    return dropped


def _remove(element: Element) -> None:
    if element.getparent() is not None:
        element.drop_tree()


def _reason(element: Element) -> str | None:
    if element.tag in _NEVER or not (element.attrib or element.tag in _TELLING_TAGS):
        return None
    reason = _reason_by_form(element) or _reason_by_name(element)
    return reason if reason and element.find(".//h1") is None else None


def _reason_by_form(element: Element) -> str | None:
    tag = element.tag
    if tag == "figure" and element.find(".//table") is None and element.find(".//blockquote") is None:
        return "a caption"
    if tag == "header" and not any(element.find(f".//{heading}") is not None for heading in ("h2", "h3")):
        return "the head of the page"
    if tag in _DROPPED_TAGS or (role := element.get("role")) in _ROLES:
        return _DROPPED_TAGS.get(tag) or _ROLES[role]
    if element.get("hidden") is not None or re.search(r"display:\s*none", element.get("style") or ""):
        return "hidden on the page"
    return None


def _reason_by_name(element: Element) -> str | None:
    names = (f"{element.get('class') or ''} {element.get('id') or ''}")[:500].lower()
    if not names.strip():
        return None
    if phrase := _PHRASES.search(names.replace("_", "-")):
        return _PHRASE_REASONS[phrase.lastgroup or "box"]
    words = names_of(element)
    # Parts of the head carry the names of what they might be confused with ("author-social", "title-share").
    return next((_REASONS[word] for word in sorted(words) if word in _REASONS), None)


def _prose(element: Element) -> int:
    """Return how many characters of an element stand in lines that end like sentences."""
    return sum(
        len(line) for text in element.itertext() if (line := text.strip())[-1:] in {".", "!", "?", "»", "”", '"', "…"}
    )
