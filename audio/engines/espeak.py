"""The embedded voice: espeak-ng from the package ``espeakng-loader``, spoken by one child process.

Offline, deterministic for a given order of requests in a fresh process, with the exact time of every word.
"""

from __future__ import annotations

import contextlib
import json
import re
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable, Sequence
from importlib import metadata, util
from pathlib import Path
from typing import Any

from audio.engines.base import Caps, Voice
from audio.engines.ipa import to_espeak
from audio.errors import RejectedError, UnavailableError
from audio.model import Span, Speech, Word

# The library's own default, a newsreader's brisk pace in Italian: 16.7 characters a second, measured.
_WORDS_PER_MINUTE = 175
# A sentence takes milliseconds; whatever takes this long hangs.
_DEADLINE_SECONDS = 60.0
# Chosen from all 104 variants: no clipping, full band, no breath noise in the pauses (f2 has some, and is asked for).
_CURATED = (
    Voice("it", "espeak-ng, uomo", gender="male", licence="GPL-3.0-or-later"),
    Voice("it+michel", "espeak-ng, uomo, più morbida", gender="male", licence="GPL-3.0-or-later"),
    Voice("it+Annie", "espeak-ng, donna", gender="female", licence="GPL-3.0-or-later"),
    Voice("it+linda", "espeak-ng, donna, più chiara", gender="female", licence="GPL-3.0-or-later"),
    Voice("it+f2", "espeak-ng, donna, con un po' di fiato", gender="female", licence="GPL-3.0-or-later"),
)
_WORKER = Path(__file__).with_name("espeak_worker.py")


class Espeak:
    """The embedded engine. One worker process at a time, started at the first word, started again after a crash."""

    name = "espeak"

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()

    def caps(self) -> Caps:
        """Offline, exact word times, any tempo from half to double."""
        return Caps(offline=True, max_chars=5000, word_times="exact", rate_range=(0.5, 2.0), ipa=True)

    def check(self) -> None:
        """Raise UnavailableError where the wheel with the library is missing."""
        if util.find_spec("espeakng_loader") is None:
            raise UnavailableError(
                "espeak: the package espeakng-loader is not installed",
                hint="pip install espeakng-loader (it has no build for Alpine Linux: use gtts there).",
            )

    def voices(self) -> tuple[Voice, ...]:
        """List the voices worth hearing; ``it+VARIANT`` takes any other variant of espeak-ng."""
        return _CURATED

    def fingerprint(self, voice: str) -> str:
        """Name the adapter's and the library's version."""
        return f"1 {metadata.version('espeakng-loader')} {voice}"

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
        """Speak the spans joined; word times point into their joined text."""
        self.check()
        _require_voice(voice)
        sent, markup, pieces = _markup(spans)
        request = {"voice": voice, "wpm": round(_WORDS_PER_MINUTE * rate), "text": sent, "markup": markup}
        head, pcm = self._ask(json.dumps(request).encode() + b"\n")
        if "error" in head:
            raise RejectedError(f"espeak could not speak “{sent[:60]}”: {head['error']}")
        if sys.byteorder == "big":
            pcm = b"".join(pcm[i + 1 : i + 2] + pcm[i : i + 1] for i in range(0, len(pcm), 2))
        text = "".join(span.text for span in spans)
        return Speech(pcm, head["rate"], _words(head["words"], pieces, text))

    def close(self) -> None:
        """End the worker."""
        process, self._process = self._process, None
        if process:
            process.kill()
            process.communicate()

    def _ask(self, request: bytes) -> tuple[dict[str, Any], bytes]:
        """Send a request to the worker; after a crash or a hang try once more in a fresh one."""
        with self._lock:
            for last in (False, True):
                try:
                    return self._exchange(request)
                except (EOFError, OSError) as error:
                    self.close()
                    if last:
                        raise RejectedError("the espeak-ng process ended twice on this text") from error
        raise AssertionError("unreachable")

    def _exchange(self, request: bytes) -> tuple[dict[str, Any], bytes]:
        process = self._process or self._start()
        # The timer is the deadline: a killed worker ends the read below.
        timer = threading.Timer(_DEADLINE_SECONDS, process.kill)
        timer.start()
        try:
            if process.stdin is None:
                raise EOFError
            process.stdin.write(request)
            process.stdin.flush()
            return _receive(process)
        finally:
            timer.cancel()

    def _start(self) -> subprocess.Popen[bytes]:
        # -I would hide an environment made by path alone, so only the folder of the script is kept out.
        command = [sys.executable, "-P", str(_WORKER)]
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        try:
            _receive(self._process)
        except EOFError as error:
            self.close()
            raise UnavailableError(
                "espeak: the library of espeakng-loader does not start on this system",
                hint="It needs glibc 2.29 or newer on Linux; use another engine here.",
            ) from error
        return self._process


