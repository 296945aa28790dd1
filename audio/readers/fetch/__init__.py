"""The one client for everything that is fetched: polite to servers, patient within a limit, and never led inside.

http and https only; at most five redirects, each to a public address; a deadline for the whole; a bound on what comes
out; "unchanged" asked for where a page was fetched before; Retry-After kept to.
"""

from __future__ import annotations

import contextlib
import email.utils
import re
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin

from urllib3.exceptions import LocationParseError
from urllib3.util import Url, make_headers, parse_url

from audio.config import FetchSettings
from audio.errors import RefusedError, SourceError
from audio.logins import without_login
from audio.readers.fetch.http_cache import HttpCache
from audio.readers.fetch.transfer import Answer, BrokenError, Line

MAX_REDIRECTS = 5
# Who waits longer has given up; a server that asks for more is asked again by the next run.
_LONGEST_WAIT_SECONDS = 8.0
_RETRY_SECONDS = 1.0
_LONGEST_NAME = 200
_REDIRECTS = {301, 302, 303, 307, 308}
_GOOD = {200, 203}
_UNCHANGED, _BUSY, _SERVER_FAULT = 304, 429, 500
_SAVE = "Save the page from a browser and name the file."
_REFUSALS = {
    401: ("asks for a login", _SAVE),
    402: ("asks for money", _SAVE),
    403: ("lets no programs in", _SAVE),
    404: ("there is no such page", "Check the address; the article may have been moved."),
    410: ("was taken away by its site", "Look for it elsewhere."),
    429: ("has had too many requests", "Ask again later."),
    451: ("is withheld for legal reasons", ""),
}
# What servers are told who asks; a run adds its version.
PRODUCT = "Notiziario"
_HEADERS = {
    "Accept": "text/html, application/xhtml+xml, application/rss+xml, application/atom+xml, */*;q=0.5",
    "Accept-Language": "it, *;q=0.5",
    "Accept-Encoding": "gzip",
}


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page: ``url`` is where it was found after redirects, ``content_type`` the header's value or None."""

    url: str
    body: bytes = field(repr=False)
    content_type: str | None


