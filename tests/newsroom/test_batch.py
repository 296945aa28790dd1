"""Many articles over real pools: nothing lost, nothing made twice, the same bytes everywhere."""

import contextlib
import datetime as dt
import hashlib
import os
import re
import signal
import tracemalloc
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from loopback_http import Answer, Loopback

from audio.config import CacheSettings, Config, FetchSettings
from audio.errors import SettingsError
from audio.newsroom import crew, worker
from audio.newsroom.batch import Batch, WorkersLostError, make_all, make_many
from audio.newsroom.manifest import Job, Row, jobs_in

NOW = dt.datetime(2025, 11, 6, 6, 30, tzinfo=dt.UTC)


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    folder = tmp_path / "articoli"
    folder.mkdir()
    for number, town in enumerate(("Siena", "Lecce", "Aosta", "Trieste"), 1):
        (folder / f"{town}.txt").write_text(f"Ponte chiuso a {town}\n\nIl ponte numero {number} è chiuso da oggi.\n")
    return folder


@pytest.fixture
def batch(tmp_path: Path) -> Batch:
    config = Config(engines=("espeak",), cache=CacheSettings(folder=tmp_path / "cache"))
    return Batch(config, str(tmp_path / "out"), NOW, {})


def _bytes(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("[!.]*")}


def _after(rows: list[Row]) -> dict[str, str | None]:
    return {row.key: row.error for row in rows}


def test_threads_and_processes_make_the_same_bytes(articles: Path, batch: Batch, tmp_path: Path) -> None:
    """What makes a bulletin, a thread or a process, is not to be heard: the same files, byte for byte."""
    with ThreadPoolExecutor(2) as threads:
        rows = list(make_many(jobs_in([str(articles)]), batch, threads, 4))
    other = replace(batch, output=str(tmp_path / "altro"))
    elsewhere = list(make_all(jobs_in([str(articles)]), other, crew.processes(2), 4))
    assert all(row.error is None and row.engine == "espeak" for row in rows + elsewhere)
    assert _bytes(tmp_path / "out") == _bytes(tmp_path / "altro")
    assert len(_bytes(tmp_path / "out")) == 12
    assert {row.sha256 for row in rows} == {row.sha256 for row in elsewhere} <= set(_bytes(tmp_path / "out").values())


def test_a_second_run_makes_what_is_missing_or_changed(articles: Path, batch: Batch, tmp_path: Path) -> None:
    """After a run, only an article that was edited, or whose bulletin is gone, is made again."""
    with ThreadPoolExecutor(1) as pool:
        rows = list(make_many(jobs_in([str(articles)]), batch, pool, 2))
        done = replace(batch, outcomes=_after(rows))
        assert list(make_many(jobs_in([str(articles)]), done, pool, 2)) == []
        (articles / "Siena.txt").write_text("Ponte aperto a Siena\n\nIl ponte è aperto.\n")
        next((tmp_path / "out").glob("lecce-*.mp3")).unlink()
        again = list(make_many(jobs_in([str(articles)]), done, pool, 2))
        assert {Path(row.source).stem for row in again} == {"Siena", "Lecce"}
        slower = replace(done, config=replace(batch.config, show=replace(batch.config.show, title="Mattino")))
        assert len(list(make_many(jobs_in([str(articles)]), slower, pool, 2))) == 4


def test_a_bad_source_is_a_row_and_stays_one(articles: Path, batch: Batch) -> None:
    """A source without words fails alone; the next run tells it again without trying, unless it is asked to."""
    (articles / "vuoto.txt").write_text("\n")
    jobs = [Job(str(articles / "vuoto.txt")), Job(str(articles / "manca.txt"))]
    with ThreadPoolExecutor(1) as pool:
        rows = list(make_many(jobs, batch, pool, 2))
        assert sorted(row.error or "" for row in rows) == sorted(
            [
                f"{articles / 'manca.txt'}: no such file",
                f"{articles / 'vuoto.txt'}: there is nothing in it to say",
            ]
        )
        told = replace(batch, outcomes={row.key: "as before" for row in rows})
        again = list(make_many(jobs[:1], told, pool, 2))
        assert [row.error for row in again] == ["as before"]
        tried = list(make_many(jobs[:1], replace(told, retry_failed=True), pool, 2))
        assert "nothing in it to say" in (tried[0].error or "")


