"""The embedded voice: espeak-ng from the package ``espeakng-loader``, spoken by child processes, side by side.

Offline, the same bytes for the same requests in a fresh process, with the exact time of every word.
"""

from __future__ import annotations

import contextlib
import functools
import json
import queue
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path

from audio import machine
from audio.config import EspeakSettings
from audio.engines.base import Caps, Voice
from audio.engines.espeak_process import Answer, Process
from audio.engines.ipa import to_espeak
from audio.errors import RejectedError, UnavailableError
from audio.model import Span, Speech, Word

# Raised when the same text would sound different, or its words be told differently, by a change in here.
_VERSION = 2
# The library's own default, a newsreader's brisk pace in Italian: 16.7 characters a second, measured.
_WORDS_PER_MINUTE = 175
# A sentence takes milliseconds, the longest text a second; whatever takes this long hangs.
_DEADLINE_SECONDS = 60.0
_RATES = (0.5, 2.0)
# No more workers than one person's bulletin keeps busy; each holds 18 MB.
_MOST_WORKERS = 4
# Chosen from all 104 variants: no clipping, full band, no breath noise in the pauses (f2 has some, and is asked for).
_CURATED = tuple(
    Voice(voice, label, gender=gender, licence="GPL-3.0-or-later", quality="synthetic")
    for voice, label, gender in (
        ("it", "espeak-ng, uomo", "male"),
        ("it+michel", "espeak-ng, uomo, più morbida", "male"),
        ("it+Annie", "espeak-ng, donna", "female"),
        ("it+linda", "espeak-ng, donna, più chiara", "female"),
        ("it+f2", "espeak-ng, donna, con un po' di fiato", "female"),
    )
)
_WORKER = Path(__file__).with_name("espeak_worker.py")
_HINT = "It needs macOS, Windows, or Linux with glibc 2.29 or newer (Alpine has none); put `gtts` in `engines` there."
# Marks of the library's own markup, and NUL, which would end the text early; each stays one character long, so that
# word positions agree.
_DEFUSED = str.maketrans({"[": "(", "]": ")", "\0": " "})


class Espeak:
    """The embedded engine, safe for several threads. Workers are started when needed, again after a crash.

    ``worker``, ``deadline_seconds`` (for one request, from its first byte to its last) and ``start_seconds`` (until a
    worker is ready) are arguments for tests.
    """

    name = "espeak"

    def __init__(
        self,
        worker: Path = _WORKER,
        deadline_seconds: float = _DEADLINE_SECONDS,
        start_seconds: float = _DEADLINE_SECONDS,
        settings: EspeakSettings | None = None,
        jobs: int = 0,
    ) -> None:
        self._settings = settings or EspeakSettings()
        workers = min(_MOST_WORKERS, jobs or machine.processors())
        self._processes = tuple(Process(worker, deadline_seconds, start_seconds) for _ in range(workers))
        # The one used last is asked next, so that whoever speaks alone starts only one.
        self._idle: queue.LifoQueue[Process] = queue.LifoQueue()
        for process in reversed(self._processes):
            self._idle.put(process)

    def caps(self) -> Caps:
        """Offline, exact word times, any tempo from half to double."""
        return Caps(
            offline=True,
            max_chars=5000,
            concurrency=len(self._processes),
            word_times="exact",
            rate_range=_RATES,
            ipa=True,
        )

    def check(self) -> None:
        """Raise UnavailableError where the library is missing or does not start: a worker is started to know."""
        if util.find_spec("espeakng_loader") is None:
            raise UnavailableError(
                "espeak: the package espeakng-loader is not installed", hint=f"pip install espeakng-loader. {_HINT}"
            )
        with self._free() as process:
            _start(process)

    def voices(self) -> tuple[Voice, ...]:
        """List the voices worth hearing.

        ``it+VARIANT`` takes any other variant of espeak-ng; ``VOICE@PITCH``, from 0 to 99, another pitch than the
        settings have.
        """
        return _CURATED

    def fingerprint(self, voice: str) -> str:  # noqa: ARG002 - voices have no version of their own
        """Name the adapter's and the library's version, and the settings."""
        return f"{_VERSION} {_library_version()} {self._settings.rate:g} {self._settings.pitch}"

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
        """Speak the spans joined; word times point into their joined text."""
        if not _RATES[0] <= rate <= _RATES[1]:
            raise RejectedError(f"espeak cannot speak at rate {rate:g}", hint="It goes from 0.5 to 2.")
        name, pitch = self._pitched(voice)
        _require_variant(name)
        pieces = tuple(_pieces(spans))
        text = "".join(piece.sent for piece in pieces)
        markup = any(piece.phonemes for piece in pieces)
        wpm = round(_WORDS_PER_MINUTE * rate * self._settings.rate)
        request = {"voice": name, "wpm": wpm, "pitch": pitch, "text": text, "markup": markup}
        head, pcm = self._ask(json.dumps(request).encode() + b"\n", text)
        if "unknown_voice" in head:
            raise _no_voice(voice)
        if "error" in head:
            raise RejectedError(f"espeak could not speak '{text[:40]}…': {head['error']}")
        return Speech(pcm, head["rate"], _words(head["words"], pieces))

    def close(self) -> None:
        """End the workers."""
        for process in self._processes:
            process.close()

    def _pitched(self, voice: str) -> tuple[str, int]:
        """Return (voice, pitch): that of the settings, or what stands after @."""
        name, at, asked = voice.partition("@")
        if at and not re.fullmatch(r"\d{1,2}", asked):
            raise _no_voice(voice)
        return name, int(asked) if at else self._settings.pitch

    def _ask(self, request: bytes, text: str) -> Answer:
        """Send a request to a worker; after a crash or a hang try once more in a fresh one."""
        with self._free() as process:
            for _ in range(2):
                _start(process)
                with contextlib.suppress(EOFError, OSError):
                    return process.ask(request)
        raise RejectedError(f"espeak could not speak '{text[:40]}…': its process ended twice")

    @contextlib.contextmanager
    def _free(self) -> Iterator[Process]:
        """Give a process that nobody asks at the moment."""
        process = self._idle.get()
        try:
            yield process
        finally:
            self._idle.put(process)


