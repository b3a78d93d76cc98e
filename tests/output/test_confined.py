from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from aigaq.output import confined, workers

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere nothing is copied")

ACTING = """
import os
def act(what):
    if what == "open":
        return sorted(os.readlink(f"/proc/self/fd/{n}") for n in os.listdir("/proc/self/fd") if
                      os.path.exists(f"/proc/self/fd/{n}"))
    if what == "parent":
        return os.getppid()
    if what == "knows":
        import __main__
        return getattr(__main__, "known", "nothing")
    while True: pass
"""
PARENT = """
import json, os, resource, sys
import acting
from aigaq.output import confined, workers
known = "nothing"
def main():
    global known
    known = "what was read"
    held = open("held", "w")
    os.dup2(held.fileno(), 300)
    most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (200, most))
    limits = workers.Limits(deadline=3)
    with workers.crew(acting.act, jobs=2, limits=limits, copies=int(sys.argv[1])) as crew:
        asked = [workers.Task("", what) for what in ("open", "parent", "knows")]
        told = list(crew.results(asked))
        here = os.getpid(), [confined.can_be_copied(), *told]
        print(json.dumps(here), flush=True)
        list(crew.results([workers.Task("", "for ever")] * 100))
if __name__ == "__main__":
    main()
"""


@pytest.fixture
def parent(tmp_path: Path):
    """Begins a program with a crew, which tells what it was told, and is at work for ever."""
    (tmp_path / "parent.py").write_text(PARENT)
    (tmp_path / "acting.py").write_text(ACTING)
    paths = os.pathsep.join([str(Path(workers.__file__).parents[2]), str(tmp_path)])
    begun: list[subprocess.Popen[bytes]] = []

    def begin(copies: int) -> tuple[subprocess.Popen[bytes], int, list[object]]:
        process = subprocess.Popen(
            [sys.executable, "parent.py", str(copies)],
            stdout=subprocess.PIPE, cwd=tmp_path, env={**os.environ, "PYTHONPATH": paths},
            start_new_session=True,
        )  # fmt: skip
        begun.append(process)
        pid, told = json.loads(process.stdout.readline())
        return process, pid, told

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


@linux_only
def test_a_copy_has_nothing_open_but_its_pipe(parent) -> None:
    _, _, (can_be_copied, there, *_) = parent(2)

    assert can_be_copied
    assert not [path for path in there if path.endswith("/held")]
    assert len([path for path in there if path.startswith(("socket:", "pipe:"))]) <= 2


@linux_only
def test_the_first_are_copies_and_who_comes_from_the_server_knows_nothing(parent) -> None:
    _, pid, (_, _, above, known) = parent(1)
    _, other, (_, _, above_other, known_by_other) = parent(0)

    assert (above, known) == (pid, "what was read")
    assert above_other != other
    assert known_by_other == "nothing"


@linux_only
def test_copies_end_when_their_parent_is_killed(parent) -> None:
    process, pid, _ = parent(2)
    wait_until(lambda: len(session(pid)) >= 3)  # it, and two copies

    process.kill()

    wait_until(lambda: not session(pid))


@linux_only
def test_who_has_threads_is_not_copied() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.wait)
    thread.start()

    try:
        assert not confined.can_be_copied()
    finally:
        done.set()
        thread.join()


def test_where_nothing_tells_of_threads_nothing_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(confined, "_THREADS", tmp_path / "task")

    assert not confined.can_be_copied()


def test_a_process_that_was_killed_tells_how_it_ended() -> None:
    context = confined.context("json")
    process = confined.Process.started(context, json.dumps, workers.LIMITS)

    assert process.pipe.recv() == ("ready", None)
    assert process.kill() == -9


def wait_until(condition) -> None:
    deadline = time.monotonic() + 20
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def session(leader: int) -> list[int]:
    """The living processes of the session of `leader`."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = entry.read_text().rpartition(") ")[2].split()
            if int(fields[3]) == leader and fields[0] != "Z":
                found.append(int(entry.parent.name))
    return found
