from __future__ import annotations

import importlib
import multiprocessing
import os
import re
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from aigaq.output import workers

LIMITS = workers.Limits(deadline=0.4, memory=256 * workers.MEGABYTE)


@pytest.fixture
def act(tmp_path: Path, monkeypatch):
    """A function in a module that other processes can import, as the converter is."""
    (tmp_path / "acting.py").write_text(ACTING)
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "acting", raising=False)
    return importlib.import_module("acting").act


ACTING = r"""
import os, re, signal, time
def act(what):
    kind, _, rest = what.partition(" ")
    if kind == "slow": re.match(r"(a+)+$", "a" * 60 + "b")  # in C, deaf to everything
    if kind == "sleep": time.sleep(3600)
    if kind == "greedy": return len("x" * 10**9)
    if kind == "hoard":
        kept = []
        while True: kept.append(bytes(10**6))
    if kind == "crash": os.kill(os.getpid(), signal.SIGSEGV)
    if kind == "exit": os._exit(0)
    if kind == "raise": raise ValueError("words of the text")
    if kind == "deep": return act(what)
    if kind == "deaf":
        for number in (signal.SIGTERM, signal.SIGINT): signal.signal(number, signal.SIG_IGN)
        while True: pass
    if kind == "large": return "y" * int(rest)
    if kind == "pid":
        time.sleep(0.002)  # as long as a text takes, so that the second process can begin
        return os.getpid()
    return what.upper()
"""


def tasks(*arguments: str) -> list[workers.Task[str]]:
    return [workers.Task(f"{n}.md", what) for n, what in enumerate(arguments)]


def run(act, *arguments: str, jobs: int = 1):
    return workers.convert_all(act, tasks(*arguments), jobs=jobs, limits=LIMITS)


def test_no_tasks_start_no_process(act) -> None:
    assert run(act) == []


@pytest.mark.parametrize("jobs", [1, 3])
def test_results_come_in_the_order_of_the_tasks(act, jobs: int) -> None:
    words = [f"word{n}" for n in range(100)]

    assert run(act, *words, jobs=jobs) == [word.upper() for word in words]


def test_many_tasks_are_shared_and_few_are_not(act) -> None:
    assert len(set(run(act, *["pid"] * 9, jobs=2))) == 1
    assert len(set(run(act, *["pid"] * 400, jobs=2))) == 2


