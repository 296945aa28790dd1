"""Which target there is for what, and what it begins with."""

from collections.abc import Callable

from fuzz import sources, words, writers

Target = Callable[[bytes], None]

TARGETS: dict[str, Target] = {
    "text": sources.text,
    "markdown": sources.markdown,
    "front-matter": sources.front_matter,
    "html": sources.html,
    "feed": sources.feed,
    "mail": sources.mail,
    "epub": sources.epub,
    "docx": sources.docx,
    "pdf": sources.pdf,
    "italian": words.italian,
    "sentences": words.sentences,
    "script": words.script,
    "lexicon": words.lexicon,
    "settings": words.settings,
    "tags": writers.tags,
    "captions": writers.captions,
    "show": writers.show,
}

# A file of the cases that is of use to a target as a beginning, beside what is saved for it.
SEEDS: dict[str, tuple[str, ...]] = {
    "text": ("readers/*.txt", "readers/*/*.txt"),
    "markdown": ("readers/*.md", "readers/*/*.md"),
    "html": ("readers/*/*.html",),
    "feed": ("formats/feed/*.xml", "readers/*/*.xml"),
    "mail": ("formats/mail/*.eml",),
    "script": ("readers/*.txt", "readers/text/*.txt"),
    "sentences": ("readers/*.txt",),
}
