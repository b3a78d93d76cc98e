"""A copy that comes by BitTorrent, from peers who are honest, dead, torn or hostile."""

from __future__ import annotations

import contextlib
import functools
import random
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from aigaq.mirror import carriage, payload, sources, torrent_file
from aigaq.mirror.carriage import metainfo, swarm, torrent
from aigaq.output import refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

IMPATIENT = carriage.Limits(largest=4_000_000, stall=1.5, slowest=1e3, whole=20)
FILM = random.Random(9).randbytes(1_000_000)


@pytest.fixture
def site(copy: Any) -> Any:
    """A release of some hundred pages and a film: about fifteen hundred pieces."""
    lots = random.Random(1)
    pages = {f"en/{n:03}.html": lots.randbytes(lots.randint(100, 9000)) for n in range(150)}
    return copy.next({**pages, "film.webm": FILM, "empty": b"", "kk/тіл/a b.html": b"text"})


@pytest.fixture
def file(site: Any, tmp_path: Path) -> Path:
    """`site.torrent` of the site, with no web seed that would be asked."""
    place = tmp_path / "site.torrent"
    place.write_bytes(rewritten(torrent_file.made(payload.of(site.folder)), b"url-list", []))
    return place


def rewritten(data: bytes, key: bytes, value: Any) -> bytes:
    lt = torrent_file.library()
    return bytes(lt.bencode({**lt.bdecode(data), key: value}))


class Peers:
    """Sessions on loopback that offer what lies in folders."""

    def __init__(self, file: Path, stack: contextlib.ExitStack) -> None:
        self._file, self._stack = file, stack

    def one(self, folder: Path, *, checked: bool = False) -> swarm.Swarm:
        """A peer; `checked` one that has looked through its files and may mend them."""
        known = metainfo.read(self._file.read_bytes(), "it")
        reach = swarm.Reach(listen="127.0.0.1:0")
        session = swarm.Swarm(known.parameters, folder, reach, seeding=not checked)
        self._stack.callback(session.leave)
        until(lambda: session.port and not session.is_checking)
        return session


@pytest.fixture
def peers(file: Path) -> Iterator[Peers]:
    with contextlib.ExitStack() as stack:
        yield Peers(file, stack)


@pytest.fixture
def new_torrent() -> Iterator[Callable[..., torrent.Torrent]]:
    """A carrier that knows of some peers, which is closed after the test."""
    with contextlib.ExitStack() as stack:

        def made(place: object, *known: swarm.Swarm, limits: Any = carriage.LIMITS) -> Any:
            one = torrent.Torrent(str(place), limits=limits, reach=whom(*known))
            stack.callback(one.close)
            return one

        yield made


def whom(*known: swarm.Swarm) -> swarm.Reach:
    return swarm.Reach(peers=tuple(("127.0.0.1", one.port) for one in known))


def until(true: Callable[[], object], seconds: float = 20) -> None:
    ends = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < ends, "it took too long"
        time.sleep(0.02)


def listed(copy: Any) -> list[str]:
    own = {".aigaq-site", "SHA256SUMS.parts"}
    return [path for path in copy.paths() if path not in own]


def brought(into: Path) -> dict[str, bytes]:
    files = (path for path in into.rglob("*") if path.is_file())
    named = {path.relative_to(into).as_posix(): path.read_bytes() for path in files}
    return {name: data for name, data in named.items() if not name.startswith(".")}


def failure(call: Callable[[], object]) -> str:
    with pytest.raises(refusal.NotPossibleNow) as refused:
        call()
    return str(refused.value)


def test_all_that_is_asked_for_comes_from_a_peer(
    site: Any, file: Path, peers: Peers, new_torrent: Any, tmp_path: Path
) -> None:
    paths = listed(site)

    new_torrent(file, peers.one(site.folder)).bring(paths, tmp_path / "into")

    assert brought(tmp_path / "into") == {path: site.read(path) for path in paths}


def test_a_torrent_can_be_judged_before_anything_else_of_it_is_fetched(
    site: Any, file: Path, peers: Peers, new_torrent: Any
) -> None:
    peer = peers.one(site.folder)
    copy = new_torrent(file, peer)

    assert sources.small(copy, "RELEASE", 4096) == site.read("RELEASE")
    assert sources.small(copy, "RELEASE.sig", 4096) == site.read("RELEASE.sig")
    assert sources.small(copy, "SHA256SUMS", 1 << 20) == site.read("SHA256SUMS")
    assert peer.handle.status().total_payload_upload < 60_000
    assert copy.listing().files == frozenset(listed(site))


