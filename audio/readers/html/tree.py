"""From the bytes of a page to a tree, and the names that its elements bear.

Here is the door to lxml.
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
from audio.readers.charset import without_impossible
from audio.readers.decode import decode_page

Element = Any  # an lxml element; lxml ships no types

# Trees deeper than this are built by machines or by tags never closed; extraction recurses, so wrappers go.
_DEEP, _DEEPEST = 100, 240
_WRAPPERS = frozenset("div span font b i u em strong center section small big a td tr tbody table ul li p".split())
# More attributes than any page has; each further one costs the square of their number.
_MAX_ATTRIBUTES = 500
_HUGE_TAG = re.compile(
    rf"<[a-zA-Z][^<>]{{0,64}}?(?:\s+[^\s<>=]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s<>]*))?){{{_MAX_ATTRIBUTES},}}"
)

# The type of a field is no name of it: "field--type-text-with-summary" is any text of Drupal's.
_FIELD_TYPE = re.compile(r"field--type-[\w-]+")
# Where several names are as short as these, they say nothing.
_HASH_LETTERS, _LEAST_HASHES = 3, 3
HEADINGS = frozenset({"h2", "h3", "h4", "h5", "h6"})
_OF_WORDS = re.compile(r"(?:il|lo|la|i|gli|le|l|un|una)[-_]", re.IGNORECASE)
_NO_NAMES: frozenset[str] = frozenset()


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
    given = (attributes.get("class"), id_of(element), attributes.get("itemprop"), attributes.get("rel"))
    names = " ".join(filter(None, given))[:500]
    return _words_of(names) if names else _NO_NAMES


def id_of(element: Element) -> str | None:
    """Return the id of an element, unless it is an anchor made of a heading's words ("la-ricerca-dei-dispersi")."""
    name = element.get("id")
    anchor = name and (element.tag in HEADINGS or _OF_WORDS.match(name))
    return None if anchor else name


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


def is_titled(box: Element) -> bool:
    """Tell whether a box has a heading of its own, below the rank of the page's."""
    return any(box.find(f".//h{level}") is not None for level in (2, 3, 4))
