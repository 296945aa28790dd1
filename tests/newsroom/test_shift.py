"""A scheduled run: who is told, what is logged, what is remembered."""

import datetime as dt
import threading
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from daily_show import FRANA, NOW, ROME, TARTUFO, Show

from audio.config import NotifySettings, SourceSettings
from audio.errors import GateError, SourceError
from audio.newsroom import shift, watch
from audio.newsroom.daily import Order, Outcome
from audio.newsroom.lock import BusyError


class Listener:
    """A server on this machine that notes what it is told."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, str, dict[str, str]]] = []
        listener = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.heard.append((self.path, body.decode(), dict(self.headers)))
                self.send_response(500 if "broken" in self.path else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"

    def paths(self) -> list[str]:
        return [path for path, _, _ in self.heard]


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    thread = threading.Thread(target=made.server.serve_forever)
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


@pytest.fixture
def show(tmp_path: Path) -> Show:
    made = Show(tmp_path)
    made.write(frana=FRANA, tartufo=TARTUFO)
    return made


def test_a_good_run(show: Show, listener: Listener) -> None:
    """The check hears of start and end, people hear nothing; the run is remembered, and the next one known."""
    notify = NotifySettings(healthchecks=f"{listener.url}/ping", ntfy=f"{listener.url}/topic")
    config = replace(show.config, notify=notify)
    shift.work(config, Order(NOW))
    shift.work(config, Order(NOW))
    assert listener.paths() == ["/ping/start", "/ping", "/ping/start", "/ping"]
    log = (show.public / ".notiziario" / "daily.log").read_text(encoding="utf-8")
    assert "2026-11-25: 25 novembre 2026: published" in log
    assert "there already" in log
    status = shift.status_of(config, NOW + dt.timedelta(hours=1))
    assert status.last_edition == ("2026-11-25", "25 novembre 2026")
    assert status.next_due == dt.datetime(2026, 11, 26, 6, 30, tzinfo=ROME)
    assert not status.missing
    assert status.last_run is not None
    assert status.last_run.code == 0


def test_losses_and_failures(show: Show, listener: Listener) -> None:
    """People hear of an incomplete edition and of a missing one, the check only of the latter."""
    notify = NotifySettings(healthchecks=f"{listener.url}/ping", ntfy=f"{listener.url}/topic")
    gone = SourceSettings(folder=show.folder / "niente")
    config = replace(show.config, notify=notify, sources=(*show.config.sources, gone))
    shift.work(config, Order(NOW))
    assert listener.paths() == ["/ping/start", "/ping", "/topic"]
    _, said, headers = listener.heard[-1]
    assert "niente" in said
    assert headers["Title"] == "Il Mattino: edizione incompleta"
    with pytest.raises(SourceError):
        shift.work(replace(config, sources=(gone,)), Order(NOW + dt.timedelta(days=1)))
    assert listener.paths()[3:] == ["/ping/start", "/ping/fail", "/topic"]
    assert listener.heard[-1][2]["Title"] == "Il Mattino: edizione mancante"
    status = shift.status_of(config, NOW + dt.timedelta(days=1, hours=2))
    assert status.missing
    assert status.last_run is not None
    assert status.last_run.code == 66


@pytest.mark.parametrize("url", ["http://127.0.0.1:1/topic", "{}/broken"])
def test_a_message_that_does_not_get_through(show: Show, listener: Listener, url: str) -> None:
    """A dead or failing service is a warning that names its host and keeps its secret address."""
    address = url.format(listener.url)
    config = replace(show.config, notify=NotifySettings(healthchecks=address))
    warnings: list[str] = []
    outcome = shift.work(config, Order(NOW), warn=warnings.append)
    assert outcome.rundown is not None
    assert len(warnings) == 2
    assert all("was not told" in one and "topic" not in one and "broken" not in one for one in warnings)


@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # apprise asks for a module that is leaving
def test_apprise(listener: Listener) -> None:
    """Services that apprise knows are told through it, and one it does not know is a warning."""
    pytest.importorskip("apprise", reason="apprise is an extra")
    address = listener.url.replace("http://", "json://")
    assert watch.tell_end(NotifySettings(apprise=(f"{address}/x",)), "Il Mattino", 1, "niente voce") == []
    assert "niente voce" in listener.heard[0][1]
    assert watch.tell_end(NotifySettings(apprise=("boh://x",)), "Il Mattino", 1, "x") != []


def test_another_run_is_no_failure(show: Show, listener: Listener) -> None:
    """A run that meets another at work is neither remembered nor told as a failure."""

    def busy(*_: object, **__: object) -> Outcome:
        raise BusyError("another run is at work")

    config = replace(show.config, notify=NotifySettings(ntfy=f"{listener.url}/topic"))
    with pytest.raises(BusyError):
        shift.work(config, Order(NOW), make=busy)
    assert listener.heard == []


def test_a_failed_gate_is_told(show: Show, listener: Listener) -> None:
    """An edition that did not prove whole is told with its reason."""

    def bad(*_: object, **__: object) -> Outcome:
        raise GateError("a segment is silent")

    config = replace(show.config, notify=NotifySettings(ntfy=f"{listener.url}/topic"))
    with pytest.raises(GateError):
        shift.work(config, Order(NOW), make=bad)
    assert "a segment is silent" in listener.heard[0][1]


@pytest.mark.parametrize(
    ("moment", "due"),
    [
        (dt.datetime(2026, 11, 25, 6, 29, tzinfo=ROME), False),
        (dt.datetime(2026, 11, 25, 6, 30, tzinfo=ROME), True),
        (dt.datetime(2026, 11, 25, 23, 59, tzinfo=ROME), True),
        (dt.datetime(2026, 11, 26, 0, 1, tzinfo=ROME), False),
        (dt.datetime(2027, 3, 28, 4, 29, tzinfo=dt.UTC), False),
        (dt.datetime(2027, 3, 28, 4, 30, tzinfo=dt.UTC), True),
        (dt.datetime(2026, 10, 25, 5, 29, tzinfo=dt.UTC), False),
        (dt.datetime(2026, 10, 25, 5, 30, tzinfo=dt.UTC), True),
    ],
)
def test_when_an_edition_is_due(show: Show, moment: dt.datetime, due: bool) -> None:
    """An edition is due from its hour in Rome to midnight, on the days when the clocks change too."""
    assert shift.is_due(show.config, moment) is due


def test_the_log_is_turned_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full log makes room, keeps the older ones, and no line of it can be forged by a source."""
    monkeypatch.setattr(watch, "_LOG_BYTES", 200)
    for number in range(20):
        watch.log(tmp_path / "daily.log", NOW, f"riga {number}\nfalsa riga")
    kept = sorted(tmp_path.glob("daily.log*"))
    assert 1 < len(kept) <= 6
    assert all(line.startswith("2026-11-25T06:30") for path in kept for line in path.read_text().splitlines())
