"""Sources of every kind on the command line, in a process of its own: from the web, and what happens to bad ones."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from misbehaving_server import ARTICLE, MisbehavingServer, Page
from source_builders import docx, pdf

from audio import __version__

ROOT = Path(__file__).parent.parent
Run = Callable[..., subprocess.CompletedProcess[str]]
WORDS = "Il ponte sul Ticino riapre oggi dopo due anni di lavori, con una corsia in più per le biciclette."


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line in an empty folder with caches of its own and no proxy."""

    def command(*arguments: str) -> subprocess.CompletedProcess[str]:
        plain = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
        own = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONWARNINGS": "error", "PYTHONPATH": str(ROOT)}
        return subprocess.run(
            [sys.executable, "-m", "audio", *arguments],
            cwd=tmp_path,
            env={**plain, **own, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            encoding="utf-8",
            check=False,
            timeout=120,
        )

    return command


@pytest.fixture
def server() -> MisbehavingServer:
    """A server on this machine, not yet running."""
    return MisbehavingServer()


def test_page_of_the_web_becomes_a_bulletin(run: Run, server: MisbehavingServer, tmp_path: Path) -> None:
    """`make ADDRESS` speaks a page; asked again it sends the marks of what it has and gets nothing twice."""
    with server:
        server.pages["/ponte"] = lambda request: (
            Page(b"", status=304) if "If-None-Match" in request else Page(ARTICLE, {"ETag": '"1"'})
        )
        for name in ("a.mp3", "b.mp3"):
            done = run("make", "--allow-private", "--engine", "espeak", f"{server.url}/ponte", "-o", name)
            assert (done.returncode, done.stdout) == (0, f"{name}\n")
    assert (tmp_path / "a.mp3").read_bytes() == (tmp_path / "b.mp3").read_bytes()
    assert "If-None-Match" in server.requests[1]
    assert f"User-Agent: Notiziario/{__version__} (" in server.requests[0]


def test_private_page_is_refused_unless_allowed(run: Run, server: MisbehavingServer) -> None:
    """A page on this machine is refused in one line with exit code 66, and nothing is asked of it."""
    with server:
        done = run("read", f"{server.url}/gzip")
    assert done.returncode == 66
    assert "not a public address" in done.stderr
    assert "--allow-private" in done.stderr
    assert not server.requests


def test_feed_that_loses_a_story_says_so(run: Run, server: MisbehavingServer) -> None:
    """A feed is read with one of its stories lost: the others are shown, the lost one is named, exit code 3."""
    with server:
        items = "".join(f"<item><title>x</title><link>{server.url}{path}</link></item>" for path in ("/a", "/no"))
        server.pages["/feed"] = Page(f'<rss version="2.0"><channel>{items}</channel></rss>'.encode())
        server.pages["/a"] = Page(ARTICLE)
        done = run("read", "--allow-private", f"{server.url}/feed")
    assert done.returncode == 3
    assert "Riapre il ponte di Pavia" in done.stdout
    assert done.stderr == f"left out: {server.url}/no: there is no such page (404)\n"


@pytest.mark.parametrize("path", ["/to-file", "/gzip-cut", "/endless", "/to-escape", "/picture"])
def test_bad_page_is_one_line_and_leaves_nothing(
    run: Run, server: MisbehavingServer, tmp_path: Path, path: str
) -> None:
    """A page that cannot be read gives an error and a hint, exit code 66, and no file but the cache."""
    with server:
        done = run("make", "--allow-private", "--engine", "espeak", f"{server.url}{path}", "-o", "x.mp3")
    assert done.returncode == 66
    assert done.stdout == ""
    lines = done.stderr.splitlines()
    assert lines[0].startswith(f"error: {server.url}{path}: ")
    assert all(line.startswith(("error: ", "hint: ")) for line in lines)
    assert "\x1b" not in done.stderr
    assert {file.name for file in tmp_path.iterdir()} <= {"cache"}


def test_documents_are_read_by_what_they_are(run: Run, tmp_path: Path) -> None:
    """A PDF file without its ending and a Word document are read; a script sees them as JSON."""
    (tmp_path / "nota").write_bytes(pdf({"pages": [{"flow": [["title", "Riapre il ponte"], ["body", WORDS]]}]}))
    (tmp_path / "nota.docx").write_bytes(docx([["Titolo", "Riapre il ponte"], ["", WORDS]]))
    for name in ("nota", "nota.docx"):
        done = run("read", "--json", name)
        assert done.returncode == 0, done.stderr
        read = json.loads(done.stdout)
        assert read["headline"] == "Riapre il ponte"
        assert read["sections"] == [{"heading": None, "paragraphs": [WORDS]}]


def test_reading_a_text_starts_no_parser(tmp_path: Path) -> None:
    """`read` of a text file loads neither the markup library nor the network nor a child process."""
    (tmp_path / "breve.txt").write_text(f"Riapre il ponte\n\n{WORDS}\n", encoding="utf-8")
    code = (
        "import sys; sys.argv=['notiziario', 'read', 'breve.txt']\n"
        "from audio.cli import main\n"
        "try: main()\n"
        "except SystemExit as e: assert not e.code\n"
        "print(' '.join(sys.modules), file=sys.stderr)"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=env, capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    assert not loaded & {"lxml", "urllib3", "pypdfium2", "feedparser", "audio.readers.isolate", "audio.readers.html"}
