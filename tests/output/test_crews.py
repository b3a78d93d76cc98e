from __future__ import annotations

import ctypes
import dataclasses
import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from aigaq import pipeline
from aigaq.output import crews, folder, leaks, noted, refusal, release, rendering

HERE = Path(__file__).resolve().parents[2]


@pytest.fixture
def job(site: Any, tmp_path: Path) -> Any:
    """A job of a few hundred pages (the same ones again and again) whose bytes come back."""
    site.testimony("t-1", body="They took her.\n")
    prepared, problems, _ = pipeline.prepare(
        site.root, options=pipeline.Options(jobs=1), step=str
    )
    assert prepared is not None, problems
    watch = leaks.watchlist(prepared.protected)
    notes = noted.Notes(tmp_path, tmp_path, watch)
    with release.begun(tmp_path / "public", site_root=site.root) as new:
        one = prepared.job(new, watch, notes)
    times = 3 * rendering.AT_ONCE // len(one.pages)
    return dataclasses.replace(one, placer=None, pages=one.pages * times)


def files(crew: crews.Crew, job: rendering.Job) -> list[Any]:
    with crew.at_work(job) as parts:
        return [file for part in parts for file in part.files]


def test_all_crews_make_the_same_in_the_same_order(job: rendering.Job) -> None:
    alone = files(crews.Alone(), job)

    others = [file.path for make in job.others for file in make()]
    assert len(others) > 10
    assert [file.path for file in alone] == [*others, *(page.path for page in job.pages)]
    assert files(crews.Processes(2), job) == alone
    assert files(crews.Processes(3), job) == alone


def test_a_job_can_be_sent_elsewhere(job: rendering.Job, monkeypatch: Any) -> None:
    """Where a process is no copy of this one, the job is pickled."""
    alone = files(crews.Alone(), job)
    monkeypatch.setattr(crews, "_can_copy", lambda: False)

    assert files(crews.Processes(2), job) == alone


def test_whoever_leaves_early_waits_for_no_other_pages(
    job: rendering.Job, tmp_path: Path
) -> None:
    (tmp_path / "new").mkdir()
    many = dataclasses.replace(
        job,
        placer=folder.Placer(str(tmp_path / "new"), str(tmp_path / "old")),
        pages=tuple(
            dataclasses.replace(page, path=f"{number}/{page.path}")
            for number, page in enumerate(job.pages * 13)
        ),
    )

    def left() -> None:
        with crews.Processes(2).at_work(many) as parts:
            next(parts)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        left()

    made = sum(path.is_file() for path in (tmp_path / "new").rglob("*"))
    assert 0 < made < len(many.pages) / 2


def test_few_pages_need_no_processes() -> None:
    assert isinstance(crews.of(8, rendering.AT_ONCE), crews.Alone)
    assert isinstance(crews.of(1, 10_000), crews.Alone)
    assert crews.of(8, 3 * rendering.AT_ONCE) == crews.Processes(3)
    assert crews.of(2, 10_000) == crews.Processes(2)


def test_a_process_that_is_killed_is_not_possible_now(job: rendering.Job) -> None:
    others = _children()
    many = dataclasses.replace(job, pages=job.pages * 3)

    def killed() -> None:
        with crews.Processes(2).at_work(many) as parts:
            next(parts)
            for process in set(_children()) - set(others):
                os.kill(process, signal.SIGKILL)
            list(parts)

    with pytest.raises(refusal.NotPossibleNow) as told:
        killed()

    (problem,) = told.value.diagnostics
    assert problem.code == "X005"
    assert "--jobs 1" in problem.remedy


def _children(of: int | None = None) -> list[int]:
    said = Path(f"/proc/{of or os.getpid()}/task/{of or os.getpid()}/children").read_text()
    return [int(child) for child in said.split()]


_PARENT = """
import time
from concurrent.futures import ProcessPoolExecutor
import multiprocessing
from aigaq.output import crews

if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(2, context, crews._begin, (None,)) as processes:
        working = [processes.submit(time.sleep, 60) for _ in range(2)]
        time.sleep(0.2)
        print("at work", flush=True)
        time.sleep(60)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks into /proc")
def test_processes_end_with_a_parent_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", _PARENT], cwd=HERE, stdout=subprocess.PIPE
    ) as parent:
        assert parent.stdout is not None
        assert parent.stdout.readline() == b"at work\n"
        processes = _children(parent.pid)
        parent.kill()

    assert len(processes) == 2
    deadline = time.monotonic() + 10
    while any(map(_lives, processes)) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(map(_lives, processes))


def _lives(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def whose() -> int:
    return os.getpid()


def test_work_beside_is_done_by_a_copy_or_here_when_it_is_asked_for(monkeypatch: Any) -> None:
    with crews.beside(whose, jobs=2) as pid:
        assert pid() != os.getpid()
    with crews.beside(whose, jobs=1) as pid:
        assert pid() == os.getpid()
    monkeypatch.setattr(crews, "_can_copy", lambda: False)
    with crews.beside(whose, jobs=2) as pid:
        assert pid() == os.getpid()


def test_what_goes_wrong_beside_goes_wrong_here() -> None:
    def work() -> None:
        raise OSError(28, "no space left")

    with crews.beside(work, jobs=2) as result, pytest.raises(OSError, match="no space left"):
        result()


def test_a_copy_that_the_system_ends_is_told() -> None:
    def work() -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    with crews.beside(work, jobs=2) as result, pytest.raises(refusal.NotPossibleNow):
        result()


def test_a_copy_that_is_ended_while_it_sends_is_told() -> None:
    def work() -> bytes:
        ended = partial(os.kill, os.getpid(), signal.SIGKILL)
        threading.Timer(0.5, ended).start()
        return bytes(10_000_000)  # more than a pipe holds

    with crews.beside(work, jobs=2) as result:
        (copy,) = multiprocessing.active_children()
        copy.join()
        with pytest.raises(refusal.NotPossibleNow):
            result()


class OfTwoPartsError(Exception):
    def __init__(self, one: str, two: str) -> None:
        super().__init__(f"{one} {two}")


def test_a_fault_that_cannot_be_sent_is_told_by_its_name() -> None:
    def work() -> None:
        raise OfTwoPartsError("one", "two")

    with (
        crews.beside(work, jobs=2) as result,
        pytest.raises(RuntimeError, match="OfTwoParts"),
    ):
        result()


def test_where_there_is_no_process_left_nothing_stays_frozen(monkeypatch: Any) -> None:
    def full(_: Any) -> None:
        raise BlockingIOError(11, "no process left")

    monkeypatch.setattr(multiprocessing.get_context("fork").Process, "start", full)
    with pytest.raises(BlockingIOError), crews.beside(whose, jobs=2):
        pass
    assert gc.get_freeze_count() == 0


def test_whoever_leaves_early_ends_what_is_done_beside() -> None:
    began = time.monotonic()
    with crews.beside(partial(time.sleep, 60), jobs=2):
        pass
    assert time.monotonic() - began < 30


@pytest.mark.skipif(
    not hasattr(ctypes.CDLL(None), "malloc_trim"), reason="another C library than glibc"
)
def test_a_copy_is_made_without_memory_that_is_free() -> None:
    pieces = [bytes(4000) for _ in range(20_000)]
    kept = pieces[::20]  # so that what is free lies between
    before = resident()
    del pieces

    with crews.beside(whose, jobs=2) as pid:
        assert pid() != os.getpid()
        assert before - resident() > 40
    assert len(kept) == 1000


def resident() -> float:
    """Megabytes of this process that are in memory."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20