def test_a_list_knows_title_and_date(articles: Path, batch: Batch) -> None:
    """The title and the date of the list name the bulletin and date its announcement."""
    job = Job(str(articles / "Siena.txt"), "Il ponte di Siena", "2024-02-29")
    with ThreadPoolExecutor(1) as pool:
        (row,) = make_many([job], batch, pool, 1)
    assert row.path
    words = re.sub(r"<[^>]*>", "", Path(row.path).with_suffix(".vtt").read_text())
    assert "giovedì 29 febbraio 2024" in words


_FEED = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>Il Giornale di Prova</title>{}</channel></rss>"""
_TOLD = "Il ponte è chiuso da questa mattina, e lo resterà per tutta la settimana, dice il sindaco della città. " * 9


def _item(town: str, text: str) -> str:
    return (
        f"<item><title>Ponte chiuso a {town}</title><link>https://esempio.it/{town.lower()}</link>"
        f"<content:encoded>&lt;p&gt;{text}&lt;/p&gt;</content:encoded></item>"
    )


def test_a_feed_is_as_many_jobs_as_it_has_stories(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each story of a feed has a bulletin and a row of its own, whatever its place; so has one that is lost."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "pages"))
    feed = tmp_path / "feed.xml"
    with Loopback(lambda _: Answer(404)) as server, ThreadPoolExecutor(2) as pool:
        gone = f"<item><title>Sparita</title><link>{server.url}/sparita</link><description>Breve.</description></item>"
        feed.write_text(_FEED.format(_item("Siena", _TOLD) + _item("Lecce", _TOLD) + gone))
        batch = replace(batch, config=replace(batch.config, fetch=FetchSettings(allow_private=True)))
        rows = list(make_many(jobs_in([str(feed)]), batch, pool, 4))
        assert {row.source: row.error is None for row in rows} == {
            "https://esempio.it/siena": True,
            "https://esempio.it/lecce": True,
            f"{server.url}/sparita": False,
        }
        done = replace(batch, outcomes=_after(rows))
        feed.write_text(_FEED.format(_item("Aosta", _TOLD) + _item("Lecce", _TOLD + "Oggi.") + _item("Siena", _TOLD)))
        again = list(make_many(jobs_in([str(feed)]), done, pool, 4))
    assert {row.source for row in again} == {"https://esempio.it/aosta", "https://esempio.it/lecce"}
    assert len({path.name for path in (tmp_path / "out").glob("*.mp3")}) == 3


def test_the_stories_of_a_file_keep_their_names(batch: Batch, tmp_path: Path) -> None:
    """Stories without an address of their own are known by their headlines, two of one headline by their order."""
    feed = tmp_path / "feed.xml"
    feed.write_text(_FEED.format(re.sub("<link>.*?</link>", "", _item("Siena", _TOLD) + _item("Lecce", _TOLD))))
    with ThreadPoolExecutor(1) as pool:
        rows = list(make_many(jobs_in([str(feed)]), batch, pool, 1))
    assert {row.source for row in rows} == {f"{feed}#ponte-chiuso-a-siena", f"{feed}#ponte-chiuso-a-lecce"}
    assert all(re.fullmatch(r"feed-ponte-chiuso-a-\w+-[0-9a-f]{8}.mp3", Path(row.path or "").name) for row in rows)


def test_what_was_found_is_not_lost_with_the_workers(batch: Batch) -> None:
    """Stories found in a feed are made even if every worker is lost before they were sent."""
    calls = 0

    def act(task: worker.Task) -> tuple[Row | Job, ...] | BaseException | None:
        nonlocal calls
        calls += 1
        if task.job.source == "x://feed":
            return tuple(Job(f"x://{number}") for number in range(4))
        return None if calls == 3 else BrokenProcessPool("gone") if calls == 5 else _row(task)

    rows = list(make_all([Job("x://feed"), Job("x://b")], batch, _crew_of(act), 2))
    assert sorted(row.source for row in rows) == ["x://0", "x://1", "x://2", "x://3", "x://b"]
    assert not any(row.error for row in rows)


def test_another_build_is_refused_by_name(batch: Batch) -> None:
    """A worker with another version of the program says who it is and speaks nothing."""
    task = worker.Task(Job("a"), "k", b"Ponte", batch.config, batch.output, NOW, "0.0.9+00000000")
    with pytest.raises(SettingsError, match=rf"worker .*:{os.getpid()} runs notiziario .* this is 0.0.9"):
        worker.make(task)
    assert not Path(batch.output).exists()


def test_a_killed_worker_costs_nothing(articles: Path, batch: Batch, tmp_path: Path) -> None:
    """A worker process killed in mid-batch is replaced; every article is made, each once."""
    pools: list[Any] = []

    @contextlib.contextmanager
    def watched() -> Iterator[Executor]:
        with crew.processes(2)() as executor:
            pools.append(executor)
            yield executor

    rows: list[Row] = []
    for row in make_all(jobs_in([str(articles)]), batch, watched, 4):
        if not rows:
            os.kill(next(iter(pools[0]._processes)), signal.SIGKILL)
        rows.append(row)
    assert {Path(row.source).stem for row in rows} == {"Siena", "Lecce", "Aosta", "Trieste"}
    assert all(row.error is None for row in rows)
    assert len({row.source for row in rows}) == len(rows)
    assert len(_bytes(tmp_path / "out")) == 12


class _Inline(Executor):
    """Runs a function of a task at once, in place of ``worker.make``."""

    def __init__(self, act: Callable[[worker.Task], tuple[Row | Job, ...] | BaseException | None]) -> None:
        self.act = act
        self.most_waiting = 0
        self.waiting = 0

    def submit(self, _function: Any, /, *arguments: Any, **_: Any) -> Future[Any]:
        future: Future[Any] = Future()
        done = self.act(*arguments)
        if done is None:
            future.cancel()
            future.set_running_or_notify_cancel()
        elif isinstance(done, BaseException):
            future.set_exception(done)
        else:
            future.set_result(done)
        return future


def _crew_of(act: Callable[[worker.Task], tuple[Row | Job, ...] | BaseException | None]) -> Any:
    @contextlib.contextmanager
    def crew_() -> Iterator[Executor]:
        yield _Inline(act)

    return crew_


def _row(task: worker.Task) -> tuple[Row, ...]:
    return (Row(task.job.source, task.key, path="x.mp3"),)


def test_what_kills_its_worker_is_found_out(batch: Batch) -> None:
    """An article that takes its worker down every time becomes a row with an error; its neighbours are made."""

    def act(task: worker.Task) -> tuple[Row, ...] | BaseException:
        return BrokenProcessPool("gone") if "veleno" in task.job.source else _row(task)

    jobs = [Job(f"x://{name}") for name in ("a", "veleno", "b", "c")]
    rows = list(make_all(jobs, batch, _crew_of(act), 2))
    assert {row.source: row.error for row in rows} == {
        "x://a": None,
        "x://veleno": "took its worker process down",
        "x://b": None,
        "x://c": None,
    }


def test_a_scheduler_that_never_returns_puts_the_batch_off(batch: Batch) -> None:
    """Workers lost three times with nothing made end the run with "try again later", not with false failures."""
    with pytest.raises(WorkersLostError) as caught:
        list(make_all([Job("x://a")], batch, _crew_of(lambda _: None), 2))
    assert caught.value.exit_code == 75


def test_a_fault_of_ours_is_that_articles_own(batch: Batch) -> None:
    """What nobody foresaw with one article is its row's error, and the others are made."""

    def act(task: worker.Task) -> tuple[Row, ...] | BaseException:
        return KeyError("strano") if task.job.source == "x://a" else _row(task)

    rows = list(make_all([Job("x://a"), Job("x://b")], batch, _crew_of(act), 2))
    assert {row.source: row.error for row in rows} == {"x://a": "unexpected KeyError: 'strano'", "x://b": None}


def test_memory_does_not_grow_with_the_archive(batch: Batch) -> None:
    """Ten times as many articles take no more of the client's memory."""
    peaks = []
    for count in (1_000, 10_000):
        tracemalloc.start()
        jobs = (Job(f"https://esempio.it/{number}") for number in range(count))
        assert sum(1 for _ in make_many(jobs, batch, _Inline(_row), 5)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 50_000
