"""Voices are installed whole or not at all, from a mirror on this machine."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback_http import Answer, Loopback, Request

from audio.config import PiperSettings
from audio.engines import piper_voices
from audio.engines.piper import Piper
from audio.errors import NotiziarioError, OutputError, SettingsError
from audio.model import Span

VOICES = Path(__file__).parents[2] / "tests" / "voices"
NAME = "it_IT-prova-tiny"
PLACE = f"it/it_IT/prova/tiny/{NAME}.onnx"
CARD = "it/it_IT/prova/tiny/MODEL_CARD"


def files() -> dict[str, bytes]:
    """The mirror's files by path."""
    return {
        PLACE: (VOICES / f"{NAME}.onnx").read_bytes(),
        f"{PLACE}.json": (VOICES / f"{NAME}.onnx.json").read_bytes(),
        CARD: (VOICES / f"{NAME}.MODEL_CARD").read_bytes(),
    }


def catalogue(**changes: object) -> bytes:
    """The catalogue in the official form: sizes and MD5."""
    listed = {
        path: {"size_bytes": len(data), "md5_digest": hashlib.md5(data, usedforsecurity=False).hexdigest()}
        for path, data in files().items()
    }
    return json.dumps({NAME: {"key": NAME, "files": listed, **changes}}).encode()


def mirror(
    broken: Callable[[Request, bytes], Answer | None] = lambda *_: None, listing: bytes | None = None
) -> Loopback:
    """A mirror that serves ranges; ``broken`` may answer in its place."""

    def answer(request: Request) -> Answer:
        path = request.path.lstrip("/")
        data = (listing or catalogue()) if path == "voices.json" else files().get(path)
        if data is None:
            return Answer(404)
        if instead := broken(request, data):
            return instead
        start = int((re.search(r"\d+", request.headers.get("range", "")) or [0])[0])
        if not start:
            return Answer(body=data)
        return Answer(206, data[start:], {"Content-Range": f"bytes {start}-{len(data) - 1}/{len(data)}"})

    return Loopback(answer)


def install(server: Loopback, folder: Path, name: str = NAME, *, again: bool = False) -> piper_voices.Installed:
    return piper_voices.install(name, folder, server.url, lambda *_: None, again=again)


