"""``voices``: which there are, what they want, how they sound."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from audio.cli.options import AsJson, EngineName, Settings, load_settings
from audio.cli.screen import downloading, harmless, print_json, say
from audio.errors import SettingsError

if TYPE_CHECKING:
    from audio.config import Config
    from audio.doctor import Offer

_HINT = "Use `voices list`, `voices install NAME`, or `voices say VOICE [TEXT]`."


def voices(
    action: Annotated[str, typer.Argument(help="list, install or say")] = "list",
    words: Annotated[list[str] | None, typer.Argument(help="A voice's name; for say, a text after it.")] = None,
    *,
    engine: EngineName = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="The WAV that say writes.")] = None,
    again: Annotated[bool, typer.Option("--again", help="Install what is there already.")] = False,
    as_json: AsJson = False,
    config: Settings = None,
) -> None:
    """List the voices of all engines, install one of Piper's, or hear one."""
    from audio import doctor  # noqa: PLC0415

    settings = load_settings(config)
    match action, words or []:
        case "list", []:
            _list(list(doctor.offers(settings, engine)), as_json=as_json)
        case "install", [name]:
            _install(name, settings, again=again)
        case "say", [voice, *text]:
            spoken = " ".join(text) or doctor.SAMPLE
            typer.echo(doctor.sample(voice, spoken, settings, engine=engine, output=output))
        case _:
            raise SettingsError(f"voices {' '.join([action, *(words or [])])}: no such action", hint=_HINT)


def _list(offers: list[Offer], *, as_json: bool) -> None:
    if as_json:
        print_json([{**asdict(offer), "id": offer.voice} for offer in offers])
        return
    for offer in offers:
        place = "offline" if offer.offline else "online"
        about = ", ".join(filter(None, (offer.label, offer.lang, offer.quality, f"licence: {offer.licence or '?'}")))
        wants = f"  ! {offer.missing}" + (f" — {offer.remedy}" if offer.remedy else "") if offer.missing else ""
        typer.echo(harmless(f"{offer.engine:8} {place:8} {offer.voice or '…':28} {about}{wants}"))


def _install(name: str, settings: Config, *, again: bool) -> None:
    from audio.engines import piper_voices  # noqa: PLC0415

    folder = settings.piper.folder or piper_voices.default_folder()
    with downloading(name) as on_bytes:
        done = piper_voices.install(name, folder, settings.piper.mirror, on_bytes, again=again)
    say(f"licence of {done.name}: {done.licence}")
    typer.echo(done.folder / f"{done.name}.onnx")
