"""The program as a person runs it: in a process of its own, from a checkout, with the embedded voice."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from loopback_google import FakeGoogle
from mutagen.id3 import ID3

from audio import pcm

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "examples" / "nato-munizioni.txt"
SHORT = "Ponte chiuso a Siena\n\nSIENA - Il ponte è chiuso da ieri. Riapre domenica alle 18:30, dice il sindaco.\n"

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Run the command line in an empty folder with a cache of its own."""
    (tmp_path / "breve.txt").write_text(SHORT, encoding="utf-8")

    def command(
        *arguments: str, env: dict[str, str] | None = None, typed: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        own = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONWARNINGS": "error", "PYTHONIOENCODING": "utf-8"}
        command_line = [sys.executable, "-m", "audio", *arguments]
        return subprocess.run(
            command_line,
            cwd=tmp_path,
            env={**(env or os.environ), **own, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            check=False,
            timeout=120,
            input=typed,
        )

    return command


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample article as a bulletin, made once."""
    folder = tmp_path_factory.mktemp("sample")
    env = {**os.environ, "XDG_CACHE_HOME": str(folder), "PYTHONPATH": str(ROOT)}
    arguments = ["make", "--engine", "espeak", str(SAMPLE), "-o", str(folder / "n.mp3")]
    subprocess.run([sys.executable, "-m", "audio", *arguments], env=env, check=True, capture_output=True, timeout=120)
    return folder / "n.mp3"


def test_sample_becomes_a_bulletin(sample: Path) -> None:
    """The MP3 decodes whole, and its chapters name the sample's two subheads."""
    seconds = sum(len(block) / rate for block, rate in pcm.decode_blocks(io.BytesIO(sample.read_bytes()), 1.0))
    assert 150 < seconds < 240
    marks = ID3(sample).getall("CHAP")
    titles = [c.sub_frames["TIT2"].text[0] for c in marks]
    assert titles[1:] == ["L’appello di Rutte all’industria della difesa", "Un patto tra politica e industria"]
    chapters = json.loads(sample.with_suffix(".chapters.json").read_text(encoding="utf-8"))["chapters"]
    assert [c["title"] for c in chapters] == titles


def test_sample_is_said_whole_and_in_order(sample: Path) -> None:
    """The transcript holds every word of the article, in the article's order."""
    vtt = sample.with_suffix(".vtt").read_text(encoding="utf-8")
    lines = [line for line in vtt.splitlines() if line and "-->" not in line]
    said = "".join(c for c in re.sub(r"<\d.*?>", "", " ".join(lines)) if c.isalnum())
    written = "".join(c for c in SAMPLE.read_text(encoding="utf-8") if c.isalnum())
    assert written in said


def test_second_run_speaks_nothing_and_gives_the_same_bytes(run: Run, tmp_path: Path) -> None:
    """Made twice, the second time without any voice being able to start, the bulletin is the same to the byte."""
    first = run("make", "--engine", "espeak", "breve.txt", "-o", "a.mp3")
    assert first.returncode == 0, first.stderr
    before = set((tmp_path / "cache").rglob("*.speech"))
    assert run("make", "--engine", "espeak", "breve.txt", "-o", "b.mp3").returncode == 0
    for suffix in (".mp3", ".vtt", ".chapters.json"):
        assert (tmp_path / f"a{suffix}").read_bytes() == (tmp_path / f"b{suffix}").read_bytes()
    assert before == set((tmp_path / "cache").rglob("*.speech"))


def test_stdout_is_the_path_and_a_pipe_is_quiet(run: Run) -> None:
    """Standard output is the MP3's path alone; standard error says in one line which voice spoke."""
    made = run("make", "--engine", "espeak", "breve.txt")
    assert made.stdout == f"{Path('output/breve.mp3')}\n"
    assert made.stderr == "spoken by espeak (voice it)\n"


def test_several_sources_and_standard_input(run: Run) -> None:
    """Several sources make one bulletin with a chapter each, and - is standard input."""
    made = run(
        "make", "--engine", "espeak", "breve.txt", "-", "-o", "due.mp3", typed="Il mare è calmo oggi a Rimini.\n"
    )
    assert made.returncode == 0, made.stderr
    assert made.stdout == "due.mp3\n"


def test_keep_going_leaves_out_and_says_so(run: Run, tmp_path: Path) -> None:
    """An unreadable source fails the run; with --keep-going it is left out, named, and the exit code is 3."""
    assert run("make", "--engine", "espeak", "breve.txt", "no.txt", "-o", "x.mp3").returncode == 66
    assert not (tmp_path / "x.mp3").exists()
    kept = run("make", "--engine", "espeak", "--keep-going", "breve.txt", "no.txt", "-o", "x.mp3")
    assert kept.returncode == 3
    assert "left out: no.txt" in kept.stderr
    assert (tmp_path / "x.mp3").exists()


BAD = {
    "missing file": (["make", "no.txt"], 66),
    "directory": (["make", "."], 66),
    "unknown engine": (["make", "breve.txt", "--engine", "gtss"], 2),
    "unknown voice": (["make", "breve.txt", "--engine", "espeak", "--voice", "it+boh"], 69),
    "not an mp3": (["make", "breve.txt", "-o", "x.wav"], 2),
    "unwritable": (["make", "breve.txt", "--engine", "espeak", "-o", "breve.txt/x.mp3"], 1),
    "no such option": (["make", "breve.txt", "--forte"], 2),
    "no such command": (["canta"], 2),
    "no settings": (["make", "breve.txt", "--config", "no.yaml"], 2),
    "bad clock": (["make", "breve.txt", "--now", "ieri"], 2),
}


@pytest.mark.parametrize(("arguments", "code"), BAD.values(), ids=list(BAD))
def test_bad_use_is_told_in_a_line(run: Run, tmp_path: Path, arguments: list[str], code: int) -> None:
    """What cannot be done ends with its exit code and words, without a traceback, and leaves nothing behind."""
    before = sorted(p.name for p in tmp_path.iterdir() if p.name != "cache")
    failed = run(*arguments)
    assert failed.returncode == code, failed.stderr
    assert failed.stderr
    assert "Traceback" not in failed.stderr
    assert not failed.stdout
    assert sorted(p.name for p in tmp_path.iterdir() if p.name != "cache") == before


def test_a_failed_run_leaves_the_old_bulletin(run: Run, tmp_path: Path) -> None:
    """When no voice can speak, yesterday's files are untouched and the exit code is 69."""
    for suffix in (".mp3", ".vtt", ".chapters.json"):
        (tmp_path / f"x{suffix}").write_text("ieri")
    failed = run("make", "breve.txt", "--engine", "espeak", "--voice", "it+boh", "-o", "x.mp3")
    assert failed.returncode == 69
    assert {p.read_text() for p in tmp_path.glob("x.*")} == {"ieri"}
    assert len(list(tmp_path.glob("*"))) == 4 + (tmp_path / "cache").exists()


def test_read_and_script_for_programs(run: Run) -> None:
    """`read --json` gives the article's parts, `script --json` every segment with its words and pause."""
    article = json.loads(run("read", "--json", "breve.txt").stdout)
    assert article["headline"] == "Ponte chiuso a Siena"
    assert article["dateline"] == "Siena"
    assert article["sections"][0]["paragraphs"][0].startswith("Il ponte è chiuso")
    script = json.loads(run("script", "--json", "breve.txt").stdout)
    assert {"role", "text", "spoken", "voice", "pause_seconds", "section"} == set(script["segments"][0])
    assert not any(c.isdigit() for s in script["segments"] for c in s["spoken"])


def test_rewrites_are_explained(run: Run, tmp_path: Path) -> None:
    """`spoken --explain` shows each rewrite with its rule and the row of the table or lexicon that made it."""
    (tmp_path / "lessico.tsv").write_text("Bce\tBanca centrale\n", encoding="utf-8")
    (tmp_path / "notiziario.yaml").write_text("lexicon: lessico.tsv\n", encoding="utf-8")
    told = run("spoken", "--explain", "la Bce al 2%").stdout.splitlines()
    assert told == [
        "la Banca centrale al due per cento",
        "  'Bce' → 'Banca centrale'  (lexicon, lessico.tsv:1)",
        "  '2%' → 'due per cento'  (quantity)",
    ]


def test_unknown_words_are_listed(run: Run, tmp_path: Path) -> None:
    """`script --unknown` lists the words nobody knows how to say, with how often and where, for people and programs."""
    text = "Visita\n\nSIENA - Il ministro Szymanski parte. Szymanski torna domani.\n"
    (tmp_path / "visita.txt").write_text(text, encoding="utf-8")
    assert run("script", "--unknown", "visita.txt").stdout == "Szymanski\t2\tIl ministro Szymanski parte.\n"
    (word,) = json.loads(run("script", "--unknown", "--json", "visita.txt").stdout)["unknown"]
    assert word == {"word": "Szymanski", "times": 2, "sentence": "Il ministro Szymanski parte."}


def test_spoken_is_a_filter_of_lines(run: Run) -> None:
    """N lines in, N lines out, empty ones too."""
    assert (
        run("spoken", typed="il 3,5%\n\nnel 2025\n").stdout
        == "il tre virgola cinque per cento\n\nnel duemilaventicinque\n"
    )
    assert run("spoken", "il 5G").stdout == "il cinque gi\n"


def test_init_writes_once(run: Run, tmp_path: Path) -> None:
    """`init` writes settings that work, and never over a file."""
    assert run("init").returncode == 0
    assert run("script", "breve.txt").returncode == 0
    (tmp_path / "notiziario.yaml").write_text("output: mio\n")
    assert run("init").returncode == 2
    assert (tmp_path / "notiziario.yaml").read_text() == "output: mio\n"


def test_google_speaks_the_whole_bulletin(run: Run) -> None:
    """With Google answering, the user's engine speaks everything, through the program's own https address."""
    with FakeGoogle(tls=True) as google:
        made = run("make", "breve.txt", env=google.proxy_env())
    assert made.returncode == 0, made.stderr
    assert "spoken by gtts" in made.stderr
    assert len(google.calls) >= 5


def test_google_failing_half_way_gives_the_bulletin_to_the_embedded_voice(run: Run) -> None:
    """When Google refuses in the middle, the whole bulletin is spoken by the embedded voice, and a line says why."""
    with FakeGoogle(lambda index: "ok" if index < 3 else 403, tls=True) as google:
        made = run("make", "breve.txt", env=google.proxy_env())
    assert made.returncode == 0, made.stderr
    assert "spoken by espeak (voice it) because gtts could not" in made.stderr
    assert "403" in made.stderr
