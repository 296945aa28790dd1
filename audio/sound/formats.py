"""Other containers than MP3: AAC in M4A and Opus, through ffmpeg where it is installed.

The programme's samples go to it as they are mixed, a chunk at a time; nothing is encoded twice. Chapters, tags and (in
M4A) the cover go with them.
"""

from __future__ import annotations

import contextlib
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from audio.errors import NotiziarioError, SettingsError
from audio.model import Tags, Timeline
from audio.sound.frames import Format

# (ffmpeg's encoder, its part of an MP3's bit rate that sounds as good, whether the container holds a cover)
_CODECS = {".m4a": ("aac", 1.0, True), ".opus": ("libopus", 0.6, False)}
SUFFIXES = (".mp3", *_CODECS)
# ffmpeg works as fast as it is fed; whatever takes this long after the last sample hangs.
_DEADLINE_SECONDS = 600
_LONGEST_COMPLAINT = 300


def require(suffix: str) -> None:
    """Raise SettingsError where no file with this suffix can be made here."""
    if suffix not in SUFFIXES:
        raise SettingsError(
            f"no bulletin can be a {suffix or 'file without suffix'}",
            hint=f"Give a name that ends in {', '.join(SUFFIXES)}, or a folder.",
        )
    if suffix in _CODECS and shutil.which("ffmpeg") is None:
        raise SettingsError(
            f"{suffix}: needs ffmpeg, which is not installed",
            hint="Install ffmpeg from your system's packages, or give a name that ends in .mp3.",
        )


def encode(suffix: str, sound: Iterable[bytes], form: Format, tags: Tags, timeline: Timeline, out: BinaryIO) -> None:
    """Write 16-bit samples, channels interleaved, as a file of the suffix's kind, or raise NotiziarioError."""
    codec, part, has_cover = _CODECS[suffix]
    with tempfile.TemporaryDirectory(prefix="notiziario-") as folder:
        words, cover, made = Path(folder, "words"), Path(folder, "cover"), Path(folder, f"made{suffix}")
        words.write_text(_metadata(tags, timeline), encoding="utf-8")
        command = ["ffmpeg", "-v", "error", "-f", "s16le", "-ar", str(form.rate), "-ac", str(form.channels)]
        command += ["-i", "pipe:0", "-f", "ffmetadata", "-i", str(words)]
        if has_cover and tags.cover:
            cover.write_bytes(tags.cover)
            command += ["-i", str(cover), "-map", "2:v", "-c:v", "copy", "-disposition:v", "attached_pic"]
        command += ["-map", "0:a", "-map_metadata", "1", "-map_chapters", "1", "-c:a", codec]
        command += ["-b:a", f"{round(form.bitrate_kbps * part)}k", "-fflags", "+bitexact", "-flags:a", "+bitexact"]
        _run([*command, str(made)], sound)
        with made.open("rb") as file:
            shutil.copyfileobj(file, out)


@contextlib.contextmanager
def decodable(suffix: str, made: BinaryIO) -> Iterator[BinaryIO]:
    """Open a finished file as one that can be decoded in this process: itself, or for M4A a WAV made of it."""
    if suffix != ".m4a":
        yield made
        return
    with tempfile.TemporaryDirectory(prefix="notiziario-") as folder:
        copy, wave = Path(folder, f"made{suffix}"), Path(folder, "made.wav")
        made.seek(0)
        with copy.open("wb") as file:
            shutil.copyfileobj(made, file)
        _run(["ffmpeg", "-v", "error", "-i", str(copy), "-map", "0:a", str(wave)], ())
        with wave.open("rb") as file:
            yield file


def _run(command: list[str], sound: Iterable[bytes]) -> None:
    with (
        tempfile.TemporaryFile() as complaints,
        subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints) as process,
    ):
        try:
            assert process.stdin is not None  # noqa: S101 - for the type checker: it is a pipe
            with contextlib.suppress(BrokenPipeError), process.stdin:
                for block in sound:
                    process.stdin.write(block)
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(_DEADLINE_SECONDS)
        finally:
            process.kill()  # whatever went wrong; one that has ended does not mind
        if process.returncode:
            complaints.seek(0)
            said = complaints.read(_LONGEST_COMPLAINT).decode("utf-8", "replace").strip()
            raise NotiziarioError(f"ffmpeg could not make the file: {said}", hint="Give a name that ends in .mp3.")


def _metadata(tags: Tags, timeline: Timeline) -> str:
    """Return tags and chapters in ffmpeg's own form."""
    told = {"title": tags.title, "artist": tags.artist, "album": tags.album, "genre": tags.genre, "date": tags.date}
    lines = [";FFMETADATA1", *(f"{key}={_escaped(value)}" for key, value in told.items() if value)]
    for chapter in timeline.chapters:
        start, end = round(chapter.start_seconds * 1000), round(chapter.end_seconds * 1000)
        lines += ["[CHAPTER]", "TIMEBASE=1/1000", f"START={start}", f"END={end}", f"title={_escaped(chapter.title)}"]
    return "\n".join(lines) + "\n"


def _escaped(text: str) -> str:
    plain = " ".join(text.split())
    return "".join(f"\\{c}" if c in "=;#\\" else c for c in plain if c.isprintable())
