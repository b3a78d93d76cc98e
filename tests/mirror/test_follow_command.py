"""`aigaq mirror follow …` and `verify URL` as the keeper of a mirror meets them."""

from __future__ import annotations

import contextlib
import datetime
import random
import shutil
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from aigaq import cli
from aigaq.mirror import statement

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Ran = tuple[int, str]
NOW = datetime.datetime.now(datetime.UTC)
TODAY = NOW.date()
FRESH = {"date": TODAY, "next_by": TODAY + datetime.timedelta(days=90)}


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., Ran]:
    """Status of a command, and all that it said."""

    def ran(*arguments: object) -> Ran:
        status: Any = 0
        try:
            cli.main(["mirror", *map(str, arguments)])
        except SystemExit as left:
            status = left.code
        said = capsys.readouterr()
        return int(status or 0), said.out + said.err

    return ran


@pytest.fixture
def pinned(copy: Any, tmp_path: Path) -> Path:
    place = tmp_path / "pinned/allowed_signers"
    place.parent.mkdir()
    place.write_bytes(copy.pinned)
    copy.release({}, **FRESH)
    return place


@pytest.fixture
def follow(copy: Any, pinned: Path, run: Any, tmp_path: Path) -> Callable[..., Ran]:
    def ran(*arguments: object) -> Ran:
        who = ("--signers", pinned, "--threshold", "2")
        return run("follow", *arguments[:-1], tmp_path / "mirror", *who, *arguments[-1])  # type: ignore[no-any-return, misc]

    return ran


def test_three_words_make_a_mirror_and_a_timer_hears_nothing_after(
    copy: Any, follow: Any, pinned: Path, run: Any, servers: Any, tmp_path: Path
) -> None:
    with servers.nginx(copy.folder) as url:
        status, said = follow(url, ())
        assert (status, "6 fetched, 0 removed; " in said, f"bytes from {url}." in said) == (
            0,
            True,
            True,
        )
        assert follow(url, ()) == (0, "")
    assert run("verify", tmp_path / "mirror", "--signers", pinned, "--threshold", "2")[0] == 0


def test_quiet_says_nothing_of_what_went_well(copy: Any, follow: Any) -> None:
    assert follow(copy.folder, ("-q",)) == (0, "")


def test_what_was_seen_is_remembered(copy: Any, follow: Any, tmp_path: Path) -> None:
    old = shutil.copytree(copy.folder, tmp_path / "old")
    copy.next({"index.html": b"new"}, **FRESH)
    assert follow(copy.folder, ())[0] == 0
    shutil.rmtree(tmp_path / "mirror")

    status, said = follow(old, ())

    assert (status, "A021" in said, "A106" in said) == (2, True, True)
    assert not (tmp_path / "mirror").exists()


def test_a_source_that_is_away_is_told_only_if_there_is_no_other(
    copy: Any, follow: Any, servers: Any
) -> None:
    nowhere = f"http://127.0.0.1:{servers.free_port()}/"
    assert follow(copy.folder, ())[0] == 0

    assert follow(nowhere, copy.folder, ()) == (0, "")
    status, said = follow(nowhere, ())
    assert (status, f"{nowhere}: warning A103" in said, "refused (A071)" in said) == (
        3,
        True,
        True,
    )


def test_new_signers_are_taken_over_only_when_asked(
    copy: Any, follow: Any, keys: Any, pinned: Path
) -> None:
    new = keys.listed("one", "two", "stranger")
    copy.next({"allowed_signers": new}, **FRESH)

    status, said = follow(copy.folder, ())
    assert (status, "A013" in said, pinned.read_bytes()) == (0, True, copy.pinned)
    assert "A013" in follow(copy.folder, ())[1]

    assert follow(copy.folder, ("--pin",))[0] == 0
    assert pinned.read_bytes() == new
    assert follow(copy.folder, ()) == (0, "")