class Fetcher:
    """Fetches pages. It remembers which servers asked for a pause, and which did not answer at all.

    ``sleep`` and ``clock`` (monotonic seconds) are arguments for tests.
    """

    def __init__(
        self,
        settings: FetchSettings | None = None,
        cache: HttpCache | None = None,
        *,
        version: str = "",
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.settings = settings or FetchSettings()
        self._cache = cache
        self._sleep = sleep
        self._clock = clock
        product = f"{PRODUCT}/{version}" if version else PRODUCT
        self._headers = {**_HEADERS, "User-Agent": f"{product} (reads news articles aloud)"}
        self._not_before: dict[str, float] = {}
        self._silent: set[str] = set()

    def get(self, url: str) -> Fetched:
        """Return a page, whole. Raises SourceError in one line with a hint, at the latest when the time is up.

        A read that waits cannot be stopped from outside, so it works in a thread whose connection is cut.
        """
        seconds = self.settings.total_seconds
        line = Line(
            allow_private=self.settings.allow_private,
            max_bytes=int(self.settings.max_mb * 1_000_000),
            total_seconds=seconds,
        )
        host = _parsed(url).host or ""
        if host in self._silent:
            raise SourceError(f"{shown(url)}: {host} did not answer before, so it was not asked again")
        result: list[Fetched | SourceError] = []

        def work() -> None:
            try:
                result.append(self._follow(url, line))
            except SourceError as error:
                result.append(error)

        worker = threading.Thread(target=work, name="fetch", daemon=True)
        worker.start()
        try:
            worker.join(seconds)
            # Taken before the cut: a page whose end was made by it would look whole.
            in_time = tuple(result)
        finally:
            line.cut()
        if not in_time:
            self._silent.add(host)
            raise SourceError(
                f"{shown(url)}: no whole page within {seconds:g} s",
                hint="Try again later; fetch.total_seconds gives it more time.",
            )
        if isinstance(in_time[0], SourceError):
            raise in_time[0]
        return in_time[0]

    def _follow(self, url: str, line: Line) -> Fetched:
        """Ask for a page, there and wherever it has moved."""
        first = _parsed(url)
        for hop in range(MAX_REDIRECTS + 1):
            try:
                where = _parsed(url)
                # A login is for the server it was written for, not for whoever that one names.
                own = make_headers(basic_auth=first.auth) if first.auth and _origin(where) == _origin(first) else {}
                answer = self._ask(where, line, own)
            except SourceError as error:
                if not hop:
                    raise
                raise type(error)(f"{shown(first.url)}: leads to {error.message}", hint=error.hint) from error
            moved = answer.headers.get("Location")
            if answer.status not in _REDIRECTS or not moved:
                return Fetched(where._replace(auth=None).url, answer.body, answer.headers.get("Content-Type"))
            url = urljoin(where._replace(auth=None).url, _mended(moved))
        raise SourceError(
            f"{shown(first.url)}: is moved on more than {MAX_REDIRECTS} times", hint="Name the page itself."
        )

    def _ask(self, url: Url, line: Line, own_headers: Mapping[str, str]) -> Answer:
        """Ask one server: once more where it broke off, after a pause where it asks for one."""
        name, host = shown(url.url), url.host or ""
        self._keep_pause(name, host)
        kept = None if own_headers or not self._cache else self._cache.get(url.url)
        headers = {**self._headers, **own_headers, **(kept.conditions() if kept else {})}
        try:
            answer = line.ask(url, name, headers)
        except BrokenError:
            self._sleep(_RETRY_SECONDS)
            answer = line.ask(url, name, headers)
        if answer.status == _BUSY or answer.status >= _SERVER_FAULT:
            wait = _retry_after(answer.headers)
            if wait is not None:
                self._not_before[host] = self._clock() + wait
            self._keep_pause(name, host, at_least_seconds=_RETRY_SECONDS)
            answer = line.ask(url, name, headers)
        if answer.status == _UNCHANGED and kept:
            return Answer(200, {"Content-Type": kept.content_type}, kept.body)
        if answer.status not in _GOOD | _REDIRECTS:
            raise _refusal(name, answer.status)
        if answer.status in _GOOD and self._cache and not own_headers:
            self._cache.put(url.url, answer.body, answer.headers)
        return answer

    def _keep_pause(self, name: str, host: str, at_least_seconds: float = 0) -> None:
        wait = max(at_least_seconds, self._not_before.get(host, 0) - self._clock())
        if wait > _LONGEST_WAIT_SECONDS:
            raise SourceError(f"{name}: {host} asks for a pause", hint=f"Ask again in {_spell(wait)}.")
        if wait > 0:
            self._sleep(wait)


def shown(url: str) -> str:
    """Return an address as it may stand in a message: no password, no control character, not endless."""
    plain = without_login("".join(c for c in url if c.isprintable()))
    return plain if len(plain) <= _LONGEST_NAME else f"{plain[:_LONGEST_NAME]}…"


def _parsed(url: str) -> Url:
    """Return an address in its parts, or raise SourceError: programs disagree about odd ones, so none is let in."""
    name = shown(url)
    scheme = url.partition(":")[0].lower()
    if scheme not in {"http", "https"}:
        raise SourceError(f"{name}: is no address on the web", hint="Only http and https are fetched.")
    if not url.isprintable() or re.search(r"[\s\\<>\"^`{|}]", url):
        raise SourceError(f"{name}: is no valid address", hint="Check it; blanks and backslashes do not belong there.")
    try:
        parts = parse_url(url)
    except LocationParseError as error:
        raise SourceError(f"{name}: is no valid address", hint="Check it for a slip.") from error
    if not parts.host or "%" in parts.host.partition("]")[0].strip("["):
        raise SourceError(f"{name}: names no server", hint="An address starts like https://www.esempio.it/")
    return parts


def _origin(url: Url) -> tuple[str | None, str | None, int | None]:
    return url.scheme, url.host, url.port


def _mended(location: str) -> str:
    """Return a redirect's target as servers mean it: they send UTF-8 where only ASCII may stand, and blanks."""
    with contextlib.suppress(UnicodeError):
        location = location.encode("latin-1").decode("utf-8")
    return location.strip().replace(" ", "%20")


def _refusal(name: str, status: int) -> SourceError:
    if status in _REFUSALS:
        what, hint = _REFUSALS[status]
        kind = SourceError if status == _BUSY else RefusedError
        return kind(f"{name}: {what} ({status})", hint=hint)
    if status >= _SERVER_FAULT:
        return SourceError(f"{name}: its server is out of order ({status})", hint="Try again later.")
    return SourceError(f"{name}: its server gives no page ({status})", hint=_SAVE)


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Return the seconds a server asks to wait: as a number, or as a moment on its own clock."""
    asked = headers.get("Retry-After", "")
    if re.fullmatch(r"\d{1,9}", asked):
        return float(asked)
    try:
        until, now = (email.utils.parsedate_to_datetime(text) for text in (asked, headers.get("Date", "")))
        return max(0.0, (until - now).total_seconds())
    except (ValueError, TypeError):
        return None


def _spell(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 120 else f"{seconds / 60:.0f} min"  # noqa: PLR2004 - two minutes
