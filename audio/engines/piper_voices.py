"""The voices of Piper as files: which are there, which could be, and how they get there whole.

The catalogue of the mirror tells each file's size and digest. A download goes on where it was broken off, is proved,
and takes its name last; beside each model stands its SHA-256, by which damage is found later.
"""

from __future__ import annotations

import difflib
import hashlib
import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs

from audio.engines import wire
from audio.engines.base import Voice
from audio.errors import NotiziarioError, OutputError, SettingsError, UnavailableError

BEST = "it_IT-paola-medium"
# The Italian voices of the official catalogue, with what their cards say.
_KNOWN = (
    Voice(
        BEST,
        "Paola, 63 MB",
        gender="female",
        licence="CC0 (base voice: see card)",
        installed=False,
        quality="neural, medium",
    ),
    Voice(
        "it_IT-riccardo-x_low",
        "Riccardo, 28 MB",
        gender="male",
        licence="see its card",
        installed=False,
        quality="neural, low",
    ),
)
_NAME = re.compile(r"[A-Za-z0-9_]+(?:-[A-Za-z0-9_]+)*")
# All voices of all languages are 500 kB of catalogue.
_MOST_CATALOGUE_BYTES = 20_000_000
# The largest official voice has 130 MB.
_MOST_VOICE_BYTES = 1_000_000_000

# Called with (bytes so far, bytes in all).
OnBytes = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Installed:
    """A voice that is there now. ``licence`` is what its card says, or that it says nothing."""

    name: str
    folder: Path
    licence: str


def default_folder() -> Path:
    """Return the folder the system keeps for data of this program."""
    return platformdirs.user_data_path("notiziario") / "piper"


def installed(folder: Path) -> tuple[str, ...]:
    """Return the names of the voices whose two files are there, the best known ones first."""
    try:
        found = {path.name.removesuffix(".onnx") for path in folder.iterdir() if path.name.endswith(".onnx")}
    except OSError:
        return ()
    known = [voice.id for voice in _KNOWN]
    whole = (name for name in found if _config(folder, name).is_file())
    return tuple(sorted(whole, key=lambda name: (known.index(name) if name in known else len(known), name)))


def listed(folder: Path) -> tuple[Voice, ...]:
    """Return the voices in the folder, then the known ones that are not."""
    known = {voice.id: voice for voice in _KNOWN}
    there = installed(folder)
    return (
        *(_described(folder, name, known.get(name)) for name in there),
        *(voice for name, voice in known.items() if name not in there),
    )


def _described(folder: Path, name: str, known: Voice | None) -> Voice:
    licence = licence_of(folder, name)
    if known:
        return Voice(name, known.label, gender=known.gender, licence=licence or known.licence, quality=known.quality)
    return Voice(name, name, lang=name[:2], licence=licence, quality="neural")


def licence_of(folder: Path, name: str) -> str:
    """Return the line of the voice's card that names its licence, or nothing."""
    try:
        card = (folder / f"{name}.MODEL_CARD").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    found = re.search(r"^[\s*-]*licen[cs]e\**\s*:\**\s*(.+)$", card, re.IGNORECASE | re.MULTILINE)
    return found.group(1).strip()[:200] if found else ""


def files_of(folder: Path, voice: str) -> tuple[Path, Path]:
    """Return (model, configuration) of a voice in the folder. Raises UnavailableError for one that is not there."""
    if not _NAME.fullmatch(voice) or voice not in installed(folder):
        raise UnavailableError(
            f"piper has no voice {voice!r} in {folder}",
            hint=f"notiziario voices install {voice if _NAME.fullmatch(voice) else BEST}",
        )
    return folder / f"{voice}.onnx", _config(folder, voice)


def digest_of(folder: Path, voice: str) -> str:
    """Return the SHA-256 of a voice's model: as noted when it was installed, or of its bytes."""
    model, config = files_of(folder, voice)
    noted = _noted(folder, voice) or _sha256(model)
    return f"{noted[:16]} {_sha256(config)[:16]}"


def require_whole(folder: Path, voice: str) -> None:
    """Raise UnavailableError for a model whose bytes are not those that were installed."""
    model, _ = files_of(folder, voice)
    noted = _noted(folder, voice)
    if noted and noted != _sha256(model):
        raise UnavailableError(
            f"piper: the files of voice {voice} are damaged: {model} has changed since it was installed",
            hint=f"notiziario voices install --again {voice}",
        )


