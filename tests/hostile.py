"""What a hostile or careless world can put before the command line, for the tests and ``scripts/prove_hostile.py``.

A case is a folder of files and a command. Each runs in a process of its own: it has thirty seconds and a gigabyte, its
home and its passing files in a folder that is looked at afterwards. What must hold is in ``Jail.run``.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import signal
import struct
import subprocess
import sys
import tempfile
import threading
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from hostile_sources import HOSTILE, WORDS, simple_epub, simple_pdf
from PIL import Image
from source_builders import docx

ROOT = Path(__file__).parent.parent
SECONDS, BYTES = 30, 1_000_000_000
# What a terminal would obey, and what would steer a line of text.
_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
ARTICLE = "Ponte chiuso a Siena\n\nIl ponte è chiuso da oggi. Lo dice il sindaco della città.\n"
_MADE = frozenset({0})
_REFUSED, _EITHER = frozenset({66}), frozenset({0, 3, 66})
_SETTINGS, _EITHER_OR_SETTINGS = frozenset({2}), frozenset({2, 66})
_RUN = ("-o", "out/a.mp3", "--engine", "espeak")
_FEED = '<rss version="2.0"><channel><title>x</title>{}</channel></rss>'
_ENDINGS = {"pdf": ".pdf", "docx": ".docx", "epub": ".epub", "mail": ".eml", "feed": ".xml"}


@dataclass(frozen=True)
class Case:
    """``files`` are what lies there, ``command`` what is typed, ``codes`` how it may end."""

    name: str
    kind: str
    command: tuple[str, ...]
    codes: frozenset[int]
    files: Mapping[str, bytes | Callable[[Path], None]] = field(default_factory=dict)
    stdin: bytes = b""


def _make(name: str, kind: str, file: str, data: bytes, codes: frozenset[int] = _REFUSED) -> Case:
    return Case(name, kind, ("make", file, *_RUN), codes, {file: data})


# ------------------------------------------------------------------------------------------ sources


def sources() -> Iterator[Case]:
    """Broken, locked and harmful files of each format, and good ones that are cut, swapped and bent at random."""
    for name, (kind, build) in HOSTILE.items():
        # Half a sign of markup is a text of one word.
        yield _make(name, kind, f"a{_ENDINGS[kind]}", build(), _EITHER if name == "feed-not" else _REFUSED)
    for path in sorted((ROOT / "tests" / "cases" / "fuzz").glob("*/*.bin")):
        kind = path.parent.name
        if kind in _ENDINGS:
            yield _make(f"saved-{path.stem}", kind, f"a{_ENDINGS[kind]}", path.read_bytes(), _EITHER)
    good = {
        "pdf": simple_pdf(),
        "epub": simple_epub(),
        "docx": docx([["Heading1", "Il ponte"], ["", WORDS * 3]]),
        "mail": f"Subject: Ponte\nMIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{WORDS * 3}".encode(),
        "feed": _FEED.format(f"<item><title>Il ponte</title><description>{WORDS * 9}</description></item>").encode(),
        "html": f"<html><body><article><h1>Il ponte</h1><p>{WORDS * 5}</p></article></body></html>".encode(),
    }
    chance = random.Random(1)  # noqa: S311 - noise, not secrets
    endings = {**_ENDINGS, "html": ".html"}
    for kind, data in good.items():
        for part in (0.1, 0.5, 0.9):
            yield _make(f"{kind}-cut-{part}", kind, f"a{endings[kind]}", data[: int(len(data) * part)], _EITHER)
        bent = bytearray(data)
        for _ in range(20):
            bent[chance.randrange(len(bent))] = chance.randrange(256)
        yield _make(f"{kind}-bent", kind, f"a{endings[kind]}", bytes(bent), _EITHER)
        for other in (".txt", ".md", ".pdf", ".xml"):
            if other != endings[kind]:
                yield _make(f"{kind}-called{other}", kind, f"a{other}", data, _EITHER)


TEXTS = {
    "empty": (b"", _REFUSED),
    "blank": (b" \n\t\n", _REFUSED),
    "marks": ("… — !!! ***\n".encode(), _REFUSED),
    "binary": (bytes(range(256)) * 40, _REFUSED),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(500), _REFUSED),
    "one-long-line": (b"parola " * 300_000, _REFUSED),
    "english": (b"The minister said that the law would have been approved by the house of lords.", _REFUSED),
    "too-large": (b"x" * 50_000_001, _REFUSED),
    "utf-16-cut": (ARTICLE.encode("utf-16")[:-1], _EITHER),
    "utf-7": (ARTICLE.encode("utf-7"), _EITHER),
    "nul": (ARTICLE.replace(" ", "\0 ").encode(), _EITHER),
    "steering": (f"Ponte \x1b[31mrosso\x1b]0;ciao\x07 a Siena\n\n{WORDS}".encode(), _EITHER),
    "backwards": (f"Ponte \u202eosuihc\u202c a Siena\n\n{WORDS}".encode(), _EITHER),
    "combining": (("P" + "\u0301" * 5000 + f"onte\n\n{WORDS}").encode(), _EITHER),
    "emoji": (f"🚧 Ponte 👨‍👩‍👧‍👦 chiuso\n\n{WORDS} 🎉🎉".encode(), _MADE),
    "surrogates": (b"Ponte \xed\xa0\x80 chiuso\n\n" + WORDS.encode(), _EITHER),
    "headline-of-a-kilometre": (f"{'Ponte ' * 3000}\n\n{WORDS}".encode(), _EITHER),
    "word-of-a-kilometre": (f"Ponte\n\n{'a' * 20_000} {WORDS}".encode(), _EITHER),
    "deep-list": ("Ponte\n\n" + "\n".join("  " * n + "- voce" for n in range(300)) + f"\n\n{WORDS}").encode(),
    "quotes": (("Ponte\n\n" + "> " * 2000 + WORDS).encode(), _EITHER),
    "carriage-returns": (ARTICLE.replace("\n", "\r").encode(), _EITHER),
    "front-matter-bomb": (
        (
            "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
            + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(8))
            + f"---\n# Ponte\n\n{WORDS}"
        ).encode(),
        _EITHER,
    ),
    "front-matter-object": (
        f"---\ntitle: !!python/object/apply:os.system ['touch fuori']\n---\n# Ponte\n\n{WORDS}".encode(),
        _EITHER,
    ),
    "front-matter-open": (f"---\ntitle: Ponte\n\n{WORDS}".encode(), _EITHER),
    "date-of-never": (f"---\ndate: 9999-99-99\n---\n# Ponte\n\n{WORDS}".encode(), _EITHER),
    "script": (f"# <script>alert(1)</script>\n\n{WORDS}<img src=x onerror=alert(1)>".encode(), _EITHER),
    "braces": (f"# {{now.__class__}} %s {{0}} ${{HOME}}\n\n{WORDS}".encode(), _EITHER),
    "numbers": (("Ponte\n\n" + "123456789" * 3000 + f" {WORDS}").encode(), _EITHER),
}


def texts() -> Iterator[Case]:
    """Text and Markdown nobody would print."""
    for name, found in TEXTS.items():
        data, codes = found if isinstance(found, tuple) else (found, _EITHER)
        yield _make(name, "text", "a.md" if b"---" in data[:4] or b"# " in data[:4] else "a.txt", data, codes)
        if len(data) < 100_000:
            yield Case(f"{name}-piped", "text", ("make", "-", *_RUN), codes, stdin=data)
    for number, title in enumerate(("../../etc/passwd", "CON", "a/b\\c:d*?", ".", "   ", "-rf", "\x1b[2J", "x" * 5000)):
        pair = {"a.txt": f"{title}\n\n{WORDS}".encode(), "b.txt": ARTICLE.encode()}
        # Without a name of its own the bulletin is called after its title.
        command = ("make", "a.txt", "b.txt", "--title", title.strip() or "x", "-o", "out", "--engine", "espeak")
        with contextlib.suppress(ValueError):
            yield Case(f"title-{number}", "title", command, frozenset({0, 2, 66, 69}), {**pair, "out/.keep": b""})


# ------------------------------------------------------------------------------------------ settings

BAD_SETTINGS = {
    "object": "title: !!python/object/apply:os.system ['touch fuori']",
    "tag": "show: !evil {title: x}",
    "aliases": "a: &a [1,1,1,1,1,1,1,1,1]\n"
    + "".join(f"{chr(98 + i)}: &{chr(98 + i)} [{','.join([f'*{chr(97 + i)}'] * 9)}]\n" for i in range(9)),
    "itself": "show: &a {title: *a}",
    "deep": "[" * 3000,
    "list": "- a\n- b",
    "word": "ciao",
    "twice": "output: a\noutput: b",
    "tab": "show:\n\ttitle: x",
    "binary": "\x00\x01\x02",
    "unknown": "colore: rosso",
    "steering": '"\\e[31mshow": {}',
    "engine": "engines: [nessuno]",
    "engines-number": "engines: 3",
    "engines-empty": "engines: []",
    "nan": "sound: {target_lufs: .nan}",
    "inf": "sound: {target_lufs: -.inf}",
    "huge": "sound: {target_lufs: 1e999}",
    "word-for-number": "sound: {target_lufs: forte}",
    "long-number": "jobs: " + "9" * 5000,
    "negative": "jobs: -1",
    "profile": "sound: {profile: stereo}",
    "pauses": "pauses: {headline_seconds: 0.1, section_seconds: 9}",
    "role": "cast: {cantante: {rate: 1}}",
    "list-for-text": "show: {title: [a, b]}",
    "time": "edition: {at: '25:99'}",
    "template": "edition: {opening: '{show.__class__.__mro__}'}",
    "open-template": "edition: {opening: '{show'}",
    "source-of-files": "sources: [{feed: 'file:///etc/passwd'}]",
    "source-of-nothing": "sources: [{}]",
    "source-of-two": "sources: [{feed: 'https://x.it/f', folder: a}]",
    "address": "show: {base_url: 'javascript:alert(1)'}",
    "category": "show: {category: Boh}",
    "lexicon-missing": "lexicon: manca.tsv",
    "cover-missing": "show: {cover: manca.jpg}",
    "jingle-missing": "sound: {jingle: manca.mp3}",
}


def settings() -> Iterator[Case]:
    """Settings files that are wrong in one way."""
    for name, text in BAD_SETTINGS.items():
        files = {"a.txt": ARTICLE.encode(), "notiziario.yaml": text.encode()}
        yield Case(f"settings-{name}", "settings", ("make", "a.txt", "-o", "out/a.mp3"), _SETTINGS, files)
        # What only a bulletin needs is looked for when there is one to make.
        codes = _EITHER_OR_SETTINGS if name.endswith("-missing") or name == "engine" else _SETTINGS
        yield Case(f"daily-{name}", "settings", ("daily", "--dry-run"), codes, files)


def _image(kind: str, size: tuple[int, int]) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (9, 9, 9)).save(out, kind)
    return out.getvalue()


def _wav(channels: int, rate: int, bytes_told: int) -> bytes:
    form = struct.pack("<4sIHHIIHH", b"fmt ", 16, 1, channels, rate, 2 * rate, 2, 16)
    return b"RIFF" + struct.pack("<I", bytes_told) + b"WAVE" + form + b"data" + struct.pack("<I", bytes_told)


def assets() -> Iterator[Case]:
    """Covers, music and word lists that are not what they are called."""
    covers = {
        "empty": b"",
        "text": b"ciao",
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>",
        "gif": _image("GIF", (1400, 1400)),
        "cut": _image("JPEG", (1400, 1400))[:900],
        "head-only": b"\xff\xd8\xff",
        "png-bomb": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x01\x86\xa0\x00\x01\x86\xa0\x08\x02\x00\x00\x00"
        + bytes(40),
        "large": _image("PNG", (10, 10)) + bytes(600_000),
    }
    for name, data in covers.items():
        files = {
            "a.txt": ARTICLE.encode(),
            "c.jpg": data,
            "notiziario.yaml": b"show: {cover: c.jpg}\nengines: [espeak]",
        }
        codes = frozenset({0, 1, 2})
        yield Case(f"cover-{name}", "asset", ("make", "a.txt", "--publish"), codes, files)
    sounds = {
        "empty": b"",
        "text": b"ciao",
        "wav-lies": _wav(channels=1, rate=22_050, bytes_told=0x7FFF_FFFF),
        "wav-no-channels": _wav(channels=0, rate=0, bytes_told=0),
        "mp3-noise": b"\xff\xfb\x90\x64" + random.Random(2).randbytes(5000),  # noqa: S311
        "ogg-cut": b"OggS" + bytes(30),
        "flac-cut": b"fLaC\x00\x00\x00\x22" + bytes(20),
    }
    for name, data in sounds.items():
        files = {
            "a.txt": ARTICLE.encode(),
            "j.mp3": data,
            "notiziario.yaml": b"sound: {jingle: j.mp3}\nengines: [espeak]",
        }
        yield Case(f"jingle-{name}", "asset", ("make", "a.txt", "-o", "out/a.mp3"), frozenset({0, 2}), files)
    lexicons = {
        "binary": bytes(range(256)),
        "one-column": b"parola\n",
        "huge-line": b"a" * 2_000_000,
        "steering": b"a\t\x1b[31m\n",
        "bad-ipa": b"a\tb\t!!!\n",
        "twice": b"a\tb\na\tc\n",
    }
    for name, data in lexicons.items():
        files = {"a.txt": ARTICLE.encode(), "l.tsv": data, "notiziario.yaml": b"lexicon: l.tsv\nengines: [espeak]"}
        yield Case(f"lexicon-{name}", "asset", ("make", "a.txt", "-o", "out/a.mp3"), frozenset({0, 2}), files)


# ------------------------------------------------------------------------------------------ what earlier runs left


def states() -> Iterator[Case]:
    """State of earlier runs that somebody has filled with noise."""
    noise = random.Random(3).randbytes(3000)  # noqa: S311
    show = b"engines: [espeak]\nsources: [{folder: news}]\nedition: {target_minutes: 1}\nshow: {base_url: 'https://x.it/'}\n"
    base = {"notiziario.yaml": show, "news/a.txt": ARTICLE.encode()}
    broken = (
        *(
            "public/.notiziario/seen.sqlite",
            "public/.notiziario/drafts/2025-11-06.draft",
            "public/.notiziario/show.json",
        ),
        *(
            "public/.notiziario/lock",
            "public/.notiziario/edition.mp3",
            "public/.notiziario/daily.log",
            "public/feed.xml",
        ),
        *("public/index.html", "public/episodes/2025-11-05-x.json", "public/cover.jpg"),
    )
    for path in broken:
        name = Path(path).name
        ends = frozenset({0, 1, 3})
        yield Case(f"daily-{name}", "state", ("daily", "--now", "2025-11-06T06:30"), ends, {**base, path: noise})
        yield Case(f"publish-{name}", "state", ("publish",), frozenset({0, 1, 2}), {**base, path: noise})
    for name, data in (("noise", noise), ("json", b'{"name": 3}'), ("list", b"[]"), ("empty", b"")):
        path = "public/episodes/2025-11-05-x.json"
        yield Case(f"episode-{name}", "state", ("publish",), frozenset({0, 1, 2}), {**base, path: data})
        yield Case(
            f"status-{name}",
            "state",
            ("status",),
            frozenset({0, 1, 2}),
            {**base, "public/.notiziario/seen.sqlite": data},
        )
    lists = {
        "noise.csv": noise,
        "nul.csv": b"source\n\x00\n",
        "wide.csv": b"source\n" + b"a," * 200_000,
        "headless.csv": b"boh\nx\n",
        "noise.jsonl": noise,
        "deep.jsonl": b"[" * 100_000,
        "climbing.csv": b"source,title\n../../../etc/passwd,../../fuori\n",
        "steering.csv": b"source\n\x1b[31mx.txt\n",
        "numbers.jsonl": b'{"source": 7}\n',
    }
    for name, data in lists.items():
        command = ("batch", name, "-o", "out", "--engine", "espeak", "--jobs", "1")
        yield Case(f"list-{name}", "list", command, frozenset({0, 3, 66}), {name: data})
    journal = {"a.txt": ARTICLE.encode(), "out/manifest.jsonl": noise}
    yield Case("journal", "list", ("batch", "a.txt", "-o", "out", "--engine", "espeak", "--jobs", "1"), _MADE, journal)


def arguments() -> Iterator[Case]:
    """Names and options no one should type."""
    article = {"a.txt": ARTICLE.encode()}

    def link(target: str) -> Callable[[Path], None]:
        return lambda path: path.symlink_to(target)

    usage = frozenset({2, 66})
    for name, command, files, codes in (
        ("device", ("make", "/dev/zero", *_RUN), {}, _REFUSED),
        ("folder", ("make", ".", *_RUN), {}, _REFUSED),
        ("missing", ("make", "manca.txt", *_RUN), {}, _REFUSED),
        ("pipe", ("make", "p", *_RUN), {"p": os.mkfifo}, _REFUSED),
        ("loop", ("make", "l.txt", *_RUN), {"l.txt": link("l.txt")}, _REFUSED),
        ("passwords", ("make", "l.txt", *_RUN), {"l.txt": link("/etc/passwd")}, _EITHER),
        ("dash", ("make", "--", "-a.txt", *_RUN), {}, usage),
        ("dash-option", ("make", "-a.txt"), {"-a.txt": ARTICLE.encode()}, usage),
        ("long-name", ("make", "a" * 5000, *_RUN), {}, _REFUSED),
        ("steering-name", ("make", "\x1b[31mrosso.txt", *_RUN), {}, _REFUSED),
        ("undecodable-name", ("make", os.fsdecode(b"\xff\xfe.txt"), *_RUN), {}, _REFUSED),
        ("scheme", ("make", "ftp://esempio.it/a", *_RUN), {}, _REFUSED),
        ("file-scheme", ("make", "file:///etc/passwd", *_RUN), {}, _REFUSED),
        ("loopback", ("make", "http://127.0.0.1:9/", *_RUN), {}, _REFUSED),
        ("metadata", ("make", "http://169.254.169.254/latest/", *_RUN), {}, _REFUSED),
        ("broken-address", ("make", "http://[::1", *_RUN), {}, _REFUSED),
        ("engine", ("make", "a.txt", "--engine", "../../x"), article, usage),
        (
            "voice",
            ("make", "a.txt", "--engine", "espeak", "--voice", "it+../../etc/passwd"),
            article,
            frozenset({2, 69}),
        ),
        ("now", ("daily", "--now", "ieri"), {}, usage),
        ("output-is-file", ("make", "a.txt", "-o", "a.txt/b.mp3", "--engine", "espeak"), article, frozenset({1, 2})),
        ("output-ending", ("make", "a.txt", "-o", "a.exe", "--engine", "espeak"), article, frozenset({1, 2})),
        ("settings-missing", ("make", "a.txt", "--config", "manca.yaml"), article, _SETTINGS),
        ("settings-folder", ("make", "a.txt", "--config", "."), article, _SETTINGS),
        ("settings-device", ("make", "a.txt", "--config", "/dev/zero"), article, _SETTINGS),
        ("no-command", ("canta",), {}, usage),
        ("cluster", ("batch", "a.txt", "--cluster", "boh", "-o", "out"), article, frozenset({1, 2, 75})),
        (
            "store",
            ("batch", "a.txt", "-o", "gopher://x/y", "--engine", "espeak", "--jobs", "1"),
            article,
            frozenset({2}),
        ),
        ("install", ("voices", "install", "../../x"), {}, frozenset({1, 2, 69})),
    ):
        yield Case(f"typed-{name}", "argument", command, codes, files)
    good = b"ID3\x04\x00\x00\x00\x00\x00\x00" + b"\xff\xfb\x90\x64" * 400
    frames = {"empty": b"", "text": b"ciao", "noise": random.Random(4).randbytes(9000), "head": good, "zip": _zip()}  # noqa: S311
    for name, data in frames.items():
        yield Case(f"check-{name}", "check", ("check", "a.mp3"), _REFUSED, {"a.mp3": data})
    for name, text in (("lines", "è\n" * 50_000), ("noise", "\x00\x1b\ufffe٣½" * 900), ("one", "1'" * 90_000)):
        yield Case(f"spoken-{name}", "filter", ("spoken",), _MADE, stdin=text.encode())


def _zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.mp3", bytes(2000))
    return out.getvalue()


def cases() -> list[Case]:
    """Return all cases, each with a name of its own."""
    found: Iterable[Iterator[Case]] = (sources(), texts(), settings(), assets(), states(), arguments())
    return [case for some in found for case in some]


# ------------------------------------------------------------------------------------------ the jail


# A small process between: the memory that is told of a child is never less than what its parent had.
_KEEPER = """import os, sys
child = os.posix_spawn(sys.argv[2], sys.argv[2:], os.environ)
_, status, used = os.wait4(child, 0)
with open(sys.argv[1], "w") as file:
    file.write(str(used.ru_maxrss))
