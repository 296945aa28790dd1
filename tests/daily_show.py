"""A show made by the daily edition in a folder of its own."""

from __future__ import annotations

import datetime as dt
import re
import xml.etree.ElementTree as ET
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from audio.config import CacheSettings, Config, EditionSettings, PublishSettings, ShowSettings, SourceSettings
from audio.newsroom import daily
from audio.newsroom.daily import Order, Outcome

ROOT = Path(__file__).parent.parent
ROME = ZoneInfo("Europe/Rome")
NOW = dt.datetime(2026, 11, 25, 6, 30, tzinfo=ROME)
FRANA = (
    "Frana in Valtellina, isolate trecento persone\n\nUna colata di fango ha travolto la strada per la Valmalenco. "
    "Evacuati due alberghi a Lanzada, elicotteri in volo.\n"
)
FRANA_AGENZIA = (
    "Valmalenco tagliata fuori dal fango\n\nLo smottamento, trentamila metri cubi, è sceso ieri sera a Lanzada dopo "
    "due giorni di piogge: trecento i turisti isolati nel Sondriese, alcuni portati via in elicottero.\n"
)
FRANA_RIAPERTA = (
    "Valmalenco, riaperta una corsia: finisce l'isolamento\n\nI mezzi dell'Anas hanno tolto il fango in una notte. Gli "
    "sfollati di Lanzada rientrano negli alberghi da stasera, la strada è riaperta.\n"
)
FRANA_ANCORA = (
    "Fango sulla strada della Valmalenco, trecento isolati\n\nEvacuati due alberghi di Lanzada in Valtellina.\n"
)
TARTUFO = (
    "Alba, tartufo da 900 grammi battuto all'asta per 110 mila euro\n\nSe lo aggiudica un ristoratore di Hong Kong "
    "collegato con il castello di Grinzane Cavour. Il ricavato andrà in beneficenza.\n"
)
SINNER = (
    "Sinner campione a Torino\n\nIl numero due del mondo batte Alcaraz in due set, 7-6 7-5, e alza ancora la coppa dei "
    "maestri davanti a dodicimila persone.\n"
)


@dataclass(frozen=True)
class Show:
    """A folder with articles and what the daily edition makes of them."""

    folder: Path

    @property
    def config(self) -> Config:
        return Config(
            engines=("espeak",),
            cache=CacheSettings(folder=self.folder / "cache"),
            show=ShowSettings(title="Il Mattino", base_url="https://esempio.it/podcast/"),
            publish=PublishSettings(folder=self.public),
            sources=(SourceSettings(folder=self.folder / "articoli", section="Cronaca"),),
            edition=EditionSettings(target_minutes=1.5),
        )

    @property
    def public(self) -> Path:
        return self.folder / "public"

    def write(self, **articles: str) -> None:
        """Put articles into the source folder."""
        for name, text in articles.items():
            path = self.folder / "articoli" / f"{name}.txt"
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")

    def make(self, day: int = 0, config: Config | None = None, order: Order | None = None, **named: Any) -> Outcome:
        """Make the edition of a day, counted from the first."""
        order = order or Order(NOW)
        order = replace(order, now=NOW + dt.timedelta(days=day))
        return daily.make_edition(config or self.config, order, **{"wait": lambda _: None, **named})

    def files(self) -> dict[str, bytes]:
        """Return every public file."""
        found = (path for path in self.public.rglob("*") if path.is_file())
        return {
            path.relative_to(self.public).as_posix(): path.read_bytes()
            for path in found
            if not any(part.startswith(".") for part in path.relative_to(self.public).parts)
        }

    def feed(self) -> list[tuple[str, str]]:
        """Return (GUID, publication date) of the feed's items, after checking that what they name is there, whole."""
        items = ET.parse(self.public / "feed.xml").getroot().findall("./channel/item")  # noqa: S314 - our own feed
        for item in items:
            enclosure = item.find("enclosure")
            assert enclosure is not None
            path = self.public / "episodes" / enclosure.attrib["url"].rsplit("/", 1)[-1].partition("?")[0]
            assert path.stat().st_size == int(enclosure.attrib["length"])
            assert path.with_suffix(".vtt").read_text(encoding="utf-8").startswith("WEBVTT")
        return [(item.findtext("guid", ""), item.findtext("pubDate", "")) for item in items]

    def said(self) -> str:
        """Return the words of the newest transcript."""
        newest = max((self.public / "episodes").glob("*.vtt"))
        lines = newest.read_text(encoding="utf-8").split("\n\n")[1:]
        return " ".join(" ".join(re.sub(r"<[^>]*>", "", line).split("\n")[1:]) for line in lines)
