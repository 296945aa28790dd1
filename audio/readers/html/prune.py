"""What of a tree is no part of an article: scripts, menus, banners, captions, comments, by tag, role and name.

What is dropped is kept as ``Dropped`` with its reason, for the person who asks.
"""

from __future__ import annotations

import re

from audio.model import Dropped
from audio.readers.head import is_byline
from audio.readers.html.tree import HEADINGS, Element, id_of, names_of, text_of

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
    "a cookie notice": "cookie cookies cookiebar consent iubenda gdpr privacy onetrust didomi cmpbox cmpwrapper qc",
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
# Whatever their names say, these hold the article.
_NEVER = frozenset({"html", "body", "main", "article", "h1"})
# These may weigh more than a short article; the others are dropped only where they do not hold most of the prose.
_HOWEVER_LONG = frozenset({"a cookie notice", "readers' comments", "a dialog"})
_MOST = 0.4
_EXCERPT = 160
# Small pictures that stand for a letter.
_GLYPH = re.compile(r"emoji|smil(?:ey|ies)|icon", re.IGNORECASE)
_PICTURE_BOXES = frozenset({"p", "div", "span", "a", "center", "table"})
_CAPTION_CHARACTERS = 200


def prune(tree: Element) -> list[Dropped]:
    """Take out of a tree, in place, what is no part of an article, and return what had words in it."""
    dropped = [*_drop_captions(tree), *_drop_small_print(tree)]
    for element in list(tree.iter(*_SILENT_TAGS)):
        _remove(element)
    total = _prose(tree)
    gone: set[Element] = set()
    for element in list(tree.iter("*")):
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
        if _GLYPH.search(f"{image.get('class')} {image.get('src')}"):
            continue
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
    if tag == "button" and any(text_of(e) == text_of(element) for e in element.iterancestors(*HEADINGS)):
        # A question that opens its answer.
        return None
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
    names = (f"{element.get('class') or ''} {id_of(element) or ''}")[:500].lower()
    if not names.strip():
        return None
    if (phrase := _PHRASES.search(names.replace("_", "-"))) and not _asks(element, phrase[0]):
        return _PHRASE_REASONS[phrase.lastgroup or "box"]
    words = names_of(element)
    # Parts of the head carry the names of what they might be confused with ("author-social", "title-share").
    return next((_REASONS[word] for word in sorted(words) if word in _REASONS), None)


def _asks(element: Element, phrase: str) -> bool:
    """Tell whether what is called a pulled quote is an interview's question, which nothing repeats."""
    return phrase.startswith("pull") and text_of(element).endswith("?")


def _prose(element: Element) -> int:
    """Return how many characters of an element stand in lines that end like sentences."""
    return sum(
        len(line) for text in element.itertext() if (line := text.strip())[-1:] in {".", "!", "?", "»", "”", '"', "…"}
    )
