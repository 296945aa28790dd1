"""What other programs read: the JSON forms of an article and a script, whose keys are a promise."""

from __future__ import annotations

from collections.abc import Sequence

from audio.model import Article, Script


def of_articles(articles: Sequence[Article], *, explain: bool = False) -> dict[str, object]:
    """Return the form of ``read --json``: an article, or several under ``articles``.

    With ``explain`` each has ``dropped`` too, a list of text and reason.
    """
    forms = [of_article(article) for article in articles]
    if explain:
        for form, article in zip(forms, articles, strict=True):
            form["dropped"] = [{"text": piece.text, "reason": piece.reason} for piece in article.dropped]
    return forms[0] if len(forms) == 1 else {"articles": forms}


def of_article(article: Article) -> dict[str, object]:
    """Return the form of ``read --json``; quotes and items are paragraphs of their own."""
    return {
        "kicker": article.kicker,
        "headline": article.headline,
        "standfirst": article.standfirst,
        "dateline": article.dateline,
        "byline": article.byline,
        "published": article.published,
        "lang": article.lang or "it",
        "source": article.source,
        "sections": [
            {"heading": section.heading, "paragraphs": [block.text for block in section.blocks]}
            for section in article.sections
        ],
    }


def of_script(script: Script) -> dict[str, object]:
    """Return the form of ``script --json``; ``section`` is the title of the chapter a segment belongs to."""
    return {
        "title": script.title,
        "title_generated": script.title_generated,
        "segments": [
            {
                "role": segment.role,
                "text": segment.text,
                "spoken": segment.spoken,
                "voice": segment.voice,
                "pause_seconds": segment.pause_seconds,
                "section": script.chapters[segment.chapter],
            }
            for segment in script.segments
        ],
    }
