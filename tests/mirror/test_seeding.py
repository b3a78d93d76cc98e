"""`mirror seed`: what is offered, and when it may stop."""

from __future__ import annotations

import contextlib
import datetime
import itertools
import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import carriage, payload, seeding, torrent_file
from aigaq.mirror.carriage import metainfo, swarm, torrent
from aigaq.output import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

LOOPBACK = swarm.Reach(listen="127.0.0.1:0")


class Offered:
    """A copy that is seeded by a thread of this process. `outcome` is there when it ends."""

    def __init__(self, folder: Path, copies: int | None) -> None:
        self.told: tuple[int, int, int] = (0, 0, 0)
        self.outcome: bool | None = None
        self._stop = False
        self._thread = threading.Thread(target=self._run, args=(folder, copies), daemon=True)
        self._thread.start()
        until(lambda: self.told[0] or not self._thread.is_alive())

    def _run(self, folder: Path, copies: int | None) -> None:
        with contextlib.suppress(StopIteration):
            self.outcome = seeding.seed(
                payload.of(folder), LOOPBACK, copies=copies, told=self._hear
            )

    def _hear(self, *now: int) -> None:
        self.told = now[0], now[1], now[2]
        if self._stop:
            raise StopIteration

    @property
    def reach(self) -> swarm.Reach:
        return swarm.Reach(peers=(("127.0.0.1", self.told[0]),))

    def ended(self) -> bool | None:
        self._thread.join(10)
        return self.outcome

    def stop(self) -> None:
        self._stop = True
        self._thread.join(10)


def until(true: Callable[[], object], seconds: float = 15) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.02)


@pytest.fixture
def offer() -> Iterator[Callable[..., Offered]]:
    with contextlib.ExitStack() as stack:

        def made(copy: Any, copies: int | None = None) -> Offered:
            one = Offered(copy.folder, copies)
            stack.callback(one.stop)
            return one

        yield made


def alone(copy: Any, place: Path) -> Path:
    """The torrent of a copy without its web seeds: nothing public is asked."""
    lt = torrent_file.library()
    made = lt.bdecode(torrent_file.made(payload.of(copy.folder)))
    place.write_bytes(lt.bencode({**made, b"url-list": []}))
    return place


def fetch(copy: Any, reach: swarm.Reach, into: Path) -> None:
    """All of it, as a mirror does that joins."""
    one = torrent.Torrent(str(alone(copy, into.with_suffix(".torrent"))), reach=reach)
    try:
        one.bring([path for path in copy.paths() if not path.startswith(".")], into)
        time.sleep(0.5)
    finally:
        one.close()


def test_it_ends_when_as_many_have_all_of_it_as_were_asked_for(
    copy: Any, offer: Any, tmp_path: Path
) -> None:
    offered = offer(copy, copies=2)

    fetch(copy, offered.reach, tmp_path / "first")
    until(lambda: offered.told[2] == 1)
    assert offered.outcome is None
    fetch(copy, offered.reach, tmp_path / "second")

    assert offered.ended() is True


def test_one_who_has_only_a_part_is_not_counted(copy: Any, offer: Any, tmp_path: Path) -> None:
    copy.next({"film.webm": bytes(100_000)})
    offered = offer(copy, copies=1)
    place = alone(copy, tmp_path / "it.torrent")

    one = torrent.Torrent(str(place), reach=offered.reach)
    one.bring(["index.html"], tmp_path / "part")
    time.sleep(0.5)
    assert offered.told[1:] == (1, 0)
    one.close()

    assert offered.outcome is None


def test_a_client_that_leaves_seeds_alone_is_counted_before_it_goes(
    copy: Any, offer: Any, tmp_path: Path
) -> None:
    """Most clients part from seeds as soon as they are one; this one is as libtorrent comes."""
    lt = torrent_file.library()
    offered = offer(copy, copies=1)
    found = lt.load_torrent_buffer(torrent_file.made(payload.of(copy.folder)))
    found.save_path, found.url_seeds = str(tmp_path / "theirs"), []
    quiet = {"enable_dht": False, "enable_lsd": False, "enable_upnp": False}
    theirs = lt.session({**quiet, "enable_natpmp": False, "listen_interfaces": "127.0.0.1:0"})

    theirs.add_torrent(found).connect_peer(("127.0.0.1", offered.told[0]))

    assert offered.ended() is True


def test_it_ends_when_the_folder_holds_another_release(copy: Any, offer: Any) -> None:
    offered = offer(copy)

    copy.next({"new.html": b"new"})

    until(lambda: offered.outcome is not None)
    assert offered.outcome is False


def test_the_torrent_is_left_for_the_web_server_of_the_mirror(copy: Any, offer: Any) -> None:
    wanted = torrent_file.made(payload.of(copy.folder))

    offer(copy)

    assert copy.read("site.torrent") == wanted
    assert copy.told() == (0, [])


