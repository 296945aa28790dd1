"""The music of a programme: signature, tick, closing and bed, as the settings name them or as the program brings them.

A piece is measured once and remembered by its content; its sound is read again only where a chunk is encoded anew.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Protocol

import numpy as np

from audio import pcm
from audio.config import SoundSettings
from audio.errors import SettingsError
from audio.model import Sting
from audio.sound import loudness
from audio.sound.loudness import Energies, Samples
from audio.sound.timeline import Bed

_SCHEMA = 1
# A signature longer than this is a song; the bed is repeated anyway.
_LONGEST_SECONDS = {"bed": 120.0}
_LONGEST_STING_SECONDS = 20.0
_LARGEST_BYTES = 100_000_000
# How music stands to the voice, in LU: signatures as loud, the tick a little softer; the bed at home in a pause, and
# far below the voice. 20 LU below is what broadcasters ask of background under speech for tired ears.
LEVELS_LU = {Sting.SIGNATURE: 0.0, Sting.TICK: -3.0, Sting.CLOSING: 0.0}
_BED_ALONE_LU, _BED_UNDER_LU = -8.0, -20.0
# The bed is down when the voice comes and rises when it has gone, where the pause is long enough to be heard.
_DOWN_SECONDS, _UP_SECONDS = 0.35, 0.5
_FADE_IN_SECONDS = 0.6


class Store(Protocol):
    """Where things made once are kept by name; what is written may be gone later."""

    def read(self, name: str) -> bytes | None:
        """Return what was written, unharmed, or None."""
        ...

    def write(self, name: str, data: bytes) -> None:
        """Keep bytes under a name."""
        ...


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of music at the programme's rate and channels: its length, loudness and energies as heard.

    ``energies`` are those of fiftieths of a second, summed over two loudspeakers.
    """

    digest: str
    samples: int
    lufs: float
    energies: Energies = field(repr=False)
    source: Path = field(repr=False)
    kind: str = ""


class Music:
    """The pieces of a programme at a rate, with one or two channels; safe for several threads."""

    def __init__(self, settings: SoundSettings, rate: int, channels: int, store: Store | None) -> None:
        self._rate, self._channels, self._store = rate, channels, store
        self._sounds: dict[str, Samples] = {}
        self._lock = threading.Lock()
        own = {Sting.SIGNATURE: settings.jingle, Sting.TICK: settings.tick, Sting.CLOSING: settings.closing}
        self.stings: dict[Sting, Piece] = {}
        self.bed: Piece | None = None
        if settings.music:
            self.stings = {kind: self._piece(kind.value, path) for kind, path in own.items()}
            self.bed = self._piece("bed", settings.bed)

    @property
    def lengths(self) -> Mapping[Sting, int]:
        """The stings' lengths in samples."""
        return {kind: piece.samples for kind, piece in self.stings.items()}

    def sound(self, piece: Piece) -> Samples:
        """Return a piece's samples, a column for each channel, of full scale 1.0."""
        with self._lock:
            if piece.digest not in self._sounds:
                self._sounds[piece.digest] = self._read(piece.kind, piece.source)
            return self._sounds[piece.digest]

    def _piece(self, kind: str, path: Path | None) -> Piece:
        with resources.as_file(resources.files("audio.assets") / f"{kind}.ogg") as own:
            source = path or Path(own)
            data = _bytes(source)
            asked = f"{_SCHEMA} {kind} {self._rate} {self._channels} ".encode()
            digest = hashlib.sha256(asked + data).hexdigest()
            kept = self._store.read(f"{digest}.music") if self._store else None
            if kept is None:
                kept = _measured(self._read(kind, source), self._rate)
                if self._store:
                    self._store.write(f"{digest}.music", kept)
        head, _, rows = kept.partition(b"\n")
        fields = json.loads(head)
        return Piece(digest, fields["samples"], fields["lufs"], np.frombuffer(rows, dtype="<f4"), source, kind)

    def _read(self, kind: str, path: Path) -> Samples:
        from audio.sound import clips  # noqa: PLC0415 - pydub is needed only where music is read

        longest = _LONGEST_SECONDS.get(kind, _LONGEST_STING_SECONDS)
        clip = clips.load_clip(path, self._channels)
        samples, rate = clips.to_samples(clips.trimmed(clip, longest, loop=kind == "bed"))
        columns = [pcm.resample(np.ascontiguousarray(one), rate, self._rate) for one in samples.T]
        return np.stack(columns, axis=1)


def _measured(samples: Samples, rate: int) -> bytes:
    """Return what is remembered of a piece."""
    columns = samples.T if samples.shape[1] > 1 else [samples[:, 0]] * 2
    size = 10 * rate  # whole steps, and not minutes at once
    places = range(0, len(samples), size)
    fine = sum(np.concatenate([loudness.fine_energies(one[at : at + size], rate) for at in places]) for one in columns)
    fine = np.asarray(fine, dtype=np.float32)
    level = loudness.integrated_lufs(loudness.of_fine(fine))
    # A tick is shorter than the meter's window: what it has is its own energy, then.
    if not np.isfinite(level) or len(samples) < 0.4 * rate:
        level = loudness.lufs(max(float(np.mean(fine)) if len(fine) else 0.0, 1e-9))
    rows: bytes = fine.astype("<f4").tobytes()
    return json.dumps({"samples": len(samples), "lufs": level}).encode() + b"\n" + rows


def bed_line(bed: Bed, rate: int, places: np.ndarray) -> Samples:
    """Return the bed's level, as a factor of its level alone, at places in samples of the bed's chunk.

    Nothing listens for the voice: where it speaks is known, so the bed is down before each first word.
    """
    down, up, fade = (round(seconds * rate) for seconds in (_DOWN_SECONDS, _UP_SECONDS, _FADE_IN_SECONDS))
    points: list[tuple[int, float]] = [(bed.start, -60.0), (bed.start + fade, _BED_ALONE_LU)]
    for start, end in bed.spoken:
        if start - down <= points[-1][0] + up:  # no room to rise: it stays down
            points = [point for point in points if point[0] < start - down]
        else:
            points.append((start - down, _BED_ALONE_LU))
        points += [(start, _BED_UNDER_LU), (end, _BED_UNDER_LU), (end + up, _BED_ALONE_LU)]
    points = [point for point in points if point[0] <= bed.spoken[-1][1]] if bed.spoken else points
    points.append((bed.end, -60.0))
    xs, ys = zip(*points, strict=True)
    return np.asarray(10 ** (np.interp(places, xs, ys, left=-120, right=-120) / 20), dtype=np.float32)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _LARGEST_BYTES:
            raise SettingsError(f"{path}: is larger than {_LARGEST_BYTES // 1_000_000} MB")
        return path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror}") from error