@pytest.mark.parametrize("place", ["ftp://example.org/", "who@example.org:site", "-e::x", ""])
def test_a_place_that_cannot_be_followed_has_status_4(follow: Any, place: str) -> None:
    status, said = follow("--", place, ()) if place.startswith("-") else follow(place, ())

    assert (status, "Traceback" in said) == (4, False)


def test_without_rsync_it_is_said_what_to_install(
    follow: Any, run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "ssh-keygen").symlink_to(shutil.which("ssh-keygen") or "")
    monkeypatch.setenv("PATH", str(tools))

    status, said = follow("rsync://127.0.0.1/site", ())

    assert (status, "A073" in said, "Traceback" in said) == (4, True, False)


@pytest.mark.parametrize("kind", ["nginx", "rsync"])
def test_a_copy_far_away_is_verified_as_one_at_hand(
    copy: Any, pinned: Path, run: Any, servers: Any, kind: str
) -> None:
    with getattr(servers, kind)(copy.folder) as url:
        status, said = run("verify", url, "--signers", pinned)
        assert (status, "Good: release 1" in said, "cannot be seen" in said) == (0, True, True)
        page = ("verify", url, "--signers", pinned, "--page")
        copy.write("en/testimonies/t-2.html", b"others")
        assert run(*page, "en/testimonies/t-1.html")[0] == 0
        assert run(*page, "en/testimonies/t-2.html")[0] == 1
        status, said = run("verify", url, "--signers", pinned, "--sample", "99")
    assert (status, "en/testimonies/t-2.html: error A033" in said) == (1, True)


def test_a_server_that_is_away_has_status_3(pinned: Path, run: Any, servers: Any) -> None:
    url = f"http://127.0.0.1:{servers.free_port()}/"

    status, said = run("verify", url, "--signers", pinned)

    assert (status, "A071" in said) == (3, True)


class Killed:
    """Runs of the command against a server, each of which may be killed."""

    def __init__(self, server: Any, target: Path, pinned: Path) -> None:
        who = ["--signers", str(pinned), "--threshold", "2"]
        code = "import sys; from aigaq import cli; cli.main(sys.argv[1:])"
        place = [server.url, str(target)]
        self._command = [sys.executable, "-c", code, "mirror", "follow", *place, *who]
        self._server = server

    def run(self, seconds: float = 60) -> tuple[bool, float]:
        """Whether it was killed, so many seconds after it asked first, or when it ended."""
        asked = len(self._server.asked)
        with subprocess.Popen(self._command, stderr=subprocess.DEVNULL) as running:
            while len(self._server.asked) == asked and running.poll() is None:
                time.sleep(0.002)
            began = time.monotonic()
            with contextlib.suppress(subprocess.TimeoutExpired):
                running.wait(seconds)
            took, killed = time.monotonic() - began, running.poll() is None
            running.kill()
        assert killed or running.returncode == 0
        return killed, took


def test_a_mirror_that_is_killed_at_any_moment_serves_what_was_signed(
    copy: Any, pinned: Path, servers: Any, tmp_path: Path, size: Callable[[int, int], int]
) -> None:
    lots = random.Random(time.time_ns())
    target = tmp_path / "mirrors/site"
    killed, took = 0, 0.0

    def released() -> int:
        copy.next({f"en/{n}.html": lots.randbytes(9) for n in range(100)}, **FRESH)
        return seq(copy.folder)

    def seq(folder: Path) -> int:
        release, _ = statement.read((folder / "RELEASE").read_bytes())
        return release.seq if release else 0

    with servers.python(copy.folder) as server:
        runs = Killed(server, target, pinned)
        for _ in range(2):  # of which the second is an update
            now = released()
            _, took = runs.run()
        while killed < size(8, 50):
            before, now = seq(target), released()
            killed += runs.run(lots.uniform(0, took))[0]
            assert copy.__class__(target, copy.keys).told(now=NOW) == (0, [])
            assert seq(target) in {before, now}
        runs.run()

    assert files(target) == files(copy.folder)
    assert [path.name for path in target.parent.iterdir()] == ["site"]


def files(folder: Path) -> dict[Path, bytes]:
    every = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder): path.read_bytes() for path in every}