def test_bytes_that_changed_under_it_are_not_given_out_nor_mended(
    copy: Any, offer: Any, tmp_path: Path
) -> None:
    """Mended would be: written into the folder that a web server shows."""
    place = alone(copy, tmp_path / "it.torrent")
    offered = offer(copy)
    copy.write("index.html", b"altered afterwards")

    quick = carriage.Limits(stall=1.5)
    one = torrent.Torrent(str(place), limits=quick, reach=offered.reach)
    with pytest.raises(refusal.NotPossibleNow):
        one.bring(["index.html"], tmp_path / "into")
    one.close()

    assert copy.read("index.html") == b"altered afterwards"
    assert not (tmp_path / "into/index.html").exists()


# The command


def command(copy: Any, *options: str) -> list[str]:
    pinned = copy.folder.parent / "pinned"
    pinned.write_bytes(copy.pinned)
    start = [sys.executable, "-c", "from aigaq import cli; cli.main()", "mirror", "seed"]
    start.append(str(copy.folder))
    return [*start, "--signers", str(pinned), "--listen", "127.0.0.1:0", *options]


@pytest.fixture
def today(copy: Any) -> datetime.date:
    day = datetime.datetime.now(datetime.UTC).date()
    copy.release({}, date=day, next_by=day + datetime.timedelta(days=90))
    return day


def run(*command: str) -> tuple[int, str]:
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)
    return done.returncode, done.stdout + done.stderr


def test_the_command_verifies_offers_and_stops_when_another_has_it(
    copy: Any, today: Any, tmp_path: Path
) -> None:
    with subprocess.Popen(
        command(copy, "--until-copies", "1"), stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout is not None
        assert "is verified and offered" in running.stdout.readline()
        port = int(running.stdout.readline().split()[1].rstrip(":"))
        fetch(copy, swarm.Reach(peers=(("127.0.0.1", port),)), tmp_path / "other")

        said = running.communicate(timeout=20)[0]

    assert (running.returncode, "1 others have all of it." in said) == (0, True)


def test_an_altered_copy_is_not_offered(copy: Any, today: Any) -> None:
    copy.write("index.html", b"altered")

    status, said = run(*command(copy))

    assert (status, "index.html: error A033" in said) == (1, True)


def test_a_stale_copy_is_offered_for_there_may_be_no_newer_one(
    copy: Any, today: datetime.date, tmp_path: Path
) -> None:
    long_ago = today - datetime.timedelta(days=200)
    copy.release({}, date=long_ago, next_by=long_ago + datetime.timedelta(days=90))

    with subprocess.Popen(command(copy), stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        said = list(itertools.islice(running.stdout, 3))
        running.terminate()

    assert "A020" in said[0]
    assert "is verified and offered" in said[2]


def test_a_port_that_is_taken_is_told(copy: Any, today: Any) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        status, said = run(*command(copy, "--listen", f"127.0.0.1:{port}"))

    assert (status, "A096" in said) == (4, True)


@pytest.mark.parametrize("peer", ["nowhere", "127.0.0.1:0", "127.0.0.1:x", ":6881"])
def test_a_peer_that_is_no_address_is_a_wrong_use(copy: Any, today: Any, peer: str) -> None:
    status, said = run(*command(copy, "--peer", peer))

    assert (status, "write it like 192.0.2.7:6881" in said) == (4, True)


def test_without_libtorrent_it_is_said_what_to_install(
    copy: Any, today: Any, tmp_path: Path
) -> None:
    (tmp_path / "without").mkdir()
    (tmp_path / "without/libtorrent.py").write_text("raise ImportError\n")
    own = {**os.environ, "PYTHONPATH": str(tmp_path / "without")}

    done = subprocess.run(command(copy), capture_output=True, text=True, env=own, check=False)

    assert (done.returncode, "A092" in done.stdout) == (4, True)
    assert "Traceback" not in done.stdout + done.stderr
    shutil.rmtree(tmp_path / "without")


def test_a_peer_that_is_not_there_yet_is_called_again(copy: Any, tmp_path: Path) -> None:
    """libtorrent gives up after three tries, and a mirror may be away for a night."""
    place = alone(copy, tmp_path / "it.torrent")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    known = metainfo.read(place.read_bytes(), "it")
    reach = swarm.Reach(peers=(("127.0.0.1", port),))
    one = swarm.Swarm(known.parameters, tmp_path / "into", reach)
    one.want(known.index, known)
    ends = time.monotonic() + 6
    while time.monotonic() < ends:
        one.wait()
        one.call()

    other = metainfo.read(place.read_bytes(), "it")
    late = swarm.Reach(listen=f"127.0.0.1:{port}")
    seeder = swarm.Swarm(other.parameters, copy.folder, late, seeding=True)
    ends = time.monotonic() + 30
    while not one.handle.status().is_seeding and time.monotonic() < ends:
        one.wait()
        time.sleep(0.5)
        one.call()

    assert one.handle.status().is_seeding
    for session in (one, seeder):
        session.leave()