def left(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []


def test_a_voice_is_installed_and_speaks(tmp_path: Path) -> None:
    """A voice comes with its card and its digest, tells its licence and its progress, and speaks."""
    seen: list[tuple[int, int]] = []
    with mirror() as server:
        done = piper_voices.install(NAME, tmp_path / "new", server.url, lambda *at: seen.append(at))
    assert done.licence == "CC0, made by scripts/make_test_voice.py"
    assert left(tmp_path / "new") == [f"{NAME}.{end}" for end in ("MODEL_CARD", "onnx", "onnx.json", "onnx.sha256")]
    assert seen[-1] == (len(files()[PLACE]), len(files()[PLACE]))
    engine = Piper(PiperSettings(folder=tmp_path / "new"))
    assert engine.voices()[0].id == NAME
    assert engine.speak((Span("Buongiorno a tutti."),), NAME).seconds > 0.5


def test_what_is_there_is_not_fetched(tmp_path: Path) -> None:
    """A second time nothing is asked for, unless again is said."""
    with mirror() as server:
        install(server, tmp_path)
        asked = len(server.requests)
        install(server, tmp_path)
        assert len(server.requests) == asked
        install(server, tmp_path, again=True)
        assert len(server.requests) == 2 * asked


@pytest.mark.parametrize("how", ["cut", "drop"])
def test_a_broken_download_goes_on(tmp_path: Path, how: str) -> None:
    """After a break no file has its name; the next run asks for the rest only, and the voice is whole."""

    def break_first(request: Request, data: bytes) -> Answer | None:
        return Answer(body=data, how=how) if request.path.endswith(".onnx") and not again else None

    again = False
    with mirror(break_first) as server:
        with pytest.raises(NotiziarioError) as caught:
            install(server, tmp_path)
        assert "\n" not in caught.value.message
        assert f"{NAME}.onnx" not in left(tmp_path)
        assert piper_voices.installed(tmp_path) == ()
        part = tmp_path / f"{NAME}.onnx.part"
        half = part.stat().st_size if part.exists() else 0
        assert bool(half) == (how == "cut")
        again = True
        install(server, tmp_path)
    assert server.requests[-1].headers.get("range") == (f"bytes={half}-" if half else None)
    assert (tmp_path / f"{NAME}.onnx").read_bytes() == files()[PLACE]


def test_a_server_without_ranges(tmp_path: Path) -> None:
    """Where the server sends the whole again, the whole is taken."""
    tmp_path.joinpath(f"{NAME}.onnx.part").write_bytes(b"x" * 100)

    with mirror(lambda _, data: Answer(body=data)) as server:
        install(server, tmp_path)
    assert (tmp_path / f"{NAME}.onnx").read_bytes() == files()[PLACE]


def test_a_wrong_beginning_is_found(tmp_path: Path) -> None:
    """A download that goes on from other bytes than the voice's is proved wrong, and the next run starts afresh."""
    tmp_path.joinpath(f"{NAME}.onnx.part").write_bytes(b"x" * 100)
    with mirror() as server:
        with pytest.raises(NotiziarioError, match="not those of the catalogue"):
            install(server, tmp_path)
        assert f"{NAME}.onnx" not in left(tmp_path)
        install(server, tmp_path)
    assert (tmp_path / f"{NAME}.onnx").read_bytes() == files()[PLACE]


def test_wrong_bytes(tmp_path: Path) -> None:
    """Other bytes than the catalogue promises, of the right size, are refused, by MD5 or by SHA-256."""
    turned = mirror(lambda r, data: Answer(body=data[::-1]) if r.path.endswith(".onnx") else None)
    with turned as server, pytest.raises(NotiziarioError, match="not those of the catalogue"):
        install(server, tmp_path)
    assert left(tmp_path) == [f"{NAME}.MODEL_CARD", f"{NAME}.onnx.json"]
    listing = json.loads(catalogue())
    listing[NAME]["files"][PLACE]["sha256_digest"] = "0" * 64
    with mirror(listing=json.dumps(listing).encode()) as server, pytest.raises(NotiziarioError, match="not those"):
        install(server, tmp_path)


def test_more_bytes_than_promised_are_not_read(tmp_path: Path) -> None:
    """A file that goes on beyond its promised size is not kept."""
    with mirror(lambda r, data: Answer(body=data * 1000) if r.path.endswith(".onnx") else None) as server:
        install(server, tmp_path)
    assert (tmp_path / f"{NAME}.onnx").read_bytes() == files()[PLACE]


@pytest.mark.parametrize(
    ("listing", "says"),
    [
        (b"<html>consent</html>", "no catalogue"),
        (b"[]", "no voice"),
        (b'{"it_IT-prova-tiny": 3}', "no catalogue"),
        (catalogue(files={"../../x.onnx": {"size_bytes": 1, "md5_digest": ""}}), "other files"),
        (catalogue(files={**json.loads(catalogue())[NAME]["files"], PLACE: {"size_bytes": 10**12}}), "bytes for"),
    ],
    ids=["page", "list", "number", "elsewhere", "huge"],
)
def test_a_catalogue_that_is_none(tmp_path: Path, listing: bytes, says: str) -> None:
    """What is no catalogue, or promises other files than a voice has, installs nothing."""
    with mirror(listing=listing) as server, pytest.raises(NotiziarioError, match=says):
        install(server, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_an_unknown_voice(tmp_path: Path) -> None:
    """A voice that the mirror has not is a mistake of the command; the hint has the nearest and the Italian ones."""
    with mirror() as server, pytest.raises(SettingsError) as caught:
        install(server, tmp_path, "it_IT-proba-tiny")
    assert caught.value.hint == f"Did you mean {NAME}? Italian ones: {NAME}."
    with mirror() as server, pytest.raises(SettingsError, match="no name of a voice"):
        install(server, tmp_path, "../x")
    assert not server.requests


@pytest.mark.parametrize("status", [403, 404, 429, 500, 503])
def test_a_mirror_that_refuses(tmp_path: Path, status: int) -> None:
    """A refusal is one line with the address and the status."""
    with mirror(lambda *_: Answer(status)) as server, pytest.raises(NotiziarioError, match=f"answers {status}"):
        install(server, tmp_path)


def test_no_mirror(tmp_path: Path) -> None:
    """A mirror that is not there is one line; a plain http address elsewhere is refused before anything is sent."""
    with mirror() as server:
        pass
    with pytest.raises(NotiziarioError, match="cannot be reached"):
        install(server, tmp_path)
    with pytest.raises(SettingsError, match="no https address"):
        piper_voices.install(NAME, tmp_path, "http://voci.example", lambda *_: None)


def test_a_redirect_to_plain_http(tmp_path: Path) -> None:
    """A redirect that leaves https for another machine is not followed to its end."""
    elsewhere = Answer(302, headers={"Location": "ftp://voci.example/voices.json"})
    with mirror(lambda *_: elsewhere) as server, pytest.raises(NotiziarioError):
        install(server, tmp_path)


def test_an_unwritable_folder(tmp_path: Path) -> None:
    """A folder that cannot be written is one OutputError that names it and the setting."""
    (tmp_path / "file").write_text("x")
    with mirror() as server, pytest.raises(OutputError) as caught:
        install(server, tmp_path / "file" / "voices")
    assert "piper.folder" in caught.value.hint


def test_a_card_without_a_licence(tmp_path: Path) -> None:
    """A card that names no licence is said to name none."""
    assert piper_voices.licence_of(tmp_path, NAME) == ""
    (tmp_path / f"{NAME}.MODEL_CARD").write_text("# Prova\n* Language: it\n")
    assert piper_voices.licence_of(tmp_path, NAME) == ""