def test_one_changed_page_costs_no_more_than_its_pieces(
    site: Any, file: Path, peers: Peers, new_torrent: Any, tmp_path: Path
) -> None:
    peer = peers.one(site.folder)

    new_torrent(file, peer).bring(["en/077.html"], tmp_path)

    assert (tmp_path / "en/077.html").read_bytes() == site.read("en/077.html")
    assert peer.handle.status().total_payload_upload <= 2 * (1 << 14)


def test_what_the_torrent_does_not_have_is_left_out(
    site: Any, file: Path, peers: Peers, new_torrent: Any, tmp_path: Path
) -> None:
    copy = new_torrent(file, peers.one(site.folder))

    copy.bring(["nothing.html", "empty"], tmp_path / "into")

    assert brought(tmp_path / "into") == {"empty": b""}
    with pytest.raises(sources.MissingError):
        copy.open("nothing.html")


def test_where_nobody_has_it_that_is_said_after_a_while(
    file: Path, new_torrent: Any, tmp_path: Path
) -> None:
    copy = new_torrent(file, limits=IMPATIENT)

    said = failure(lambda: copy.bring(["index.html"], tmp_path / "into"))

    assert "A071" in said
    assert "nobody sends what is missing" in said


def test_a_file_that_is_too_large_is_not_begun(
    site: Any, file: Path, peers: Peers, new_torrent: Any, tmp_path: Path
) -> None:
    peer = peers.one(site.folder)
    small = carriage.Limits(largest=999_999)

    said = failure(lambda: new_torrent(file, peer, limits=small).bring(["film.webm"], tmp_path))

    assert "film.webm is too large" in said
    assert peer.handle.status().total_payload_upload == 0


def test_a_statement_that_is_far_too_long_is_not_fetched(
    site: Any, tmp_path: Path, new_torrent: Any
) -> None:
    site.write("RELEASE.sig.2", bytes(1 << 17))
    place = tmp_path / "it.torrent"
    made = torrent_file.made(payload.of(site.folder))
    place.write_bytes(rewritten(made, b"url-list", []))

    said = failure(lambda: new_torrent(place, limits=IMPATIENT).open("RELEASE.sig.2"))

    assert "RELEASE.sig.2 is too large" in said


def test_a_web_server_alone_is_enough(
    site: Any, file: Path, new_torrent: Any, servers: Any, tmp_path: Path
) -> None:
    rule = f"location /archive.example.org/ {{ alias {site.folder}/; }}"

    with servers.nginx(site.folder, rule) as url:
        file.write_bytes(rewritten(file.read_bytes(), b"url-list", [url.encode()]))
        new_torrent(file).bring(listed(site), tmp_path / "into")

    assert brought(tmp_path / "into") == {path: site.read(path) for path in listed(site)}


def test_a_torrent_may_lie_on_a_web_server(
    site: Any, file: Path, peers: Peers, new_torrent: Any, servers: Any
) -> None:
    with servers.python(file.parent) as server:
        copy = new_torrent(f"{server.url}site.torrent", peers.one(site.folder))

        assert sources.small(copy, "LEDGER", 4096) == site.read("LEDGER")
        assert "there is no such file" in failure(
            new_torrent(f"{server.url}other.torrent").listing
        )


def test_a_magnet_link_is_enough_where_it_names_a_peer(
    site: Any, file: Path, peers: Peers, new_torrent: Any, tmp_path: Path
) -> None:
    digest = metainfo.read(file.read_bytes(), "it").digest
    link = f"magnet:?xt=urn:btih:{digest}&x.pe=127.0.0.1:{peers.one(site.folder).port}"

    new_torrent(link).bring(["film.webm"], tmp_path / "into")

    assert brought(tmp_path / "into") == {"film.webm": FILM}


def test_a_magnet_link_that_nobody_knows_is_given_up(new_torrent: Any) -> None:
    link = f"magnet:?xt=urn:btih:{'a' * 40}"

    assert "A071" in failure(new_torrent(link, limits=IMPATIENT).listing)


def test_trackers_are_not_told_of_us(
    site: Any, file: Path, peers: Peers, new_torrent: Any, servers: Any, tmp_path: Path
) -> None:
    with servers.python(tmp_path) as server:
        tracker = f"{server.url}announce".encode()
        file.write_bytes(rewritten(file.read_bytes(), b"announce", tracker))
        copy = new_torrent(file, peers.one(site.folder))
        copy.bring(["film.webm"], tmp_path / "into")

        assert server.asked == []