def _start(process: Process) -> None:
    """Start a worker where it does not run. Raises UnavailableError where it cannot."""
    try:
        head = process.start()
    except (EOFError, OSError) as error:
        raise UnavailableError("espeak: its process ends before it can speak", hint=_HINT) from error
    if "error" in head:
        process.close()
        raise UnavailableError(f"espeak: its library does not start here: {head['error']}", hint=_HINT)


@functools.cache
def _library_version() -> str:
    return metadata.version("espeakng-loader")  # half a millisecond, and each segment asks


def _require_variant(voice: str) -> None:
    """Refuse a variant the library has not: it would take it in silence and speak with another voice."""
    import espeakng_loader  # noqa: PLC0415 - a wheel of 10 MB, opened when someone asks

    base, plus, variant = voice.partition("+")
    folder = Path(espeakng_loader.get_data_path()) / "voices" / "!v"
    # Compared with the listing, not by opening: on some systems file names have no case, the library's own do.
    known = {path.name for path in folder.iterdir()} if plus else {variant}
    if variant not in known or not re.fullmatch(r"[a-z]{2,3}(?:-[a-z0-9]+)*", base):
        raise _no_voice(voice)


def _no_voice(voice: str) -> UnavailableError:
    return UnavailableError(
        f"espeak has no voice {voice!r}",
        hint="`notiziario voices list` shows those worth hearing; `it` is the plain one.",
    )


@dataclass(frozen=True, slots=True)
class _Piece:
    """A span as it is sent: its place in what is sent and in the plain text; phonemes stand between [[ and ]]."""

    sent: str
    at: int
    text: str
    text_at: int
    phonemes: bool

    def offset(self, position: int) -> int:
        """Return where in the plain text the library is, that stands at ``position`` of what was sent."""
        if not self.phonemes:
            return self.text_at + position - self.at
        # As many words in sound as in writing: the third is the third. Otherwise all belong to the first.
        places = [found.start() for found in re.finditer(r"\S+", self.text)]
        said = self.sent.strip()[2:-2].split()
        passed = max(0, len(self.sent[: position - self.at + 1].replace("[", " ").split()) - 1)
        return self.text_at + (places[passed] if len(places) == len(said) and passed < len(places) else 0)


def _pieces(spans: Iterable[Span]) -> Iterable[_Piece]:
    at = text_at = 0
    for span in spans:
        phonemes = to_espeak(span.ipa) if span.ipa else None
        # A lone surrogate is no character that could be sent.
        text = span.text.encode("utf-8", "replace").decode().translate(_DEFUSED)
        before, after = (" " if edge.isspace() else "" for edge in (text[:1], text[-1:]))
        sent = f"{before}[[{phonemes}]]{after}" if phonemes else text
        yield _Piece(sent, at, text, text_at, bool(phonemes))
        at += len(sent)
        text_at += len(text)


def _words(events: Iterable[tuple[float, int]], pieces: tuple[_Piece, ...]) -> tuple[Word, ...]:
    """Turn the library's events into one Word for each run of non-blanks, in order of time and of text.

    A number has an event for each word it is read with, all at one position; the first one counts.
    """
    runs = [found.span() for found in re.finditer(r"\S+", "".join(piece.text for piece in pieces))]
    words: list[Word] = []
    for seconds, position in events:
        piece = next((p for p in pieces if p.at <= position < p.at + len(p.sent)), None)
        offset = piece.offset(position) if piece else -1
        start, end = next(((a, b) for a, b in runs if a <= offset < b), (-1, -1))
        follows = not words or (start > words[-1].offset and seconds > words[-1].start_seconds)
        if start >= 0 and follows:
            words.append(Word(seconds, start, end - start))
    return tuple(words)
