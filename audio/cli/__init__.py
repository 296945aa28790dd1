"""The command line: options to settings, one call, one result. Data goes to stdout, talk to stderr.

A module holds one group of commands; the table below is their order in the help. Nothing heavy is imported before a
command needs it: ``notiziario --help`` loads no engine, no numpy, no network.
"""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable
from typing import Annotated

import typer

from audio import machine
from audio.cli import batch, checking, daily, making, podcast, setup, showing, voices
from audio.cli.screen import say
from audio.errors import NotiziarioError
from audio.version import __version__

app = typer.Typer(
    name="notiziario",
    help="Italian news articles, spoken: one MP3 bulletin the way Italian radio would read them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

# In the order of the help.
COMMANDS: dict[str, Callable[..., None]] = {
    "make": making.make,
    "read": showing.read,
    "script": showing.script,
    "spoken": showing.spoken,
    "check": checking.check,
    "batch": batch.batch,
    "daily": daily.daily,
    "schedule": daily.schedule,
    "status": daily.status,
    "publish": podcast.publish,
    "serve": podcast.serve,
    "voices": voices.voices,
    "init": setup.init,
    "doctor": setup.doctor,
}
for _name, _command in COMMANDS.items():
    app.command(_name)(_command)


@app.callback(invoke_without_command=True)
def _root(
    *,
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
    debug: Annotated[bool, typer.Option("--debug", help="Show where an error came from.")] = False,  # noqa: ARG001 - read in main
) -> None:
    if version:
        typer.echo(f"notiziario {__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line and leave with its exit code; the one place where an error becomes words."""
    machine.share()
    arguments = [argument for argument in sys.argv[1:] if argument != "--debug"]
    debug = len(arguments) < len(sys.argv) - 1
    try:
        app(arguments)  # leaves by itself, with 2 and its own words where it was used wrongly
    except NotiziarioError as error:
        if debug:
            traceback.print_exc()
        code = _fail(error.message, error.hint, error.exit_code)
    except Exception as error:  # noqa: BLE001 - the one broad handler of the program
        if debug:
            traceback.print_exc()
        code = _fail(f"unexpected {type(error).__name__}: {error}", "This is our fault; --debug shows where.", 1)
    else:
        code = 0
    sys.exit(code)


def _fail(message: str, hint: str, code: int) -> int:
    say(f"error: {message}")
    if hint:
        say(f"hint: {hint}")
    return code
