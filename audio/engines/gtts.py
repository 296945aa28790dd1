"""Google Translate's Italian voice, through gTTS: one piece a request, every reply checked, never in a hurry.

The service is free, unpromised, and answers 429 to who asks too fast. gTTS writes each request; sending it is done
here, because gTTS itself does not verify the server's certificate, waits for ever, takes a page without sound for
success, and splits Italian at English abbreviations.
"""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Callable
from importlib import metadata, util

import numpy as np

from audio import pcm
from audio.engines.base import Caps, Voice
from audio.engines.ledger import Ledger
from audio.engines.patience import Patience
from audio.engines.sanity import require_sane
from audio.engines.split import pack
from audio.engines.wire import (
    BUSY,
    FORBIDDEN,
    OK,
    READ_SECONDS,
    SERVER_FAULT,
    TOTAL_SECONDS,
    Reply,
    Task,
    Wire,
    written,
)
from audio.errors import RejectedError, UnavailableError
from audio.model import Span, Speech

# Raised when the same text would sound different by a change in here.
_VERSION = 2
_HOST = "translate.google.com"
_URL = f"https://{_HOST}/_/TranslateWebserverUi/data/batchexecute"
# What gTTS sends whole. The service takes up to 200, but the library would cut there by its own rules.
_PIECE_CHARACTERS = 100
# A piece of 100 characters is 100 kB; this much is no answer to it.
_MOST_REPLY_BYTES = 4_000_000
# Half a second to a second between requests is what users of blocked networks report to help.
_PACE_SECONDS, _SLOWEST_PACE_SECONDS = 0.5, 1.0
_REDIRECTS = range(300, 400)
# Every piece comes with the decoder's padding and the voice's own breath; this much of the quiet is kept at its edges,
# so that a seam pauses like a comma. -50 dBFS: below it is no speech.
_LEAD_SECONDS, _TAIL_SECONDS = 0.05, 0.2
_QUIET = 104
_HINT = "Wait, or add `espeak` to `engines` in notiziario.yaml."


class Gtts:
    """The adapter. Everything that waits, and the address, are arguments, so that tests need neither time nor Google.

    ``clock`` tells monotonic seconds. ``total_seconds`` bounds one request from its first byte to its last.
    """

    name = "gtts"

    def __init__(
        self,
        sleep: Callable[[float], None] = time.sleep,
        clock: Callable[[], float] = time.monotonic,
        read_seconds: float = READ_SECONDS,
        total_seconds: float = TOTAL_SECONDS,
        url: str = _URL,
        ledger: Ledger | None = None,
    ) -> None:
        self._url = url
        self._wire = Wire(_HOST, _MOST_REPLY_BYTES, read_seconds, total_seconds)
        self._patience = Patience("gtts", _PACE_SECONDS, _SLOWEST_PACE_SECONDS, ledger, sleep, clock)

    def caps(self) -> Caps:
        """Online, one request at a time, no word times."""
        return Caps(offline=False, max_chars=5000)

    def check(self) -> None:
        """Raise UnavailableError where gTTS is not installed."""
        if util.find_spec("gtts") is None:
            raise UnavailableError("gtts: the package gTTS is not installed", hint="pip install gTTS")

    def voices(self) -> tuple[Voice, ...]:
        """List the one Italian voice there is."""
        return (Voice("it", "Google Traduttore, donna", gender="female", licence="service", quality="natural"),)

    def fingerprint(self, voice: str) -> str:  # noqa: ARG002 - there is one voice
        """Name the adapter's and the library's version; the service itself has none."""
        return f"{_VERSION} {metadata.version('gTTS')}"

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
        """Speak the joined text, piece by piece. The service knows one tempo and no word times."""
        if voice != "it":
            raise UnavailableError(f"gtts has no voice {voice!r}", hint="Its only Italian voice is `it`.")
        if rate != 1.0:
            raise RejectedError(f"gtts cannot speak at rate {rate:g}", hint="Its only rate is 1.")
        # A piece of marks alone ("…") has no sound, and the service refuses it.
        text = written(spans, self.name)
        pieces = [piece for piece in pack(text, _PIECE_CHARACTERS) if any(map(str.isalnum, piece))]
        sounds = [self._patience.ask(lambda piece=piece: self._say(piece)) for piece in pieces]  # type: ignore[misc]
        to_rate = sounds[0][1]
        joined = [pcm.resample(_trimmed(sound, rate), rate, to_rate) for sound, rate in sounds]
        return Speech(np.concatenate(joined).astype("<i2").tobytes(), to_rate)

    def close(self) -> None:
        """Do nothing: each request opens and closes its own connection."""

    def _say(self, piece: str) -> tuple[bytes, int]:
        """Ask for one piece and decode what comes."""
        task = Task(self.name, piece, _HINT)
        sound, rate = _sound_of(self._wire.post(task, self._url, _body_for(task), _headers()), task)
        require_sane(Speech(sound, rate), piece, self.name)  # here, where another try may mend it
        return sound, rate


def _body_for(task: Task) -> str:
    """Return the form gTTS would send for this piece, whole: nothing expanded, nothing split, no look-up."""
    import gtts  # noqa: PLC0415 - brings a network library, loaded when someone speaks

    writer = gtts.gTTS(
        task.text, lang="it", lang_check=False, pre_processor_funcs=[], tokenizer_func=lambda text: [text]
    )
    try:
        (body,) = writer.get_bodies()
    except (AssertionError, ValueError) as error:
        raise task.refused("gTTS finds no single request in it") from error
    return str(body)


def _headers() -> dict[str, str]:
    import gtts  # noqa: PLC0415

    return dict(gtts.gTTS.GOOGLE_TTS_HEADERS)


def _sound_of(reply: Reply, task: Task) -> tuple[bytes, int]:
    """Return (PCM, rate in Hz) of a reply, or raise what its status or its content means."""
    where = f"{reply.status} from {_HOST}"
    if reply.status == BUSY:
        raise task.busy(where, reply.retry_after_seconds)
    if reply.status >= SERVER_FAULT:
        raise task.later(where, "the service is refusing requests", reply.retry_after_seconds)
    if reply.status == FORBIDDEN:
        raise task.shut_out(where, "this network is shut out")
    if reply.status != OK and reply.status not in _REDIRECTS:
        raise task.refused(where, "pip install -U gTTS may help.")
    # As gTTS reads it. A consent page has no such line, and comes with 200 or a redirect.
    found = re.search(rb'jQ1olc","\[\\"([A-Za-z0-9+/=]+)\\"\]', reply.body)
    if not found:
        raise task.later(where, "the answer holds no sound")
    try:
        return pcm.decode(base64.b64decode(found.group(1)))
    except ValueError as error:
        raise task.later(where, "the answer is no MP3") from error


def _trimmed(sound: bytes, rate: int) -> np.typing.NDArray[np.int16]:
    """Return the samples without most of the quiet at both ends."""
    samples = np.frombuffer(sound, dtype="<i2").astype(np.int16)
    loud = np.flatnonzero(np.abs(samples.astype(np.int32)) > _QUIET)
    if not len(loud):
        return samples
    first, last = int(loud[0]) - round(_LEAD_SECONDS * rate), int(loud[-1]) + round(_TAIL_SECONDS * rate)
    return samples[max(0, first) : last + 1]