def test_a_run_that_was_killed_goes_on_where_it_was(
    site: Any, file: Path, peers: Peers, new_torrent: Any, tmp_path: Path
) -> None:
    peer = peers.one(site.folder)
    peer.handle.set_upload_limit(400_000)
    code = (
        "import sys; from pathlib import Path\n"
        "from aigaq.mirror.carriage import swarm, torrent\n"
        "reach = swarm.Reach(peers=(('127.0.0.1', int(sys.argv[2])),))\n"
        "one = torrent.Torrent(sys.argv[1], reach=reach)\n"
        "one.bring(['film.webm'], Path(sys.argv[3]))\n"
    )
    command = [sys.executable, "-c", code, str(file), str(peer.port), str(tmp_path / "into")]
    with subprocess.Popen(command) as running:
        until(lambda: peer.handle.status().total_payload_upload > 600_000)
        running.send_signal(signal.SIGKILL)
    before = peer.handle.status().total_payload_upload
    assert brought(tmp_path / "into") == {}
    peer.handle.set_upload_limit(0)

    new_torrent(file, peer).bring(["film.webm"], tmp_path / "into")

    assert brought(tmp_path / "into") == {"film.webm": FILM}
    assert peer.handle.status().total_payload_upload - before < 700_000


# Swarms


@pytest.fixture
def mirrored(site: Any, new_copy: Any) -> Callable[[str], Any]:
    """A copy of the site in a folder of its own."""

    def made(name: str) -> Any:
        other = new_copy(name)
        for path in listed(site):
            other.write(path, site.read(path))
        return other

    return made


def test_a_new_mirror_joins_when_the_origin_is_dead_and_one_of_three_lies(
    site: Any, file: Path, peers: Peers, new_torrent: Any, mirrored: Any, new_copy: Any
) -> None:
    good = [peers.one(mirrored(name).folder) for name in ("one", "two")]
    other = mirrored("three")
    hostile = peers.one(other.folder, checked=True)
    until(lambda: hostile.handle.status().is_seeding)
    for path in listed(site):  # after it has passed its own check
        other.write(path, bytes(byte ^ 1 for byte in other.read(path)))
    fourth = new_copy("fourth")

    copy = new_torrent(file, hostile, *good)
    copy.bring(listed(site), fourth.folder)
    copy.close()

    assert brought(fourth.folder) == {path: site.read(path) for path in listed(site)}
    assert fourth.told() == (0, [])
    assert hostile.handle.status().total_payload_upload > 0