BAD = {
    "slow": (workers.TOO_LONG, "(0.4 s)"),
    "deaf": (workers.TOO_LONG, "(0.4 s)"),
    "greedy": (workers.TOO_MUCH_MEMORY, "(256 MB)"),
    "hoard": (workers.TOO_MUCH_MEMORY, "(256 MB)"),
    "crash": (workers.ENDED, "stop"),
    "exit": (workers.ENDED, "stop"),
    "raise": (workers.FAILED, "(ValueError in acting:"),
    "deep": (workers.FAILED, "(RecursionError in acting:"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_text_is_a_problem_at_its_file_and_the_others_go_on(act, kind: str) -> None:
    problem, words = BAD[kind]

    before, bad, after = run(act, "before", kind, "after")

    assert (before, after) == ("BEFORE", "AFTER")
    assert (bad.problem, bad.span.path) == (problem, "1.md")
    assert words in bad.message


def test_a_text_that_waits_is_ended_by_the_clock(act) -> None:
    limits = workers.Limits(deadline=0.05)

    bad, after = workers.convert_all(act, tasks("sleep", "after"), jobs=1, limits=limits)

    assert (bad.problem, after) == (workers.TOO_LONG, "AFTER")


def test_many_bad_texts_among_many_good_ones_in_two_processes(act) -> None:
    arguments = [
        "crash" if n % 7 == 0 else "greedy" if n % 11 == 0 else f"w{n}" for n in range(60)
    ]

    results = run(act, *arguments, jobs=2)

    for argument, result in zip(arguments, results, strict=True):
        if argument in BAD:
            assert result.problem is BAD[argument][0]
        else:
            assert result == argument.upper()


@pytest.mark.parametrize("kind", BAD)
def test_only_the_guilty_one_of_many_sent_at_once_is_blamed(act, kind: str) -> None:
    arguments = [kind if n == 20 else f"w{n}" for n in range(64)]

    results = run(act, *arguments)

    assert results[20].problem is BAD[kind][0]
    assert results[:20] + results[21:] == [f"W{n}" for n in range(64) if n != 20]


def test_a_problem_does_not_tell_the_words_of_the_text(act) -> None:
    (bad,) = run(act, "raise")

    assert "words of the text" not in str(bad)


def test_a_large_result_comes_whole(act) -> None:
    (result,) = run(act, "large 5000000")

    assert result == "y" * 5_000_000


def test_no_process_is_left(act) -> None:
    run(act, "fine", "slow", "crash", "fine")

    assert multiprocessing.active_children() == []


ROOM = workers.Limits(deadline=0.4, memory=700 * workers.MEGABYTE)  # for a copy of the tests


@pytest.mark.parametrize("kind", BAD)
def test_of_copies_as_well_only_the_guilty_one_is_blamed(act, kind: str) -> None:
    texts = tasks(*(kind if n == 20 else f"w{n}" for n in range(64)))

    with workers.crew(act, jobs=2, limits=ROOM, copies=2) as crew:
        results = list(crew.results(texts))

    assert results[20].problem is BAD[kind][0]
    assert results[:20] + results[21:] == [f"W{n}" for n in range(64) if n != 20]
    assert multiprocessing.active_children() == []


def test_copies_that_have_no_room_or_have_died_are_replaced(act) -> None:
    cramped = workers.Limits(deadline=0.4, memory=100 * workers.MEGABYTE)
    with workers.crew(act, jobs=2, limits=ROOM, copies=2) as crew:
        for process in crew._workers:
            process.process.kill()

        assert list(crew.results(tasks("one", "two"))) == ["ONE", "TWO"]

    with workers.crew(act, jobs=2, limits=cramped, copies=2) as crew:
        assert list(crew.results(tasks("one", "large 5000000", "two")))[2] == "TWO"


@pytest.mark.parametrize("copies", [0, 2])
def test_what_was_begun_is_done_once_and_may_never_be_asked_for(act, copies: int) -> None:
    one, two, three, other = tasks("pid", "two", "three", "nobody asks")

    with workers.crew(act, jobs=2, limits=ROOM, copies=copies) as crew:
        for task in (other, three, one):
            crew.begin(task)
        first = list(crew.results([one, two, three, two]))
        second = list(crew.results([two]))

    assert first[1:] == ["TWO", "THREE", "TWO"]
    assert isinstance(first[0], int)
    assert second == ["TWO"]
    assert len(crew._tasks) == 6  # what was begun and what was not; nothing twice


@pytest.mark.parametrize("copies", [0, 2])
def test_who_dies_with_nothing_to_do_is_replaced(act, copies: int) -> None:
    with workers.crew(act, jobs=2, limits=ROOM, copies=copies) as crew:
        assert list(crew.results(tasks("one"))) == ["ONE"]
        for process in crew._workers:
            process.process.kill()
            process.process.join()
        crew._listen(0.0)  # as while another is waited for

        assert list(crew.results(tasks("two", "three"))) == ["TWO", "THREE"]


def test_results_come_while_others_are_not_ready(act) -> None:
    with workers.crew(act, jobs=1, limits=workers.Limits(deadline=0.4)) as crew:
        results = crew.results(tasks("quick", "deaf"))
        started = time.monotonic()

        assert next(results) == "QUICK"
        before = time.monotonic() - started
        assert next(results).problem is workers.TOO_LONG

    assert time.monotonic() - started > before + 0.3


def test_a_function_that_cannot_be_imported_fails_at_once(act, monkeypatch) -> None:
    monkeypatch.setattr(act, "__module__", "nowhere.to.be.found")

    with pytest.raises(Exception, match=r"nowhere|pickle"):
        run(act, "x")


PARENT = """
import acting
from aigaq.output import workers
def main():
    limits = workers.Limits(deadline=3)
    (pid,) = workers.convert_all(acting.act, [workers.Task("", "pid")], jobs=1, limits=limits)
    print(pid, flush=True)
    workers.convert_all(acting.act, [workers.Task("", "deaf")] * 100, jobs=2, limits=limits)
if __name__ == "__main__":
    main()
"""


def test_the_processes_end_when_their_parent_is_killed(act, tmp_path: Path) -> None:
    (tmp_path / "parent.py").write_text(PARENT)
    (tmp_path / "acting.py").write_text(ACTING)
    paths = os.pathsep.join([str(Path(workers.__file__).parents[2]), str(tmp_path)])
    parent = subprocess.Popen(
        [sys.executable, str(tmp_path / "parent.py")],
        stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": paths}, start_new_session=True,
    )  # fmt: skip
    with parent:
        parent.stdout.readline()
        wait_until(
            lambda: session(parent.pid) >= 5
        )  # two workers at work, three of Python's own
        parent.kill()
    wait_until(lambda: session(parent.pid) == 0)


def wait_until(condition) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def session(leader: int) -> int:
    """How many living processes the session of `leader` has."""
    found = 0
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = re.sub(r"^.*\) ", "", entry.read_text()).split()
            found += int(fields[3]) == leader and fields[0] != "Z"
    return found