def _receive(process: subprocess.Popen[bytes]) -> tuple[dict[str, Any], bytes]:
    if process.stdout is None:
        raise EOFError
    lengths = process.stdout.read(8)
    if len(lengths) < 8:  # noqa: PLR2004 - two lengths of four bytes
        raise EOFError
    head_size, body_size = struct.unpack("<II", lengths)
    head, body = process.stdout.read(head_size), process.stdout.read(body_size)
    if len(head) < head_size or len(body) < body_size:
        raise EOFError
    return json.loads(head), body


def _require_voice(voice: str) -> None:
    """Refuse a voice the library has not: it would take an unknown variant in silence and speak with another."""
    base, _, variant = voice.partition("+")
    if re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]+)*", base) and (not variant or variant in _variants()):
        return
    raise UnavailableError(
        f"espeak has no voice {voice!r}",
        hint="`notiziario voices list` shows those worth hearing; it is the plain one.",
    )


def _variants() -> frozenset[str]:
    import espeakng_loader  # noqa: PLC0415 - a wheel of 10 MB, opened when someone asks

    with contextlib.suppress(OSError):
        return frozenset(p.name for p in (Path(espeakng_loader.get_data_path()) / "voices" / "!v").iterdir())
    return frozenset()


def _markup(spans: Iterable[Span]) -> tuple[str, bool, list[tuple[int, int, int, bool]]]:
    """Return (text to send, whether it has phonemes, [(start, end, start in the plain text, phonemes?)])."""
    sent, plain, markup = "", 0, False
    pieces: list[tuple[int, int, int, bool]] = []
    for span in spans:
        phonemes = to_espeak(span.ipa) if span.ipa else None
        # Same length, so that positions agree: brackets of a source must not open the library's own markup.
        piece = f"[[{phonemes}]]" if phonemes else span.text.replace("[[", "((").replace("]]", "))")
        pieces.append((len(sent), len(sent) + len(piece), plain, bool(phonemes)))
        markup = markup or bool(phonemes)
        sent += piece
        plain += len(span.text)
    return sent, markup, pieces


def _words(
    events: Sequence[tuple[float, int, int]], pieces: Sequence[tuple[int, int, int, bool]], text: str
) -> tuple[Word, ...]:
    """Turn the library's events into one Word for each run of non-blanks, in order of time."""
    runs = [found.span() for found in re.finditer(r"\S+", text)]
    starts: dict[int, float] = {}
    for seconds, position, _ in events:
        at = next((plain + (0 if ipa else position - a) for a, b, plain, ipa in pieces if a <= position < b), None)
        run = next((i for i, (a, b) in enumerate(runs) if at is not None and a <= at < b), None)
        if run is not None:
            starts[run] = min(seconds, starts.get(run, seconds))
    words: list[Word] = []
    for run, seconds in sorted(starts.items()):
        if not words or seconds > words[-1].start_seconds:
            a, b = runs[run]
            words.append(Word(seconds, a, b - a))
    return tuple(words)