@pytest.mark.parametrize(("share", "all_heals"), [(8, True), (3, False)])
def test_mirrors_that_each_lost_something_heal_to_all_pieces_that_they_have_together(
    site: Any,
    file: Path,
    peers: Peers,
    new_torrent: Any,
    mirrored: Any,
    tmp_path: Path,
    share: int,
    all_heals: bool,
) -> None:
    lots = random.Random(5)
    pages = [path for path in listed(site) if path.endswith(".html")]
    parts = pieces(site, file)
    there: set[int] = set()
    torn = []
    for number in range(5):
        one = mirrored(f"torn-{number}")
        damaged = lots.sample(pages, len(pages) // share)
        for path in damaged:
            if lots.random() < 0.5:
                (one.folder / path).unlink()
            else:
                one.write(path, bytes(len(site.read(path))))
        lost = set().union(*(parts[path] for path in damaged))
        there |= set().union(*parts.values()) - lost
        torn.append(peers.one(one.folder, checked=True))
    whole = {path for path in listed(site) if parts[path] <= there}
    assert (len(whole) == len(listed(site))) is all_heals

    copy = new_torrent(file, *torn, limits=IMPATIENT)
    with contextlib.nullcontext() if all_heals else pytest.raises(refusal.NotPossibleNow):
        copy.bring(listed(site), tmp_path / "into")

    assert brought(tmp_path / "into") == {path: site.read(path) for path in whole}


def pieces(site: Any, file: Path) -> dict[str, set[int]]:
    """Which pieces each file has a part in."""
    known = metainfo.read(file.read_bytes(), "it")
    layout, size = known.parameters.ti.layout(), 1 << 14
    parts: dict[str, set[int]] = {}
    for path, number in known.index.items():
        begin = layout.file_offset(number)
        last = (begin + known.sizes[path] - 1) // size
        parts[path] = set(range(begin // size, last + 1)) if known.sizes[path] else set()
    return parts


# Torrents by strangers


def torrent_of(*names: list[bytes], **fields: Any) -> bytes:
    files = [{b"length": 5, b"path": name} for name in names]
    info = {b"name": b"x", b"piece length": 16384, b"pieces": bytes(20), b"files": files}
    info |= {key.replace("_", " ").encode(): value for key, value in fields.items()}
    return bytes(torrent_file.library().bencode({b"info": info}))


@pytest.mark.parametrize(
    "names",
    [
        [[b"..", b"evil"]],
        [[b"a", b"..", b"..", b"evil"]],
        [[b"/etc/passwd"]],
        [[b"", b"etc", b"passwd"]],
        [[b"C:\\\\evil"]],
        [[b"a\\\\b"]],
        [[b"a:b"]],
        [[b"a\x1b[2Jb"]],
        [[b"\xff\xfe"]],
        [[b"."]],
        [[]],
        [[b"name."]],
        [[b".aigaq-site"]],
        [[b"A.html"], [b"a.html"]],
        [[b"a.html"], [b"a.html"]],
        [[b"a"], [b"a", b"b"]],
        [[b"n" * 300]],
    ],
)
def test_a_torrent_with_a_name_that_no_release_may_have_is_refused(names: Any) -> None:
    said = failure(lambda: metainfo.read(torrent_of([b"good.html"], *names), "it"))

    assert said.startswith("it: error A093: this is no torrent of a site: ")
    assert "\x1b" not in said


def test_a_link_in_a_torrent_is_refused() -> None:
    link = {b"length": 0, b"path": [b"a"], b"attr": b"l", b"symlink path": [b"good.html"]}
    files = [{b"length": 5, b"path": [b"good.html"]}, link]

    assert "A093" in failure(lambda: metainfo.read(torrent_of(files=files), "it"))


def test_what_only_fills_up_pieces_is_no_file() -> None:
    pad = {b"length": 16379, b"path": [b".pad", b"16379"], b"attr": b"p"}
    files = [{b"length": 5, b"path": [b"a"]}, pad, {b"length": 5, b"path": [b"b"]}]

    known = metainfo.read(torrent_of(files=files, pieces=bytes(40)), "it")

    assert known.index == {"a": 0, "b": 2}


def test_of_many_web_seeds_few_are_asked_and_no_onion_service() -> None:
    urls = [b"http://x.onion/", b"ftp://example.org/", b"http://[/", b"file:///etc/"]
    urls += [f"https://m{n}.example.org/".encode() for n in range(999)]
    data = rewritten(torrent_of([b"a"], [b"b"]), b"url-list", urls)

    found = metainfo.read(data, "it").parameters.url_seeds

    assert len(found) == 50
    assert all(url.startswith("https://m") for url in found)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"<html>not found</html>",
        b"d4:infod5:filesl",
        b"d" * 100_000,
        b"i" + b"9" * 10_000 + b"e",
        bytes(metainfo.LARGEST + 1),
        torrent_of(),
        torrent_of([b"a"], piece_length=0),
        torrent_of([b"a"], pieces=b"short"),
        torrent_of(files=[{b"length": -5, b"path": [b"a"]}]),
        torrent_of(files=[{b"length": 1 << 62, b"path": [b"a"]}]),
    ],
)
def test_what_is_no_torrent_is_refused_in_a_moment(data: bytes) -> None:
    begun = time.monotonic()

    assert "A093" in failure(lambda: metainfo.read(data, "it"))
    assert time.monotonic() - begun < 2


def test_a_torrent_of_more_files_than_libtorrent_reads_is_refused() -> None:
    files = [{b"length": 1, b"path": [b"%d" % n]} for n in range(400_000)]
    data = torrent_of(files=files, pieces=bytes(20 * 25))
    assert "A093" in failure(lambda: metainfo.read(data, "it"))


def test_a_torrent_of_one_file_and_one_of_version_2_are_no_copies_of_a_site(
    site: Any,
) -> None:
    lt = torrent_file.library()
    info = {b"name": b"x", b"piece length": 16384, b"pieces": bytes(20), b"length": 5}
    one = bytes(lt.bencode({b"info": info}))
    new = lt.create_torrent(
        [lt.create_file_entry("x/a", 5), lt.create_file_entry("x/b", 5)],
        16384,
        flags=lt.create_torrent.v2_only,
    )
    (site.folder.parent / "x").mkdir()
    for name in "ab":
        (site.folder.parent / "x" / name).write_bytes(b"12345")
    lt.set_piece_hashes(new, str(site.folder.parent))
    two = bytes(lt.bencode(new.generate()))

    assert "of one file" in failure(functools.partial(metainfo.read, one, "it"))
    assert "of version 2 only" in failure(functools.partial(metainfo.read, two, "it"))


def test_without_libtorrent_it_is_said_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "libtorrent", None)

    with pytest.raises(refusal.Refused) as refused:
        carriage.of("site.torrent")

    assert (refused.value.exit_status, "A092" in str(refused.value)) == (4, True)
