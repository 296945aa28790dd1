"""What other programs read: the JSON forms of an article and a script, whose keys are a promise."""

from __future__ import annotations

from audio.model import Article, Script


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
