"""The process that holds libespeak-ng, so that its crashes, its globals and its licence stay on their side of a pipe.

Run as a program by espeak.py. Requests are JSON lines on standard input, ``{"voice", "wpm", "pitch", "text",
"markup"}``; each is answered by two 32-bit lengths, a JSON head and PCM. The first answer comes unasked and says that
the library works, or why not. It imports nothing of the package.
"""

from __future__ import annotations

import _ctypes
import array
import ctypes as c
import json
import os
import struct
import sys
from typing import Any, BinaryIO

_SYNCHRONOUS, _DONT_EXIT = 2, 0x8000
_UTF8, _PHONEMES = 0x1, 0x100
_END_OF_EVENTS, _WORD = 0, 1
_RATE_PARAMETER, _PITCH_PARAMETER = 1, 3


class _Id(c.Union):
    _fields_ = (("number", c.c_int), ("name", c.c_char_p), ("string", c.c_char * 8))


class _Event(c.Structure):
    _fields_ = (
        ("type", c.c_int),
        ("unique_identifier", c.c_uint),
        ("text_position", c.c_int),
        ("length", c.c_int),
        ("audio_position", c.c_int),
        ("sample", c.c_int),
        ("user_data", c.c_void_p),
        ("id", _Id),
    )


_CALLBACK = c.CFUNCTYPE(c.c_int, c.POINTER(c.c_short), c.c_int, c.POINTER(_Event))


class Library:
    """libespeak-ng, one copy at a time: everything in it is global, so there is one call at a time too.

    The phase of its flutter runs on from sentence to sentence, and no call of the library sets it back: what was said
    before changes the sound of what is said next. So each sentence is said by a copy just loaded, and the same
    sentence always has the same samples, whatever the cache already held.
    """

    def __init__(self, library: str) -> None:
        self._path = library
        self._lib = c.CDLL(library)
        self._lib.espeak_Initialize.argtypes = [c.c_int, c.c_int, c.c_char_p, c.c_int]
        self._lib.espeak_SetSynthCallback.argtypes = [_CALLBACK]
        self._lib.espeak_SetSynthCallback.restype = None
        self._lib.espeak_SetVoiceByName.argtypes = [c.c_char_p]
        self._lib.espeak_SetParameter.argtypes = [c.c_int, c.c_int, c.c_int]
        self._lib.espeak_Synth.argtypes = [
            *(c.c_char_p, c.c_size_t, c.c_uint, c.c_int, c.c_uint, c.c_uint),
            *(c.POINTER(c.c_uint), c.c_void_p),
        ]
        # "." because the library keeps its data path in a buffer of 160 bytes; main() has gone there.
        self.rate = int(self._lib.espeak_Initialize(_SYNCHRONOUS, 0, b".", _DONT_EXIT))
        if self.rate <= 0:
            raise OSError(f"libespeak-ng finds no voices in {os.getcwd()}")  # noqa: PTH109 - no more imports than needed
        self._pcm: list[bytes] = []
        self._words: list[tuple[float, int]] = []
        self._callback = _CALLBACK(self._on_sound)  # kept: the C side holds only a pointer
        self._lib.espeak_SetSynthCallback(self._callback)

    def _on_sound(self, wave: Any, count: int, events: Any) -> int:  # noqa: ANN401 - ctypes pointers
        if wave and count > 0:
            self._pcm.append(c.string_at(wave, count * 2))
        index = 0
        while events[index].type != _END_OF_EVENTS:
            event = events[index]
            if event.type == _WORD:
                # Positions count characters from 1.
                self._words.append((event.sample / self.rate, event.text_position - 1))
            index += 1
        return 0

    def fresh(self) -> Library:
        """Unload this copy and return one that has said nothing yet."""
        self._lib.espeak_Terminate()
        handle = self._lib._handle  # noqa: SLF001 - ctypes has no other way to let a library go
        del self._lib, self._callback
        if sys.platform == "win32":
            _ctypes.FreeLibrary(handle)
        else:
            _ctypes.dlclose(handle)
        return Library(self._path)

    def say(
        self, text: str, voice: str, wpm: int, pitch: int, *, markup: bool
    ) -> tuple[bytes, list[tuple[float, int]]]:
        """Return (16-bit little-endian PCM, [(start in seconds, position in the text)]).

        Raises LookupError for a voice that the library does not know, OSError where it fails.
        """
        if self._lib.espeak_SetVoiceByName(_placed(voice).encode()) != 0:
            raise LookupError(voice)
        self._lib.espeak_SetParameter(_RATE_PARAMETER, wpm, 0)
        self._lib.espeak_SetParameter(_PITCH_PARAMETER, pitch, 0)
        self._pcm, self._words = [], []
        raw = text.encode() + b"\0"
        status = self._lib.espeak_Synth(raw, len(raw), 0, 1, 0, _UTF8 | (_PHONEMES if markup else 0), None, None)
        if status != 0:
            raise OSError(f"espeak_Synth returned {status}")
        pcm = array.array("h", b"".join(self._pcm))
        if sys.byteorder == "big":
            pcm.byteswap()
        return pcm.tobytes(), self._words


def _placed(voice: str) -> str:
    """Return a voice by its file where there is one of its name: for a bare name the library reads all its voices.

    That takes as long as saying a sentence.
    """
    base, plus, variant = voice.partition("+")
    families = os.listdir("lang")  # noqa: PTH208 - no more imports than needed
    found = [f"{family}/{base}" for family in families if os.path.isfile(f"lang/{family}/{base}")]  # noqa: PTH113
    return f"{found[0]}{plus}{variant}" if len(found) == 1 else voice


def _send(out: BinaryIO, head: dict[str, object], body: bytes = b"") -> None:
    packed = json.dumps(head).encode()
    out.write(struct.pack("<II", len(packed), len(body)) + packed + body)
    out.flush()


def _load() -> Library:
    import espeakng_loader  # noqa: PLC0415 - only in this process

    library = os.path.abspath(espeakng_loader.get_library_path())  # noqa: PTH100 - before the folder changes
    os.chdir(espeakng_loader.get_data_path())
    return Library(library)


def _answer(espeak: Library, asked: dict[str, Any]) -> tuple[dict[str, object], bytes]:
    try:
        pcm, words = espeak.say(asked["text"], asked["voice"], asked["wpm"], asked["pitch"], markup=asked["markup"])
    except LookupError as error:
        return {"unknown_voice": str(error)}, b""
    except OSError as error:
        return {"error": str(error)}, b""
    return {"rate": espeak.rate, "words": words}, pcm


def main() -> None:
    """Serve until standard input ends. The library's own prints go to stderr, never into the answers."""
    out = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    try:
        espeak = _load()
    except (ImportError, OSError, AttributeError) as error:
        _send(out, {"error": str(error)})
        return
    _send(out, {"rate": espeak.rate})
    for line in sys.stdin.buffer:
        _send(out, *_answer(espeak, json.loads(line)))
        espeak = espeak.fresh()  # while the asker is busy with the answer


if __name__ == "__main__":
    main()
