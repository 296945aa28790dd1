"""A show to publish: bulletins spoken by the embedded voice, and a folder of the test's own."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest
from made_show import BASE, NOW, STORIES, AddEpisode

from audio import pipeline
from audio.config import CacheSettings, Config, ShowSettings
from audio.model import Briefing
from audio.podcast import publish
from audio.podcast.episode import Episode, Source


@pytest.fixture(scope="session")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    """Settings of a show with a public address, spoken by the embedded voice."""
    show = ShowSettings(title="Il Notiziario", base_url=BASE, email="redazione@esempio.it", author="La redazione")
    return Config(engines=("espeak",), show=show, cache=CacheSettings(tmp_path_factory.mktemp("cache")))


@pytest.fixture(scope="session")
def briefing(config: Config, tmp_path_factory: pytest.TempPathFactory) -> Briefing:
    """A bulletin of two stories, with a chapter each."""
    folder = tmp_path_factory.mktemp("bulletin")
    for name, text in STORIES.items():
        (folder / name).write_text(text, encoding="utf-8")
    sources = [str(folder / name) for name in STORIES]
    return pipeline.make_briefing(sources, config, now=NOW, output=folder / "bulletin.mp3")


@pytest.fixture
def add(tmp_path: Path, config: Config, briefing: Briefing) -> AddEpisode:
    """Add the bulletin to the show in the test's folder, some days ago, under a title."""

    def one(days_ago: int = 0, title: str | None = None, config: Config = config) -> Episode:
        return publish.add_episode(
            tmp_path,
            config,
            replace(briefing, title=title or briefing.title),
            guid=f"urn:x-test:{days_ago}",
            published=NOW - dt.timedelta(days=days_ago),
            summary="Un ponte e il mare.",
            sources=[[Source("Il Corriere", "https://esempio.it/n?a=1&b=perché")], []],
        )

    return one
