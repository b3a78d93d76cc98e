from __future__ import annotations

import os
import resource
import signal
import time
from pathlib import Path

import pytest

from aigaq.output import lock, refusal


def holder(site: Path) -> int:
    """A child process that holds the lock until it is killed; returns when it does."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            with lock.held(site):
                os.write(writer, b"!")
                signal.pause()
        finally:
            os._exit(0)
    os.close(writer)
    assert os.read(reader, 1) == b"!"
    os.close(reader)
    return child


def end(child: int) -> None:
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def test_a_second_build_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    child = holder(tmp_path)
    try:
        with pytest.raises(refusal.NotPossibleNow) as refused, lock.held(tmp_path, wait=0.1):
            pass
    finally:
        end(child)

    (found,) = refused.value.diagnostics
    assert found.problem is lock.HELD
    assert f"process {child}, since 20" in found.message
    assert refused.value.exit_status == 3


def test_a_second_build_waits_for_the_first_to_end(tmp_path: Path) -> None:
    child = holder(tmp_path)
    killer = os.fork()
    if killer == 0:
        time.sleep(0.3)
        os.kill(child, signal.SIGKILL)
        os._exit(0)

    started = time.monotonic()
    with lock.held(tmp_path, wait=20):
        waited = time.monotonic() - started

    os.waitpid(child, 0)
    os.waitpid(killer, 0)
    assert 0.2 < waited < 15


def test_a_killed_build_leaves_no_lock(tmp_path: Path) -> None:
    end(holder(tmp_path))

    with lock.held(tmp_path, wait=0):
        assert str(os.getpid()) in (tmp_path / ".cache" / "lock").read_text()


def test_an_error_inside_lets_go_of_the_lock(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="inside"), lock.held(tmp_path):
        raise ValueError("inside")

    with lock.held(tmp_path, wait=0):
        pass


def test_a_lock_whose_file_was_removed_still_lets_one_in_at_a_time(tmp_path: Path) -> None:
    child = holder(tmp_path)
    (tmp_path / ".cache" / "lock").unlink()
    try:
        with (
            lock.held(tmp_path, wait=0),
            pytest.raises(refusal.NotPossibleNow),
            lock.held(tmp_path, wait=0),
        ):
            pass
    finally:
        end(child)


def test_a_site_that_cannot_be_written_is_not_possible_now(tmp_path: Path) -> None:
    (tmp_path / ".cache").write_text("in the way")

    with pytest.raises(refusal.NotPossibleNow), lock.held(tmp_path, wait=0):
        pass


def test_a_lock_that_cannot_be_signed_is_not_possible_now(tmp_path: Path) -> None:
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))  # as on a full disk
    (tmp_path / ".cache").mkdir()
    try:
        with pytest.raises(refusal.NotPossibleNow) as refused, lock.held(tmp_path, wait=0):
            pass
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)

    assert refused.value.diagnostics[0].problem is refusal.DISK_FULL
