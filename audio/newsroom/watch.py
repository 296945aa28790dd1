"""Who is told how a run went: a check that misses its ping, a phone, a log. Nothing here can fail a run."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import logging
import logging.handlers
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from audio import deadline
from audio.config import NotifySettings

# What a person must do something about: 0 is done, 3 is done with losses.
DONE, PARTLY = 0, 3
_TIMEOUT_SECONDS = 10.0
# Healthchecks keeps 100 kB of a ping's body, ntfy shows 4 kB.
_MOST_CHARACTERS = 4000
_LOG_BYTES, _LOGS = 1_000_000, 5


def tell_start(notify: NotifySettings) -> list[str]:
    """Tell the check that a run began; return what did not get through."""
    return list(_ping(notify.healthchecks, "/start", ""))


def tell_end(notify: NotifySettings, show: str, code: int, said: str) -> list[str]:
    """Tell how a run ended, by its exit code and in words; return what did not get through.

    The check hears of every run, people only of what is missing or incomplete.
    """
    said = said[:_MOST_CHARACTERS]
    failures = list(_ping(notify.healthchecks, "" if code in {DONE, PARTLY} else "/fail", said))
    if code == DONE:
        return failures
    title = f"{show}: {'edizione incompleta' if code == PARTLY else 'edizione mancante'}"
    if notify.ntfy:
        # Headers are Latin-1 by their standard; ntfy reads UTF-8 in this form.
        headers = {"Title": title.encode().decode("latin-1"), "Priority": "default" if code == PARTLY else "high"}
        failures += _post(notify.ntfy, said, headers)
    if notify.apprise:
        failures += _apprise(notify.apprise, title, said)
    return failures


def _ping(url: str | None, ending: str, said: str) -> Iterator[str]:
    if url:
        yield from _post(url.rstrip("/") + ending, said, {})


def _post(url: str, said: str, headers: dict[str, str]) -> Iterator[str]:
    """Send a text; the settings let only http and https through."""
    request = urllib.request.Request(url, said.encode(), headers)  # noqa: S310 - see above

    def send(_: threading.Event) -> None:
        try:
            urllib.request.urlopen(request, timeout=_TIMEOUT_SECONDS).close()  # noqa: S310
        except urllib.error.HTTPError as error:
            error.close()
            raise

    try:
        # A time-out of the library's counts between two bytes: a server that drips would hold the run for ever.
        deadline.within(_TIMEOUT_SECONDS, send, (OSError, ValueError, http.client.HTTPException))
    except (OSError, ValueError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", None) or str(error) or "no answer in time"
        # An address of these services is a secret of its own: only its host is told.
        yield f"{request.host} was not told: {reason}"


def _apprise(urls: tuple[str, ...], title: str, said: str) -> Iterator[str]:
    try:
        import apprise  # noqa: PLC0415 - an extra that few have
    except ImportError:
        yield "apprise is not installed: pip install 'notiziario[notify]'"
        return
    messenger = apprise.Apprise()
    accepted = [messenger.add(url) for url in urls]
    if not all(accepted) or not messenger.notify(body=said, title=title):
        yield "apprise could not tell everybody"


def log(path: Path, now: dt.datetime, line: str) -> None:
    """Add a line to the log, which is turned over when it is full. A log that cannot be written is nobody's error."""
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = logging.handlers.RotatingFileHandler(path, maxBytes=_LOG_BYTES, backupCount=_LOGS, encoding="utf-8")
        with_errors_kept = logging.raiseExceptions
        logging.raiseExceptions = False
        try:
            text = "".join(c if c.isprintable() else " " for c in line)
            handler.emit(logging.makeLogRecord({"msg": f"{now.isoformat(timespec='seconds')} {text}"}))
        finally:
            logging.raiseExceptions = with_errors_kept
            handler.close()  # writes what could not be written before, and fails again
