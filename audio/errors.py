"""Everything that can go wrong, sorted by what the user can do about it.

Each error is one line for a person (``str``), a ``hint`` that says what to do, and an ``exit_code``; the codes
are those of ``sysexits.h`` where one fits. Only ``cli.py`` turns them into output.
"""

from __future__ import annotations


class NotiziarioError(Exception):
    """The base: a message that names the object at fault, and a hint.

    Raised as it is, it means that the work failed for a reason that no setting explains (exit code 1).
    """

    exit_code = 1

    def __init__(self, message: str, *, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __reduce__(self) -> tuple[object, ...]:
        """Keep the hint when an error crosses a process border."""
        return (_revive, (type(self), self.message, self.__dict__))


def _revive(kind: type[NotiziarioError], message: str, state: dict[str, object]) -> NotiziarioError:
    error = kind(message)
    error.__dict__.update(state)
    return error


class SourceError(NotiziarioError):
    """Mend the source: it cannot be read, or there is nothing in it to say."""

    exit_code = 66


class RefusedError(SourceError):
    """Mend the address: its server is there and says no; asking again brings the same answer."""


class SettingsError(NotiziarioError):
    """Mend the settings or the command: all mistakes at once, one a line."""

    exit_code = 2


class OutputError(NotiziarioError):
    """Mend the place of the output: it cannot be written."""


class GateError(NotiziarioError):
    """A finished bulletin did not prove whole, so it was not published."""


class NoVoiceError(NotiziarioError):
    """No engine in the settings could speak the whole bulletin."""

    exit_code = 69


class EngineError(NotiziarioError):
    """One engine could not speak; the fallback decides what follows."""

    exit_code = 69


class UnavailableError(EngineError):
    """Install something or set something: this engine cannot start at all."""


class TransientError(EngineError):
    """Try again later: the service is busy, slow or gone for now.

    ``retry_after_seconds`` is what the service asked for, or None.
    """

    def __init__(self, message: str, *, hint: str = "", retry_after_seconds: float | None = None) -> None:
        super().__init__(message, hint=hint)
        self.retry_after_seconds = retry_after_seconds


class BusyError(TransientError):
    """The service wants to be asked less often (429): wait, and go on more slowly."""


class RejectedError(EngineError):
    """This text will never be spoken by this engine; a retry is pointless."""
