"""``publish`` and ``serve``, and what ``make --publish`` does after the bulletin is made."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated
from urllib.parse import urlsplit

import typer

from audio.cli.options import PARTLY_DONE, AsJson, Now, Settings, clock, load_settings
from audio.cli.screen import harmless, print_json, say

if TYPE_CHECKING:
    from audio.config import Config
    from audio.model import Briefing
    from audio.podcast.episode import Source
    from audio.podcast.finding import Finding


def publish(
    feed: Annotated[
        str | None, typer.Argument(help="With --check: a feed's address or file, instead of the own.")
    ] = None,
    *,
    check: Annotated[
        bool, typer.Option("--check", help="Only look: what would directories and apps object to?")
    ] = False,
    as_json: AsJson = False,
    config: Settings = None,
    now: Now = None,
) -> None:
    """Rebuild the podcast from the episodes in its folder and bring it to the public; or check a feed."""
    from audio.errors import SettingsError  # noqa: PLC0415
    from audio.podcast import publish as show  # noqa: PLC0415
    from audio.podcast import verify  # noqa: PLC0415

    settings = load_settings(config)
    if check:
        _report(verify.examine(feed, settings, clock(now)), as_json=as_json)
        return
    if feed:
        raise SettingsError(f"publish {feed}: a feed is named only with --check")
    folder = settings.publish.folder
    show.rebuild(folder, settings)
    typer.echo(folder / "feed.xml")
    bring(settings, clock(now))


def serve(
    *,
    host: Annotated[str, typer.Option("--host", help="0.0.0.0 lets other machines in.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8000,
    token: Annotated[
        str | None, typer.Option("--token", help="A secret word in the address, for a private feed.")
    ] = None,
    config: Settings = None,
) -> None:
    """Serve the podcast's folder, for phones on the same network or behind a proxy with https."""
    from audio.podcast import serve as web  # noqa: PLC0415

    settings = load_settings(config)
    with contextlib.suppress(KeyboardInterrupt):
        web.run(settings, host, port, token, say)


def add(briefing: Briefing, sources: Sequence[str], config: Config, now: dt.datetime) -> None:
    """Make a bulletin an episode of the show; made again from the same sources on a day, it replaces itself."""
    from audio.podcast import publish as show  # noqa: PLC0415

    folder = config.publish.folder
    key = "\n".join([f"{now:%Y-%m-%d}", *sources])
    guid = show.make_guid(folder, config, key)
    links = list(_links(briefing, sources))
    show.add_episode(
        folder, config, briefing, guid=guid, published=now, summary=_summary(briefing, sources), sources=links
    )
    show.rebuild(folder, config)
    bring(config, now)


def bring(config: Config, now: dt.datetime) -> None:
    """Upload the show as the settings say, and tell what is wrong with its public addresses.

    Leaves with PARTLY_DONE where listeners would miss something.
    """
    from audio.podcast import publish as show  # noqa: PLC0415
    from audio.podcast import verify  # noqa: PLC0415

    target = config.publish
    changed = show.upload(target.folder, config)
    if target.s3:
        say(f"uploaded: {len(changed)} files changed")
    if config.show.base_url and (target.s3 or target.command):
        found = verify.public(config, now)
        for finding in found:
            say(f"{finding.level}: {finding.where}: {finding.says} — {finding.remedy}")
        if any(finding.level == "must" for finding in found):
            raise typer.Exit(PARTLY_DONE)


def _summary(briefing: Briefing, sources: Sequence[str]) -> str:
    """Return the first sentence of a single story; several are told by their chapters."""
    if len(sources) > 1:
        return ""
    texts = [c.segment.text for c in briefing.timeline.cues if c.segment.role in {"lead", "paragraph"}]
    return texts[0] if texts else ""


def _links(briefing: Briefing, sources: Sequence[str]) -> Iterable[Sequence[Source]]:
    """Yield the sources of each chapter: one address is that of all chapters, several are of a story each."""
    from audio.podcast.episode import Source  # noqa: PLC0415

    chapters = briefing.timeline.chapters
    urls = [Source(urlsplit(s).hostname or s, s) if s.startswith(("http://", "https://")) else None for s in sources]
    if len(urls) == 1:
        urls *= len(chapters)
    return [[url] if url else [] for url in urls] if len(urls) == len(chapters) else []


def _report(findings: Sequence[Finding], *, as_json: bool) -> None:
    if as_json:
        print_json([asdict(finding) for finding in findings])
    else:
        for finding in findings:
            typer.echo(harmless(f"{finding.level:6} {finding.where}: {finding.says} — {finding.remedy}"))
        must = sum(finding.level == "must" for finding in findings)
        say(f"{must} to mend, {len(findings) - must} to improve")
    if any(finding.level == "must" for finding in findings):
        raise typer.Exit(1)
