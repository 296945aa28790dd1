"""From names to jobs, and the journal of what became of them."""

import json
from pathlib import Path

import pytest

from audio.errors import OutputError, SourceError
from audio.newsroom.manifest import Job, Journal, Row, jobs_in


def test_files_folders_and_patterns(tmp_path: Path) -> None:
    """Files, folders and patterns give their files in a fixed order, hidden ones left out."""
    for name in ("b.txt", "a.txt", ".nascosto.txt", "cronaca/c.md", ".git/d.txt"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("x")
    sources = [Path(job.source).relative_to(tmp_path).as_posix() for job in jobs_in([str(tmp_path)])]
    assert sources == ["a.txt", "b.txt", "cronaca/c.md"]
    assert [Path(job.source).name for job in jobs_in([str(tmp_path / "*.txt")])] == ["a.txt", "b.txt"]
    assert [job.source for job in jobs_in(["https://esempio.it/a", str(tmp_path / "no.txt")])] == [
        "https://esempio.it/a",
        str(tmp_path / "no.txt"),
    ]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("lista.csv", "url,title,date\nhttps://esempio.it/1,Ponte chiuso,2025-11-06\nb.txt,,\n"),
        ("lista.csv", 'Titolo;Data;Link\n"Ponte chiuso";2025-11-06;https://esempio.it/1\n\n;;b.txt\n'),
        (
            "lista.jsonl",
            '{"source": "https://esempio.it/1", "title": "Ponte chiuso", "date": "2025-11-06"}\n\n{"file": "b.txt"}\n',
        ),
    ],
)
def test_lists(tmp_path: Path, name: str, text: str) -> None:
    """A list of a newspaper's archive is read with its titles and dates, with the separators spreadsheets write."""
    (tmp_path / name).write_text(text, encoding="utf-8-sig")
    assert list(jobs_in([str(tmp_path / name)])) == [
        Job("https://esempio.it/1", "Ponte chiuso", "2025-11-06"),
        Job(str(tmp_path / "b.txt")),
    ]


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("a.csv", "titolo,data\nPonte,2025\n", "a.csv:2: names no source"),
        ("a.jsonl", '{"source": "x"}\nnon è JSON\n', "a.jsonl:2: is not JSON"),
        ("a.jsonl", "[1]\n", "a.jsonl:1: is no JSON object"),
        ("a.csv", "source\n\x00\udcff", "a.csv: cannot be read as a list"),
    ],
)
def test_a_bad_list_is_told_by_its_line(tmp_path: Path, name: str, text: str, says: str) -> None:
    """A list that cannot be understood is an error that names the line."""
    (tmp_path / name).write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(SourceError, match=says):
        list(jobs_in([str(tmp_path / name)]))
    with pytest.raises(SourceError, match="no such file"):
        list(jobs_in([str(tmp_path / "manca.csv")]))
    with pytest.raises(SourceError, match="no file is called so"):
        list(jobs_in([str(tmp_path / "*.pdf")]))


def test_names_are_legible_and_never_meet() -> None:
    """Two sources of one name get two MP3s, and each keeps its name whatever else is in the batch."""
    names = [Job(s).name for s in ("a/Ponte chiuso.txt", "b/Ponte chiuso.txt", "https://esempio.it/cronaca/ponte.html")]
    assert len(set(names)) == 3
    assert names[0].startswith("ponte-chiuso-")
    assert names[2].startswith("ponte-")
    assert Job("https://esempio.it/").name.startswith("esempio-it-")
    assert names[0] == Job("a/Ponte chiuso.txt", "Titolo", "2025-11-06").name


def test_journal_survives_a_kill(tmp_path: Path) -> None:
    """A line torn by a kill is forgotten, the rows around it stay, and the newest row of a key is the truth."""
    journal = Journal(tmp_path / "m" / "manifest.jsonl")
    assert journal.outcomes() == {}
    assert len(list(journal.write([Row("a", "k1", error="no"), Row("b", "k2", path="b.mp3")]))) == 2
    with journal.path.open("a") as file:
        file.write('{"source": "c", "key": "k3", "pa')
    assert list(journal.write([Row("a", "k1", path="a.mp3")])) == [Row("a", "k1", path="a.mp3")]
    assert journal.outcomes() == {"k1": None, "k2": None}
    lines = journal.path.read_text().splitlines()
    assert json.loads(lines[-1]) == {"source": "a", "key": "k1", "path": "a.mp3"}
    with pytest.raises(OutputError, match="cannot be written"):
        list(Journal(tmp_path).write([Row("a", "k")]))