def install(name: str, folder: Path, mirror: str, on_bytes: OnBytes, *, again: bool = False) -> Installed:
    """Bring a voice into the folder, unless it is there; ``again`` brings it in any case.

    A broken download goes on where it ended. Raises SettingsError for a voice the mirror has not, NotiziarioError
    where the mirror fails or sends other bytes than its catalogue promises, OutputError where the disk fails.
    """
    if not _NAME.fullmatch(name):
        raise SettingsError(f"{name!r} is no name of a voice", hint=f"For example: {BEST}")
    if again or name not in installed(folder):
        entry = _entry(name, mirror)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            # The model last: a voice whose two files are there is whole.
            for path, file in sorted(entry.items(), key=lambda item: item[0].endswith(".onnx")):
                target = folder / (f"{name}.MODEL_CARD" if path.endswith("MODEL_CARD") else Path(path).name)
                _bring(f"{mirror.rstrip('/')}/{path}", target, file, on_bytes)
        except OSError as error:
            raise OutputError(
                f"{folder}: cannot be written: {error.strerror}", hint="Set piper.folder, or free some space."
            ) from error
    return Installed(name, folder, licence_of(folder, name) or "its card names none; ask its author")


def _entry(name: str, mirror: str) -> dict[str, dict[str, Any]]:
    """Return the files of a voice, path to what is known of it, from the mirror's catalogue."""
    raw = b"".join(wire.download(f"{mirror.rstrip('/')}/voices.json", 0, _MOST_CATALOGUE_BYTES)[1])
    try:
        catalogue = json.loads(raw)
        files = {path: dict(file) for path, file in catalogue[name]["files"].items()} if name in catalogue else {}
        sizes = [int(file["size_bytes"]) for file in files.values()]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
        raise NotiziarioError(f"{mirror}: its voices.json is no catalogue of voices") from error
    if not files:
        close = difflib.get_close_matches(name, catalogue, n=1)
        italian = sorted(key for key in catalogue if key.startswith("it_"))
        raise SettingsError(
            f"the mirror has no voice {name!r}",
            hint=f"{f'Did you mean {close[0]}? ' if close else ''}Italian ones: {', '.join(italian) or 'none'}.",
        )
    allowed = {f"{name}.onnx", f"{name}.onnx.json", "MODEL_CARD"}
    if not {f"{name}.onnx", f"{name}.onnx.json"} <= {Path(path).name for path in files} <= allowed:
        raise NotiziarioError(f"{mirror}: its catalogue lists other files for {name} than a voice has")
    if not all(0 < size <= _MOST_VOICE_BYTES for size in sizes):
        raise NotiziarioError(f"{mirror}: its catalogue lists a file of {max(sizes):,} bytes for {name}")
    return files


def _bring(url: str, target: Path, file: dict[str, Any], on_bytes: OnBytes) -> None:
    """Download one file beside its name, prove it, and give it its name."""
    size = int(file["size_bytes"])
    part = target.with_name(f"{target.name}.part")
    have = part.stat().st_size if part.exists() else 0
    if have > size:
        part.unlink()
        have = 0
    if have < size:
        start, blocks = wire.download(url, have, size)
        with part.open("r+b" if start else "wb") as out:
            out.seek(start)
            for block in blocks:
                out.write(block)
                on_bytes(out.tell(), size)
    sha256 = _sha256(part)
    if part.stat().st_size != size:
        raise NotiziarioError(
            f"{url}: {part.stat().st_size:,} of {size:,} bytes came", hint="Run the same command again: it goes on."
        )
    if not _as_promised(part, sha256, file):
        part.unlink()
        raise NotiziarioError(f"{url}: the bytes are not those of the catalogue", hint="Run the same command again.")
    if target.suffix == ".onnx":
        target.with_name(f"{target.name}.sha256").write_text(f"{sha256}\n")
    part.replace(target)


def _as_promised(path: Path, sha256: str, file: dict[str, Any]) -> bool:
    """Compare with the catalogue: the SHA-256 where it has one, else the MD5 that the official one has."""
    if promised := file.get("sha256_digest"):
        return bool(sha256 == promised)
    with path.open("rb") as data:
        md5 = hashlib.file_digest(data, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    return bool(md5 == file.get("md5_digest"))


def _sha256(path: Path) -> str:
    with path.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()


def _noted(folder: Path, voice: str) -> str:
    try:
        return (folder / f"{voice}.onnx.sha256").read_text().strip()
    except (OSError, ValueError):
        return ""


def _config(folder: Path, voice: str) -> Path:
    return folder / f"{voice}.onnx.json"