code = os.waitstatus_to_exitcode(status)
sys.exit(code if code >= 0 else 128 - code)
"""
_KILLED = 128


@dataclass(frozen=True)
class Outcome:
    code: int
    peak_bytes: int
    wrong: tuple[str, ...]
    told: str


class Jail:
    """A folder in which one case after the other is run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def run(self, case: Case) -> Outcome:
        """Run a case and return what was wrong: nothing, if the program keeps its word."""
        root = self.folder / re.sub(r"\W", "-", case.name)
        work, home, passing = (root / name for name in ("work", "home", "passing"))
        for one in (work, home, passing):
            one.mkdir(parents=True)
        for name, content in case.files.items():
            path = work / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content) if isinstance(content, bytes) else content(path)
        before = set(root.rglob("*"))
        code, peak, out, err = self._process(case, work, home, passing)
        wrong = [*_wrong_words(case, code, out, err)]
        allowed = (work / "out", work / "output", work / "public", home)
        for path in set(root.rglob("*")) - before:
            if path.name.startswith(".notiziario-") or passing in path.parents:
                wrong.append(f"left {path.relative_to(root)}")
            elif not any(path == one or one in path.parents for one in allowed) and path.suffix != ".mp3":
                wrong.append(f"wrote {path.relative_to(root)}")
        # With --publish a bulletin may be whole that no podcast took.
        made = [path for path in work.rglob("*.mp3") if path not in before and "--publish" not in case.command]
        if code not in {0, 3} and made:
            wrong.append("failed, and left a bulletin")
        if peak > BYTES:
            wrong.append(f"took {peak // 1_000_000} MB")
        return Outcome(code, peak, tuple(wrong), err)

    def _process(self, case: Case, work: Path, home: Path, passing: Path) -> tuple[int, int, str, str]:
        environment = {
            **{name: os.environ[name] for name in ("PATH", "LANG", "OPENBLAS_CORETYPE") if name in os.environ},
            **{name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")},
            "HOME": str(home),
            "TMPDIR": str(passing),
            "PYTHONPATH": str(ROOT),
            "PYTHONDONTWRITEBYTECODE": "1",
            "OPENBLAS_NUM_THREADS": "1",
        }

        peak = self.folder / f"{work.parent.name}.peak"
        with tempfile.TemporaryFile() as stdin, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
            stdin.write(case.stdin)
            stdin.seek(0)
            process = subprocess.Popen(
                [sys.executable, "-S", "-c", _KEEPER, str(peak), sys.executable, "-m", "audio", *case.command],
                cwd=work,
                env=environment,
                stdin=stdin,
                stdout=out,
                stderr=err,
                start_new_session=True,
            )
            late = threading.Timer(SECONDS, lambda: os.killpg(process.pid, signal.SIGKILL))
            late.start()
            code = process.wait()
            late.cancel()
            said = []
            for file in (out, err):
                file.seek(0)
                said.append(file.read().decode("utf-8", "replace"))
        return code, int(peak.read_text()) * 1024 if peak.exists() else 0, said[0], said[1]


def _wrong_words(case: Case, code: int, out: str, err: str) -> Iterator[str]:
    if code < 0 or code >= _KILLED:
        yield "took too long, or was killed"
    elif code not in case.codes:
        yield f"ended with {code}: {err.strip()[:200]}"
    if "Traceback" in err or "unexpected " in err:
        yield f"was surprised: {err.strip()[-300:]}"
    if found := _STEERING.search(out + err):
        yield f"printed {found[0]!r}"
    if code in case.codes - {0, 3} and case.command[0] != "status" and "Usage:" not in err and not json_only(out):
        errors = [line for line in err.splitlines() if line.startswith("error: ")]
        if len(errors) != 1:
            yield f"tells {len(errors)} errors: {err.strip()[:300]}"


def json_only(out: str) -> bool:
    """Say whether what was printed is for a program."""
    try:
        return bool(json.loads(out))
    except ValueError:
        return False
