"""How long a show of a thousand episodes takes to rebuild, and how heavy its pages are.

    python benchmarks/podcast.py            # about a minute, most of it spent on writing the pages once

Each episode lasts a quarter of an hour and has fourteen chapters and two thousand words with their times. Ends with 1
where a rebuild takes more than two seconds, or a page's first load more than 100 kB.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

from audio.config import Config, ShowSettings
from audio.podcast import publish, store, transcript
from audio.podcast.episode import Episode, Mark, Paragraph, Source

EPISODES, CHAPTERS, LINES, WORDS = 1000, 14, 140, 14
MOST_SECONDS, MOST_BYTES = 2.0, 100_000
NEWEST = dt.datetime(2025, 11, 6, 6, 30, tzinfo=dt.UTC)


def vtt() -> str:
    """Return a transcript of a quarter of an hour."""
    lines = []
    for start in range(0, LINES * 6400, 6400):
        words = tuple(transcript.TimedWord("parola", start + word * 400) for word in range(WORDS))
        lines.append(transcript.Line(start, start + 6000, words))
    return transcript.to_vtt(lines)


def show(folder: Path) -> None:
    """Write the episodes' files as if each had been added on its day."""
    words = vtt()
    marks = tuple(
        Mark(
            f"Il consiglio comunale approva il punto {n}",
            n * 64.0,
            n * 64.0 + 64,
            (Source("Ansa", f"https://a.it/{n}"),),
        )
        for n in range(CHAPTERS)
    )
    for number in range(EPISODES):
        name = f"edizione-{number:04}"
        (folder / "episodes").mkdir(exist_ok=True)
        store.path_of(folder, name, ".vtt").write_text(words, encoding="utf-8")
        moment = NEWEST - dt.timedelta(days=number)
        paragraphs = (Paragraph("paragraph", 4),) * (LINES // 4)
        episode = Episode(name, f"urn:{number}", f"Edizione {number}", moment, 896.0, 10_752_000)
        store.save(folder, replace(episode, marks=marks, paragraphs=paragraphs))


def timed(folder: Path, config: Config) -> float:
    """Return the seconds of a rebuild."""
    start = time.perf_counter()
    publish.rebuild(folder, config)
    return time.perf_counter() - start


def main() -> None:
    """Build a show, and build it again after nothing and after one title changed."""
    config = Config(show=ShowSettings(base_url="https://esempio.it/podcast/"))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        show(folder)
        print(f"first build, every page new  {timed(folder, config):6.2f} s")
        same = timed(folder, config)
        newest = publish.episodes(folder)[0]
        store.save(folder, replace(newest, title="Un altro titolo"))
        one = timed(folder, config)
        print(f"nothing changed              {same:6.2f} s\none episode changed          {one:6.2f} s")
        shared = sum((folder / file).stat().st_size for file in ("page.css", "page.js"))
        shared += next(folder.glob("cover-small-*")).stat().st_size
        pages = {p: (folder / p).stat().st_size + shared for p in ("index.html", f"episodes/{newest.name}.html")}
        for page, size in pages.items():
            print(f"first load of {page:32} {size:7,} bytes")
        print(f"feed {(folder / store.FEED).stat().st_size:,} bytes")
    sys.exit(max(same, one) > MOST_SECONDS or max(pages.values()) > MOST_BYTES)


if __name__ == "__main__":
    main()
