"""Piper's neural voices on this machine: one sentence a call, several at once, the same sound for the same text.

A voice is two files, ``NAME.onnx`` and ``NAME.onnx.json``; piper_voices.py brings them.
"""

from __future__ import annotations

import json
import threading
import unicodedata
from importlib import metadata, util
from pathlib import Path
from typing import TYPE_CHECKING

from audio import machine
from audio.config import PiperSettings
from audio.engines import piper_voices
from audio.engines.base import Caps, Voice
from audio.engines.wire import written
from audio.errors import RejectedError, UnavailableError
from audio.model import Span, Speech

if TYPE_CHECKING:
    from piper import PiperVoice

# Raised when the same text would sound different by a change in here.
_VERSION = 1
_RATES = (0.5, 2.0)
# A long sentence is cut at a clause: some voices change their timbre in the middle of one.
_MAX_CHARACTERS = 400
# Each sentence in work holds some hundred MB.
_MOST_AT_ONCE = 4
# The phonemizer's own markup for phonemes; each mark stays one character.
_DEFUSED = str.maketrans({"[": "(", "]": ")", "\0": " "})


class Piper:
    """The adapter. A voice is loaded when it first speaks, and let go on ``close``."""

    name = "piper"

    def __init__(self, settings: PiperSettings | None = None, jobs: int = 0) -> None:
        self._at_once = min(jobs or machine.processors(), _MOST_AT_ONCE)
        self._settings = settings or PiperSettings()
        self._folder = self._settings.folder or piper_voices.default_folder()
        self._loaded: dict[str, PiperVoice] = {}
        self._contents: dict[str, str] = {}
        self._lock = threading.Lock()

    def caps(self) -> Caps:
        """Offline, a sentence on each core, any tempo from half to double, IPA as it is."""
        return Caps(offline=True, max_chars=_MAX_CHARACTERS, concurrency=self._at_once, rate_range=_RATES, ipa=True)

    def check(self) -> None:
        """Raise UnavailableError where the package or every voice is missing."""
        self._require_package()
        if not piper_voices.installed(self._folder):
            raise UnavailableError(
                f"piper: there is no voice in {self._folder}", hint=f"notiziario voices install {piper_voices.BEST}"
            )

    def voices(self) -> tuple[Voice, ...]:
        """List the voices in the folder, then the Italian ones that could be installed."""
        return piper_voices.listed(self._folder)

    def fingerprint(self, voice: str) -> str:
        """Name the versions, the voice's own content and the settings. Raises UnavailableError where one is missing."""
        self._require_package()
        if voice not in self._contents:
            self._contents[voice] = piper_voices.digest_of(self._folder, voice)
        return f"{_VERSION} {metadata.version('piper-tts')} {self._contents[voice]} {self._settings.variation:g}"

    def speak(self, spans: tuple[Span, ...], voice: str, rate: float = 1.0) -> Speech:
        """Speak the spans joined, at the voice's own level: Piper would turn each sentence up to full scale."""
        from piper import SynthesisConfig  # noqa: PLC0415 - half a second and 100 MB

        if not _RATES[0] <= rate <= _RATES[1]:
            raise RejectedError(f"piper cannot speak at rate {rate:g}", hint="It goes from 0.5 to 2.")
        text = written(spans, self.name)
        ready = self._load(voice)
        wanted = SynthesisConfig(
            length_scale=ready.config.length_scale / rate,
            noise_scale=ready.config.noise_scale * self._settings.variation,
            noise_w_scale=ready.config.noise_w_scale * self._settings.variation,
            normalize_audio=False,
        )
        try:
            chunks = list(ready.synthesize(_marked_up(spans, set(ready.config.phoneme_id_map)), wanted))
        except _runtime_errors() as error:
            raise _damaged(voice, error) from error
        if not chunks:
            raise RejectedError(f"piper found nothing to say in '{text[:40]}…'")
        sound = b"".join(chunk.audio_int16_array.astype("<i2").tobytes() for chunk in chunks)
        return Speech(sound, ready.config.sample_rate)

    def close(self) -> None:
        """Let go of the loaded voices."""
        self._loaded.clear()

    def _require_package(self) -> None:
        if util.find_spec("piper") is None:
            raise UnavailableError(
                "piper: the package piper-tts is not installed", hint="pip install 'notiziario[piper]'"
            )

    def _load(self, voice: str) -> PiperVoice:
        import onnxruntime  # noqa: PLC0415 - a heavy one
        from piper import PiperVoice  # noqa: PLC0415
        from piper.config import PiperConfig  # noqa: PLC0415

        with self._lock:
            if voice in self._loaded:
                return self._loaded[voice]
            model, config = piper_voices.files_of(self._folder, voice)
            piper_voices.require_whole(self._folder, voice)
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1  # measured as fast as more; sentences run side by side instead
            options.log_severity_level = 4  # whatever is wrong comes back as an error
            try:
                session = onnxruntime.InferenceSession(str(model), options, providers=["CPUExecutionProvider"])
                settings = PiperConfig.from_dict(json.loads(config.read_text(encoding="utf-8")))
            except _runtime_errors(OSError, LookupError, TypeError, AttributeError) as error:
                raise _damaged(voice, error) from error
            self._loaded[voice] = PiperVoice(session, settings, download_dir=Path(self._folder))
            return self._loaded[voice]


def _runtime_errors(*others: type[Exception]) -> tuple[type[Exception], ...]:
    """Return whatever the ONNX runtime raises, whose errors have no base of their own, and ``others``."""
    from onnxruntime.capi import onnxruntime_pybind11_state as runtime  # noqa: PLC0415

    found: list[type[Exception]] = [
        value for value in vars(runtime).values() if isinstance(value, type) and issubclass(value, Exception)
    ]
    return (*found, RuntimeError, ValueError, *others)


def _damaged(voice: str, error: Exception) -> UnavailableError:
    reason = (str(error).splitlines() or [""])[0]
    return UnavailableError(
        f"piper: the files of voice {voice} are damaged: {type(error).__name__} {reason}".strip(),
        hint=f"notiziario voices install --again {voice}",
    )


def _marked_up(spans: tuple[Span, ...], symbols: set[str]) -> str:
    """Return the text with the IPA that the voice has all symbols for; others would be left out in silence."""
    return "".join(
        f"{_blank(span.text[:1])}[[ {span.ipa} ]]{_blank(span.text[-1:])}"
        if span.ipa and _sounds(span.ipa) and set(unicodedata.normalize("NFD", span.ipa)) <= symbols
        else span.text.encode("utf-8", "replace").decode().translate(_DEFUSED)
        for span in spans
    )


def _sounds(ipa: str) -> bool:
    """Tell whether there is a letter in it: marks of stress and length are none, though Unicode calls them letters."""
    return any(unicodedata.category(symbol) == "Ll" for symbol in ipa)


def _blank(edge: str) -> str:
    return " " if edge.isspace() else ""
