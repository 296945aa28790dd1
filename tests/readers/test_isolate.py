"""Untrusted bytes are parsed elsewhere: values come back, and crashes, hangs and floods stay there."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from audio.errors import SourceError
from audio.model import Article, Block, Role, Section
from audio.readers import isolate
from audio.readers.isolate import Parser

pytestmark = pytest.mark.usefixtures("unwatched_children")


@dataclass(frozen=True, slots=True)
class Told:
    """A value of a test's own."""

    pid: int
    size: int
    content_type: str | None


def tell(raw: bytes, _source: str, content_type: str | None = None) -> Told:
    return Told(os.getpid(), len(raw), content_type)


def article(raw: bytes, source: str, _content_type: str | None = None) -> tuple[Article, ...]:
    text = raw.decode()
    return (Article(text, (Section(None, (Block(Role.LEAD, text),)),), source=source, published=None),)


def leave_if_used(_raw: bytes, _source: str, _content_type: str | None = None) -> int:
    """Work only in a fresh process, as a parser does that another file has left without memory."""
    if getattr(sys, "used_before", False):
        os._exit(1)
    sys.used_before = True  # type: ignore[attr-defined]
    return 3


def refuse(_raw: bytes, source: str, _content_type: str | None = None) -> None:
    raise SourceError(f"{source}: no", hint="Perhaps.")


def crash(_raw: bytes, _source: str, _content_type: str | None = None) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fail(_raw: bytes, _source: str, _content_type: str | None = None) -> int:
    return 1 // 0


def leave(_raw: bytes, _source: str, _content_type: str | None = None) -> None:
    sys.exit(0)


def hang(_raw: bytes, _source: str, _content_type: str | None = None) -> None:
    while True:
        time.sleep(1)  # in the child, which the test sees ended


def flood(_raw: bytes, _source: str, _content_type: str | None = None) -> int:
    return len(b"x" * 4_000_000_000)


def recurse(raw: bytes, source: str, content_type: str | None = None) -> int:
    return 1 + recurse(raw, source, content_type)


def lie(_raw: bytes, _source: str, _content_type: str | None = None) -> tuple[Article, ...]:
    return (1, 2)  # type: ignore[return-value]


def shout(_raw: bytes, _source: str, _content_type: str | None = None) -> int:
    os.write(1, b"on standard output")
    return 7


def environment(_raw: bytes, _source: str, _content_type: str | None = None) -> str:
    return " ".join(os.environ)


def write_file(_raw: bytes, source: str, _content_type: str | None = None) -> int:
    with open(source, "wb") as file:  # noqa: PTH123
        return file.write(b"x" * 100_000_000)


@pytest.fixture
def parser() -> Iterator[Parser]:
    """A parser of the test's own."""
    made = Parser()
    yield made
    made.close()


def test_values_come_back_as_they_were(parser: Parser) -> None:
    """Articles cross the border unchanged, with their roles, tuples and missing fields."""
    raw = "Perché «sì» 😀".encode()
    assert parser.call(article, raw, "a.html") == article(raw, "a.html")


def test_work_is_done_by_one_warm_child(parser: Parser) -> None:
    """The parser is another process, and the same one for the next file."""
    first, second = parser.call(tell, b"abc", "x", "text/html"), parser.call(tell, b"", "x")
    assert first.pid == second.pid != os.getpid()
    assert (first.size, first.content_type) == (3, "text/html")
    assert (second.size, second.content_type) == (0, None)


def test_refusal_keeps_its_words(parser: Parser) -> None:
    """What a reader refuses is refused here, with message and hint."""
    with pytest.raises(SourceError, match=r"^a\.pdf: no$") as caught:
        parser.call(refuse, b"", "a.pdf")
    assert caught.value.hint == "Perhaps."


@pytest.mark.parametrize("function", [crash, fail, leave, lie])
def test_crash_is_one_line_and_the_next_file_is_read(
    parser: Parser, function: object, capfd: pytest.CaptureFixture[str]
) -> None:
    """A parser that dies, fails, leaves or lies gives one line that names the file, and no traceback."""
    with pytest.raises(SourceError, match=r"^a\.pdf: (cannot be understood|its reader answers nonsense)"):
        parser.call(function, b"", "a.pdf")  # type: ignore[arg-type]
    assert parser.call(tell, b"ab", "b").size == 2
    assert capfd.readouterr() == ("", "")


def test_file_is_not_blamed_for_the_one_before(parser: Parser) -> None:
    """A file at which a used worker ends is read by a fresh one."""
    assert [parser.call(leave_if_used, b"", "x") for _ in range(3)] == [3, 3, 3]


def test_hang_is_ended() -> None:
    """A parser that does not come back is ended when its time is up."""
    parser = Parser(seconds=1)
    with pytest.raises(SourceError, match=r"^a\.epub: takes more than 1 s"):
        parser.call(hang, b"", "a.epub")
    assert parser._process is None


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux keeps the limit on memory")
def test_flood_of_memory_is_stopped(parser: Parser) -> None:
    """A parser that asks for four gigabytes does not get them."""
    with pytest.raises(SourceError, match="needs more than 480 MB"):
        parser.call(flood, b"", "a.docx")


def test_bottomless_nesting_is_told(parser: Parser) -> None:
    """Recursion without end is told in words."""
    with pytest.raises(SourceError, match="nested too deeply"):
        parser.call(recurse, b"", "a.html")


def test_secrets_stay_here(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keys and tokens in the environment are not passed on to where untrusted bytes are parsed."""
    monkeypatch.setenv("OPENAI_API_KEY", "segreta")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "segreta")
    passed = parser.call(environment, b"", "x")
    assert "PATH" in passed
    assert "KEY" not in passed


def test_prints_do_not_mix_with_answers(parser: Parser) -> None:
    """What a library prints on standard output is not taken for an answer."""
    assert parser.call(shout, b"", "x") == 7


@pytest.mark.skipif(os.name != "posix", reason="limits on files are POSIX")
def test_child_writes_no_large_file(parser: Parser, tmp_path_factory: pytest.TempPathFactory) -> None:
    """A parser cannot fill the disk."""
    target = tmp_path_factory.mktemp("full") / "file"
    with pytest.raises(SourceError):
        parser.call(write_file, b"", str(target))
    assert target.stat().st_size <= 16_000_000


def test_child_is_replaced_before_leavings_add_up(parser: Parser, monkeypatch: pytest.MonkeyPatch) -> None:
    """After its share of files a worker makes room for a fresh one."""
    monkeypatch.setattr("audio.readers.isolate._PARSES_PER_WORKER", 2)
    pids = [parser.call(tell, b"", "x").pid for _ in range(3)]
    assert pids[0] == pids[1] != pids[2]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_fork_leaves_the_child_to_its_parent() -> None:
    """A process that was forked starts a parser of its own, and the one it was forked from goes on."""
    before = isolate.call(tell, b"", "x").pid
    forked = os.fork()
    if not forked:
        own = isolate.call(tell, b"", "x").pid
        isolate._parser.close()
        os._exit(0 if own != before else 1)
    assert os.waitpid(forked, 0)[1] == 0
    assert isolate.call(tell, b"", "x").pid == before
